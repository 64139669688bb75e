"""Lists of a city, from files: `manage.py import people FILE`."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from records.refusals import Refusal
from records.sheets.outcome import ListOutcome
from records.sheets.reading import Unreadable, read_sheets
from reports.changes.lists import LISTS

UNREADABLE = 2


class Command(BaseCommand):
    help = (
        "Store the list of FILE (XLSX or CSV); each cell that is wrong is named. What is stored already "
        "is left as it is, so the same list may be imported again."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(LISTS))
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would become of it; store nothing"
        )
        parser.add_argument("--json", action="store_true", help="print one object, for programs")

    def handle(self, *, kind, file, dry_run, json, **options):
        outcome = ListOutcome()
        try:
            LISTS[kind].take(read_sheets(file.read_bytes()), outcome, store=not dry_run)
        except (OSError, Unreadable) as refused:
            raise CommandError(f"{file}: {refused}", returncode=UNREADABLE) from refused
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
        self.tell(outcome, as_json=json)

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
