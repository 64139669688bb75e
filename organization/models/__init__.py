from organization.models.acting import Acting, Capacity
from organization.models.employment import EmploymentStatus, Rank, RankHolding
from organization.models.grants import Grant, Role
from organization.models.pay import PayeeAccount, Sanction, Tariff
from organization.models.people import User
from organization.models.postings import Posting
from organization.models.structure import JobClass, Level, Post, Unit

__all__ = [
    "Acting",
    "Capacity",
    "EmploymentStatus",
    "Grant",
    "JobClass",
    "Level",
    "PayeeAccount",
    "Post",
    "Posting",
    "Rank",
    "RankHolding",
    "Role",
    "Sanction",
    "Tariff",
    "Unit",
    "User",
]
