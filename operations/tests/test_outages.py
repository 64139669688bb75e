"""Outages: what they move, what they save, and which months wait for the operator.

The outage of the tests is that of case D01: Thursday 5 February 2026, 20.00, to Friday 6 February, 01.30.
"""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from activities.models import Activity, OpenDay
from calendars.models import DismissedGap, Heartbeat, Month, MonthAct, Outage
from calendars.weeks import MonthKey
from notices.models import Notice
from operations.recording import follow
from operations.tasks import beat
from organization.models import Role
from records.refusals import NotNow
from tests import factories, factories_activities
from tests.factories import at
from tests.factories_activities import activity, typed

pytestmark = pytest.mark.django_db
FROM, TO, RECORDED = at(2026, 2, 5, 20), at(2026, 2, 6, 1, 30), at(2026, 2, 6, 7)
TUESDAY, THURSDAY = date(2026, 2, 3), date(2026, 2, 5)
PAGE = reverse("operations:outages")


@pytest.fixture
def city():
    names = factories_activities.city()
    names.operator = factories.with_role(Role.IT, name="Operator", office=names.other)
    return names


def record(city, starts_at=FROM, ends_at=TO, now=RECORDED):
    outage = Outage.objects.record(
        by=city.operator, at=now, starts_at=starts_at, ends_at=ends_at, reason="Listrik pusat data padam"
    )
    if ends_at:
        follow(outage, at=now)
    return outage


def enter(who, when, day=TUESDAY, report=True):
    return Activity.objects.enter(who, by=who, at=when, token=uuid.uuid4(), report=report, **typed(day))


def test_d01_what_was_due_in_an_outage_is_in_time_to_the_end_of_the_first_working_day_after(city):
    outage = record(city)

    saved = enter(city.ana, at(2026, 2, 6, 8))
    with pytest.raises(ValidationError) as refused:
        enter(city.ana, at(2026, 2, 7, 0, 1))

    assert (saved.outage, saved.in_time, saved.window_closes_at) == (outage, True, at(2026, 2, 7, 0))
    assert Activity.objects.month_facts(MonthKey(2026, 2))[city.ana.pk].days_in_time == {TUESDAY}
    assert refused.value.error_dict["performed_on"][0].code == "window_over"


def test_d01_without_the_outage_it_is_refused_and_what_came_before_it_names_none(city):
    with pytest.raises(ValidationError):
        enter(city.ana, at(2026, 2, 6, 8))
    record(city)

    assert enter(city.ana, at(2026, 2, 5, 19)).outage is None
    assert enter(city.ana, at(2026, 2, 6, 8), THURSDAY).outage is None  # its window runs to Monday


def test_d01_the_report_and_home_say_which_outage_it_was(client, city, time_machine):
    time_machine.move_to(at(2026, 2, 6, 8), tick=False)
    outage = record(city)
    row = enter(city.ana, at(2026, 2, 6, 8))
    client.force_login(city.ana)

    page = client.get(row.get_absolute_url()).content.decode()
    home = client.get(reverse("reports:home")).content.decode()

    assert f"diperpanjang karena gangguan no. {outage.pk}" in page
    assert f"Gangguan no. {outage.pk}, Kam, 5 Feb 2026 20.00 WIB s.d. Jum, 6 Feb 2026 01.30 WIB" in home


def test_a_weekend_and_leave_do_not_count_as_the_day_on_which_it_runs_again(city):
    friday_night, sunday = at(2026, 2, 6, 20), at(2026, 2, 8, 12)
    factories.leave(city.budi, date(2026, 2, 9))
    record(city, friday_night, sunday, now=at(2026, 2, 8, 13))
    wednesday = date(2026, 2, 4)

    assert enter(city.ana, at(2026, 2, 9, 23), wednesday).window_closes_at == at(2026, 2, 10, 0)
    with pytest.raises(ValidationError):
        enter(city.ana, at(2026, 2, 10, 0), wednesday)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "moves"),
    [
        (at(2026, 2, 5, 20), at(2026, 2, 5, 23), False),  # it ran again before the deadline
        (at(2026, 2, 6, 0), at(2026, 2, 6, 3), False),  # it broke down after the deadline
        (at(2026, 2, 5, 23), at(2026, 2, 6, 0), True),
    ],
)
def test_only_a_deadline_inside_moves(city, starts_at, ends_at, moves):
    record(city, starts_at, ends_at)

    if moves:
        assert enter(city.ana, at(2026, 2, 6, 8)).in_time
    else:
        with pytest.raises(ValidationError):
            enter(city.ana, at(2026, 2, 6, 8))


