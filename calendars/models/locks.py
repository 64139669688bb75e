"""Locks that the database holds on every path: forms, admin, imports, jobs and SQL alike.

A refusal carries the code of a check violation and one of these names, which pages turn into a sentence.
"""

import pgtrigger
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "month_is_final": _("This month is final: nothing in it can be changed any more."),
    "month_is_closed": _("This month is closed for reports: nothing can be added to it any more."),
    "day_of_another_month": _("A day is counted in its own month and in no other."),
}
WRITE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
STATE = "(SELECT status FROM calendars_month WHERE id = {month} FOR SHARE)"
RETURN_ROW = "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"


def _refuse(message):
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';"


def lock_when_final(month="{row}.month_id"):
    """Refuse to write a row whose month is FINAL. `month` is SQL for the month's id of `{row}`."""
    old, new = (STATE.format(month=month.format(row=row)) for row in ("OLD", "NEW"))
    return pgtrigger.Trigger(
        name="month_is_final",
        when=pgtrigger.Before,
        operation=WRITE,
        func=f"""
            IF TG_OP <> 'INSERT' THEN
                IF {old} = 'final' THEN {_refuse("month_is_final")} END IF;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                IF {new} = 'final' THEN {_refuse("month_is_final")} END IF;
            END IF;
            {RETURN_ROW}
        """,
    )


def only_in_its_open_month(day):
    """Refuse a row whose date `day` lies in another month, and one that enters a month no longer OPEN."""
    return pgtrigger.Trigger(
        name="stands_in_its_open_month",  # asked after month_is_final, for triggers run by name
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("found", "calendars_month")],
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                IF (OLD.month_id, OLD.{day}) = (NEW.month_id, NEW.{day}) THEN RETURN NEW; END IF;
            END IF;
            SELECT * INTO found FROM calendars_month WHERE id = NEW.month_id FOR SHARE;
            IF found.status <> 'open' THEN {_refuse("month_is_closed")} END IF;
            IF make_date(found.year, found.month, 1) <> date_trunc('month', NEW.{day})::date THEN
                {_refuse("day_of_another_month")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 (names of columns)
    )


def never_back():
    """A month never goes back, is never changed once FINAL, and is never deleted."""
    rank = "array_position(ARRAY['open', 'verifying', 'published', 'final'], {row}.status::text)"
    was, now = rank.format(row="OLD"), rank.format(row="NEW")
    return [
        pgtrigger.Trigger(
            name="month_never_goes_back",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=f"""
                IF TG_OP = 'DELETE' OR OLD.status = 'final' THEN {_refuse("month_is_final")} END IF;
                IF {now} < {was} THEN {_refuse("month_is_final")} END IF;
                RETURN NEW;
            """,
        )
    ]
