from django.db import migrations

# What a post is now is all that is known of its past.
FIRST_TERMS = """
INSERT INTO organization_postterm (post_id, starts_on, unit_id, job_class_id, level, superior_id, decree)
SELECT post.id, '1900-01-01', post.unit_id, post.job_class_id, post.level, post.superior_id, ''
  FROM organization_post post
 WHERE NOT EXISTS (SELECT 1 FROM organization_postterm term WHERE term.post_id = post.id)
 ORDER BY post.id
"""


class Migration(migrations.Migration):
    dependencies = [("organization", "0014_post_terms")]

    operations = [migrations.RunSQL(FIRST_TERMS, migrations.RunSQL.noop)]
