"""The first two HR administrators of an empty installation, each with a code for their password."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from organization.models import ActivationCode, Grant, Role, User
from organization.models.codes import GOOD_FOR

LOCK = 20120301  # of one bootstrap at a time


class Command(BaseCommand):
    help = (
        "Make the first two HR administrators and print a code for each, good for 24 hours. These two do "
        "everything else on the pages. Refused once one of them has set a password."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--hr",
            action="append",
            nargs=2,
            metavar=("NIP", "NAME"),
            required=True,
            help="given twice: two different people",
        )

    @transaction.atomic
    def handle(self, *, hr, **options):
        if len({nip for nip, _name in hr}) != 2 or len(hr) != 2:
            raise CommandError("give --hr NIP NAME twice, for two different people")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        people, at = self.people(hr), timezone.now()
        for person, code in ActivationCode.objects.make_many(people, by=None, at=at):
            self.stdout.write(f"{person.nip}  {person.name}  {code}")
        self.stdout.write(f"Each code sets one password at /activation/ within {GOOD_FOR.days * 24} hours.")

    def people(self, hr):
        """The two, made where they are missing; the same two again while neither has set a password."""
        held = User.objects.filter(grants__role=Role.HR).distinct()
        nips = {nip for nip, _name in hr}
        if any(person.has_usable_password() for person in held):
            raise CommandError("there are HR administrators already: they make every further account")
        if held and {person.nip for person in held} != nips:
            raise CommandError("two others were made HR administrators before: name these again")
        if not held and User.objects.exists():
            raise CommandError("this installation is not empty")
        return list(held) or [self.first(nip, name) for nip, name in hr]

    def first(self, nip, name):
        person = User(nip=nip, name=name)
        person.set_unusable_password()
        try:
            person.full_clean()
        except ValidationError as wrong:
            raise CommandError(f"{nip}: {' '.join(wrong.messages)}") from wrong
        person.save()
        Grant.objects.create(person=person, role=Role.HR, starts_on=timezone.localdate())
        return person
