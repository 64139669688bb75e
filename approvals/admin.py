"""Django's admin over the review: for superusers, to look at."""

from django.contrib import admin

from approvals.models import Decision, ReviewRule
from organization.admin import KeptAdmin, RuleAdmin

admin.site.register(ReviewRule, RuleAdmin)


@admin.register(Decision)
class DecisionAdmin(KeptAdmin):
    list_display = ["pk", "activity", "verdict", "minutes", "by", "capacity", "after_close", "at"]
    list_filter = ["verdict", "capacity", "after_close", "in_bulk"]
    list_select_related = ["activity", "by"]
    search_fields = ["activity__person__name", "by__name", "by__nip"]
    date_hierarchy = "at"
