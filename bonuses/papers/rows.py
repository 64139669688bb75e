"""What a nominative list says of each person, the same for every kind of file.

Papers are Indonesian whatever language the screen has. Source: domain.md, section 8.
"""

from datetime import date
from typing import NamedTuple

from django.db.models.functions import Lower
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonuses.models import Line
from organization.models import Placement
from records.text import one_line

TEXT, CODE, COUNT, DAYS, POINTS, RUPIAH = "text", "code", "count", "days", "points", "rupiah"


class Column(NamedTuple):
    """A column: its key in a row, its heading, and how its values are written. CODE is text of digits."""

    key: str
    heading: str
    kind: str
    width: int


COLUMNS = [
    Column("number", "No.", COUNT, 5),
    Column("name", gettext_lazy("Name"), TEXT, 28),
    Column("nip", "NIP", CODE, 21),
    Column("rank", gettext_lazy("Rank"), TEXT, 7),
    Column("post", gettext_lazy("Post"), TEXT, 30),
    Column("class_number", gettext_lazy("Class"), COUNT, 6),
    Column("ceiling", gettext_lazy("Ceiling"), RUPIAH, 13),
    Column("worked_days", gettext_lazy("Worked days"), DAYS, 9),
    Column("excused_paid_days", gettext_lazy("Paid leave days"), DAYS, 9),
    Column("score", gettext_lazy("Score"), POINTS, 8),
    Column("earned", gettext_lazy("Earned"), RUPIAH, 13),
    Column("floor_top_up", gettext_lazy("Added up to the floor"), RUPIAH, 13),
    Column("excused_base", gettext_lazy("For leave days"), RUPIAH, 13),
    Column("sanction", gettext_lazy("Sanction"), RUPIAH, 13),
    Column("acting", gettext_lazy("Acting (Plt)"), RUPIAH, 13),
    Column("gross", gettext_lazy("Gross"), RUPIAH, 14),
    Column("health_employee", gettext_lazy("Health insurance, employee"), RUPIAH, 13),
    Column("tax", gettext_lazy("Income tax"), RUPIAH, 13),
    Column("net", gettext_lazy("Net"), RUPIAH, 14),
    Column("bank", "Bank", TEXT, 18),
    Column("account", gettext_lazy("Account"), CODE, 18),
    Column("remark", gettext_lazy("Remark"), TEXT, 34),
]
SUMMED = [column.key for column in COLUMNS if column.kind == RUPIAH and column.key != "ceiling"]


def rows_of(run, agency):
    """One dict per line of the agency, by name; money and days as they are stored."""
    lines = Line.objects.of_run(run).filter(share__month__agency=agency)
    lines = lines.select_related("person__account").order_by(Lower("person__name"), "pk")
    return [seen(row_of(line, number)) for number, line in enumerate(lines, 1)]


def seen(row):
    """The row as it leaves: no control character in its texts, also where an older line holds one."""
    return {key: one_line(value) if isinstance(value, str) else value for key, value in row.items()}


def row_of(line, number):
    last = line.segments[-1]
    account = getattr(line.person, "account", None)
    return {
        "number": number,
        "name": line.inputs["name"],
        "nip": line.inputs["nip"],
        "rank": line.rank_code,
        "post": last["post"],
        "class_number": line.class_number,
        "ceiling": last["ceiling"],
        "worked_days": line.worked_days,
        "excused_paid_days": line.excused_paid_days,
        "score": line.score,
        "bank": account.bank if account else "",
        "account": account.number if account else "",
        "remark": remark(line.segments, account),
    } | {key: getattr(line, key) for key in SUMMED}


def remark(segments, account):
    """Several postings with their days and ceilings, and a missing account."""
    said = [] if account else [_("no account")]
    if len(segments) > 1:
        said += [
            _("%(post)s, %(first)s to %(last)s, ceiling %(ceiling)s")
            % {
                "post": part["post"],
                "first": written(date.fromisoformat(part["first"]), "j M"),
                "last": written(date.fromisoformat(part["last"]), "j M"),
                "ceiling": f"{part['ceiling']:,}".replace(",", "."),
            }
            for part in segments
        ]
    return "; ".join(said)


def sums_of(rows):
    """Sums of the columns in rupiah."""
    return {key: sum(row[key] for row in rows) for key in SUMMED}


def agency_head(agency, day):
    """Who holds the agency's highest post on that day; None where nobody does."""
    held = Placement.objects.on(day).filter(unit__agency=agency).select_related("person", "post")
    return held.order_by("-job_class__number", "posting").first()
