from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment.models import Closing
from calendars.models import Month
from calendars.weeks import Week
from organization.models import Posting, Role, Unit
from tests import factories, factories_assessment, factories_reports
from tests.factories_activities import activity
from tests.factories_bonuses import final_city, run_in, tariff

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 9)


@pytest.fixture
def city(monkeypatch):
    """Monday 9 March 2026, 16.05 WIB."""
    names = factories_reports.city()
    factories_reports.freeze(monkeypatch, 2026, 3, 9, 16, 5)
    return names


def home(client, who):
    client.force_login(who)
    return client.get(reverse("reports:home"))


def queries_of(client, who):
    client.force_login(who)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("reports:home")).status_code == 200
    return len(queries)


def in_march(who, *days, **fields):
    return [activity(who, date(2026, 3, day), **fields) for day in days]


def test_today_shows_the_work_of_the_day_and_how_far_it_is_filled(client, city):
    in_march(city.ana, 9, minutes=90)
    in_march(city.ana, 9, minutes=50, status="draft")

    answer = home(client, city.ana)

    own = answer.context["home"]
    assert [row.minutes for row in own.activities] == [90, 50]
    assert (own.today_link.minutes, own.today_link.target_minutes) == (90, 300)
    assert reverse("activities:create") in answer.content.decode()


def test_the_week_is_seven_links_to_its_days(client, city):
    in_march(city.ana, 9, 10, minutes=210)

    answer = home(client, city.ana)

    page = answer.content.decode()
    assert [link.minutes for link in answer.context["home"].days] == [210, 210, 0, 0, 0, 0, 0]
    assert [link.is_off for link in answer.context["home"].days] == [False] * 5 + [True] * 2
    assert all(reverse("activities:day", args=[day]) in page for day in Week.of(MONDAY).days)


def test_a_returned_activity_stands_first_with_its_due_moment(client, city):
    (back,) = in_march(city.ana, 3, status="returned", return_reason="Lampirkan <daftar> hadir.")

    answer = home(client, city.ana)

    assert answer.context["home"].returned == [back]
    assert f"K-{back.pk}" in answer.content.decode()
    assert "Lampirkan &lt;daftar&gt; hadir." in answer.content.decode()
    assert reverse("activities:edit", args=[back.pk]) in answer.content.decode()


def test_an_empty_today_offers_to_repeat_the_newest_earlier_day(client, city):
    in_march(city.ana, 4, 6, minutes=120)

    own = home(client, city.ana).context["home"]
    answer = client.post(reverse("activities:day", args=[MONDAY]), {"source": f"{own.repeatable:%Y-%m-%d}"})

    assert own.repeatable == date(2026, 3, 6)
    assert answer.status_code == 302
    after = home(client, city.ana).context["home"]
    assert [(row.minutes, row.status) for row in after.activities] == [(120, "draft")]
    assert after.repeatable is None


def test_a_return_that_nobody_can_answer_any_more_is_not_asked_for(client, city):
    in_march(city.ana, 3, status="returned", return_due_at=factories.at(2026, 3, 9, 0, 0))

    assert home(client, city.ana).context["home"].returned == []


def test_the_score_so_far_counts_days_and_minutes_up_to_today(client, city):
    in_march(city.ana, 2, 3, 4, 5, minutes=300, status="approved")
    in_march(city.ana, 6, minutes=100)

    own = home(client, city.ana).context["home"].provisional

    assert (own.facts.target_minutes, own.facts.counted_minutes) == (6 * 300, 1200)
    assert (own.facts.obliged_days, own.facts.days_in_time) == (6, 5)
    assert own.waiting_minutes == 100
    assert own.if_all_approved.facts.counted_minutes == 1300
    assert own.if_all_approved.score == (
        Decimal("72.22"),
        Decimal("100.00"),
        Decimal("83.33"),
        Decimal("80.00"),
    )
    assert own.score == (Decimal("66.67"), Decimal("100.00"), Decimal("83.33"), Decimal("76.67"))


