"""Several lists read in one question to the database, each as its own queryset gives it.

A page that needs a person's postings, the holidays and three rules asks once instead of five times: the
lists stand side by side in one answer, the n-th row of each in its n-th row.
"""

from operator import itemgetter

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

NUMBER = "row_side_by_side"
ONE = f"(SELECT row_number() OVER () AS {NUMBER}, listed.* FROM (%s) listed) of_%s"  # noqa: S608 (a constant)


class Rows:
    """The rows of a statement that is no queryset's: read with others, or when they are first asked for."""

    def __init__(self, sql, params=()):
        self.sql, self.params, self._rows = sql, params, None

    def __iter__(self):
        read_together(self)
        return iter(self._rows)

    @property
    def is_read(self):
        return self._rows is not None

    def fill(self, rows):
        self._rows = rows


def read_together(*lists):
    """Fill `lists`, querysets or Rows, by one query; they are used as ever after, and read only once.

    For lists that are needed in any case, and short or about as long as each other. What one of them
    prefetches is read apart.
    """
    asked = [_Asked(found) if isinstance(found, QuerySet) else found for found in lists]
    asked = [found for found in asked if found.sql and not found.is_read]
    if not asked:
        return
    tables = [ONE % (found.sql, at) for at, found in enumerate(asked)]
    sides = f" FULL JOIN %s USING ({NUMBER})" * (len(tables) - 1) % tuple(tables[1:])
    columns = ", ".join(f"of_{at}.*" for at in range(len(tables)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {tables[0]}{sides}",  # noqa: S608 (Django's own, parameters apart)
            [value for found in asked for value in found.params],
        )
        begins = [at for at, column in enumerate(cursor.description) if column.name == NUMBER]
        rows = cursor.fetchall()
    for found, first, end in zip(asked, begins, [*begins[1:], None], strict=True):
        own = sorted((row for row in rows if row[first] is not None), key=itemgetter(first))
        found.fill([row[first + 1 : end] for row in own])


class _Asked:
    """A queryset with its statement; `sql` is "" where it can have no rows, or needs none any more."""

    def __init__(self, queryset):
        self._queryset, self._compiler = queryset, queryset.query.get_compiler(queryset.db)
        self.sql, self.params, self.is_read = "", (), queryset._result_cache is not None
        if not self.is_read:
            try:
                self.sql, self.params = self._compiler.as_sql()
            except EmptyResultSet:
                return

    def fill(self, rows):
        rows_of(self._queryset, self._compiler, rows)


def rows_of(queryset, compiler, rows):
    """The rows of `queryset`, of which `compiler` made the statement, from those the database gave."""
    if compiler.has_extra_select:  # columns that only its order needs
        rows = [row[: compiler.col_count] for row in rows]
    compiler.execute_sql = lambda *args, **kwargs: [rows]
    queryset.query.get_compiler = lambda *args, **kwargs: compiler
    try:
        return list(queryset)
    finally:
        del queryset.query.get_compiler
