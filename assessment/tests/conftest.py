"""A city at its assessment, and its pages opened and posted to as somebody."""

from functools import partial

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories_assessment import stage


@pytest.fixture
def city():
    return stage()


@pytest.fixture
def english():
    """Sentences are compared in the language of the code; the catalogue has its own test."""
    with translation.override("en"):
        yield


def asked(method, who, view, *args, **data):
    method.__self__.cookies["django_language"] = "en"
    method.__self__.force_login(who)
    return method(reverse(f"assessment:{view}", args=args), data)


@pytest.fixture
def open_as(client):
    return partial(asked, client.get)


@pytest.fixture
def post_as(client):
    return partial(asked, client.post)
