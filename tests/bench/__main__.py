"""Run by `dev.py bench [NAME …]`: each measure in a process of its own; exit 1 where one is not ok."""

import sys

from devtools.processes import call
from tests.bench.one import MEASURES


def main(names):
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        sys.exit(f"no such measure: {', '.join(unknown)}; there are {', '.join(MEASURES)}")
    taken = [name for name in MEASURES if name in names or not names]
    codes = [call([sys.executable, "-m", "tests.bench.one", name]) for name in taken]
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
