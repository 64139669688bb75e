"""My bonus: the steps of a released month, or where a month stands before that."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bonuses.explanation import explained
from bonuses.models import Line, NoLine, Run, Share
from bonuses.waiting import bonus_wait
from calendars.forms import MonthChoice
from calendars.models import Month
from calendars.weeks import MonthKey
from organization.templatetags.display import deadline, due
from records.sentences import woven

OTHERS = 12


def mine(request):
    """The chosen month; without one the newest released, else the month before this one."""
    chosen = MonthChoice(request.GET).chosen
    if chosen:
        return redirect("bonuses:mine_month", chosen)
    newest = Line.objects.released_to(request.user).select_related("share__run").first()
    key = newest.share.run.key if newest else MonthKey.of(request.user.today()).previous
    return redirect("bonuses:mine_month", key)


def mine_month(request, month: MonthKey):
    """Their own month: from ceiling to net, or where it stands."""
    today = request.user.today()
    if month > MonthKey.of(today):
        raise Http404
    released = Line.objects.released_to(request.user)
    line = released.in_month(month).with_sources().first()
    context = {
        "key": month,
        "others": released.outside_month(month).select_related("share__run")[:OTHERS],
        "waiting": waiting(request.user, released, month, today),
        "months": sorted({*released.month_keys(), month, MonthKey.of(today).previous}, reverse=True),
    }
    if line:
        return render(request, "bonuses/mine_month.html", context | explained(line) | {"line": line})
    return render(request, "bonuses/mine_waiting.html", context | standing(request.user, month))


def waiting(person, released, month, today):
    """The month before this one, where it is neither on screen nor released yet."""
    last = MonthKey.of(today).previous
    if last == month or released.in_month(last).exists():
        return None
    return last


def standing(person, key):
    """Where their month stands before a line of theirs is released: no amount is told."""
    month = home_month(person, key)
    live = Share.objects.live().select_related("run__made_by", "run__requested_by")
    share = live.filter(month=month).first() if month else None
    no_line = NoLine.objects.released_to(person).in_month(key).first()
    run = share.run if share else None
    score, made = score_stands(month), list_stands(run)
    wait = bonus_wait(month, run, at=timezone.now())
    return {"month": month, "run": run, "score": score, "list": made, "no_line": no_line, "wait": wait}


def score_stands(month):
    """How far the score of a month is, or of one not opened yet (None), as a sentence."""
    if month is None:
        return _("not opened yet")
    if month.is_open:
        return woven(_("reports and decisions until %(at)s"), at=due(month.review_closes_at))
    if month.is_verifying:
        return woven(_("being verified, published by %(at)s"), at=due(month.publication_due_at))
    if month.is_provisional:
        return _("published, may be made final after %(at)s") % {"at": deadline(month.objections_close_at)}
    return _("final")


def list_stands(run):
    """How far the list of finance is, or one not made yet (None), as a sentence."""
    if run is None:
        return _("not made yet")
    said = {
        Run.Status.CHECKED: _("checked, waiting for its release"),
        Run.Status.COMPUTED: _("computed, being checked"),
    }
    return said.get(run.status, _("in preparation"))


def home_month(person, key):
    """The agency's month in which they are assessed; before that, of the agency they stood in last."""
    months = Month.objects.filter(year=key.year, month=key.month).select_related("agency")
    assessed = months.filter(assessments__person=person).first()
    if assessed:
        return assessed
    posting = person.posting_on(key.last_day)
    return months.filter(agency=posting.unit.agency_id).first() if posting else None
