"""The lists that every city shares: job classes, ranks, the catalogue of work, the national calendar."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from activities.models import CatalogItem
from calendars.models import Holiday
from organization.models import JobClass, Rank

FOLDER = Path(__file__).resolve().parents[2] / "reference"


def rows(name):
    """The lines of a reference file as dicts of text."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Command(BaseCommand):
    help = "Add the reference lists. What is there already stays as it is: HR may have changed it."

    @transaction.atomic
    def handle(self, **options):
        added = [self.job_classes(), self.ranks(), self.catalogue(), self.holidays()]
        self.stdout.write("reference: {} classes, {} ranks, {} items, {} holidays added".format(*added))

    def add(self, model, key, found):
        """Insert rows whose `key` is not there yet; return how many."""
        known = set(model.objects.values_list(*key))
        fresh = [row for row in found if tuple(getattr(row, name) for name in key) not in known]
        return len(model.objects.bulk_create(fresh))

    def job_classes(self):
        made = [JobClass(number=int(r["job_class"]), level=r["level"]) for r in rows("job_classes.csv")]
        return self.add(JobClass, ["number"], made)

    def ranks(self):
        made = [
            Rank(code=r["code"], scheme=r["scheme"], order_no=int(r["order_no"]), name=r["rank_name"])
            for r in rows("ranks.csv")
        ]
        return self.add(Rank, ["code"], made)

    def catalogue(self):
        made = [
            CatalogItem(
                code=r["code"],
                job_family=r["job_family"],
                name=r["name"],
                output_unit=r["output_unit"],
                standard_minutes=int(r["standard_minutes"]) if r["standard_minutes"] else None,
                kind=r["kind"],
            )
            for r in rows("activity_catalogue.csv")
        ]
        return self.add(CatalogItem, ["code"], made)

    def holidays(self):
        made = [
            Holiday(
                date=r["date"], name=r["name_id"], name_en=r["name_en"], kind=r["kind"], decree=r["decree"]
            )
            for r in rows("holidays.csv")
        ]
        known = {day.isoformat() for day in Holiday.objects.filter(unit=None).values_list("date", flat=True)}
        return len(Holiday.objects.bulk_create([row for row in made if row.date not in known]))
