"""People of a list who are recorded already: what the list says otherwise, and how that is stored by two.

Source: domain.md, section 1: a transfer and a promotion need a second HR person.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import (
    EmploymentStatus,
    PayeeAccount,
    Placement,
    Posting,
    Promotion,
    RankHolding,
    Transfer,
    User,
)
from organization.models.arrivals import Signed
from records.refusals import OwnRecord, Refusal


@dataclass
class KnownPerson:
    """A recorded person with what holds last, and the columns in which a list says something new."""

    person: User
    placement: Placement | None = None
    rank: RankHolding | None = None
    kind: str = ""
    account: PayeeAccount | None = None
    news: list[str] = field(default_factory=list)


def known_people(arrivals):
    """KnownPerson of each arrival who is recorded already, by NIP; four queries."""
    people = User.objects.filter(nip__in=[one.nip for one in arrivals]).select_related("account")
    found = {person.pk: KnownPerson(person, account=getattr(person, "account", None)) for person in people}
    for placement in _last_first(Placement, found).select_related("posting", "post", "unit"):
        found[placement.person_id].placement = placement
    for rank in _last_first(RankHolding, found).select_related("rank"):
        found[rank.person_id].rank = rank
    for status in _last_first(EmploymentStatus, found):
        found[status.person_id].kind = status.kind
    return {known.person.nip: known for known in found.values()}


def _last_first(model, people):
    """Rows of these people, of each the last one last."""
    return model.objects.filter(person__in=people).order_by("starts_on")


def compare(one, known, outcome, *, signed):
    """Note in `known` what the row says otherwise and two may change; tell the rest. False if rejected."""
    if one.account and known.account and known.account.number != one.account:
        said = _("%(number)s not known: another account is recorded. Finance changes it.")
        outcome.reject(one.record, "account", said % {"number": one.account})
        return False
    for name, recorded, may_change in _differences(one, known):
        if not may_change:
            outcome.warn(
                one.record, name, _("Recorded as “%(recorded)s” and left so.") % {"recorded": recorded}
            )
        elif signed is None:
            said = _("Recorded as “%(recorded)s” and left so: a change needs two HR persons.")
            outcome.warn(one.record, name, said % {"recorded": recorded or "-"})
        else:
            known.news.append(name)
    if known.news and known.person.pk in {signed.by.pk, signed.approved_by and signed.approved_by.pk}:
        outcome.reject(one.record, "nip", OwnRecord.sentence)
        return False
    return True


def _differences(one, known):
    """(column, what is recorded, whether two may change it) of each column that says something else."""
    if known.person.name != one.name:
        yield "name", known.person.name, True
    if one.rank and (known.rank is None or known.rank.rank_id != one.rank.pk):
        held = known.rank
        yield "rank", held.rank.code if held else "", _is_later(one.ranked_on, held and held.starts_on)
    if one.title and _is_elsewhere(one, known.placement):
        held = known.placement
        since = held and held.posting.starts_on
        yield "title", f"{held.post.title}, {held.unit}" if held else "", _is_later(one.posted_on, since)
    if one.kind and known.kind != one.kind:
        yield "kind", known.kind, not known.kind
    if one.account and known.account is None:
        yield "account", "", True


def _is_later(day, recorded):
    return day is not None and (recorded is None or day > recorded)


def _is_elsewhere(one, placement):
    if placement is None:
        return True
    same = " ".join(placement.post.title.casefold().split()) == " ".join(one.title.casefold().split())
    return not same or placement.unit_id != one.unit.pk


def store_changes(changed, outcome, *, signed: Signed | None):
    """Store what two sign, each row whole or not at all; returns the transfers that took force.

    What is refused then is rejected in the outcome with its sentence.
    """
    transfers = []
    for one, known in changed:
        try:
            with transaction.atomic():
                done = [_store_change(name, one, known, signed) for name in known.news]
        except (ValidationError, Refusal) as refused:
            said = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
            outcome.reject(one.record, known.news[-1], said)
            outcome.imported -= 1
        else:
            transfers += [step for step in done if isinstance(step, Transfer)]
    return transfers


def _store_change(name, one, known, signed):
    person = known.person
    if name == "name":
        person.name = one.name
        person.save(update_fields=["name"])
    elif name == "kind":
        EmploymentStatus.objects.create(person=person, kind=one.kind, starts_on=one.since)
    elif name == "account":
        PayeeAccount.objects.create(person=person, bank=one.bank, number=one.account, holder_name=one.name)
    elif name == "rank" and known.rank is None:
        RankHolding.objects.create(person=person, rank=one.rank, starts_on=one.ranked_on)
    elif name == "rank":
        return _step(Promotion, signed, person=person, rank=one.rank, starts_on=one.ranked_on)
    elif one.seat and known.placement is None:
        Posting.objects.appoint(person, one.seat.post, starts_on=one.posted_on)
    elif one.seat:
        return _step(Transfer, signed, person=person, post=one.seat.post, starts_on=one.posted_on)
    return None


def _step(model, signed, **terms):
    """A step asked for by who sent the list and approved by who approved it."""
    asked = model.objects.request(by=signed.by, decree=signed.basis[:200], **terms)
    asked.approve(by=signed.approved_by, at=timezone.now())
    return asked
