"""The promises of the design (I1 to I9), checked from outside after every fault.

An independent model: it reads the database with plain SQL, what the stand-in for Telegram saw and shows, and knows the
SOP from its text and office time from walking minutes. It shares no code with the program, so that a mistake there
finds no friend here.

To be called when the program has settled: nothing waits in the inbox, nothing is owed.

    broken = invariants.check(invariants.Evidence(database_url, sandbox, at=clock.now()))
    assert not broken, invariants.told(broken)
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from bot.sandbox.cast import Cast
from bot.sandbox.updates import FIRST_UPDATE
from tests.crash import chats, journal, office_hours, record, sop_facts
from tests.crash.chats import Lost
from tests.crash.record import Record, Row
from tests.crash.violation import Violation

Down = tuple[datetime, datetime]
"""A stretch in which no process ran, on the clock the program saw."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where to look, and what is known from outside of what happened.

    `at` is the present on the program's clock. `reports` names the texts that people confirmed with Kirim, with the
    account of each; None where nobody counted. `kills` is how many processes ended in the middle of a send, None where
    sends may double for other reasons. `down` and `grace` say how late a rung may have been climbed. `removed` are
    messages that their readers took away, `lost` the accounts that were taken from people. Under an `unsteady` clock,
    one that was set back, what came before a decision may bear a later time.
    """

    url: str
    cast: Cast
    at: datetime
    reports: Mapping[str, int] | None = None
    kills: int | None = None
    down: Sequence[Down] = ()
    grace: timedelta = timedelta()
    removed: Collection[int] = field(default=())
    lost: Sequence[Lost] = ()
    unsteady: bool = False


def check(evidence: Evidence) -> list[Violation]:
    """Return every promise that was broken; nothing when all hold. A damaged database proves nothing else."""
    kept = record.read(evidence.url)
    if kept.damage:
        return [Violation("I9", "the database", one) for one in kept.damage]
    return [
        *_reports(kept, evidence),
        *chats.said_as_often(kept, evidence.cast, lost=evidence.lost),
        *journal.check(kept),
        *chats.decided_on_what_was_shown(kept, evidence.cast, lost=evidence.lost),
        *_delivered(kept),
        *chats.doubled(kept, evidence.cast, kills=evidence.kills, lost=evidence.lost),
        *_ladders(kept, evidence),
        *_open_cases(kept, evidence),
        *_undeliverable(kept),
        *chats.converged(kept, evidence.cast, at=evidence.at, removed=evidence.removed, lost=evidence.lost),
    ]


def told(broken: Sequence[Violation]) -> str:
    """Return the violations as lines to read."""
    return "\n".join(["", *map(str, broken)])


def _reports(kept: Record, evidence: Evidence) -> Iterator[Violation]:
    """I1: every update that was confirmed is handled, and every report that was sent is one case."""
    for row in kept.inbox:
        if row["state"] != "done":
            yield Violation("I1", f"update {row['update_id']}", f"is {row['state']}: {row['failure']}")
    stored = {row["update_id"] for row in kept.inbox}
    updates = evidence.cast.world.updates
    # What is older than the first one kept was handled and let go of.
    handed_out = set(range(min(stored, default=FIRST_UPDATE), updates.last_id + 1)) - set(updates.ids())
    if lost := sorted(handed_out - stored):
        yield Violation("I1", f"{len(lost)} updates from {lost[0]} on", "were confirmed but are not in the inbox")
    texts = Counter(case["text"] for case in kept.cases)
    for text, count in texts.items():
        if evidence.reports is not None and (count > 1 or text not in evidence.reports):
            yield Violation("I1", f"the report “{text}”", f"has become {count} cases")
    reporters: dict[str, list[int | None]] = {}
    for case in kept.cases:
        reporters.setdefault(case["text"], []).append(kept.person[case["reporter_id"]]["telegram_id"])
    for text, account in (evidence.reports or {}).items():
        made = reporters.get(text, [])
        if made not in ([account], []):
            yield Violation("I1", f"the report “{text}”", f"of {account} has become cases of {made}")
        if not made:
            yield Violation("I1", f"the report “{text}”", "was sent and has become no case")
    given = sum(register["last"] for register in kept.registers)
    if given != len(kept.cases):
        yield Violation("I1", "the register", f"has given out {given} numbers to {len(kept.cases)} cases")


def _delivered(kept: Record) -> Iterator[Violation]:
    """I3: nothing is still owed."""
    for notice in kept.outbox:
        if notice["state"] == "owed":
            yield Violation("I3", f"notice {notice['id']}", f"is still owed: {notice['kind']} to {notice['chat_id']}")


def _ladders(kept: Record, evidence: Evidence) -> Iterator[Violation]:
    """I4: each rung once, in order, never early, and somebody told; left out are only repeats that a newer one counts.

    A rung may come later while those who are to hear of it were reminded a while ago. None of them hears two reminders
    within half an hour.
    """
    climbed: dict[int, list[Row]] = {}
    for chase in kept.chases:
        climbed.setdefault(chase["task_id"], []).append(chase)
    told_of = _nudges(kept)
    if not evidence.unsteady:
        yield from _flooded(kept)
    for task in kept.tasks:
        rungs = climbed.get(task["id"], [])
        name = _task_name(kept, task)
        if abs((_due(kept, task) - task["due_at"]).total_seconds()) > 1:
            yield Violation("I4", name, f"is due at {task['due_at']}, which is not the standard of its row")
            continue
        ordinals = [one["ordinal"] for one in rungs]
        # What a recalled task has climbed before it was forwarded stays climbed.
        sent = _recalled(kept, task)
        first = sent["rung"] if sent is not None else 0
        once = [one for one in ordinals if one < len(sop_facts.LADDER) - 1]
        expected = list(range(first, len(sop_facts.LADDER) - 1))[: len(ordinals)]
        if once != expected or task["rung"] != max(ordinals, default=first - 1) + 1:
            yield Violation("I4", name, f"climbed {ordinals}, stands at {task['rung']}")
        yield from _left_out(kept, task, rungs, name)
        for chase in rungs:
            soonest = sop_facts.earliest(task, chase["ordinal"])
            # Office time is counted in whole seconds.
            if (soonest - chase["fired_at"]).total_seconds() > 1:
                yield Violation("I4", name, f"rung {chase['ordinal']} came at {chase['fired_at']}, before {soonest}")
            if chase["kind"] != sop_facts.LADDER[min(chase["ordinal"], 3)]:
                yield Violation("I4", name, f"rung {chase['ordinal']} is called {chase['kind']}")
            # On PostgreSQL each may have read the clock before it waited for the other: their order is the journal's.
            one_writer = evidence.url.startswith("sqlite")
            decided = task["closed_at"] is not None and one_writer and not evidence.unsteady
            if decided and chase["fired_at"] > task["closed_at"]:
                yield Violation("I4", name, f"rung {chase['ordinal']} was climbed after the task was decided")
        until = task["closed_at"] or evidence.at
        missed = could_be_climbed(sop_facts.earliest(task, task["rung"]), evidence)
        if missed < until and _may_hear(kept, task, missed, evidence) < until:
            yield Violation("I4", name, f"rung {task['rung']} was never climbed, though it could be at {missed}")
        yield from _unheard(kept, task, rungs, told_of, name)


def _due(kept: Record, task: Row) -> datetime:
    """Return when a task is due: as its row has it, or in what was left of the time of one that was recalled."""
    sent = _recalled(kept, task)
    if sent is None:
        return _extended(kept, task, sop_facts.due(task["step"], task["opened_at"]))
    stood = office_hours.worked(sent["closed_at"], task["opened_at"])
    return office_hours.passed(sent["due_at"], stood) if stood else sent["due_at"]


def _extended(kept: Record, task: Row, due: datetime) -> datetime:
    """Return a deadline with the days that the journal grants: in these tests that is done before it is over."""
    for entry in kept.entries.get(kept.case[task["case_id"]]["chain_id"], []):
        body = entry["body"]
        place = body.get("step"), body.get("round")
        if entry["action"] == "grant-extension" and place == (task["step"], task["round"]):
            due = office_hours.days_later(due, int(body["extension"]["span"].removesuffix(" hari")))
    return due


def _recalled(kept: Record, task: Row) -> Row | None:
    """Return the task that was forwarded and recalled, if `task` goes on with its clock."""
    tasks = kept.tasks_of[task["case_id"]]
    place = next(place for place, one in enumerate(tasks) if one["id"] == task["id"])
    return tasks[place - 2] if place > 1 and tasks[place - 1]["outcome"] == "recalled" else None


def _left_out(kept: Record, task: Row, rungs: list[Row], name: str) -> Iterator[Violation]:
    """A repeat is left out only where the journal counts it with the one that was climbed."""
    counted = {body["rung"]: body.get("count", 1) for body in _chases(kept, task)}
    for before, after in pairwise(rungs):
        ordinal, count = after["ordinal"], after["ordinal"] - before["ordinal"]
        if counted.get(ordinal) != count:
            found = f"rung {ordinal} stands for {count} and counts {counted.get(ordinal)}"
            yield Violation("I4", name, found)


def _chases(kept: Record, task: Row) -> list[Row]:
    """Return what the journal says of the rungs of a task, but for those that it takes back."""
    place = task["step"], task["round"]
    found: list[Row] = []
    for entry in kept.entries.get(kept.case[task["case_id"]]["chain_id"], []):
        body = entry["body"]
        if entry["action"] == "chase" and (body["step"], body["round"]) == place and entry["at"] >= task["opened_at"]:
            found.append({**body, "at": entry["at"]})
        elif entry["action"] == "unclimb" and (body["step"], body["round"]) == place:
            found = [one for one in found if one["rung"] < body["rung"]]
    return found


def _may_hear(kept: Record, task: Row, at: datetime, evidence: Evidence) -> datetime:
    """Return by when one of those who hold a task may be reminded of it, who were reminded before `at`; else `at`."""
    holders = {one["id"] for one in kept.holders(task["post"], at)}
    reminded = [one["owed_at"] for one in kept.outbox if one["kind"] in _REMINDING and one["person_id"] in holders]
    waits = [sop_facts.longest_quiet(one) for one in reminded if one <= at]
    return could_be_climbed(max([at, *waits]), evidence)


def _flooded(kept: Record) -> Iterator[Violation]:
    """Nobody is owed two reminders within half an hour of office time, nor one while the office is closed."""
    owed: dict[int, list[datetime]] = {}
    for notice in kept.outbox:
        if notice["kind"] in _REMINDING:
            owed.setdefault(notice["person_id"], []).append(notice["owed_at"])
    for person_id, instants in owed.items():
        for at in instants:
            if not office_hours.is_open(at):
                yield Violation("I4", f"person {person_id}", f"is reminded at {at}, while the office is closed")
        for earlier, later in pairwise(sorted(instants)):
            # Office time is counted in whole seconds.
            if office_hours.worked(earlier, later) < sop_facts.HALF_AN_HOUR - 1:
                yield Violation("I4", f"person {person_id}", f"is reminded at {earlier} and again at {later}")


_REMINDING = frozenset({"warn", "late", "repeat", "escalate", "summary"})


def could_be_climbed(first: datetime, evidence: Evidence) -> datetime:
    """Return by when a rung must have been climbed that was due at `first`: in office time, by a program that ran."""
    at = first
    for began, ended in evidence.down:
        if began <= at < ended:
            at = office_hours.reached(ended, 0)
    return office_hours.reached(at, evidence.grace.total_seconds())


def _nudges(kept: Record) -> dict[int, list[Row]]:
    """Return the notices that remind of each task."""
    found: dict[int, list[Row]] = {}
    for notice in kept.outbox:
        if notice["kind"] in {"warn", "late", "repeat", "escalate"} and notice["task_id"] is not None:
            found.setdefault(notice["task_id"], []).append(notice)
        elif notice["kind"] == "summary":
            for item in notice["body"]["items"]:
                found.setdefault(item["task"], []).append(notice)
    return found


def _unheard(
    kept: Record, task: Row, rungs: list[Row], told_of: Mapping[int, list[Row]], name: str
) -> Iterator[Violation]:
    """Who holds a task hears of each rung, or of the last of several climbed together; nobody of one twice.

    The people whom the journal says a rung was told are owed a message that names the task.
    """
    notices = told_of.get(task["id"], [])
    entries = {body["rung"]: body for body in _chases(kept, task)}
    for at in {chase["fired_at"] for chase in rungs}:
        bodies = [entries.get(one["ordinal"], {}) for one in rungs if one["fired_at"] == at]
        now = {person_id for body in bodies for person_id in body.get("to", ())}
        later = {person_id for body in bodies for person_id in body.get("later", ())}
        lost = kept.unbound(at)
        holders = kept.holders(task["post"], at)
        bound = {one["id"] for one in holders if one["telegram_id"] is not None and one["id"] not in lost}
        if bound and not bound & (now | later):
            yield Violation("I4", name, f"nobody was told of the rung climbed at {at}")
        heard = {one["person_id"] for one in notices if at <= one["owed_at"] <= at + _AT_ONCE}
        for person_id in now - heard - lost:
            yield Violation("I4", name, f"person {person_id} was not told of the rung climbed at {at}")
    # A rung after the third is a repetition, of which there may be many.
    for (kind, person), count in Counter((one["kind"], one["person_id"]) for one in notices).items():
        if kind in {"warn", "late", "escalate"} and count > 1:
            yield Violation("I4", name, f"person {person} was told {count} times: {kind}")


_AT_ONCE = timedelta(minutes=1)
"""How much later than its rung a message is owed at the most: a rush of many tasks takes several transactions."""


def _open_cases(kept: Record, evidence: Evidence) -> Iterator[Violation]:
    """I5: an open case has one open task, somebody who may decide it, and a timer for its next rung, or a pause."""
    for case in kept.cases:
        waiting = [task for task in kept.tasks_of[case["id"]] if task["closed_at"] is None]
        if (case["state"] == "open") != (len(waiting) == 1) or len(waiting) > 1:
            yield Violation("I5", case["number"], f"is {case['state']} with {len(waiting)} open tasks")
        for task in waiting:
            name = _task_name(kept, task)
            if task["paused_at"] is not None:
                if task["chase_at"] is not None:
                    yield Violation("I5", name, "pauses and has a timer")
                continue
            if task["chase_at"] is None:
                yield Violation("I5", name, "has no timer")
                continue
            expected = sop_facts.earliest(task, task["rung"])
            # A rung that is due may wait until somebody may hear of it.
            latest = max(expected, sop_facts.longest_quiet(evidence.at)) if expected <= evidence.at else expected
            if not -1 <= (task["chase_at"] - expected).total_seconds() <= (latest - expected).total_seconds() + 1:
                yield Violation("I5", name, f"has its timer at {task['chase_at']} instead of {expected}")
    for task in kept.tasks:
        if task["closed_at"] is not None and task["chase_at"] is not None:
            yield Violation("I5", _task_name(kept, task), "is decided and still has a timer")


def _undeliverable(kept: Record) -> Iterator[Violation]:
    """I7: what cannot be delivered is in the case's journal, and somebody who can mend it was told."""
    alerts = [one for one in kept.outbox if one["kind"] == "alert"]
    for notice in kept.outbox:
        if notice["state"] != "undeliverable" or notice["kind"] in {"refresh", "withdraw", "alert"}:
            continue
        name = f"notice {notice['id']} ({notice['kind']} to {notice['chat_id']}: {notice['failure']})"
        if not any(one["person_id"] != notice["person_id"] and one["body"]["code"] in _REPORTS for one in alerts):
            yield Violation("I7", name, "could not be delivered, and nobody was told")
        case = kept.case.get(notice["case_id"] or 0)
        if case is not None and notice["failure"] and "cannot be" not in notice["failure"]:
            entries = kept.entries.get(case["chain_id"], [])
            if not any(entry["action"] == "undelivered" for entry in entries):
                yield Violation("I7", name, f"could not be delivered, and the journal of {case['number']} is silent")


_REPORTS = frozenset({"alert-unreachable", "alert-undeliverable", "alert-vacant", "person-unreachable"})


def _task_name(kept: Record, task: Row) -> str:
    number = kept.case[task["case_id"]]["number"]
    return f"{number} step {task['step']} round {task['round']} (task {task['id']})"
