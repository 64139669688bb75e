"""Django's admin over the master data: for superusers, to look at, with what every row was before."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedFieldMixin

from organization.models import (
    EmploymentStatus,
    Grant,
    JobClass,
    PayeeAccount,
    Post,
    Posting,
    PostTerm,
    Rank,
    RankHolding,
    Sanction,
    Unit,
    User,
)
from organization.templatetags.display import moment

VERSIONS_SHOWN = 20
SECRETS = {"password", "seed"}
FILTERS_ASK = {"", "exact", "isnull", "in", "year", "month", "day", "gte", "lt"}


def is_secret(field):
    """Whether a column is shown to nobody here: it is encrypted, or opens a door before its time."""
    return field.name in SECRETS or isinstance(field, EncryptedFieldMixin)


class KeptAdmin(admin.ModelAdmin):
    """Shows the rows and changes none: whatever is changed in the product is changed on its own pages.

    Secrets (password, seed, whatever is encrypted) are neither shown nor asked for; a list is asked by its
    own filters alone, for a look-up reads a hidden column letter by letter.
    """

    hidden = ()

    def shown_fields(self):
        return [
            field.name
            for field in self.model._meta.fields
            if not is_secret(field) and field.name not in self.hidden
        ]

    def get_fields(self, request, obj=None):
        return [*self.shown_fields(), *(["versions"] if hasattr(obj, "events") else [])]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def lookup_allowed(self, lookup, value, request=None):
        """Only what the filters and the date of this very list ask; nothing of another table."""
        name, _dots, asked = lookup.partition("__")
        return name in {*self.list_filter, self.date_hierarchy} and asked in FILTERS_ASK

    def to_field_allowed(self, request, to_field):
        return to_field == self.model._meta.pk.name

    def changelist_view(self, request, extra_context=None):
        try:
            return super().changelist_view(request, extra_context)
        except SuspiciousOperation as asked:
            raise PermissionDenied from asked

    def delete_view(self, request, object_id, extra_context=None):
        """Say why nothing is deleted, and go back to the record."""
        messages.error(
            request,
            _("Nothing was deleted: records are kept for good. A person is deactivated by date instead."),
        )
        page = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return redirect(reverse(page, args=[object_id], current_app=self.admin_site.name))

    @admin.display(description=_("Versions"))
    def versions(self, obj):
        """The newest versions of the row, as the database kept them: what happened, when, by whom."""
        events = list(obj.events.select_related("pgh_context").order_by("-pgh_id")[:VERSIONS_SHOWN])
        contexts = [event.pgh_context.metadata if event.pgh_context else {} for event in events]
        people = User.objects.in_bulk({context["user"] for context in contexts if context.get("user")})
        rows = [
            (event.pgh_label, moment(event.pgh_created_at), people.get(context.get("user"), "–"))
            for event, context in zip(events, contexts, strict=True)
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}, {}: {}</li>", rows))


class RuleAdmin(KeptAdmin):
    """A dated rule: its scope, its first day and its decree. It is drafted and approved by two people."""

    list_display = ["scope", "valid_from", "decree", "article", "status", "drafted_by", "approved_by"]
    list_select_related = ["drafted_by", "approved_by"]
    list_filter = ["status"]


@admin.register(User)
class UserAdmin(KeptAdmin):
    list_display = ["name", "nip", "deactivated_on"]
    search_fields = ["name", "nip"]


@admin.register(Unit)
class UnitAdmin(KeptAdmin):
    list_display = ["code", "name", "agency", "pattern", "zone"]
    list_select_related = ["agency"]
    search_fields = ["code", "name"]


@admin.register(JobClass)
class JobClassAdmin(KeptAdmin):
    list_display = ["number", "level"]


@admin.register(Post)
class PostAdmin(KeptAdmin):
    list_display = ["title", "sole"]
    search_fields = ["title"]


@admin.register(PostTerm)
class PostTermAdmin(KeptAdmin):
    list_display = ["post", "unit", "job_class", "level", "superior", "starts_on", "ends_on"]
    list_select_related = ["post", "unit", "job_class", "superior"]
    search_fields = ["post__title", "unit__name"]


@admin.register(Posting)
class PostingAdmin(KeptAdmin):
    list_display = ["person", "post", "starts_on", "ends_on"]
    list_select_related = ["person", "post"]
    search_fields = ["person__name", "person__nip"]


@admin.register(EmploymentStatus)
class StatusAdmin(KeptAdmin):
    list_display = ["person", "kind", "starts_on", "ends_on"]
    list_select_related = ["person"]
    search_fields = ["person__name", "person__nip"]


@admin.register(Rank)
class RankAdmin(KeptAdmin):
    list_display = ["code", "scheme", "name"]


@admin.register(RankHolding)
class RankHoldingAdmin(KeptAdmin):
    list_display = ["person", "rank", "starts_on"]
    list_select_related = ["person", "rank"]


@admin.register(Grant)
class GrantAdmin(KeptAdmin):
    list_display = ["person", "role", "unit", "starts_on", "ends_on", "requested_by", "approved_by"]
    list_select_related = ["person", "unit", "requested_by", "approved_by"]
    list_filter = ["role"]
    hidden = ("side", "audits")


@admin.register(Sanction)
class SanctionAdmin(KeptAdmin):
    list_display = ["person", "percent", "first_month", "last_month", "decree"]
    list_select_related = ["person"]


@admin.register(PayeeAccount)
class PayeeAccountAdmin(KeptAdmin):
    list_display = ["person", "bank", "masked_number"]
    list_select_related = ["person"]
