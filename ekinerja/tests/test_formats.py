from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("typed", ["2026-03-09", "9-3-2026", "09/03/2026"])
def test_a_date_is_read_with_the_day_first(language, typed):
    with translation.override(language):
        assert forms.DateField().clean(typed) == date(2026, 3, 9)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("typed", ["03/13/2026", "9 March", "2026-13-01", "09/03/26"])
def test_a_date_with_the_month_first_is_refused(language, typed):
    with translation.override(language), pytest.raises(ValidationError):
        forms.DateField().clean(typed)
