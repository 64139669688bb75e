from django.contrib import admin

from activities.models import Activity, CatalogItem, EntryRule


@admin.register(CatalogItem)
class CatalogItemAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "job_family", "output_unit", "standard_minutes", "kind", "is_active"]
    list_filter = ["job_family", "kind", "is_active"]
    search_fields = ["code", "name"]


@admin.register(EntryRule)
class EntryRuleAdmin(admin.ModelAdmin):
    list_display = ["valid_from", "days", "counted_in", "daily_minutes", "grace_minutes", "decree", "status"]
    list_filter = ["status", "counted_in"]


@admin.register(Activity)
class ActivityAdmin(admin.ModelAdmin):
    """For reading only: an activity moves by its own verbs, never by the admin."""

    list_display = ["pk", "performed_on", "person", "title", "minutes", "status", "version"]
    list_filter = ["status"]
    list_select_related = ["person", "item"]
    search_fields = ["person__name", "person__nip"]
    date_hierarchy = "performed_on"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
