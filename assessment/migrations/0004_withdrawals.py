import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

IN_FORCE = """
CREATE VIEW assessment_in_force AS
SELECT verdict.id AS verdict_id, verdict.drawn_row_id
  FROM assessment_verdict verdict
 WHERE NOT EXISTS (SELECT 1 FROM assessment_withdrawal taken WHERE taken.verdict_id = verdict.id)
"""


class Migration(migrations.Migration):
    """A drawn row may hold several verdicts, of which all but the last were withdrawn."""

    dependencies = [
        ("assessment", "0003_reasons_not_assessed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verdict",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="assessment.verdict",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AlterField(
            model_name="verdict",
            name="drawn_row",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="assessment.drawnrow"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="one_verdict_in_force",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM 1 FROM assessment_drawnrow WHERE id = NEW.drawn_row_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM assessment_verdict verdict\n         WHERE verdict.drawn_row_id = NEW.drawn_row_id\n           AND NOT EXISTS (SELECT 1 FROM assessment_withdrawal taken WHERE taken.verdict_id = verdict.id)\n    ) THEN RAISE EXCEPTION 'one_verdict_in_force' USING ERRCODE = 'check_violation'; END IF;\n    RETURN NEW;\n",
                    hash="bb09a0d36b33968f2e6c09d991837ffcef9f69d8",
                    operation="INSERT",
                    pgid="pgtrigger_one_verdict_in_force_2fee2",
                    table="assessment_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'append_only' USING ERRCODE = 'check_violation';",
                    hash="73ea81be1e81394f4f2e69fb8314bd769f164afa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c1f7a",
                    table="assessment_withdrawal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="withdrawn_by_another",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (SELECT 1 FROM assessment_verdict WHERE id = NEW.verdict_id AND by_id = NEW.by_id)\n    THEN RAISE EXCEPTION 'withdrawn_by_another' USING ERRCODE = 'check_violation'; END IF;\n    RETURN NEW;\n",
                    hash="3dd834d23741e325ed3a82012bb6b008ac814705",
                    operation="INSERT",
                    pgid="pgtrigger_withdrawn_by_another_05fa4",
                    table="assessment_withdrawal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="withdrawn_too_late",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (\n    SELECT month.status FROM assessment_verdict verdict\n      JOIN assessment_drawnrow drawn ON drawn.id = verdict.drawn_row_id\n      JOIN assessment_draw draw ON draw.id = drawn.draw_id\n      JOIN calendars_month month ON month.id = draw.month_id\n     WHERE verdict.id = NEW.verdict_id FOR SHARE OF month\n) <> 'verifying'\n    THEN RAISE EXCEPTION 'withdrawn_too_late' USING ERRCODE = 'check_violation'; END IF;\n    RETURN NEW;\n",
                    hash="1a72bc745145b16819164bc226fb92bfd0e4547b",
                    operation="INSERT",
                    pgid="pgtrigger_withdrawn_too_late_20017",
                    table="assessment_withdrawal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(IN_FORCE, "DROP VIEW assessment_in_force"),
        migrations.CreateModel(
            name="VerdictInForce",
            fields=[
                (
                    "verdict",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="in_force",
                        serialize=False,
                        to="assessment.verdict",
                    ),
                ),
                (
                    "drawn_row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="in_force",
                        to="assessment.drawnrow",
                    ),
                ),
            ],
            options={
                "db_table": "assessment_in_force",
                "managed": False,
            },
        ),
    ]
