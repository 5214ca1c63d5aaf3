"""The numbers that were given to cases, held against the cases that there are."""

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.case.case import Case
from models.journal.chain import Breach
from models.proof.account import Row


def miscounted(session: Session, numberings: Iterable[Row], *, subject: str) -> Iterator[Breach]:
    """Yield the first missing case of each numbering, and the numberings that have given out too few numbers.

    `subject` is what the subject of a case's chain begins with.
    """
    counted = 0
    for numbering in numberings:
        series, last = f"{numbering['prefix']}-{numbering['year']}-", numbering["last"]
        if not isinstance(last, int):
            yield Breach(f"numbering {series}", 0, "its last number is unreadable")
            continue
        found = session.scalar(
            select(func.count()).select_from(Case).where(Case.number.startswith(series, autoescape=True))
        )
        counted += found or 0
        if (found or 0) < last:
            gone = _first_gone(session, series, last)
            yield Breach(f"{subject}{gone}", 1, "its number was given out, but the case is missing")
        elif (found or 0) > last:
            yield Breach(f"numbering {series}", last, f"there are {found} cases, more than were given a number")
    cases = session.scalar(select(func.count()).select_from(Case)) or 0
    if cases > counted:
        yield Breach("numberings", 0, f"{cases - counted} of the cases belong to no numbering")


def _first_gone(session: Session, series: str, last: int) -> str:
    numbers = (f"{series}{number:04d}" for number in range(1, last + 1))
    kept = (session.scalar(select(Case.id).where(Case.number == number)) for number in numbers)
    place = next((place for place, case in enumerate(kept, start=1) if case is None), last)
    return f"{series}{place:04d}"
