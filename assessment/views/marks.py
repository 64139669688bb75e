"""People and their marks, one person's month, and one's own published score."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from activities.models import Activity
from assessment.forms import MarkForm, PeopleFilter
from assessment.models import Assessment, Verdict
from assessment.models.assessors import READERS, Assessor
from assessment.models.homes import HomeMonth
from assessment.models.marks import why_no_mark
from assessment.models.person_months import State, person_months, tally
from assessment.views.months import month_or_404
from calendars.forms import MonthChoice
from calendars.models import Month
from calendars.weeks import MonthKey
from organization.access import role_required
from organization.models import User
from organization.templatetags.display import decimal2, number
from records.refusals import attempt, sent

PEOPLE_A_PAGE = 50
ROWS = {"productivity": "hari", "quality": "berkurang", "discipline": "belum-tepat"}


@require_safe
@role_required(*READERS)
def people(request, pk):
    """The people of a month with what is proposed for them, and where the waiting ones are confirmed."""
    month = month_or_404(request, pk)
    found, filters = person_months(month), PeopleFilter(request.GET)
    state = filters.cleaned_data["state"] if filters.is_valid() else ""
    listed = {person: each for person, each in found.items() if not state or each.state == state}
    users = User.objects.filter(pk__in=listed).with_posting_on(month.key.last_day).by_name()
    pages = Paginator(users, PEOPLE_A_PAGE)
    pages.count = len(listed)
    page = pages.get_page(request.GET.get("page"))
    not_yet = why_no_mark(month) if month.is_verifying else ""
    may_mark = month.is_verifying and not not_yet
    context = {
        "month": month,
        "page": page,
        "rows": [row_of(user, listed[user.pk]) for user in page],
        "choosable": len(confirmable(request.user, month, found)) if may_mark else 0,
        "not_yet": not_yet,
        "counts": tally(found),
        "states": State.choices,
        "state": state,
        "query": urlencode({"state": state}) if state else "",
        "elsewhere": [] if state else HomeMonth(month, Assessment.objects).elsewhere(),
    }
    return render(request, "assessment/people.html", context)


def row_of(user, person_month):
    """One person of a list, with the post they held then."""
    posting = user.postings_then[0] if user.postings_then else None
    return {"person": user, "posting": posting, "person_month": person_month}


def confirmable(user, month, found):
    """Ids of those of {person id: PersonMonth} whose proposal waits and whom `user` may mark."""
    assessor = Assessor.of(user, at=timezone.now())
    waits = [pk for pk, each in found.items() if each.state in (State.WAITING, State.CHANGED)]
    return [pk for pk in waits if not assessor.refusal(pk, month.agency_id)]


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*READERS)
def person(request, pk, person):
    """One person's month: its components, its mark, its rows; the mark is given here."""
    month = month_or_404(request, pk)
    users = User.objects.filter(pk=person).with_posting_on(month.key.last_day)
    person_month = person_months(month, people=[person], beside=[users]).get(person)
    if person_month is None:
        raise Http404
    user = users[0]
    at, form = timezone.now(), MarkForm(sent(request), person_month=person_month)
    marked = attempt(
        form,
        lambda: Assessment.objects.confirm(month, user.pk, by=request.user, at=at, **form.cleaned_data),
    )
    if marked:
        messages.success(request, _saved(marked.result))
        return redirect("assessment:person", pk=month.pk, person=user.pk)
    if marked.status == 409:
        person_month = person_months(month, people=[person]).get(person, person_month)
        form = form.renewed(person_month)
    context = _person_context(request, month, user, person_month, form)
    return render(request, "assessment/person.html", context, status=marked.status)


def _saved(mark):
    return _("Saved: %(name)s, mark %(quality)s, score %(score)s, band %(band)s.") % {
        "name": mark.person,
        "quality": decimal2(mark.quality),
        "score": decimal2(mark.score),
        "band": mark.band,
    }


def _person_context(request, month, user, person_month, form):
    rows = Activity.objects.of(user).in_month(month.key).exclude(status=Activity.Status.DRAFT)
    rows = rows.select_related("item").order_by("performed_on", "starts_at", "pk")
    rows = rows.prefetch_related(Prefetch("verdicts", Verdict.objects.in_force()))
    undo = Verdict.objects.last_of(request.user, month, activity__person=user)
    assessor = Assessor.of(request.user, at=timezone.now(), beside=[rows, undo])
    is_open = month.status == Month.Status.VERIFYING and person_month.state != State.UNASSESSED
    refusal = assessor.refusal(user.pk, month.agency_id) or (why_no_mark(month) if is_open else "")
    return {
        "month": month,
        "person": user,
        "posting": user.postings_then[0] if user.postings_then else None,
        "person_month": person_month,
        "components": bars_of(person_month),
        "may_open_rows": assessor.may_read(user.pk),
        "form": form if is_open and not refusal else None,
        "refusal": refusal if is_open and assessor.agencies else "",
        "rows": rows,
        "undo": next(iter(undo), None),
        "history": history(person_month.row),
    }


def bars_of(person_month):
    """The three components with weight, part and what they come from; none where not assessed.

    `rows` names the part of the page of figures that holds the rows or days behind each.
    """
    if person_month.score is None:
        return []
    weights, score = person_month.rule.weights, person_month.score
    found = (
        ("productivity", _("Productivity"), score.productivity, weights.productivity),
        ("quality", _("Quality"), score.quality, weights.quality),
        ("discipline", _("Discipline"), score.discipline, weights.discipline),
    )
    sources = _sources(person_month)
    return [
        {
            "label": label,
            "points": points,
            "weight": weight,
            "part": part,
            "source": sources[name],
            "rows": ROWS[name],
        }
        for (name, label, points, weight), part in zip(found, person_month.parts, strict=True)
    ]


def _sources(person_month):
    """What each component comes from, as a sentence."""
    facts = person_month.facts
    return {
        "productivity": _("%(counted)s counted minutes of a target of %(target)s")
        % {"counted": number(facts.counted_minutes), "target": number(facts.target_minutes)},
        "quality": _("%(refused)s of %(base)s minutes refused; proposed %(proposal)s")
        % {
            "refused": number(facts.refused_minutes),
            "base": number(person_month.base_minutes),
            "proposal": decimal2(person_month.proposal),
        },
        "discipline": _("%(in_time)s of %(obliged)s obliged days reported in time")
        % {"in_time": facts.days_in_time, "obliged": facts.obliged_days},
    }


def history(row):
    """Every mark this row has held, latest first, from the history that the database keeps."""
    if row is None:
        return []
    return (
        Assessment.pgh_event_model.objects.filter(pgh_obj=row.pk)
        .select_related("marked_by")
        .order_by("-pgh_id")
    )


@require_safe
def open_mine(request):
    """Lead to one's own score of the chosen month, else of the present one."""
    return redirect("assessment:mine", MonthChoice(request.GET).chosen or MonthKey.of(request.user.today()))


@require_safe
def mine(request, month):
    """One's own score of a month once it is published, and the months that have one."""
    own = (
        Assessment.objects.published()
        .filter(person=request.user)
        .select_related("month__agency", "rule", "marked_by")
    )
    rows = list(own.order_by("-month__year", "-month__month", "pk"))
    row = next((row for row in rows if row.month.key == month), None)
    person_month = person_months(row.month, people=[request.user.pk])[request.user.pk] if row else None
    context = {
        "key": month,
        "row": row,
        "person_month": person_month,
        "components": bars_of(person_month) if person_month else [],
        "rows": rows,
        "months": sorted({row.month.key for row in rows} | {month}, reverse=True),
    }
    return render(request, "assessment/mine.html", context)
