"""`dev.py bench [NAME …]`: the measures of tests/bench on throw-away services.

`python -m tests.bench` prints one line of JSON per measure and exits 1 where one is over its ceiling.
"""

import os
import subprocess
import sys
from pathlib import Path

from devtools.embedded import Services
from devtools.processes import StartError

ROOT = Path(__file__).resolve().parent.parent


def main(names: list[str]) -> int:
    services = Services()
    try:
        environment = os.environ | {"EKINERJA_DEV": "1"} | services.start()
        subprocess.run([sys.executable, "manage.py", "setup"], cwd=ROOT, env=environment, check=True)
        return subprocess.call([sys.executable, "-m", "tests.bench", *names], cwd=ROOT, env=environment)
    except StartError as error:
        sys.exit(f"[dev] {error}")
    finally:
        services.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
