"""The first rules of a city, from a file: drafted by one person, approved by another."""

import json
from pathlib import Path

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from organization.models import User
from records.dated import DatedRule


class Command(BaseCommand):
    help = "Load the rules of FILE as approved rules. Rules that are there already stay; safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="laid out like ekinerja/profiles/sample.json")
        parser.add_argument("--drafted-by", required=True, metavar="NIP")
        parser.add_argument("--approved-by", required=True, metavar="NIP")

    @transaction.atomic
    def handle(self, *, file, drafted_by, approved_by, **options):
        signers = {
            "drafted_by": self.person(drafted_by),
            "approved_by": self.person(approved_by),
            "approved_at": timezone.now(),
            "status": DatedRule.Status.APPROVED,
        }
        added = sum(self.load(dict(row), signers) for row in self.read(file))
        self.stdout.write(f"profile: {added} rules added")

    def read(self, file):
        try:
            return json.loads(file.read_text(encoding="utf-8"))["rules"]
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise CommandError(f"{file}: not a profile ({problem})") from problem

    def person(self, nip):
        found = User.objects.filter(nip=nip).first()
        if found is None:
            raise CommandError(f"nobody has the NIP {nip}")
        return found

    def load(self, row, signers):
        """Add one rule; return whether it was missing."""
        try:
            model = apps.get_model(row.pop("rule"))
            if not issubclass(model, DatedRule):
                raise LookupError(f"{model.__name__} is no rule")
            known = {"scope": row.get("scope", ""), "valid_from": row["valid_from"]}
            if model.objects.approved().filter(**known).exists():
                return False
            rule = model(**row, **signers)
            rule.full_clean()
            rule.save()
        except (LookupError, TypeError, ValueError, ValidationError) as problem:
            raise CommandError(f"{row}: {problem}") from problem
        return True
