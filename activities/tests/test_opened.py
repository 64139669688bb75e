"""Days opened once more for one person: what their window takes, what is in time, and who may open them.

The work is of Thursday 5 March 2026; its own window ends on Monday 9 March at 24.00.
"""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from activities.models import Activity, OpenDay, ReportingDays, allow_late
from calendars.models import Month
from calendars.models.months import MonthKey
from notices.models import Notice
from organization.models import Role
from records.refusals import OwnRecord
from tests import factories, factories_activities
from tests.factories import at
from tests.factories_activities import TEXT, activity, typed

pytestmark = pytest.mark.django_db
THURSDAY, UNTIL = date(2026, 3, 5), date(2026, 3, 13)
NOW, LATE = at(2026, 3, 11, 9), at(2026, 3, 12, 8)


@pytest.fixture
def city(time_machine):
    time_machine.move_to(NOW, tick=False)
    names = factories_activities.city()
    names.hr = factories.with_role(Role.HR, name="Rini", office=names.other)
    return names


def allow(city, **changes):
    terms = {"day": THURSDAY, "until_on": UNTIL, "by": city.hr, "at": NOW, "reason": "Tugas di luar jaringan"}
    return allow_late(city.ana, **terms | changes)


def enter(who, when, day=THURSDAY, report=True):
    return Activity.objects.enter(who, by=who, at=when, token=uuid.uuid4(), report=report, **typed(day))


def test_a_late_report_counts_its_minutes_and_its_day_is_not_in_time(city):
    with pytest.raises(ValidationError):
        enter(city.ana, LATE)
    until = allow(city)

    row = enter(city.ana, LATE)
    Activity.objects.filter(pk=row.pk).update(status="approved", approved_minutes=90, counted_minutes=90)

    assert until == at(2026, 3, 14, 0)
    assert (row.in_time, row.window_closes_at) == (False, until)
    assert row.open_day == OpenDay.objects.get()
    facts = Activity.objects.month_facts(MonthKey(2026, 3))[city.ana.pk]
    assert (facts.counted_minutes, facts.days_in_time) == (90, frozenset())


def test_the_window_opens_for_that_person_and_day_alone_and_ends_at_its_moment(city):
    until = allow(city)

    for who, day, when in [
        (city.budi, THURSDAY, LATE),
        (city.ana, date(2026, 3, 6), at(2026, 3, 12, 8)),
        (city.ana, THURSDAY, until),
    ]:
        with pytest.raises(ValidationError) as refused:
            enter(who, when, day)
        assert refused.value.error_dict["performed_on"][0].code == "window_over"


def test_a_draft_of_the_day_can_be_sent_late_and_changed_in_the_window(city):
    draft = enter(city.ana, at(2026, 3, 9), report=False)
    allow(city)

    draft.report(by=city.ana, at=LATE)
    draft.edit(by=city.ana, at=LATE + timedelta(hours=1), minutes=120)

    row = Activity.objects.get(pk=draft.pk)
    assert (row.status, row.minutes, row.in_time) == ("reported", 120, False)


def test_what_was_reported_in_its_own_window_stays_in_time(city):
    activity(city.ana, THURSDAY)
    allow(city)
    enter(city.ana, LATE)

    assert sorted(Activity.objects.values_list("in_time", flat=True)) == [False, True]
    assert Activity.objects.month_facts(MonthKey(2026, 3))[city.ana.pk].days_in_time == {THURSDAY}


