"""The services the environment does not already name."""

import os
import shutil
import tempfile
from pathlib import Path

from devtools.postgres import Postgres
from devtools.processes import StartError, command_line
from devtools.valkey import Valkey

KINDS = {"DATABASE_URL": (Postgres, "pg"), "REDIS_URL": (Valkey, "valkey")}
PREFIX = "ekinerja-test-"


def throwaway_folder() -> Path:
    """Make a folder for one test run, and sweep those of runs that were killed."""
    for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        pid = old.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not command_line(int(pid)):
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    folder.chmod(0o711)
    return folder


class Services:
    """PostgreSQL and Valkey, kept in `base`, or thrown away at the end where `base` is None."""

    def __init__(self, base: Path | None = None):
        self.throwaway = base is None
        self.base = base or throwaway_folder()
        self.started = []

    def start(self) -> dict[str, str]:
        """Return the URLs of what was started, by the name of their variable. Raises StartError."""
        urls = {}
        try:
            for variable, (kind, folder) in KINDS.items():
                if not os.environ.get(variable):
                    self.started.append(server := kind(self.base / folder, throwaway=self.throwaway))
                    urls[variable] = server.start()
        except BaseException:
            self.stop()
            raise
        return urls

    def check(self) -> None:
        """Raises StartError where a service ended by itself."""
        for server in self.started:
            if server.has_ended():
                raise StartError(f"{server.name} ended by itself:\n{server.last_lines()}")

    def stop_servers(self) -> None:
        """End the servers and leave their files."""
        while self.started:
            server = self.started.pop()
            server.throwaway = False
            server.stop()

    def stop(self) -> None:
        while self.started:
            self.started.pop().stop()
        if self.throwaway:
            shutil.rmtree(self.base, ignore_errors=True)
