"""The terms of a case: what its words, people, posts, number, month and state are called in its document.

The first letter of a term says what it is, so that a word that only officials may read is found by nobody else:

| letter | what follows |
| --- | --- |
| w | the stem of a word that the reporter wrote or was asked: the report, additions, questions and answers |
| n | the stem of any other word: notes, instructions, evaluations, reasons, opinions |
| c, p, m | the number of the case without zeros, the prefix of its SOP, its month such as 202611 |
| r, b | the number of the person who reported the case, or had a part in it |
| h | the number of a person with a part in it, and the post of that part |
| x, z | the case is confidential, the case is over |
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from models.case.case import CaseState
from models.case.evaluation import Part
from models.case.journey import REPORTER
from models.search.words import forms, words

SHARED, INNER = "w", "n"
SERIAL, PREFIX, MONTH = "c", "p", "m"
REPORTED_BY, TOOK_PART, AT_POST = "r", "b", "h"
CONFIDENTIAL, OVER = "x", "z"
WORDS = (SHARED, INNER)
"""The letters of terms that are words. All others are few, and decide who finds a case and where."""

Row = Mapping[str, Any]
"""A row by the names of its columns, as the database or the program has it."""


def of_words(kind: str, texts: Iterable[object]) -> set[str]:
    """Return the terms of the words of some texts; what is no text has none."""
    found = (word.letters for text in texts if isinstance(text, str) for word in words(text) if word.counts)
    return {kind + form for letters in set(found) for form in forms(letters)}


def of_case(case: Row, zone: tzinfo | None) -> set[str]:
    """Return the terms of a case itself; its month is that of `zone`, and left out without one."""
    found = of_words(SHARED, [case["text"]]) | of_number(case["number"]) | {f"{REPORTED_BY}{case['reporter_id']}"}
    if zone is not None:
        found.add(of_month(case["opened_at"].astimezone(zone)))
    if case["confidential"]:
        found.add(CONFIDENTIAL)
    if case["state"] != CaseState.OPEN:
        found.add(OVER)
    return found


def of_number(number: str) -> set[str]:
    """Return the terms of a case number such as `SW-2026-0147`."""
    prefix, _, serial = number.partition("-")[0], "", number.rpartition("-")[2]
    return {f"{SERIAL}{serial.lstrip('0') or '0'}", f"{PREFIX}{prefix.lower()}"}


def of_month(at: datetime) -> str:
    """Return the term of the month of an instant, on the clock that the instant has."""
    return f"{MONTH}{at:%Y%m}"


def of_part(person_id: int | None, post: str) -> set[str]:
    """Return the terms of a person's part in a case, at a post; none for nobody."""
    return set() if person_id is None else {f"{TOOK_PART}{person_id}", at_post(person_id, post)}


@lru_cache(maxsize=4_096)
def at_post(person_id: int, post: str) -> str:
    """Return the term of the part of a person at a post."""
    return f"{AT_POST}{person_id}p" + "".join(
        letter for letter in post.lower() if letter.isascii() and letter.isalnum()
    )


def of_task(task: Row) -> set[str]:
    """Return the terms of a task: its note, why it was late, and who was given it or decided it."""
    instructions: Sequence[object] = task["instructions"] or ()
    return of_words(INNER, [task["note"], task["late_reason"], *instructions]) | of_people(task)


def of_people(task: Row) -> set[str]:
    """Return the terms of the people of a task: who was given it, and who decided it."""
    return of_part(task["assignee_id"], task["post"]) | of_part(task["decided_by_id"], task["post"])


def of_evaluation(evaluation: Row) -> set[str]:
    """Return the terms of a Laporan Evaluasi, once it is submitted."""
    if evaluation["submitted_at"] is None:
        return set()
    return of_words(INNER, [evaluation[part.value] for part in Part])


def of_question(question: Row) -> set[str]:
    """Return the terms of a question to the reporter and of its answer."""
    return of_words(SHARED, [question["text"], question["answer"]])


def of_remark(remark: Row) -> set[str]:
    """Return the terms of a note, or of what a reporter added."""
    return of_words(SHARED if remark["capacity"] == REPORTER else INNER, [remark["text"]])


def of_extension(extension: Row) -> set[str]:
    """Return the terms of a request for more time."""
    return of_words(INNER, [extension["text"], extension["note"]])


def of_consultation(consultation: Row) -> set[str]:
    """Return the terms of an opinion that was asked for."""
    return of_words(INNER, [consultation["text"], consultation["answer"]])


def of_copy(copy: Row) -> set[str]:
    """Return the terms of a copy of a decision: who got it, at which post."""
    return of_part(copy["person_id"], copy["post"])
