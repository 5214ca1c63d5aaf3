"""The sheets of a register for people: which columns each has, how they are headed, and what stands in them.

An instant is a `datetime` in UTC, a duration a `timedelta` of office time; None is an empty cell.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Generic, TypeVar

from handlers.exports.tally import Sum
from handlers.texts.catalogue import Say
from models.queries.register.rows import CaseRow, ChaseRow, StepRow, TenureRow
from models.rules.standard import Standard

R = TypeVar("R")

_WORDS = 256
"""Texts that are kept; there are fewer in all languages together."""

Value = str | int | datetime | timedelta | None


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: the code of its heading, its width in characters, and what stands in it.

    A value of an `alarming` column is written in red.
    """

    code: str
    width: int
    value: Callable[[R, Say], Value]
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Sheet(Generic[R]):
    """One sheet: the code of its name, and its columns. `frozen` columns stay in view, with the head."""

    code: str
    columns: Sequence[Column[R]]
    frozen: int = 1


def _span(seconds: int) -> timedelta:
    return timedelta(seconds=seconds)


def _late(seconds: int) -> timedelta | None:
    """Return a delay; an empty cell where there is none, so that a filter for what is not empty finds who was late."""
    return _span(seconds) if seconds else None


def _yes(say: Say, answer: bool | None) -> str:  # noqa: FBT001 - what is worded
    if answer is None:
        return ""
    return _plain(say, "register-yes" if answer else "register-no")


def _helped(row: CaseRow, say: Say) -> str:
    """Return what the reporter says of the result; where several do, how many of them say which."""
    helped = row.fellows_helped + (row.helped is True)
    not_helped = row.fellows_not_helped + (row.helped is False)
    if not row.fellows or not helped + not_helped:
        return _yes(say, row.helped)
    counts = {"helped": str(helped), "not": str(not_helped), "reporters": str(len(row.fellows) + 1)}
    return say.plain("register-heard", **counts)


def _worded(say: Say, word: str, value: str | None) -> str:
    return _plain(say, f"{word}-{value}") if value is not None else ""


@lru_cache(maxsize=_WORDS)
def _plain(say: Say, code: str) -> str:
    """Return a text. A register says few of them, a million times."""
    return say.plain(code)


@lru_cache(maxsize=_WORDS)
def _standard(say: Say, standard: str) -> str:
    return say.time.standard(Standard.parse(standard))


def _extensions(row: StepRow, say: Say) -> str:
    return " + ".join(_standard(say, one) for one in row.extensions)


CASES: Sheet[CaseRow] = Sheet(
    "register-sheet-cases",
    (
        Column("register-number", 15, lambda row, _: row.number),
        Column("register-sop", 30, lambda row, _: row.sop),
        Column("register-version", 9, lambda row, _: row.version),
        Column("register-opened", 17, lambda row, _: row.opened_at),
        Column("register-closed", 17, lambda row, _: row.closed_at),
        Column("register-state", 14, lambda row, say: _worded(say, "register-state", row.state)),
        Column("register-waits-at", 18, lambda row, _: row.waits_at),
        Column("register-reporter", 24, lambda row, _: row.reporter),
        Column("register-unit", 24, lambda row, _: row.unit),
        Column("register-urgency", 14, lambda row, say: _worded(say, "urgency", row.urgency)),
        Column("register-confidential", 10, lambda row, say: _yes(say, row.confidential or None)),
        Column("register-text", 60, lambda row, _: row.text),
        Column("register-round", 9, lambda row, _: row.round),
        Column("register-steps", 10, lambda row, _: row.steps),
        Column("register-late-steps", 11, lambda row, _: row.late or None, alarming=True),
        Column("register-took", 13, lambda row, _: _span(row.took)),
        Column("register-result", 50, lambda row, _: row.result),
        Column("register-helped", 22, _helped),
        Column("register-fellows", 30, lambda row, _: "; ".join(row.fellows)),
        Column("register-merged-into", 15, lambda row, _: row.merged_into),
    ),
)

