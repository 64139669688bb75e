"""Tables made in one step: nothing that a migration asks for is dropped in silence."""

import pytest
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from records.schema import Together

TABLE = migrations.CreateModel("Note", [("id", models.AutoField(primary_key=True))])


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        (migrations.RunPython(migrations.RunPython.noop), "RunPython"),
        (migrations.RunSQL("SELECT 1"), "RunSQL"),
        (TrigramExtension(), "TrigramExtension"),
        (migrations.SeparateDatabaseAndState(), "SeparateDatabaseAndState"),
        (migrations.RemoveField("note", "id"), "RemoveField"),
        (migrations.DeleteModel("Note"), "DeleteModel"),
    ],
)
def test_what_is_not_part_of_a_tables_final_form_is_refused_by_name(operation, name):
    with pytest.raises(TypeError, match=f"^{name} is not made together with the tables.$"):
        Together([TABLE, operation])


def test_a_table_with_its_constraints_is_taken():
    constraint = migrations.AddConstraint("note", models.UniqueConstraint(fields=["id"], name="one_note"))

    assert Together([TABLE, constraint]).operations == [TABLE, constraint]
