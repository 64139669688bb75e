"""What a day takes, and what it refuses with which sentence. Now is Wednesday 11 March 2026, 09.00 WIB."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from activities.models import Activity, EntryRule
from calendars.models import Month, MonthRule
from organization.models import Role
from tests import factories, factories_activities
from tests.factories import at
from tests.factories_activities import typed

pytestmark = pytest.mark.django_db
NOW = at(2026, 3, 11)
THURSDAY, WEDNESDAY, TUESDAY = date(2026, 3, 12), date(2026, 3, 11), date(2026, 3, 10)
MONDAY, SUNDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 8), date(2026, 3, 6)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def city():
    return factories_activities.city()


def enter(who, day=WEDNESDAY, *, now=NOW, report=True, by=None, token=None, **fields):
    return Activity.objects.enter(
        who, by=by or who, at=now, token=token or uuid.uuid4(), report=report, **typed(day, **fields)
    )


def refusal(who, day=WEDNESDAY, **fields):
    """The sentences by field with which the entry is refused; nothing is written."""
    before = Activity.objects.count()
    with pytest.raises(ValidationError) as refused:
        enter(who, day, **fields)
    assert Activity.objects.count() == before
    return refused.value.message_dict


def codes(who, day, **fields):
    with pytest.raises(ValidationError) as refused:
        enter(who, day, **fields)
    return {field: errors[0].code for field, errors in refused.value.error_dict.items()}


def test_a_report_fixes_its_place_its_month_and_its_window(city):
    row = enter(city.ana)

    assert (row.post, row.reviewing_post, row.entered_by) == (city.staff_post, city.supervisor_post, city.ana)
    assert (row.month.agency, row.month.year, row.month.month) == (city.agency, 2026, 3)
    assert (row.status, row.round, row.version) == ("reported", 1, 1)
    assert row.window_closes_at == at(2026, 3, 14, 0)
    assert (row.first_reported_at, row.reported_at, row.in_time) == (NOW, NOW, True)
    assert (row.credited_minutes, row.approved_minutes, row.counted_minutes) == (90, 0, 0)


def test_a_draft_has_no_moment_and_is_not_in_time(city):
    row = enter(city.ana, report=False)

    assert (row.status, row.first_reported_at, row.reported_at, row.in_time) == ("draft", None, None, False)


@pytest.mark.parametrize(("quantity", "credited"), [(1, 30), (3, 90), (4, 100)])
def test_credited_is_the_smaller_of_typed_and_quantity_times_standard(city, quantity, credited):
    item = factories_activities.item(standard=30)

    assert enter(city.ana, item=item, minutes=100, quantity=quantity).credited_minutes == credited


@pytest.mark.parametrize("day", [WEDNESDAY, TUESDAY, MONDAY])
def test_today_and_the_two_working_days_before_it_are_open(city, day):
    assert enter(city.ana, day).performed_on == day


def test_tomorrow_is_refused(city):
    assert refusal(city.ana, THURSDAY) == {
        "performed_on": [
            "This day has not come yet. The newest day to report is today, Wed, 11 Mar 2026. "
            "Open now: Wed, 11 Mar 2026; Tue, 10 Mar 2026; Mon, 9 Mar 2026."
        ]
    }


def test_the_third_working_day_before_today_is_refused(city):
    assert refusal(city.ana, FRIDAY) == {
        "performed_on": [
            "Fri, 6 Mar 2026 could be reported until Tue, 10 Mar 24.00 WIB and is closed now. "
            "Open now: Wed, 11 Mar 2026; Tue, 10 Mar 2026; Mon, 9 Mar 2026."
        ]
    }


def test_a_sunday_is_refused(city):
    assert refusal(city.ana, SUNDAY)["performed_on"][0].startswith(
        "Sun, 8 Mar 2026 is not a working day of your office. Choose a working day."
    )


def test_a_holiday_is_refused_and_not_counted(city):
    factories.holiday(TUESDAY)

    assert codes(city.ana, TUESDAY) == {"performed_on": "not_a_working_day"}
    assert enter(city.ana, FRIDAY).performed_on == FRIDAY


def test_a_six_day_office_reports_its_saturday(city):
    health_centre = factories.agency(pattern="6")
    nurse = factories.staff(factories.post(health_centre))

    assert enter(nurse, date(2026, 3, 7), now=at(2026, 3, 10, 23, 59)).performed_on == date(2026, 3, 7)


def test_a_day_without_a_post_is_refused(city):
    newcomer = factories.staff(city.staff_post, starts_on=WEDNESDAY)

    assert refusal(newcomer, TUESDAY) == {
        "performed_on": ["You held no post on this day. Ask HR if that is wrong."]
    }


def test_a_suspended_day_is_refused(city):
    factories.suspended(city.ana, factories.LONG_AGO)

    assert codes(city.ana, WEDNESDAY) == {"performed_on": "suspended"}


def test_a_closed_month_is_refused_with_its_moment(city):
    month = factories.month(city.agency)
    Month.objects.filter(pk=month.pk).update(entry_closes_at=at(2026, 3, 11, 8))

    sentence = refusal(city.ana, TUESDAY)["performed_on"][0]
    with translation.override("en"):
        assert sentence == "March 2026 is closed for reports since Wed, 11 Mar 08.00 WIB."


def test_a_day_without_a_rule_is_refused(city):
    factories.without_rules(EntryRule)

    assert codes(city.ana, WEDNESDAY) == {"performed_on": "no_rule"}


def test_a_day_without_month_dates_is_refused(city):
    factories.without_rules(MonthRule)

    assert codes(city.ana, WEDNESDAY) == {"performed_on": "no_rule"}


def test_a_whole_day_of_leave_is_accepted_and_flagged_and_holds_earlier_days_open(city):
    factories.leave(city.ana, TUESDAY)

    assert enter(city.ana, TUESDAY).flagged
    assert not enter(city.ana, FRIDAY).flagged


def test_half_a_day_of_leave_counts_as_a_day_and_is_not_flagged(city):
    factories.leave(city.ana, TUESDAY, half="am")

    assert not enter(city.ana, TUESDAY).flagged
    assert codes(city.ana, FRIDAY) == {"performed_on": "window_over"}


def test_d53_the_rule_in_force_on_the_day_of_the_work_holds(city):
    factories_activities.entry_rule(valid_from=date(2026, 3, 2), counted_in="month_close")
    factories_activities.entry_rule(valid_from=date(2026, 3, 3), days=3, counted_in="calendar_days")

    assert enter(city.ana, date(2026, 3, 2)).window_closes_at == factories.month(city.agency).entry_closes_at
    assert codes(city.ana, date(2026, 3, 3)) == {"performed_on": "window_over"}


def test_d26_the_last_moment_is_in_and_the_next_is_out(city):
    last = at(2026, 3, 12, 0) - timedelta(microseconds=1)

    assert enter(city.ana, MONDAY, now=last).in_time
    assert codes(city.ana, MONDAY, now=at(2026, 3, 12, 0)) == {"performed_on": "window_over"}


def test_d63_the_day_holds_450_minutes_and_says_what_remains(city):
    enter(city.ana, minutes=300)
    assert refusal(city.ana, minutes=151) == {
        "minutes": ["A day holds at most 450; 300 are recorded, so here at most 150."]
    }
    enter(city.ana, minutes=150)

    assert refusal(city.ana, minutes=1) == {
        "minutes": ["A day holds at most 450; 450 are recorded, so here at most 0."]
    }


def test_451_minutes_at_once_are_refused(city):
    assert refusal(city.ana, minutes=451) == {
        "minutes": ["A day holds at most 450; 0 are recorded, so here at most 450."]
    }


def test_drafts_do_not_fill_the_day_and_refused_work_does(city):
    enter(city.ana, minutes=450, report=False)
    factories_activities.activity(city.ana, WEDNESDAY, minutes=400, status="rejected")

    assert enter(city.ana, minutes=50).minutes == 50
    assert codes(city.ana, WEDNESDAY, minutes=1) == {"minutes": "over_the_daily_limit"}


def test_the_limit_is_that_of_the_rule(city):
    factories_activities.entry_rule(valid_from=MONDAY, daily_minutes=300)

    assert codes(city.ana, WEDNESDAY, minutes=301) == {"minutes": "over_the_daily_limit"}


def test_d64_the_limit_is_the_owner_s_whoever_types(city):
    operator = factories.with_role(Role.OPERATOR, city.agency)

    for owner in (city.ana, city.budi):
        row = enter(owner, TUESDAY, minutes=300, by=operator)
        assert (row.person, row.entered_by) == (owner, operator)

    assert codes(city.ana, TUESDAY, minutes=200, by=operator) == {"minutes": "over_the_daily_limit"}


def test_nobody_enters_for_a_colleague_without_the_grant(city):
    elsewhere = factories.with_role(Role.OPERATOR, city.other)

    for stranger in (city.budi, city.supervisor, elsewhere):
        with pytest.raises(PermissionDenied):
            enter(city.ana, by=stranger)
    assert not Activity.objects.exists()


def test_two_activities_may_not_overlap_and_the_other_is_named(city):
    enter(city.ana, other_title="Rapat", starts_at=time(10), minutes=120)

    assert refusal(city.ana, starts_at=time(11, 30), minutes=30) == {
        "starts_at": ["Clashes with Rapat, 10.00–12.00. Start at 12.00 or later, or leave it empty."]
    }
    assert enter(city.ana, starts_at=time(12), minutes=30).ends_at == time(12, 30)
    assert enter(city.ana, starts_at=time(9), minutes=60).ends_at == time(10)


def test_d51_a_shift_past_midnight_belongs_to_its_start_date_and_clashes_with_the_next_morning(city):
    enter(city.ana, TUESDAY, other_title="Piket", starts_at=time(21), minutes=450)

    assert refusal(city.ana, WEDNESDAY, starts_at=time(4), minutes=60) == {
        "starts_at": ["Clashes with Piket, 21.00–04.30. Start at 04.30 or later, or leave it empty."]
    }


def test_d55_work_of_another_post_s_catalogue_is_refused(city):
    audit = factories_activities.item(family="pengawasan")

    assert refusal(city.ana, item=audit) == {
        "item": ["This work is not in the catalogue of your post on that day."]
    }


def test_every_field_refused_has_its_own_sentence(city):
    audit = factories_activities.item(family="pengawasan")
    enter(city.ana, MONDAY, starts_at=time(9), minutes=400)

    assert codes(city.ana, MONDAY, now=at(2026, 3, 12), item=audit, starts_at=time(9), minutes=100) == {
        "performed_on": "window_over",
        "item": "not_in_catalogue",
        "minutes": "over_the_daily_limit",
        "starts_at": "clash",
    }


def test_d04_the_same_form_twice_makes_one_row(city):
    token = uuid.uuid4()

    first, second = (enter(city.ana, minutes=300, token=token) for _ in range(2))

    assert (first, first.is_repeat, second.is_repeat) == (second, False, True)
    assert Activity.objects.count() == 1


def test_a_draft_may_be_kept_after_its_window_but_not_for_a_month_under_verification(city):
    assert enter(city.ana, FRIDAY, report=False).status == "draft"

    Month.objects.update(status="verifying")
    assert codes(city.ana, FRIDAY, report=False) == {"performed_on": "month_closed"}


def test_d60_d61_the_day_is_the_office_s_not_that_of_utc(city):
    early = at(2026, 4, 1, 6, 30)

    assert city.ana.today(early) == date(2026, 4, 1)
    row = enter(city.ana, date(2026, 4, 1), now=early)
    assert (row.performed_on, row.month.month) == (date(2026, 4, 1), 4)


def test_d25_in_a_week_with_a_closed_month_the_days_of_the_open_one_are_taken(city):
    june = factories.month(city.agency, number=6)
    Month.objects.filter(pk=june.pk).update(entry_closes_at=at(2026, 7, 1, 8))

    assert enter(city.ana, date(2026, 7, 1), now=at(2026, 7, 1)).performed_on == date(2026, 7, 1)
    assert codes(city.ana, date(2026, 6, 30), now=at(2026, 7, 1)) == {"performed_on": "month_closed"}


def test_d22_a_late_addition_to_a_decided_day_waits_by_itself(city):
    decided = factories_activities.activity(city.ana, TUESDAY, status="approved", minutes=210)

    added = enter(city.ana, TUESDAY, minutes=60)

    decided.refresh_from_db()
    assert (added.status, decided.status, decided.counted_minutes) == ("reported", "approved", 210)
