"""`dev.py bench [NAME …] [--large]`: the measures of tests/bench in a city that is kept between runs.

The city stands in a PostgreSQL of its own under var/bench, made anew when the migrations or its seed change.
The services run with the settings that `dev.py run` gives them. Every run works on a copy of the city.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from devtools import stack, template
from devtools.embedded import Services
from devtools.postgres import outside_home
from devtools.processes import StartError, call
from devtools.serving import as_application

ROOT = Path(__file__).resolve().parent.parent
FOLDER = stack.VAR / "bench"
CITY, COPY, ONE_MONTH = "city", "copy", "one_month"
SEEDED = ["*/migrations/*.py", "tests/bench/city.py", "tests/bench/seed*.py"]
SEEDED += ["ekinerja/profiles/*", "ekinerja/reference/*"]


def key(size: str) -> str:
    """Return the name of the folder that holds a city of that size, as these migrations and seeds make it."""
    seen = hashlib.sha256()
    for pattern in SEEDED:
        for path in sorted(ROOT.glob(pattern)):
            seen.update(path.read_bytes())
    return f"{size}-{seen.hexdigest()[:16]}"


@contextmanager
def alone() -> Iterator[None]:
    """One bench of this folder at a time: a second one waits."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def at(url: str, database: str) -> str:
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def tell(url: str, *statements: str) -> None:
    """Run statements that no transaction may hold."""
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        for statement in statements:
            with connection.cursor() as cursor:
                cursor.execute(statement)


def origin(url: str) -> str:
    """The database with every table that came with the cluster; the empty one where none did."""
    found = ask(url, "SELECT datname FROM pg_database WHERE datname = %s", template.DATABASE)
    return found or "template1"


def ask(url: str, query: str, *terms: str) -> str:
    """Return the first value that the query gives; "" where it gives none."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(query, terms)
        row = cursor.fetchone()
        return row[0] if row else ""


def forget_others(kept: Path) -> None:
    """Remove the cities of earlier code of the same size."""
    for old in FOLDER.glob(f"{kept.name.split('-')[0]}-*"):
        if old != kept:
            shutil.rmtree(old, ignore_errors=True)
            shutil.rmtree(outside_home(old / "pg"), ignore_errors=True)


def begin_from_tables(base: Path) -> None:
    """Take the migrated cluster that the tests keep, where there is one: a new city need not make tables."""
    with template.alone():
        if not (base / "pg").exists():
            template.take(template.FOLDER / template.key(), base / "pg")


def build(own: dict[str, str], size: str) -> None:
    """Make the tables and the city, and beside it the same city with the rows of one month alone."""
    server = own["DATABASE_URL"]
    tell(server, *(f"DROP DATABASE IF EXISTS {name}" for name in (CITY, ONE_MONTH)))
    tell(server, f"CREATE DATABASE {CITY} TEMPLATE {origin(server)}")
    there = own | {"DATABASE_URL": at(server, CITY)}
    for arguments in (["manage.py", "setup"], ["-m", "tests.bench.seed", size]):
        do(arguments, there)
    as_application(there)
    tell(server, f"CREATE DATABASE {ONE_MONTH} TEMPLATE {CITY} STRATEGY FILE_COPY")
    there = own | {"DATABASE_URL": at(server, ONE_MONTH)}
    do(["-m", "tests.bench.seed_short"], there)


def do(arguments: list[str], environment: dict[str, str]) -> None:
    """Run Python with these arguments. Raises CalledProcessError where it does not end well."""
    command = [sys.executable, *arguments]
    if code := call(command, cwd=ROOT, env=environment):
        raise subprocess.CalledProcessError(code, command)


def ready(own: dict[str, str], base: Path, size: str) -> dict[str, str]:
    """Build the city where it is not there yet; return the environment of the application in a copy of it."""
    server, mark = own["DATABASE_URL"], base / "whole"
    if not mark.exists():
        stack.say(f"seeding {base.name}: minutes, once")
        build(own, size)
        mark.touch()
    application = as_application(own | {"DATABASE_URL": at(server, CITY)})["DATABASE_URL"]
    tell(
        server,
        f"DROP DATABASE IF EXISTS {COPY}",
        f"CREATE DATABASE {COPY} TEMPLATE {CITY} STRATEGY FILE_COPY",
    )
    stack.say("a copy of the city is ready")
    return own | {
        "DATABASE_URL": at(application, COPY),
        "BENCH_ONE_MONTH_URL": at(application, ONE_MONTH),
        "BENCH_SIZE": size,
        "EKINERJA_VAR": str(FOLDER),
    }


def ask_to_stop(signum, frame):
    """End by way of every `finally`: services are stopped, and what runs ends with us."""
    sys.exit(128 + signum)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help="some of the measures; without one, all")
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--large", dest="size", action="store_const", const="large", default="city")
    sizes.add_argument("--tiny", dest="size", action="store_const", const="tiny", help="to see that it runs")
    options = parser.parse_args(arguments)
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)  # its own servers always: the city is kept there
    for signum in stack.SIGNALS:
        signal.signal(signum, ask_to_stop)
    with alone():
        base = FOLDER / key(options.size)
        forget_others(base)
        base.mkdir(exist_ok=True)
        begin_from_tables(base)
        services = Services(base)
        try:
            own = stack.environment(services.start()) | {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
            environment = ready(own, base, options.size)
            command = [sys.executable, "-m", "tests.bench", *options.names]
            return call(command, cwd=ROOT, env=environment)
        except (StartError, subprocess.CalledProcessError) as error:
            sys.exit(f"[dev] {error}")
        finally:
            services.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
