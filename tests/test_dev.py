"""The two commands: each bad situation ends in one sentence that says what to do."""

import importlib.util
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from devtools import checks, embedded, pytest_faults, stack
from devtools.postgres import Postgres
from devtools.processes import Server, StartError, command_line, end_leftover, free_port
from devtools.valkey import Valkey

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev(monkeypatch, tmp_path):
    """dev.py as a module, with a virtual environment of the test's own and no way on to another program."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / "venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / "venv/bin/python")
    monkeypatch.setattr(module, "become", lambda *arguments: pytest.fail(f"went on to {arguments}"))
    return module


def program(path, script):
    """An executable that stands in for Python."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def refusal(call, *arguments, **named):
    with pytest.raises(SystemExit) as stopped:
        call(*arguments, **named)
    return str(stopped.value.code)


def test_an_unknown_command_prints_the_commands(dev, capsys):
    assert refusal(dev.main, ["start"]) == "2"
    assert "python3 dev.py run" in capsys.readouterr().out


def test_no_command_is_a_call_for_help(dev):
    assert refusal(dev.main, []) == "0"


def test_an_old_python_is_told_which_one_is_needed(dev, monkeypatch):
    monkeypatch.setattr(
        dev, "sys", SimpleNamespace(version_info=(3, 9), version="3.9.2 (main)", exit=sys.exit)
    )

    assert refusal(dev.main, ["run"]) == "[dev] Python 3.11 or newer is needed, this is 3.9.2."


def test_a_folder_of_somebody_else_is_refused(dev, monkeypatch):
    monkeypatch.setattr(dev.os, "access", lambda path, mode: False)

    assert "belongs to somebody else: clone the project" in refusal(dev.main, ["run"])


def test_a_missing_venv_module_names_the_package_to_install(dev, monkeypatch, tmp_path):
    python = program(tmp_path / "python3", "echo 'ensurepip is not available' >&2; exit 1")
    monkeypatch.setattr(dev.sys, "executable", str(python))

    sentence = refusal(dev.install_alone, dev.RUN_FILES)

    assert "apt-get install python3-venv" in sentence
    assert "ensurepip is not available" in sentence
    assert not dev.VENV.exists()


def test_a_failing_installation_points_to_the_network_and_is_tried_again(dev):
    program(dev.PYTHON, 'case "$*" in *install*) exit 1;; esac')

    assert "check the network" in refusal(dev.install_alone, dev.RUN_FILES)
    assert not (dev.VENV / ".installed").exists()


def test_packages_are_installed_once_and_again_when_the_lists_differ(dev, tmp_path):
    calls = tmp_path / "calls"
    program(dev.PYTHON, f'case "$*" in *install*) echo x >> "{calls}";; esac')

    for files in (dev.TEST_FILES, dev.TEST_FILES, dev.RUN_FILES):
        dev.install_alone(files)
    assert calls.read_text() == "x\n"

    dev.install_alone(["pytest.ini"])
    assert calls.read_text() == "x\nx\n"


def test_a_broken_environment_is_made_anew(dev, monkeypatch, tmp_path):
    program(dev.PYTHON, "exit 1")
    (dev.VENV / "rest").touch()
    made = f'mkdir -p "{dev.VENV}/bin"; printf "#!/bin/sh\\n" > "{dev.PYTHON}"; chmod +x "{dev.PYTHON}"'
    monkeypatch.setattr(dev.sys, "executable", str(program(tmp_path / "python3", made)))

    dev.install_alone(dev.RUN_FILES)

    assert not (dev.VENV / "rest").exists()
    assert (dev.VENV / ".installed").exists()


def test_what_leads_python_away_is_taken_out_of_the_environment(dev, monkeypatch):
    for name in dev.LEADS_AWAY:
        monkeypatch.setenv(name, "/elsewhere")

    assert not set(dev.LEADS_AWAY) & set(dev.clean_environment())


def test_a_busy_port_is_named_with_another_one():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]

        sentence = refusal(stack.check_port, port)

    assert sentence == (
        f"[dev] Port {port}: Address already in use. Take another one: python3 dev.py run --port {port + 1}"
    )


def test_a_number_that_is_no_port_is_refused():
    assert refusal(stack.check_port, 70000).startswith("[dev] Port 70000: is no port.")


@pytest.fixture
def var(monkeypatch, tmp_path):
    monkeypatch.setattr(stack, "VAR", tmp_path)
    monkeypatch.setattr(stack, "RUNNING", tmp_path / "running.json")
    return tmp_path


@pytest.mark.parametrize("command", ["run", "reset"])
def test_beside_a_running_product_is_refused(var, command):
    (var / "running.json").write_text('{"address": "http://127.0.0.1:8000/"}')
    with stack.lock():
        assert refusal(stack.main, [command]) == (
            "[dev] Already running: http://127.0.0.1:8000/. Stop it in its own terminal with Ctrl-C first."
        )


def test_a_command_beside_a_product_that_still_starts_is_told_to_wait(var):
    with stack.lock():
        assert "wait for READY" in refusal(stack.main, ["manage", "check"])


def test_reset_forgets_everything_but_the_lock(var, capsys):
    (var / "pg").mkdir()
    (var / "secret_key").touch()

    assert stack.main(["reset"]) == 0
    assert [path.name for path in var.iterdir()] == ["lock"]


