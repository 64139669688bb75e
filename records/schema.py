"""The first tables of an app, made in one step.

Django renders the models of all apps anew after each operation of a migration. With a history table for
every table that took half a minute on an empty database; in one operation it takes a second or two.
"""

from django.db.migrations import operations as known
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger

# What is part of the final form of a table that is made whole.
TAKEN = (
    known.CreateModel,
    known.AddField,
    known.AddConstraint,
    known.AddIndex,
    known.AlterUniqueTogether,
    known.AlterModelOptions,
    known.AlterModelManagers,
    AddTrigger,
)


class Together(Operation):
    """The operations of an initial migration, taken as one: every table is made in its final form.

    `operations` are those that `makemigrations` wrote. They describe the state; in the database each
    created model is made with all its columns, constraints, indexes and triggers.

    Raises TypeError for any other operation (RunPython, RunSQL, an extension): it would be dropped in
    silence. Such a one stands beside it in the list of the migration.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, operations):
        for operation in operations:
            if type(operation) not in TAKEN:
                raise TypeError(f"{type(operation).__name__} is not made together with the tables.")
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # rendered again once, when somebody asks for it
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self._models(app_label, to_state):
            schema_editor.create_model(model)
        for model in self._models(app_label, to_state):
            for trigger in getattr(model._meta, "triggers", ()):
                schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self._models(app_label, from_state)):
            schema_editor.delete_model(model)

    def describe(self):
        return "Create the tables of the app"

    def _models(self, app_label, state):
        made = [operation.name for operation in self.operations if hasattr(operation, "bases")]
        models = [state.apps.get_model(app_label, name) for name in made]
        return [model for model in models if model._meta.managed and not model._meta.proxy]
