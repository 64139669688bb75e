"""How long each measure takes; BENCH_SHORT=1 only sees that it runs, as the tests do."""

import os

IS_SHORT = os.environ.get("BENCH_SHORT") == "1"
CLIENTS = 8
IN_TURN = 5 if IS_SHORT else 28  # looks at a page, the first three to warm up
SECONDS = 0.3 if IS_SHORT else 4.0
PEAK_CLIENTS, PEAK_SECONDS = (2, 2.0) if IS_SHORT else (16, 60.0)
BULKS = (30, 60) if IS_SHORT else (300, 20_000)
TIMES = 1 if IS_SHORT else 5
IMPORTED = 50 if IS_SHORT else 5_000
