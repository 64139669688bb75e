"""The lists of bonus runs: all of them, a new one, one with its lines."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bonuses.comparison import comparison
from bonuses.conditions import conditions
from bonuses.forms import MonthForm, RunForm, SearchForm
from bonuses.models import MOVES, Line, NoLine, Run, Share
from calendars.models import Month
from calendars.weeks import MonthKey
from organization.access import role_required
from organization.models import Role
from organization.templatetags.display import daymonth, deadline, due, rupiah
from records.looks import Stage
from records.refusals import attempt, sent
from records.sentences import woven

ROWS = 50
RUNS = 25
MONTHS = 24
UNPAID = 50


@role_required(*Run.READERS)
def runs(request):
    """Runs in the reader's scope, newest first."""
    found = Run.objects.readable_by(request.user, on=request.user.today()).with_sums()
    page = Paginator(found, RUNS).get_page(request.GET.get("page"))
    context = {"page": page, "may_make": request.user.holds(Role.MAKER, on=request.user.today())}
    return render(request, "bonuses/runs.html", context)


@role_required(Role.MAKER)
def create(request):
    """Choose the agencies of a month; those that cannot stand in a run are shown with what is missing."""
    today = request.user.today()
    scope = Month.objects.filter(agency__in=request.user.agencies(Role.MAKER, on=today))
    chooser = MonthForm(request.POST or request.GET or None, keys=keys_of(scope))
    key = chooser.cleaned_data["month"] if chooser.is_valid() else None
    key = key or MonthKey.of(today).previous
    chooser.initial["month"] = str(key)
    months = (
        scope.filter(year=key.year, month=key.month).select_related("agency").order_by("agency__name", "pk")
    )
    form = RunForm(sent(request), months=months)
    made = attempt(
        form, lambda: Run.objects.make(form.cleaned_data["months"], by=request.user, at=timezone.now())
    )
    if made:
        messages.success(request, _("Saved: draft of list %(number)s.") % {"number": made.result.number})
        return redirect("bonuses:run", made.result.pk)
    rows = rows_of(months, form)
    context = {"chooser": chooser, "form": form, "key": key, "rows": rows}
    context["any_free"] = any(row["free"] for row in rows)
    context["taken"] = [row["share"] for row in rows if form.is_bound and row["ticked"] and row["share"]]
    return render(request, "bonuses/create.html", context, status=made.status)


def keys_of(months):
    """The newest calendar months that stand in the scope."""
    pairs = months.order_by("-year", "-month").values_list("year", "month").distinct()[:MONTHS]
    return [MonthKey(*pair) for pair in pairs]


def rows_of(months, form):
    """Each agency's month with the live share that holds it and whether it is ticked."""
    live = {share.month_id: share for share in Share.objects.live().filter(month__in=months)}
    ticked = set(form["months"].value() or ()) if form.is_bound else None
    return [
        {
            "month": month,
            "share": live.get(month.pk),
            "free": month.status == Month.Status.FINAL and month.pk not in live,
            "ticked": ticked is None or str(month.pk) in ticked,
            "owed": owed(month),
        }
        for month in months
    ]


def owed(month):
    """What is missing until a month is final, and who owes it by when, as a sentence for a page."""
    if month.is_open:
        return woven(_("owed by staff and supervisors until %(at)s"), at=due(month.review_closes_at))
    if month.is_verifying:
        sentence = _("owed by the assessment unit, published by %(at)s")
        return woven(sentence, at=due(month.publication_due_at))
    by = {"at": deadline(month.objections_close_at)}
    return _("the head of assessment makes it final after %(at)s") % by


@role_required(*Run.READERS)
def run(request, pk):
    """One run: where it stands, sums, conditions, lines. Asked by htmx, only where the computation stands."""
    today, now = request.user.today(), timezone.now()
    run = get_object_or_404(Run.objects.readable_by(request.user, on=today), pk=pk)
    run.know_people()
    shares = list(run.shares.select_related("month__agency"))
    states = [(share, share.state(at=now)) for share in shares]
    if request.htmx:
        if not run.is_requested:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "bonuses/_progress.html", {"run": run, "states": states})
    context = {"run": run, "states": states, "stages": stages(run)}
    if run.is_whole:
        context |= whole_context(request, run, shares)
    net = context["totals"]["net"] if run.is_whole else 0
    context["moved_facts"] = next((said for move in MOVES if (said := move.moved_facts(run))), "")
    context |= moves_for(run, request.user, net=net, computing=run.is_being_computed(at=now))
    return render(request, "bonuses/run.html", context)


def moves_for(run, person, *, net, computing):
    """The moves that this person may make next: the first forward, the page's one primary button, and back.

    While its computation runs, a requested list need not be asked for again.
    """
    on = person.today()
    found = [move for move in MOVES if move.is_open(run) and holds(person, move.roles, on)]
    onward = [move for move in found if not move.is_back and not move.obstacle(run, by=person)]
    main = next((move for move in onward if not (computing and move.is_repeated(run))), None)
    return {
        "main": main,
        "label": main.label_on(run, amount=rupiah(net)) if main else "",
        "back": [move for move in found if move.is_back],
    }


def stages(run):
    """The way of the run from draft to paid, each status with who and when."""
    ways = {
        Run.Status.DRAFT: (run.made_by, run.made_at),
        Run.Status.REQUESTED: (run.requested_by, run.requested_at),
        Run.Status.COMPUTED: (None, run.computed_at),
        Run.Status.CHECKED: (run.checked_by, run.checked_at),
        Run.Status.RELEASED: (run.released_by, run.released_at),
        Run.Status.PAID: (None, None),
    }
    return [_stage(status, who, at, is_current=status == run.status) for status, (who, at) in ways.items()]


def _stage(status, who, at, *, is_current):
    is_done = at is not None and not is_current
    said = [who.name] if who else []
    if at:
        said.append(daymonth(at))
    elif not is_current:
        said.append(_("still to come"))
    return Stage(capfirst(status.label), " · ".join(said), is_done=is_done, is_current=is_current)


def holds(person, roles, today):
    return any(person.holds(role, on=today) for role in roles)


def whole_context(request, run, shares):
    """Lines with search, people without one, sums, conditions and the month before."""
    search = SearchForm(request.GET)
    text = search.cleaned_data["q"].strip() if search.is_valid() else ""
    lines = Line.objects.of_run(run)
    found = lines.search(text).select_related("person")
    totals, pages = lines.totals(reader=request.user), Paginator(found, ROWS)
    if not text:
        pages.count = totals["people"]
    unpaid, no_lines = unpaid_of(run, text)
    return {
        "search": search,
        "page": pages.get_page(request.GET.get("page")),
        "query": urlencode({"q": text}) if text else "",
        "totals": totals,
        "no_lines": no_lines,
        "no_line_count": unpaid,
        "conditions": conditions(run, shares, lines, totals=totals, reader=request.user),
        "comparison": comparison(run, [share.month.agency_id for share in shares], totals, unpaid=unpaid),
        "previous": run.key.previous.first_day,
        "files": [(share.month.agency.name, files_of(share)) for share in shares],
    }


def files_of(share):
    """The address of the nominative list of an agency, without the kind of file that ends it."""
    return reverse("bonuses:nominative", args=[share.run_id, share.month.agency_id]).removesuffix(".xlsx")


def unpaid_of(run, text):
    """How many people of the run have no line, and the first of those found by `text`."""
    rows = NoLine.objects.of_run(run)
    found = list(rows.search(text).select_related("person")[:UNPAID])
    all_shown = not text and len(found) < UNPAID
    return len(found) if all_shown else rows.count(), found
