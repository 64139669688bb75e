"""A migrated cluster kept between test runs, so that one test file need not make every table first.

Kept in var/test-clusters under a digest of all that the schema depends on: a changed migration, a module that
a migration imports, another package or PostgreSQL, and the cluster is made anew. Each run works on a copy of
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
from devtools.postgres import binaries, package_folder

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "test-clusters"
DATABASE, VARIABLE = "migrated", "EKINERJA_TEST_TEMPLATE"
KEPT_AT_MOST = 3
FIXED = ["devtools/postgres.py", "devtools/template.py", "ekinerja/settings.py"]


def key(root: Path = ROOT) -> str:
    """Return the digest of what the schema is made from, and of whose account it belongs to."""
    server = (binaries() / "postgres").resolve()
    packages = sorted(path.name for path in package_folder("django").parent.glob("*.dist-info"))
    told = (str(server), server.stat().st_mtime_ns, packages, sys.version_info[:2], os.geteuid())
    seen = hashlib.sha256(repr(told).encode())
    for path in files(root):
        seen.update(f"\n{path.relative_to(root)} {path.stat().st_size}\n".encode() + path.read_bytes())
    return seen.hexdigest()[:24]


def files(root: Path) -> list[Path]:
    """Return FIXED, all that stands in folders of migrations, and what these import, however far away."""
    found: set[Path] = set()
    waiting = [*(root / name for name in FIXED), *root.glob("*/migrations/**/*")]
    while waiting:
        path = waiting.pop()
        if path.is_file() and path not in found and "__pycache__" not in path.parts:
            found.add(path)
            waiting += imported(path, root) if path.suffix == ".py" else []
    return sorted(found)


def imported(path: Path, root: Path) -> Iterator[Path]:
    """Yield the files that an import of `path` would run, if they exist: packages on the way, then itself."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_bytes())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *filter(None, [node.module])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            for length in range(1, len(parts) + 1):
                module = root.joinpath(*parts[:length])
                yield from (module / "__init__.py", module.with_suffix(".py"))


@contextmanager
def alone() -> Iterator[None]:
    """One run at a time makes, takes or forgets a cluster."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start(services: Services) -> dict[str, str]:
    """Start throw-away services whose PostgreSQL holds the migrated `DATABASE`; return URLs and its name.

    Without the name where that is not to be had: no room to keep it, no right to, or migrations that fail.
    The tests migrate then, and show what is wrong.
    """
    base = services.base / "pg"
    try:
        with alone():
            kept = FOLDER / key()
            if not take(kept, base):
                migrate(services.start())
                services.stop_servers()
                if (
                    base / "data"
                ).exists():  # it may stand elsewhere: where the account `nobody` can reach it
                    keep(base, kept)
    except (OSError, subprocess.CalledProcessError):
        services.stop_servers()
        shutil.rmtree(base, ignore_errors=True)
        return services.start()
    urls = services.start()
    return urls | {VARIABLE: DATABASE} if services.started[0].base == base else urls


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
