from django.db import migrations, models

VIEW = """
CREATE VIEW organization_placement AS
SELECT posting.id || '-' || term.id AS key, posting.id AS posting_id, term.id AS term_id, posting.person_id,
       posting.post_id, term.unit_id, term.job_class_id, term.level, term.superior_id,
       GREATEST(posting.starts_on, term.starts_on) AS starts_on, LEAST(posting.ends_on, term.ends_on) AS ends_on
  FROM organization_posting posting JOIN organization_postterm term ON term.post_id = posting.post_id
   AND (term.ends_on IS NULL OR term.ends_on >= posting.starts_on)
   AND (posting.ends_on IS NULL OR posting.ends_on >= term.starts_on)
"""
ACTS_TOWARDS = """
CREATE OR REPLACE FUNCTION organization_acts_towards(bigint, bigint, date, date, smallint, bigint, date)
RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN RETURN (SELECT (it.person_id <> it.owner AND (it.starts_on <= it.day AND (it.ends_on IS NULL OR
        it.ends_on >= it.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = it.person_id AND audit.starts_on <= it.day AND (audit.ends_on
        IS NULL OR audit.ends_on >= it.day))
      AND (it.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = it.post_id AND holder.starts_on <= it.day AND (holder.ends_on IS NULL OR
        holder.ends_on >= it.day))))
      AND NOT EXISTS (SELECT 1 FROM organization_acting stands WHERE stands.person_id = it.owner
                         AND stands.starts_on <= it.day AND (stands.ends_on IS NULL OR stands.ends_on >=
        it.day)
                         AND stands.post_id IN (
WITH RECURSIVE up AS (
    SELECT term.superior_id AS id FROM organization_postterm term
     WHERE term.post_id IN (SELECT mine.post_id FROM organization_acting mine
                WHERE mine.person_id = it.person_id AND mine.starts_on <= it.day AND (mine.ends_on IS NULL
        OR mine.ends_on >= it.day)) AND term.starts_on <= it.day AND (term.ends_on IS NULL OR term.ends_on
        >= it.day)
  UNION
    SELECT term.superior_id FROM organization_postterm term JOIN up ON term.post_id = up.id AND
        term.starts_on <= it.day AND (term.ends_on IS NULL OR term.ends_on >= it.day)
)
SELECT id FROM up WHERE id IS NOT NULL
)))
   FROM (SELECT $1, $2, $3, $4, $5, $6, $7)
     AS it(post_id, person_id, starts_on, ends_on, rank, owner, day)); END
$body$
"""
FIRST_SEAT = """
CREATE OR REPLACE FUNCTION organization_first_seat(bigint, bigint, date)
RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN 
RETURN (WITH RECURSIVE asked AS (
    SELECT $1 AS post, $2 AS owner, $3 AS day
), line AS (
    SELECT term.post_id AS id, term.superior_id, ARRAY(SELECT acting.person_id FROM organization_acting
        acting
                WHERE acting.post_id = term.post_id AND organization_acts_towards(acting.post_id,
        acting.person_id, acting.starts_on, acting.ends_on, acting.rank, asked.owner, asked.day)) AS people,
        '{}'::bigint[] AS first
      FROM asked JOIN organization_postterm term ON term.post_id = asked.post AND term.starts_on <=
        asked.day AND (term.ends_on IS NULL OR term.ends_on >= asked.day)
  UNION
    SELECT term.post_id, term.superior_id, ARRAY(SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = term.post_id AND organization_acts_towards(acting.post_id,
        acting.person_id, acting.starts_on, acting.ends_on, acting.rank, asked.owner, asked.day)),
           CASE WHEN line.first = '{}' THEN line.people ELSE line.first END
      FROM asked, line JOIN organization_postterm term ON term.post_id = line.superior_id
     WHERE NOT (line.people <> '{}') AND term.starts_on <= asked.day AND (term.ends_on IS NULL OR
        term.ends_on >= asked.day)
)
SELECT line.id FROM line WHERE line.people <> '{}' LIMIT 1)
; END
$body$
"""
NEXT_SEAT = """
CREATE OR REPLACE FUNCTION organization_next_seat(bigint, bigint, date)
RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN 
RETURN (WITH RECURSIVE asked AS (
    SELECT $1 AS post, $2 AS owner, $3 AS day
), line AS (
    SELECT term.post_id AS id, term.superior_id, ARRAY(SELECT acting.person_id FROM organization_acting
        acting
                WHERE acting.post_id = term.post_id AND organization_acts_towards(acting.post_id,
        acting.person_id, acting.starts_on, acting.ends_on, acting.rank, asked.owner, asked.day)) AS people,
        '{}'::bigint[] AS first
      FROM asked JOIN organization_postterm term ON term.post_id = asked.post AND term.starts_on <=
        asked.day AND (term.ends_on IS NULL OR term.ends_on >= asked.day)
  UNION
    SELECT term.post_id, term.superior_id, ARRAY(SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = term.post_id AND organization_acts_towards(acting.post_id,
        acting.person_id, acting.starts_on, acting.ends_on, acting.rank, asked.owner, asked.day)),
           CASE WHEN line.first = '{}' THEN line.people ELSE line.first END
      FROM asked, line JOIN organization_postterm term ON term.post_id = line.superior_id
     WHERE NOT (line.first <> '{}' AND NOT line.people <@ line.first) AND term.starts_on <= asked.day AND
        (term.ends_on IS NULL OR term.ends_on >= asked.day)
)
SELECT line.id FROM line WHERE line.first <> '{}' AND NOT line.people <@ line.first LIMIT 1)
; END
$body$
"""
OWNERS_NEAR = """
CREATE OR REPLACE FUNCTION organization_owners_near(bigint[], date)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN 
DECLARE here bigint[]; seats bigint[];
BEGIN
    here := ARRAY(SELECT near.person_id FROM organization_acting near
                   WHERE near.post_id = ANY ($1) AND near.starts_on <= $2 AND (near.ends_on IS NULL OR
        near.ends_on >= $2));
    seats := ARRAY(SELECT mine.post_id FROM organization_acting mine
                    WHERE mine.person_id = ANY (here) AND mine.starts_on <= $2 AND (mine.ends_on IS NULL OR
        mine.ends_on >= $2));
    seats := $1 || ARRAY(
WITH RECURSIVE up AS (
    SELECT term.superior_id AS id FROM organization_postterm term
     WHERE term.post_id IN (SELECT unnest(seats)) AND term.starts_on <= $2 AND (term.ends_on IS NULL OR
        term.ends_on >= $2)
  UNION
    SELECT term.superior_id FROM organization_postterm term JOIN up ON term.post_id = up.id AND
        term.starts_on <= $2 AND (term.ends_on IS NULL OR term.ends_on >= $2)
)
SELECT id FROM up WHERE id IS NOT NULL
);
    RETURN QUERY SELECT acting.person_id FROM organization_acting acting
                  WHERE acting.post_id = ANY (seats) AND acting.starts_on <= $2 AND (acting.ends_on IS NULL
        OR acting.ends_on >= $2);
END
; END
$body$
"""
LEVELS = """
CREATE OR REPLACE FUNCTION organization_levels(date, integer, bigint)
RETURNS TABLE(seat bigint, level_of_seat integer) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN RETURN QUERY
WITH RECURSIVE asked AS (SELECT $1::date AS day, $2::int AS most), near(id, level) AS (
    SELECT acting.post_id, 0 FROM organization_acting acting, asked
                  WHERE acting.person_id = $3 AND (acting.starts_on <= asked.day AND (acting.ends_on IS NULL
        OR acting.ends_on >= asked.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = acting.person_id AND audit.starts_on <= asked.day AND
        (audit.ends_on IS NULL OR audit.ends_on >= asked.day))
      AND (acting.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = acting.post_id AND holder.starts_on <= asked.day AND (holder.ends_on IS
        NULL OR holder.ends_on >= asked.day))))
  UNION
    SELECT below.post_id, near.level + step.up
      FROM asked, near JOIN organization_postterm below ON below.superior_id = near.id, LATERAL (
           SELECT CASE WHEN NOT EXISTS (SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = below.post_id AND (acting.starts_on <= asked.day AND (acting.ends_on
        IS NULL OR acting.ends_on >= asked.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = acting.person_id AND audit.starts_on <= asked.day AND
        (audit.ends_on IS NULL OR audit.ends_on >= asked.day))
      AND (acting.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = acting.post_id AND holder.starts_on <= asked.day AND (holder.ends_on IS
        NULL OR holder.ends_on >= asked.day))))) THEN 0
                       WHEN near.level > 0 AND EXISTS (SELECT acting.person_id FROM organization_acting
        acting
                WHERE acting.post_id = below.post_id AND (acting.starts_on <= asked.day AND (acting.ends_on
        IS NULL OR acting.ends_on >= asked.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = acting.person_id AND audit.starts_on <= asked.day AND
        (audit.ends_on IS NULL OR audit.ends_on >= asked.day))
      AND (acting.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = acting.post_id AND holder.starts_on <= asked.day AND (holder.ends_on IS
        NULL OR holder.ends_on >= asked.day)))) AND EXISTS (
                            SELECT mine.post_id FROM organization_acting mine
                WHERE mine.person_id = acting.person_id AND mine.starts_on <= asked.day AND (mine.ends_on IS
        NULL OR mine.ends_on >= asked.day)
                            AND mine.post_id <> below.post_id OFFSET 0)) THEN 0
                       ELSE 1 END AS up) step
     WHERE near.level + step.up <= asked.most AND below.starts_on <= asked.day AND (below.ends_on IS NULL OR
        below.ends_on >= asked.day)
)
SELECT id, min(level) FROM near, asked WHERE level <= asked.most GROUP BY id
; END
$body$
"""
SEATS_OF_NOBODY = """
CREATE OR REPLACE FUNCTION organization_seats_of_nobody(date, integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN RETURN QUERY
WITH RECURSIVE asked AS (SELECT $1::date AS day, $2::int AS most), near(id, level) AS (
    SELECT below.post_id, CASE WHEN EXISTS (SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = below.post_id AND (acting.starts_on <= asked.day AND (acting.ends_on
        IS NULL OR acting.ends_on >= asked.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = acting.person_id AND audit.starts_on <= asked.day AND
        (audit.ends_on IS NULL OR audit.ends_on >= asked.day))
      AND (acting.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = acting.post_id AND holder.starts_on <= asked.day AND (holder.ends_on IS
        NULL OR holder.ends_on >= asked.day))))) THEN 1 ELSE 0 END
                   FROM organization_postterm below, asked
                  WHERE below.superior_id IS NULL AND below.starts_on <= asked.day AND (below.ends_on IS
        NULL OR below.ends_on >= asked.day)
  UNION
    SELECT below.post_id, near.level + step.up
      FROM asked, near JOIN organization_postterm below ON below.superior_id = near.id, LATERAL (
           SELECT CASE WHEN NOT EXISTS (SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = below.post_id AND (acting.starts_on <= asked.day AND (acting.ends_on
        IS NULL OR acting.ends_on >= asked.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = acting.person_id AND audit.starts_on <= asked.day AND
        (audit.ends_on IS NULL OR audit.ends_on >= asked.day))
      AND (acting.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = acting.post_id AND holder.starts_on <= asked.day AND (holder.ends_on IS
        NULL OR holder.ends_on >= asked.day))))) THEN 0
                       WHEN near.level > 0 AND EXISTS (SELECT acting.person_id FROM organization_acting
        acting
                WHERE acting.post_id = below.post_id AND (acting.starts_on <= asked.day AND (acting.ends_on
        IS NULL OR acting.ends_on >= asked.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = acting.person_id AND audit.starts_on <= asked.day AND
        (audit.ends_on IS NULL OR audit.ends_on >= asked.day))
      AND (acting.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = acting.post_id AND holder.starts_on <= asked.day AND (holder.ends_on IS
        NULL OR holder.ends_on >= asked.day)))) AND EXISTS (
                            SELECT mine.post_id FROM organization_acting mine
                WHERE mine.person_id = acting.person_id AND mine.starts_on <= asked.day AND (mine.ends_on IS
        NULL OR mine.ends_on >= asked.day)
                            AND mine.post_id <> below.post_id OFFSET 0)) THEN 0
                       ELSE 1 END AS up) step
     WHERE near.level + step.up <= asked.most AND below.starts_on <= asked.day AND (below.ends_on IS NULL OR
        below.ends_on >= asked.day)
)
SELECT id FROM near, asked WHERE level <= asked.most GROUP BY id
; END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0015_terms_of_posts"),
    ]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW organization_placement"),
        migrations.RunSQL(ACTS_TOWARDS, migrations.RunSQL.noop),
        migrations.RunSQL(FIRST_SEAT, migrations.RunSQL.noop),
        migrations.RunSQL(NEXT_SEAT, migrations.RunSQL.noop),
        migrations.RunSQL(OWNERS_NEAR, migrations.RunSQL.noop),
        migrations.RunSQL(LEVELS, migrations.RunSQL.noop),
        migrations.RunSQL(SEATS_OF_NOBODY, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("staff", "staff"),
                            ("supervisor", "supervisor"),
                            ("administrator", "administrator"),
                            ("executive", "executive"),
                        ],
                        max_length=15,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "organization_placement",
                "ordering": ["person", "starts_on", "key"],
                "managed": False,
            },
        ),
    ]
