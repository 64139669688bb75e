"""A list of people, checked against what is recorded and stored: new people whole, known ones by two.

Idempotent by NIP: a list stored twice writes nothing the second time. Sources: cases.md, D77, D78, D99.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from organization.imports import nip as nips
from organization.imports.known import compare, known_people, store_changes
from organization.imports.offices import Offices
from organization.imports.people import read_people
from organization.imports.seats import Seats
from organization.models import Posting, Rank, Unit, User
from organization.models.arrivals import hold_imports, make_posts, settle


@transaction.atomic
def import_people(sheets, outcome, *, store, signed=None):
    """Fill `outcome` with what becomes of a list; written only with `store`. Raises Unreadable.

    Of people who are recorded already only what two have `signed` is changed. Returns the transfers that
    took force.
    """
    if store:
        hold_imports()
    offices = Offices(Unit.objects.all())
    ranks = {rank.code: rank for rank in Rank.objects.all()}
    arrivals = read_people(sheets, outcome, units=offices, ranks=ranks)
    known = known_people(arrivals)
    arrivals = [
        one
        for one in without_cycles(arrivals, outcome)
        if one.nip not in known or compare(one, known[one.nip], outcome, signed=signed)
    ]
    new = [one for one in arrivals if one.nip not in known]
    changed = [(one, known[one.nip]) for one in arrivals if one.nip in known and known[one.nip].news]
    placed = new + [one for one, who in changed if "title" in who.news]
    seats = Seats(placed, outcome=outcome)
    _place(placed, seats, outcome)
    outcome.imported = len(new) + len(changed)
    outcome.unchanged = len(arrivals) - outcome.imported
    if not store:
        return []
    make_posts(seats.new)
    settle(new, told=outcome.tell)
    return store_changes(changed, outcome, signed=signed)


def without_cycles(arrivals, outcome):
    """The arrivals whose line of superiors does not come back to them; the others are rejected."""
    superior = {one.nip: one.superior for one in arrivals}
    state = {}  # of each NIP: the walk that met it first, "" once it is known to end
    turning = set()
    for start in superior:
        path, at = [], start
        while at in superior and at not in state:
            state[at] = start
            path.append(at)
            at = superior[at]
        if at in superior and state[at] == start:
            turning |= set(path[path.index(at) :])
        state.update(dict.fromkeys(path, ""))
    for one in arrivals:
        if one.nip in turning:
            outcome.reject(one.record, "superior", _("The line of superiors comes back to this person."))
    return [one for one in arrivals if one.nip not in turning]


def _place(new, seats, outcome):
    """Give each new person their seat, those above first, and their first day in the service."""
    waiting = {one.nip: one for one in new}
    standing = _posts_of({one.superior for one in new if one.superior} - set(waiting))
    placed = {}

    def above(one):
        if not one.superior:
            return None
        if one.superior in waiting:
            found = placed.get(one.superior)
        else:
            found = standing.get(one.superior) and seats.seat_of(standing[one.superior])
        if found is None and one.title:
            _tell_missing(one, outcome, is_known=one.superior in waiting or one.superior in standing)
        return found

    for one in _from_the_top(new, waiting):
        one.seat = placed[one.nip] = seats.place(one, above(one))
        begun = nips.appointed(one.nip)
        one.since = min(begun, one.posted_on) if one.seat else begun


def _tell_missing(arrival, outcome, *, is_known):
    sentence = (
        _("%(nip)s has no post; no superior is recorded.")
        if is_known
        else _("%(nip)s stands neither in this list nor in the system; no superior is recorded.")
    )
    outcome.warn(arrival.record, "superior", sentence % {"nip": arrival.superior})


def _from_the_top(new, waiting):
    """The new people, each after their superior."""
    done = set()
    for one in new:
        line = []
        while one is not None and one.nip not in done:
            done.add(one.nip)
            line.append(one)
            one = waiting.get(one.superior)
        yield from reversed(line)


def _posts_of(numbers):
    """The post that each of these people holds last, by NIP; None for who is recorded and has none."""
    found = dict.fromkeys(User.objects.filter(nip__in=numbers).values_list("nip", flat=True))
    held = Posting.objects.filter(person__nip__in=numbers).order_by("starts_on")
    for posting in held.select_related("person", "post"):
        found[posting.person.nip] = posting.post
    return found
