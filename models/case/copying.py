"""The doors of a copy (tembusan): it goes out with a decision, and its reader marks it as read."""

from collections.abc import Sequence

from models.case.addressing import receivers, standing_posts
from models.case.copy import Copy
from models.case.journey import Journey
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.notice import Priority
from models.office.person import Person
from models.office.tenure import Tenure
from models.refusals.work import NotYourTask
from models.rules.actions import Action


class Copying(Journey):
    """What sends copies, and what marks one as read."""

    def read(self, copy: Copy, *, by: Person, sender: Card | None) -> bool:
        """Mark a copy as read by its reader, and show so on the card of its sender; False where it was read before.

        Raises `NotYourTask` for anybody but the reader, and for one who has left the post since.
        """
        tenure = self.office.tenure(by, copy.post) if copy.person_id == by.id else None
        if tenure is None:
            raise NotYourTask(self.office.file.short_of(copy.post))
        if copy.read_at is not None:
            return False
        task = next(task for task in self.case.tasks if task.id == copy.task_id)
        copy.read_at = self.at
        self._log(Action.READ, by=tenure, sent=copy.sent_at.isoformat(), step=task.step, round=task.round)
        for shown in task.live_cards:
            if shown.kind is CardKind.COPY and shown.person_id == by.id:
                self._retire(shown, task)
        if sender is not None:
            self._owe(correspondence.refresh(sender, at=self.at), task)
        return True

    def _copy(self, task: Task, opened: Task | None, *, by: Tenure, named: Sequence[str]) -> list[Copy]:
        """Send copies of what decided `task`: to whom the SOP names, and to whom the official has named.

        Nobody gets two, and none goes to the official, to a reporter, or to those who have the case now.
        """
        words = [*standing_posts(self, task), *named]
        if not words:
            return []
        next_ones = [person.id for person in self.holders(opened)] if opened is not None else []
        without = [by.person_id, *(person.id for person in self.reporters), *next_ones]
        shown = next((one for one in task.live_cards if _shows(one, by.person)), None)
        sent = [
            Copy(
                case_id=self.case.id,
                post=post,
                person=person,
                person_id=person.id if person is not None else None,
                sent_at=self.at,
                read_at=None,
                card_id=shown.id if shown is not None else None,
            )
            for post, person in receivers(self, words, without=without)
        ]
        if not sent:
            return []
        task.copies.extend(sent)
        for copy in sent:
            if copy.person is not None:
                self.owe_copy(task, copy.person)
        self._log(
            Action.COPY,
            by=by,
            step=task.step,
            round=task.round,
            to=", ".join(copy.person.name for copy in sent if copy.person is not None),
            missed=", ".join(self.office.file.short_of(copy.post) for copy in sent if copy.person is None),
            copies=[{"post": copy.post, "person": copy.person_id} for copy in sent],
        )
        return sent

    def owe_copy(self, task: Task, person: Person) -> None:
        """Owe `person` the card of a copy of what decided `task`."""
        self._owe_card(correspondence.card(CardKind.COPY, person, at=self.at, priority=Priority.INFORMATION), task)

    def _redraw_copies(self, task: Task) -> None:
        """Show on the copies of a decision that nobody has read what became of it."""
        for shown in task.live_cards:
            if shown.kind is CardKind.COPY:
                self._owe(correspondence.refresh(shown, at=self.at), task)


def _shows(card: Card, person: Person) -> bool:
    return card.kind is CardKind.TASK and card.person_id == person.id
