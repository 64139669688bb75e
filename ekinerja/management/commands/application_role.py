"""`manage.py application_role NAME`: the database role that serves the product, and may not alter it.

Run as the owner of the tables, after `migrate`. The password comes from APPLICATION_PASSWORD. The role
reads and writes rows; it owns nothing, so it can neither truncate nor alter a table, nor switch a trigger
off (case D110).
"""

import os

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from psycopg2 import sql

EXISTS = "SELECT 1 FROM pg_roles WHERE rolname = %s"
BOUNDS = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
GRANTS = [
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
]


class Command(BaseCommand):
    help = "Make or renew the database role by which the product is served."

    def add_arguments(self, parser):
        parser.add_argument("name")

    @transaction.atomic
    def handle(self, *, name, **options):
        password = os.environ.get("APPLICATION_PASSWORD")
        if not password:
            raise CommandError("APPLICATION_PASSWORD is not set: the password of the role.")
        role = sql.Identifier(name)
        with connection.cursor() as cursor:
            cursor.execute(EXISTS, [name])
            verb = "ALTER" if cursor.fetchone() else "CREATE"
            statement = f"{verb} ROLE {{role}} {BOUNDS} PASSWORD {{password}}"
            for text in [statement, *GRANTS]:
                cursor.execute(sql.SQL(text).format(role=role, password=sql.Literal(password)))
