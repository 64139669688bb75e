"""A migrated cluster kept between test runs, so that one test file need not make every table first.

Kept in var/test-clusters under a digest of all that the schema depends on: a changed migration, a module that
a migration imports, another Django or PostgreSQL, and the cluster is made anew. Each run works on a copy of
its own; `migrate` still runs on it, and finds nothing to do.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from devtools.embedded import Services
from devtools.postgres import binaries

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "test-clusters"
DATABASE = "migrated"
KEPT_AT_MOST = 3
FIXED = [
    "requirements.txt",
    "devtools/requirements-embedded.txt",
    "devtools/postgres.py",
    "ekinerja/settings.py",
]


def key(root: Path = ROOT) -> str:
    """Return the digest of what the schema is made from."""
    migrations = sorted(root.glob("*/migrations/*.py"))
    modules = {path for migration in migrations for path in imported(migration, root)}
    files = [*migrations, *sorted(modules), *(root / name for name in FIXED)]
    seen = hashlib.sha256(f"{binaries()} {sys.version_info[:2]}".encode())
    for path in files:
        seen.update(f"\n{path.relative_to(root)}\n".encode() + path.read_bytes())
    return seen.hexdigest()[:24]


def imported(migration: Path, root: Path) -> Iterator[Path]:
    """Yield the files of the project that a migration imports, packages with all they hold."""
    for node in ast.walk(ast.parse(migration.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            path = root.joinpath(*name.split("."))
            yield from sorted(path.glob("*.py")) if path.is_dir() else ()
            if path.with_suffix(".py").is_file():
                yield path.with_suffix(".py")


@contextmanager
def alone() -> Iterator[None]:
    """One run at a time makes, takes or forgets a cluster."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start(services: Services) -> dict[str, str]:
    """Start throw-away services whose PostgreSQL holds the migrated `DATABASE`; return their URLs."""
    kept, base = FOLDER / key(), services.base / "pg"
    with alone():
        if not take(kept, base):
            migrate(services.start())
            services.stop_servers()
            keep(base, kept)
    return services.start()


def take(kept: Path, base: Path) -> bool:
    """Copy the kept cluster to `base`; False where there is none."""
    if not (kept / ".whole").exists():
        return False
    os.utime(kept)
    shutil.rmtree(base, ignore_errors=True)
    copy(kept, base)
    return True


def keep(base: Path, kept: Path) -> None:
    """Keep a stopped cluster, and forget those that were used longest ago."""
    shutil.rmtree(kept, ignore_errors=True)
    copy(base, kept)
    (kept / ".whole").touch()
    clusters = sorted(FOLDER.glob("*/.whole"), key=lambda path: path.parent.stat().st_mtime)
    for mark in clusters[:-KEPT_AT_MOST]:
        shutil.rmtree(mark.parent, ignore_errors=True)


def copy(source: Path, target: Path) -> None:
    """Copy with owners and rights: PostgreSQL takes no data that others may read."""
    subprocess.run(["cp", "-a", f"{source}/.", target], check=True)


def migrate(urls: dict[str, str]) -> None:
    """Make every table in a database of its own."""
    address = urlsplit(urls["DATABASE_URL"])._replace(path=f"/{DATABASE}").geturl()
    program = (
        "import sys, psycopg2; c = psycopg2.connect(sys.argv[1]); c.autocommit = True; "
        f"c.cursor().execute('CREATE DATABASE {DATABASE}')"
    )
    subprocess.run([sys.executable, "-c", program, urls["DATABASE_URL"]], check=True)
    environment = os.environ | urls | {"DATABASE_URL": address, "EKINERJA_DEV": "1"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=environment, check=True)
