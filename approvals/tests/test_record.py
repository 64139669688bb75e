"""One decision on one row: what it changes, and every way in which it is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from activities.models import Activity
from approvals.models import AlreadyDecided, Decision
from records.refusals import NotAllowed
from records.state import InvalidTransition, StaleVersion
from tests import factories, factories_activities
from tests.factories_approvals import AFTER_CLOSE, NEXT_MONDAY, REASON, city, decide
from tests.factories_reports import freeze

pytestmark = pytest.mark.django_db
FACTS = ["round", "version", "verdict", "minutes", "credited_minutes", "reason", "due_at", "by", "for_post"]
FACTS += ["capacity", "after_close", "in_bulk", "at"]


def facts(activity):
    """What a decision may change of an activity."""
    activity.refresh_from_db()
    return {
        "status": activity.status,
        "approved": activity.approved_minutes,
        "counted": activity.counted_minutes,
        "due": activity.return_due_at,
        "after_close": activity.after_close,
        "version": activity.version,
    }


def after(status, minutes=0, **fields):
    """The facts of an activity decided once."""
    found = {"status": status, "approved": minutes, "counted": minutes, "due": None}
    return found | {"after_close": False, "version": 2} | fields


@pytest.fixture
def names():
    return city()


@pytest.fixture
def activity(names):
    return factories_activities.activity(names.ana, minutes=180)


def test_an_approval_counts_all_credited_minutes_and_says_who_when_and_for_which_post(names, activity):
    decide(activity, names.supervisor)

    assert facts(activity) == after("approved", 180)
    assert activity.decisions.values(*FACTS).get() == {
        "round": 1,
        "version": 1,
        "verdict": "approved",
        "minutes": 180,
        "credited_minutes": 180,
        "reason": "",
        "due_at": None,
        "by": names.supervisor.pk,
        "for_post": names.supervisor_post.pk,
        "capacity": "holder",
        "after_close": False,
        "in_bulk": False,
        "at": NEXT_MONDAY,
    }


def test_fewer_minutes_are_approved_with_a_reason(names, activity):
    decide(activity, names.supervisor, minutes=120, reason="Satu berkas saja.")

    assert facts(activity) == after("approved", 120)
    assert activity.decisions.get().reason == "Satu berkas saja."


def test_at_most_the_credited_minutes_can_be_approved(names):
    item = factories_activities.item(standard=30)
    activity = factories_activities.activity(names.ana, minutes=180, item=item, quantity=3)

    decide(activity, names.supervisor)

    assert (activity.minutes, activity.credited_minutes, activity.counted_minutes) == (180, 90, 90)


@pytest.mark.parametrize("minutes", [0, -5, 181, 451])
def test_minutes_outside_one_to_the_credited_are_refused(names, activity, minutes):
    with pytest.raises(ValidationError) as refused:
        decide(activity, names.supervisor, minutes=minutes)

    assert list(refused.value.message_dict) == ["minutes"]
    assert facts(activity)["status"] == "reported"
    assert not Decision.objects.exists()


@pytest.mark.parametrize("reason", ["", "   \n"])
@pytest.mark.parametrize("terms", [{"verdict": "rejected"}, {"verdict": "returned"}, {"minutes": 100}])
def test_all_but_a_full_approval_needs_a_reason(names, activity, terms, reason):
    with pytest.raises(ValidationError) as refused:
        decide(activity, names.supervisor, **terms, reason=reason)

    assert list(refused.value.message_dict) == ["reason"]
    assert facts(activity)["status"] == "reported"


def test_a_rejection_counts_nothing_and_keeps_its_reason(names, activity):
    decide(activity, names.supervisor, "rejected")

    assert facts(activity) == after("rejected")
    assert activity.decisions.get().reason == REASON


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (None, factories.at(2026, 3, 18, 0)),
        (date(2026, 3, 17), factories.at(2026, 3, 18, 0)),
        (date(2026, 4, 7), factories.at(2026, 4, 8, 0)),
    ],
)
def test_a_return_gives_the_owner_until_the_end_of_its_day(names, activity, due_on, expected):
    decide(activity, names.supervisor, "returned", due_on=due_on)

    assert facts(activity) == after("returned", due=expected)
    assert activity.decisions.get().due_at == expected


@pytest.mark.parametrize("page", ["activities:detail", "activities:edit"])
def test_w2_the_reason_of_a_return_stands_where_it_is_answered(client, monkeypatch, names, activity, page):
    freeze(monkeypatch, 2026, 3, 16, 9)
    decide(activity, names.supervisor, "returned", reason="Lampirkan <notulen> rapat.")
    client.force_login(names.ana)

    answer = client.get(reverse(page, args=[activity.pk]))

    assert "Lampirkan &lt;notulen&gt; rapat." in answer.content.decode()


def test_a_later_decision_leaves_no_reason_of_a_return_behind(names, activity):
    decide(activity, names.supervisor, "returned", reason="Lampirkan notulen.")
    activity.refresh_from_db()
    assert activity.return_reason == "Lampirkan notulen."
    activity.answer(
        by=names.ana, at=factories.at(2026, 3, 17), description="Notulen rapat sudah dilampirkan."
    )

    decide(activity, names.supervisor, at=factories.at(2026, 3, 18))

    activity.refresh_from_db()
    assert activity.return_reason == ""


@pytest.mark.parametrize("due_on", [date(2026, 3, 16), date(2026, 3, 15), date(2026, 4, 8)])
def test_a_return_needs_one_whole_working_day_and_ends_before_review_close(names, activity, due_on):
    with pytest.raises(ValidationError) as refused:
        decide(activity, names.supervisor, "returned", due_on=due_on)

    assert list(refused.value.message_dict) == ["due_on"]
    assert "17-03-2026" in refused.value.messages[0]
    assert "07-04-2026" in refused.value.messages[0]


def test_on_the_last_day_nothing_can_be_returned_any_more(names, activity):
    with pytest.raises(ValidationError):
        decide(activity, names.supervisor, "returned", at=factories.at(2026, 4, 7, 8))
    assert facts(activity)["status"] == "reported"


def test_a_decision_holds_for_the_version_on_the_screen(names, activity):
    Activity.objects.filter(pk=activity.pk).update(version=2, minutes=60, credited_minutes=60)

    with pytest.raises(StaleVersion) as refused:
        Decision.objects.record(activity, verdict="approved", version=1, by=names.supervisor, at=NEXT_MONDAY)

    assert type(refused.value) is StaleVersion
    assert facts(activity)["status"] == "reported"


def test_the_second_decider_is_told_who_was_first(names, activity):
    decide(activity, names.supervisor)

    with pytest.raises(AlreadyDecided, match="Surya Atasan") as refused:
        Decision.objects.record(
            activity,
            verdict="rejected",
            version=1,
            by=names.supervisor,
            at=NEXT_MONDAY,
            reason="Uraian kurang.",
        )

    assert str(refused.value) == "Kegiatan ini sudah diputuskan oleh Surya Atasan: disetujui."
    assert facts(activity)["status"] == "approved"
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("verdict", ["approved", "returned", "rejected"])
@pytest.mark.parametrize("status", ["draft", "returned", "approved", "rejected", "voided"])
def test_only_reported_work_is_decided(names, status, verdict):
    activity = factories_activities.activity(names.ana, status=status)

    with pytest.raises(InvalidTransition):
        decide(activity, names.supervisor, verdict)
    assert facts(activity)["status"] == status


@pytest.mark.parametrize("status", Activity.Status.values)
def test_nothing_is_recalled_that_nobody_decided(names, status):
    activity = factories_activities.activity(names.ana, status=status)
    with pytest.raises(InvalidTransition):
        decide(activity, names.supervisor, "recalled")


def test_a_draft_is_not_brought_back_by_a_recall_of_what_was_decided_before(names, activity):
    decide(activity, names.supervisor, "returned")
    activity.answer(
        by=names.ana, at=factories.at(2026, 3, 17), description="Notulen rapat sudah dilampirkan."
    )
    Activity.objects.filter(pk=activity.pk).update(status="draft")

    with pytest.raises(InvalidTransition):
        decide(activity, names.supervisor, "recalled")
    assert facts(activity)["status"] == "draft"


@pytest.mark.parametrize("verdict", ["approved", "rejected", "returned"])
def test_who_decided_may_recall_until_review_close(names, activity, verdict):
    decide(activity, names.supervisor, verdict)

    decide(activity, names.supervisor, "recalled", at=factories.at(2026, 4, 7, 23, 59))

    assert facts(activity) == after("reported", version=3)
    assert list(activity.decisions.values_list("verdict", "reason"))[-1] == ("recalled", REASON)


def test_nobody_else_recalls_a_decision(names, activity):
    decide(activity, names.supervisor)

    with pytest.raises(NotAllowed, match="Surya Atasan"):
        decide(activity, names.head, "recalled", at=factories.at(2026, 3, 25))
    assert facts(activity)["status"] == "approved"


def test_after_review_close_a_decision_is_not_recalled(names, activity):
    decide(activity, names.supervisor)

    with pytest.raises(NotAllowed):
        decide(activity, names.supervisor, "recalled", at=AFTER_CLOSE)
    assert facts(activity)["status"] == "approved"


def test_d88_a_recalled_approval_and_the_new_one_are_both_kept_with_reasons_and_names(names):
    activity = factories_activities.activity(names.ana, minutes=420)
    decide(activity, names.supervisor, minutes=300, reason="Bukti baru untuk 300 menit.")
    decide(activity, names.supervisor, "recalled", reason="Bukti sisanya sudah saya lihat.")
    decide(activity, names.supervisor)

    assert list(activity.decisions.values_list("verdict", "minutes", "reason", "by__name")) == [
        ("approved", 300, "Bukti baru untuk 300 menit.", "Surya Atasan"),
        ("recalled", 0, "Bukti sisanya sudah saya lihat.", "Surya Atasan"),
        ("approved", 420, "", "Surya Atasan"),
    ]
    assert activity.counted_minutes == 420


def test_d22_a_late_row_waits_by_itself_and_changes_nothing_decided(names):
    rows = [factories_activities.activity(names.ana, date(2026, 3, 9 + n), minutes=420) for n in range(5)]
    for row in rows:
        decide(row, names.supervisor)

    late = factories_activities.activity(names.ana, date(2026, 3, 12), minutes=60)

    assert late.status == "reported"
    assert sum(Activity.objects.values_list("approved_minutes", flat=True)) == 2100


def test_d23_a_returned_row_is_answered_and_waits_again_in_round_two_with_both_reasons(names):
    row = factories_activities.activity(names.ana)
    decide(row, names.supervisor, "returned", reason="Lampirkan notulen.")
    row.answer(by=names.ana, at=factories.at(2026, 3, 17), description="Notulen rapat sudah dilampirkan.")
    assert (row.status, row.round) == ("reported", 2)

    decide(
        row,
        names.supervisor,
        "returned",
        reason="Notulennya belum ditandatangani.",
        at=factories.at(2026, 3, 18),
    )

    assert list(row.decisions.values_list("round", "reason")) == [
        (1, "Lampirkan notulen."),
        (2, "Notulennya belum ditandatangani."),
    ]