STEPS: Sheet[StepRow] = Sheet(
    "register-sheet-steps",
    (
        Column("register-number", 15, lambda row, _: row.number),
        Column("register-sop", 30, lambda row, _: row.sop),
        Column("register-round", 9, lambda row, _: row.round),
        Column("register-step", 9, lambda row, _: row.step),
        Column("register-activity", 34, lambda row, _: row.activity),
        Column("register-post", 18, lambda row, _: row.post),
        Column("register-person", 24, lambda row, _: row.person),
        Column("register-capacity", 11, lambda row, say: _worded(say, "register-capacity", row.capacity)),
        Column("register-late-by", 12, lambda row, _: _late(row.late_by), alarming=True),
        Column("register-used", 12, lambda row, _: _span(row.used)),
        Column("register-standard", 11, lambda row, say: _standard(say, row.standard)),
        Column("register-waited", 13, lambda row, _: _late(row.waited)),
        Column("register-extensions", 14, _extensions),
        Column("register-received", 17, lambda row, _: row.opened_at),
        Column("register-started", 17, lambda row, _: row.started_at),
        Column("register-due", 17, lambda row, _: row.due_at),
        Column("register-decided", 17, lambda row, _: row.closed_at),
        Column("register-outcome", 22, lambda row, say: _worded(say, "outcome", row.outcome)),
        Column("register-given-to", 24, lambda row, _: row.given_to),
        Column("register-raised-from", 18, lambda row, _: row.raised_from),
        Column("register-because", 24, lambda row, say: _worded(say, "register-because", row.raised_because)),
        Column("register-instructions", 36, lambda row, _: "; ".join(row.instructions)),
        Column("register-note", 50, lambda row, _: row.note),
        Column("register-late-reason", 50, lambda row, _: row.late_reason),
        Column("register-late-reason-by", 24, lambda row, _: row.late_reason_by),
        Column("register-late-reason-as", 11, lambda row, say: _worded(say, "register-capacity", row.late_reason_as)),
    ),
)

CHASES: Sheet[ChaseRow] = Sheet(
    "register-sheet-chases",
    (
        Column("register-number", 15, lambda row, _: row.number),
        Column("register-sop", 30, lambda row, _: row.sop),
        Column("register-round", 9, lambda row, _: row.round),
        Column("register-step", 9, lambda row, _: row.step),
        Column("register-post", 18, lambda row, _: row.post),
        Column("register-rung", 22, lambda row, say: _worded(say, "register-rung", row.kind)),
        Column("register-rung-due", 17, lambda row, _: row.due_at),
        Column("register-fired", 17, lambda row, _: row.fired_at),
    ),
)

TENURES: Sheet[TenureRow] = Sheet(
    "register-sheet-tenures",
    (
        Column("register-post", 18, lambda row, _: row.post),
        Column("register-post-title", 40, lambda row, _: row.title),
        Column("register-name", 26, lambda row, _: row.person),
        Column("register-nip", 21, lambda row, _: row.nip),
        Column("register-capacity", 11, lambda row, say: _worded(say, "register-capacity", row.capacity)),
        Column("register-since", 17, lambda row, _: row.starts_at),
        Column("register-until", 17, lambda row, _: row.ends_at),
        Column("register-stands-for", 26, lambda row, _: row.stands_for),
    ),
)

SUMS: Sheet[Sum] = Sheet(
    "register-sheet-sums",
    (
        Column("register-post", 18, lambda row, _: row.post),
        Column("register-person", 30, lambda row, _: row.person),
        Column("register-stays", 11, lambda row, _: row.stays),
        Column("register-late-stays", 11, lambda row, _: row.late or None, alarming=True),
        Column("register-late-in-all", 15, lambda row, _: _late(row.late_by), alarming=True),
        Column("register-latest", 15, lambda row, _: _late(row.longest), alarming=True),
    ),
    frozen=2,
)