def test_minutes_of_a_day_of_suspension_count_nothing_in_the_score_so_far(client, city):
    in_march(city.ana, 2, 3, 4, 5, minutes=300, status="approved")
    factories.suspended(city.ana, date(2026, 3, 3), date(2026, 3, 4))

    facts = home(client, city.ana).context["home"].provisional.facts

    assert (facts.counted_minutes, facts.approved_minutes, facts.target_minutes) == (600, 600, 1200)
    assert (facts.obliged_days, facts.days_in_time) == (4, 2)


def test_w15_nothing_waits_and_nothing_is_said_of_what_if(client, city):
    in_march(city.ana, 2, 3, 4, 5, minutes=300, status="approved")

    answer = home(client, city.ana)

    assert answer.context["home"].provisional.if_all_approved is None
    assert "Bila semua" not in answer.content.decode()


def test_the_estimate_goes_by_the_formulas_of_the_bonus_and_names_the_floor(client, city):
    in_march(city.ana, 2, 3, 4, 5, minutes=300, status="approved")
    in_march(city.ana, 6, minutes=100)

    answer = home(client, city.ana)

    own = answer.context["home"].provisional
    assert (own.bonus.earned, own.bonus.paid, own.is_floor) == (1_150_050, 1_200_000, True)
    assert "Rp1.200.000" in answer.content.decode()


def test_d92_the_estimate_follows_a_tariff_that_begins_within_the_month(client, city):
    tariff(5, 3_000_000, valid_from=date(2026, 3, 17))
    in_march(city.ana, *range(2, 7), minutes=300, status="approved")
    in_march(city.ana, 9, minutes=300, status="approved")

    own = home(client, city.ana).context["home"].provisional

    assert own.score.score == Decimal("100.00")
    assert [part.earned for part in own.bonus.segments] == [750_000, 1_500_000]


def test_nothing_counted_has_an_estimate_of_nothing(client, city):
    in_march(city.ana, 9)

    own = home(client, city.ana).context["home"].provisional

    assert (own.score.productivity, own.bonus.paid, own.is_floor) == (Decimal(0), 0, False)


def test_a_month_without_a_day_that_asks_for_a_report_has_no_score_yet(client, city):
    factories.leave(city.ana, date(2026, 3, 1), date(2026, 3, 31))

    own = home(client, city.ana).context["home"].provisional

    assert (own.score, own.bonus) == (None, None)


def test_non_asn_staff_have_a_score_and_no_estimate(client, city):
    who = factories.staff(city.staff_post, kind="NON_ASN")
    in_march(who, 9, status="approved")

    own = home(client, who).context["home"].provisional

    assert own.score is not None and own.bonus is None


def test_d61_at_half_past_six_on_the_first_the_page_is_of_the_first(client, monkeypatch):
    city = factories_reports.city()
    factories_reports.freeze(monkeypatch, 2026, 4, 1, 6, 30)

    own = home(client, city.ana).context["home"]

    assert (own.today, str(own.key)) == (date(2026, 4, 1), "2026-04")


def test_d18_after_a_transfer_the_rows_of_both_offices_count(client, city):
    in_march(city.ana, 2, 3, status="approved")
    Posting.objects.filter(person=city.ana).update(ends_on=date(2026, 3, 8))
    factories.posted(city.ana, factories.post(city.other), MONDAY)
    in_march(type(city.ana).objects.get(pk=city.ana.pk), 9, status="approved")

    own = home(client, city.ana).context["home"].provisional

    assert own.facts.counted_minutes == 270
    assert own.is_transferred


def test_d35_two_people_in_a_row_see_their_own_page_only(client, city):
    in_march(city.ana, 9, other_title="Pekerjaan Ana")

    first, second = home(client, city.ana), home(client, city.budi)

    assert "Pekerjaan Ana" in first.content.decode()
    assert "Pekerjaan Ana" not in second.content.decode()
    assert second["Cache-Control"] == "private, no-store"


def test_the_supervisor_sees_the_weeks_that_wait_and_when_they_are_due(client, city):
    in_march(city.ana, 2, 3)
    in_march(city.budi, 2)
    in_march(city.zul, 2)

    (card,) = home(client, city.supervisor).context["cards"]

    (week,) = card.lines
    assert (str(week.week), week.rows, week.people) == ("2026-W10", 3, 2)
    assert week.due == factories.at(2026, 3, 12, 0, 0)


