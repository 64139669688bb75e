"""How a review shows what has no status of its own: a person's week, its due moment, a row for others."""

from django.utils.translation import gettext_lazy

from records.looks import GOOD, NEEDED, PLAIN, ShownChoices


class WeekState(ShownChoices):
    """What is left to do with one person's week."""

    CLEAN = "clean", "s-disetujui", GOOD, gettext_lazy("clean")
    DONE = "done", "centang", GOOD, gettext_lazy("nothing waits")
    NOT_REQUIRED = "not_required", "centang", GOOD, gettext_lazy("not required")
    SILENT = "silent", "s-draf", PLAIN, gettext_lazy("nothing reported yet")


class DueState(ShownChoices):
    """How pressing a whole week is; the words of the first two name the moment, %(at)s."""

    OVERDUE = "overdue", "awas", NEEDED, gettext_lazy("overdue since %(at)s")
    DUE = "due", "jam", NEEDED, gettext_lazy("due %(at)s")
    DONE = "done", "centang", GOOD, gettext_lazy("nothing waits")


class SetRowState(ShownChoices):
    """What became of a row of a set where it has no decision by it."""

    WAITS = "waits", "s-tunggu", PLAIN, gettext_lazy("waits for its turn")
    LEFT = "left", "awas", NEEDED, gettext_lazy("left as it was")


class RowState(ShownChoices):
    """A row that waits without the reader being able to decide it."""

    ELSEWHERE = "elsewhere", "s-tunggu", PLAIN, gettext_lazy("waits, but not for you any more")
