"""D119: the demo city, whose passwords everybody knows, meets neither real people nor the network."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection
from django.http import HttpResponse

from devtools.processes import free_port
from ekinerja import checks
from ekinerja.demo.sign_ins import SIGN_INS
from ekinerja.middleware import demo_at_home
from organization.models import User
from tests import factories

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {"SECRET_KEY": "s" * 60, "SALT_KEY": "a-salt", "ALLOWED_HOSTS": "kinerja.example"}
WORKER = "-m celery -A ekinerja worker -c 1 --without-gossip --without-mingle".split()
DEPLOYMENT = "manage.py check --deploy".split()


def demo_person():
    return factories.person(SIGN_INS[-1].name, nip=SIGN_INS[-1].nip)


def address():
    at = connection.settings_dict
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def start(arguments, **named):
    """(exit code, what was printed) of a program of the product in an environment of its own."""
    environment = {name: os.environ[name] for name in ("PATH", "REDIS_URL")}
    environment |= {"DATABASE_URL": address(), "CELERY_QUEUE": "nobody-else"} | named
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


def web(host="127.0.0.1"):
    bind = f"{host}:{free_port()}"
    return ["-m", "gunicorn", "ekinerja.wsgi", "-w", "1", "--no-control-socket", "-b", bind]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("program", [web(), WORKER, DEPLOYMENT], ids=["web", "worker", "deployment check"])
def test_d119_production_does_not_start_on_the_demo_city(program):
    demo_person()

    code, printed = start(program, **PRODUCTION)

    assert (code != 0, checks.SENTENCE in printed) == (True, True)


@pytest.mark.parametrize("host", ["0.0.0.0", "[::]"])  # noqa: S104 (refused)
def test_d119_the_demo_does_not_listen_beyond_this_machine(db, host):
    code, printed = start(web(host), EKINERJA_DEV="1", DEMO="1")

    said = f"DEMO answers on this machine alone: bind 127.0.0.1, not {host.strip('[]')}."
    assert (code != 0, said in printed) == (True, True)


@pytest.mark.django_db
def test_d119_any_one_of_the_shown_people_tells_the_demo_city():
    factories.person("Orang lain")
    assert not checks.holds_demo_city()

    demo_person()

    assert checks.holds_demo_city()
    assert [found.id for found in checks.database_is_not_the_demo(None)] == ["ekinerja.E001"]


@pytest.mark.django_db
def test_d119_a_city_of_its_own_starts(settings):
    settings.PRODUCTION = True
    factories.person()

    checks.refuse_demo_city()

    assert checks.database_is_not_the_demo(None) == []


@pytest.mark.django_db
@pytest.mark.parametrize("production", [True, False])
def test_d119_development_starts_on_the_demo_city(settings, production):
    settings.PRODUCTION = production
    demo_person()

    if production:
        with pytest.raises(ImproperlyConfigured, match="the demo city"):
            checks.refuse_demo_city()
    else:
        assert checks.refuse_demo_city() is None


@pytest.mark.parametrize(
    ("error", "found"), [(ProgrammingError, []), (OperationalError, ["ekinerja.I001"])], ids=["new", "silent"]
)
def test_d119_a_new_or_silent_database_stops_nobody(settings, monkeypatch, error, found):
    def asked(**named):
        raise error

    settings.PRODUCTION = True
    monkeypatch.setattr(User.objects, "filter", asked)

    assert checks.refuse_demo_city() is None
    assert [said.id for said in checks.database_is_not_the_demo(None)] == found


@pytest.mark.django_db
@pytest.mark.parametrize("command", [["demo"], ["demo", "--list"], ["setup", "--demo"]])
def test_d119_production_loads_no_demo_city(settings, command):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="for `python3 dev.py run` only"):
        call_command(*command)

    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("remote", "forwarded", "status"),
    [
        ("127.0.0.1", None, 200),
        ("::1", None, 200),
        ("127.0.0.1", "127.0.0.1", 200),
        ("10.0.0.5", None, 403),
        ("10.0.0.5", "127.0.0.1", 403),
        ("127.0.0.1", "203.0.113.1", 403),
        ("", None, 403),
    ],
)
def test_d119_the_demo_answers_this_machine_alone(rf, remote, forwarded, status):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = rf.get("/", REMOTE_ADDR=remote, headers=headers)

    assert demo_at_home(lambda request: HttpResponse())(request).status_code == status


def test_d119_a_server_of_production_may_listen_anywhere(monkeypatch):
    import runpy

    conf = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    server = SimpleNamespace(cfg=SimpleNamespace(address=[("0.0.0.0", 80), "/run/ekinerja.sock"]))  # noqa: S104

    assert conf["on_starting"](server) is None
    monkeypatch.setattr(conf["settings"], "DEMO", True)
    with pytest.raises(SystemExit):
        conf["on_starting"](server)
