"""Who may decide, in plain Python over plain data: what the view and its queries are held against.

Posts are known by their place in `World.superiors`, people by theirs in `World.people`. It reads nothing
of the product. Source: domain.md, section 2.
"""

from dataclasses import dataclass, field
from datetime import date

DELEGATE, PLH, HOLDER, PLT = ("delegate", 10), ("plh", 20), ("holder", 30), ("plt", 40)


@dataclass(frozen=True)
class Acts:
    """A person on a post from a day to a day, both included; no last day is until further notice."""

    person: int
    post: int
    first: date
    last: date | None = None
    kind: tuple[str, int] = HOLDER


@dataclass(frozen=True)
class Somebody:
    """A person; `audits` are the first and last day of their auditor's role."""

    deactivated_on: date | None = None
    audits: tuple[date, date] | None = None


@dataclass(frozen=True)
class World:
    """Posts by their superior posts (each before its own place, or None), people, and who acts when."""

    superiors: tuple[int | None, ...]
    people: tuple[Somebody, ...]
    acts: tuple[Acts, ...]
    day: date
    held: dict = field(default_factory=dict, compare=False)

    def line_up(self, post):
        """The posts above `post`, nearest first."""
        above = self.superiors[post]
        return [] if above is None else [above, *self.line_up(above)]

    def rows(self, **asked):
        """What holds on the day of active people, by the order; `asked` are a person or a post."""
        return sorted((a for a in self.acts if self._holds(a, **asked)), key=lambda a: a.kind[1])

    def able(self, post, owner):
        """Rows of `post` that act towards `owner`."""
        return [row for row in self.rows(post=post) if not self._is_passed_over(row, owner)]

    def seats(self, post, owner):
        """The rows of the first post of the line that somebody acts for, and of the next by somebody else."""
        line = [] if post is None else [post, *self.line_up(post)]
        found = [rows for rows in (self.able(above, owner) for above in line) if rows]
        first = found[0] if found else []
        known = {row.person for row in first}
        return first, next((rows for rows in found if {row.person for row in rows} - known), [])

    def capacity(self, person, post, owner, *, overdue):
        """In which capacity `person` decides work of `owner`; None, or "nobody" where no one does."""
        first, above = self.seats(post, owner)
        mine = [row.kind[0] for row in first if row.person == person]
        if person == owner or mine or not first:
            return None if person == owner else mine[0] if mine else "nobody"
        return "superior" if overdue and person in {row.person for row in above} else None

    def _holds(self, a, *, person=None, post=None):
        left = self.people[a.person].deactivated_on
        return (
            a.first <= self.day <= (a.last or self.day)
            and (left is None or self.day < left)
            and person in (None, a.person)
            and post in (None, a.post)
        )

    def _is_passed_over(self, row, owner):
        audits = self.people[row.person].audits
        if row.person == owner or (audits and audits[0] <= self.day <= audits[1]):
            return True
        if row.kind == PLT and any(other.kind == HOLDER for other in self.rows(post=row.post)):
            return True
        above = {post for own in self.rows(person=row.person) for post in self.line_up(own.post)}
        return bool(above & {own.post for own in self.rows(person=owner)})
