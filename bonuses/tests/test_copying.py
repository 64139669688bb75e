"""Many rows by COPY read back as they were given."""

import pytest
from django.utils import timezone

from bonuses.models import Line, NoLine, Run
from bonuses.models.copying import copy
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("detail", ["", '"a", b\\N', "naïve\nline\ttab", "NULL", r"\."])
def test_text_comes_back_as_it_was_written(detail):
    city = build.final_city()
    share = build.run_in(Run.Status.REQUESTED, city=city).shares.get()

    NoLine.objects.write(share, [{"person_id": city.zul.pk, "reason": "zero", "detail": detail}])

    assert NoLine.objects.get().detail == detail


def test_json_and_missing_values_come_back_and_a_second_batch_follows(monkeypatch):
    monkeypatch.setattr("bonuses.models.copying.BATCH", 1)
    city = build.final_city()
    run = build.run_in(Run.Status.COMPUTED, city=city)
    rows = list(Line.objects.of_run(run).values())
    run.refuse(by=city.checker, at=timezone.now(), reason="hitung sekali lagi")
    run.request(by=city.maker, at=timezone.now())
    for row in rows:
        row |= {"attempt": 9, "score": None, "inputs": {"name": 'O"k\\u, \n'}}

    copy(Line.objects, rows)

    written = Line.objects.filter(attempt=9).order_by("pk").values("person_id", "score", "inputs", "net")
    assert list(written) == [{name: row[name] for name in written[0]} for row in rows]
