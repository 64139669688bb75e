"""What people type gets in clean, in every room: by the columns, whatever path a text takes to them."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from activities.models import Activity
from activities.models.entries import Entry
from organization.models import User
from records.typed import TypedLine, TypedProse
from tests import factories, factories_activities, factories_approvals, factories_bonuses
from tests.test_architecture import BUILT

pytestmark = pytest.mark.django_db
SILENT = ["\u200b" * 10, "\u3164" * 10, "\u2800" * 10, "..........", "- - - - - -"]
NOBODY_TYPES = {
    "organization.Placement.key",
    "organization.Acting.key",  # made by the view
    "organization.User.password",
    "organization.User.email",  # checked by its own rule
    "organization.User.nip",  # digits, checked by their own rule
    "organization.Unit.pattern",  # chosen from a list
    "organization.Unit.kind",
    "organization.Unit.families",
    "organization.PayeeAccount.number",  # encrypted; digits
    "organization.ActivationCode.digest",
    "organization.AddressChange.digest",
    "organization.AddressChange.address",  # checked by its own rule
    "organization.AddressRequest.address",
    "organization.ListImport.kind",  # written by the room that reads it
    "organization.ListImport.digest",
    "organization.ListImport.content",
    "organization.ListImport.unreadable",
    "calendars.Month.seed",  # drawn
    "assessment.Draw.seed",
    "bonuses.Share.failure",  # what the computation said
    "bonuses.Line.band",
    "bonuses.Line.rank_code",
    "bonuses.NoLine.detail",
    "assessment.Assessment.band",
    "organization.Rank.scheme",
    "calendars.Leave.code",
    "approvals.BulkAct.language",  # of the switch
    "notices.Notice.key",  # written by the room that tells
    "notices.Notice.kind",
    "notices.Notice.link",
}


def text_columns():
    for app in BUILT:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.fields:
                text = isinstance(field, models.CharField | models.TextField) and not field.choices
                if text and "Event" not in model.__name__:
                    yield f"{app}.{model.__name__}.{field.name}", field


def test_d101_every_column_that_people_type_keeps_only_what_is_seen():
    unclean = {
        name
        for name, field in text_columns()
        if not isinstance(field, TypedLine | TypedProse)
        and field.name != "scope"  # a key that the rule makes
    }

    assert unclean - NOBODY_TYPES == set()


def test_d101_a_control_character_is_stored_by_no_path():
    person = factories.person("Ana\x0b Contoh")
    person.refresh_from_db()
    assert person.name == "Ana Contoh"

    User.objects.filter(pk=person.pk).update(name="Ana\x00\u202e Lain")
    person.refresh_from_db()
    assert person.name == "Ana Lain"

    person.name = "Ana\u200b Baru"
    User.objects.bulk_update([person], ["name"])
    person.refresh_from_db()
    assert person.name == "Ana Baru"


@pytest.mark.parametrize("typed", SILENT)
def test_d101_a_silent_description_is_stored_by_no_verb(typed):
    who = factories_activities.city().ana
    day = factories_activities.MONDAY
    at = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))
    entry = Entry(who, factories_activities.typed(day, description=typed), at=at)

    with pytest.raises(ValidationError) as refused:
        entry.check(opens=True, reports=False)

    assert "description" in refused.value.message_dict
    assert Activity.objects.count() == 0


@pytest.mark.parametrize("typed", SILENT)
def test_d101_a_silent_reason_sends_nothing_back_and_cancels_nothing(typed):
    names = factories_approvals.city()
    row = factories_activities.activity(names.ana)
    with pytest.raises(ValidationError) as refused:
        factories_approvals.decide(row, names.supervisor, "rejected", reason=typed)
    assert list(refused.value.message_dict) == ["reason"]
    assert row.decisions.count() == 0


@pytest.mark.parametrize("verb", ["refuse", "cancel"])
def test_d101_a_silent_reason_moves_no_run(verb):
    run = factories_bonuses.run_in("computed", city=factories_bonuses.final_city())

    with pytest.raises(ValidationError) as refused:
        getattr(run, verb)(by=factories.person(), at=timezone.now(), reason="..........")

    run.refresh_from_db()
    assert (list(refused.value.message_dict), run.status) == (["reason"], "computed")
