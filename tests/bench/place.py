"""Who looks at what: people, rows and addresses of the city, found once for each measure."""

from functools import cached_property

from django.urls import reverse

from activities.models import Activity
from assessment.models import DrawnRow
from bonuses.models import Run
from calendars.models import Month
from organization.models import Placement, Role
from tests.bench.city import PAID, TODAY, VERIFIED, WEEK
from tests.bench.seed_people import holders


class Place:
    """The first team of the city with its lead, the holders of the roles, and what is theirs to see."""

    @cached_property
    def holders(self):
        return holders()

    @cached_property
    def lead(self):
        return Placement.objects.filter(level="supervisor").order_by("posting").first().person

    @cached_property
    def team(self):
        """Those whose work waits with the lead."""
        return self.below(self.lead)

    @cached_property
    def leads(self):
        """Everybody who leads a team, in the order of the city."""
        posts = Placement.objects.filter(level="supervisor").select_related("person").order_by("posting")
        return [posting.person for posting in posts]

    @cached_property
    def staff(self):
        """Everybody who enters work and reviews none."""
        postings = Placement.objects.filter(level="staff").select_related("person").order_by("posting")
        away = {person.pk for person in self.holders.values()}
        return [posting.person for posting in postings if posting.person_id not in away]

    @cached_property
    def month(self):
        """The month of the first agency that is being verified."""
        months = Month.objects.filter(year=VERIFIED.year, month=VERIFIED.month)
        return months.order_by("agency__code").first()

    @cached_property
    def drawn(self):
        return DrawnRow.objects.filter(draw__month=self.month).order_by("draw", "position").first()

    @cached_property
    def run(self):
        return Run.objects.get(year=PAID.year, month=PAID.month)

    def below(self, lead):
        postings = Placement.objects.filter(superior=lead.posting_on(TODAY).post).order_by("person__name")
        return [posting.person for posting in postings.select_related("person")]

    def role(self, role):
        return self.holders[str(role)]


def waiting_of(lead):
    """The rows of WEEK that wait with the lead."""
    rows = Activity.objects.filter(reviewing_post=lead.posting_on(TODAY).post, status="reported")
    return rows.in_week(WEEK).order_by("pk")


def address(name, *arguments):
    return reverse(name, args=arguments)


__all__ = ["Place", "Role", "address", "waiting_of"]
