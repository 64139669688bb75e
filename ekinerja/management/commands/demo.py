"""The demo city: the same people and months in every copy, right for any day it is built on."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from calendars.models import Month
from calendars.weeks import MonthKey, end_of
from ekinerja.demo import leaves, months, people, reviews, roles, work
from ekinerja.demo.sign_ins import PASSWORD, SIGN_INS
from organization.models import Unit

PROFILE = Path(__file__).resolve().parents[2] / "profiles" / "sample.json"


class Command(BaseCommand):
    help = "Build the demo city for a day (today). Safe to repeat: a city that is there stays as it is."

    def add_arguments(self, parser):
        parser.add_argument(
            "--today", type=date.fromisoformat, metavar="DATE", help="the day it is built for"
        )
        parser.add_argument("--list", action="store_true", help="print the sign-ins and do nothing else")

    def handle(self, *, today, list, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo city is for `python3 dev.py run` only: its passwords are known.")
        if list:
            self.print_sign_ins()
        elif Unit.objects.exists():
            self.stdout.write("demo: the city is there already")
        else:
            self.build(datetime.combine(today, time(14), work.WIB) if today else timezone.now())

    def print_sign_ins(self):
        for row in SIGN_INS:
            self.stdout.write(f"{row.nip}  {PASSWORD}  {row.role}: {row.name}")

    @transaction.atomic
    def build(self, now):
        call_command("reference", stdout=self.stdout)
        town = people.build_people(people.build_units())
        roles.grant_roles()
        roles.set_passwords()
        signers = {"drafted_by": roles.ANGGREK, "approved_by": roles.AKASIA}
        call_command("load_profile", PROFILE, **signers, stdout=self.stdout)
        verifying, keys = self.months_for(now)
        leaves.promote_one(town, keys[1])
        leaves.grant_leaves(keys)
        leaves.sanction_one(keys)
        leaves.ask_for_one(keys, now)
        for key in keys:
            self.write(key, now, verifying)

    def months_for(self, now):
        """The month being verified, and all months from the first final one to the present one."""
        present = MonthKey.of(now.astimezone(work.WIB).date())
        verifying = present.previous
        while not self.review_is_over(verifying, now):
            verifying = verifying.previous
        keys = [verifying.previous.previous]
        while keys[-1] < present:
            keys.append(keys[-1].next)
        return verifying, keys

    def review_is_over(self, key, now):
        dates = (Month.dates_by_rule(agency, key) for agency in Unit.objects.agencies())
        return all(found["review_closes_at"] + timedelta(days=2) <= now for found in dates)

    def write(self, key, now, verifying):
        """One month: its reports and decisions, then as far along the chain as it has come."""
        months.open_months(key)
        until = min(now, end_of(key.last_day, work.WIB) + timedelta(days=40))
        count = reviews.write(work.Diary(key, now=until), reviews.Reviews(now=now, verifying=verifying))
        if key < verifying:
            months.settle(key)
            months.release_bonus(key)
        elif key == verifying:
            months.begin(key, now=now)
        self.stdout.write(f"demo: {key}, {count} activities")
