"""Sets that the worker decides: kept as shown, sent once, decided block by block, each once."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation

from activities.models import Activity
from approvals.models import BulkAct, BulkBlock, BulkSet, Decision
from approvals.models.bulk import SentAlready
from approvals.tasks import KEPT_UNSENT, ask_for, decide_set, resume_bulk_acts
from records.state import StaleVersion
from tests.at_once import at_once
from tests.factories_approvals import MONDAY, NEXT_MONDAY, WEEK, city, decide, week_of

pytestmark = pytest.mark.django_db
OUTCOMES = ["seen", "decided", "minutes", "refused", "left"]


@pytest.fixture(autouse=True)
def two_a_block(monkeypatch):
    monkeypatch.setattr("approvals.models.bulk.BLOCK", 2)


@pytest.fixture
def names():
    names = city()
    names.rows = week_of(names.ana, rows=3) + week_of(names.budi, rows=2)
    return names


def shown(names, rows=None, *, to=None):
    """The set of `rows` as the supervisor was shown it."""
    listed = [(row.pk, row.version, row.person_id) for row in rows or names.rows]
    return BulkSet.objects.show(listed, to=to or names.supervisor, week=WEEK, at=NEXT_MONDAY)


def send(listed, *people, at=NEXT_MONDAY):
    return listed.send(people=[who.pk for who in people], verdict="approved", at=at)


def outcome(act):
    found = BulkAct.objects.get(pk=act.pk).outcome
    return tuple(found[name] for name in OUTCOMES)


def statuses(names):
    rows = Activity.objects.filter(pk__in=[row.pk for row in names.rows]).order_by("pk")
    return list(rows.values_list("status", flat=True))


def decide_all(act, *, at=NEXT_MONDAY):
    while act.decide_next(at=at):
        continue


def test_the_same_rows_are_kept_once_and_for_each_person_apart(names):
    listed = shown(names)

    assert shown(names, names.rows[::-1]) == listed
    assert shown(names, names.rows[:2]) != listed
    assert shown(names, to=names.head) != listed
    kept = [(row.pk, 1, row.person_id) for row in names.rows]
    assert list(zip(listed.activities, listed.versions, listed.owners, strict=True)) == kept
    assert (listed.person, listed.week) == (names.supervisor, WEEK)


def test_what_was_sent_is_not_shown_again_as_the_same_set(names):
    listed = shown(names)
    send(listed, names.ana)
    assert shown(names) != listed


def test_only_the_rows_of_the_chosen_people_are_decided(names):
    act = send(shown(names), names.ana, names.zul)

    assert (act.people, act.rows, outcome(act)) == ([names.ana.pk], 3, (0, 0, 0, 0, 3))
    decide_all(act)

    assert statuses(names) == ["approved"] * 3 + ["reported"] * 2
    assert outcome(act) == (3, 3, 780, 0, 0)
    made = Decision.objects.values_list("by", "capacity", "in_bulk", "at")
    assert list(made) == [(names.supervisor.pk, "holder", True, NEXT_MONDAY)] * 3


def test_sent_twice_it_is_the_same_act_and_with_others_chosen_it_is_refused(names):
    listed = shown(names)
    act = send(listed, names.ana, names.budi)

    assert send(listed, names.budi, names.ana) == act
    with pytest.raises(SentAlready):
        send(listed, names.ana)
    assert list(BulkAct.objects.values_list("people", flat=True)) == [sorted([names.ana.pk, names.budi.pk])]


@pytest.mark.parametrize("who", [[], ["zul"]])
def test_somebody_of_the_set_must_be_chosen(names, who):
    with pytest.raises(ValidationError) as refused:
        send(shown(names), *(getattr(names, name) for name in who))
    assert refused.value.message_dict == {"people": ["Pilih sedikitnya satu orang."]}
    assert not BulkAct.objects.exists()


def test_each_block_is_a_step_of_its_own_with_a_result_for_every_row(names):
    Activity.objects.filter(pk=names.rows[1].pk).update(version=2)
    act = send(shown(names), names.ana, names.budi)
    steps = []

    while act.decide_next(at=NEXT_MONDAY):
        steps.append(outcome(act))

    assert steps == [(2, 1, 260, 1, 3), (4, 3, 780, 1, 1), (5, 4, 1040, 1, 0)]
    assert BulkAct.objects.get().refusals == {names.rows[1].pk: str(StaleVersion(names.rows[1]))}
    assert statuses(names) == ["approved", "reported", "approved", "approved", "approved"]


def test_the_mandate_is_that_of_the_moment_of_deciding(names):
    act = send(shown(names), names.ana, names.budi)
    act.decide_next(at=NEXT_MONDAY)
    names.supervisor.postings.update(ends_on=MONDAY)

    decide_all(act)

    assert outcome(act) == (5, 2, 520, 3, 0)
    refusals = BulkAct.objects.get().refusals
    assert refusals == {
        row.pk: "Kegiatan ini bukan wewenang Anda untuk diputuskan." for row in names.rows[2:]
    }


def test_rows_decided_in_the_meantime_are_named_with_who_was_first(names):
    act = send(shown(names), names.budi)
    first = names.rows[3]
    decide(first, names.supervisor, "rejected")

    decide_all(act)

    assert BulkAct.objects.get().refusals == {
        first.pk: "Kegiatan ini sudah diputuskan oleh Surya Atasan: ditolak."
    }


def test_after_a_fault_in_a_block_what_was_decided_stays_and_the_block_is_decided_once(names, monkeypatch):
    act = send(shown(names), names.ana, names.budi)
    act.decide_next(at=NEXT_MONDAY)
    with monkeypatch.context() as broken:
        broken.setattr("approvals.models.bulk.BulkBlockQuerySet.store", lambda *_args, **_facts: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            act.decide_next(at=NEXT_MONDAY)
    assert (statuses(names), outcome(act)) == (["approved"] * 2 + ["reported"] * 3, (2, 2, 520, 0, 3))

    decide_all(BulkAct.objects.get())

    assert statuses(names) == ["approved"] * 5
    assert sorted(Decision.objects.values_list("activity", flat=True)) == [row.pk for row in names.rows]
    assert outcome(act) == (5, 5, 1300, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_on_one_set_each_takes_a_block_of_its_own(names):
    act = send(shown(names), names.ana, names.budi)

    answers = at_once(*[partial(BulkAct(pk=act.pk).decide_next, at=NEXT_MONDAY)] * 2)

    assert answers == [True, True]
    assert list(BulkBlock.objects.values_list("number", "rows", "decided")) == [(0, 2, 2), (1, 2, 2)]
    assert statuses(names) == ["approved"] * 4 + ["reported"]


def test_the_task_decides_to_the_end_and_a_second_copy_ends_quietly(names, monkeypatch):
    monkeypatch.setattr("approvals.tasks.timezone.now", lambda: NEXT_MONDAY)
    act = send(shown(names), names.ana, names.budi)

    decide_set(act.pk)
    decide_set(act.pk)

    assert (statuses(names), BulkBlock.objects.count()) == (["approved"] * 5, 3)


def test_what_stands_unfinished_is_asked_for_again(names, monkeypatch, django_capture_on_commit_callbacks):
    handed = []
    monkeypatch.setattr(decide_set, "delay", handed.append)
    done, begun = send(shown(names, names.rows[:2]), names.ana), send(shown(names), names.ana, names.budi)
    decide_all(done)
    begun.decide_next(at=NEXT_MONDAY)

    with django_capture_on_commit_callbacks(execute=True):
        resume_bulk_acts()

    assert handed == [begun.pk]


def test_a_queue_that_does_not_answer_loses_nothing(names, monkeypatch, django_capture_on_commit_callbacks):
    def unreachable(_pk):
        raise ConnectionError

    monkeypatch.setattr(decide_set, "delay", unreachable)
    act = send(shown(names), names.ana)
    with django_capture_on_commit_callbacks(execute=True):
        ask_for([act])
    assert list(BulkAct.objects.unfinished()) == [act]


def test_what_was_never_sent_is_forgotten_after_two_days(names, monkeypatch):
    shown(names)
    sent = shown(names, names.rows[:1])
    send(sent, names.ana)
    rows = [(names.rows[0].pk, 1, names.ana.pk)]
    new = BulkSet.objects.show(rows, to=names.head, week=WEEK, at=NEXT_MONDAY + KEPT_UNSENT)
    monkeypatch.setattr(
        "approvals.tasks.timezone.now", lambda: NEXT_MONDAY + KEPT_UNSENT + timedelta(hours=1)
    )

    resume_bulk_acts()

    assert list(BulkSet.objects.order_by("pk")) == [sent, new]


@pytest.mark.parametrize(
    ("model", "column"), [(BulkSet, "shown_at"), (BulkAct, "rows"), (BulkBlock, "decided")]
)
def test_nothing_of_it_is_changed_or_removed_afterwards(names, model, column):
    decide_all(send(shown(names), names.ana))
    for change in (partial(model.objects.update, **{column: F(column)}), model.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (BulkSet, {"activities": []}),
        (BulkSet, {"versions": [1]}),
        (BulkSet, {"owners": [1]}),
        (BulkBlock, {"rows": 0, "decided": 0}),
        (BulkBlock, {"decided": 3}),
        (BulkBlock, {"number": 0}),
    ],
)
def test_a_set_and_its_blocks_are_whole(names, model, columns):
    act = send(shown(names), names.ana)
    act.decide_next(at=NEXT_MONDAY)
    whole = {
        name: value for name, value in vars(model.objects.first()).items() if name not in ("_state", "id")
    }
    if model is BulkBlock:
        whole["number"] = 7
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**whole | columns)


def test_refusals_are_told_in_the_language_of_who_sent_it(names):
    with translation.override("en"):
        act = send(shown(names), names.ana)
    Activity.objects.filter(pk=names.rows[0].pk).update(person=names.supervisor)

    decide_all(act)

    assert BulkAct.objects.get().refusals == {names.rows[0].pk: "Nobody decides their own work."}