def test_an_overdue_week_says_so(client, monkeypatch, city):
    in_march(city.ana, 2)
    factories_reports.freeze(monkeypatch, 2026, 3, 12, 0, 0)

    page = " ".join(home(client, city.supervisor).content.decode().split())

    assert 'jatuh tempo <span class="ek-is-need">Rab, 11 Mar 24.00 WIB <b>(lewat)</b></span>' in page


def test_own_work_never_waits_for_oneself(client, city):
    in_march(city.supervisor, 2)

    assert home(client, city.supervisor).context["cards"][0].lines == []
    assert len(home(client, city.head).context["cards"][0].lines) == 1


def test_the_assessor_sees_months_being_verified_in_their_scope_alone(client, city):
    in_march(city.ana, 2, 3)
    in_march(city.zul, 2)
    for unit in (city.agency, city.other):
        factories.month(unit).move_to(Month.Status.VERIFYING)

    left, card = home(client, factories.assessor(city.agency)).context["cards"]

    assert [(month.agency, month.undecided, month.unread) for month in card.lines] == [(city.agency, 2, 0)]
    assert [(line.month.agency, line.rows) for line in left.lines] == [(city.agency, 2)]


def test_finance_sees_lists_by_status_in_its_scope_alone(client):
    city = final_city()
    run_in("computed", city=city)
    outside = factories.with_role(Role.CHECKER, city.other)

    (card,) = home(client, city.checker).context["cards"]
    (foreign,) = home(client, outside).context["cards"]

    assert [(line.status.value, line.count) for line in card.lines] == [("computed", 1)]
    assert foreign.lines == []


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.HR, "changes:requests"),
        (Role.LEADERSHIP, "reports:board"),
        (Role.AUDITOR, "reports:board"),
    ],
)
def test_other_roles_are_led_to_their_room(client, city, role, name):
    (card,) = home(client, factories.with_role(role)).context["cards"]

    assert card.url == reverse(name)


def test_a_person_without_a_post_is_told_and_sees_their_cards(client, city):
    answer = home(client, factories.with_role(Role.HR))

    assert answer.context["home"] is None
    assert reverse("organization:profile") in answer.content.decode()


def test_without_any_rule_the_page_still_opens(client):
    where = factories.post(factories.agency())

    assert home(client, factories.staff(where)).status_code == 200


def test_d03_the_page_takes_as_many_queries_for_one_row_as_for_many(client, city):
    in_march(city.ana, 9)
    in_march(city.budi, 2)
    before = [queries_of(client, who) for who in (city.ana, city.supervisor)]

    in_march(city.ana, 2, 3, 4, 5, 6)
    in_march(city.budi, 3, 4, 5, 9)
    in_march(city.supervisor, 2, 3)
    for number in range(5):
        factories.staff(city.staff_post, f"Staf {number}")

    assert [queries_of(client, who) for who in (city.ana, city.supervisor)] == before


EACH_ROLE = [[], [Role.ASSESSOR], [Role.HEAD], [Role.MAKER], [Role.HR], [Role.LEADERSHIP], [Role.AUDITOR]]
FOUR_ROLES = [Role.MAKER, Role.CHECKER, Role.HR, Role.LEADERSHIP]


@pytest.mark.parametrize("roles", [*EACH_ROLE, FOUR_ROLES], ids=str)
def test_d03_no_roles_need_more_than_fifteen_queries(client, city, roles):
    for role in roles:
        factories.grant(city.supervisor, role)
    in_march(city.ana, 2, 3, 9)
    in_march(city.supervisor, 9)
    for unit in Unit.objects.agencies():
        factories.month(unit, 2026, 2)

    assert queries_of(client, city.supervisor) <= 15


def test_the_clock_of_the_tests_stands(city):
    assert timezone.localtime().date() == MONDAY


def test_a_proposal_stands_first_with_whoever_may_confirm_it_and_nobody_else(client):
    stage = factories_assessment.stage()
    month = factories_assessment.ready(stage)
    at = factories_assessment.LATER
    step = Closing.objects.propose(month, "publish", by=stage.chief, at=at)

    waiting = [home(client, who).context["waiting"] for who in (stage.chief, stage.nila)]

    assert waiting[1][0].lines == [step]
    assert step not in [line for card in waiting[0] for line in card.lines]
