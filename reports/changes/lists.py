"""The lists that a city brings, each with its columns and what takes it in: for page, command and worker."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activities.catalog_list import CATALOG, import_catalog
from activities.models import follow_leave, follow_postings
from calendars.holiday_list import HOLIDAYS, import_holidays
from calendars.leave_list import LEAVES, import_leaves
from organization.imports.columns import PEOPLE
from organization.imports.posts import POSTS, import_posts
from organization.imports.storing import import_people
from organization.imports.tariffs import TARIFFS, import_tariffs
from organization.imports.units import UNITS, import_units
from organization.models import Role

WIDTH, ROWS_AS_TEXT = 22, 5000


@dataclass(frozen=True)
class CityList:
    """A kind of list: its name, its columns, and `take(sheets, outcome, store=…, signed=…)`.

    `signed` (a Signed) lets two people change what is recorded; without it only what is new is stored.
    `signers` are the roles of which each of the two holds one; lists of HR alone are sent on the page.
    """

    title: str
    columns: list
    take: Callable
    signers: tuple = (Role.HR,)

    def template(self):
        """An empty workbook with the headings; every cell is text, so that no digit is lost."""
        file = BytesIO()
        book = xlsxwriter.Workbook(file, {"in_memory": True})
        sheet, text = book.add_worksheet(str(self.title)[:31]), book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "num_format": "@"})
        sheet.set_column(0, len(self.columns) - 1, WIDTH, text)
        for at, column in enumerate(self.columns):
            sheet.write_string(0, at, column.heading, head)
        sheet.freeze_panes(1, 0)
        book.close()
        return file.getvalue()


@transaction.atomic
def take_people(sheets, outcome, *, store, signed=None):
    """People; what is not decided yet goes with those who are transferred to the post of its day."""
    for transfer in import_people(sheets, outcome, store=store, signed=signed):
        follow_postings(transfer.person, since=transfer.starts_on)


@transaction.atomic
def take_leaves(sheets, outcome, *, store, signed=None):
    """Leave; the mark of work on full leave days follows, as it does on the page."""
    for leave in import_leaves(sheets, outcome, store=store, signed=signed):
        follow_leave(leave.person, since=leave.starts_on)


LISTS = {
    "units": CityList(_("Units"), UNITS, import_units),
    "posts": CityList(_("Posts"), POSTS, import_posts),
    "people": CityList(_("Employees"), PEOPLE, take_people),
    "leaves": CityList(_("Leave and duty"), LEAVES, take_leaves),
    "holidays": CityList(_("Holidays"), HOLIDAYS, import_holidays),
    "catalogue": CityList(_("Catalogue of work"), CATALOG, import_catalog),
    "tariffs": CityList(_("Tariffs"), TARIFFS, import_tariffs, signers=(Role.MAKER, Role.CHECKER)),
}
SENT = {name: each for name, each in LISTS.items() if each.signers == (Role.HR,)}
