"""Rebuilding a case from its journal alone; `comparing.py` compares it with the rows that the program works with."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from models.case.archiving import ERASED, KEPT, PASSED_OVER
from models.case.case import CaseState
from models.case.evaluation import Part
from models.case.journey import FELLOW, REHOMED, REPORTER
from models.case.report import columns_of_payload
from models.journal.chain import Entry
from models.journal.erasing import ERASE
from models.journal.personal import SINCE as SEALING
from models.journal.personal import is_gone
from models.proof.account import GONE, Account
from models.proof.archived import archived
from models.proof.authority import NAMED, NoAuthority, check_assignee, check_authority, check_chair
from models.proof.calendars import BROUGHT
from models.proof.capacities import check_capacity, check_raised
from models.proof.clock import chased, denied, extension_asked, granted, overrun, paused, rescheduled, resumed
from models.proof.desks import rehomed
from models.proof.explanations import check_late_so_far, explained
from models.proof.foreseen import check_decision, check_opening, decided_before
from models.proof.joined import joined, left, parted
from models.proof.judgements import JUDGEMENTS, UNJUDGED, judged
from models.proof.office import ADOPTED
from models.proof.opening import clock_going_on, opened_columns, round_begun
from models.proof.rebuilt import Rebuilt
from models.proof.stays import Stay
from models.rules.actions import Action, Outcome
from models.rules.complete import complete


class Contradiction(Exception):
    """An entry that cannot follow from the entries before it, although the chain verifies."""

    def __init__(self, sequence: int, reason: str = "does not follow from the entries before it") -> None:
        super().__init__(sequence, reason)
        self.sequence = sequence
        self.reason = reason


@dataclass(slots=True)
class Replay(Rebuilt):
    """A case that is rebuilt entry by entry, each held against those before it."""

    def add(self, entry: Entry) -> None:
        """Take in the next entry of the chain. Raises `Contradiction`."""
        if entry.version < self.version:
            raise Contradiction(entry.sequence, "is of an older version than an entry before it")
        self.version = entry.version
        body = (entry.payload.body if entry.payload else None) or {}
        try:
            body = {key: GONE if is_gone(value) else value for key, value in body.items()}
            # Under the same key `adopt-files`, in the office's own chain, has the digest of the office file.
            if NAMED in body and entry.action != ADOPTED:
                body[NAMED] = self.office.made_in(int(body[NAMED]), entry.at)
            self._take(entry, body)
        except NoAuthority as fault:
            raise Contradiction(entry.sequence, str(fault)) from fault
        except (LookupError, TypeError, ValueError) as fault:
            raise Contradiction(entry.sequence) from fault

    def _take(self, entry: Entry, body: Mapping[str, Any]) -> None:
        self._check(entry, body)
        if self.open_task is not None and NAMED in body:
            self._check_stay(until=int(body[NAMED]))
        self._take_in(entry, body)
        task = self.open_task
        if task is None:
            self.stay = None
        elif NAMED in body:
            self.stay = Stay.of(task, since=int(body[NAMED]))

    def _check_stay(self, *, until: int) -> None:
        """Raise `NoAuthority` where the open task was at another desk than it belonged at by then."""
        fault = self._misplaced(until)
        if fault is not None:
            raise NoAuthority(fault)

    @property
    def misplaced(self) -> str | None:
        """Why the open task cannot be where it is; None where it can."""
        return self._misplaced(None)

    def _misplaced(self, until: int | None) -> str | None:
        task = self.open_task
        if task is None or self.stay is None or self.settled is None or not self.office.tells:
            return None
        return self.settled.fault(task, self.stay, until=until)

    @property
    def open_task(self) -> Mapping[str, Any] | None:
        """The columns of the open task, None where there is none; cases without an SOP are left out."""
        task = self.tasks[-1].columns if self.tasks and self.sop is not None else None
        return task if task is not None and task["closed_at"] is None else None

    def _take_in(self, entry: Entry, body: Mapping[str, Any]) -> None:
        if entry.action in self._BY_ACTION:
            self._BY_ACTION[Action(entry.action)](self, entry, body)
        elif entry.action in {"chase", "unclimb"}:
            chased(self, entry, body)
        elif entry.action == REHOMED:
            task = self.running(entry, body)
            going = rehomed(task, entry, body, self.renames, history=self.office, foreseen=self.foreseen)
            task.add(entry.sequence, **going)
        elif entry.action == "overrun":
            overrun(self, entry, body)
        elif entry.action == "reschedule":
            rescheduled(self, entry, body)
        elif entry.action == BROUGHT:
            self.calendars.add(entry, body)
        elif entry.action == "pause":
            paused(self, entry, body)
        elif entry.action == "resume":
            resumed(self, entry, body)
        elif entry.action in {KEPT, PASSED_OVER, ERASED, ERASE}:
            archived(self.case, self.testimony, self.contents, entry, body)

    def _check(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Raise `ValueError` for what an entry cannot say, whatever its action."""
        reporters: list[int] = []
        if "raised" in body and entry.action != REHOMED:
            running = self.running(entry, body).columns
            reporters = running["not_by"]
            check_raised(running, body["raised"], self.renames, told_at=entry.at)
        if "mandate" in body and not self.mandates.holds(body["mandate"], entry=entry):
            raise ValueError("the office's journal does not know the mandate")
        named = self.sop is not None
        check_authority(entry, body, self.office, self.renames, named=named, reporters=reporters)
        if entry.capacity == REPORTER and self.tasks and entry.actor_id != self.case.columns["reporter_id"]:
            raise ValueError("somebody acts as the reporter who did not report the case")
        fellow = entry.capacity == FELLOW and entry.action != Action.JOIN
        if fellow and self.testimony.part_of(entry.actor_id) is None:
            raise ValueError("somebody acts as a reporter whose report is no part of the case")
        if "outcome" in body and (entry.action not in self._BY_ACTION or Action(entry.action).rules.outcome is None):
            raise ValueError("an entry that decides nothing says how a task ended")

    @property
    def behind(self) -> bool:
        """Whether the open task does not follow the newest calendar; cases without an SOP are left out."""
        task = self.open_task
        return task is not None and self.foreseen.is_behind(task)

    def _explained(self, entry: Entry, body: Mapping[str, Any]) -> None:
        task = explained(self.tasks, entry, body, self.renames, sop=self.foreseen.sop(self.sop))
        if "closed" not in body and self.sop is not None:
            check_late_so_far(self.foreseen, task, entry, body)

    def _consulted(self, entry: Entry, body: Mapping[str, Any]) -> None:
        post = self.renames.present(body["post"], told_at=entry.at)
        self.testimony.consulted(entry, body, task=self.place(entry, body), post=post)

    def _advised(self, entry: Entry, body: Mapping[str, Any]) -> None:
        self.testimony.advised(entry, body, task=self.place(entry, body))

    def _started(self, entry: Entry, body: Mapping[str, Any]) -> None:
        task = self.running(entry, body)
        check_assignee(entry, body, task.columns, self.office)
        # A Plh. begins what stays with the person who is away.
        if body.get("assignee", entry.actor_id) not in {entry.actor_id, task.columns["assignee_id"]}:
            raise ValueError("what somebody begins is given to another")
        task.add(entry.sequence, started_at=entry.at, assignee_id=body.get("assignee", entry.actor_id))

    def _asked(self, entry: Entry, body: Mapping[str, Any]) -> None:
        self.testimony.asked(entry, body, task=self.place(entry, body))

    def _answered(self, entry: Entry, body: Mapping[str, Any]) -> None:
        self.testimony.answered(entry, body)

    def _remarked(self, entry: Entry, body: Mapping[str, Any]) -> None:
        self.testimony.remarked(entry, body, task=self.place(entry, body))

    def _attached(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Take in files: the reporter's belong to the case alone, the others to the Laporan Evaluasi being written."""
        if "step" not in body:
            self.testimony.attached(entry, body)
            return
        revision = max(self.evaluations, default=0) + 1
        self.testimony.attached(entry, body, task=self.place(entry, body), revision=revision)

    def _handed_on(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Take in that the open task was given to a colleague, with the reason and its files."""
        self.running(entry, body).add(entry.sequence, assignee_id=body["assignee"])
        if isinstance(body["to"], str) and not self.office.was_called(body["assignee"], body["to"], at=entry.at):
            raise NoAuthority("a task is handed to somebody under a name that they did not have")
        self.testimony.remarked(entry, body, task=self.place(entry, body))

    def _copied(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Take in who got a copy of the decision that was told just before."""
        place = max(place for place, one in enumerate(self.tasks) if one.columns["closed_at"] is not None)
        decided = self.tasks[place].columns
        told = (entry.at, entry.actor_id, body["step"], body["round"])
        if told != (decided["closed_at"], decided["decided_by_id"], decided["step"], decided["round"]):
            raise ValueError("copies go out with the decision that they are of")
        for one in body["copies"]:
            post = self.renames.present(one["post"], told_at=entry.at)
            self.testimony.copied(entry, post=post, person_id=one["person"], task=place)

    def _read(self, entry: Entry, body: Mapping[str, Any]) -> None:
        place = self.testimony.read(entry, sent_at=datetime.fromisoformat(body["sent"]))
        task = self.tasks[place].columns
        if (body["step"], body["round"]) != (task["step"], task["round"]):
            raise ValueError("a copy is read that is of another task")

    def _urged(self, entry: Entry, body: Mapping[str, Any]) -> None:
        task = self.running(entry, body)
        task.add(entry.sequence, urges=task.columns["urges"] + 1, urged_at=entry.at)

    def _reminded(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Pass over that somebody had those reminded who decide a task; the task must be the open one."""
        self.running(entry, body)

    def _detached(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Take in that files were taken out of the Laporan Evaluasi being written."""
        revision = max(self.evaluations, default=0) + 1
        self.testimony.detached(body, task=self.place(entry, body), revision=revision)

    def _judged(self, entry: Entry, body: Mapping[str, Any]) -> None:
        judged(self.case, self.testimony, entry, body)

    def _joined(self, entry: Entry, body: Mapping[str, Any]) -> None:
        joined(self.case, self.testimony, entry, body, task=self.place(entry, body))
        self._named(entry, body)

    def _left(self, entry: Entry, body: Mapping[str, Any]) -> None:
        self.running(entry, body)
        left(self.case, self.testimony, entry)

    def _parted(self, entry: Entry, body: Mapping[str, Any]) -> None:
        self.running(entry, body)
        parted(self.case, self.testimony, entry, body)
        self._named(entry, body)

    def _named(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Take over which case an entry says that a report came from."""
        if "from" in body and "number" in body:
            self.moves.name(self.number, entry.sequence, body["from"], body["number"])

    def _reopened(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Take in that a case goes on by itself that was a part of another."""
        if self.case.columns["state"] != CaseState.MERGED.value:
            raise ValueError("a case is reopened that was merged with none")
        self.case.add(entry.sequence, state=CaseState.OPEN.value, closed_at=None, joined_to_id=None)
        self._opened(entry, body, going_on=self.tasks[-1])

    def _drafted(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Pass over a draft, which is no part of the record: the entry of its submission has its words."""

    def _reported(self, entry: Entry, body: Mapping[str, Any]) -> None:
        if self.tasks:
            raise ValueError("a case is reported once")
        # Entries from before a case was held to its SOP name neither that nor where the report came from. They are of
        # earlier versions: otherwise a forger could leave it out, and be held to nothing.
        self.sop = body.get("sop") if entry.version < SEALING else body["sop"]
        origin = {"origin": body.get("origin", {})} if self.sop is not None else {}
        self.case.add(
            entry.sequence,
            reporter_id=entry.actor_id,
            **columns_of_payload(body),
            **origin,
            state=CaseState.OPEN.value,
            opened_at=entry.at,
            closed_at=None,
            **UNJUDGED,
            erased_in=None,
            joined=0,
            joined_to_id=None,
        )
        self.testimony.attached(entry, body)
        self.moves.check(self.number, self.case, self.testimony.files)
        self._opened(entry, body)

    def _decided(self, entry: Entry, body: Mapping[str, Any]) -> None:
        action = Action(entry.action)
        outcome = action.outcome
        if body["outcome"] != outcome:
            raise ValueError("the outcome is not the action's")
        task = self.running(entry, body)
        if task.columns["paused_at"] is not None:
            raise ValueError("a task that pauses is decided")
        if action not in {Action.RECALL, Action.WITHDRAW}:
            check_capacity(entry, task.columns, self.renames)
            check_assignee(entry, body, task.columns, self.office)
        if (sop := self.foreseen.sop(self.sop)) is not None:
            check_decision(sop, action, task.columns, going_on="opened" in body)
            self.foreseen.check_late(task.columns, entry, body)
            self.foreseen.check_followed(task.columns, entry, body)
        task.add(
            entry.sequence,
            closed_at=entry.at,
            outcome=outcome.value,
            decided_by_id=entry.actor_id,
            decided_as=entry.capacity,
            note=body.get("note", ""),
            instructions=body.get("instructions", []),
            chase_at=None,
            late_by=body.get("late_by"),
        )
        if action is Action.RECALL:
            self._recalled(entry)
        if action is Action.WITHDRAW and entry.actor_id != self.case.columns["reporter_id"]:
            raise ValueError("only the reporter withdraws a report")
        if action is Action.MERGE:
            if self.case.columns["joined"] or self.case.columns["confidential"]:
                raise ValueError("a case is merged that cannot be")
            self.case.add(entry.sequence, joined_to_id=body["into"])
            self.moves.name(self.number, entry.sequence, body["into"], body["to"])
        if action is Action.MOVE:
            self.moves.add(body["to"], self.case, self.testimony.files)
        self.testimony.attached(entry, body)
        if action is Action.SUBMIT:
            self._submitted(entry, body)
        if "opened" in body:
            self._opened(entry, body, going_on=self.tasks[-2] if action is Action.RECALL else None)
        else:
            self.case.add(entry.sequence, state=CaseState.after(outcome).value, closed_at=entry.at)

    def _recalled(self, entry: Entry) -> None:
        """Hold a recall against what was told before: the same person has forwarded it, and nobody has acted since."""
        last = self.tasks[-1].columns
        before = self.tasks[-2].columns
        forwarded = (before["outcome"], before["decided_by_id"]) == (Outcome.FORWARDED.value, entry.actor_id)
        if not forwarded or last["started_at"] is not None or self.testimony.tells_of(task=len(self.tasks) - 1):
            raise ValueError("what was recalled had been acted on")

    def _submitted(self, entry: Entry, body: Mapping[str, Any]) -> None:
        if body["revision"] != max(self.evaluations, default=0) + 1:
            raise ValueError("another revision is submitted than the next")
        words = {part.value: body["evaluation"][part.value] for part in Part}
        self.evaluations[body["revision"]] = Account(
            entry.sequence,
            {
                **words,
                "author_id": entry.actor_id,
                "submitted_at": entry.at,
                "submitted_as": entry.capacity,
                # A submission closes the task that it was written in.
                "task": max(place for place, one in enumerate(self.tasks) if one.columns["closed_at"] is not None),
            },
        )

    def _opened(self, entry: Entry, body: Mapping[str, Any], *, going_on: Account | None = None) -> None:
        opened = body["opened"]
        self.case.add(entry.sequence, round=round_begun(self.tasks, opened["round"]))
        check_chair(entry, body, self.office, decided_by=decided_before(self.tasks, opened["step"]))
        task = Account(entry.sequence, opened_columns(entry, opened, self.renames))
        if going_on is not None:
            task.columns |= clock_going_on(entry, going_on.columns)
        if (sop := self.foreseen.sop(self.sop)) is not None:
            case, before = self.case.columns, self.tasks
            reporters = {case["reporter_id"], *self.testimony.fellows()}
            check_opening(sop, entry, body, case=case, tasks=before, opened=task.columns, reporters=reporters)
            self._check_desk(sop.step(opened["step"]).role, entry, body, not_by=task.columns["not_by"])
        self.check_due(task, entry, body)
        self.tasks.append(task)

    def _check_desk(self, role: str, entry: Entry, body: Mapping[str, Any], *, not_by: Collection[int]) -> None:
        """Raise `NoAuthority` where a task is opened at a post to which nothing leads from that of its role."""
        if self.settled is None or NAMED not in body or not self.office.tells_at(int(body[NAMED])):
            return
        elsewhere = partial(self.settled.is_opened_elsewhere, not_by=not_by, entries=int(body[NAMED]), at=entry.at)
        if self.office.unreadable is None and elsewhere(body["opened"], role):
            raise NoAuthority("a task is opened at another post than its role's")

    _BY_ACTION: ClassVar[Mapping[Action, Callable[["Replay", Entry, Mapping[str, Any]], None]]] = complete(
        Action,
        dict.fromkeys((action for action in Action if action.rules.outcome is not None), _decided),
        {
            Action.REPORT: _reported,
            Action.START: _started,
            Action.ASK: _asked,
            Action.ANSWER: _answered,
            Action.NOTE: _remarked,
            Action.ATTACH: _attached,
            Action.DETACH: _detached,
            Action.WRITE: _drafted,
            **dict.fromkeys(JUDGEMENTS, _judged),
            Action.TRANSFER: _handed_on,
            Action.URGE: _urged,
            Action.ADD: _remarked,
            Action.COPY: _copied,
            Action.READ: _read,
            Action.EXTEND: extension_asked,
            Action.GRANT: granted,
            Action.DENY: denied,
            Action.EXPLAIN: _explained,
            Action.CONSULT: _consulted,
            Action.ADVISE: _advised,
            Action.REMIND_LATE: _reminded,
            Action.JOIN: _joined,
            Action.LEAVE: _left,
            Action.PART: _parted,
            Action.REOPEN: _reopened,
        },
    )
    """How the entry of each action is taken in."""
