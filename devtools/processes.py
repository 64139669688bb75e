"""Starting, watching and ending child processes so that none outlives its parent."""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1


class StartError(RuntimeError):
    """A sentence that says why a service does not start."""


def free_port() -> int:
    """Return a port of this machine that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def dies_with_parent(signum: int):
    """Return a `preexec_fn`: the kernel sends `signum` to the child when its parent is gone (Linux)."""

    def ask_kernel() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signum))

    return ask_kernel


def call(arguments: list[str], **popen) -> int:
    """Run a program to its end and return its exit code; it ends with us, also where we are killed."""
    return subprocess.call(arguments, preexec_fn=dies_with_parent(signal.SIGTERM), **popen)


def command_line(pid: int) -> str:
    """Return the command line of a living process, or "" for none, a zombie or an unreadable one."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout


class Server:
    """One service in its own session: Ctrl-C in the terminal does not reach it before we end it."""

    name = "?"
    stop_signal = signal.SIGTERM

    def __init__(self, base: Path, *, throwaway: bool = False):
        self.base, self.throwaway = base, throwaway
        self.outermost = base
        self.process: subprocess.Popen | None = None
        self.was_asked = False
        self.log = base / "server.log"

    def start(self) -> str:
        """Start, wait until it answers, return its URL. Raises StartError."""
        raise NotImplementedError

    def last_lines(self, count: int = 15) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])
        except OSError:
            return "(no log)"

    def start_on_free_port(self, start_on, *, busy: str) -> int:
        """Call `start_on(port)` until the port it got is really free; return that port."""
        for _ in range(4):
            port = free_port()
            try:
                start_on(port)
                return port
            except StartError:
                if busy not in self.last_lines():
                    raise
        raise StartError(f"{self.name} finds no free port:\n{self.last_lines()}")

    def launch(self, arguments: list[str], *, ready, **popen) -> None:
        self.was_asked = False
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(self.stop_signal),
                **({"cwd": self.base} | popen),
            )
        self._wait_until(ready)

    def _wait_until(self, ready, seconds: int = 90) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise StartError(
                    f"{self.name} ended at once (exit {self.process.returncode}):\n{self.last_lines()}"
                )
            if ready():
                return
            time.sleep(0.02)
        self.stop()
        raise StartError(f"{self.name} did not answer within {seconds} s:\n{self.last_lines()}")

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ask_to_stop(self) -> None:
        """Send the first signal, once: a second one would be taken for impatience."""
        if self.process and not self.has_ended() and not self.was_asked:
            self.process.send_signal(self.stop_signal)
            self.was_asked = True

    def stop(self) -> None:
        """End it, more firmly each time; a throw-away one takes its files with it."""
        self.ask_to_stop()
        for signum, seconds in ((None, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            if self.process is None or self.has_ended():
                break
            if signum:
                self.process.send_signal(signum)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        if self.throwaway:
            shutil.rmtree(self.outermost, ignore_errors=True)


def end_leftover(pid: int, *, program: str, mark: str, signum: int) -> bool:
    """End what an earlier run that was killed left behind; False where it does not go.

    A process counts as ours only if its command line names both `program` and `mark`.
    """
    for _ in range(200):
        line = command_line(pid)
        if program not in line or mark not in line:
            return True
        os.kill(pid, signum)
        time.sleep(0.1)
    return False
