"""Why a deadline is another one than it was, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.texts.catalogue import Say

_KINDS = ("off", "working", "hours")
"""The kinds of changed days, as `Shift.written` names them; each has a text, `moved-…`."""


def because(moved: Mapping[str, Any], say: Say) -> str:
    """Return what has changed in the calendar: `26 Nov diliburkan`. `moved` is as `Shift.written` has it."""
    said = [
        say.plain(f"moved-{kind}", days=", ".join(_range(run, say) for run in moved[kind]))
        for kind in _KINDS
        if moved.get(kind)
    ]
    if "zone" in moved:
        said.append(say.plain("moved-zone", zone=str(moved["zone"])))
    return "; ".join(said) or say.plain("moved-calendar")


def _range(run: list[str], say: Say) -> str:
    first, last = map(date.fromisoformat, run)
    return say.time.days(first, last)
