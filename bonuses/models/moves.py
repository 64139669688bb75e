"""What a person of finance may do with a run: each move stated once, for its rule, button, page and receipt.

A move more is one entry here, its method on Run, and the words of its page in `templates/bonuses/`.
Source: domain.md, section 7, "Runs".
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from bonuses.models.drift import FactsMoved, changed_people, sentence_about
from organization.models import Role
from records.refusals import NotAllowed


class SamePerson(NotAllowed):
    """Who made, asked for or checked the list cannot make this move as well."""

    sentence = gettext_lazy("You made or checked this list. Another person has to do this step.")


@dataclass(frozen=True)
class Move:
    """One move: `verb` names its page and address, `does` the method of Run, `leads_to` the status after it.

    `label` leads to its page and may hold the %(amount)s of the run; `done` tells the %(number)s after it.
    `not_by` are the fields of the run whose persons may not make it. `again` is the label where it may be
    made once more at its own status. `is_back` ends the list or sends it back, with a reason. `on_facts`: it
    vouches for the amounts, so the facts behind them must still be those that were computed with.
    """

    verb: str
    does: str
    leads_to: str
    roles: tuple[Role, ...]
    label: str
    done: str
    not_by: tuple[str, ...] = ()
    again: str = ""
    is_back: bool = False
    on_facts: bool = False

    @property
    def address(self):
        return f"bonuses:{self.verb}"

    def is_open(self, run):
        """Whether the status of the run lets it be made."""
        return self.leads_to in run.TRANSITIONS[run.status] or self.is_repeated(run)

    def is_repeated(self, run):
        """Whether it was made already and may be made once more."""
        return bool(self.again) and run.status == self.leads_to

    def label_on(self, run, *, amount):
        """The words that lead to its page from that of the run."""
        return (self.again if self.is_repeated(run) else self.label) % {"amount": amount}

    def obstacle(self, run, *, by):
        """Why this person cannot make it although a role of theirs may, as a sentence; else ""."""
        others = {getattr(run, f"{field}_id") for field in self.not_by}
        return str(SamePerson()) if by.pk in others else ""

    def moved_facts(self, run):
        """Why the list has to be computed again before this move, as a sentence; "" where it need not."""
        names = changed_people(run) if self.on_facts and self.is_open(run) else []
        return sentence_about(names) if names else ""

    def check(self, run, *, by):
        """Raise SamePerson where another person has to make it, FactsMoved where it vouches for old facts."""
        if self.obstacle(run, by=by):
            raise SamePerson
        if sentence := self.moved_facts(run):
            raise FactsMoved(sentence)

    def make(self, run, **terms):
        """Make it: `by`, `at`, the `version` that was seen, and a `reason` where it leads back."""
        return getattr(run, self.does)(**terms)


REQUEST = Move(
    verb="request",
    does="request",
    leads_to="requested",
    roles=(Role.MAKER,),
    label=gettext_lazy("Request the computation…"),
    again=gettext_lazy("Request again…"),
    done=gettext_lazy("Requested: list %(number)s. It is computed as soon as the job queue takes it."),
)
CHECK = Move(
    verb="check",
    does="mark_checked",
    leads_to="checked",
    roles=(Role.CHECKER,),
    not_by=("made_by", "requested_by"),
    on_facts=True,
    label=gettext_lazy("Check %(amount)s…"),
    done=gettext_lazy("Checked: list %(number)s."),
)
RELEASE = Move(
    verb="release",
    does="release",
    leads_to="released",
    roles=(Role.RELEASER,),
    not_by=("made_by", "requested_by", "checked_by"),
    on_facts=True,
    label=gettext_lazy("Release %(amount)s…"),
    done=gettext_lazy("Released: list %(number)s. Staff now see their amounts."),
)
REFUSE = Move(
    verb="refuse",
    does="refuse",
    leads_to="draft",
    roles=(Role.CHECKER, Role.RELEASER),
    not_by=("made_by", "requested_by"),
    is_back=True,
    label=gettext_lazy("Send back to draft with a reason…"),
    done=gettext_lazy("Sent back to draft: list %(number)s."),
)
CANCEL = Move(
    verb="cancel",
    does="cancel",
    leads_to="cancelled",
    roles=(Role.MAKER,),
    is_back=True,
    label=gettext_lazy("Cancel the list…"),
    done=gettext_lazy("Cancelled: list %(number)s. Its months are free again."),
)
MOVES = (REQUEST, CHECK, RELEASE, REFUSE, CANCEL)
