"""Rules of a city from a file: drafted by one person, approved by another of the same role."""

import json
from pathlib import Path

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from organization.models import User
from records.dated import HR_OF_THE_CITY, DatedRule
from reports.changes.rules_touched import touched_by_rule


class Command(BaseCommand):
    help = (
        "Load the rules of FILE as approved rules. Rules that are there already stay; safe to repeat. The "
        "first rules of a kind are signed by two HR administrators of the city, later ones by its keepers."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="laid out like ekinerja/profiles/sample.json")
        parser.add_argument("--drafted-by", required=True, metavar="NIP")
        parser.add_argument("--approved-by", required=True, metavar="NIP")
        parser.add_argument("--seen", default="", metavar="LETTERS", help="what the preview was printed with")

    @transaction.atomic
    def handle(self, *, file, drafted_by, approved_by, seen="", **options):
        signers = [self.person(drafted_by), self.person(approved_by)]
        profile = self.read(file)
        known = {kind for kind in DatedRule.__subclasses__() if kind.objects.approved().exists()}
        rows = [{"reason": profile.get("reason", "")} | row for row in profile["rules"]]
        added = [rule for row in rows if (rule := self.load(row, signers, known))]
        self.show(added, seen)
        self.stdout.write(f"profile: {len(added)} rules added")

    def read(self, file):
        try:
            profile = json.loads(file.read_text(encoding="utf-8"))
            profile["rules"] = [dict(row) for row in profile["rules"]]
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise CommandError(f"{file}: not a profile ({problem})") from problem
        return profile

    def person(self, nip):
        found = User.objects.filter(nip=nip).first()
        if found is None:
            raise CommandError(f"nobody has the NIP {nip}")
        return found

    def load(self, row, signers, known):
        """Add one rule that is missing, and return it."""
        try:
            model = apps.get_model(row.pop("rule"))
            if not issubclass(model, DatedRule):
                raise LookupError(f"{model.__name__} is no rule")
            same = {"scope": row.get("scope", ""), "valid_from": row["valid_from"]}
            if model.objects.approved().filter(**same).exists():
                return None
            self.refuse_strangers(model, signers, known)
            drafter, approver = signers
            signed = {"drafted_by": drafter, "approved_by": approver, "approved_at": timezone.now()}
            rule = model(**row, **signed, status=DatedRule.Status.APPROVED)
            rule.full_clean()
            rule.save()
        except (LookupError, TypeError, ValueError, ValidationError) as problem:
            raise CommandError(f"{row}: {problem}") from problem
        return rule

    def refuse_strangers(self, model, signers, known):
        """Raise ValueError where a signer does not keep this kind: the first of a kind are signed by HR."""
        today, keepers = timezone.localdate(), [model.keepers]
        if model not in known:
            keepers.append(HR_OF_THE_CITY)
        for who in signers:
            if not any(who.holds_citywide(role, on=today) for kept in keepers for role in kept.roles):
                called = " / ".join(str(kept.called) for kept in keepers)
                raise ValueError(f"{who.nip} does not sign this: {called}")

    def show(self, added, seen):
        """Print what rules of past days touch; nothing is saved until that was seen."""
        touched = {rule: touched_by_rule(rule) for rule in added if rule.valid_from <= timezone.localdate()}
        shown = {rule: found for rule, found in touched.items() if found.months}
        stamp = "".join(found.stamp[:6] for found in shown.values())
        if not shown or seen == stamp:
            return
        for rule, found in shown.items():
            self.stdout.write(f"{rule}:")
            lines = [f"{each.month}: {each.outcome.label}" for each in found.months]
            self.stdout.writelines(f"  {line}\n" for line in [*found.notes, *lines])
        raise CommandError(f"Nothing is saved yet. To save what you have seen, add: --seen {stamp}")
