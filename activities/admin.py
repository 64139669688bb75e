"""Django's admin over activities: for superusers, to look at."""

from django.contrib import admin

from activities.models import Activity, CatalogItem, EntryRule
from organization.admin import KeptAdmin, RuleAdmin

admin.site.register(EntryRule, RuleAdmin)


@admin.register(CatalogItem)
class CatalogItemAdmin(KeptAdmin):
    list_display = ["code", "name", "job_family", "output_unit", "standard_minutes", "kind", "is_active"]
    list_filter = ["job_family", "kind", "is_active"]
    search_fields = ["code", "name"]


@admin.register(Activity)
class ActivityAdmin(KeptAdmin):
    list_display = ["pk", "performed_on", "person", "title", "minutes", "status", "version"]
    list_filter = ["status"]
    list_select_related = ["person", "item"]
    search_fields = ["person__name", "person__nip"]
    date_hierarchy = "performed_on"
