"""Sentences are read in Indonesian, the language of the screen."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def indonesian():
    with translation.override("id"):
        yield
