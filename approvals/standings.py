"""How a reviewer stands to work: asked once for all rows of one owner, post and month, not once a row.

Source: domain.md, sections 2, 4 and 5.
"""

from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, TextField, Value, When

from activities.models import Activity

UNDECIDED, LINE, HIGHER, OTHER = "undecided", "line", "higher", "other"
MINE = (UNDECIDED, LINE, HIGHER)
BY_LINE, BY_HIGHER = Value(LINE), Value(HIGHER)
PAIR = ("person", "reviewing_post", "month")


@dataclass(frozen=True)
class Standing:
    """By what the rows of one owner, post and month are a reviewer's; each is what queue.ReviewScope says."""

    undecided: bool = False
    line: bool = False
    above: bool = False

    def towards(self, status, *, decided):
        """How they stand to a row of that status, which they have decided or not."""
        if self.undecided:
            return UNDECIDED
        if self.line:
            return LINE
        if self.above and (status == Activity.Status.REPORTED or not decided):
            return HIGHER
        return OTHER

    def reaches(self, status, *, decided):
        """Whether it stands on their pages: theirs, waiting with the level below, or decided by them."""
        return self.line or decided or (self.above and status == Activity.Status.REPORTED)


def may_decide(stands, *, is_open):
    """Whether the reviewer decides a waiting row now; `is_open`: the review of its month is."""
    return stands == UNDECIDED or (is_open and stands in MINE)


NOWHERE = Standing()


class OfTheGroup(ExpressionWrapper):
    """A condition on the owner, post, month and agency of the group alone: asked of it, not of each row.

    Named in GROUP BY, it would be asked of every row before the rows are grouped.
    """

    def __init__(self, condition):
        super().__init__(condition, TextField() if isinstance(condition, Case) else BooleanField())

    def get_group_by_cols(self):
        return []


class Standings:
    """The Standing of the reviewer of `scope` to each of `activities`; one query, whatever their number.

    `columns` are read along for each owner, post and month: `pairs` holds them as dicts.
    """

    def __init__(self, scope, activities, **columns):
        facts = {"seat": Case(When(scope.acts_for, then=BY_LINE), When(scope.acts_above, then=BY_HIGHER))}
        if scope.is_assessor:
            facts |= {"assessed": scope.assessed, "undecided": scope.undecided_here}
        asked = activities.order_by().values(*PAIR, "month__agency", "month__status")
        asked = asked.annotate(number=Count("pk"), **columns)
        asked = asked.annotate(**{name: OfTheGroup(fact) for name, fact in facts.items()})
        self.pairs = list(asked)
        self._found = {_pair(found): _standing(found) for found in self.pairs}

    def of(self, activity):
        """The Standing to an activity of them."""
        return self.of_pair(activity.person_id, activity.reviewing_post_id, activity.month_id)

    def of_pair(self, *pair):
        """The Standing to the rows of an owner, a post and a month, by their ids."""
        return self._found.get(pair, NOWHERE)


def _pair(found):
    return tuple(found[name] for name in PAIR)


def _standing(found):
    return Standing(
        undecided=found.get("undecided", False),
        line=found["seat"] == LINE or found.get("assessed", False),
        above=found["seat"] == HIGHER,
    )
