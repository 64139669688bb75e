from organization.models.acting import Acting, Capacity
from organization.models.addresses import AddressChange, AddressRequest
from organization.models.codes import ActivationCode, CodeOver, CodeUsed, WrongCode, without_password
from organization.models.employment import EmploymentStatus, Rank, RankHolding
from organization.models.ending import Ending
from organization.models.foundings import NewPost, NewUnit
from organization.models.grant_requests import GrantEnding, GrantRequest
from organization.models.grants import Grant, Role
from organization.models.letters import ActingLetter, LetterEnding
from organization.models.list_imports import ListImport
from organization.models.moves import Leaving, LeavingCancellation, Transfer, TransferCancellation, Undoing
from organization.models.names import BonusName
from organization.models.pay import PayeeAccount, Tariff
from organization.models.people import User
from organization.models.placements import Placement
from organization.models.post_changes import PostChange
from organization.models.postings import Posting
from organization.models.posts import Post, PostTerm
from organization.models.requests import (
    Cancellable,
    CancellableQuerySet,
    Cancellation,
    DecidedBefore,
    OwnRequest,
    Requested,
    RequestedQuerySet,
    never_about_oneself,
)
from organization.models.sanctions import Sanction, SanctionCancellation
from organization.models.steps import Joining, Promotion
from organization.models.structure import JobClass, Level, Unit
from organization.models.suspensions import Reinstatement, Suspension, SuspensionCancellation

__all__ = [
    "AddressChange",
    "AddressRequest",
    "Undoing",
    "PostChange",
    "Reinstatement",
    "Suspension",
    "SuspensionCancellation",
    "NewPost",
    "NewUnit",
    "GrantEnding",
    "GrantRequest",
    "ActivationCode",
    "CodeOver",
    "CodeUsed",
    "WrongCode",
    "without_password",
    "DecidedBefore",
    "TransferCancellation",
    "Transfer",
    "Promotion",
    "LeavingCancellation",
    "Leaving",
    "Joining",
    "BonusName",
    "Cancellable",
    "CancellableQuerySet",
    "Cancellation",
    "Acting",
    "ActingLetter",
    "Capacity",
    "EmploymentStatus",
    "Ending",
    "Grant",
    "JobClass",
    "LetterEnding",
    "ListImport",
    "OwnRequest",
    "Level",
    "PayeeAccount",
    "Post",
    "Placement",
    "PostTerm",
    "Posting",
    "Rank",
    "RankHolding",
    "Requested",
    "RequestedQuerySet",
    "Role",
    "Sanction",
    "SanctionCancellation",
    "Tariff",
    "Unit",
    "User",
    "never_about_oneself",
]