def test_after_the_month_s_entry_is_closed_it_holds_to_the_review_close(city):
    month = Month.objects.of(city.agency, MonthKey(2026, 3))
    day, now = date(2026, 3, 31), at(2026, 4, 6, 9)
    assert (month.entry_closes_at, month.review_closes_at) == (at(2026, 4, 4, 0), at(2026, 4, 8, 0))
    with pytest.raises(ValidationError) as too_long:
        allow(city, day=day, until_on=date(2026, 4, 8), at=now)

    allow(city, day=day, until_on=date(2026, 4, 7), at=now)
    row = enter(city.ana, at(2026, 4, 7, 10), day)

    assert set(too_long.value.error_dict) == {"until_on"}
    assert row.window_is_open(at(2026, 4, 7, 23)) and not row.window_is_open(at(2026, 4, 8, 0))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": date(2026, 3, 10)}, "day"),  # open anyway
        ({"day": date(2026, 3, 7)}, "day"),  # a Saturday
        ({"day": date(2026, 3, 12)}, "day"),  # to come
        ({"day": date(2024, 3, 12)}, "day"),  # before any posting
        ({"until_on": date(2026, 3, 10)}, "until_on"),
        ({"until_on": date(2026, 9, 10)}, "until_on"),
        ({"reason": "maaf"}, "reason"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_opens_nothing_is_refused_beside_its_field(city, changes, field):
    with pytest.raises(ValidationError) as refused:
        allow(city, **changes)

    assert set(refused.value.error_dict) == {field}
    assert not OpenDay.objects.exists()


def test_nothing_is_opened_in_a_closed_month_nor_for_oneself(city):
    month = Month.objects.of(city.agency, MonthKey(2026, 2))
    month.close(at=month.review_closes_at)

    with pytest.raises(ValidationError) as closed:
        allow(city, day=date(2026, 2, 5))
    with pytest.raises(OwnRecord):
        allow_late(city.hr, day=THURSDAY, until_on=UNTIL, by=city.hr, at=NOW, reason="Tugas di luar jaringan")

    assert set(closed.value.error_dict) == {"day"}
    row = {"person": city.hr, "made_by": city.hr, "day": THURSDAY, "until": LATE, "made_at": NOW}
    with (
        pytest.raises(IntegrityError, match="nobody_allows_a_late_report_of_their_own"),
        transaction.atomic(),
    ):
        OpenDay.objects.create(**row, cause="late", reason="Tugas di luar")


def test_sent_twice_it_is_one_row_and_one_notice(city):
    assert allow(city) == allow(city)

    assert (OpenDay.objects.count(), Notice.objects.count()) == (1, 1)


def test_an_opened_day_is_never_edited_or_removed(city):
    allow(city)

    for act in (OpenDay.objects.all().delete, lambda: OpenDay.objects.update(until=at(2026, 12, 1))):
        with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
            act()


def test_the_form_offers_the_opened_day_with_its_last_moment_and_the_person_is_told(client, city):
    allow(city)
    client.force_login(city.ana)

    home = client.get(reverse("reports:home")).content.decode()
    form = client.get(reverse("activities:create")).context["form"]

    assert "HR mengizinkan Anda melaporkan Kam, 5 Mar 2026" in home and "Jum, 13 Mar 24.00 WIB" in home
    assert [found.day.day for found in form.days] == [11, 10, 9, 5]
    assert ReportingDays(city.ana, at=NOW)[THURSDAY].until(NOW) == "terbuka s.d. Jum, 13 Mar 24.00 WIB"


def test_hr_allows_it_on_a_page_that_keeps_what_was_typed(client, city):
    client.force_login(city.hr)
    url = reverse("changes:late_report", args=[city.ana.pk])
    typed = {"day": "2026-03-05", "until_on": "2026-03-13", "reason": "Tugas di luar jaringan"}

    refused = client.post(url, typed | {"day": "2026-03-10"})
    done = client.post(url, typed, follow=True)

    assert refused.status_code == 422 and "Tugas di luar jaringan" in refused.content.decode()
    assert "day" in refused.context["form"].errors
    assert done.redirect_chain == [(url, 302)]
    assert [str(row.day) for row in done.context["opened"]] == ["2026-03-05"]
    assert client.get(reverse("changes:late_report", args=[city.hr.pk])).status_code == 403


def test_the_report_says_in_which_window_it_was_sent(client, city):
    allow(city)
    row = enter(city.ana, LATE)
    client.force_login(city.ana)

    page = client.get(row.get_absolute_url()).content.decode()

    assert TEXT in page and "hari dibuka s.d. Jum, 13 Mar 24.00 WIB (laporan terlambat diizinkan)" in page
    assert "tidak tepat waktu" in page
