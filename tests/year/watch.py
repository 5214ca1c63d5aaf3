"""What is watched while an office works: who acts may do so, and who may decide a task has its card."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.year.clock import is_late
from tests.year.facts import Seat

if TYPE_CHECKING:
    from tests.year.docket import Errand, Line
    from tests.year.house import House

_MINUTE = timedelta(minutes=1)


class Watch:
    """Looks at an office after each entry of a journal and after each event, and notes what is not so."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._wrong: dict[str, tuple[datetime, str]] = {}

    def mandate(self, line: Line) -> None:
        """Who acts on a task may do so now, and in the capacity that the journal names."""
        if line.action in {"report", "refuse", "feedback", "answer"} or line.capacity in {"system", "person"}:
            return
        task = self._house.docket.tasks[line.subject][-1]
        if line.capacity == "reporter":
            if line.actor != self._house.docket.reporters[line.subject]:
                self._house.fault("mandate", f"{line.actor} acts as the reporter of {line.subject}: {line.action}")
            return
        able = self._able_to(line, task)
        if line.actor not in able:
            self._house.fault("mandate", f"{line.actor} ({line.capacity}): {line.action} {line.subject}, not {able}")
        if line.capacity not in set(self._house.facts.capacities(line.actor or 0, self._house.at)):
            self._house.fault("mandate", f"{line.actor} does not act as {line.capacity}: {line.action} {line.subject}")

    def _able_to(self, line: Line, task: Errand) -> list[int]:
        facts = self._house.facts
        if line.action == "recall":
            return [self._house.docket.tasks[line.subject][-2].decided_by or 0]
        place = task.place
        if line.action == "copy":
            return [one.decided_by or 0 for one in self._house.docket.tasks[line.subject][-2:]]
        if line.action == "read":
            return sorted(self._house.docket.copied[line.subject])
        if line.action == "advise":
            return self._advisers(line.subject)
        if line.action in {"grant-extension", "deny-extension"}:
            return facts.above(place.seat.post, self._house.at)
        able = facts.deciders(place.seat, place.assignee, task.not_by, self._house.at, mandate=task.mandate)
        if line.action == "transfer":
            before = self._house.docket.tasks[line.subject][:-1]
            sent = [before[-1].decided_by or 0] if before and before[-1].action == "forward" else []
            return [*able, *facts.superiors(place.seat.post, self._house.at), *sent]
        return able

    def _advisers(self, subject: str) -> list[int]:
        """Return whose opinion was asked for in a case: who holds the posts now, and who stands in there."""
        asked, facts, at = self._house.docket.asked[subject], self._house.facts, self._house.at
        return [one for post, to in asked for one in facts.deciders(Seat(post), to, frozenset(), at)]

    def cards(self) -> None:
        """Everybody who may decide an open task has a card that decides, and nobody else; a minute late at the most."""
        served: dict[tuple[int, int], set[int]] = {}
        for account, phone in self._house.telephones.items():
            person = self._house.owners.get(account) if account not in self._house.blocked else None
            for shown in phone.deciding.values() if person is not None else ():
                place = self._house.places.get(shown.task_id or 0)
                if place is not None and person is not None:
                    served.setdefault(place, set()).add(person)
        present: dict[str, tuple[datetime, str]] = {}
        for subject, task in self._house.docket.waiting.items():
            place = self._house.cases[subject], len(self._house.docket.tasks[subject]) - 1
            wrong = self._mismatch(task, served.get(place, set()))
            if wrong:
                since, _ = self._wrong.get(subject, (self._house.at, ""))
                present[subject] = since, wrong
                if self._house.at - since > _MINUTE:
                    self._house.fault("able", f"{subject} step {task.step} at {task.place} since {since}: {wrong}")
                    present[subject] = self._house.at + timedelta(days=3650), wrong
        self._wrong = present

    def _mismatch(self, task: Errand, served: set[int]) -> str:
        """Return what is wrong with where a task lies, and with who has its card; "" where nothing is."""
        facts, place, at = self._house.facts, task.place, self._house.at
        overdue = is_late(task, self._house.almanac.now, at)
        wanted = facts.seat(place.home, task.not_by, at, overdue=overdue, mandate=task.mandate)
        if wanted != place.seat:
            return f"belongs to {wanted}"
        able = facts.deciders(place.seat, place.assignee, task.not_by, at, mandate=task.mandate)
        if overdue and place.assignee is not None and facts.is_left_alone(place.seat, able, task.not_by, at):
            return f"waits for {place.assignee} alone"
        reached = {one for one in able if facts.hears(one, at) and self._account(one) not in self._house.blocked}
        if lacking := reached - served:
            return f"{sorted(lacking)} may decide and have no card"
        if beside := served - set(able):
            return f"{sorted(beside)} have a card and may not decide"
        return ""

    def _account(self, person: int) -> int | None:
        return next((account for account, owner in self._house.owners.items() if owner == person), None)
