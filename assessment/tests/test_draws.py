from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction

from assessment.models import Draw, DrawnRow, ScoreRule
from records.refusals import NotAllowed, NotNow
from tests import factories
from tests.factories import at
from tests.factories_assessment import (
    LATER,
    MARCH,
    close,
    drawn,
    late_row,
    row,
    rows,
    rows_of,
    score_rule,
    stage,
    verdict,
)

pytestmark = pytest.mark.django_db
DAYS = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13]


@pytest.fixture
def city():
    return stage()


def shown(month):
    return [(d.stratum, d.number, d.population, d.size) for d in Draw.objects.filter(month=month)]


def test_the_draw_takes_the_stated_number_of_the_approved_rows(city):
    score_rule(
        valid_from=date(2026, 1, 1), error=Decimal("0.50"), flagged_error=Decimal("0.50")
    )  # 5 rows at 95 %
    rows(city.ana, DAYS)
    rows(city.budi, DAYS, status="rejected")
    close(city.month)

    Draw.objects.draw(city.month, by=city.chief, at=LATER)

    assert shown(city.month) == [("always", 1, 0, 0), ("flagged", 1, 0, 0), ("sample", 1, 10, 5)]


def test_the_rows_are_those_that_sha256_of_seed_and_id_puts_first(city):
    score_rule(valid_from=date(2026, 1, 1), error=Decimal("0.50"))
    ids = [made.pk for made in rows(city.ana, DAYS)]
    found = drawn(city.month, by=city.chief)
    by_hand = sorted(ids, key=lambda pk: sha256(f"{city.month.seed}:{pk}".encode()).hexdigest())[:5]

    assert [(r.position, r.activity_id) for r in found] == list(enumerate(by_hand, start=1))


def test_a_second_draw_is_the_first_one(city):
    rows(city.ana, DAYS)
    first = drawn(city.month, by=city.chief)
    again = Draw.objects.draw(city.month, by=city.chief, at=at(2026, 4, 10))

    assert (list(rows_of(city.month)), {d.at for d in again}) == (first, {LATER})


def test_flagged_rows_are_a_stratum_of_their_own_and_leave_days_are_always_read(city):
    rows(city.ana, DAYS[:3])
    flagged = row(city.ana, date(2026, 3, 16), flagged=True)
    factories.leave(city.budi, date(2026, 3, 17))
    on_leave = row(city.budi, date(2026, 3, 17), flagged=True)
    found = drawn(city.month, by=city.chief)

    by_stratum = {stratum: [] for stratum in Draw.Stratum.values}
    for each in found:
        by_stratum[each.draw.stratum].append(each.activity_id)
    assert (by_stratum["always"], by_stratum["flagged"], len(by_stratum["sample"])) == (
        [on_leave.pk],
        [flagged.pk],
        3,
    )


def test_rows_decided_after_the_close_are_not_drawn(city):
    inside = rows(city.ana, DAYS[:2])
    late = late_row(city.ana, date(2026, 3, 20), by=city.nila)

    found = {r.activity_id for r in drawn(city.month, by=city.chief)}

    assert (found, late.pk in found) == ({made.pk for made in inside}, False)


def test_an_assessor_does_not_draw(city):
    close(city.month)

    with pytest.raises(NotAllowed, match="[Kk]etua unit penilai|head of assessment"):
        Draw.objects.draw(city.month, by=city.nila, at=LATER)


def test_nothing_is_drawn_while_the_month_is_open(city):
    with pytest.raises(NotNow):
        Draw.objects.draw(city.month, by=city.chief, at=LATER)
    assert not Draw.objects.exists()


def test_too_many_refusals_extend_the_draw_by_as_many_rows(city):
    score_rule(valid_from=date(2026, 1, 1), error=Decimal("0.50"), tolerable_refusal=Decimal("0.20"))
    rows(city.ana, DAYS)
    rows(city.budi, DAYS)
    found = drawn(city.month, by=city.chief)
    for each in found[:3]:
        verdict(each, by=city.nila)
    assert not Draw.objects.needing_more(city.month)
    for each in found[3:]:
        verdict(each, by=city.nila, outcome="void")
    assert Draw.objects.needing_more(city.month)

    Draw.objects.extend(city.month, by=city.chief, at=LATER)

    assert shown(city.month)[2:] == [("sample", 1, 20, 5), ("sample", 2, 15, 5)]
    order = [r.activity_id for r in rows_of(city.month)]
    assert order == sorted(order, key=lambda pk: sha256(f"{city.month.seed}:{pk}".encode()).hexdigest())


def test_a_tolerable_share_of_refusals_draws_nothing_more(city):
    score_rule(valid_from=date(2026, 1, 1), error=Decimal("0.50"), tolerable_refusal=Decimal("0.20"))
    rows(city.ana, DAYS)
    first, *rest = drawn(city.month, by=city.chief)
    verdict(first, by=city.nila, outcome="void")
    for each in rest:
        verdict(each, by=city.nila)

    with pytest.raises(NotNow):
        Draw.objects.extend(city.month, by=city.chief, at=LATER)


def test_an_activity_is_drawn_once_and_a_place_is_held_once(city):
    rows(city.ana, DAYS[:2])
    first, second = drawn(city.month, by=city.chief)

    for broken in (
        {"draw": first.draw, "activity": first.activity, "position": 9},
        {"draw": first.draw, "activity": row_of_april(city), "position": second.position},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            DrawnRow.objects.create(**broken)


def row_of_april(city):
    return row(city.ana, date(2026, 4, 1))


@pytest.mark.parametrize(
    "broken",
    [
        {"size": 4},
        {"stratum": "always"},
        {"confidence": None},
        {"number": 1},
    ],
)
def test_the_table_refuses_a_draw_that_cannot_be(city, broken):
    close(city.month)
    Draw.objects.draw(city.month, by=city.chief, at=LATER)
    values = {
        "month": city.month,
        "stratum": "sample",
        "number": 2,
        "rule": ScoreRule.objects.get(),
        "confidence": Decimal("0.95"),
        "error": Decimal("0.05"),
        "seed": city.month.seed,
        "population": 3,
        "size": 3,
        "drawn_by": city.chief,
        "at": LATER,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.create(**values | broken)
    Draw.objects.create(**values)


@pytest.mark.parametrize("table", ["assessment_draw", "assessment_drawnrow"])
@pytest.mark.parametrize("statement", ["DELETE FROM {table}", "UPDATE {table} SET id = id"])
def test_a_draw_is_never_changed(city, table, statement):
    rows(city.ana, DAYS[:2])
    drawn(city.month, by=city.chief)

    with pytest.raises(IntegrityError, match="append_only"), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))


@pytest.mark.parametrize(
    "broken",
    [
        {"quality_weight": Decimal("0.19")},
        {"quality_weight": Decimal("-0.2"), "discipline_weight": Decimal("0.6")},
        {"band_a": Decimal(76)},
        {"band_a": Decimal(101)},
        {"band_d": Decimal(0)},
        {"confidence": Decimal(1)},
        {"error": Decimal(0)},
        {"flagged_error": Decimal(1)},
        {"tolerable_refusal": Decimal(1)},
    ],
)
def test_the_table_refuses_a_rule_that_cannot_be(broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        score_rule(**broken)


def test_the_seed_is_the_month_s_own_16_bytes(city):
    rows(city.ana, DAYS[:1])
    drawn(city.month, by=city.chief)

    assert {d.seed for d in Draw.objects.all()} == {city.month.seed}
    assert len(bytes.fromhex(city.month.seed)) == 16 and MARCH == city.month.key
