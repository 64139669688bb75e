from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Bring the tables and the reference data up to date, with --demo the demo city too. Safe to repeat."
    )

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="load the demo city and print its sign-ins")

    def handle(self, *, demo, **options):
        call_command("migrate", interactive=False, verbosity=0)
        commands = get_commands()
        if "reference" in commands:
            call_command("reference", stdout=self.stderr)
        if demo and "demo" in commands:
            call_command("demo", stdout=self.stderr)
            call_command("demo", "--list", stdout=self.stdout)
