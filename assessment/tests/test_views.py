from datetime import date
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from assessment.models import Assessment, Draw, DrawnRow, MonthStep, Verdict
from assessment.standing import standings
from calendars.models import Month
from organization.models import Role
from tests import factories
from tests.factories import at
from tests.factories_assessment import (
    LATER,
    close,
    decide,
    drawn,
    mark,
    published,
    ready,
    row,
    rows,
    stage,
    verdict,
)

pytestmark = pytest.mark.django_db
DAYS = [2, 3, 4, 5, 6, 9, 10, 11]


@pytest.fixture
def city():
    return stage()


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in the language of the code; the catalogue has its own test."""
    with translation.override("en"):
        yield


@pytest.fixture
def open_as(client):
    def open_(who, view, *args, **data):
        client.cookies["django_language"] = "en"
        client.force_login(who)
        return client.get(reverse(f"assessment:{view}", args=args), data)

    return open_


@pytest.fixture
def post_as(client):
    def post(who, view, *args, **data):
        client.cookies["django_language"] = "en"
        client.force_login(who)
        return client.post(reverse(f"assessment:{view}", args=args), data)

    return post


def text(answer):
    return answer.content.decode()


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


PAGES = ["month", "draw", "people", "publish", "finalise"]


# scopes: an assessor his agencies and never his own, the head all, the auditor reads, nobody else enters


@pytest.mark.parametrize("view", PAGES)
@pytest.mark.parametrize("name", ["chief", "nila", "auditor"])
def test_the_unit_and_the_auditor_open_every_page_of_a_month(city, open_as, view, name):
    assert open_as(getattr(city, name), view, city.month.pk).status_code == 200


@pytest.mark.parametrize("view", PAGES)
@pytest.mark.parametrize("name", ["ana", "supervisor", "head"])
def test_staff_and_supervisors_open_none(city, open_as, view, name):
    assert open_as(getattr(city, name), view, city.month.pk).status_code == 403


@pytest.mark.parametrize("view", PAGES)
def test_d33_a_month_outside_the_scope_is_not_found(city, open_as, view):
    stranger = factories.assessor(city.other, office=city.unit)
    insider = factories.assessor(city.agency, office=city.agency)

    assert [open_as(who, view, city.month.pk).status_code for who in (stranger, insider)] == [404, 404]


def test_d33_a_row_outside_the_scope_is_not_found(city, open_as, post_as):
    rows(city.ana, DAYS[:1])
    found = drawn(city.month, by=city.chief)[0]
    stranger = factories.assessor(city.other, office=city.unit)

    answers = [
        open_as(stranger, "row", found.pk),
        post_as(stranger, "row", found.pk, outcome="accepted", version=1),
        open_as(stranger, "person", city.month.pk, city.ana.pk),
        post_as(stranger, "confirm_many", city.month.pk),
        open_as(stranger, "verify", city.month.pk),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("view", "name", "status"),
    [
        ("close", "nila", 403),
        ("dates", "nila", 403),
        ("close", "auditor", 403),
        ("dates", "auditor", 403),
        ("verify", "auditor", 403),
        ("close", "chief", 200),
        ("dates", "chief", 200),
    ],
)
def test_dates_and_closing_are_the_head_s(city, open_as, view, name, status):
    assert open_as(getattr(city, name), view, city.month.pk).status_code == status


def test_the_auditor_changes_nothing(city, post_as):
    rows(city.ana, DAYS[:1])
    found = drawn(city.month, by=city.chief)[0]
    version = found.activity.version

    answers = [
        post_as(city.auditor, "row", found.pk, outcome="accepted", version=version),
        post_as(city.auditor, "draw", city.month.pk, act="draw"),
        post_as(city.auditor, "confirm_many", city.month.pk, row=f"{city.ana.pk}:0:0"),
        post_as(city.auditor, "person", city.month.pk, city.ana.pk, **mark_of(city, city.ana)),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert not Verdict.objects.exists() and not Assessment.objects.exists()


def mark_of(city, who, **changed):
    facts = Assessment.objects.facts(city.month)[who.pk]
    proposal = str(standings(city.month)[who.pk].proposal)
    return {"quality": proposal, "reason": "", "stamp": facts.stamp, "version": 0} | changed


# months and board


def test_the_list_shows_the_agencies_of_the_latest_past_month_by_name(city, open_as):
    factories.month(city.other)
    answer = open_as(city.chief, "months")

    assert [str(month.agency) for month, _work in answer.context["rows"]] == ["Badan Lain", "Dinas Contoh"]


def test_an_assessor_lists_his_agencies_only(city, open_as):
    factories.month(city.other)
    some = factories.assessor(city.other, office=city.unit)

    assert [str(month.agency) for month, _work in open_as(some, "months").context["rows"]] == ["Badan Lain"]


def test_the_counts_of_the_list_are_each_counted_on_their_own(city, open_as):
    rows(city.ana, DAYS[:3])
    row(city.budi, date(2026, 3, 31), status="reported")
    row(city.budi, date(2026, 3, 30), status="draft", in_time=False)
    found = drawn(city.month, by=city.chief)
    verdict(found[0], by=city.nila)
    mark(city.month, city.budi, by=city.nila)

    [(_month, work)] = open_as(city.chief, "months").context["rows"]

    assert (work.waiting, work.decided, work.drawn, work.read, work.marked) == (1, 3, 3, 1, 1)


def test_the_board_says_what_comes_next(city, open_as):
    rows(city.ana, DAYS[:2])
    expected = []
    for act in (
        lambda: None,
        lambda: close(city.month),
        lambda: Draw.objects.draw(city.month, by=city.chief, at=LATER),
        lambda: [verdict(r, by=city.nila) for r in rows_now(city)],
        lambda: [
            mark(city.month, who, by=city.nila) for who in (city.ana, city.budi, city.supervisor, city.head)
        ],
    ):
        act()
        expected.append(open_as(city.chief, "month", city.month.pk).context["next"].url)

    assert expected == [
        reverse(f"assessment:{view}", args=[city.month.pk])
        for view in ("close", "draw", "verify", "people", "publish")
    ]


def rows_now(city):
    return DrawnRow.objects.filter(draw__month=city.month).select_related("draw", "activity")


def test_rows_left_undecided_come_first(city, open_as):
    row(city.ana, date(2026, 3, 31), status="reported")
    close(city.month)

    assert open_as(city.nila, "month", city.month.pk).context["next"].url == reverse(
        "approvals:left", args=[city.month.pk]
    )


def test_the_seed_is_shown_from_entry_close(city, open_as):
    april = factories.month(city.agency, 2027, 4)

    assert city.month.seed in text(open_as(city.nila, "draw", city.month.pk))
    assert april.seed not in text(open_as(city.nila, "draw", april.pk))
    assert april.seed not in text(open_as(city.nila, "month", april.pk))


# close and dates


def test_the_head_closes_a_month_before_its_moment_with_a_reason(city, post_as):
    Month.objects.filter(pk=city.month.pk).update(
        review_closes_at=at(2099, 1, 1), publication_due_at=at(2099, 1, 2)
    )

    refused = post_as(city.chief, "close", city.month.pk, reason="")
    assert (refused.status_code, Month.objects.get(pk=city.month.pk).status) == (422, "open")

    answer = post_as(city.chief, "close", city.month.pk, reason="Semua sudah diputuskan.")
    assert (answer.status_code, Month.objects.get(pk=city.month.pk).status) == (302, "verifying")


def test_a_month_that_is_not_over_is_not_closed(city, post_as):
    later = factories.month(city.agency, 2099, 1)

    answer = post_as(city.chief, "close", later.pk, reason="Terlalu cepat.")

    assert (answer.status_code, "The month is not over yet." in text(answer)) == (422, True)
    assert "Terlalu cepat." in text(answer)


def test_a_date_not_reached_is_moved_to_the_end_of_a_later_day(city, post_as):
    later = factories.month(city.agency, 2099, 1)

    answer = post_as(city.chief, "dates", later.pk, publication_due_at="2099-02-28", reason="Pemilu.")

    later.refresh_from_db()
    assert (answer.status_code, later.publication_due_at) == (302, at(2099, 3, 1, 0))
    assert later.acts.get().reason == "Pemilu."


def test_dates_out_of_order_or_over_are_refused(city, post_as):
    later = factories.month(city.agency, 2099, 1)
    before = later.publication_due_at

    answers = [
        post_as(city.chief, "dates", later.pk, publication_due_at="2099-01-15", reason="x"),
        post_as(city.chief, "dates", later.pk, publication_due_at="2001-01-15", reason="x"),
        post_as(city.chief, "dates", later.pk, reason="x"),
        post_as(city.chief, "dates", later.pk, publication_due_at="2099-03-15", reason=""),
    ]

    later.refresh_from_db()
    assert ([answer.status_code for answer in answers], later.publication_due_at) == ([422] * 4, before)


def test_in_demo_mode_today_means_now(city, post_as, settings):
    settings.DEMO = True
    month = published(city)
    Month.objects.filter(pk=month.pk).update(objections_close_at=at(2099, 1, 1))

    answer = post_as(
        city.chief, "dates", month.pk, objections_close_at=city.chief.today().isoformat(), reason="Demo"
    )

    assert answer.status_code == 302
    assert "The time for objections is over" in text(
        post_as(city.nila, "finalise", month.pk, act="propose")
    ) or (MonthStep.objects.filter(kind="finalise").exists())


# draw


def test_the_plan_shows_the_sizes_that_follow(city, open_as):
    rows(city.ana, DAYS)
    close(city.month)

    strata = open_as(city.nila, "draw", city.month.pk).context["strata"]

    assert [(s.population, s.size) for s in strata] == [(8, 8), (0, 0), (0, 0)]


def test_the_head_draws_once(city, post_as, open_as):
    rows(city.ana, DAYS)
    close(city.month)

    statuses = [post_as(city.chief, "draw", city.month.pk, act="draw").status_code for _ in range(2)]

    assert (statuses, Draw.objects.count(), DrawnRow.objects.count()) == ([302, 302], 3, 8)
    assert open_as(city.nila, "draw", city.month.pk).context["is_drawn"]


def test_an_assessor_cannot_draw_and_an_open_month_is_not_drawn(city, post_as):
    open_month = post_as(city.chief, "draw", city.month.pk, act="draw")
    close(city.month)
    assessor = post_as(city.nila, "draw", city.month.pk, act="draw")

    assert (open_month.status_code, assessor.status_code, Draw.objects.count()) == (409, 403, 0)


# workbench


def test_a_verdict_leads_to_the_next_row_at_once(city, post_as, client):
    rows(city.ana, DAYS[:2], 180)
    first, second = drawn(city.month, by=city.chief)

    answer = post_as(city.nila, "row", first.pk, outcome="accepted", version=first.activity.version)
    onward = client.get(answer.url)

    assert onward.url == reverse("assessment:row", args=[second.pk])
    assert Verdict.objects.get().drawn_row == first


def test_skipping_leads_past_the_row_and_round_again(city, open_as):
    rows(city.ana, DAYS[:2])
    first, second = drawn(city.month, by=city.chief)

    urls = [open_as(city.nila, "verify", city.month.pk, after=r.pk).url for r in (first, second)]

    assert urls == [reverse("assessment:row", args=[r.pk]) for r in (second, first)]


def test_rows_a_person_may_not_read_are_not_led_to(city, open_as):
    made = row(city.ana, date(2026, 3, 9), status="reported")
    type(made).objects.filter(pk=made.pk).update(status="approved", approved_minutes=60, counted_minutes=60)
    made.refresh_from_db()
    decide(made, by=city.oka, at=LATER)
    found = drawn(city.month, by=city.chief)[0]

    assert open_as(city.oka, "verify", city.month.pk).url == reverse("assessment:month", args=[city.month.pk])
    assert open_as(city.nila, "verify", city.month.pk).url == reverse("assessment:row", args=[found.pk])
    assert "Accept" not in text(open_as(city.oka, "row", found.pk))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"outcome": "fewer", "minutes": "60"}, "reason_code"),
        ({"outcome": "void"}, "reason_code"),
        ({"outcome": "fewer", "reason_code": "A1"}, "minutes"),
        ({"outcome": "fewer", "reason_code": "A1", "minutes": "180"}, "minutes"),
        ({"outcome": "fewer", "reason_code": "A1", "minutes": "abc"}, "minutes"),
        ({"outcome": "void", "reason_code": "Z9"}, "reason_code"),
    ],
)
def test_a_rejected_verdict_keeps_what_was_typed_and_names_the_field(city, post_as, data, field):
    rows(city.ana, DAYS[:1], 180)
    found = drawn(city.month, by=city.chief)[0]

    answer = post_as(
        city.nila, "row", found.pk, version=found.activity.version, reason="Catatan saya", **data
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "Catatan saya" in text(answer) and not Verdict.objects.exists()


def test_d20_the_second_assessor_is_told_who_was_first(city, post_as):
    rows(city.ana, DAYS[:1], 180)
    found = drawn(city.month, by=city.chief)[0]
    version = found.activity.version
    post_as(city.nila, "row", found.pk, outcome="accepted", version=version)

    answer = post_as(city.oka, "row", found.pk, outcome="void", reason_code="A1", version=version)

    assert answer.status_code == 409
    assert "already been verified by Nila Penilai: accepted" in text(answer)


def test_a_verdict_of_somebody_who_may_not_is_refused_with_a_sentence(city, post_as):
    rows(city.ana, DAYS[:1], 180)
    found = drawn(city.month, by=city.chief)[0]
    factories.grant(city.supervisor, Role.ASSESSOR, city.agency)
    city.chief.postings.update(post=city.staff_post)

    answer = post_as(city.chief, "row", found.pk, outcome="accepted", version=found.activity.version)

    assert (answer.status_code, "never his own" in text(answer)) == (403, True)


def test_the_workbench_shows_the_day_the_text_and_how_fast_it_was_decided(city, open_as):
    row(
        city.ana,
        date(2026, 3, 2),
        description="Mengawasi pekerjaan drainase di dua lokasi",
        status="rejected",
    )
    when = at(2026, 3, 10, 9)
    made = row(
        city.ana, date(2026, 3, 9), description="Mengawasi pekerjaan drainase di tiga lokasi", decided_at=when
    )
    row(city.ana, date(2026, 3, 9), 45, other_title="Rapat mutu", decided_at=when)
    found = next(r for r in drawn(city.month, by=city.chief) if r.activity == made)

    page = text(open_as(city.nila, "row", found.pk))

    assert "Rapat mutu" in page
    assert "<ins>tiga</ins>" in page and "<del>dua</del>" in page
    assert "2 rows decided within a minute before and after" in page
    assert "Sum, target 300" in page


def test_d37_script_in_a_description_is_shown_as_text(city, open_as):
    made = row(city.ana, date(2026, 3, 9), description="<script>alert(1)</script> laporan")
    found = drawn(city.month, by=city.chief)[0]

    page = text(open_as(city.nila, "row", found.pk))

    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page and found.activity == made


# people and marks


def test_the_listed_proposals_are_confirmed_together(city, post_as, open_as):
    rows(city.ana, DAYS, 300)
    close(city.month)
    listed = [r["value"] for r in open_as(city.nila, "people", city.month.pk).context["rows"]]

    answer = post_as(city.nila, "confirm_many", city.month.pk, row=listed)

    assert answer.status_code == 302
    assert sorted(Assessment.objects.values_list("person__name", "score")) == [
        ("Ana Pegawai", Decimal("49.09")),
        ("Budi Pegawai", Decimal("0.00")),
        ("Kartika Kepala", Decimal("0.00")),
        ("Surya Atasan", Decimal("0.00")),
    ]


def test_a_person_whose_facts_changed_is_left_and_named(city, post_as, open_as):
    rows(city.ana, DAYS, 300)
    close(city.month)
    listed = [r["value"] for r in open_as(city.nila, "people", city.month.pk).context["rows"]]
    type(city.month.activities.first()).objects.filter(performed_on=date(2026, 3, 9)).update(
        counted_minutes=200
    )

    answer = post_as(city.nila, "confirm_many", city.month.pk, row=listed)

    assert sorted(Assessment.objects.values_list("person__name", flat=True)) == [
        "Budi Pegawai",
        "Kartika Kepala",
        "Surya Atasan",
    ]
    assert any(sentence.startswith("Not confirmed: Ana Pegawai.") for sentence in said(answer))


@pytest.mark.parametrize("listed", [[], ["x"], ["1:2"], ["a:b:c"]])
def test_a_list_that_names_nobody_is_refused(city, post_as, listed):
    close(city.month)

    assert post_as(city.nila, "confirm_many", city.month.pk, row=listed).status_code == 422


def test_d90_a_mark_of_60_where_100_is_proposed_needs_a_reason(city, post_as):
    rows(city.ana, DAYS, 300)
    close(city.month)

    refused = post_as(
        city.nila, "person", city.month.pk, city.ana.pk, **mark_of(city, city.ana, quality="60")
    )
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert 'value="60"' in text(refused)

    answer = post_as(
        city.nila,
        "person",
        city.month.pk,
        city.ana.pk,
        **mark_of(city, city.ana, quality="60", reason="Uraian kurang."),
    )
    assert (answer.status_code, Assessment.objects.get().quality) == (302, Decimal("60.00"))


@pytest.mark.parametrize("quality", ["", "abc", "-1", "100.01", "97.123"])
def test_a_mark_that_is_none_is_refused_beside_its_field(city, post_as, quality):
    close(city.month)

    answer = post_as(
        city.nila, "person", city.month.pk, city.ana.pk, **mark_of(city, city.ana, quality=quality)
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["quality"])
    assert not Assessment.objects.exists()


def test_a_mark_on_changed_facts_is_told_and_can_be_sent_again(city, post_as):
    rows(city.ana, DAYS, 300)
    close(city.month)
    old = mark_of(city, city.ana, quality="80", reason="Uraian kurang.")
    type(city.month.activities.first()).objects.filter(performed_on=date(2026, 3, 9)).update(
        counted_minutes=200
    )

    answer = post_as(city.nila, "person", city.month.pk, city.ana.pk, **old)
    assert (answer.status_code, "have changed" in text(answer)) == (409, True)

    again = {field.html_name: field.value() for field in answer.context["form"]}
    assert again["quality"] == "80"
    assert post_as(city.nila, "person", city.month.pk, city.ana.pk, **again).status_code == 302


def test_nobody_of_another_agency_is_marked_here(city, open_as):
    assert open_as(city.nila, "person", city.month.pk, city.zul.pk).status_code == 404


# publish and finalise


def test_a_month_is_published_in_two_pages_by_two_people(city, post_as):
    month = ready(city)

    proposed = post_as(city.chief, "publish", month.pk, act="propose")
    alone = post_as(city.chief, "publish", month.pk, act="confirm")
    confirmed = post_as(city.nila, "publish", month.pk, act="confirm")

    assert [proposed.status_code, alone.status_code, confirmed.status_code] == [302, 403, 302]
    assert "Who proposed a step cannot confirm it." in text(alone)
    month.refresh_from_db()
    assert month.status == Month.Status.PUBLISHED


def test_a_blocked_step_is_refused_with_what_blocks(city, post_as):
    rows(city.ana, DAYS)
    close(city.month)

    answer = post_as(city.chief, "publish", city.month.pk, act="propose")

    assert (answer.status_code, "The sample is drawn: not drawn yet" in text(answer)) == (409, True)
    assert not MonthStep.objects.exists()


# one's own score


def test_one_s_own_score_is_seen_from_publication_with_all_it_came_from(city, open_as):
    rows(city.ana, DAYS, 300)
    ready(city)
    before = text(open_as(city.ana, "mine", city.month.key))
    step = MonthStep.objects.propose(city.month, "publish", by=city.chief, at=LATER)
    MonthStep.objects.confirm(step, by=city.nila, at=LATER)

    after = text(open_as(city.ana, "mine", city.month.key))

    assert "Not published yet" in before and "49.09" not in before
    assert "49.09" in after and "2,400 counted minutes of a target of 6,600" in after


def test_nobody_sees_another_person_s_score(city, open_as):
    rows(city.ana, DAYS, 300)
    published(city)

    assert "49.09" not in text(open_as(city.budi, "mine", city.month.key))


def test_a_published_score_stays_readable_after_a_transfer(city, open_as):
    rows(city.ana, DAYS, 300)
    published(city)
    city.ana.postings.update(ends_on=date(2026, 4, 30))

    assert "49.09" in text(open_as(city.ana, "mine", city.month.key))


# queries


@pytest.fixture
def queries_of(client):
    def queries(who, view, *args):
        """How many queries the second visit of `who` takes: signing in and caches are not the page's."""
        url = reverse(f"assessment:{view}", args=args)
        client.force_login(who)
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return queries


