"""Rules on pages: drafted by one of their keepers, approved by another, withdrawn, with what they touch."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from activities.models import EntryRule
from bonuses.models import PayRule
from organization.models import Role, Tariff
from records.refusals import NotAllowed, NotNow
from tests import factories, factories_bonuses
from tests.factories_reports import freeze

pytestmark = pytest.mark.django_db
ENTRY = {
    "valid_from": "2026-07-01",
    "days": "3",
    "counted_in": "working_days",
    "daily_minutes": "450",
    "grace_minutes": "0",
    "decree": "Perwali 9/2026",
    "article": "pasal 4",
}
TARIFF = {
    "scope": "5",
    "ceiling_rupiah": "9000000",
    "decree": "Perwali 9/2026",
    "article": "pasal 4",
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    return freeze(monkeypatch, 2026, 6, 15)


def send(client, who, body, *, kind="entryrule"):
    client.force_login(who)
    return client.post(reverse("changes:rule_create", args=[kind]), body)


def act(client, who, rule, body=None, *, name="rule"):
    client.force_login(who)
    return client.post(reverse(f"changes:{name}", args=[rule._meta.model_name, rule.pk]), body or {})


def errors(answer):
    return answer.context["form"].errors.get_json_data()


def drafted(by=None, **fields):
    fields = {"valid_from": date(2026, 7, 1), "decree": "Perwali 9/2026", "article": "pasal 4"} | fields
    return EntryRule(**fields).draft(by=by or factories.with_role(Role.HR))


def test_one_drafts_and_another_of_the_role_approves(client):
    first, second = factories.with_role(Role.HR), factories.with_role(Role.HR)

    assert send(client, first, ENTRY).status_code == 302
    rule = EntryRule.objects.get()
    own = act(client, first, rule, {"seen": "x"})
    assert own.status_code == 422
    assert "merancang" in own.content.decode()
    assert act(client, second, rule).status_code == 302

    rule.refresh_from_db()
    assert (rule.days, rule.drafted_by, rule.approved_by, rule.status) == (3, first, second, "approved")


def test_the_form_starts_tomorrow_with_the_values_in_force(client):
    factories.signed(EntryRule, daily_minutes=420)
    client.force_login(factories.with_role(Role.HR))

    form = client.get(reverse("changes:rule_create", args=["entryrule"])).context["form"]

    assert (form["valid_from"].value(), form["daily_minutes"].value()) == (date(2026, 6, 16), 420)


@pytest.mark.parametrize(("kind", "role"), [("payrule", Role.MAKER), ("scorerule", Role.HEAD)])
def test_a_kind_that_holds_for_whole_months_starts_on_the_next_first(client, kind, role):
    client.force_login(factories.with_role(role))

    form = client.get(reverse("changes:rule_create", args=[kind])).context["form"]

    assert form["valid_from"].value() == date(2026, 7, 1)


def test_the_same_draft_sent_twice_is_one_and_another_of_its_day_is_told(client):
    first, second = factories.with_role(Role.HR), factories.with_role(Role.HR)
    assert [send(client, first, ENTRY).status_code for _each in range(2)] == [302, 302]

    told = send(client, second, ENTRY)

    assert told.status_code == 422
    assert "Draf" in str(errors(told))
    assert EntryRule.objects.count() == 1


def test_a_keeper_of_one_kind_keeps_no_other(client):
    hr, maker = factories.with_role(Role.HR), factories.with_role(Role.MAKER)
    of_an_agency = factories.with_role(Role.HR, factories.agency())

    assert send(client, hr, TARIFF, kind="tariff").status_code == 403
    assert send(client, maker, ENTRY).status_code == 403
    assert send(client, of_an_agency, ENTRY).status_code == 403
    assert client.get(reverse("changes:rule_create", args=["nothing"])).status_code == 404
    with pytest.raises(NotAllowed):
        Tariff(**TARIFF, valid_from=date(2026, 7, 1)).draft(by=hr)
    assert not EntryRule.objects.exists()


def test_d107_a_tariff_for_last_month_needs_a_reason_and_shows_months_people_and_amounts(client):
    city = factories_bonuses.final_city()
    past = TARIFF | {"valid_from": "2026-03-02"}

    refused = send(client, city.maker, past, kind="tariff")
    assert refused.status_code == 422
    assert [error["message"] for error in errors(refused)["reason"]] == [
        "Aturan yang mulai berlaku hari ini atau sebelumnya perlu alasan."
    ]

    shown = send(client, city.maker, past | {"reason": "Salah ketik pada lampiran."}, kind="tariff")
    touched = shown.context["touched"]
    assert [str(each.month) for each in touched.months] == [str(city.month)]
    assert "Rp9.000.000" in " ".join(touched.notes)
    assert not Tariff.objects.filter(status="draft").exists()

    body = past | {"reason": "Salah ketik pada lampiran.", "seen": touched.stamp}
    assert send(client, city.maker, body, kind="tariff").status_code == 302
    rule = Tariff.objects.get(status="draft")
    assert act(client, city.checker, rule).status_code == 200  # what it touches was not on their page yet
    assert act(client, city.checker, rule, {"seen": touched.stamp}).status_code == 302
    assert Tariff.objects.in_force(date(2026, 4, 1), scope="5") == rule


def test_d107_two_people_without_the_finance_role_approve_no_tariff(client):
    maker, _checker, _releaser = factories_bonuses.finance()
    rule = Tariff(**TARIFF, valid_from=date(2026, 7, 1)).draft(by=maker)

    assert act(client, factories.with_role(Role.HR), rule).status_code == 403
    with pytest.raises(NotAllowed):
        rule.approve(by=factories.with_role(Role.HEAD))


def test_d107_a_past_entry_rule_says_that_what_was_accepted_stays(client):
    factories.city()
    body = ENTRY | {"valid_from": "2026-06-01", "reason": "Perubahan peraturan."}

    notes = send(client, factories.with_role(Role.HR), body).context["touched"].notes

    assert "tetap" in notes[-1]


def test_a_draft_is_withdrawn_by_one_and_a_rule_to_come_by_two(client):
    first, second = factories.with_role(Role.HR), factories.with_role(Role.HR)
    draft = drafted(first)
    assert act(client, first, draft, name="rule_withdraw").status_code == 302
    rule = drafted(first)
    rule.approve(by=second)

    for _each in range(2):
        act(client, first, rule, name="rule_withdraw")
    rule.refresh_from_db()
    assert rule.status == "approved"
    act(client, second, rule, name="rule_withdraw")

    draft.refresh_from_db()
    rule.refresh_from_db()
    assert [(each.status, each.withdrawn_by) for each in (draft, rule)] == [
        ("withdrawn", first),
        ("withdrawn", second),
    ]
    assert not EntryRule.objects.approved().exists()


def test_a_rule_in_force_is_never_withdrawn(client, monkeypatch):
    first, second = factories.with_role(Role.HR), factories.with_role(Role.HR)
    rule = drafted(first)
    rule.approve(by=second)
    rule.withdraw(by=first)
    freeze(monkeypatch, 2026, 7, 1)

    told = act(client, second, rule, name="rule_withdraw")

    assert told.status_code == 409
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        EntryRule.objects.update(status="withdrawn", withdrawn_by=second, withdrawn_at="2026-07-01 01:00Z")
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        EntryRule.objects.update(days=9)


def test_of_two_who_approve_at_once_the_second_is_told_who_was_first():
    rule = drafted()
    same = EntryRule.objects.get(pk=rule.pk)
    first = factories.with_role(Role.HR, name="Nama Pertama")
    rule.approve(by=first)

    with pytest.raises(NotNow, match="Nama Pertama"):
        same.approve(by=factories.with_role(Role.HR))


def test_a_pay_rule_takes_percentages_one_a_line(client):
    maker, _checker, _releaser = factories_bonuses.finance()
    factories_bonuses.pay_rules()
    client.force_login(maker)
    form = client.get(reverse("changes:rule_create", args=["payrule"])).context["form"]
    body = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    body |= {"valid_from": "2026-07-01", "article": "pasal 1", "decree": "Perwali 10/2026"}

    wrong = send(client, maker, body | {"status_percents": "PNS 100"}, kind="payrule")
    assert wrong.status_code == 422
    assert "PNS 100" in str(errors(wrong)["status_percents"])
    right = send(client, maker, body | {"status_percents": "pns: 100\ncpns: 80,5 %"}, kind="payrule")

    assert right.status_code == 302
    assert PayRule.objects.get(status="draft").status_percents == {"pns": "100", "cpns": "80.5"}


@pytest.mark.parametrize("kind", ["workpattern", "leavetype", "reviewrule", "monthrule", "bonusname"])
def test_every_kind_of_hr_has_its_form(client, kind):
    client.force_login(factories.with_role(Role.HR))

    answer = client.get(reverse("changes:rule_create", args=[kind]))

    assert answer.status_code == 200
    assert {"decree", "article", "reason", "valid_from"} < set(answer.context["form"].fields)


def test_drafts_stand_on_the_page_of_rules_for_their_keepers_alone(client):
    hr = factories.with_role(Role.HR)
    draft = drafted(hr)
    found = []
    for who in (hr, factories.with_role(Role.MAKER)):
        client.force_login(who)
        groups = client.get(reverse("reports:rules")).context["groups"]
        found.append([shown.rule for group in groups for shown in group.drafts])

    assert found == [[draft], []]
