"""Who decided in whose place, held against the journal: a capacity that nobody was given is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.case.task import Task
from models.office.person import Person
from models.office.seating import Because
from models.office.tenure import Capacity, Tenure
from models.proof import verification
from models.rules.actions import Action
from tests.models.case.test_empty_chairs import at_step, holds, relieves
from tests.models.proof.forgery import NOT_HELD

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

FORGED = {
    "of another post": {"decided_as": "definitive:kakanwil"},
    "of the vacant post": {"decided_as": "definitive:kabag-p2l"},
    "as an admin": {"decided_as": "admin:kadiv"},
    "in nobody's place": {"raised_from": None, "raised_because": None},
    "in another's place": {"raised_from": "kasubbag-humas"},
    "for another reason": {"raised_because": Because.UNREACHABLE},
    "at another desk": {"post": "kabag-p2l"},
}


@pytest.mark.parametrize("columns", FORGED.values(), ids=FORGED)
def test_a_forged_capacity_is_found(bureau: Bureau, columns: dict[str, object]) -> None:
    case_id = at_step(bureau, 3)
    relieves(bureau, "hendra", "kabag-p2l")
    bureau["siti"].forwards(case_id)
    assert holds(bureau)

    def forge(records: Records) -> None:
        task = records.session.get_one(Task, bureau.case(case_id).tasks[2].id)
        for name, value in columns.items():
            setattr(task, name, value)

    bureau.work(forge)
    assert not bureau.work(lambda records: verification.verify(records.session)).verifies


@pytest.mark.parametrize("capacity", ["definitive:kakanwil", "definitive:kabag-p2l", "admin:kadiv", "reporter"])
def test_a_decision_journalled_in_a_capacity_that_was_not_given_contradicts_what_was_told(
    bureau: Bureau, capacity: str
) -> None:
    """Even an entry with a sound hash does not pass: the door is gone through by a forged tenure."""
    case_id = at_step(bureau, 3)
    relieves(bureau, "hendra", "kabag-p2l")

    def forge(records: Records) -> None:
        proceeding = records.case(case_id)
        task = proceeding.case.open_task
        assert task is not None
        siti = records.session.get_one(Person, bureau["siti"].id)
        kind, _, post = capacity.partition(":")
        forged = Tenure.begin(siti, post or "kadiv", capacity=Capacity.DEFINITIVE, at=records.at)
        forged.person_id = siti.id
        if kind == "admin":
            forged.capacity = Capacity.ADMIN
        task.closed_at = None
        proceeding._close(task, Action.FORWARD, by=forged)
        opened = proceeding._open(proceeding.sop.step(4))
        if kind == "reporter":
            task.decided_as = "reporter"
            proceeding._log(Action.FORWARD, by_id=siti.id, capacity="reporter", task=task, opened=opened)
        else:
            proceeding._log(Action.FORWARD, by=forged, task=task, opened=opened)

    bureau.work(forge)
    found = bureau.work(lambda records: verification.verify(records.session))
    assert not found.verifies
    assert found.first is not None
    assert found.first.reason in {"does not follow from the entries before it", NOT_HELD}