def grow(city, number):
    """`number` more people with rows, and as many agencies with a month."""
    for n in range(number):
        who = factories.staff(city.staff_post, f"Orang {n}")
        rows(who, DAYS[:3])
        factories.month(factories.agency())


@pytest.mark.parametrize(
    ("view", "most"), [("months", 14), ("month", 36), ("draw", 24), ("people", 26), ("publish", 36)]
)
def test_a_page_takes_as_many_queries_for_few_rows_as_for_many(city, queries_of, view, most):
    args = [] if view == "months" else [city.month.pk]
    rows(city.ana, DAYS[:1])
    found = [queries_of(city.chief, view, *args)]
    grow(city, 3)
    found.append(queries_of(city.chief, view, *args))
    drawn(city.month, by=city.chief)
    mark(city.month, city.ana, by=city.nila)
    found.append(queries_of(city.chief, view, *args))
    for who in (city.budi, city.supervisor):
        mark(city.month, who, by=city.nila)
    for each in DrawnRow.objects.filter(draw__month=city.month)[:3]:
        verdict(each, by=city.nila)
    found.append(queries_of(city.chief, view, *args))

    assert (found[1], found[3]) == (found[0], found[2])
    assert max(found) <= most, found


def test_the_workbench_takes_as_many_queries_for_one_row_as_for_many(city, queries_of):
    rows(city.ana, DAYS[:1])
    found = drawn(city.month, by=city.chief)[0]
    first = queries_of(city.nila, "row", found.pk)
    april = factories.month(city.agency, 2026, 4)
    for day in (1, 2, 3, 6, 7):
        row(city.ana, date(2026, 4, day))
        row(city.ana, date(2026, 4, day))
    last = next(
        r for r in drawn(april, by=city.chief, at=at(2026, 5, 20)) if r.activity.performed_on.day == 7
    )

    assert queries_of(city.nila, "row", last.pk) == first <= 30
