"""A tariff that begins within the month: two segments on the person's page and on the papers. Case D92."""

from datetime import date

import pytest

from bonuses.models import Line, Run
from bonuses.papers.rows import rows_of
from organization.models import Level
from tests import factories
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    """September 2026 of an analyst of class 7, released: 2,550,000, and 5,100,000 from the 16th."""
    city = factories.city()
    build.pay_rules()
    post = factories.post(city.agency, "Analis", number=7, level=Level.SUPERVISOR)
    city.who = build.ranked(factories.staff(post, "Wati Analis"), "III/a")
    build.account(city.who)
    build.tariff(7, 2_550_000)
    build.tariff(7, 5_100_000, valid_from=date(2026, 9, 16))
    city.month = factories.month(city.agency, 2026, 9)
    build.scored(city.who, city.month, "100.00")
    build.finalised(city.month)
    city.maker, city.checker, city.releaser = build.finance()
    city.run = build.run_in(Run.Status.RELEASED, city=city)
    return city


def test_d92_the_line_is_paid_by_both_tariffs(city):
    assert Line.objects.get(person=city.who).paid == 3_825_000


def test_d92_the_person_reads_both_segments_with_their_ceilings(client, city):
    client.force_login(city.who)
    text = " ".join(client.get("/bonus/2026-09/").content.decode().split())

    for ceiling in ("Rp2.550.000", "Rp5.100.000", "Rp3.825.000"):
        assert ceiling in text
    for span in ("1 Sep", "15 Sep", "16 Sep", "30 Sep"):
        assert span in text


def test_d92_the_nominative_list_names_both_in_the_remark(city):
    (row,) = rows_of(city.run, city.agency)

    assert row["remark"] == (
        "Analis, 1 Sep s.d. 15 Sep, pagu 2.550.000; Analis, 16 Sep s.d. 30 Sep, pagu 5.100.000"
    )


def test_a_tariff_approved_after_publication_leaves_the_frozen_days_as_they_are(city):
    build.tariff(7, 9_900_000, valid_from=date(2026, 9, 21))

    line = Line.objects.get(person=city.who)
    assert [part["ceiling"] for part in line.segments] == [2_550_000, 5_100_000]
    assert line.recomputed().paid == 3_825_000