def test_moments_that_rows_keep_move_with_it_and_decided_rows_stay(city):
    inside, later = at(2026, 2, 6, 0), at(2026, 2, 7, 0)
    reported = activity(city.ana, TUESDAY, window_closes_at=inside)
    returned = activity(city.ana, TUESDAY, status="returned", return_due_at=inside)
    other = activity(city.ana, TUESDAY, status="returned", return_due_at=at(2026, 2, 10, 0))
    decided = activity(city.ana, TUESDAY, status="approved", window_closes_at=inside)
    opened = OpenDay(person=city.ana, day=date(2026, 1, 30), until=inside, cause="late")
    OpenDay.objects.open([opened], by=city.operator, at=at(2026, 2, 4), reason="Tugas di luar jaringan")

    outage = record(city)
    follow(outage, at=RECORDED)

    for row in (reported, returned, other, decided):
        row.refresh_from_db()
    assert (reported.window_closes_at, returned.return_due_at) == (later, later)
    assert (other.return_due_at, decided.window_closes_at) == (at(2026, 2, 10, 0), inside)
    assert sorted(OpenDay.objects.values_list("until", flat=True)) == [inside, later]


def test_dates_of_a_month_inside_it_move_and_keep_who_and_why(city):
    month = Month.objects.of(city.agency, MonthKey(2026, 1))
    assert month.entry_closes_at == at(2026, 2, 5, 0)
    outage = record(city, at(2026, 2, 4, 20), at(2026, 2, 9, 1), now=at(2026, 2, 9, 6))

    month.refresh_from_db()

    assert [month.entry_closes_at, month.review_closes_at, month.publication_due_at] == [
        at(2026, 2, 10, 0),
        at(2026, 2, 10, 0),
        at(2026, 2, 14, 0),
    ]
    act = month.acts.get()
    assert (act.kind, act.by, act.reason) == (MonthAct.Kind.OUTAGE, city.operator, outage.reason)
    assert set(act.detail) == {"entry_closes_at", "review_closes_at"}
    assert Month.objects.move_for(outage, at=RECORDED) == 0


def test_a_month_that_is_made_later_has_the_same_dates_as_one_that_was_moved(city):
    moved = Month.objects.of(city.agency, MonthKey(2026, 1))
    record(city, at(2026, 2, 4, 20), at(2026, 2, 9, 1), now=at(2026, 2, 9, 6))
    moved.refresh_from_db()

    made = Month.objects.of(city.other, MonthKey(2026, 1))

    assert [getattr(made, name) for name in Month.DATES] == [getattr(moved, name) for name in Month.DATES]


def test_d01_the_clock_closes_no_month_while_an_outage_runs(city):
    month = Month.objects.of(city.agency, MonthKey(2026, 1))
    night = at(2026, 2, 6, 22)
    outage = record(city, night, None, now=at(2026, 2, 6, 23))
    closes_at = month.review_closes_at
    assert closes_at == at(2026, 2, 7, 0)

    Month.objects.close_due(at(2026, 2, 10, 9))
    waited = Month.objects.get(pk=month.pk).status
    outage.end(by=city.operator, at=at(2026, 2, 10, 10), ends_at=at(2026, 2, 9, 8))
    follow(outage, at=at(2026, 2, 10, 10))
    Month.objects.close_due(at(2026, 2, 10, 11))

    month.refresh_from_db()
    assert (waited, month.status) == ("open", "verifying")
    assert month.review_closes_at == at(2026, 2, 10, 0)


def beats(first, last, *, silent=None):
    moment = first
    while moment <= last:
        if silent is None or not silent[0] < moment < silent[1]:
            Heartbeat.objects.beat(moment)
        moment += timedelta(minutes=5)


SILENT = (at(2026, 2, 6, 10), at(2026, 2, 6, 10, 20))


def closed(month, when):
    Month.objects.close_due(when)
    month.refresh_from_db()
    return month.status == "verifying"


@pytest.fixture
def january(city):
    """Its review closes on Friday 6 February at 24.00; the jobs were silent for 20 minutes that morning."""
    month = Month.objects.of(city.agency, MonthKey(2026, 1))
    beats(at(2026, 2, 5, 20), at(2026, 2, 7, 1), silent=SILENT)
    return month


def test_a_month_waits_for_the_operator_after_a_gap_but_at_most_one_working_day(january):
    assert not closed(january, at(2026, 2, 7, 1))
    assert not closed(january, at(2026, 2, 9, 23))
    assert closed(january, at(2026, 2, 10, 0))


def test_a_gap_that_was_recorded_or_dismissed_holds_up_nothing(city, january):
    record(city, at(2026, 2, 6, 9), at(2026, 2, 6, 11), now=at(2026, 2, 6, 12))

    assert closed(january, at(2026, 2, 7, 1))


def test_a_dismissed_gap_holds_up_nothing_and_is_dismissed_once(city, january):
    terms = {"by": city.operator, "at": at(2026, 2, 7, 1), "reason": "Hanya penjadwal yang dimulai ulang"}
    DismissedGap.objects.dismiss(starts_at=SILENT[0], ends_at=SILENT[1], **terms)

    with pytest.raises(NotNow):
        DismissedGap.objects.dismiss(starts_at=SILENT[0], ends_at=SILENT[1], **terms)
    assert closed(january, at(2026, 2, 7, 1))


