"""A city at its assessment, and its pages opened and posted to as somebody."""

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


@pytest.fixture
def open_as(client):
    def open_(who, view, *args, **data):
        client.cookies["django_language"] = "en"
        client.force_login(who)
        return client.get(reverse(f"assessment:{view}", args=args), data)

    return open_


@pytest.fixture
def post_as(client):
    def post(who, view, *args, **data):
        client.cookies["django_language"] = "en"
        client.force_login(who)
        return client.post(reverse(f"assessment:{view}", args=args), data)

    return post
