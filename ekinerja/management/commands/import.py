"""Lists of a city, from files: `manage.py import people FILE`."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from organization.models import User
from organization.models.arrivals import Signed
from records.refusals import Refusal
from records.sheets.outcome import ListOutcome
from records.sheets.reading import Unreadable, read_sheets
from reports.changes.lists import LISTS

UNREADABLE = 2


class Command(BaseCommand):
    help = (
        "Store the list of FILE (XLSX or CSV); each cell that is wrong is named. What is stored already "
        "is left as it is unless two sign for its changes; the same list may be imported again."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(LISTS))
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would become of it; store nothing"
        )
        parser.add_argument(
            "--by", metavar="NIP", help="who brings the list; with --approved-by also changes"
        )
        parser.add_argument("--approved-by", metavar="NIP", help="the second HR administrator")
        parser.add_argument("--json", action="store_true", help="print one object, for programs")

    def handle(self, *, kind, file, dry_run, json, by, approved_by, **options):
        outcome, signed = ListOutcome(), self.signed(LISTS[kind].signers, by, approved_by, file)
        try:
            sheets = read_sheets(file.read_bytes())
            LISTS[kind].take(sheets, outcome, store=not dry_run, signed=signed)
        except (OSError, Unreadable) as refused:
            raise CommandError(f"{file}: {refused}", returncode=UNREADABLE) from refused
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
        self.tell(outcome, as_json=json)

    def signed(self, roles, by, approved_by, file):
        """The two who sign, each with one of `roles` for the whole city; None where nobody does."""
        if not (by or approved_by):
            return None
        people = [User.objects.filter(nip=nip).first() for nip in (by, approved_by)]
        if by == approved_by or not all(
            who and who.is_active and any(who.holds_citywide(role, on=who.today()) for role in roles)
            for who in people
        ):
            raise CommandError(
                "--by and --approved-by name two different people who hold the role for the whole city"
            )
        return Signed(*people, file.name)

    def tell(self, outcome, *, as_json):
        for note in outcome.notes:
            self.stderr.write(note)
        if as_json:
            self.stdout.write(json.dumps(outcome.as_dict(), ensure_ascii=False))
            return
        found = outcome.as_dict()
        for said in sorted([*outcome.rejected, *outcome.warned]):
            self.stdout.write(f"{said.address}: {said.sentence}")
        self.stdout.write(
            f"read {outcome.read}, imported {outcome.imported}, unchanged {outcome.unchanged}, "
            f"rejected {len(found['rejected'])}, warned {len(found['warned'])}"
        )
