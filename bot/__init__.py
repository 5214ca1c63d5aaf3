"""The running process: wiring, intake, delivery, timers, command line. Nothing imports it."""

import os

# The library's coming type for time spans; with its present one, every read of `retry_after` is a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")
