import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

HOLDERS = """
CREATE VIEW organization_acting AS
SELECT 'posting-' || posting.id AS key, posting.post_id, posting.person_id, posting.starts_on,
       LEAST(posting.ends_on, person.deactivated_on - 1) AS ends_on,
       30::smallint AS rank, 'holder'::varchar(10) AS capacity
  FROM organization_posting posting JOIN organization_user person ON person.id = posting.person_id
 WHERE person.deactivated_on IS NULL OR person.deactivated_on > posting.starts_on
"""


class Migration(migrations.Migration):
    """Who acts for which post: the definitive postings of people until they are deactivated."""

    dependencies = [("organization", "0002_tariff")]

    operations = [
        migrations.RunSQL(HOLDERS, "DROP VIEW organization_acting"),
        migrations.CreateModel(
            name="Acting",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("rank", models.SmallIntegerField()),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("delegate", "delegate"),
                            ("plh", "Plh"),
                            ("holder", "supervisor"),
                            ("plt", "Plt"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organization.post",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "organization_acting",
                "ordering": ["rank", "starts_on", "key"],
                "managed": False,
            },
        ),
    ]
