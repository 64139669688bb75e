"""The months of the city: their rows, the scores of those that are final, the draw, and one released list.

Scores, draws and the list are made by the product's own methods; only the dates are set.
"""

from datetime import timedelta

from assessment.models import Assessment, Draw, ScoreRule
from bonuses.models import Run
from calendars.models import Month
from organization.models import Role, Unit, User
from tests.bench.city import NOW, PAID, PRESENT, UNPAID, VERIFIED
from tests.bench.seed_people import SIGNERS, holders

LATER = timedelta(days=5)
MOMENTS = ("published_at", "objections_close_at", "finalised_at")


def seed_months(city):
    """A row for each agency and month, with the dates of the rule, FINAL before the month being verified."""
    agencies = list(Unit.objects.filter(code__startswith="8.").order_by("code"))
    for key in keys_of(city):
        dates = Month.dates_by_rule(agencies[0], key)
        status = Month.Status.FINAL
        if key >= VERIFIED:
            status = Month.Status.VERIFYING if key == VERIFIED else Month.Status.OPEN
        else:
            due = dates["publication_due_at"]
            dates |= {"published_at": due, "objections_close_at": due + LATER, "finalised_at": due + LATER}
        Month.objects.bulk_create(
            Month(
                agency=agency,
                year=key.year,
                month=key.month,
                status=status,
                **dates | {"seed": f"{agency.pk:016d}{key.year:08d}{key.month:08d}"},
            )
            for agency in agencies
        )


def keys_of(city):
    """The months from the first to the present one."""
    found = [city.first_month]
    while found[-1] != PRESENT:
        found.append(found[-1].next)
    return found


def seed_scores(city):
    """A score for everybody in the two months that lists are made of, from the facts and by the formula.

    Each month is open to it while it is scored: nobody's home is a month that has published without them.
    """
    marker = User.objects.get(nip=SIGNERS[0])
    for month in Month.objects.filter(status=Month.Status.FINAL).order_by("pk"):
        if month.key not in (PAID, UNPAID):
            continue
        stored = Month.objects.filter(pk=month.pk)
        moments = {name: getattr(month, name) for name in MOMENTS}
        stored.update(status=Month.Status.VERIFYING, **dict.fromkeys(MOMENTS))
        rule = ScoreRule.objects.in_force(month.key.last_day)
        days_and_facts = Assessment.objects.days_and_facts(month)
        rows = []
        for person, (_days, facts) in days_and_facts.items():
            row = Assessment(person_id=person, month=month, marked_by=marker, marked_at=month.published_at)
            row.freeze(facts, rule, quality=rule.proposal(facts))
            rows.append(row)
        Assessment.objects.bulk_create(rows, batch_size=1000)
        Assessment.objects.freeze_days(month, {pk: days for pk, (days, _facts) in days_and_facts.items()})
        stored.update(status=Month.Status.FINAL, **moments)


def seed_draws():
    """The sample of the month being verified, in every agency."""
    head = holders()[Role.HEAD]
    for month in Month.objects.filter(status=Month.Status.VERIFYING).order_by("pk"):
        Draw.objects.draw(month, by=head, at=NOW - LATER)


def seed_list():
    """One list of all agencies for the month PAID, released."""
    who, at = holders(), NOW - LATER
    run = Run.objects.make(months_of(PAID), by=who[Role.MAKER], at=at)
    run.request(by=who[Role.MAKER], at=at)
    for share in run.shares.all():
        share.compute(at=at)
    run.refresh_from_db()
    run.mark_checked(by=who[Role.CHECKER], at=at)
    run.release(by=who[Role.RELEASER], at=at)


def months_of(key):
    return list(Month.objects.filter(year=key.year, month=key.month).order_by("agency__code"))
