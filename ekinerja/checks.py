"""What keeps the demo city, whose passwords everybody knows, away from real people and from the network."""

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from ekinerja.demo.sign_ins import SIGN_INS
from organization.models import User

SENTENCE = (
    "This database holds the demo city, whose passwords everybody knows. Production needs a database of its "
    "own: name an empty one in DATABASE_URL."
)
SILENT = "The database does not answer: whether it holds the demo city is not known."


def holds_demo_city():
    """Whether one of the people shown on the demo's sign-in page is there; a new database has no tables."""
    try:
        return User.objects.filter(nip__in=[row.nip for row in SIGN_INS]).exists()
    except ProgrammingError:
        return False


def refuse_demo_city():
    """Called when web and worker start. Raises ImproperlyConfigured; a silent database stops nobody."""
    try:
        found = settings.PRODUCTION and holds_demo_city()
    except OperationalError:
        return
    if found:
        raise ImproperlyConfigured(SENTENCE)


@checks.register(checks.Tags.security, deploy=True)
def database_is_not_the_demo(app_configs, **options):
    try:
        return [checks.Error(SENTENCE, id="ekinerja.E001")] if holds_demo_city() else []
    except OperationalError:
        return [checks.Info(SILENT, id="ekinerja.I001")]
