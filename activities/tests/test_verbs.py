"""How an activity moves by its owner's hand. Now is Wednesday 11 March 2026, 09.00 WIB."""

from datetime import date, time
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.models import Activity
from calendars.models import Month
from records.state import InvalidTransition, StaleVersion
from tests import factories, factories_activities
from tests.factories import at
from tests.factories_activities import activity

pytestmark = pytest.mark.django_db
NOW = at(2026, 3, 11)
WEDNESDAY, TUESDAY, MONDAY, FRIDAY = (date(2026, 3, day) for day in (11, 10, 9, 6))
Status = Activity.Status
ALLOWED = {
    ("draft", "reported"),
    ("reported", "draft"),
    ("reported", "returned"),
    ("reported", "approved"),
    ("reported", "rejected"),
    ("returned", "reported"),
    ("approved", "reported"),
    ("approved", "approved"),
    ("approved", "voided"),
    ("rejected", "reported"),
    ("rejected", "approved"),
    ("voided", "approved"),
}


@pytest.fixture
def city():
    return factories_activities.city()


@pytest.fixture
def ana(city):
    return city.ana


def codes(refused):
    return {field: errors[0].code for field, errors in refused.value.error_dict.items()}


@pytest.mark.parametrize(("was", "now"), list(product(Status.values, repeat=2)))
def test_move_to_allows_only_the_moves_of_the_table(ana, was, now):
    row = activity(ana, status=was)
    undecided = {"approved_minutes": 0, "counted_minutes": 0, "return_due_at": None, "reported_at": NOW}
    fields = undecided | {"first_reported_at": NOW, "return_due_at": NOW if now == "returned" else None}

    if (was, now) in ALLOWED:
        row.move_to(now, **fields)
        assert (row.status, row.version) == (now, 2)
    else:
        with pytest.raises(InvalidTransition):
            row.move_to(now, **fields)
        row.refresh_from_db()
        assert (row.status, row.version) == (was, 1)


def test_every_status_has_its_row_in_the_table():
    assert set(Activity.TRANSITIONS) == set(Status)


def test_a_draft_is_reported_with_what_was_typed_last(ana):
    row = activity(ana, TUESDAY, status="draft")

    row.report(by=ana, at=NOW, version=1, minutes=120, performed_on=WEDNESDAY)

    assert (row.status, row.version, row.minutes, row.credited_minutes) == ("reported", 2, 120, 120)
    assert (row.performed_on, row.first_reported_at, row.in_time) == (WEDNESDAY, NOW, True)


def test_a_draft_whose_window_is_over_is_not_reported(ana):
    row = activity(ana, FRIDAY, status="draft")

    with pytest.raises(ValidationError) as refused:
        row.report(by=ana, at=NOW)

    row.refresh_from_db()
    assert (codes(refused), row.status) == ({"performed_on": "window_over"}, "draft")


def test_reporting_a_draft_asks_the_limit(ana):
    activity(ana, WEDNESDAY, minutes=400)
    row = activity(ana, WEDNESDAY, minutes=100, status="draft")

    with pytest.raises(ValidationError) as refused:
        row.report(by=ana, at=NOW)
    assert codes(refused) == {"minutes": "over_the_daily_limit"}


def test_an_edit_of_an_undecided_report_is_a_new_version_and_leaves_its_moments(ana):
    row = activity(ana, TUESDAY, minutes=60)

    row.edit(by=ana, at=NOW, version=1, minutes=90, description="Menyusun laporan lengkap.")

    assert (row.version, row.status, row.minutes, row.credited_minutes) == (2, "reported", 90, 90)
    assert (row.reported_at, row.round) == (at(2026, 3, 10, 16), 1)
    assert [(event.version, event.minutes) for event in row.events.order_by("pgh_id")] == [(1, 60), (2, 90)]


def test_an_edit_counts_the_limit_without_its_own_row(ana):
    row = activity(ana, WEDNESDAY, minutes=300)
    activity(ana, WEDNESDAY, minutes=100)

    row.edit(by=ana, at=NOW, minutes=350)
    with pytest.raises(ValidationError) as refused:
        row.edit(by=ana, at=NOW, minutes=351)

    assert codes(refused) == {"minutes": "over_the_daily_limit"}


def test_an_edit_moves_to_another_open_day_only(ana):
    row = activity(ana, TUESDAY)

    row.edit(by=ana, at=NOW, performed_on=MONDAY)
    assert (row.performed_on, row.window_closes_at) == (MONDAY, at(2026, 3, 12, 0))

    with pytest.raises(ValidationError) as refused:
        row.edit(by=ana, at=NOW, performed_on=FRIDAY)
    assert codes(refused) == {"performed_on": "window_over"}


def test_after_the_window_only_the_text_and_the_start_change(ana):
    row = activity(ana, FRIDAY, window_closes_at=at(2026, 3, 11, 0))

    row.edit(by=ana, at=NOW, description="Teks yang dibetulkan.", starts_at=time(8))
    assert (row.version, row.description, row.starts_at) == (2, "Teks yang dibetulkan.", time(8))

    for figure in ({"minutes": 60}, {"quantity": 2}, {"performed_on": WEDNESDAY}, {"other_title": "Lain"}):
        with pytest.raises(ValidationError) as refused:
            row.edit(by=ana, at=NOW, **figure)
        assert codes(refused) == dict.fromkeys(figure, "figures_fixed")


@pytest.mark.parametrize("status", ["approved", "rejected", "returned", "voided"])
def test_decided_work_is_not_edited(ana, status):
    row = activity(ana, TUESDAY, status=status)

    with pytest.raises(InvalidTransition):
        row.edit(by=ana, at=NOW, description="Setelah diputuskan.")


