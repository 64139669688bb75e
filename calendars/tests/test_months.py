from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from calendars.models import Month, MonthAct
from calendars.tasks import close_due_months
from calendars.weeks import MonthKey
from organization.models import Posting
from records.state import InvalidTransition
from tests import factories
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
REVIEW_CLOSED = factories.at(2026, 4, 8, 0)
ORDER = "Pelaporan ditutup lebih dulu, lalu tinjauan, lalu tenggat penerbitan."


def test_a_month_is_made_on_first_use_with_the_dates_of_the_rule():
    city = factories.city()
    month = factories.month(city.agency)

    assert (month.entry_closes_at, month.review_closes_at, month.publication_due_at) == (
        factories.at(2026, 4, 4, 0),
        REVIEW_CLOSED,
        factories.at(2026, 4, 15, 0),
    )
    assert (month.status, len(bytes.fromhex(month.seed))) == ("open", 16)
    assert factories.month(city.agency) == month


def test_no_working_day_of_the_agency_is_lost_to_a_holiday_in_its_dates():
    city = factories.city()
    factories.holiday(date(2026, 4, 3))

    assert factories.month(city.agency).entry_closes_at == factories.at(2026, 4, 7, 0)


@pytest.mark.django_db(transaction=True)
def test_d05_two_first_uses_at_once_make_one_month():
    city = factories.city()

    made = at_once(*[partial(Month.objects.of, city.agency, MonthKey(2026, 3))] * 2)

    assert made == [Month.objects.get()] * 2


def test_d70_the_clock_closes_the_review_once_however_often_it_strikes():
    month = factories.month(factories.city().agency)
    Month.objects.close_due(REVIEW_CLOSED - timedelta(seconds=1))
    assert Month.objects.get().status == "open"

    for hour in (0, 7):
        Month.objects.close_due(REVIEW_CLOSED + timedelta(hours=hour))

    assert Month.objects.get().status == "verifying"
    assert list(month.acts.values_list("kind", "by")) == [("closed", None)]


def test_the_head_closes_early_only_with_a_reason_and_after_the_month_is_over():
    city = factories.city()
    month = factories.month(city.agency)
    early = factories.at(2026, 4, 6)

    with pytest.raises(ValidationError) as found:
        month.close(by=city.head, at=early)
    assert list(found.value.message_dict) == ["reason"]
    with pytest.raises(ValidationError):
        month.close(by=city.head, at=factories.at(2026, 3, 31, 12), reason="semua selesai")
    month.close(by=city.head, at=early, reason="semua selesai")

    assert list(month.acts.values_list("kind", "by", "reason")) == [("closed", city.head.pk, "semua selesai")]


def test_dates_not_yet_reached_move_with_a_reason_and_are_kept():
    city = factories.city()
    month = factories.month(city.agency)
    later = month.review_closes_at + timedelta(days=1)

    with pytest.raises(ValidationError) as found:
        month.move_dates(by=city.head, at=factories.at(2026, 4, 1), reason=" ", review_closes_at=later)
    assert list(found.value.message_dict) == ["reason"]
    month.move_dates(
        by=city.head, at=factories.at(2026, 4, 1), reason="listrik padam", review_closes_at=later
    )

    assert Month.objects.get().review_closes_at == later
    act = MonthAct.objects.get()
    assert (act.reason, list(act.detail)) == ("listrik padam", ["review_closes_at"])


@pytest.mark.parametrize(
    ("at", "name", "value", "sentence"),
    [
        (
            7,
            "entry_closes_at",
            factories.at(2026, 4, 8),
            "Tanggal ini sudah tercapai dan tidak berubah lagi.",
        ),
        (6, "review_closes_at", factories.at(2026, 4, 5), "Tanggal paling awal dapat dipindah ke saat ini."),
        (6, "objections_close_at", factories.at(2026, 5, 1), "Tanggal ini belum ditetapkan."),
        (1, "entry_closes_at", factories.at(2026, 4, 20), ORDER),
        (6, "publication_due_at", factories.at(2026, 4, 7), ORDER),
    ],
)
def test_a_date_reached_in_the_past_unset_or_out_of_order_does_not_move(at, name, value, sentence):
    month = factories.month(factories.city().agency)
    at = factories.at(2026, 4, at)

    with pytest.raises(ValidationError) as refused:
        month.move_dates(by=factories.person(), at=at, reason="sebab lain itu", **{name: value})
    assert refused.value.messages == [sentence]
    assert MonthAct.objects.count() == 0


def test_no_date_of_a_month_moves_to_before_the_month_is_over():
    month = factories.month(factories.city().agency)
    early = {"entry_closes_at": factories.at(2026, 3, 20), "review_closes_at": factories.at(2026, 3, 21)}

    with pytest.raises(ValidationError) as refused:
        month.move_dates(by=factories.person(), at=factories.at(2026, 3, 2), reason="keliru bulan", **early)
    assert list(refused.value.message_dict) == ["entry_closes_at"]