def test_fifteen_minutes_and_what_lies_more_than_a_day_before_are_no_gap(city):
    month = Month.objects.of(city.agency, MonthKey(2026, 1))
    beats(at(2026, 2, 5, 10), at(2026, 2, 7, 1), silent=(at(2026, 2, 5, 12), at(2026, 2, 5, 14)))
    Heartbeat.objects.filter(at__in=[at(2026, 2, 6, 10, 5), at(2026, 2, 6, 10, 10)]).delete()

    assert closed(month, at(2026, 2, 7, 1))


def test_the_beat_notes_one_row_and_forgets_what_is_long_ago():
    Heartbeat.objects.beat(at(2020, 1, 1))

    beat()

    assert [row.at.year > 2020 for row in Heartbeat.objects.all()] == [True]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "field"),
    [
        (at(2026, 2, 6, 8), None, "starts_at"),  # to come
        (FROM, at(2026, 2, 6, 8), "ends_at"),
        (FROM, FROM, "ends_at"),
        (at(2026, 1, 1), TO, "ends_at"),  # 36 days
        (at(2026, 2, 5, 12), at(2026, 2, 5, 21), "starts_at"),  # overlaps
    ],
)
def test_an_outage_that_cannot_be_is_refused_beside_its_field(city, starts_at, ends_at, field):
    record(city)

    with pytest.raises(ValidationError) as refused:
        record(city, starts_at, ends_at)

    assert set(refused.value.error_dict) == {field}
    assert Outage.objects.count() == 1


def test_the_operator_records_ends_and_dismisses_on_one_page(client, city, time_machine):
    time_machine.move_to(RECORDED, tick=False)
    beats(at(2026, 2, 5, 18), RECORDED, silent=(at(2026, 2, 5, 18, 30), at(2026, 2, 5, 19)))
    client.force_login(city.operator)
    typed = {"starts_at": "2026-02-05T20:00", "ends_at": "", "reason": "Listrik pusat data padam"}

    (start, end), *_more = client.get(PAGE).context["gaps"]
    first, again = (client.post(PAGE, typed).status_code for _time in range(2))
    outage = Outage.objects.get()
    wrong = client.post(reverse("operations:end", args=[outage.pk]), {"ends_at": "2026-02-04T20:00"})
    done = client.post(reverse("operations:end", args=[outage.pk]), {"ends_at": "2026-02-06T01:30"})
    gap = {"starts_at": start.isoformat(), "ends_at": end.isoformat()}
    short = client.post(reverse("operations:dismiss"), gap | {"reason": "tidak"})
    dismissed = client.post(reverse("operations:dismiss"), gap | {"reason": "Penjadwal dimulai ulang"})

    assert (first, again, wrong.status_code, done.status_code) == (302, 302, 422, 302)
    assert (short.status_code, dismissed.status_code) == (422, 302)
    outage.refresh_from_db()
    assert (outage.starts_at, outage.ends_at, outage.ended_by) == (FROM, TO, city.operator)
    assert client.get(PAGE).context["gaps"] == []
    assert Notice.objects.filter(person=city.ana, key=f"outage {outage.pk}").exists()


def test_an_end_that_somebody_else_recorded_first_stands(city):
    outage = record(city, FROM, None)
    outage.end(by=city.operator, at=RECORDED, ends_at=TO)
    second = factories.with_role(Role.IT, office=city.other)

    outage.end(by=city.operator, at=RECORDED, ends_at=TO)
    with pytest.raises(NotNow):
        outage.end(by=second, at=RECORDED, ends_at=RECORDED)


def test_the_page_costs_the_same_for_one_outage_and_for_many(client, city, django_assert_max_num_queries):
    client.force_login(city.operator)
    counts = []
    for day in (1, 2, 3, 4):
        record(city, at(2026, 1, day, 1), at(2026, 1, day, 3))
        with django_assert_max_num_queries(12) as queries:
            client.get(PAGE)
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_home_tells_the_operator_what_is_asked_of_them(client, city, time_machine):
    time_machine.move_to(at(2026, 2, 6, 12), tick=False)
    client.force_login(city.operator)

    def card():
        found = {card.title: card for card in client.get(reverse("reports:home")).context["cards"]}
        return found["Gangguan"].lines

    quiet = card()
    outage = record(city, FROM, None)
    running = card()
    outage.end(by=city.operator, at=RECORDED, ends_at=TO)
    beats(at(2026, 2, 6, 9), at(2026, 2, 6, 12), silent=SILENT)

    assert quiet == []
    assert running == [f"Gangguan no. {outage.pk} berlangsung sejak Kam, 5 Feb 2026 20.00 WIB"]
    assert card() == [
        "Proses latar tidak berjalan dari Jum, 6 Feb 2026 10.00 WIB sampai Jum, 6 Feb 2026 10.20 WIB"
    ]


def test_d01_a_report_that_was_returned_and_answered_still_names_the_outage(city):
    outage = record(city)
    row = enter(city.ana, at(2026, 2, 6, 8))
    row.move_to("returned", return_due_at=at(2026, 2, 12), return_reason="Lengkapi uraian kegiatan.")

    row.answer(by=city.ana, at=at(2026, 2, 11), description=row.description + " Sudah dilengkapi.")

    row.refresh_from_db()
    assert (row.round, row.outage, row.in_time) == (2, outage, True)
