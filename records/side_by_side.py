"""Several lists read in one question to the database, each as its own queryset gives it.

A page that needs a person's postings, the holidays and three rules asks once instead of five times: the
lists stand side by side in one answer, the n-th row of each in its n-th row.
"""

from operator import itemgetter

from django.core.exceptions import EmptyResultSet
from django.db import connection

NUMBER = "row_side_by_side"
ONE = f"(SELECT row_number() OVER () AS {NUMBER}, listed.* FROM (%s) listed) of_%s"  # noqa: S608 (a constant)


def read_together(*lists):
    """Fill the querysets `lists`, which nobody has read yet, by one query; they are used as ever after.

    For lists that are needed in any case, and short or about as long as each other. What one of them
    prefetches is read apart.
    """
    asked = [found for found in map(_Asked, lists) if found.sql]
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
    """A queryset with its statement; `sql` is "" where it is read already or can have no rows."""

    def __init__(self, queryset):
        self._queryset, self._compiler = queryset, queryset.query.get_compiler(queryset.db)
        self.sql, self.params = "", ()
        if queryset._result_cache is None:
            try:
                self.sql, self.params = self._compiler.as_sql()
            except EmptyResultSet:
                return

    def fill(self, rows):
        """Let the queryset take `rows` where it would ask the database."""
        query, compiler = self._queryset.query, self._compiler
        if compiler.has_extra_select:  # columns that only its order needs
            rows = [row[: compiler.col_count] for row in rows]
        compiler.execute_sql = lambda *args, **kwargs: [rows]
        query.get_compiler = lambda *args, **kwargs: compiler
        try:
            self._queryset._fetch_all()
        finally:
            del query.get_compiler
