"""A case being worked on, in its office, at one instant: what every transition is made of.

The doors themselves (`assigning.py`, `handling.py`, `reviewing.py`, `proceeding.py` beside this file) are the only
callers of the protected methods here. Each door checks, changes the task, opens the next one, appends the journal entry
and owes the notices; nothing else in the code can do any of these alone.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from models.base import belongs
from models.case.appraisers import appraisers
from models.case.attachment import Attachment, FileRecord, files_payload
from models.case.case import Case, CaseState
from models.case.standing import Standing
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.correspondence import About, Alert, News
from models.mail.notice import Notice, Priority
from models.office.attention import note_changed_by_others
from models.office.person import Person, includes, reachable, unique
from models.office.seating import Because
from models.office.tenure import Tenure
from models.refusals.reports import CaseClosed
from models.refusals.work import NotYourTask, ReasonMissing, StepForbids, TaskAlreadyDecided
from models.rules.actions import Action, Outcome, Verb
from models.rules.pausing import Pause, later, paused_for
from models.rules.sop import Step
from models.rules.urgency import Urgency

REHOMED = "rehome"
"""The action of an entry that tells of a task that goes to another desk, or is taken from the person who had it."""

SYSTEM = "system"
"""The capacity in which the program itself acts."""

REPORTER = "reporter"
"""The capacity of the person who reported the case."""

FELLOW = "fellow-reporter"
"""The capacity of a person whose report was joined to the case."""


class Journey(Standing):
    """A case with the office it is worked on in and the instant of the work."""

    def alert_unreachable(self, person: Person, task: Task | None) -> None:
        """Tell admins, superiors and watchers that `person` cannot be reached, and what waits for them."""
        recipients = [*self.office.admins, *self.office.watchers()]
        if task is not None:
            recipients += self.office.told_above(task.post, besides=[person])
        people = [one for one in unique(recipients) if one.id != person.id]
        data = {"number": self.case.number, "name": person.name, "why": person.obstacle.value}
        for owed in correspondence.alert(Alert.UNREACHABLE, people, at=self.at, data=data):
            self._owe(owed)

    def check(self, task: Task, *, by: Tenure, action: Action) -> None:
        """Change nothing, and raise what the door of `action` would: for what only prepares a decision.

        Raises `NotYourTask` for a person who may not act on the task now, `TaskAlreadyDecided` where somebody was
        first, `CaseClosed`, and `StepForbids` for what the step's kind does not allow.
        """
        self._deciding(task, by=by, action=action)

    def _deciding(self, task: Task, *, by: Tenure, action: Action) -> Step:
        """Check everything that must hold before `task` changes, and return its step. Raises what `check` raises."""
        if not task.is_open:
            if by.post != task.post:
                raise NotYourTask(self.office.file.post(task.post).short)
            decider = task.decided_by.name if task.decided_by else ""
            raise TaskAlreadyDecided(decider, task.closed_at or self.at, task.outcome or "")
        self._running()
        self._entitled(task, by=by)
        if action not in self.allows(task):
            raise StepForbids(action.value, task.step)
        return self.sop.step(task.step)

    def _running(self) -> None:
        if self.case.state is not CaseState.OPEN:
            raise CaseClosed(self.case.number)

    def _entitled(self, task: Task, *, by: Tenure) -> None:
        holders = self.holders(task)
        if by.post != task.post or not by.lasts or not includes(holders, by.person_id):
            names = ", ".join(person.name for person in holders)
            raise NotYourTask(names or self.office.file.post(task.post).short)

    def _reporting(self, by: Person) -> None:
        if by.id != self.case.reporter_id:
            raise NotYourTask(self.case.reporter.name)

    def _keep(self, files: Sequence[FileRecord], *, by_id: int) -> dict[str, Any]:
        """Attach files to the case, and return what the journal says of them."""
        for file in files:
            self.case.attachments.add(Attachment(**file, added_by_id=by_id, added_at=self.at))
        return files_payload(files)

    def _onward(
        self,
        task: Task,
        action: Action,
        *,
        by: Tenure,
        to: Person | None = None,
        instructions: Sequence[str] = (),
        note: str = "",
        **said: Any,
    ) -> Task | None:
        """Close `task` and open the step after it; after the last step the case ends and the reporter is told."""
        following = self.sop.after(self.sop.step(task.step))
        self._close(task, action, by=by, instructions=instructions, note=note)
        opened = self._open(following, to=to) if following else None
        if opened is None:
            self._end(action.outcome)
        self._log(action, by=by, task=task, opened=opened, note=note, instructions=list(instructions), **said)
        if opened is None:
            self.owe_result()
            self._ask_superior()
        return opened

    def owe_result(self) -> None:
        """Owe every reporter the card that shows what came of their report, if they have an account."""
        for reporter in self.reporters:
            self.owe_result_to(reporter)

    def owe_result_to(self, reporter: Person) -> None:
        """Owe one of the reporters the card that shows what came of their report, if they have an account."""
        if reporter.account_id is not None:
            self._owe_card(correspondence.card(CardKind.RESULT, reporter, at=self.at))

    def _ask_superior(self) -> None:
        """Owe the direct superior of who handled the case a card that asks, without a sound, how the work was done."""
        for person in reachable(appraisers(self)):
            self._owe_card(correspondence.card(CardKind.APPRAISAL, person, at=self.at, priority=Priority.INFORMATION))

    def _close(
        self, task: Task, action: Action, *, by: Tenure, instructions: Sequence[str] = (), note: str = ""
    ) -> None:
        """Close `task` as `action` decides. Raises `ReasonMissing` where it needs a reason and `note` has no words."""
        if action.rules.reasoned and not note.strip():
            raise ReasonMissing
        task.instructions, task.note = list(instructions), note
        recallable = action is Action.FORWARD and self.sop.permits(Verb.RECALL)
        self._conclude(task, action, by=by.person, acts_as=by.acts_as, stays_with=by.person_id if recallable else None)

    def _conclude(self, task: Task, action: Action, *, by: Person, acts_as: str, stays_with: int | None = None) -> None:
        """Close `task` in the name of a person, and settle its cards but the one of the person `stays_with`."""
        self._wait_no_longer(task)
        task.closed_at, task.outcome = self.at, action.outcome
        calendar = self.office.file.calendar
        due = task.standard_deadline(calendar) if task.extensions else task.due_at
        task.late_by = calendar.late(due, self.at)
        task.decided_by, task.decided_by_id, task.decided_as = by, by.id, acts_as
        task.chase_at = None
        task.version += 1
        for owed in _settle(task, at=self.at, stays_with=stays_with):
            self._owe(owed, task)
        self._acts(task)

    def _acts(self, task: Task) -> None:
        """Let nobody recall what came before `task` any more: its holder acts on it."""
        for earlier in self.case.tasks:
            if earlier is task or earlier.is_open:
                continue
            for shown in earlier.live_cards:
                if shown.kind is CardKind.TASK and shown.live:
                    self._retire(shown, earlier)

    def _wait(self, task: Task) -> None:
        """Note that one more answer of the reporter is awaited; where the step pauses meanwhile, its clock stops."""
        task.waiting_for += 1
        if task.waiting_since is not None:
            return
        task.waiting_since = self.at
        if self.sop.step(task.step).pauses:
            task.paused_at, task.chase_at = self.at, None
            self._log("pause", task=task)
            self._withdraw_nudges(task)

    def _answered(self, task: Task) -> None:
        """Note that one answer came that was awaited. With the last of them the clock of a task that pauses goes on."""
        task.waiting_for = max(0, task.waiting_for - 1)
        if task.waiting_for == 0:
            self._wait_no_longer(task)

    def _wait_no_longer(self, task: Task) -> None:
        """Note that no answer is awaited any more: all came, or the task is decided without."""
        task.waiting_since, task.waiting_for = None, 0
        self._resume(task)

    def resume(self, task: Task) -> None:
        """Let the clock of a task run again that pauses although nobody is asked, and show so on its cards."""
        self._resume(task)
        self._changed(task)

    def _resume(self, task: Task) -> None:
        """Let the clock of a task that pauses run again, with what was left of its standard when it was stopped."""
        if task.paused_at is None:
            return
        calendar, pause = self.office.file.calendar, Pause(task.paused_at, self.at)
        task.due_at = later(task.due_at, paused_for([pause], calendar), calendar)
        task.paused_at, task.pauses = None, [*task.pauses, pause.kept]
        task.chase_at = self.next_look(task)
        self._log("resume", task=task, pause=pause.kept, due=task.due_at.isoformat())
        self._withdraw_nudges(task)

    def _withdraw_nudges(self, task: Task) -> None:
        """Let the reminders of a task leave the chats: what they say of its time holds no longer."""
        for shown in task.live_cards:
            if shown.kind is CardKind.NUDGE and shown.live:
                self._owe(correspondence.withdraw(shown, at=self.at), task)

    def _open(self, step: Step, *, to: Person | None = None, going_on: Task | None = None) -> Task:
        """Open a task for `step`, with its deadline, its ladder and a card for everyone who may decide it.

        Its clock goes on where that of the decided task `going_on` stopped, if there is one.
        """
        standard = step.standard_for(Urgency(self.case.urgency))
        task = Task.opened(
            step=step,
            standard=standard,
            round_number=self.case.round,
            seat=self.seat_for(step),
            not_by=self.not_by(step),
            assignee=to,
            due=self.office.file.calendar.due(self.at, standard),
            at=self.at,
        )
        if going_on is not None:
            task.goes_on(going_on, self.office.file.calendar)
            # It may have been late already: then it goes to where it went before.
            task.sit_at(task.seat(self.office, at=self.at))
            if task.post != going_on.post:
                task.assignee, task.assignee_id = None, None
        self.case.tasks.append(task)
        task.chase_at = self.next_look(task)
        people = reachable(self.holders(task))
        for person in people:
            self._deal(task, person)
        if not people:
            self._report_vacancy(task)
        elif task.raised_because == Because.VACANT:
            self._report_raised(task)
        self._refresh_status()
        return task

    def _report_vacancy(self, task: Task) -> None:
        """Tell those who can mend it that nobody can receive `task`."""
        above = self.office.told_above(task.post, besides=self.holders(task))
        recipients = unique([*self.office.admins, *above, *self.office.watchers()])
        data = {"number": self.case.number, "post": self.office.file.post(task.post).title, "step": task.step}
        for owed in correspondence.alert(Alert.VACANT, recipients, at=self.at, data=data):
            self._owe(owed, task)

    def _report_raised(self, task: Task) -> None:
        """Tell the admins, who can fill the post, that `task` is decided by others because it is vacant."""
        holders = self.holders(task)
        recipients = [admin for admin in self.office.admins if not includes(holders, admin.id)]
        home = self.office.file.post(task.raised_from or task.post).title
        data = {"number": self.case.number, "post": home, "step": task.step, "to": self._title(task)}
        for owed in correspondence.alert(Alert.RAISED, recipients, at=self.at, data=data):
            # Somebody decides it: this is for information.
            owed.body = {**owed.body, "silent": True}
            self._owe(owed, task)

    def _deal(self, task: Task, person: Person) -> None:
        """Owe `person` a card of `task`."""
        self._owe_card(correspondence.card(CardKind.TASK, person, at=self.at), task)

    def _end(self, outcome: Outcome) -> None:
        """End the case with a task that ended so."""
        self.case.state, self.case.closed_at = CaseState.after(outcome), self.at
        for shown in self.case.live_cards:
            if shown.kind is CardKind.QUESTION:
                self._retire(shown)
        self._refresh_status()

    def _refresh_status(self) -> None:
        for shown in self.case.live_cards:
            if shown.kind is CardKind.STATUS:
                self._owe(correspondence.refresh(shown, at=self.at))

    def _changed(self, task: Task) -> None:
        """Let everyone who sees `task` see what became of it; buttons drawn before are out of date."""
        task.version += 1
        self._redraw(task)

    def _changed_by_others(self, task: Task) -> None:
        """Let everyone see what became of `task`. Its holders have done nothing with it, and must still hear of it."""
        self._changed(task)
        for person in self.holders(task):
            self._at_last(person, partial(note_changed_by_others, task_id=task.id, version=task.version))

    def _redraw(self, task: Task) -> None:
        for shown in task.live_cards:
            if shown.kind is CardKind.TASK and shown.live:
                self._owe(correspondence.refresh(shown, at=self.at), task)
        self._refresh_status()

    def _who_decided(self, step: Step) -> Person | None:
        """Return who last decided `step`, if they still may: returned work goes back to the same desk.

        Not to one where nobody can be written to, while a colleague could go on.
        """
        decided = (
            task
            for task in reversed(self.case.tasks)
            if task.step == step.number and not task.is_open and task.outcome != Outcome.RECALLED
        )
        last = next((task.decided_by_id for task in decided), None)
        post = self.seat_for(step).post
        # Work of a person who is away stays theirs: their Plh. decides it meanwhile.
        holding = unique([*self.office.own_holders(post), *self.office.holders(post)])
        able = (one for one in holding if (self.office.stand_in(one.id, post) or one).account_id is not None)
        return next((person for person in able if person.id == last), None)

    def _who_handled(self, earlier: Case, step: Step) -> Person | None:
        """Return who handled an earlier case last in the post of `step`, while they hold it and can be written to."""
        post = self.office.post_of(step)
        handled = (task for task in reversed(earlier.tasks) if task.outcome is Outcome.SUBMITTED and task.post == post)
        last = next((task.decided_by_id for task in handled), None)
        return next((person for person in reachable(self.office.holders(post)) if person.id == last), None)

    def _tell_closer(self) -> list[int]:
        """Owe a card that says it did not help to the one who closed the case; returns the numbers of who is told.

        Where that person has left the post or cannot be written to, those learn it who hold the post now. A person
        who has the card already is not told a second time: it is drawn again.
        """
        last = self.case.tasks[-1]
        holding = reachable(self.office.holders(last.post))
        told = [person for person in holding if person.id == last.decided_by_id] or holding
        shown = {card.person_id for card in self.case.live_cards if card.kind is CardKind.FEEDBACK}
        fresh = [person for person in told if person.id not in shown]
        for person in fresh:
            self._owe_card(correspondence.card(CardKind.FEEDBACK, person, at=self.at, priority=Priority.INFORMATION))
        return [person.id for person in fresh]

    def _title(self, task: Task) -> str:
        return self.title_of(task)

    def _tell(self, word: News, *, priority: Priority = Priority.INFORMATION, **data: Any) -> None:
        """Owe every reporter a plain message."""
        said = {"number": self.case.number, **data}
        for reporter in reachable(self.reporters):
            self._owe(correspondence.news(word, reporter, at=self.at, data=said, priority=priority))

    def _owe(self, owed: Notice, task: Task | None = None) -> None:
        """Owe a notice of this case, about `task` if one is named."""
        belongs(self.case, Case.notices, owed)
        if task is not None:
            belongs(task, Task.notices, owed)

    def _owe_card(self, owed: Notice, task: Task | None = None) -> None:
        """Owe a new card of this case, of `task` if one is named."""
        self._owe(owed, task)
        if owed.card is not None:
            belongs(self.case, Case.cards, owed.card)
            if task is not None:
                belongs(task, Task.cards, owed.card)

    def _share(self, task: Task, kind: CardKind, about: About, people: Iterable[Person]) -> None:
        """Let those of `people` who can be written to have a card about this beside `task`, and nobody else."""
        wanted, served = {person.id: person for person in reachable(people)}, set()
        for shown in task.live_cards:
            known = About(extension_id=shown.extension_id, consultation_id=shown.consultation_id)
            if shown.kind is not kind or known != about or not shown.live:
                continue
            person = wanted.get(shown.person_id or 0)
            if person is not None and person.account_id == shown.chat_id:
                served.add(person.id)
            else:
                self._retire(shown, task)
        for person in wanted.values():
            if person.id not in served:
                self._owe_card(correspondence.card(kind, person, at=self.at, about=about), task)

    def _retire(self, shown: Card, task: Task | None = None) -> None:
        """Take the force from a card, and draw it again without its buttons."""
        shown.live = False
        self._owe(correspondence.refresh(shown, at=self.at), task)

    def _log(
        self,
        action: str,
        *,
        by: Tenure | None = None,
        by_id: int | None = None,
        capacity: str = SYSTEM,
        task: Task | None = None,
        opened: Task | None = None,
        **said: Any,
    ) -> None:
        """Append one entry to the case's chain; what is empty is left out of its payload.

        What is done for a post names by how many entries of the office's journal it was that person's to do; what opens
        a task or moves it to another desk, by how many it was that post's.
        """
        payload = {key: value for key, value in said.items() if value not in ("", None, [])}
        if task is not None:
            payload |= {"step": task.step, "round": task.round}
            if task.outcome is not None:
                payload |= {"outcome": task.outcome.value, "late_by": task.late_by}
        if opened is not None:
            payload["opened"] = {
                "step": opened.step,
                "round": opened.round,
                "post": opened.post,
                "standard": opened.standard,
                "due": opened.due_at.isoformat(),
                "assignee": opened.assignee_id,
            }
            if opened.not_by:
                payload["opened"]["not_by"] = opened.not_by
            if not opened.mandate:
                payload["opened"]["mandate"] = False
            if opened.raised is not None:
                payload["opened"]["raised"] = opened.raised
        if by is not None or opened is not None or action == REHOMED:
            payload["office"] = self.office.entries
        if by is not None and by.given_in is not None:
            payload["mandate"] = by.given_in
        elsewhere = action in {Action.RECALL, Action.JOIN, Action.PART}
        if by is not None and task is not None and task.raised is not None and not elsewhere:
            payload["raised"] = task.raised
        self.case.chain.append(
            str(action),
            actor_id=by.person_id if by else by_id,
            capacity=by.acts_as if by else capacity,
            payload=payload,
            at=self.at,
        )


def _settle(task: Task, *, at: datetime, stays_with: int | None) -> list[Notice]:
    """Take the force from every living card of `task`: nudges leave the chat, cards are drawn with the outcome.

    The card of the person `stays_with` keeps one button, by which they recall what they have just forwarded.
    """
    owed = []
    for shown in task.live_cards:
        if shown.kind == CardKind.NUDGE:
            owed.append(correspondence.withdraw(shown, at=at))
        else:
            shown.live = shown.kind is CardKind.TASK and shown.person_id == stays_with
            owed.append(correspondence.refresh(shown, at=at))
    return owed
