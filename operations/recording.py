"""What an outage that is over brings about: deadlines inside it move, and people are told. Safe twice."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from activities.models import move_for
from activities.windows import start_of
from calendars.models import Month
from notices.models import News, Notice
from organization.models import Placement
from organization.templatetags.display import moment


@transaction.atomic
def follow(outage, *, at):
    """Move every deadline inside the outage, and tell who works there; returns how many months moved."""
    moved = Month.objects.move_for(outage, at=at)
    move_for(outage, at=at)
    if spans_midnight(outage):
        people = Placement.objects.on(outage.ends_at.date()).order_by().values_list("person", flat=True)
        Notice.objects.tell(
            set(people),
            key=f"outage {outage.pk}",
            kind=OUTAGE,
            at=at,
            link=reverse("activities:days"),
            data={
                "number": outage.pk,
                "from": outage.starts_at.isoformat(),
                "to": outage.ends_at.isoformat(),
            },
        )
    return moved


def spans_midnight(outage):
    """Whether a day ended inside it at some office: deadlines end with days."""
    zones = Placement.objects.on(outage.ends_at.date()).order_by().values_list("unit__zone", flat=True)
    return any(
        outage.starts_at < start_of(outage.ends_at.astimezone(ZoneInfo(zone)).date(), ZoneInfo(zone))
        for zone in zones.distinct()
    )


def told(data):
    facts = {
        "number": data["number"],
        "from": moment(parse_datetime(data["from"])),
        "to": moment(parse_datetime(data["to"])),
    }
    sentence = _(
        "Outage no. %(number)s, %(from)s to %(to)s: what was due in that time can be done until 24.00 of "
        "your first working day on which the service ran again."
    )
    return sentence % facts


OUTAGE = News("outage", told)
