from django.contrib import admin

from approvals.models import Decision, ReviewRule


@admin.register(ReviewRule)
class ReviewRuleAdmin(admin.ModelAdmin):
    list_display = ["valid_from", "due_days", "overdue_days", "decree", "status"]
    list_filter = ["status"]


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """For reading only: decisions are made in the review and stay as they were made."""

    list_display = ["pk", "activity", "verdict", "minutes", "by", "capacity", "after_close", "at"]
    list_filter = ["verdict", "capacity", "after_close", "in_bulk"]
    list_select_related = ["activity", "by"]
    search_fields = ["activity__person__name", "by__name", "by__nip"]
    date_hierarchy = "at"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
