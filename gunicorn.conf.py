"""Read by gunicorn from the folder it starts in."""

import sys

from ekinerja import settings
from ekinerja.addresses import is_loopback


def on_starting(server):
    """End a demo that would listen beyond this machine: its passwords are known to everybody."""
    outside = [at for at in server.cfg.address if isinstance(at, tuple) and not is_loopback(at[0])]
    if settings.DEMO and outside:
        sys.exit(f"DEMO answers on this machine alone: bind 127.0.0.1, not {outside[0][0]}.")
