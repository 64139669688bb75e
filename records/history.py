"""History by database triggers: edited tables keep every version, added-only tables refuse change."""

import pghistory
import pgtrigger


def tracked(*, exclude=()):
    """Decorate a model so that each insert, update and delete leaves an event row, by whatever path."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(exclude)
    )


def append_only():
    """Triggers for a table whose rows are their own history: never updated, never deleted.

    The database answers `append_only` with the code of a check violation, which a page turns into a sentence.
    """
    return [refusal("append_only", pgtrigger.Update | pgtrigger.Delete)]


def refusal(name, operation):
    """A trigger that refuses `operation` on every row; its name is the message."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=f"RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation';",
    )
