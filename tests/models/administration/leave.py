"""People who are away, at the office under test: each verb is one transaction."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from models.administration import absence as absences
from models.administration.absences_due import absences_due
from models.office.absence import ALL_POSTS, Absence, Decree, Stage
from models.office.person import Person
from models.repository.absences import absence_by_id

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

SK = Decree("W.25-KP.04-12", date(2026, 11, 20))

MON, TUE, WED, THU, FRI = (date(2026, 11, 23) + timedelta(days=days) for days in range(5))
"""The week of the office under test, which opens on Monday at 08.30."""


def person(records: Records, bureau: Bureau, name: str) -> Person:
    return records.session.get_one(Person, bureau[name].id)


def files(bureau: Bureau, name: str, first: date, last: date | None, *, by: str | None = None) -> int:
    """Let somebody be away, filed by themselves or by another; returns the number of the absence."""

    def file(records: Records) -> int:
        return absences.file(
            records, person(records, bureau, name), first, last, by=person(records, bureau, by or name)
        ).id

    return bureau.work(file)


def found(records: Records, absence_id: int) -> Absence:
    absence = absence_by_id(records, absence_id)
    assert absence is not None
    return absence


def asks(bureau: Bureau, absence_id: int, name: str, *, by: str | None = None, post: str = ALL_POSTS) -> None:
    def ask(records: Records) -> None:
        absence = found(records, absence_id)
        asking = person(records, bureau, by) if by else absence.person
        absences.ask(records, absence, person(records, bureau, name), by=asking, post=post)

    bureau.work(ask)


def answers(bureau: Bureau, absence_id: int, name: str, *, accepts: bool = True, post: str = ALL_POSTS) -> None:
    def answer(records: Records) -> None:
        by = person(records, bureau, name)
        absences.answer(records, found(records, absence_id), by=by, accepts=accepts, post=post)

    bureau.work(answer)


def leaves_to(bureau: Bureau, name: str, plh: str, first: date, last: date | None) -> int:
    """Let somebody be away and another accept to stand in; returns the number of the absence."""
    absence_id = files(bureau, name, first, last)
    asks(bureau, absence_id, plh)
    answers(bureau, absence_id, plh)
    return absence_id


def is_named(bureau: Bureau, absence_id: int, plh: str, *, by: str | None = None) -> None:
    def name(records: Records) -> None:
        admin = person(records, bureau, by) if by else None
        absences.name(records, found(records, absence_id), person(records, bureau, plh), decree=SK, by=admin)

    bureau.work(name)


def gives_back(bureau: Bureau, absence_id: int, name: str) -> None:
    bureau.work(lambda records: absences.release(records, found(records, absence_id), by=person(records, bureau, name)))


def ends(bureau: Bureau, absence_id: int, name: str) -> Stage:
    return bureau.work(
        lambda records: absences.end(records, found(records, absence_id), by=person(records, bureau, name))
    )


def midnight(bureau: Bureau, day: date) -> datetime:
    return datetime.combine(day, time.min, bureau.rules.office.calendar.zone)


def comes(bureau: Bureau, day: date, *, hour: int = 9) -> None:
    """Let it be some hour of a day, and let everything be done that was due until then."""
    bureau.at = midnight(bureau, day) + timedelta(hours=hour)
    looks(bureau)


def looks(bureau: Bureau) -> int:
    """Begin and end what is due now; returns how many absences were looked at."""
    seen = 0
    while now := bureau.work(absences_due):
        seen += now
    return seen


def stage(bureau: Bureau, absence_id: int) -> Stage:
    return bureau.work(lambda records: found(records, absence_id).stage)