def test_an_edit_of_a_version_that_has_changed_since_is_refused(ana):
    row = activity(ana, TUESDAY)
    Activity.objects.get(pk=row.pk).edit(by=ana, at=NOW, minutes=45)

    with pytest.raises(StaleVersion):
        row.edit(by=ana, at=NOW, version=1, minutes=60)

    row.refresh_from_db()
    assert (row.minutes, row.version) == (45, 2)


def test_d23_an_answered_return_waits_again_in_its_second_round_also_after_entry_close(ana):
    row = activity(ana, FRIDAY, status="returned", return_due_at=at(2026, 3, 13, 0))
    Month.objects.update(entry_closes_at=at(2026, 3, 11, 0))

    row.answer(by=ana, at=NOW, version=1, description="Daftar hadir dilampirkan.", minutes=80)

    assert (row.status, row.round, row.version, row.minutes) == ("reported", 2, 2, 80)
    assert (row.return_due_at, row.reported_at) == (None, NOW)
    assert row.first_reported_at == at(2026, 3, 6, 16)


def test_a_return_is_answered_before_its_due_moment_only(ana):
    row = activity(ana, FRIDAY, status="returned", return_due_at=NOW)

    with pytest.raises(ValidationError, match="."):
        row.answer(by=ana, at=NOW)

    row.refresh_from_db()
    assert (row.status, row.round) == ("returned", 1)


def test_a_return_is_not_answered_after_review_close(ana):
    row = activity(ana, FRIDAY, status="returned", return_due_at=at(2026, 3, 13, 0))
    Month.objects.update(status="verifying")

    with pytest.raises(ValidationError):
        Activity.objects.get(pk=row.pk).answer(by=ana, at=NOW)


def test_an_answer_keeps_its_day_or_moves_to_an_open_one(ana):
    row = activity(ana, FRIDAY, status="returned")

    with pytest.raises(ValidationError) as refused:
        row.answer(by=ana, at=NOW, performed_on=date(2026, 3, 5))
    assert codes(refused) == {"performed_on": "window_over"}

    row.answer(by=ana, at=NOW, performed_on=TUESDAY)
    assert row.performed_on == TUESDAY


@pytest.mark.parametrize("status", ["draft", "reported", "approved", "rejected", "voided"])
def test_only_a_return_is_answered(ana, status):
    with pytest.raises(InvalidTransition):
        activity(ana, TUESDAY, status=status).answer(by=ana, at=NOW)


def test_a_report_is_taken_back_while_its_window_is_open(ana):
    row = activity(ana, TUESDAY)

    row.withdraw(by=ana, at=NOW, version=1)
    assert (row.status, row.version) == ("draft", 2)

    late = activity(ana, FRIDAY, window_closes_at=NOW)
    with pytest.raises(ValidationError):
        late.withdraw(by=ana, at=NOW)


def test_a_report_taken_back_is_sent_again_with_its_first_moment(ana):
    row = activity(ana, TUESDAY)
    row.withdraw(by=ana, at=NOW)

    row.report(by=ana, at=NOW)

    assert (row.status, row.first_reported_at, row.reported_at) == ("reported", at(2026, 3, 10, 16), NOW)


@pytest.mark.parametrize("status", ["approved", "rejected", "returned", "voided"])
def test_decided_work_is_not_taken_back(ana, status):
    with pytest.raises(InvalidTransition):
        activity(ana, TUESDAY, status=status).withdraw(by=ana, at=NOW)


def test_a_draft_that_was_never_sent_is_discarded_and_its_history_stays(ana):
    row = activity(ana, TUESDAY, status="draft")
    pk, history = row.pk, row.events.model

    row.discard(by=ana, version=1)

    assert not Activity.objects.exists()
    assert list(history.objects.filter(id=pk).order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert",
        "delete",
    ]


def test_what_was_reported_once_is_not_discarded(ana):
    row = activity(ana, TUESDAY)
    with pytest.raises(InvalidTransition):
        row.discard(by=ana)

    row.withdraw(by=ana, at=NOW)
    with pytest.raises(InvalidTransition):
        row.discard(by=ana)


def test_a_draft_that_changed_since_is_not_discarded(ana):
    row = activity(ana, TUESDAY, status="draft")

    with pytest.raises(StaleVersion):
        row.discard(by=ana, version=2)


def test_nobody_but_the_owner_moves_it(city, ana):
    row, draft = activity(ana, TUESDAY), activity(ana, TUESDAY, status="draft")
    returned = activity(ana, TUESDAY, status="returned")

    for verb in (
        lambda: row.edit(by=city.supervisor, at=NOW, minutes=1),
        lambda: row.withdraw(by=city.supervisor, at=NOW),
        lambda: draft.report(by=city.budi, at=NOW),
        lambda: draft.discard(by=city.budi),
        lambda: returned.answer(by=city.head, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert set(Activity.objects.values_list("version", flat=True)) == {1}


def test_the_post_of_the_day_reviews_also_after_a_transfer(city):
    mover = factories.staff(city.staff_post, ends_on=TUESDAY)
    new_post = factories.post(city.other, superior=None)
    factories.posted(mover, new_post, starts_on=WEDNESDAY)

    row = activity(mover, TUESDAY, status="draft")
    row.report(by=mover, at=NOW)
    assert (row.reviewing_post, row.month.agency) == (city.supervisor_post, city.agency)

    row.edit(by=mover, at=NOW, performed_on=WEDNESDAY)
    assert (row.post, row.reviewing_post, row.month.agency) == (new_post, None, city.other)
