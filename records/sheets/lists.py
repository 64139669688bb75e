"""A list read whole: each row by what knows its cells, each key once."""

from django.utils.translation import gettext as _

from records.sheets.headings import find_table
from records.sheets.outcome import Cells


def read_list(sheets, columns, *, needed, keys, read, outcome):
    """The things of a list, {key: thing}, counted in `outcome`. Raises Unreadable.

    `read` makes a thing of Cells, with `record` and `key`, or returns None where a cell was wrong; a row is
    one in which a column `needed` says something. `keys` are the columns of the key: who comes second under
    it is rejected at the first of them.
    """
    found = {}
    for record in find_table(sheets, columns, needed=needed).records(*needed):
        outcome.read += 1
        thing = read(Cells(record, outcome))
        if thing is None:
            continue
        if thing.key in found:
            said = _("The same stands in row %(first)s already. Row %(row)s is not taken.")
            facts = {"first": found[thing.key].record.number, "row": record.number}
            outcome.reject(record, keys[0], said % facts)
        else:
            found[thing.key] = thing
    return found
