from activities.models.activity import Activity
from activities.models.catalog import OPEN_FAMILIES, CatalogItem
from activities.models.reporting import ReportingDay, ReportingDays
from activities.models.rules import EntryRule

__all__ = ["OPEN_FAMILIES", "Activity", "CatalogItem", "EntryRule", "ReportingDay", "ReportingDays"]
