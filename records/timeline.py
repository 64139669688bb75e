"""Which of many dated rows holds on a day. PURE: standard library only, no clock, no database.

`DatedRuleQuerySet.in_force` asks the database about one day; a Timeline asks rows already read about
any number of days. Source: domain.md, section 6, "Dated rules".
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from operator import attrgetter
from typing import Generic, TypeVar

Row = TypeVar("Row")


class Timeline(Generic[Row]):
    """Rows that hold from their first day until the next one of their scope begins.

    `begins` and `scope` name the columns; rows of one scope begin on different days. `missing` makes, of
    a day, what is raised where no row holds.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        *,
        begins: str = "valid_from",
        scope: str = "scope",
        missing: Callable[[date], Exception] = LookupError,
    ):
        self._missing = missing
        self._rows: dict[Hashable, list[Row]] = {}
        self._days: dict[Hashable, list[date]] = {}
        first_day, scope_of = attrgetter(begins), attrgetter(scope)
        for row in sorted(rows, key=first_day):
            self._rows.setdefault(scope_of(row), []).append(row)
        for found, of_scope in self._rows.items():
            self._days[found] = [first_day(row) for row in of_scope]

    def on(self, day: date, scope: Hashable = "") -> Row:
        """The row of `scope` with the latest first day not after `day`. Raises what `missing` makes."""
        row = self.find(day, scope)
        if row is None:
            raise self._missing(day)
        return row

    def find(self, day: date, scope: Hashable = "") -> Row | None:
        """The same, None where no row holds."""
        position = bisect_right(self._days.get(scope, ()), day)
        return self._rows[scope][position - 1] if position else None

    def after(self, day: date, scope: Hashable = "") -> list[Row]:
        """The rows of `scope` that begin after `day`, earliest first."""
        return self._rows.get(scope, [])[bisect_right(self._days.get(scope, ()), day) :]

    @property
    def scopes(self) -> list[Hashable]:
        """Every scope that has a row."""
        return list(self._rows)
