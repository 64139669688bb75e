"""What an activity may never be, each with its sentence; the database holds it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import ExpressionWrapper, F, Func, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext_lazy


def clock_span():
    """The clock time that an activity takes, without zone: from its start, for its minutes."""
    start = ExpressionWrapper(F("performed_on") + F("starts_at"), output_field=models.DateTimeField())
    lasts = Func(
        F("minutes"), template="make_interval(mins => %(expressions)s)", output_field=models.DurationField()
    )
    end = ExpressionWrapper(start + lasts, output_field=models.DateTimeField())
    return Func(start, end, function="tsrange", output_field=DateTimeRangeField())


CONSTRAINTS = [
    models.UniqueConstraint(name="one_activity_per_form", fields=["person", "form_token"]),
    models.CheckConstraint(
        name="activity_takes_1_to_1440_minutes",
        condition=Q(minutes__range=(1, 1440)),
        violation_error_message=gettext_lazy("Type whole minutes, at least 1."),
    ),
    models.CheckConstraint(
        name="quantity_is_at_least_one",
        condition=Q(quantity__gte=1),
        violation_error_message=gettext_lazy("Type a whole number, at least 1."),
    ),
    models.CheckConstraint(
        name="description_has_10_to_1000_letters",
        condition=Q(GreaterThanOrEqual(Length("description"), 10))
        & Q(LessThanOrEqual(Length("description"), 1000)),
        violation_error_message=gettext_lazy("Write 10 to 1,000 letters."),
    ),
    models.CheckConstraint(
        name="activity_names_an_item_or_other_work",
        condition=Q(item__isnull=False, other_title="") | (Q(item__isnull=True) & ~Q(other_title="")),
        violation_error_message=gettext_lazy("Choose a catalogue item, or write the other work."),
    ),
    models.CheckConstraint(
        name="credited_minutes_are_at_most_the_minutes",
        condition=Q(credited_minutes__lte=F("minutes")),
        violation_error_message=gettext_lazy("More minutes are credited than were reported."),
    ),
    models.CheckConstraint(
        name="decided_minutes_are_at_most_the_credited",
        condition=Q(approved_minutes__lte=F("credited_minutes"))
        & Q(counted_minutes__lte=F("credited_minutes")),
        violation_error_message=gettext_lazy("More minutes are approved than are credited."),
    ),
    models.CheckConstraint(
        name="only_approved_work_counts",
        condition=Q(status="approved") | Q(counted_minutes=0),
        violation_error_message=gettext_lazy("Only approved work counts."),
    ),
    models.CheckConstraint(
        name="only_approved_or_voided_work_has_approved_minutes",
        condition=Q(status__in=["approved", "voided"]) | Q(approved_minutes=0),
        violation_error_message=gettext_lazy("Only a decided activity has approved minutes."),
    ),
    models.CheckConstraint(
        name="reported_work_has_its_moments",
        condition=Q(status="draft")
        | Q(first_reported_at__isnull=False, reported_at__gte=F("first_reported_at")),
        violation_error_message=gettext_lazy("What is reported has the moment of its report."),
    ),
    models.CheckConstraint(
        name="returned_work_has_a_due_moment",
        condition=Q(status="returned", return_due_at__isnull=False)
        | (~Q(status="returned") & Q(return_due_at__isnull=True)),
        violation_error_message=gettext_lazy("A return says until when it is answered."),
    ),
    ExclusionConstraint(
        name="activities_of_a_person_do_not_overlap",
        expressions=[("person", RangeOperators.EQUAL), (clock_span(), RangeOperators.OVERLAPS)],
        condition=Q(starts_at__isnull=False) & ~Q(status="draft"),
        violation_error_message=gettext_lazy("You already reported work for part of this time."),
    ),
]
