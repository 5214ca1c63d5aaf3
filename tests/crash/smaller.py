"""What the program does in portions, made small enough that one case more is one portion more.

Each function is put into a process before the program starts there, by its name, as sabotage is.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from unittest.mock import patch

from models.administration import following_tasks


def portions_of_one() -> None:
    """Let one open task follow a changed calendar in one transaction."""
    patch.object(following_tasks, "PORTION", 1).start()


SMALLER: Mapping[str, Callable[[], None]] = MappingProxyType({portions_of_one.__name__: portions_of_one})
