"""What a pay rule may say: percentages as texts that keep every digit, and one for every band."""

import pytest
from django.core.exceptions import ValidationError

from bonuses.models import PayRule
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db


def refused(**fields):
    rule = PayRule.objects.get(pk=build.pay_rule().pk)
    for name, value in ({"reason": "Contoh."} | fields).items():
        setattr(rule, name, value)
    with pytest.raises(ValidationError) as found:
        rule.clean()
    return list(found.value.message_dict)


@pytest.mark.parametrize("value", [2.3, 5, "2,5", "100.01", "-1", "", None, "NaN", "1e1"])
def test_d56_a_percentage_that_is_no_decimal_text_is_refused(value):
    assert refused(tax_percents={"III/a": value}) == ["tax_percents"]


def test_a_rule_by_the_band_names_every_band():
    assert refused(mode="band", band_percents={"A": "100", "B": "90"}) == ["band_percents"]
    bands = {"mode": "band", "band_percents": dict.fromkeys("ABCDE", "50.5")}
    build.pay_rule(valid_from="2026-01-01", reason="Contoh.", **bands).clean()
