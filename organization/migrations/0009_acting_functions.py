from django.db import migrations

ACTS_TOWARDS = """
CREATE FUNCTION organization_acts_towards(bigint, bigint, date, date, smallint, bigint, date)
RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN RETURN (SELECT (it.person_id <> it.owner AND (it.starts_on <= it.day AND (it.ends_on IS NULL OR
      it.ends_on >= it.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = it.person_id AND audit.starts_on <= it.day AND
                    (audit.ends_on IS NULL OR audit.ends_on >= it.day))
      AND (it.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = it.post_id AND holder.starts_on <= it.day AND (holder.ends_on IS NULL
                    OR holder.ends_on >= it.day))))
      AND NOT EXISTS (SELECT 1 FROM organization_acting stands WHERE stands.person_id = it.owner
                         AND stands.starts_on <= it.day AND (stands.ends_on IS NULL OR stands.ends_on >=
                    it.day)
                         AND stands.post_id IN (
WITH RECURSIVE up AS (
    SELECT post.superior_id AS id FROM organization_post post WHERE post.id IN (SELECT mine.post_id FROM
          organization_acting mine
                WHERE mine.person_id = it.person_id AND mine.starts_on <= it.day AND (mine.ends_on IS NULL
                    OR mine.ends_on >= it.day))
  UNION
    SELECT post.superior_id FROM organization_post post JOIN up ON post.id = up.id
)
SELECT id FROM up WHERE id IS NOT NULL
)))
   FROM (SELECT $1, $2, $3, $4, $5, $6, $7)
     AS it(post_id, person_id, starts_on, ends_on, rank, owner, day)); END
$body$
"""
FIRST_SEAT = """
CREATE FUNCTION organization_first_seat(bigint, bigint, date)
RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN
RETURN (WITH RECURSIVE asked AS (
    SELECT $1 AS post, $2 AS owner, $3 AS day
), line AS (
    SELECT post.id, post.superior_id, ARRAY(SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = post.id AND organization_acts_towards(acting.post_id,
                    acting.person_id, acting.starts_on, acting.ends_on, acting.rank, asked.owner,
                    asked.day)) AS people, '{}'::bigint[] AS first
      FROM asked JOIN organization_post post ON post.id = asked.post
  UNION
    SELECT post.id, post.superior_id, ARRAY(SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = post.id AND organization_acts_towards(acting.post_id,
                    acting.person_id, acting.starts_on, acting.ends_on, acting.rank, asked.owner,
                    asked.day)),
           CASE WHEN line.first = '{}' THEN line.people ELSE line.first END
      FROM line JOIN organization_post post ON post.id = line.superior_id, asked
     WHERE NOT (line.people <> '{}')
)
SELECT line.id FROM line WHERE line.people <> '{}' LIMIT 1)
; END
$body$
"""
NEXT_SEAT = """
CREATE FUNCTION organization_next_seat(bigint, bigint, date)
RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN
RETURN (WITH RECURSIVE asked AS (
    SELECT $1 AS post, $2 AS owner, $3 AS day
), line AS (
    SELECT post.id, post.superior_id, ARRAY(SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = post.id AND organization_acts_towards(acting.post_id,
                    acting.person_id, acting.starts_on, acting.ends_on, acting.rank, asked.owner,
                    asked.day)) AS people, '{}'::bigint[] AS first
      FROM asked JOIN organization_post post ON post.id = asked.post
  UNION
    SELECT post.id, post.superior_id, ARRAY(SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = post.id AND organization_acts_towards(acting.post_id,
                    acting.person_id, acting.starts_on, acting.ends_on, acting.rank, asked.owner,
                    asked.day)),
           CASE WHEN line.first = '{}' THEN line.people ELSE line.first END
      FROM line JOIN organization_post post ON post.id = line.superior_id, asked
     WHERE NOT (line.first <> '{}' AND NOT line.people <@ line.first)
)
SELECT line.id FROM line WHERE line.first <> '{}' AND NOT line.people <@ line.first LIMIT 1)
; END
$body$
"""
OWNERS_NEAR = """
CREATE FUNCTION organization_owners_near(bigint[], date)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN
DECLARE here bigint[]; seats bigint[];
BEGIN
    here := ARRAY(SELECT near.person_id FROM organization_acting near
                   WHERE near.post_id = ANY ($1) AND near.starts_on <= $2 AND (near.ends_on IS NULL OR
                    near.ends_on >= $2));
    seats := ARRAY(SELECT mine.post_id FROM organization_acting mine
                    WHERE mine.person_id = ANY (here) AND mine.starts_on <= $2 AND (mine.ends_on IS NULL
                    OR mine.ends_on >= $2));
    seats := $1 || ARRAY(
WITH RECURSIVE up AS (
    SELECT post.superior_id AS id FROM organization_post post WHERE post.id IN (SELECT unnest(seats))
  UNION
    SELECT post.superior_id FROM organization_post post JOIN up ON post.id = up.id
)
SELECT id FROM up WHERE id IS NOT NULL
);
    RETURN QUERY SELECT acting.person_id FROM organization_acting acting
                  WHERE acting.post_id = ANY (seats) AND acting.starts_on <= $2 AND (acting.ends_on IS
                    NULL OR acting.ends_on >= $2);
END
; END
$body$
"""
LEVELS = """
CREATE FUNCTION organization_levels(date, integer, bigint)
RETURNS TABLE(seat bigint, level_of_seat integer) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN RETURN QUERY
WITH RECURSIVE asked AS (SELECT $1::date AS day, $2::int AS most), near(id, level) AS (
    SELECT acting.post_id, 0 FROM organization_acting acting, asked
                  WHERE acting.person_id = $3 AND (acting.starts_on <= asked.day AND (acting.ends_on IS
                    NULL OR acting.ends_on >= asked.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = acting.person_id AND audit.starts_on <= asked.day AND
                    (audit.ends_on IS NULL OR audit.ends_on >= asked.day))
      AND (acting.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = acting.post_id AND holder.starts_on <= asked.day AND (holder.ends_on IS
                    NULL OR holder.ends_on >= asked.day))))
  UNION
    SELECT below.id, near.level + step.up
      FROM near JOIN organization_post below ON below.superior_id = near.id, asked, LATERAL (
           SELECT CASE WHEN NOT EXISTS (SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = below.id AND (acting.starts_on <= asked.day AND (acting.ends_on IS
                    NULL OR acting.ends_on >= asked.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = acting.person_id AND audit.starts_on <= asked.day AND
                    (audit.ends_on IS NULL OR audit.ends_on >= asked.day))
      AND (acting.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = acting.post_id AND holder.starts_on <= asked.day AND (holder.ends_on IS
                    NULL OR holder.ends_on >= asked.day))))) THEN 0
                       WHEN near.level > 0 AND EXISTS (SELECT acting.person_id FROM organization_acting
                    acting
                WHERE acting.post_id = below.id AND (acting.starts_on <= asked.day AND (acting.ends_on IS
                    NULL OR acting.ends_on >= asked.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = acting.person_id AND audit.starts_on <= asked.day AND
                    (audit.ends_on IS NULL OR audit.ends_on >= asked.day))
      AND (acting.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = acting.post_id AND holder.starts_on <= asked.day AND (holder.ends_on IS
                    NULL OR holder.ends_on >= asked.day)))) AND EXISTS (
                            SELECT mine.post_id FROM organization_acting mine
                WHERE mine.person_id = acting.person_id AND mine.starts_on <= asked.day AND (mine.ends_on
                    IS NULL OR mine.ends_on >= asked.day) AND mine.post_id <> below.id)) THEN 0
                       ELSE 1 END AS up) step
     WHERE near.level + step.up <= asked.most
)
SELECT id, min(level) FROM near, asked WHERE level <= asked.most GROUP BY id
; END
$body$
"""


class Migration(migrations.Migration):
    """Who acts towards whom as functions, whose text is planned once a connection; as acting_sql says it."""

    dependencies = [("organization", "0008_letters")]

    operations = [
        migrations.RunSQL(ACTS_TOWARDS, "DROP FUNCTION organization_acts_towards"),
        migrations.RunSQL(FIRST_SEAT, "DROP FUNCTION organization_first_seat"),
        migrations.RunSQL(NEXT_SEAT, "DROP FUNCTION organization_next_seat"),
        migrations.RunSQL(OWNERS_NEAR, "DROP FUNCTION organization_owners_near"),
        migrations.RunSQL(LEVELS, "DROP FUNCTION organization_levels"),
    ]
