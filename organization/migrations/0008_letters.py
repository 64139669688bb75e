"""Letters of Plt, Plh and delegates, and their branch of the view of who acts for which post."""

import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import records.reach
from records.schema import Together

HOLDERS = """
SELECT 'posting-' || posting.id AS key, posting.post_id, posting.person_id, posting.starts_on,
       LEAST(posting.ends_on, person.deactivated_on - 1) AS ends_on,
       30::smallint AS rank, 'holder'::varchar(10) AS capacity
  FROM organization_posting posting JOIN organization_user person ON person.id = posting.person_id
 WHERE person.deactivated_on IS NULL OR person.deactivated_on > posting.starts_on
"""
WITH_LETTERS = """
CREATE OR REPLACE VIEW organization_acting AS
SELECT holder.*, NULL::bigint AS letter_id FROM ({holders}) holder
 UNION ALL
SELECT 'letter-' || letter.id, letter.post_id, letter.person_id, letter.starts_on,
       LEAST(letter.ends_on, person.deactivated_on - 1),
       CASE letter.capacity WHEN 'delegate' THEN 10 WHEN 'plh' THEN 20 ELSE 40 END::smallint,
       letter.capacity, letter.id
  FROM organization_actingletter letter JOIN organization_user person ON person.id = letter.person_id
 WHERE letter.outcome = 'approved' AND letter.cancelled_at IS NULL
   AND (person.deactivated_on IS NULL OR person.deactivated_on > letter.starts_on)
"""
HOLDERS_ALONE = "DROP VIEW organization_acting; CREATE VIEW organization_acting AS {holders}"


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0007_withdrawn"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ActingLetter",
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
                                    ("withdrawn", "taken back by who asked"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "refusal_reason",
                            models.TextField(blank=True, verbose_name="reason of the refusal"),
                        ),
                        ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "capacity",
                            models.CharField(
                                choices=[("plh", "Plh"), ("plt", "Plt"), ("delegate", "delegate")],
                                max_length=10,
                                verbose_name="acts as",
                            ),
                        ),
                        (
                            "starts_on",
                            models.DateField(
                                validators=[records.reach.within_reach], verbose_name="first day"
                            ),
                        ),
                        (
                            "ends_on",
                            models.DateField(
                                validators=[records.reach.within_reach], verbose_name="last day"
                            ),
                        ),
                        ("letter", models.CharField(max_length=100, verbose_name="letter number")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="organization.post",
                                verbose_name="post",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "acting letter",
                        "ordering": ["post", "starts_on", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ActingLetterEvent",
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
                                    ("withdrawn", "taken back by who asked"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "refusal_reason",
                            models.TextField(blank=True, verbose_name="reason of the refusal"),
                        ),
                        ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "capacity",
                            models.CharField(
                                choices=[("plh", "Plh"), ("plt", "Plt"), ("delegate", "delegate")],
                                max_length=10,
                                verbose_name="acts as",
                            ),
                        ),
                        (
                            "starts_on",
                            models.DateField(
                                validators=[records.reach.within_reach], verbose_name="first day"
                            ),
                        ),
                        (
                            "ends_on",
                            models.DateField(
                                validators=[records.reach.within_reach], verbose_name="last day"
                            ),
                        ),
                        ("letter", models.CharField(max_length=100, verbose_name="letter number")),
                        (
                            "decided_by",
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
                            "person",
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
                                to="organization.actingletter",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="organization.post",
                                verbose_name="post",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LetterEnding",
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
                                    ("withdrawn", "taken back by who asked"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "refusal_reason",
                            models.TextField(blank=True, verbose_name="reason of the refusal"),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="new last day")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="endings",
                                to="organization.actingletter",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "end of an acting letter",
                        "ordering": ["pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LetterEndingEvent",
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
                                    ("withdrawn", "taken back by who asked"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "refusal_reason",
                            models.TextField(blank=True, verbose_name="reason of the refusal"),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="new last day")),
                        (
                            "decided_by",
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
                            "letter",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="organization.actingletter",
                            ),
                        ),
                        (
                            "person",
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
                                to="organization.letterending",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddConstraint(
                    model_name="actingletter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="organization_actingletter_is_of_two_people",
                        violation_error_message="Who asks for it does not decide it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="actingletter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("outcome", "waiting"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", True),
                                ("outcome", "withdrawn"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("outcome__in", ["approved", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="organization_actingletter_decided_by_somebody",
                        violation_error_message="What is decided names who decided it and when.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="actingletter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                        ),
                        name="organization_actingletter_is_refused_with_a_reason",
                        violation_error_message="A refusal has a reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="actingletter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="organization_actingletter_ends_after_it_starts",
                        violation_error_message="The last day lies before the first day.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="actingletter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requested_by", models.F("person")), _negated=True),
                            models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("person")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="organization_actingletter_is_never_about_oneself",
                        violation_error_message="Nobody asks for or decides what concerns themselves.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="actingletter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ends_on__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_on"), "+", models.Value(datetime.timedelta(days=365))
                                ),
                            )
                        ),
                        name="a_letter_runs_for_a_year_at_most",
                        violation_error_message="A letter runs for a year at most.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="actingletter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("outcome", "approved"), _connector="OR"
                        ),
                        name="only_a_letter_that_stood_is_cancelled",
                        violation_error_message="Only a letter that stood can be cancelled.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="actingletter",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("outcome__in", ["waiting", "approved"])
                        ),
                        expressions=[
                            ("post", "="),
                            ("capacity", "="),
                            (
                                models.Func(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    models.Value("[]"),
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_letter_of_a_kind_for_a_post_and_day",
                        violation_error_message="Somebody already acts for this post in this way in these days.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actingletter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_actingletterevent" ("cancelled_at", "capacity", "decided_at", "decided_by_id", "ends_on", "id", "letter", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (NEW."cancelled_at", NEW."capacity", NEW."decided_at", NEW."decided_by_id", NEW."ends_on", NEW."id", NEW."letter", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post_id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."starts_on"); RETURN NULL;',
                            hash="b9a45c36b5fbbe166272e0984f97c7a2d86fd8c2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d9596",
                            table="organization_actingletter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actingletter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "organization_actingletterevent" ("cancelled_at", "capacity", "decided_at", "decided_by_id", "ends_on", "id", "letter", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (NEW."cancelled_at", NEW."capacity", NEW."decided_at", NEW."decided_by_id", NEW."ends_on", NEW."id", NEW."letter", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post_id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."starts_on"); RETURN NULL;',
                            hash="cf61070d7bad6c76bc073223eaf4762eac343867",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_83879",
                            table="organization_actingletter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actingletter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_actingletterevent" ("cancelled_at", "capacity", "decided_at", "decided_by_id", "ends_on", "id", "letter", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (OLD."cancelled_at", OLD."capacity", OLD."decided_at", OLD."decided_by_id", OLD."ends_on", OLD."id", OLD."letter", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post_id", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id", OLD."starts_on"); RETURN NULL;',
                            hash="2306e53c67951933562bbcff1faea08dbbaf2578",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_42d7e",
                            table="organization_actingletter",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="letterending",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="organization_letterending_is_of_two_people",
                        violation_error_message="Who asks for it does not decide it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="letterending",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("outcome", "waiting"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", True),
                                ("outcome", "withdrawn"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("outcome__in", ["approved", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="organization_letterending_decided_by_somebody",
                        violation_error_message="What is decided names who decided it and when.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="letterending",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                        ),
                        name="organization_letterending_is_refused_with_a_reason",
                        violation_error_message="A refusal has a reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="letterending",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="organization_letterending_has_a_reason",
                        violation_error_message="Write the reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="letterending",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requested_by", models.F("person")), _negated=True),
                            models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("person")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="organization_letterending_is_never_about_oneself",
                        violation_error_message="Nobody asks for or decides what concerns themselves.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="letterending",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("outcome", "waiting")),
                        fields=("letter",),
                        name="one_ending_of_a_letter_waits",
                        violation_error_message="An end of it waits for a second HR person already.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letterending",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_letterendingevent" ("decided_at", "decided_by_id", "ends_on", "id", "letter_id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."ends_on", NEW."id", NEW."letter_id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id"); RETURN NULL;',
                            hash="3d098b4c698d92387ab85abed42891640fa5dc3d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4a011",
                            table="organization_letterending",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letterending",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "organization_letterendingevent" ("decided_at", "decided_by_id", "ends_on", "id", "letter_id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."ends_on", NEW."id", NEW."letter_id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id"); RETURN NULL;',
                            hash="d5fb2acaec4ac7c800c356f1f232079ada03adcc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d9d47",
                            table="organization_letterending",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letterending",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_letterendingevent" ("decided_at", "decided_by_id", "ends_on", "id", "letter_id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."ends_on", OLD."id", OLD."letter_id", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id"); RETURN NULL;',
                            hash="b92c06047b2fb8451650ee9fcaf966fc3a323d9c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_003de",
                            table="organization_letterending",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunSQL(WITH_LETTERS.format(holders=HOLDERS), HOLDERS_ALONE.format(holders=HOLDERS)),
        migrations.AddField(
            "acting",
            "letter",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="organization.actingletter",
            ),
        ),
    ]