def test_d70_a_month_that_cannot_be_closed_holds_up_no_other():
    city = factories.city()
    february, march = (factories.month(city.agency, number=number) for number in (2, 3))
    at = factories.at(2026, 3, 10)
    Month.objects.filter(pk=march.pk).update(
        entry_closes_at=at - timedelta(days=2), review_closes_at=at - timedelta(days=1)
    )

    Month.objects.close_due(at)

    assert [Month.objects.get(pk=month.pk).status for month in (february, march)] == ["verifying", "open"]


def test_closing_twice_is_one_act_and_somebody_else_is_told():
    city = factories.city()
    month, at = factories.month(city.agency), factories.at(2026, 4, 2)
    for _ in range(2):
        month.close(by=city.head, at=at, reason="semua selesai")

    with pytest.raises(InvalidTransition):
        month.close(by=city.supervisor, at=at, reason="alasan lain")
    assert list(month.acts.values_list("by", "reason")) == [(city.head.pk, "semua selesai")]


def test_a_month_moves_only_along_its_line_and_never_back():
    month = factories.month(factories.city().agency)
    with pytest.raises(InvalidTransition):
        month.move_to("published")
    month.move_to("verifying")

    with pytest.raises(IntegrityError, match="month_is_final"), transaction.atomic():
        Month.objects.update(status="open")


def test_a_final_month_is_locked_for_sql_as_the_owner_of_the_database():
    month = factories.month(factories.city().agency)
    moment = datetime.now(factories.WIB)
    month.move_to("verifying")
    month.move_to("published", published_at=moment, objections_close_at=moment)
    month.move_to("final", finalised_at=moment)

    for sql in ("UPDATE calendars_month SET year = 2020", "DELETE FROM calendars_month"):
        with pytest.raises(IntegrityError, match="month_is_final"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql)


def test_what_happened_to_a_month_is_never_edited():
    month = factories.month(factories.city().agency)
    month.close(at=REVIEW_CLOSED)

    for change in (lambda: MonthAct.objects.update(reason="x"), lambda: MonthAct.objects.all().delete()):
        with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
            change()


def test_last_month_exists_also_where_nobody_reported_and_only_where_people_are(monkeypatch):
    city = factories.city()
    factories.agency(name="Dinas Kosong")
    now = REVIEW_CLOSED + timedelta(hours=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    for _strike in range(2):
        close_due_months()

    found = [(month.agency, str(month.key), month.status) for month in Month.objects.order_by("pk")]
    assert sorted(found, key=str) == sorted(
        [(city.agency, "2026-03", "verifying"), (city.other, "2026-03", "verifying")], key=str
    )


def test_no_month_is_made_from_before_the_first_rule():
    factories.city()

    Month.objects.open_past(factories.at(2025, 1, 15))

    assert Month.objects.count() == 0


def test_the_seed_is_shown_from_the_moment_that_entry_closes():
    month = factories.month(factories.city().agency)
    closes_at = month.entry_closes_at
    moments = [closes_at - timedelta(seconds=1), closes_at, month.review_closes_at]

    assert [month.seed_is_shown(moment) for moment in moments] == [False, True, True]


def known_since(year, month):
    """As if all postings had been written in that month."""
    Posting.pgh_event_model.objects.update(pgh_created_at=factories.at(year, month, 20))


def made(agency):
    return sorted(Month.objects.filter(agency=agency).values_list("year", "month"))


def test_the_clock_makes_up_for_every_month_that_it_missed_however_many():
    city = factories.city()
    known_since(2025, 11)
    factories.month(city.other, 2025, 9)

    for _hour in range(2):
        Month.objects.open_past(factories.at(2026, 4, 1))
    Month.objects.close_due(factories.at(2026, 4, 1))

    assert made(city.agency) == [(2025, 11), (2025, 12), (2026, 1), (2026, 2), (2026, 3)]
    assert made(city.other) == [(2025, 9), (2025, 10), *made(city.agency)]
    open_still = Month.objects.filter(status="open").values_list("month", flat=True)
    assert set(open_still) == {3}


def test_no_month_is_made_up_for_from_before_an_agency_was_recorded_here_or_without_people_in_it():
    city = factories.city()
    known_since(2026, 6)
    later = factories.agency()
    later_post = factories.post(later)
    factories.posted(factories.person(), later_post, starts_on=date(2026, 3, 2))
    Posting.pgh_event_model.objects.filter(pgh_obj__post=later_post).update(
        pgh_created_at=factories.at(2026, 1, 5)
    )

    Month.objects.open_past(factories.at(2026, 4, 1))

    assert (made(city.agency), made(later)) == ([(2026, 3)], [(2026, 3)])
