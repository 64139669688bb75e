"""`dev.py check`: everything that reads the code without running the product."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from devtools.pure import PURE

ROOT = Path(__file__).resolve().parent.parent
NO_SERVICES = {"DATABASE_URL": "postgres://none@127.0.0.1:9/none", "REDIS_URL": "redis://127.0.0.1:9/0"}
DEVELOPMENT = NO_SERVICES | {"EKINERJA_DEV": "1"}
PRODUCTION = NO_SERVICES | {
    "EKINERJA_DEV": "0",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "SALT_KEY": secrets.token_urlsafe(48),
    "ALLOWED_HOSTS": "ekinerja.example",
}
MANAGE = [
    "-W",
    "ignore::RuntimeWarning",
    "manage.py",
]  # it warns that no database can be asked: none is needed
CHECKS = {
    "style": (["-m", "ruff", "check", "."], {}),
    "format": (["-m", "ruff", "format", "--check", "."], {}),
    "types": (["-m", "mypy", *PURE], {}),
    "templates": (["-m", "djlint", "templates", "--lint", "--quiet"], {}),
    "migrations": ([*MANAGE, "makemigrations", "--check", "--dry-run"], DEVELOPMENT),
    "deployment": ([*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    "translations": (["-m", "devtools.messages", "--check"], DEVELOPMENT),
}


def passes(name: str) -> bool:
    """Run one check and print its name with the outcome; what it printed is shown only when it failed."""
    arguments, environment = CHECKS[name]
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(f"{name}: {'failed' if done.returncode else 'ok'}", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


def main(names: list[str]) -> int:
    unknown = set(names) - set(CHECKS)
    if unknown:
        print(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}.")
        return 2
    results = [passes(name) for name in names or CHECKS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
