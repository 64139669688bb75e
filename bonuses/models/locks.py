"""What the database refuses of a run on every path, also by SQL. Source: domain.md, section 7; case D110.

Lines come while their share is being computed and at no other time; a released run is closed.
"""

import pgtrigger

from bonuses.models.statuses import SHOWN


def _refuse(message):
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';"


def only_while_computed():
    """Refuse rows for a share that is not being computed. The share is held: its run cannot finish."""
    return pgtrigger.Trigger(
        name="list_is_closed",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="added"),
        func=f"""
            PERFORM 1 FROM bonuses_share WHERE id IN (SELECT share_id FROM added) ORDER BY id FOR SHARE;
            IF EXISTS (
                SELECT 1 FROM bonuses_share share JOIN bonuses_run run ON run.id = share.run_id
                 WHERE share.id IN (SELECT share_id FROM added)
                   AND (run.status <> 'requested' OR share.computed_at IS NOT NULL OR NOT share.is_live)
            ) THEN {_refuse("list_is_closed")} END IF;
            RETURN NULL;
        """,  # noqa: S608 (constant parts only)
    )


def only_along(transitions):
    """Refuse every move that the table of the model does not hold, a change of a closed run, and removal."""
    moves = ", ".join(f"('{was}', '{now}')" for was, goes in transitions.items() for now in sorted(goes))
    closed = ", ".join(f"'{status}'" for status in (*SHOWN, "cancelled"))
    return pgtrigger.Trigger(
        name="list_goes_its_way",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'DELETE' THEN {_refuse("list_is_closed")} END IF;
            IF OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN ({moves}) THEN
                {_refuse("list_is_closed")}
            END IF;
            IF OLD.status IN ({closed})
               AND to_jsonb(OLD) - 'status' - 'version' <> to_jsonb(NEW) - 'status' - 'version' THEN
                {_refuse("list_is_closed")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 (constant parts only)
    )


def held_by_its_run():
    """Refuse to change, move or let go a share but by its run: let go when cancelled, then never."""
    released = ", ".join(f"'{status}'" for status in SHOWN)
    return pgtrigger.Trigger(
        name="share_stays_with_its_run",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("stands", "text")],
        func=f"""
            IF TG_OP = 'DELETE' THEN {_refuse("list_is_closed")} END IF;
            SELECT status INTO stands FROM bonuses_run WHERE id = NEW.run_id;
            IF TG_OP = 'INSERT' THEN
                IF stands <> 'draft' THEN {_refuse("list_is_closed")} END IF;
                RETURN NEW;
            END IF;
            IF (OLD.run_id, OLD.month_id) <> (NEW.run_id, NEW.month_id) OR stands IN ({released}) THEN
                {_refuse("list_is_closed")}
            END IF;
            IF OLD.is_live <> NEW.is_live AND (NEW.is_live OR stands <> 'cancelled') THEN
                {_refuse("list_is_closed")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 (constant parts only)
    )