def test_secrets_of_a_machine_stay_and_are_its_own(var):
    first = stack.kept_secret("secret_key")

    assert stack.kept_secret("secret_key") == first
    assert (var / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_service_that_ends_at_once_shows_its_last_lines(tmp_path):
    server = Server(tmp_path)

    with pytest.raises(StartError, match="(?s)ended at once .exit 3.*no such disk"):
        server.launch(["/bin/sh", "-c", "echo no such disk; exit 3"], ready=lambda: False)


@pytest.fixture
def folder():
    """A folder with a space that the account `nobody`, who runs PostgreSQL for root, can enter."""
    with tempfile.TemporaryDirectory() as path:
        Path(path).chmod(0o711)
        (Path(path) / "with a space ü").mkdir()
        yield Path(path) / "with a space ü"


def test_services_live_in_a_folder_with_a_space_and_leave_nothing(folder):
    for kind in (Postgres, Valkey):
        server = kind(folder / kind.__name__, throwaway=True)
        url = server.start()
        pid = server.process.pid
        server.stop()

        assert re.match(r"(postgres|redis)://.*@127\.0\.0\.1:\d+/", url)
        assert (command_line(pid), server.base.exists()) == ("", False)


def test_data_of_another_postgresql_is_left_alone_and_named(folder):
    server = Postgres(folder / "pg")
    (server.base / "data").mkdir(parents=True)
    (server.base / "data" / "PG_VERSION").write_text("12\n")

    with pytest.raises(StartError, match="is of PostgreSQL 12, this is [0-9]+: `python3 dev.py reset`"):
        server.start()


def test_a_leftover_of_ours_is_ended_and_a_stranger_is_not():
    # It speaks first: the command line of a program that has only just begun can still be empty.
    script = "import time; print('ready', flush=True); time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", script, "of this run"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        assert end_leftover(process.pid, program="python", mark="of another run", signum=signal.SIGTERM)
        assert process.poll() is None

        assert end_leftover(process.pid, program="python", mark="of this run", signum=signal.SIGTERM)
        assert process.wait(5) == -signal.SIGTERM


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's end")
def test_a_child_ends_with_a_parent_that_was_killed(tmp_path):
    script = (
        "import subprocess, time; from devtools.processes import dies_with_parent\n"
        "child = subprocess.Popen(['/bin/sleep', '60'], preexec_fn=dies_with_parent(15))\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        child = int(parent.stdout.readline())
        parent.kill()

    end = time.monotonic() + 5
    while command_line(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert command_line(child) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's end")
@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL])
def test_what_is_run_to_its_end_ends_with_who_runs_it(signum):
    """As the measures of a bench that is ended: its child, and the child of that."""
    says = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    calls = "import sys; from devtools.processes import call; call([sys.executable, '-c', {!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", calls.format(calls.format(says))],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as outer:
        innermost = int(outer.stdout.readline())
        outer.send_signal(signum)

    end = time.monotonic() + 5
    while command_line(innermost) and time.monotonic() < end:
        time.sleep(0.02)
    assert command_line(innermost) == ""


def test_folders_of_killed_test_runs_are_swept(monkeypatch, tmp_path):
    monkeypatch.setattr(embedded.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(embedded.tempfile, "tempdir", str(tmp_path))
    dead = tmp_path / f"{embedded.PREFIX}999999999-x"
    alive = tmp_path / f"{embedded.PREFIX}{os.getpid()}-x"
    dead.mkdir()
    alive.mkdir()

    own = embedded.throwaway_folder()

    assert set(tmp_path.iterdir()) == {alive, own}


def test_a_named_service_is_not_started(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    services = embedded.Services(tmp_path)

    assert (services.start(), services.started) == ({}, [])


@pytest.mark.parametrize("faults", [True, False])
def test_faults_asks_for_the_long_form_of_the_fuzz_and_nothing_else_does(monkeypatch, request, faults):
    monkeypatch.setattr(os, "environ", {})
    asked = {"--faults": faults}

    pytest_faults.pytest_configure(SimpleNamespace(getoption=asked.__getitem__))

    assert os.environ == ({"EKINERJA_FUZZ": "1"} if faults else {})
    assert request.config.getoption("--faults") in (True, False)


def test_an_unknown_check_names_those_there_are(capsys):
    assert checks.main(["speling"]) == 2
    assert "No such check: speling. There are: style, format" in capsys.readouterr().out


def test_the_hooks_before_a_commit_are_checks_that_there_are():
    entries = re.findall(r"entry: python3 dev\.py check (.+)", (ROOT / ".pre-commit-config.yaml").read_text())

    assert entries
    assert {name for entry in entries for name in entry.split()} <= set(checks.CHECKS)


def test_a_free_port_can_be_taken():
    with socket.socket() as taker:
        taker.bind(("127.0.0.1", free_port()))


def test_every_pinned_package_has_one_exact_version():
    for path in (ROOT / "requirements.txt", *(ROOT / "devtools").glob("requirements-*.txt")):
        lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
        assert [line for line in lines if not re.match(r"^[\w\[\]-]+==[\w.]+( ; .*)?$", line)] == []
