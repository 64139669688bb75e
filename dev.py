#!/usr/bin/env python3
"""E-Kinerja for developers. Needs Python 3.11 or newer and nothing else.

    python3 dev.py run [--port 8000]   the whole product with its demo city; Ctrl-C stops all of it
    python3 dev.py test [ARGS]         the tests, on throw-away services; ARGS go to pytest
    python3 dev.py test --faults       the same with every proof in its long form
    python3 dev.py check               style, types, templates, migrations, deployment, translations
    python3 dev.py bench [NAME]        what pages and acts cost in a city of 5,000 people; --large: 50,000
    python3 dev.py manage ARGS         Django's command line, on the running product or on services of its own
    python3 dev.py reset               forget the demo city

Set DATABASE_URL or REDIS_URL and that service is used instead of the embedded one.
"""

from __future__ import annotations  # so that an older Python reaches the sentence about its age

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("EKINERJA_VENV") or ROOT / ".venv")
PYTHON = VENV / "bin" / "python"
RUN_FILES = ["requirements.txt", "devtools/requirements-embedded.txt"]
TEST_FILES = [*RUN_FILES, "devtools/requirements-test.txt"]
STACK_COMMANDS = ("run", "manage", "reset")
TEST_COMMANDS = ("test", "check", "bench")
# What would lead pip or the interpreter away from the virtual environment.
LEADS_AWAY = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__")


def say(sentence: str) -> None:
    print(f"[dev] {sentence}", flush=True)


def stop(sentence: str) -> None:
    sys.exit(f"[dev] {sentence}")


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in LEADS_AWAY}
    return kept | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}


def make_environment() -> None:
    """Make the virtual environment, or make a broken one anew."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    say(f"making {VENV.name} with Python {sys.version.split()[0]}")
    made = subprocess.run(
        [sys.executable, "-m", "venv", VENV], env=clean_environment(), capture_output=True, text=True
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        detail = (made.stderr or made.stdout).strip().splitlines()[-1:]
        stop(
            "Python cannot make a virtual environment here: install its venv module "
            f"(Debian and Ubuntu: apt-get install python3-venv), then run this again. {' '.join(detail)}"
        )


def digest(files: list[str]) -> str:
    """Return what an installation depends on: the interpreter and the pinned lists."""
    seen = hashlib.sha256(f"{sys.version_info[:2]} {sys.prefix}".encode())
    for name in files:
        seen.update((ROOT / name).read_bytes())
    return seen.hexdigest()


def install(files: list[str]) -> None:
    """Install what the pinned lists name, unless they and the interpreter are as they were the last time."""
    stamp = VENV / ".installed"
    if PYTHON.exists() and stamp.exists() and digest(files) in stamp.read_text():
        return
    make_environment()
    say("installing the pinned packages, once")
    lists = [part for name in files for part in ("-r", str(ROOT / name))]
    done = subprocess.run(
        [PYTHON, "-m", "pip", "install", "-qq", "--only-binary", ":all:", *lists],
        env=clean_environment(),
        cwd=ROOT,
    )
    if done.returncode:
        stop("The packages could not be installed, see above: check the network, then run this again.")
    stamp.write_text(f"{digest(RUN_FILES)}\n{digest(files)}\n")


def install_alone(files: list[str]) -> None:
    """Install while no other dev.py of this folder does."""
    import fcntl  # not on Windows, which was sent away before

    with open(__file__, "rb") as own_file:
        fcntl.flock(own_file, fcntl.LOCK_EX)
        install(files)


def become(*arguments: str) -> None:
    """Go on as the environment's Python under this process's id, so that signals reach the right one."""
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), *arguments], clean_environment())


def main(arguments: list[str]) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 — this file alone may meet an older one
        stop(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
    if os.name == "nt":
        stop("On Windows start this inside WSL2.")
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if command not in STACK_COMMANDS + TEST_COMMANDS:
        print(__doc__)
        sys.exit(0 if command in ("help", "-h", "--help") else 2)
    if not os.access(ROOT, os.W_OK):
        stop(f"{ROOT} belongs to somebody else: clone the project into a folder of your own.")
    install_alone(TEST_FILES if command in TEST_COMMANDS else RUN_FILES)
    if command == "test":
        become("-m", "pytest", *rest)
    module = {"check": "devtools.checks", "bench": "devtools.bench"}.get(command)
    become("-m", module or "devtools.stack", *([] if module else [command]), *rest)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        stop("Stopped. The next start goes on from here.")
