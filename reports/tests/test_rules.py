from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import EntryRule
from organization.models import Tariff
from records.dated import DatedRule
from reports.rules import KINDS, shown
from tests import factories, factories_reports

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 9)


def rules_page(client, who):
    client.force_login(who)
    return client.get(reverse("reports:rules"))


def test_everyone_reads_every_kind_with_decree_and_values(client):
    city = factories_reports.city()

    answer = rules_page(client, city.ana)

    page = answer.content.decode()
    assert len(answer.context["groups"]) == len(KINDS)
    assert [group.name for group in answer.context["groups"] if not group.rules] == ["bonusname"]
    for value in [
        "Perwali 1/2025 (contoh)",
        "pasal 1",
        "Rp1.200.000",
        "Rp1.500.000",
        "450",
        "60 %",
        "Cuti CT",
    ]:
        assert value in page


def test_the_newest_rule_of_today_is_in_force_and_later_ones_are_to_come():
    for day in (date(2025, 1, 1), date(2026, 3, 1), date(2026, 4, 1)):
        factories.signed(EntryRule, valid_from=day)

    found = [(rule.rule.valid_from, rule.is_coming) for rule in shown(EntryRule.objects.approved(), DAY)]

    assert found == [(date(2026, 3, 1), False), (date(2026, 4, 1), True)]


def test_a_draft_is_no_rule():
    factories.signed(EntryRule)
    EntryRule.objects.create(valid_from=date(2026, 1, 1), decree="x", drafted_by=factories.person())

    assert [rule.rule.valid_from for rule in shown(EntryRule.objects.approved(), DAY)] == [date(2025, 1, 1)]


def test_tariffs_stand_in_the_order_of_their_classes():
    for number in (10, 9, 1):
        factories.signed(Tariff, scope=str(number), ceiling_rupiah=1_000_000 * number)

    assert [rule.rule.scope for rule in shown(Tariff.objects.approved(), DAY)] == ["1", "9", "10"]


def test_the_banner_stands_while_a_rule_is_a_sample_and_goes_with_it(client):
    who = factories.person()
    factories.leave_type()
    assert rules_page(client, who).context["has_sample"] is True

    factories.leave_type(valid_from=date(2026, 1, 1), decree="Perwali 5 Tahun 2026")

    assert rules_page(client, who).context["has_sample"] is False


def test_every_kind_of_dated_rule_stands_on_the_page():
    found = {each for each in DatedRule.__subclasses__() if not each._meta.abstract}

    assert {kind for kind in found if not kind.__name__.endswith("Event")} == set(KINDS)


def test_the_page_takes_as_many_queries_for_one_rule_a_kind_as_for_three(client):
    city = factories_reports.city()
    counts = []
    for codes in (["C1"], ["C2", "C3", "C4"]):
        for code in codes:
            factories.leave_type(code)
            factories.leave_type(code, valid_from=date(2030, 1, 1))
        client.force_login(city.ana)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reports:rules"))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 15
