"""The form of one activity: a new one, a draft, a correction, or the answer to a return."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.forms.entry import ActivityForm
from activities.models import Activity, CatalogItem, ReportingDays
from activities.unsent import keeps_typing, unsent_by
from activities.views.detail import own_or_404
from organization.templatetags.display import shortdate
from records.refusals import attempt, sent

Status = Activity.Status
EDITABLE = {Status.DRAFT, Status.REPORTED, Status.RETURNED}
OFTEN_DAYS, OFTEN_ITEMS = 60, 5
RECEIPTS = 10


@keeps_typing
def create(request):
    """Report one activity, or keep it as a draft. A form that was already sent leads to its row."""
    at = timezone.now()
    form_of_this_person_or_404(request)
    form = entry_form(request, at)
    made = already_made(form, request.user)
    if made:
        return saved(request, made)

    def enter(*, report):
        token = form.cleaned_data["form_token"]
        terms = {"by": request.user, "at": at, "token": token, "report": report}
        return Activity.objects.enter(request.user, **terms, **form.typed)

    entered = attempt(form, lambda: enter(report="draft" not in request.POST))
    if entered:
        return saved(request, entered.result)
    if entered.refusal and form.was_in_time_when_opened():
        return kept_as_draft(request, form, entered.refusal, lambda: enter(report=False))
    return entry_page(request, form, at, status=entered.status)


@keeps_typing
def edit(request, pk):
    """Change a draft or an undecided report, send a draft, or answer a return."""
    at = timezone.now()
    form_of_this_person_or_404(request)
    activity = own_or_404(request, pk)
    if request.method != "POST" and (activity.is_over or activity.status not in EDITABLE):
        return redirect(activity)
    form = entry_form(request, at, activity)
    verb, terms = verb_of(activity, request), {"by": request.user, "at": at}
    changed = attempt(form, lambda: verb(version=form.cleaned_data["version"], **terms, **form.typed))
    if changed:
        return saved(request, activity)
    return entry_page(request, form, at, activity, status=changed.status)


def entry_page(request, form, at, activity=None, *, status):
    """The form with what was typed, beside what this person sent today."""
    day = form.chosen
    use = use_of_items(form, day)
    form.offer(often=often_used(form, use))
    midnight = datetime.combine(form.reporting.today, time.min, timezone.get_current_timezone())
    own = Activity.objects.of(request.user).filling_the_day().select_related("item")
    today = own.filter(performed_on__gte=form.reporting.first, reported_at__gte=midnight)
    context = {
        "form": form,
        "activity": activity,
        "chosen": day,
        "taken": sum(used.minutes for used in use.values()),
        "receipts": today.order_by("-reported_at", "-pk")[:RECEIPTS],
    }
    return render(request, "activities/form.html", context, status=status)


def entry_form(request, at, activity=None):
    """The form for a new activity, or for a stored one with the figures fixed once its window is over."""
    person = request.user
    days = [activity.performed_on] if activity else []
    first, last = min(days, default=None), max(days, default=None)
    reporting = ReportingDays(person, at=at, first=first, last=last, for_page=True)
    items = list(CatalogItem.objects.open_to(*reporting.posts))
    if activity and activity.item and activity.item not in items:
        items.append(activity.item)
    return ActivityForm(
        sent(request),
        initial=values_of(request, reporting, activity),
        reporting=reporting,
        items=items,
        activity=activity,
    )


def use_of_items(form, day):
    """What the person of the form reported of late, by item, and on the day chosen; one query."""
    own = Activity.objects.of(form.reporting.person)
    since = form.reporting.today - timedelta(days=OFTEN_DAYS)
    return own.use_of_items(since=since, day=day and day.day)


def often_used(form, use):
    """The items of the form that its person reported most often of late, most frequent first."""
    used = [item for item in form.items.values() if item.pk in use and use[item.pk].rows]
    return sorted(used, key=lambda item: (-use[item.pk].rows, item.name, item.pk))[:OFTEN_ITEMS]


def values_of(request, reporting, activity):
    """What the form starts with: what is stored, or the first values of a new one, and what was unsent."""
    if activity:
        return ActivityForm.filled(activity, reporting.at) | unsent_by(request)
    return {} if request.method == "POST" else first_values(request, reporting) | unsent_by(request)


def first_values(request, reporting):
    """What a new form starts with: the day and the item asked for, else today or the newest open day."""
    open_now = [str(found.day) for found in reporting.open_now()]
    asked = request.GET.get("date")
    day = asked if asked in open_now else next(iter(open_now), "")
    item = request.GET.get("item", "")
    return ActivityForm.blank(request.user, reporting.at) | {"performed_on": day, "item": item}


def verb_of(activity, request):
    """What sending the form does to a stored activity."""
    if activity.status == Status.RETURNED:
        return activity.answer
    if activity.status == Status.DRAFT and "draft" not in request.POST:
        return activity.report
    return activity.edit


def already_made(form, person):
    """The row that this very form has made before, if any."""
    if not form.is_bound:
        return None
    try:
        token = UUID(form.data.get("form_token", ""))
    except ValueError:
        return None
    made = Activity.objects.of(person).filter(form_token=token).select_related("item").first()
    if made:
        made.is_repeat = True
    return made


def saved(request, activity):
    """Say what was saved, and show it in its day."""
    facts = {
        "number": str(activity),
        "minutes": activity.minutes,
        "day": shortdate(activity.performed_on),
    }
    if activity.is_repeat:
        messages.info(
            request, _("This form was already saved as %(number)s; nothing was saved twice.") % facts
        )
    elif activity.status == Status.DRAFT:
        messages.success(request, _("Kept as a draft: %(number)s, %(minutes)d minutes, %(day)s.") % facts)
    else:
        messages.success(request, _("Saved: %(number)s, %(minutes)d minutes, %(day)s.") % facts)
    return redirect(f"{reverse('activities:day', args=[activity.performed_on])}#activity-{activity.pk}")


def kept_as_draft(request, form, refusal, enter):
    """Refuse the report whose window closed while it was typed, and keep its text as a draft."""
    form.errors.clear()
    draft = attempt(form, enter)
    if not draft:
        return entry_page(request, form, timezone.now(), status=draft.status)
    why = " ".join(refusal.messages)
    messages.error(request, _("Not accepted: %(why)s What you typed is kept as a draft.") % {"why": why})
    return redirect("activities:edit", draft.result.pk)


def form_of_this_person_or_404(request):
    """Refuse a form that was opened by, or names, somebody else than who sends it."""
    if request.method == "POST" and request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
        raise Http404
