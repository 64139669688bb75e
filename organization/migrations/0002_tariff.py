"""Tariffs come from bonuses: what cuts the segments of a month reads them."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from records.schema import Together


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Tariff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "scope",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="scope"),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("decree", models.CharField(max_length=200, verbose_name="decree")),
                        ("article", models.CharField(blank=True, max_length=60, verbose_name="article")),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "draft"), ("approved", "approved")],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("ceiling_rupiah", models.BigIntegerField(verbose_name="ceiling in rupiah a month")),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tariff",
                        "verbose_name_plural": "tariffs",
                        "ordering": ["scope", "-valid_from", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TariffEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "scope",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="scope"),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("decree", models.CharField(max_length=200, verbose_name="decree")),
                        ("article", models.CharField(blank=True, max_length=60, verbose_name="article")),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "draft"), ("approved", "approved")],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("ceiling_rupiah", models.BigIntegerField(verbose_name="ceiling in rupiah a month")),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="organization.tariff",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddConstraint(
                    model_name="tariff",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="organization_tariff_drafter_is_not_approver",
                        violation_error_message="Who drafted a rule cannot approve it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tariff",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("status", "approved"),
                            ),
                            models.Q(
                                ("approved_at__isnull", True),
                                ("approved_by__isnull", True),
                                ("status", "draft"),
                            ),
                            _connector="OR",
                        ),
                        name="organization_tariff_approved_by_somebody",
                        violation_error_message="An approved rule names who approved it and when.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tariff",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "approved")),
                        fields=("scope", "valid_from"),
                        name="organization_tariff_one_approved_a_day",
                        violation_error_message="A rule of this scope is already approved from that day.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tariff",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ceiling_rupiah__gt", 0)),
                        name="tariff_is_above_zero",
                        violation_error_message="A ceiling is more than Rp0.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tariff",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("scope__regex", "^([1-9]|1[0-7])$")),
                        name="tariff_is_of_a_job_class",
                        violation_error_message="A tariff is of a job class from 1 to 17.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tariff",
                    trigger=pgtrigger.compiler.Trigger(
                        name="approved_rule_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.status = 'approved')",
                            func="\n                IF TG_OP = 'UPDATE' THEN IF OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF; END IF;\n                RAISE EXCEPTION 'append_only' USING ERRCODE = 'check_violation';\n            ",
                            hash="c72f43afbf9351181c2a8598a3fd010776bcd220",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_approved_rule_stays_fc7a5",
                            table="organization_tariff",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tariff",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_tariffevent" ("approved_at", "approved_by_id", "article", "ceiling_rupiah", "decree", "drafted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "scope", "status", "valid_from") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."article", NEW."ceiling_rupiah", NEW."decree", NEW."drafted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."scope", NEW."status", NEW."valid_from"); RETURN NULL;',
                            hash="dc0b7a216bc5eb29d7b5e8d0344028cd1563634e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8b4b5",
                            table="organization_tariff",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tariff",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "organization_tariffevent" ("approved_at", "approved_by_id", "article", "ceiling_rupiah", "decree", "drafted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "scope", "status", "valid_from") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."article", NEW."ceiling_rupiah", NEW."decree", NEW."drafted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."scope", NEW."status", NEW."valid_from"); RETURN NULL;',
                            hash="96c53675e20637c8232df5360b4e41d9b8c46bf3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f008d",
                            table="organization_tariff",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tariff",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_tariffevent" ("approved_at", "approved_by_id", "article", "ceiling_rupiah", "decree", "drafted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "scope", "status", "valid_from") VALUES (OLD."approved_at", OLD."approved_by_id", OLD."article", OLD."ceiling_rupiah", OLD."decree", OLD."drafted_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."scope", OLD."status", OLD."valid_from"); RETURN NULL;',
                            hash="6d74639887187fff38c325ee18bec880a9a09276",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4ac80",
                            table="organization_tariff",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
