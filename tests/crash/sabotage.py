"""Ways to take a safeguard out of the program, in its own process: a suite that stays green then is worthless."""

from collections.abc import Callable, Mapping

SABOTAGE: Mapping[str, Callable[[], None]] = {}
