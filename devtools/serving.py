"""The database role that web, worker and beat use in `dev.py run`: it may read and write rows, and no more.

Tables are made, and the demo city is loaded, by their owner. Case D110.
"""

import os
import secrets
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

from devtools.processes import StartError

ROOT = Path(__file__).resolve().parent.parent
ROLE = "ekinerja_app"


def as_application(own: dict[str, str]) -> dict[str, str]:
    """Make or renew the role on an embedded server; return the environment that connects as it.

    A server that the environment names keeps its own roles: its operator makes one by the same command.
    """
    if os.environ.get("DATABASE_URL"):
        return own
    password = secrets.token_urlsafe(18)
    made = subprocess.run(
        [sys.executable, "manage.py", "application_role", ROLE],
        cwd=ROOT,
        env=own | {"APPLICATION_PASSWORD": password},
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise StartError(f"the role of the application could not be made:\n{made.stderr}")
    owner = urlsplit(own["DATABASE_URL"])
    place = f"{ROLE}:{quote(password)}@{owner.hostname}:{owner.port}"
    return own | {"DATABASE_URL": owner._replace(netloc=place).geturl()}
