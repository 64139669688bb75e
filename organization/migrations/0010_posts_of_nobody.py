from django.db import migrations

LEVELS = """
CREATE OR REPLACE FUNCTION organization_levels(date, integer, bigint)
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
                    IS NULL OR mine.ends_on >= asked.day) AND mine.post_id <> below.id OFFSET 0)) THEN 0
                       ELSE 1 END AS up) step
     WHERE near.level + step.up <= asked.most
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
    SELECT below.id, CASE WHEN EXISTS (SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = below.id AND (acting.starts_on <= asked.day AND (acting.ends_on IS
                    NULL OR acting.ends_on >= asked.day)
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = acting.person_id AND audit.starts_on <= asked.day AND
                    (audit.ends_on IS NULL OR audit.ends_on >= asked.day))
      AND (acting.rank <= 30 OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = 30
              AND holder.post_id = acting.post_id AND holder.starts_on <= asked.day AND (holder.ends_on IS
                    NULL OR holder.ends_on >= asked.day))))) THEN 1 ELSE 0 END
                   FROM organization_post below, asked WHERE below.superior_id IS NULL
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
                    IS NULL OR mine.ends_on >= asked.day) AND mine.post_id <> below.id OFFSET 0)) THEN 0
                       ELSE 1 END AS up) step
     WHERE near.level + step.up <= asked.most
)
SELECT id FROM near, asked WHERE level <= asked.most GROUP BY id
; END
$body$
"""


class Migration(migrations.Migration):
    """Posts by level, where the planner joined everybody with everybody since letters are part of the view."""

    dependencies = [("organization", "0009_acting_functions")]

    operations = [
        migrations.RunSQL(LEVELS, migrations.RunSQL.noop),
        migrations.RunSQL(SEATS_OF_NOBODY, "DROP FUNCTION organization_seats_of_nobody"),
    ]
