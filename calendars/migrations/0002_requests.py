"""Leave and holidays that were typed wrong are cancelled or ended by two people; a longest stay."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import records.reach


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0001_initial"),
        ("organization", "0005_requests"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HolidayCancellation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for a second HR person"),
                            ("approved", "approved"),
                            ("refused", "rejected"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("refusal_reason", models.TextField(blank=True, verbose_name="reason of the refusal")),
                ("reason", models.TextField(verbose_name="reason")),
                ("holiday_version", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "cancellation of a holiday",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HolidayCancellationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("requested_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for a second HR person"),
                            ("approved", "approved"),
                            ("refused", "rejected"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("refusal_reason", models.TextField(blank=True, verbose_name="reason of the refusal")),
                ("reason", models.TextField(verbose_name="reason")),
                ("holiday_version", models.PositiveIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LeaveChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for a second HR person"),
                            ("approved", "approved"),
                            ("refused", "rejected"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("refusal_reason", models.TextField(blank=True, verbose_name="reason of the refusal")),
                ("reason", models.TextField(verbose_name="reason")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="new last day")),
            ],
            options={
                "verbose_name": "change of leave",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LeaveChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("requested_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for a second HR person"),
                            ("approved", "approved"),
                            ("refused", "rejected"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("refusal_reason", models.TextField(blank=True, verbose_name="reason of the refusal")),
                ("reason", models.TextField(verbose_name="reason")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="new last day")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="holiday",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="holiday",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="holiday",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="leave",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="leave",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="leave",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="leavetype",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="leavetype",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="leavetype",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="holiday",
            name="one_holiday_a_day_and_office",
        ),
        migrations.RemoveConstraint(
            model_name="leave",
            name="leaves_of_a_person_do_not_overlap",
        ),
        migrations.AddField(
            model_name="holiday",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="holidayevent",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="leave",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="leaveevent",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="leavetype",
            name="longest_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Of a longer one the form asks once more; empty means without limit.",
                null=True,
                verbose_name="longest stay in days",
            ),
        ),
        migrations.AddField(
            model_name="leavetypeevent",
            name="longest_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Of a longer one the form asks once more; empty means without limit.",
                null=True,
                verbose_name="longest stay in days",
            ),
        ),
        migrations.AlterField(
            model_name="holiday",
            name="date",
            field=models.DateField(validators=[records.reach.within_reach], verbose_name="date"),
        ),
        migrations.AlterField(
            model_name="holidayevent",
            name="date",
            field=models.DateField(validators=[records.reach.within_reach], verbose_name="date"),
        ),
        migrations.AlterField(
            model_name="leave",
            name="ends_on",
            field=models.DateField(validators=[records.reach.within_reach], verbose_name="last day"),
        ),
        migrations.AlterField(
            model_name="leave",
            name="starts_on",
            field=models.DateField(validators=[records.reach.within_reach], verbose_name="first day"),
        ),
        migrations.AlterField(
            model_name="leaveevent",
            name="ends_on",
            field=models.DateField(validators=[records.reach.within_reach], verbose_name="last day"),
        ),
        migrations.AlterField(
            model_name="leaveevent",
            name="starts_on",
            field=models.DateField(validators=[records.reach.within_reach], verbose_name="first day"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holiday",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "calendars_holidayevent" ("cancelled_at", "date", "decree", "id", "kind", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (NEW."cancelled_at", NEW."date", NEW."decree", NEW."id", NEW."kind", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="21c78f5710e4368abdc33daae15eec16da8eca9d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4a2da",
                    table="calendars_holiday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holiday",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "calendars_holidayevent" ("cancelled_at", "date", "decree", "id", "kind", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (NEW."cancelled_at", NEW."date", NEW."decree", NEW."id", NEW."kind", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="2727ea0faed484babbf7420c7469f274061c8a5d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c8398",
                    table="calendars_holiday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holiday",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "calendars_holidayevent" ("cancelled_at", "date", "decree", "id", "kind", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (OLD."cancelled_at", OLD."date", OLD."decree", OLD."id", OLD."kind", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit_id", OLD."version"); RETURN NULL;',
                    hash="61800e4876cc5ea2b6d16fbb253bb9968f2a9ff4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_abe2b",
                    table="calendars_holiday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leave",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "calendars_leaveevent" ("cancelled_at", "code", "ends_on", "half", "id", "letter", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."cancelled_at", NEW."code", NEW."ends_on", NEW."half", NEW."id", NEW."letter", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="f7b942424333d82017ca79442cee588b9b1fb1df",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_633e8",
                    table="calendars_leave",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leave",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "calendars_leaveevent" ("cancelled_at", "code", "ends_on", "half", "id", "letter", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."cancelled_at", NEW."code", NEW."ends_on", NEW."half", NEW."id", NEW."letter", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="96fc321095b1c0169129f0a1a3c67707e143f332",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5c3aa",
                    table="calendars_leave",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leave",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "calendars_leaveevent" ("cancelled_at", "code", "ends_on", "half", "id", "letter", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (OLD."cancelled_at", OLD."code", OLD."ends_on", OLD."half", OLD."id", OLD."letter", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on"); RETURN NULL;',
                    hash="d9f9a5fb6ba628e13bd36ce365ec0f62d5557fd3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6d35b",
                    table="calendars_leave",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leavetype",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "calendars_leavetypeevent" ("approved_at", "approved_by_id", "article", "decree", "drafted_by_id", "excuses_report", "id", "longest_days", "name", "name_en", "pay_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reduces_target", "scope", "status", "valid_from") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."article", NEW."decree", NEW."drafted_by_id", NEW."excuses_report", NEW."id", NEW."longest_days", NEW."name", NEW."name_en", NEW."pay_percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."reduces_target", NEW."scope", NEW."status", NEW."valid_from"); RETURN NULL;',
                    hash="3c277a2bae7e9707e84d1e4455da34373b673af8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_651f4",
                    table="calendars_leavetype",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leavetype",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "calendars_leavetypeevent" ("approved_at", "approved_by_id", "article", "decree", "drafted_by_id", "excuses_report", "id", "longest_days", "name", "name_en", "pay_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reduces_target", "scope", "status", "valid_from") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."article", NEW."decree", NEW."drafted_by_id", NEW."excuses_report", NEW."id", NEW."longest_days", NEW."name", NEW."name_en", NEW."pay_percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."reduces_target", NEW."scope", NEW."status", NEW."valid_from"); RETURN NULL;',
                    hash="860a99a618d8374946bcfd827fa5c5f72f0dbd9f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a9357",
                    table="calendars_leavetype",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leavetype",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "calendars_leavetypeevent" ("approved_at", "approved_by_id", "article", "decree", "drafted_by_id", "excuses_report", "id", "longest_days", "name", "name_en", "pay_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reduces_target", "scope", "status", "valid_from") VALUES (OLD."approved_at", OLD."approved_by_id", OLD."article", OLD."decree", OLD."drafted_by_id", OLD."excuses_report", OLD."id", OLD."longest_days", OLD."name", OLD."name_en", OLD."pay_percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."reduces_target", OLD."scope", OLD."status", OLD."valid_from"); RETURN NULL;',
                    hash="c7ab67228aa5cd2285d7d37f13b0e135eec1b6ba",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_76cd6",
                    table="calendars_leavetype",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="holiday",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at__isnull", True)),
                fields=("date", "unit"),
                name="one_holiday_a_day_and_office",
                nulls_distinct=False,
                violation_error_message="This day is already a holiday.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("cancelled_at__isnull", True)),
                expressions=[
                    ("person", "="),
                    (
                        models.Func(
                            models.Func(
                                models.F("starts_on"),
                                models.Case(
                                    models.When(half="pm", then=models.Value(1)), default=models.Value(0)
                                ),
                                arg_joiner=" - DATE '2000-01-01') * 2 + (",
                                output_field=models.IntegerField(),
                                template="((%(expressions)s))",
                            ),
                            models.Func(
                                models.F("ends_on"),
                                models.Case(
                                    models.When(half="am", then=models.Value(0)), default=models.Value(1)
                                ),
                                arg_joiner=" - DATE '2000-01-01') * 2 + (",
                                output_field=models.IntegerField(),
                                template="((%(expressions)s))",
                            ),
                            models.Value("[]"),
                            function="int4range",
                            output_field=django.contrib.postgres.fields.ranges.IntegerRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="leaves_of_a_person_do_not_overlap",
                violation_error_message="This person already has leave in these days.",
            ),
        ),
        migrations.AddField(
            model_name="holidaycancellation",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="holidaycancellation",
            name="holiday",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cancellations",
                to="calendars.holiday",
            ),
        ),
        migrations.AddField(
            model_name="holidaycancellation",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="holidaycancellationevent",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="holidaycancellationevent",
            name="holiday",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="calendars.holiday",
            ),
        ),
        migrations.AddField(
            model_name="holidaycancellationevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="holidaycancellationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="calendars.holidaycancellation",
            ),
        ),
        migrations.AddField(
            model_name="holidaycancellationevent",
            name="requested_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="leavechange",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="leavechange",
            name="leave",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="calendars.leave"
            ),
        ),
        migrations.AddField(
            model_name="leavechange",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="leavechange",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="leavechangeevent",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="leavechangeevent",
            name="leave",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="calendars.leave",
            ),
        ),
        migrations.AddField(
            model_name="leavechangeevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="leavechangeevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="leavechangeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="calendars.leavechange",
            ),
        ),
        migrations.AddField(
            model_name="leavechangeevent",
            name="requested_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="holidaycancellation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("requested_by")), _negated=True),
                    _connector="OR",
                ),
                name="calendars_holidaycancellation_is_of_two_people",
                violation_error_message="Who asks for it does not decide it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="holidaycancellation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True), ("decided_by__isnull", True), ("outcome", "waiting")
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("outcome__in", ["approved", "refused"]),
                    ),
                    _connector="OR",
                ),
                name="calendars_holidaycancellation_decided_by_somebody",
                violation_error_message="What is decided names who decided it and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="holidaycancellation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                    models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                ),
                name="calendars_holidaycancellation_is_refused_with_a_reason",
                violation_error_message="A refusal has a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="holidaycancellation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="calendars_holidaycancellation_has_a_reason",
                violation_error_message="Write the reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="holidaycancellation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "waiting")),
                fields=("holiday",),
                name="one_cancellation_of_a_holiday_waits",
                violation_error_message="Its cancellation has been asked for already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holidaycancellation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "calendars_holidaycancellationevent" ("decided_at", "decided_by_id", "holiday_id", "holiday_version", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."holiday_id", NEW."holiday_version", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id"); RETURN NULL;',
                    hash="a5f00478f54481db4cca0f2148cf65bee39df4d5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_967a3",
                    table="calendars_holidaycancellation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holidaycancellation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "calendars_holidaycancellationevent" ("decided_at", "decided_by_id", "holiday_id", "holiday_version", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."holiday_id", NEW."holiday_version", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id"); RETURN NULL;',
                    hash="6a0f79958e04b4452c9a72426ab104ed2a5fb6c4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_927c0",
                    table="calendars_holidaycancellation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holidaycancellation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "calendars_holidaycancellationevent" ("decided_at", "decided_by_id", "holiday_id", "holiday_version", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."holiday_id", OLD."holiday_version", OLD."id", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id"); RETURN NULL;',
                    hash="c72e42c4f72aadf0a1b3ae4e43277130725d00a6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0d6fc",
                    table="calendars_holidaycancellation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="leavechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("requested_by")), _negated=True),
                    _connector="OR",
                ),
                name="calendars_leavechange_is_of_two_people",
                violation_error_message="Who asks for it does not decide it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leavechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True), ("decided_by__isnull", True), ("outcome", "waiting")
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("outcome__in", ["approved", "refused"]),
                    ),
                    _connector="OR",
                ),
                name="calendars_leavechange_decided_by_somebody",
                violation_error_message="What is decided names who decided it and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leavechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                    models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                ),
                name="calendars_leavechange_is_refused_with_a_reason",
                violation_error_message="A refusal has a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leavechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="calendars_leavechange_has_a_reason",
                violation_error_message="Write the reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leavechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("requested_by", models.F("person")), _negated=True),
                    models.Q(
                        ("decided_by__isnull", True),
                        models.Q(("decided_by", models.F("person")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="calendars_leavechange_is_never_about_oneself",
                violation_error_message="Nobody asks for or decides what concerns themselves.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leavechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "waiting")),
                fields=("leave",),
                name="one_change_of_a_leave_waits",
                violation_error_message="A change of it waits for a second HR person already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leavechange",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "calendars_leavechangeevent" ("decided_at", "decided_by_id", "ends_on", "id", "leave_id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."ends_on", NEW."id", NEW."leave_id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id"); RETURN NULL;',
                    hash="a5bdd9cee1dd010e9a48d22bc2c0df831f577fab",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_efe50",
                    table="calendars_leavechange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leavechange",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "calendars_leavechangeevent" ("decided_at", "decided_by_id", "ends_on", "id", "leave_id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."ends_on", NEW."id", NEW."leave_id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id"); RETURN NULL;',
                    hash="c9829e21a41874dd8ad73d164a9675a30e1129bf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ef900",
                    table="calendars_leavechange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leavechange",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "calendars_leavechangeevent" ("decided_at", "decided_by_id", "ends_on", "id", "leave_id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."ends_on", OLD."id", OLD."leave_id", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id"); RETURN NULL;',
                    hash="15620d678c3fd353db2f915f47c023ac2c1dd7b4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c594a",
                    table="calendars_leavechange",
                    when="AFTER",
                ),
            ),
        ),
    ]
