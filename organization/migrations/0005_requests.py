"""Sanctions are asked for by one and approved by another; what was typed wrong is cancelled by two."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import records.reach


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0004_unit_zone"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="SanctionCancellation",
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
            ],
            options={
                "verbose_name": "cancellation of a sanction",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SanctionCancellationEvent",
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
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sanction",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sanction",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sanction",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="sanction",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="sanction",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sanction",
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
            model_name="sanction",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting for a second HR person"),
                    ("approved", "approved"),
                    ("refused", "rejected"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="refusal_reason",
            field=models.TextField(blank=True, verbose_name="reason of the refusal"),
        ),
        migrations.AddField(
            model_name="sanction",
            name="requested_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="sanction",
            name="requested_by",
            field=models.ForeignKey(
                default=None,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="sanctionevent",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="sanctionevent",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sanctionevent",
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
            model_name="sanctionevent",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting for a second HR person"),
                    ("approved", "approved"),
                    ("refused", "rejected"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="sanctionevent",
            name="refusal_reason",
            field=models.TextField(blank=True, verbose_name="reason of the refusal"),
        ),
        migrations.AddField(
            model_name="sanctionevent",
            name="requested_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="sanctionevent",
            name="requested_by",
            field=models.ForeignKey(
                db_constraint=False,
                default=None,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="sanction",
            name="first_month",
            field=models.DateField(validators=[records.reach.within_reach], verbose_name="first month"),
        ),
        migrations.AlterField(
            model_name="sanction",
            name="last_month",
            field=models.DateField(validators=[records.reach.within_reach], verbose_name="last month"),
        ),
        migrations.AlterField(
            model_name="sanctionevent",
            name="first_month",
            field=models.DateField(validators=[records.reach.within_reach], verbose_name="first month"),
        ),
        migrations.AlterField(
            model_name="sanctionevent",
            name="last_month",
            field=models.DateField(validators=[records.reach.within_reach], verbose_name="last month"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sanction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organization_sanctionevent" ("cancelled_at", "decided_at", "decided_by_id", "decree", "first_month", "id", "last_month", "outcome", "percent", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal_reason", "requested_at", "requested_by_id") VALUES (NEW."cancelled_at", NEW."decided_at", NEW."decided_by_id", NEW."decree", NEW."first_month", NEW."id", NEW."last_month", NEW."outcome", NEW."percent", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id"); RETURN NULL;',
                    hash="c8c074da725e6b91f43c093ede6e8b0ab15ce5eb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2d8c6",
                    table="organization_sanction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sanction",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "organization_sanctionevent" ("cancelled_at", "decided_at", "decided_by_id", "decree", "first_month", "id", "last_month", "outcome", "percent", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal_reason", "requested_at", "requested_by_id") VALUES (NEW."cancelled_at", NEW."decided_at", NEW."decided_by_id", NEW."decree", NEW."first_month", NEW."id", NEW."last_month", NEW."outcome", NEW."percent", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id"); RETURN NULL;',
                    hash="86cbaf5cb2db12e3d5f3960d407aacaec4ebc1d5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_292a8",
                    table="organization_sanction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sanction",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organization_sanctionevent" ("cancelled_at", "decided_at", "decided_by_id", "decree", "first_month", "id", "last_month", "outcome", "percent", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal_reason", "requested_at", "requested_by_id") VALUES (OLD."cancelled_at", OLD."decided_at", OLD."decided_by_id", OLD."decree", OLD."first_month", OLD."id", OLD."last_month", OLD."outcome", OLD."percent", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id"); RETURN NULL;',
                    hash="7e0b02e565918357f76c9d5ea1fdb68295b9e8df",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_87cda",
                    table="organization_sanction",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("requested_by")), _negated=True),
                    _connector="OR",
                ),
                name="organization_sanction_is_of_two_people",
                violation_error_message="Who asks for it does not decide it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
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
                name="organization_sanction_decided_by_somebody",
                violation_error_message="What is decided names who decided it and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                    models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                ),
                name="organization_sanction_is_refused_with_a_reason",
                violation_error_message="A refusal has a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("requested_by", models.F("person")), _negated=True),
                    models.Q(
                        ("decided_by__isnull", True),
                        models.Q(("decided_by", models.F("person")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="organization_sanction_is_never_about_oneself",
                violation_error_message="Nobody asks for or decides what concerns themselves.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(("cancelled_at__isnull", True), ("outcome", "approved"), _connector="OR"),
                name="only_a_sanction_that_stood_is_cancelled",
                violation_error_message="Only a sanction that stood can be cancelled.",
            ),
        ),
        migrations.AddField(
            model_name="sanctioncancellation",
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
            model_name="sanctioncancellation",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="sanctioncancellation",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="sanctioncancellation",
            name="sanction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cancellations",
                to="organization.sanction",
            ),
        ),
        migrations.AddField(
            model_name="sanctioncancellationevent",
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
            model_name="sanctioncancellationevent",
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
            model_name="sanctioncancellationevent",
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
            model_name="sanctioncancellationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="organization.sanctioncancellation",
            ),
        ),
        migrations.AddField(
            model_name="sanctioncancellationevent",
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
            model_name="sanctioncancellationevent",
            name="sanction",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organization.sanction",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctioncancellation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("requested_by")), _negated=True),
                    _connector="OR",
                ),
                name="organization_sanctioncancellation_is_of_two_people",
                violation_error_message="Who asks for it does not decide it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctioncancellation",
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
                name="organization_sanctioncancellation_decided_by_somebody",
                violation_error_message="What is decided names who decided it and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctioncancellation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                    models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                ),
                name="organization_sanctioncancellation_is_refused_with_a_reason",
                violation_error_message="A refusal has a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctioncancellation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="organization_sanctioncancellation_has_a_reason",
                violation_error_message="Write the reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctioncancellation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("requested_by", models.F("person")), _negated=True),
                    models.Q(
                        ("decided_by__isnull", True),
                        models.Q(("decided_by", models.F("person")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="organization_sanctioncancellation_is_never_about_oneself",
                violation_error_message="Nobody asks for or decides what concerns themselves.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctioncancellation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "waiting")),
                fields=("sanction",),
                name="one_cancellation_of_a_sanction_waits",
                violation_error_message="Its cancellation has been asked for already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sanctioncancellation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organization_sanctioncancellationevent" ("decided_at", "decided_by_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id", "sanction_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."sanction_id"); RETURN NULL;',
                    hash="ce460afdeeb47f65de29f74a8435dfd04a4b9387",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_11940",
                    table="organization_sanctioncancellation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sanctioncancellation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "organization_sanctioncancellationevent" ("decided_at", "decided_by_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id", "sanction_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."sanction_id"); RETURN NULL;',
                    hash="f938d13b58006fba40532b2e719ca37af6566877",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_85e4d",
                    table="organization_sanctioncancellation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sanctioncancellation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organization_sanctioncancellationevent" ("decided_at", "decided_by_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id", "sanction_id") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id", OLD."sanction_id"); RETURN NULL;',
                    hash="6c8bfffdc307fa68bc896fc55637fab442814e22",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4720b",
                    table="organization_sanctioncancellation",
                    when="AFTER",
                ),
            ),
        ),
    ]
