"""Lists of the city: the template, the upload, and what became of each. HR of the city."""

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from organization.access import role_required
from organization.models import ListImport, Role
from records.refusals import attempt
from reports.changes.forms import ListForm
from reports.changes.lists import LISTS, SENT
from reports.changes.shown import refuse_unless_citywide
from reports.tasks import ask_for, progress_key

SHOWN = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@role_required(Role.HR)
@transaction.atomic
def imports(request):
    """Send a list, and the lists sent last."""
    refuse_unless_citywide(request.user)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    sent = attempt(form, lambda: send(request, form))
    if sent:
        messages.success(request, _("Sent. The list is being read; nothing is stored yet."))
        return redirect("changes:import", pk=sent.result.pk)
    rows = ListImport.objects.defer("content", "found", "stored").select_related("requested_by", "decided_by")
    context = {
        "form": form,
        "lists": [(name, each.title) for name, each in SENT.items()],
        "page": Paginator(titled(rows), SHOWN).get_page(request.GET.get("page")),
    }
    return render(request, "reports/changes/imports.html", context, status=sent.status)


def titled(rows):
    """Each list with the title of its kind."""
    rows = list(rows[: SHOWN * 10])
    for row in rows:
        row.kind_title = LISTS[row.kind].title
    return rows


def send(request, form):
    file = form.cleaned_data["file"]
    kind, content = form.cleaned_data["kind"], form.cleaned_data["content"]
    row = ListImport.objects.send(kind, name=file.name, content=content, by=request.user)
    ask_for([row])
    return row


@role_required(Role.HR)
def template(request, kind):
    """The empty workbook of a kind of list."""
    refuse_unless_citywide(request.user)
    if kind not in LISTS:
        raise Http404
    name = content_disposition_header(as_attachment=True, filename=f"templat-{kind}.xlsx")
    headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(LISTS[kind].template(), content_type=XLSX, headers=headers)


@role_required(Role.HR)
def import_list(request, pk):
    """What a list says, cell by cell, before it is stored and after; asks again while the worker is at it."""
    refuse_unless_citywide(request.user)
    rows = ListImport.objects.defer("content").select_related("requested_by", "decided_by")
    row = get_object_or_404(rows, pk=pk)
    context = {
        "row": row,
        "title": LISTS[row.kind].title,
        "progress": cache.get(progress_key(pk)) if row.is_at_work else None,
        "may_decide": row.is_waiting and row.is_read,
    }
    name = "_import" if request.htmx else "import"
    return render(request, f"reports/changes/{name}.html", context)
