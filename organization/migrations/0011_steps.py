"""What happens to a person by decree: join, transfer, promotion, end; and the history of ranks."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import records.reach
from records.schema import Together


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0010_posts_of_nobody"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Joining",
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
                        ("decree", models.CharField(max_length=200, verbose_name="decree")),
                        (
                            "nip",
                            records.typed.TypedLine(
                                max_length=18,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{14}[12][0-9]{3}$", "A NIP has 18 digits; the 15th is 1 or 2."
                                    )
                                ],
                                verbose_name="NIP",
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("PNS", "PNS"),
                                    ("CPNS", "CPNS (probation)"),
                                    ("PPPK", "PPPK"),
                                    ("NON_ASN", "non-ASN"),
                                ],
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "starts_on",
                            models.DateField(
                                validators=[records.reach.within_reach], verbose_name="first day"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "new employee",
                        "ordering": ["pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="JoiningEvent",
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
                        ("decree", models.CharField(max_length=200, verbose_name="decree")),
                        (
                            "nip",
                            records.typed.TypedLine(
                                max_length=18,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{14}[12][0-9]{3}$", "A NIP has 18 digits; the 15th is 1 or 2."
                                    )
                                ],
                                verbose_name="NIP",
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("PNS", "PNS"),
                                    ("CPNS", "CPNS (probation)"),
                                    ("PPPK", "PPPK"),
                                    ("NON_ASN", "non-ASN"),
                                ],
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "starts_on",
                            models.DateField(
                                validators=[records.reach.within_reach], verbose_name="first day"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Leaving",
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
                        ("decree", models.CharField(max_length=200, verbose_name="decree")),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("death", "death"),
                                    ("retirement", "retirement"),
                                    ("state_leave", "leave of absence from the state"),
                                    ("dismissal", "dismissal"),
                                    ("moved_away", "move to another government"),
                                ],
                                max_length=12,
                                verbose_name="cause",
                            ),
                        ),
                        (
                            "last_day",
                            models.DateField(
                                help_text="The day of death is one.",
                                validators=[records.reach.within_reach],
                                verbose_name="last day of service",
                            ),
                        ),
                        ("posting_ended_on", models.DateField(editable=False, null=True)),
                        ("status_ended_on", models.DateField(editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "end of service",
                        "ordering": ["pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LeavingCancellation",
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
                    ],
                    options={
                        "verbose_name": "cancellation of an end of service",
                        "ordering": ["pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LeavingCancellationEvent",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LeavingEvent",
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
                        ("decree", models.CharField(max_length=200, verbose_name="decree")),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("death", "death"),
                                    ("retirement", "retirement"),
                                    ("state_leave", "leave of absence from the state"),
                                    ("dismissal", "dismissal"),
                                    ("moved_away", "move to another government"),
                                ],
                                max_length=12,
                                verbose_name="cause",
                            ),
                        ),
                        (
                            "last_day",
                            models.DateField(
                                help_text="The day of death is one.",
                                validators=[records.reach.within_reach],
                                verbose_name="last day of service",
                            ),
                        ),
                        ("posting_ended_on", models.DateField(editable=False, null=True)),
                        ("status_ended_on", models.DateField(editable=False, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Promotion",
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
                        ("decree", models.CharField(max_length=200, verbose_name="decree")),
                        (
                            "starts_on",
                            models.DateField(
                                validators=[records.reach.within_reach], verbose_name="first day"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "promotion",
                        "ordering": ["pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PromotionEvent",
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
                        ("decree", models.CharField(max_length=200, verbose_name="decree")),
                        (
                            "starts_on",
                            models.DateField(
                                validators=[records.reach.within_reach], verbose_name="first day"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RankHoldingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("starts_on", models.DateField(verbose_name="first day")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
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
                        ("decree", models.CharField(max_length=200, verbose_name="decree")),
                        (
                            "starts_on",
                            models.DateField(
                                validators=[records.reach.within_reach], verbose_name="first day"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "transfer",
                        "ordering": ["pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TransferCancellation",
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
                    ],
                    options={
                        "verbose_name": "cancellation of a transfer",
                        "ordering": ["pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TransferCancellationEvent",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TransferEvent",
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
                        ("decree", models.CharField(max_length=200, verbose_name="decree")),
                        (
                            "starts_on",
                            models.DateField(
                                validators=[records.reach.within_reach], verbose_name="first day"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rankholding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_rankholdingevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "starts_on") VALUES (NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rank_id", NEW."starts_on"); RETURN NULL;',
                            hash="d54917e0414ea7bcc9379fec8c0d6c2d9ca6b4f7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_00a50",
                            table="organization_rankholding",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rankholding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "organization_rankholdingevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "starts_on") VALUES (NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rank_id", NEW."starts_on"); RETURN NULL;',
                            hash="a9bc1f911b7e9dbd6a7396ae91399e84cc295801",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f02f5",
                            table="organization_rankholding",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rankholding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_rankholdingevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "starts_on") VALUES (OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rank_id", OLD."starts_on"); RETURN NULL;',
                            hash="7c5a9c92b4692a09d3494c24c278dd030e017c79",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e42c3",
                            table="organization_rankholding",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="joining",
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
                    model_name="joining",
                    name="person",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joinings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="joining",
                    name="post",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.post",
                        verbose_name="post",
                    ),
                ),
                migrations.AddField(
                    model_name="joining",
                    name="rank",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.rank",
                        verbose_name="rank",
                    ),
                ),
                migrations.AddField(
                    model_name="joining",
                    name="requested_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="joiningevent",
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
                    model_name="joiningevent",
                    name="person",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="joiningevent",
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
                    model_name="joiningevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="organization.joining",
                    ),
                ),
                migrations.AddField(
                    model_name="joiningevent",
                    name="post",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organization.post",
                        verbose_name="post",
                    ),
                ),
                migrations.AddField(
                    model_name="joiningevent",
                    name="rank",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organization.rank",
                        verbose_name="rank",
                    ),
                ),
                migrations.AddField(
                    model_name="joiningevent",
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
                    model_name="leaving",
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
                    model_name="leaving",
                    name="person",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leavings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="leaving",
                    name="posting",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organization.posting",
                    ),
                ),
                migrations.AddField(
                    model_name="leaving",
                    name="requested_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="leavingcancellation",
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
                    model_name="leavingcancellation",
                    name="person",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="leavingcancellation",
                    name="requested_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="leavingcancellation",
                    name="step",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cancellations",
                        to="organization.leaving",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingcancellationevent",
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
                    model_name="leavingcancellationevent",
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
                    model_name="leavingcancellationevent",
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
                    model_name="leavingcancellationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="organization.leavingcancellation",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingcancellationevent",
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
                    model_name="leavingcancellationevent",
                    name="step",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organization.leaving",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingevent",
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
                    model_name="leavingevent",
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
                    model_name="leavingevent",
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
                    model_name="leavingevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="organization.leaving",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingevent",
                    name="posting",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organization.posting",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingevent",
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
                    model_name="promotion",
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
                    model_name="promotion",
                    name="person",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promotions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="promotion",
                    name="rank",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.rank",
                        verbose_name="rank",
                    ),
                ),
                migrations.AddField(
                    model_name="promotion",
                    name="requested_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="promotionevent",
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
                    model_name="promotionevent",
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
                    model_name="promotionevent",
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
                    model_name="promotionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="organization.promotion",
                    ),
                ),
                migrations.AddField(
                    model_name="promotionevent",
                    name="rank",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organization.rank",
                        verbose_name="rank",
                    ),
                ),
                migrations.AddField(
                    model_name="promotionevent",
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
                    model_name="rankholdingevent",
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
                    model_name="rankholdingevent",
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
                    model_name="rankholdingevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="organization.rankholding",
                    ),
                ),
                migrations.AddField(
                    model_name="rankholdingevent",
                    name="rank",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organization.rank",
                    ),
                ),
                migrations.AddField(
                    model_name="transfer",
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
                    model_name="transfer",
                    name="former",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organization.posting",
                    ),
                ),
                migrations.AddField(
                    model_name="transfer",
                    name="person",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="transfer",
                    name="post",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.post",
                        verbose_name="new post",
                    ),
                ),
                migrations.AddField(
                    model_name="transfer",
                    name="posting",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organization.posting",
                    ),
                ),
                migrations.AddField(
                    model_name="transfer",
                    name="requested_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="transfercancellation",
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
                    model_name="transfercancellation",
                    name="person",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="transfercancellation",
                    name="requested_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="transfercancellation",
                    name="step",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cancellations",
                        to="organization.transfer",
                    ),
                ),
                migrations.AddField(
                    model_name="transfercancellationevent",
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
                    model_name="transfercancellationevent",
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
                    model_name="transfercancellationevent",
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
                    model_name="transfercancellationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="organization.transfercancellation",
                    ),
                ),
                migrations.AddField(
                    model_name="transfercancellationevent",
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
                    model_name="transfercancellationevent",
                    name="step",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organization.transfer",
                    ),
                ),
                migrations.AddField(
                    model_name="transferevent",
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
                    model_name="transferevent",
                    name="former",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organization.posting",
                    ),
                ),
                migrations.AddField(
                    model_name="transferevent",
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
                    model_name="transferevent",
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
                    model_name="transferevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="organization.transfer",
                    ),
                ),
                migrations.AddField(
                    model_name="transferevent",
                    name="post",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organization.post",
                        verbose_name="new post",
                    ),
                ),
                migrations.AddField(
                    model_name="transferevent",
                    name="posting",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organization.posting",
                    ),
                ),
                migrations.AddField(
                    model_name="transferevent",
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
                    model_name="joining",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="organization_joining_is_of_two_people",
                        violation_error_message="Who asks for it does not decide it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="joining",
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
                        name="organization_joining_decided_by_somebody",
                        violation_error_message="What is decided names who decided it and when.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="joining",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                        ),
                        name="organization_joining_is_refused_with_a_reason",
                        violation_error_message="A refusal has a reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="joining",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("outcome", "waiting")),
                        fields=("nip",),
                        name="one_joining_of_a_nip_waits",
                        violation_error_message="Such a request waits for a second HR person already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="joining",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "approved"), ("person__isnull", False)),
                            models.Q(
                                models.Q(("outcome", "approved"), _negated=True), ("person__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="who_joined_stands_on_the_request",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="joining",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_joiningevent" ("decided_at", "decided_by_id", "decree", "id", "kind", "name", "nip", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "rank_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decree", NEW."id", NEW."kind", NEW."name", NEW."nip", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post_id", NEW."rank_id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."starts_on"); RETURN NULL;',
                            hash="5507d219da1e7a28401d25d6a6594d89c5441d2b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e4f9a",
                            table="organization_joining",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="joining",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "organization_joiningevent" ("decided_at", "decided_by_id", "decree", "id", "kind", "name", "nip", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "rank_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decree", NEW."id", NEW."kind", NEW."name", NEW."nip", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post_id", NEW."rank_id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."starts_on"); RETURN NULL;',
                            hash="711424ec6f1c120c32dc6905048ce9b328af5a82",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2821e",
                            table="organization_joining",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="joining",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_joiningevent" ("decided_at", "decided_by_id", "decree", "id", "kind", "name", "nip", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "rank_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."decree", OLD."id", OLD."kind", OLD."name", OLD."nip", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post_id", OLD."rank_id", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id", OLD."starts_on"); RETURN NULL;',
                            hash="e9e5fc5648471e50d640f227a844185a4450a157",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ebf7d",
                            table="organization_joining",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leaving",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="organization_leaving_is_of_two_people",
                        violation_error_message="Who asks for it does not decide it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leaving",
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
                        name="organization_leaving_decided_by_somebody",
                        violation_error_message="What is decided names who decided it and when.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leaving",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                        ),
                        name="organization_leaving_is_refused_with_a_reason",
                        violation_error_message="A refusal has a reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leaving",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requested_by", models.F("person")), _negated=True),
                            models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("person")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="organization_leaving_is_never_about_oneself",
                        violation_error_message="Nobody asks for or decides what concerns themselves.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leaving",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("outcome", "waiting")),
                        fields=("person",),
                        name="one_leaving_of_a_person_waits",
                        violation_error_message="Such a request waits for a second HR person already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leaving",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("outcome", "approved"), _connector="OR"
                        ),
                        name="only_a_leaving_that_stood_is_cancelled",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leaving",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_leavingevent" ("cancelled_at", "cause", "decided_at", "decided_by_id", "decree", "id", "last_day", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_ended_on", "posting_id", "refusal_reason", "requested_at", "requested_by_id", "status_ended_on") VALUES (NEW."cancelled_at", NEW."cause", NEW."decided_at", NEW."decided_by_id", NEW."decree", NEW."id", NEW."last_day", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."posting_ended_on", NEW."posting_id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."status_ended_on"); RETURN NULL;',
                            hash="39f60ea1c52e88bee5ee48fe1606680df1cc44ea",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_34015",
                            table="organization_leaving",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leaving",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "organization_leavingevent" ("cancelled_at", "cause", "decided_at", "decided_by_id", "decree", "id", "last_day", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_ended_on", "posting_id", "refusal_reason", "requested_at", "requested_by_id", "status_ended_on") VALUES (NEW."cancelled_at", NEW."cause", NEW."decided_at", NEW."decided_by_id", NEW."decree", NEW."id", NEW."last_day", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."posting_ended_on", NEW."posting_id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."status_ended_on"); RETURN NULL;',
                            hash="6ce9f0bb5d80a8cc68f7c42edc93a8e74bb74394",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ca2f3",
                            table="organization_leaving",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leaving",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_leavingevent" ("cancelled_at", "cause", "decided_at", "decided_by_id", "decree", "id", "last_day", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_ended_on", "posting_id", "refusal_reason", "requested_at", "requested_by_id", "status_ended_on") VALUES (OLD."cancelled_at", OLD."cause", OLD."decided_at", OLD."decided_by_id", OLD."decree", OLD."id", OLD."last_day", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."posting_ended_on", OLD."posting_id", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id", OLD."status_ended_on"); RETURN NULL;',
                            hash="5b8b0cbfdad19352153a1a8c562e01e5e8bc8be0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_01c5b",
                            table="organization_leaving",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leavingcancellation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="organization_leavingcancellation_is_of_two_people",
                        violation_error_message="Who asks for it does not decide it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leavingcancellation",
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
                        name="organization_leavingcancellation_decided_by_somebody",
                        violation_error_message="What is decided names who decided it and when.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leavingcancellation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                        ),
                        name="organization_leavingcancellation_is_refused_with_a_reason",
                        violation_error_message="A refusal has a reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leavingcancellation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="organization_leavingcancellation_has_a_reason",
                        violation_error_message="Write the reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leavingcancellation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requested_by", models.F("person")), _negated=True),
                            models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("person")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="organization_leavingcancellation_is_never_about_oneself",
                        violation_error_message="Nobody asks for or decides what concerns themselves.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leavingcancellation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("outcome", "waiting")),
                        fields=("step",),
                        name="one_cancellation_of_a_leaving_waits",
                        violation_error_message="Such a request waits for a second HR person already.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leavingcancellation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_leavingcancellationevent" ("decided_at", "decided_by_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id", "step_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."step_id"); RETURN NULL;',
                            hash="6a00e08d5cde4fb0a2dd79c3031a275d8d948d79",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_072b8",
                            table="organization_leavingcancellation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leavingcancellation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "organization_leavingcancellationevent" ("decided_at", "decided_by_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id", "step_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."step_id"); RETURN NULL;',
                            hash="6e66ee0935107d0cdc7280593cbd528f25470367",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_16462",
                            table="organization_leavingcancellation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leavingcancellation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_leavingcancellationevent" ("decided_at", "decided_by_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id", "step_id") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id", OLD."step_id"); RETURN NULL;',
                            hash="0b7e7f615bc489cd0aacad3730aed9ff1c14e50e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_313e6",
                            table="organization_leavingcancellation",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="promotion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="organization_promotion_is_of_two_people",
                        violation_error_message="Who asks for it does not decide it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="promotion",
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
                        name="organization_promotion_decided_by_somebody",
                        violation_error_message="What is decided names who decided it and when.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="promotion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                        ),
                        name="organization_promotion_is_refused_with_a_reason",
                        violation_error_message="A refusal has a reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="promotion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requested_by", models.F("person")), _negated=True),
                            models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("person")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="organization_promotion_is_never_about_oneself",
                        violation_error_message="Nobody asks for or decides what concerns themselves.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="promotion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("outcome", "waiting")),
                        fields=("person",),
                        name="one_promotion_of_a_person_waits",
                        violation_error_message="Such a request waits for a second HR person already.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="promotion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_promotionevent" ("decided_at", "decided_by_id", "decree", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decree", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rank_id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."starts_on"); RETURN NULL;',
                            hash="8d42c055204ff2d1b7e8b75937e8d90898d1e736",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_745ce",
                            table="organization_promotion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="promotion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "organization_promotionevent" ("decided_at", "decided_by_id", "decree", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decree", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rank_id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."starts_on"); RETURN NULL;',
                            hash="819dc542a1a53e6ff17521f61a590b2fc27da691",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_818bb",
                            table="organization_promotion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="promotion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_promotionevent" ("decided_at", "decided_by_id", "decree", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."decree", OLD."id", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rank_id", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id", OLD."starts_on"); RETURN NULL;',
                            hash="9dd7479f47b91e4b347fa475fec14c0d886ca4b9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a3e67",
                            table="organization_promotion",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="organization_transfer_is_of_two_people",
                        violation_error_message="Who asks for it does not decide it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfer",
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
                        name="organization_transfer_decided_by_somebody",
                        violation_error_message="What is decided names who decided it and when.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                        ),
                        name="organization_transfer_is_refused_with_a_reason",
                        violation_error_message="A refusal has a reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requested_by", models.F("person")), _negated=True),
                            models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("person")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="organization_transfer_is_never_about_oneself",
                        violation_error_message="Nobody asks for or decides what concerns themselves.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfer",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("outcome", "waiting")),
                        fields=("person",),
                        name="one_transfer_of_a_person_waits",
                        violation_error_message="Such a request waits for a second HR person already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("outcome", "approved"), _connector="OR"
                        ),
                        name="only_a_transfer_that_stood_is_cancelled",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_transferevent" ("cancelled_at", "decided_at", "decided_by_id", "decree", "former_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "posting_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (NEW."cancelled_at", NEW."decided_at", NEW."decided_by_id", NEW."decree", NEW."former_id", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post_id", NEW."posting_id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."starts_on"); RETURN NULL;',
                            hash="a4f07b6959d9e5db467b4b8eb7161b9912f4ca3a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4a0a9",
                            table="organization_transfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "organization_transferevent" ("cancelled_at", "decided_at", "decided_by_id", "decree", "former_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "posting_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (NEW."cancelled_at", NEW."decided_at", NEW."decided_by_id", NEW."decree", NEW."former_id", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post_id", NEW."posting_id", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."starts_on"); RETURN NULL;',
                            hash="edfa9aedaf240193422a482e36f0b02c2886315a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_eeee8",
                            table="organization_transfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_transferevent" ("cancelled_at", "decided_at", "decided_by_id", "decree", "former_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "posting_id", "refusal_reason", "requested_at", "requested_by_id", "starts_on") VALUES (OLD."cancelled_at", OLD."decided_at", OLD."decided_by_id", OLD."decree", OLD."former_id", OLD."id", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post_id", OLD."posting_id", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id", OLD."starts_on"); RETURN NULL;',
                            hash="0dbe8b545c4d4b9864a943ae8e6193683792630e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c4d47",
                            table="organization_transfer",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfercancellation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="organization_transfercancellation_is_of_two_people",
                        violation_error_message="Who asks for it does not decide it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfercancellation",
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
                        name="organization_transfercancellation_decided_by_somebody",
                        violation_error_message="What is decided names who decided it and when.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfercancellation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _negated=True),
                            models.Q(("outcome", "refused"), ("refusal_reason", ""), _connector="OR"),
                        ),
                        name="organization_transfercancellation_is_refused_with_a_reason",
                        violation_error_message="A refusal has a reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfercancellation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="organization_transfercancellation_has_a_reason",
                        violation_error_message="Write the reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfercancellation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requested_by", models.F("person")), _negated=True),
                            models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("person")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="organization_transfercancellation_is_never_about_oneself",
                        violation_error_message="Nobody asks for or decides what concerns themselves.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfercancellation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("outcome", "waiting")),
                        fields=("step",),
                        name="one_cancellation_of_a_transfer_waits",
                        violation_error_message="Such a request waits for a second HR person already.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transfercancellation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_transfercancellationevent" ("decided_at", "decided_by_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id", "step_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."step_id"); RETURN NULL;',
                            hash="e24b334c82014af84356297fceb229b7397fec01",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_55c37",
                            table="organization_transfercancellation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transfercancellation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "organization_transfercancellationevent" ("decided_at", "decided_by_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id", "step_id") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."refusal_reason", NEW."requested_at", NEW."requested_by_id", NEW."step_id"); RETURN NULL;',
                            hash="e114891dc607afc0085ad359a0da4e9863ec4d9e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_17a28",
                            table="organization_transfercancellation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transfercancellation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "organization_transfercancellationevent" ("decided_at", "decided_by_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "refusal_reason", "requested_at", "requested_by_id", "step_id") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."refusal_reason", OLD."requested_at", OLD."requested_by_id", OLD."step_id"); RETURN NULL;',
                            hash="5881f8664fe06425f6eeacd734c86f9c32ba7dd8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_efe98",
                            table="organization_transfercancellation",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
