"""Builders for approvals: the review rule, decisions by the real method, and its pages at a moment."""

import re
from datetime import date, timedelta
from html import unescape

import time_machine
from django.urls import reverse

from approvals.models import Decision, ReviewRule
from calendars.weeks import Week
from tests import factories, factories_activities

MONDAY = date(2026, 3, 9)
WEEK = Week.of(MONDAY)
NEXT_MONDAY = factories.at(2026, 3, 16)
AFTER_CLOSE = factories.at(2026, 4, 8)
REASON = "Keterangan belum sesuai bukti."


def review_rule(**fields):
    """Due on the 3rd working day, with the next superior from the 4th, from 2025 on."""
    return factories.signed(ReviewRule, **fields)


def city():
    """factories_activities.city() with a review rule in force."""
    names = factories_activities.city()
    review_rule()
    return names


def week_of(who, *, monday=MONDAY, rows=5, minutes=260, **fields):
    """One reported activity of `who` on each of the first `rows` days of a week."""
    days = [monday + timedelta(days=n) for n in range(rows)]
    return [factories_activities.activity(who, day, minutes=minutes, **fields) for day in days]


def decide(activity, by, verdict="approved", *, at=NEXT_MONDAY, **terms):
    """Decide by the real method, on the version stored now; the activity is as it is afterwards."""
    activity.refresh_from_db()
    if verdict != "approved" or "minutes" in terms:
        terms.setdefault("reason", REASON)
    decision = Decision.objects.record(
        activity, verdict=verdict, version=activity.version, by=by, at=at, **terms
    )
    activity.refresh_from_db()
    return decision


def page(client, who, name, *args, at=NEXT_MONDAY, query="", **headers):
    """GET a page of approvals as `who`, at a moment."""
    with time_machine.travel(at, tick=False):
        client.force_login(who)
        return client.get(reverse(f"approvals:{name}", args=args) + query, **headers)


def send(client, who, name, *args, at=NEXT_MONDAY, htmx=False, **data):
    """POST to approvals as `who`, at a moment; with `htmx`, as a part of a page."""
    headers = {"HX-Request": "true"} if htmx else {}
    with time_machine.travel(at, tick=False):
        client.force_login(who)
        return client.post(reverse(f"approvals:{name}", args=args), data, headers=headers)


def words(answer):
    """What a page says, without its markup, spaces as one."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
