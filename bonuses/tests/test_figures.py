"""How the figures of a bonus are written, in both languages."""

from decimal import Decimal

import pytest
from django.utils import translation

from bonuses.templatetags.bonus import amount_or_dash, change, millions, millions_change, plain, taken


@pytest.mark.parametrize(
    ("written", "indonesian", "english"),
    [
        (lambda: plain(Decimal("16.00")), "16", "16"),
        (lambda: plain(Decimal("25.50")), "25,5", "25.5"),
        (lambda: plain(20), "20", "20"),
        (lambda: plain(None), "–", "–"),
        (lambda: taken(18_000), "−Rp18.000", "−Rp18,000"),
        (lambda: taken(0), "Rp0", "Rp0"),
        (lambda: amount_or_dash(0), "–", "–"),
        (lambda: amount_or_dash(1_500), "1.500", "1,500"),
        (lambda: change(3), "+3", "+3"),
        (lambda: change(-1), "−1", "−1"),
        (lambda: change(0), "0", "0"),
        (lambda: millions(427_057_053), "427,1", "427.1"),
        (lambda: millions(50_000), "0,1", "0.1"),
        (lambda: millions_change(5_900_000), "+5,9", "+5.9"),
        (lambda: millions_change(-5_405_479), "−5,4", "−5.4"),
    ],
)
def test_a_figure_is_written_as_people_of_the_language_write_it(written, indonesian, english):
    with translation.override("id"):
        assert written() == indonesian
    with translation.override("en"):
        assert written() == english
