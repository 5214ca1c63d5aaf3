"""What the card of a task needs to know of copies: who may get one, who will, and who has read theirs."""

from handlers.screens.copies import CopyChoice, CopyingView, CopyLine
from models.case.addressing import Addressee, addressee, offered, standing_posts
from models.case.draft import DispositionDraft
from models.case.standing import Standing
from models.case.task import Task
from models.mail.card import Card, Face
from models.office.person import Person, reachable
from models.rules.actions import Action


def copying_view(
    standing: Standing, task: Task, card: Card, person: Person | None, draft: DispositionDraft | None
) -> CopyingView | None:
    """Return who may get a copy, while the card asks for it; None for any other face, and for who may not send any."""
    if person is None or card.face is not Face.COPYING or Action.COPY not in standing.allows(task):
        return None
    chosen = draft.copies if draft is not None else []
    choices = [
        CopyChoice(argument_of(one), one.name, chosen=one.word in chosen, vacant=not reachable(one.people))
        for one in offered(standing, task, person)
    ]
    return CopyingView(choices, card.page or 0)


def argument_of(one: Addressee) -> str:
    """Return what names an addressee on a button, which has room for 64 characters: a post, or `@` and a person."""
    _, at, number = one.word.partition("@")
    return at + number if at else one.word


def to_be_sent(standing: Standing, task: Task, draft: DispositionDraft | None) -> list[str]:
    """Return the names of those who will get a copy of what decides an open task."""
    if Action.FORWARD not in standing.allows(task):
        return []
    named = draft.copies if draft is not None else []
    return [addressee(standing.office, word).name for word in [*standing_posts(standing, task), *named]]


def sent(standing: Standing, task: Task) -> list[CopyLine]:
    """Return who got a copy of what decided a task, and who has read it."""
    return [
        CopyLine(
            name=copy.person.name if copy.person is not None else standing.office.file.short_of(copy.post),
            read_at=copy.read_at,
            reached=copy.person is not None,
        )
        for copy in task.copies
    ]
