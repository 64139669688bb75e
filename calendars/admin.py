"""Django's admin over the calendar: for superusers, to look at."""

from django.contrib import admin

from calendars.models import Holiday, Leave, LeaveType, Month, MonthAct, MonthRule, WorkPattern
from organization.admin import KeptAdmin, RuleAdmin

admin.site.register([WorkPattern, LeaveType, MonthRule], RuleAdmin)


@admin.register(Holiday)
class HolidayAdmin(KeptAdmin):
    list_display = ["date", "name", "kind", "unit", "decree"]
    list_select_related = ["unit"]
    date_hierarchy = "date"


@admin.register(Leave)
class LeaveAdmin(KeptAdmin):
    list_display = ["person", "code", "starts_on", "ends_on", "half", "letter"]
    list_select_related = ["person"]
    search_fields = ["person__name", "person__nip"]


@admin.register(Month)
class MonthAdmin(KeptAdmin):
    list_display = ["agency", "year", "month", "status", "entry_closes_at", "review_closes_at"]
    list_select_related = ["agency"]
    list_filter = ["status", "year", "month"]


@admin.register(MonthAct)
class MonthActAdmin(KeptAdmin):
    list_display = ["month", "kind", "by", "at", "reason"]
    list_select_related = ["month__agency", "by"]
