"""The product's settings for the bench: the clock on the Monday of the city, and an address for the floor.

Imported by gunicorn, by the worker and by the measures alike, so that all live on the same day.
"""

from pathlib import Path

import time_machine

from ekinerja.settings import *  # noqa: F403 (all of them)
from ekinerja.settings import LOGGING, MIDDLEWARE, TEMPLATES
from tests.bench.city import NOW

ROOT_URLCONF = "tests.bench.urls"
MIDDLEWARE = ["tests.bench.counting.counted", *MIDDLEWARE]
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")
LOGGING["root"]["level"] = "WARNING"
time_machine.travel(NOW, tick=True).start()
