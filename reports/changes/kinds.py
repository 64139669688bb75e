"""Each kind of request: its table, its words, what its approval touches and brings about."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from activities.models import follow_leave, follow_post, follow_postings
from calendars.models import HolidayCancellation, LeaveChange
from organization.models import (
    ActingLetter,
    AddressRequest,
    GrantEnding,
    GrantRequest,
    Joining,
    Leaving,
    LeavingCancellation,
    LetterEnding,
    ListImport,
    NewPost,
    NewUnit,
    PostChange,
    Promotion,
    Reinstatement,
    Requested,
    Sanction,
    SanctionCancellation,
    Suspension,
    SuspensionCancellation,
    Transfer,
    TransferCancellation,
)
from reports.changes.reopening import freed_by, note
from reports.changes.step_touched import (
    touched_by_joining,
    touched_by_leaving,
    touched_by_post_change,
    touched_by_promotion,
    touched_by_reinstatement,
    touched_by_suspension,
    touched_by_transfer,
    touched_by_undoing,
)
from reports.changes.touched import (
    Touched,
    touched_by_holidays,
    touched_by_leave,
    touched_by_letter,
    touched_by_sanction,
)
from reports.changes.words import (
    address_words,
    cancellation_words,
    grant_ending_words,
    grant_words,
    holiday_words,
    joining_words,
    leave_words,
    leaving_undoing_words,
    leaving_words,
    letter_ending_words,
    letter_words,
    list_words,
    post_change_words,
    post_words,
    promotion_words,
    reinstatement_words,
    sanction_words,
    suspension_undoing_words,
    suspension_words,
    transfer_undoing_words,
    transfer_words,
    unit_words,
)
from reports.tasks import ask_for

PEOPLE = ("requested_by", "decided_by")


@dataclass(frozen=True)
class Kind:
    """One kind of request: its table, what belongs to a row, its words, and what its approval touches.

    `words` makes Words of a row and the titles of the leave types by code. `follows` does in other rooms what
    an approval brings about, in its transaction; `name` is the column with the name of whom it concerns.
    """

    model: type[Requested]
    related: tuple[str, ...]
    words: Callable
    touched: Callable
    follows: Callable = lambda row: None
    name: str = "person__name"

    def touches(self, row):
        """What the approval of `row` touches, with the days that it turns into working days."""
        touched = self.touched(row)
        return replace(touched, notes=(*touched.notes, *note(freed_by(row))))

    @property
    def rows(self):
        return self.model.objects.select_related(*PEOPLE, *self.related)


def rows_follow(step):
    """What is not decided yet goes with its owner to the post of its day."""
    follow_postings(step.person, since=step.starts_on)


def rows_follow_post(change):
    """What its holders reported and nobody has decided goes with the post."""
    follow_post(change.post, since=change.starts_on)


KINDS = {
    "sanctions": Kind(
        Sanction,
        ("person",),
        sanction_words,
        lambda row: touched_by_sanction(row.person, row.first_month, row.last_month),
    ),
    "sanction-cancellations": Kind(
        SanctionCancellation,
        ("person", "sanction"),
        cancellation_words,
        lambda row: touched_by_sanction(row.person, row.sanction.first_month, row.sanction.last_month),
    ),
    "leave-changes": Kind(
        LeaveChange,
        ("person", "leave"),
        leave_words,
        lambda row: touched_by_leave(row.person, *row.changed_days),
        lambda row: follow_leave(row.person, since=row.leave.starts_on),
    ),
    "holiday-cancellations": Kind(
        HolidayCancellation,
        ("holiday__unit",),
        holiday_words,
        lambda row: touched_by_holidays((row.holiday.date, row.holiday.unit)),
        name="",
    ),
    "letters": Kind(ActingLetter, ("person", "post"), letter_words, touched_by_letter),
    "letter-endings": Kind(
        LetterEnding, ("person", "letter__post"), letter_ending_words, lambda row: Touched(())
    ),
    "joinings": Kind(Joining, ("rank", "post"), joining_words, touched_by_joining, name="name"),
    "transfers": Kind(Transfer, ("person", "post"), transfer_words, touched_by_transfer, rows_follow),
    "transfer-cancellations": Kind(
        TransferCancellation,
        ("person", "step__person", "step__post"),
        transfer_undoing_words,
        touched_by_undoing,
        lambda asked: rows_follow(asked.step),
    ),
    "promotions": Kind(Promotion, ("person", "rank"), promotion_words, touched_by_promotion),
    "leavings": Kind(Leaving, ("person",), leaving_words, touched_by_leaving),
    "leaving-cancellations": Kind(
        LeavingCancellation, ("person", "step__person"), leaving_undoing_words, touched_by_undoing
    ),
    "suspensions": Kind(Suspension, ("person",), suspension_words, touched_by_suspension),
    "suspension-cancellations": Kind(
        SuspensionCancellation, ("person", "step__person"), suspension_undoing_words, touched_by_undoing
    ),
    "reinstatements": Kind(Reinstatement, ("person",), reinstatement_words, touched_by_reinstatement),
    "grants": Kind(GrantRequest, ("person", "unit"), grant_words, lambda row: Touched(())),
    "addresses": Kind(AddressRequest, ("person",), address_words, lambda row: Touched(())),
    "grant-endings": Kind(
        GrantEnding, ("person", "grant__unit"), grant_ending_words, lambda row: Touched(())
    ),
    "units": Kind(NewUnit, ("parent",), unit_words, lambda row: Touched(()), name="name"),
    "imports": Kind(
        ListImport, (), list_words, lambda row: Touched(()), lambda row: ask_for([row]), name="file_name"
    ),
    "posts": Kind(
        NewPost, ("unit", "superior", "job_class"), post_words, lambda row: Touched(()), name="title"
    ),
    "post-changes": Kind(
        PostChange,
        ("post", "unit", "superior", "job_class"),
        post_change_words,
        touched_by_post_change,
        rows_follow_post,
        name="post__title",
    ),
}
