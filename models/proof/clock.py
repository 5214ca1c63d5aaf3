"""Rebuilding the clock and the ladder of the open task: rungs, deadlines, pauses, and more time.

Each function takes in one kind of entry. It raises `ValueError` where that cannot follow from the entries before it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.case.standing import SECOND
from models.journal.chain import Entry
from models.proof.desks import check_desk
from models.proof.rebuilt import Rebuilt
from models.rules.actions import Outcome
from models.rules.extending import Extension
from models.rules.ladder import RungKind
from models.rules.pausing import Pause


def chased(rebuilt: Rebuilt, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take in that a rung was climbed, or from which on the ladder goes on."""
    task, rung = rebuilt.running(entry, body), body["rung"]
    check_desk(task, entry, body, rebuilt.renames)
    if entry.action == "unclimb":
        if rung >= task.columns["rung"]:
            raise ValueError("rungs are taken back that were not climbed")
        rebuilt.chases.taken_back(len(rebuilt.tasks) - 1, rung)
    else:
        if rebuilt.sop is not None:
            rebuilt.foreseen.check_rung(task.columns, entry, body)
        # Of several repeats that were due only the newest is climbed, and counts for all.
        if rung != task.columns["rung"] + body.get("count", 1) - 1 or body["kind"] != RungKind.of(rung):
            raise ValueError("another rung is climbed than the next")
        rebuilt.chases.climbed(entry, body, task=len(rebuilt.tasks) - 1)
    task.add(entry.sequence, rung=rung if entry.action == "unclimb" else rung + 1)


def rescheduled(rebuilt: Rebuilt, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take in another deadline. It must follow on the one that the task had."""
    task = rebuilt.running(entry, body)
    if task.columns["due_at"] != datetime.fromisoformat(body["due_before"]):
        raise ValueError(f"entry {entry.sequence} moves another deadline than the task has")
    task.add(entry.sequence, due_at=datetime.fromisoformat(body["due"]), moved=body["because"])
    rebuilt.check_due(task, entry, body)


def granted(rebuilt: Rebuilt, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take in more time. It must follow on the deadline that the task had, and be what was asked for."""
    task = rebuilt.running(entry, body)
    rebuilt.testimony.extension_decided(entry, body, task=rebuilt.place(entry, body))
    if task.columns["due_at"] != datetime.fromisoformat(body["due_before"]):
        raise ValueError(f"entry {entry.sequence} extends another deadline than the task has")
    if Extension.read(body["extension"]).at != (task.columns["paused_at"] or entry.at):
        raise ValueError("more time is given from another instant than the one at which the clock stands")
    extensions = [*task.columns["extensions"], body["extension"]]
    task.add(entry.sequence, due_at=datetime.fromisoformat(body["due"]), extensions=extensions)
    rebuilt.check_due(task, entry, body)


def denied(rebuilt: Rebuilt, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take in that more time was refused."""
    rebuilt.testimony.extension_decided(entry, body, task=rebuilt.place(entry, body))


def extension_asked(rebuilt: Rebuilt, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take in that more time was asked for."""
    rebuilt.testimony.extension_asked(entry, body, task=rebuilt.place(entry, body))


def paused(rebuilt: Rebuilt, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take in that the clock stands."""
    task = rebuilt.running(entry, body)
    if task.columns["paused_at"] is not None:
        raise ValueError("a task that pauses is paused again")
    task.add(entry.sequence, paused_at=entry.at)


def resumed(rebuilt: Rebuilt, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take in that the clock goes on, with the deadline that follows from the pause."""
    task, pause = rebuilt.running(entry, body), Pause.read(body["pause"])
    if (pause.start, pause.end) != (task.columns["paused_at"], entry.at):
        raise ValueError("the pause that ends is not the one that began")
    pauses = [*task.columns["pauses"], body["pause"]]
    due = datetime.fromisoformat(body["due"])
    task.add(entry.sequence, paused_at=None, pauses=pauses, due_at=due)
    rebuilt.check_due(task, entry, body)


def overrun(rebuilt: Rebuilt, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take in that the case goes up and down for too long: said once, and from the second visit to a desk on."""
    task = rebuilt.running(entry, body)
    check_desk(task, entry, body, rebuilt.renames)
    visits = [
        one
        for one in rebuilt.tasks
        if (one.columns["step"], one.columns["clock_from"]) == (task.columns["step"], None)
        and one.columns["outcome"] != Outcome.RECALLED.value
    ]
    if len(visits) < SECOND or len(visits) != body["visits"]:
        raise ValueError("the case has not been at this desk so often")
    if any(one.columns["overrun_at"] is not None for one in rebuilt.tasks):
        raise ValueError("it was said before that the case goes up and down")
    if (sop := rebuilt.foreseen.sop(rebuilt.sop)) is not None:
        rebuilt.foreseen.check_whole(sop, rebuilt.case.columns, entry, body)
    task.add(entry.sequence, overrun_at=entry.at)
