"""Where the clients are, the interpreter that runs them, and the words for one that is missing."""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

CLIENTS = Path(__file__).parent / "clients"

PYTHON = Path(os.environ.get("FOREIGN_PYTHON") or Path(sys.prefix) / "foreign" / "bin" / "python")
"""The interpreter whose packages are those of requirements/foreign.txt; `make test` installs it."""

NO_CLIENTS = "no foreign clients: `make test` installs them, or set FOREIGN_PYTHON"

Running = Callable[..., AbstractAsyncContextManager[None]]
"""Runs a client, named with its arguments, as long as a block lasts."""
