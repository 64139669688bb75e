"""Pytest plugin: `--faults` lets every proof run in its long form, hours of machine time instead of minutes.

Today that is the fuzz of tests/test_unusual.py, which then sends all of its requests (EKINERJA_FUZZ=1).
"""

import os


def pytest_addoption(parser):
    parser.addoption("--faults", action="store_true", help="the long form of every proof that has one")


def pytest_configure(config):
    """Before the tests are read; processes of pytest-xdist take over the environment."""
    if config.getoption("--faults"):
        os.environ["EKINERJA_FUZZ"] = "1"
