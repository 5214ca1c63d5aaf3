"""Absences and decisions that meet in two sessions of one PostgreSQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.administration import absence as absences
from models.administration.absences_due import absences_due
from models.proof.verification import verify
from models.refusals.absences import AlreadyAway, PlhCircle, PlhFound
from models.refusals.work import NotYourTask
from models.repository.absences import open_absences
from tests.models.administration.leave import FRI, MON, SK, TUE, WED, asks, files, found, leaves_to, midnight, person
from tests.models.rivals import meet, race

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from models.case.task import Task
    from models.repository.records import Records
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("postgresql")


def accepts(bureau: Bureau, absence_id: int, name: str) -> Callable[[Records], None]:
    return lambda records: absences.answer(
        records, found(records, absence_id), by=person(records, bureau, name), accepts=True
    )


def forwards(bureau: Bureau, case_id: int, name: str) -> Callable[[Records], Task | None]:
    """Return the work by which somebody forwards the open task of a case, as a tap on its card does."""

    def work(records: Records) -> Task | None:
        proceeding = records.case(case_id)
        task = proceeding.case.open_task or proceeding.case.tasks[-1]
        return proceeding.forward(task, by=records.tenure(person(records, bureau, name), task))

    return work


def at_kadiv(bureau: Bureau) -> int:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=2)
    return case_id


def verifies(bureau: Bureau) -> bool:
    return bureau.work(lambda records: verify(records.session)).verifies


def test_of_two_who_accept_at_once_one_stands_in(bureau: Bureau) -> None:
    absence_id = files(bureau, "siti", MON, TUE)
    for name in ("hendra", "bambang"):
        asks(bureau, absence_id, name)
    _, late = meet(bureau, accepts(bureau, absence_id, "hendra"), accepts(bureau, absence_id, "bambang"))
    assert isinstance(late.refusal, PlhFound)
    assert late.refusal.name == "Hendra Lumi"
    assert bureau.work(lambda records: [one.name for one in records.lock_office().holders("kadiv")]) == ["Hendra Lumi"]
    assert verifies(bureau)


def test_of_two_absences_of_one_person_that_overlap_and_are_filed_at_once_one_is_kept(bureau: Bureau) -> None:
    """The official writes to the bot while an admin enters the decree."""

    def file(by: str, first: date, last: date) -> Callable[[Records], object]:
        return lambda records: absences.file(
            records, person(records, bureau, "siti"), first, last, by=person(records, bureau, by)
        )

    _, late = meet(bureau, file("siti", TUE, WED), file("dewi", WED, FRI))
    assert isinstance(late.refusal, AlreadyAway)
    assert bureau.work(lambda records: [(one.first, one.last) for one in open_absences(records)]) == [(TUE, WED)]
    assert verifies(bureau)


def test_of_two_acceptances_at_once_that_would_close_a_circle_one_is_refused(bureau: Bureau) -> None:
    leaves_to(bureau, "maria", "siti", TUE, WED)
    of_siti = files(bureau, "siti", TUE, WED)
    asks(bureau, of_siti, "hendra")
    of_hendra = files(bureau, "hendra", TUE, WED)
    asks(bureau, of_hendra, "maria")
    _, late = meet(bureau, accepts(bureau, of_hendra, "maria"), accepts(bureau, of_siti, "hendra"))
    assert isinstance(late.refusal, PlhCircle)
    assert bureau.work(lambda records: found(records, of_siti).plh_id) is None
    assert verifies(bureau)


def test_a_decree_that_comes_as_the_person_who_was_asked_accepts_goes_first(bureau: Bureau) -> None:
    absence_id = files(bureau, "siti", MON, TUE)
    asks(bureau, absence_id, "hendra")

    def decrees(records: Records) -> None:
        plh, dewi = person(records, bureau, "bambang"), person(records, bureau, "dewi")
        absences.name(records, found(records, absence_id), plh, decree=SK, by=dewi)

    _, late = meet(bureau, decrees, accepts(bureau, absence_id, "hendra"))
    assert isinstance(late.refusal, PlhFound)
    assert bureau.work(lambda records: [one.name for one in records.lock_office().holders("kadiv")]) == [
        "Bambang Wijaya"
    ]
    assert verifies(bureau)


def test_a_holder_whose_absence_begins_while_they_tap_is_refused(bureau: Bureau) -> None:
    case_id = at_kadiv(bureau)
    leaves_to(bureau, "siti", "hendra", TUE, WED)
    bureau.at = midnight(bureau, TUE)
    _, late = meet(bureau, absences_due, forwards(bureau, case_id, "siti"))
    assert isinstance(late.refusal, NotYourTask)
    assert bureau.holders(case_id) == bureau.live(bureau.task(case_id).id) == ["hendra"]
    assert verifies(bureau)


def test_what_the_plh_decides_as_the_holder_comes_back_counts_once(bureau: Bureau) -> None:
    case_id = at_kadiv(bureau)
    absence_id = leaves_to(bureau, "siti", "hendra", MON, TUE)
    siti = bureau["siti"].id

    def comes_back(records: Records) -> object:
        absence = found(records, absence_id)
        assert absence.person_id == siti
        return absences.end(records, absence, by=absence.person)

    _, late = meet(bureau, forwards(bureau, case_id, "hendra"), comes_back)
    assert late.refusal is None
    assert [task.decided_as for task in bureau.case(case_id).tasks[:2]] == ["definitive:kakanwil", "plh:kadiv"]
    assert verifies(bureau)


def test_two_sweeps_begin_an_absence_once(bureau: Bureau) -> None:
    leaves_to(bureau, "siti", "hendra", TUE, WED)
    bureau.at = midnight(bureau, TUE)
    race(bureau, [absences_due, absences_due, absences_due])
    tenures = bureau.work(lambda records: [one.person_id for one in records.lock_office().tenures_of("kadiv")])
    assert tenures == [bureau["siti"].id, bureau["hendra"].id]
    assert bureau.codes("hendra").count("plh-begins") == 1
    assert verifies(bureau)
