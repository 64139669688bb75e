"""Files of a whole run, one agency each. Reading them changes nothing."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename

from bonuses.models import Run
from bonuses.papers import csv_list
from bonuses.papers.nominative import workbook
from organization.access import role_required
from organization.models import Unit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@role_required(*Run.READERS)
def nominative(request, pk, agency):
    """The nominative list as a spreadsheet."""
    run, unit = whole_run(request.user, pk, agency)
    return download(workbook(run, unit), XLSX, name_of(run, unit, "xlsx"))


@role_required(*Run.READERS)
def csv(request, pk, agency):
    """The same list as CSV for an office spreadsheet."""
    run, unit = whole_run(request.user, pk, agency)
    return download(csv_list.text(run, unit), "text/csv; charset=utf-8", name_of(run, unit, "csv"))


@role_required(*Run.READERS)
def data(request, pk, agency):
    """The same list for another program: commas and decimal points."""
    run, unit = whole_run(request.user, pk, agency)
    return download(csv_list.data(run, unit), "text/csv; charset=utf-8", name_of(run, unit, "data.csv"))


def whole_run(person, pk, agency):
    """The run and its agency; 404 out of scope, before it is whole, or where the agency is not in it."""
    runs = Run.objects.readable_by(person, on=person.today()).filter(status__in=Run.WHOLE)
    run = get_object_or_404(runs.with_people(), pk=pk, shares__month__agency=agency)
    return run, get_object_or_404(Unit, pk=agency)


def name_of(run, unit, ending):
    """A name that every system takes: letters, digits, hyphens and points."""
    return get_valid_filename(
        f"daftar-nominatif-{run.key}-{run.pk:02}-{unit.code.replace('/', '-')}.{ending}"
    )


def download(content, content_type, name):
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
