"""What the database refuses on every path, one rule at a time."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from activities.models import Activity, CatalogItem, EntryRule
from calendars.models import Month
from tests import factories, factories_activities
from tests.factories_activities import activity

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 10)


@pytest.fixture
def city():
    return factories_activities.city()


def refused_by(name, change):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("activity_takes_1_to_1440_minutes", {"minutes": 0, "credited_minutes": 0}),
        ("activity_takes_1_to_1440_minutes", {"minutes": 1441}),
        ("quantity_is_at_least_one", {"quantity": 0}),
        ("description_has_10_to_1000_letters", {"description": "Sembilan."}),
        ("description_has_10_to_1000_letters", {"description": "x" * 1001}),
        ("activity_names_an_item_or_other_work", {"other_title": ""}),
        ("credited_minutes_are_at_most_the_minutes", {"credited_minutes": 91}),
        ("decided_minutes_are_at_most_the_credited", {"status": "approved", "approved_minutes": 91}),
        ("decided_minutes_are_at_most_the_credited", {"status": "approved", "counted_minutes": 91}),
        ("only_approved_work_counts", {"counted_minutes": 1}),
        ("only_approved_or_voided_work_has_approved_minutes", {"approved_minutes": 1}),
        ("reported_work_has_its_moments", {"first_reported_at": None}),
        ("reported_work_has_its_moments", {"reported_at": factories.at(2026, 3, 9)}),
        ("returned_work_has_a_due_moment", {"status": "returned"}),
        ("returned_work_has_a_due_moment", {"return_due_at": factories.at(2026, 3, 13)}),
    ],
)
def test_a_row_cannot_be(city, constraint, fields):
    row = activity(city.ana, TUESDAY)

    refused_by(constraint, lambda: Activity.objects.filter(pk=row.pk).update(**fields))


def test_an_item_and_other_work_exclude_each_other(city):
    row = activity(city.ana, TUESDAY, item=factories_activities.item())

    refused_by(
        "activity_names_an_item_or_other_work",
        lambda: Activity.objects.filter(pk=row.pk).update(other_title="Lain"),
    )


def test_a_form_makes_one_row_of_a_person(city):
    first = activity(city.ana, TUESDAY)

    refused_by("one_activity_per_form", lambda: activity(city.ana, TUESDAY, form_token=first.form_token))
    assert activity(city.budi, TUESDAY, form_token=first.form_token).pk


def test_clock_times_of_a_person_do_not_overlap_and_drafts_are_left_out(city):
    activity(city.ana, TUESDAY, starts_at=time(10), minutes=120)

    refused_by(
        "activities_of_a_person_do_not_overlap",
        lambda: activity(city.ana, TUESDAY, starts_at=time(11, 59), minutes=1),
    )
    for who, start, status in [
        (city.ana, time(12), "reported"),
        (city.ana, time(11), "draft"),
        (city.budi, time(11), "reported"),
    ]:
        assert activity(who, TUESDAY, starts_at=start, minutes=10, status=status).pk


def test_clock_times_overlap_also_past_midnight(city):
    activity(city.ana, TUESDAY, starts_at=time(21), minutes=450)

    refused_by(
        "activities_of_a_person_do_not_overlap",
        lambda: activity(city.ana, date(2026, 3, 11), starts_at=time(4), minutes=31),
    )
    assert activity(city.ana, date(2026, 3, 11), starts_at=time(4, 30), minutes=31).pk


def test_a_standard_of_no_minutes_is_refused(db):
    refused_by("standard_minutes_are_at_least_one", lambda: factories_activities.item(standard=0))


@pytest.mark.parametrize("minutes", [0, 1441])
def test_a_day_of_a_rule_holds_1_to_1440_minutes(city, minutes):
    refused_by(
        "a_day_holds_1_to_1440_minutes",
        lambda: factories_activities.entry_rule(valid_from=TUESDAY, daily_minutes=minutes),
    )


def test_who_drafts_an_entry_rule_does_not_approve_it(city):
    same = {"drafted_by": city.ana, "approved_by": city.ana}

    refused_by("drafter_is_not_approver", lambda: factories.signed(EntryRule, valid_from=TUESDAY, **same))


def test_d54_an_approved_rule_is_neither_changed_nor_removed_on_any_path(city):
    rule = EntryRule.objects.get()

    refused_by("append_only", lambda: EntryRule.objects.update(daily_minutes=600))
    refused_by("append_only", lambda: sql("DELETE FROM activities_entryrule WHERE id = %s", rule.pk))
    assert EntryRule.objects.get().daily_minutes == 450


def test_a_code_names_one_item(db):
    factories_activities.item(code="ADM-001")

    refused_by(
        "code", lambda: CatalogItem.objects.create(code="ADM-001", job_family="x", name="y", output_unit="z")
    )


def finalise(month):
    """Take a month to FINAL as the database lets it go, forward only."""
    moment = factories.at(2026, 4, 20)
    for fields in (
        {"status": "verifying"},
        {"status": "published", "published_at": moment, "objections_close_at": moment},
        {"status": "final", "finalised_at": moment},
    ):
        Month.objects.filter(pk=month.pk).update(**fields)


def test_d21_a_closed_month_takes_no_row_also_by_sql(city):
    row = activity(city.ana, TUESDAY)
    columns = [
        field.column for field in Activity._meta.concrete_fields if field.column not in ("id", "form_token")
    ]
    Month.objects.update(status="verifying")

    refused_by("month_is_closed", lambda: activity(city.ana, TUESDAY))
    refused_by(
        "month_is_closed",
        lambda: sql(
            f"INSERT INTO activities_activity ({', '.join(columns)}, form_token) "
            f"SELECT {', '.join(columns)}, gen_random_uuid() FROM activities_activity WHERE id = %s",
            row.pk,
        ),
    )


def test_a_final_month_takes_no_change_of_any_row_also_by_sql_as_its_owner(city):
    row = activity(city.ana, TUESDAY, status="approved")
    finalise(row.month)

    for statement in (
        "UPDATE activities_activity SET counted_minutes = 1 WHERE id = %s",
        "UPDATE activities_activity SET description = 'Setelah ditetapkan.' WHERE id = %s",
        "DELETE FROM activities_activity WHERE id = %s",
    ):
        refused_by("month_is_final", lambda statement=statement: sql(statement, row.pk))
    row.refresh_from_db()
    assert (row.counted_minutes, row.version) == (90, 1)


def test_no_row_moves_into_a_final_month(city):
    row = activity(city.ana, TUESDAY)
    february = factories.month(city.agency, number=2)
    finalise(february)

    refused_by("month_is_final", lambda: Activity.objects.filter(pk=row.pk).update(month=february))


def test_d21_a_day_is_counted_in_its_own_open_month_alone_also_by_sql(city):
    row, april = activity(city.ana, TUESDAY), factories.month(city.agency, number=4)
    moved = "UPDATE activities_activity SET {} WHERE id = %s"

    refused_by("day_of_another_month", lambda: activity(city.ana, TUESDAY, month=april))
    refused_by("day_of_another_month", lambda: sql(moved.format(f"month_id = {april.pk}"), row.pk))
    refused_by("day_of_another_month", lambda: sql(moved.format("performed_on = '2026-04-14'"), row.pk))

    Month.objects.filter(pk=row.month_id).update(status="verifying")
    refused_by("month_is_closed", lambda: sql(moved.format("performed_on = '2026-03-11'"), row.pk))


def test_raw_sql_leaves_a_version_in_the_history(city):
    row = activity(city.ana, TUESDAY)

    assert sql("UPDATE activities_activity SET quantity = 7 WHERE id = %s", row.pk) == 1

    assert list(row.events.order_by("pgh_id").values_list("quantity", flat=True)) == [1, 7]


def test_reported_moments_may_be_equal(city):
    moment = datetime.combine(TUESDAY, time(9), factories.WIB)

    assert activity(city.ana, TUESDAY, first_reported_at=moment, reported_at=moment + timedelta(0)).pk
