"""The nominative list (daftar nominatif) of one agency as a spreadsheet: same lines, same bytes."""

from io import BytesIO

import xlsxwriter
from django.utils import timezone, translation
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from bonuses.papers.rows import CODE, COLUMNS, DAYS, POINTS, RUPIAH, TEXT, agency_head, rows_of, sums_of
from records.text import one_line

FORMATS = {RUPIAH: "#,##0", POINTS: "0.00", DAYS: "0.##"}
HEADER_ROW = 5
SIGNATURE_COLUMNS = (1, 6, 15)


def workbook(run, agency):
    """Return the file. Names, NIP and accounts are text cells, amounts are whole numbers."""
    with translation.override("id"):
        rows, file = rows_of(run, agency), BytesIO()
        book = xlsxwriter.Workbook(file, {"in_memory": True})
        created = timezone.localtime(run.computed_at).replace(tzinfo=None)
        book.set_properties({"title": run.number, "author": "E-Kinerja", "created": created})
        sheet = book.add_worksheet(_("Nominative list"))
        looks = formats(book)
        write_heading(sheet, looks, run, agency)
        write_rows(sheet, looks, rows)
        write_signatures(sheet, looks, run, agency, row=HEADER_ROW + len(rows) + 4)
        book.close()
        return file.getvalue()


def formats(book):
    """Cell formats by kind of column, with borders; `sum_` ones are bold."""
    looks = {"title": book.add_format({"bold": True, "font_size": 13}), "plain": book.add_format()}
    looks["head"] = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top"})
    for kind in {column.kind for column in COLUMNS}:
        look = {"border": 1, "num_format": FORMATS.get(kind, "@" if kind in (TEXT, CODE) else "0")}
        looks[kind], looks[f"sum_{kind}"] = book.add_format(look), book.add_format(look | {"bold": True})
    return looks


def write_heading(sheet, looks, run, agency):
    month = written(run.key.first_day, "F Y")
    sheet.write_string(0, 0, _("Nominative list of the bonus"), looks["title"])
    sheet.write_string(1, 0, one_line(agency.name), looks["title"])
    sheet.write_string(2, 0, _("Month: %(month)s") % {"month": month}, looks["plain"])
    state = {"number": run.number, "status": run.get_status_display()}
    sheet.write_string(3, 0, _("List %(number)s, %(status)s") % state, looks["plain"])
    for position, column in enumerate(COLUMNS):
        sheet.set_column(position, position, column.width)
        sheet.write_string(HEADER_ROW, position, str(column.heading), looks["head"])
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)


def write_rows(sheet, looks, rows):
    for position, row in enumerate(rows, HEADER_ROW + 1):
        for place, column in enumerate(COLUMNS):
            write(sheet, position, place, row[column.key], looks[column.kind])
    last, sums = HEADER_ROW + 1 + len(rows), sums_of(rows)
    for place, column in enumerate(COLUMNS):
        write(sheet, last, place, sums.get(column.key, ""), looks[f"sum_{column.kind}"])
    sheet.write_string(last, 1, _("Sum of %(people)s") % {"people": len(rows)}, looks["sum_text"])


def write(sheet, row, place, value, look):
    """Text stays text, whatever it begins with; None is an empty cell."""
    if isinstance(value, str):
        sheet.write_string(row, place, value, look)
    elif value is None:
        sheet.write_blank(row, place, None, look)
    else:
        sheet.write_number(row, place, value, look)


def write_signatures(sheet, looks, run, agency, *, row):
    """Agency head, treasurer, list maker: office, room to sign, name and NIP where they are known."""
    head = agency_head(agency, run.key.last_day)
    signers = [
        (head.post.title if head else _("Agency head"), head.person if head else None),
        (_("Treasurer"), run.released_by),
        (_("List maker"), run.made_by),
    ]
    for column, (office, person) in zip(SIGNATURE_COLUMNS, signers, strict=True):
        sheet.write_string(row, column, one_line(office), looks["plain"])
        sheet.write_string(
            row + 4, column, one_line(person.name) if person else "........................", looks["plain"]
        )
        sheet.write_string(row + 5, column, f"NIP {person.nip}" if person else "NIP", looks["plain"])
