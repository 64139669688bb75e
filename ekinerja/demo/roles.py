"""Who holds which role in the demo city, and the passwords of the shown sign-ins."""

from django.contrib.auth.hashers import make_password

from ekinerja.demo.people import SINCE
from ekinerja.demo.sign_ins import PASSWORD, SIGN_INS
from organization.models import Grant, Role, User

ANGGREK, AKASIA = "190010062012041004", "190011272013031002"
GRANTS = [
    ("190011192009031005", Role.ASSESSOR),
    ("190010022016042007", Role.ASSESSOR),
    ("190001022015011010", Role.ASSESSOR),
    ("190001022008011001", Role.HEAD),
    ("190001022010012002", Role.MAKER),
    ("190001022012011003", Role.CHECKER),
    ("190001022014012004", Role.RELEASER),
    ("190001022006011005", Role.LEADERSHIP),
    ("190001022009012006", Role.AUDITOR),
]


def grant_roles():
    """Grant each role by two HR people, who are granted theirs by the leadership and the head."""
    person = {user.nip: user for user in User.objects.all()}
    first, second = person[ANGGREK], person[AKASIA]
    elders = person["190001022006011005"], person["190001022008011001"]
    rows = [(person[nip], role, first, second) for nip, role in GRANTS]
    rows += [(hr, Role.HR, *elders) for hr in (first, second)]
    for holder, role, requested_by, approved_by in rows:
        Grant.objects.create(
            person=holder, role=role, starts_on=SINCE, requested_by=requested_by, approved_by=approved_by
        )


def set_passwords():
    """One hash for all shown sign-ins: they are invented, and hashing is slow on purpose."""
    User.objects.filter(nip__in=[row.nip for row in SIGN_INS]).update(password=make_password(PASSWORD))
