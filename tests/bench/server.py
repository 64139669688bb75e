"""The product as `dev.py run` starts it, on a port of its own."""

import os
from contextlib import contextmanager

from devtools.processes import free_port
from devtools.stack import WEB, WORKER, Program, answers


@contextmanager
def web(**environment):
    """Yield the port of gunicorn with the product; `environment` differs from that of this process."""
    port = free_port()
    program = Program(f"web-{port}", *WEB, "-b", f"127.0.0.1:{port}", environment=os.environ | environment)
    try:
        program.start_and_wait(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        yield port
    finally:
        program.stop()


@contextmanager
def worker():
    program = Program("worker", *WORKER, environment=dict(os.environ))
    try:
        program.start_and_wait(lambda: b" ready." in program.log.read_bytes())
        yield
    finally:
        program.stop()
