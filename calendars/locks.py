"""Locks that the database holds on every path: forms, admin, imports, jobs and SQL alike.

A refusal carries the code of a check violation and one of these names, which pages turn into a sentence.
"""

import pgtrigger

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


def insert_only_while_open(month="{row}.month_id"):
    """Refuse to add a row to a month that is no longer OPEN."""
    return pgtrigger.Trigger(
        name="month_is_closed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"IF {STATE.format(month=month.format(row='NEW'))} <> 'open' "
        f"THEN {_refuse('month_is_closed')} END IF; RETURN NEW;",
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
