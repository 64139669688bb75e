"""Lists that every page asks for, each time of another id: Django puts their statement together once.

That takes it longer than the database needs to answer, and the statement is the same but for the id.
"""

from copy import copy
from threading import local

from records.side_by_side import read_together, rows_of

SOMEBODY = -(2**62)  # an id that nothing has; it is found again among the parameters


class Prepared:
    """The querysets that `make` gives of an id: alike, whatever the id, the moment and the language."""

    def __init__(self, make):
        self._make, self._kept = make, local()  # a thread has its own connection

    def of(self, pk):
        """The rows of `pk`, to be read with other lists, or when they are first asked for."""
        if not hasattr(self._kept, "statement"):
            queryset = self._make(SOMEBODY)
            compiler = queryset.query.get_compiler(queryset.db)
            self._kept.statement = queryset, compiler, *compiler.as_sql()
        return _RowsOf(pk, *self._kept.statement)


class _RowsOf:
    def __init__(self, pk, queryset, compiler, sql, params):
        self._queryset, self._compiler, self._rows = queryset, compiler, None
        self.sql, self.params = sql, [pk if value == SOMEBODY else value for value in params]

    def __iter__(self):
        read_together(self)
        return iter(self._rows)

    @property
    def is_read(self):
        return self._rows is not None

    def fill(self, rows):
        self._rows = rows_of(self._queryset.all(), copy(self._compiler), rows)
