"""Everything an assessor looks at before a verdict on one row."""

from datetime import timedelta
from functools import cached_property

from activities import similarity
from activities.models import Activity
from approvals.models import Decision
from assessment.models import DrawnRow, Verdict
from assessment.models.assessors import Assessor
from calendars.models import Holiday, Month, WorkPattern
from calendars.models.patterns import office_calendars

LOOK_BACK = timedelta(days=90)  # how far back a text is compared
COMPARED = 200  # texts at most
ALIKE = 80  # per cent from which the likeness is flagged; it informs, it decides nothing
BURST = timedelta(seconds=60)


class Bench:
    """One drawn row with its day, the text most like it, the decision and how fast it was made."""

    def __init__(self, row, *, by, at):
        self.row, self.activity, self.month = row, row.activity, row.draw.month
        self.verdict, self.by = row.verdict, by
        self._lists = self._asked()
        self.assessor = Assessor.of(by, at=at, beside=self._lists.values())
        self.decisions = list(self._lists["decisions"])
        self.place, self.total, self.read = self._progress()

    def _asked(self):
        """What is read of the row at once."""
        activity, day = self.activity, self.activity.performed_on
        of_person = Activity.objects.of(activity.person).exclude(status=Activity.Status.DRAFT)
        earlier = of_person.filter(performed_on__range=(day - LOOK_BACK, day)).exclude(pk=activity.pk)
        earlier = earlier.exclude(performed_on=day, pk__gt=activity.pk).select_related("item")
        drawn = DrawnRow.objects.filter(draw__month=self.month).in_order()
        taken = self.row.verdicts.filter(withdrawal__isnull=False).select_related("by", "withdrawal")
        return {
            "decisions": activity.decisions.select_related("by", "for_post").order_by("at", "pk"),
            "drawn": drawn.values_list("pk", "in_force"),
            "day": of_person.on_day(day).select_related("item").order_by("starts_at", "pk"),
            "earlier": earlier.order_by("-performed_on", "-pk")[:COMPARED],
            "withdrawn": taken,
            "last": Verdict.objects.last_of(self.by, self.month),
            "patterns": WorkPattern.objects.up_to_any(day),
            "holidays": Holiday.objects.closing(day, day),
        }

    def _progress(self):
        """The place of the row among all drawn of its month, how many there are, how many have a verdict."""
        rows = self._lists["drawn"]
        ids = [pk for pk, _verdict in rows]
        return ids.index(self.row.pk) + 1, len(ids), sum(verdict is not None for _pk, verdict in rows)

    @property
    def refusal(self):
        """Why this person may give no verdict, in a sentence; "" where they may."""
        if self.verdict or self.month.status != Month.Status.VERIFYING:
            return ""
        return self.assessor.refusal(self.activity.person_id, self.month.agency_id)

    @cached_property
    def may_verify(self):
        """Whether a verdict of this person is open on this row."""
        if self.verdict or self.month.status != Month.Status.VERIFYING:
            return False
        return DrawnRow.objects.left_to(self.assessor, self.month).filter(pk=self.row.pk).exists()

    @cached_property
    def undo(self):
        """The verdict that this person may take back here: of this row, else their last of the month."""
        if self.month.is_verifying and self.verdict and self.verdict.by_id == self.by.pk:
            return self.verdict
        return next(iter(self._lists["last"]), None)

    @property
    def withdrawn(self):
        """The verdicts of this row that were taken back, oldest first."""
        return list(self._lists["withdrawn"])

    @property
    def leads_on(self):
        """Whether this person reads the rows of the month and may go on to the next."""
        return bool(self.assessor.agencies) and self.month.is_verifying

    @property
    def day(self):
        """The person's reported work of that day, by start."""
        return list(self._lists["day"])

    @property
    def day_minutes(self):
        return sum(activity.minutes for activity in self.day)

    @property
    def target(self):
        """The pattern minutes of that day in the person's unit."""
        unit = self.activity.term.unit
        calendars = office_calendars([unit], self._lists["patterns"], self._lists["holidays"])
        return calendars[unit.pk].minutes_on(self.activity.performed_on)

    @property
    def decision(self):
        """The decision that the row carries."""
        return self.decisions[-1] if self.decisions else None

    @property
    def waited(self):
        """From the report to the decision."""
        return self.decision.at - self.activity.reported_at

    @cached_property
    def burst(self):
        """How many rows the same person decided within a minute before and after."""
        around = (self.decision.at - BURST, self.decision.at + BURST)
        return Decision.objects.filter(by=self.decision.by, at__range=around).count()

    @property
    def is_in_burst(self):
        """Whether the decision was one of several made within a minute."""
        return self.burst > 1

    @cached_property
    def other(self):
        """The earlier text of the same person that is most alike: its activity, per cent, and both texts."""
        found = similarity.nearest(
            self.activity.description, self._lists["earlier"], text=lambda activity: activity.description
        )
        if found is None:
            return None
        activity, percent = found
        mine, yours = similarity.side_by_side(self.activity.description, activity.description)
        return {
            "activity": activity,
            "percent": percent,
            "is_alike": percent >= ALIKE,
            "mine": mine,
            "yours": yours,
        }
