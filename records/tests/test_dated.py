from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from calendars.models import MonthRule
from organization.models import Role
from records.dated import NoRule
from tests import factories

pytestmark = pytest.mark.django_db


def draft(**fields):
    fields = {
        "valid_from": date(2026, 5, 1),
        "decree": "Perwali 9/2026 (contoh)",
        "reason": "Keputusan.",
    } | fields
    return MonthRule.objects.create(drafted_by=fields.pop("drafted_by", None) or factories.person(), **fields)


def test_d66_the_rule_of_the_day_of_the_work_holds_not_that_of_today():
    old = factories.month_rule(review_day=5)
    new = factories.month_rule(valid_from=date(2026, 5, 1), review_day=7)

    assert MonthRule.objects.in_force(date(2026, 4, 30)) == old
    assert MonthRule.objects.in_force(date(2026, 5, 1)) == new


def test_a_draft_is_not_in_force():
    old = factories.month_rule()
    draft()

    assert MonthRule.objects.in_force(date(2026, 6, 1)) == old


def test_without_a_rule_a_sentence_names_the_day():
    with pytest.raises(NoRule, match="2024-12-31"):
        MonthRule.objects.in_force(date(2024, 12, 31))


def test_a_scope_has_its_own_rules():
    factories.month_rule()

    with pytest.raises(NoRule):
        MonthRule.objects.in_force(date(2026, 6, 1), scope="lain")


def test_who_drafted_a_rule_cannot_approve_it():
    author = factories.with_role(Role.HR)
    rule = draft(drafted_by=author)

    with pytest.raises(ValidationError):
        rule.approve(by=author)
    with pytest.raises(IntegrityError, match="drafter_is_not_approver"), transaction.atomic():
        MonthRule.objects.filter(pk=rule.pk).update(
            status="approved", approved_by=author, approved_at=timezone.now()
        )
    rule.approve(by=factories.with_role(Role.HR))

    assert MonthRule.objects.in_force(date(2026, 6, 1)) == rule


def test_an_approved_rule_names_who_and_when():
    rule = draft()

    with pytest.raises(IntegrityError, match="approved_by_somebody"), transaction.atomic():
        MonthRule.objects.filter(pk=rule.pk).update(status="approved")


def test_one_approved_rule_a_day_and_scope():
    factories.month_rule()

    with pytest.raises(IntegrityError, match="one_approved_a_day"), transaction.atomic():
        factories.month_rule()
