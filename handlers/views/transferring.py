"""What a card needs to know on which a task is handed to a colleague."""

from handlers.screens.candidate import Candidate
from handlers.screens.transferring import TransferView
from models.case.standing import Standing
from models.case.task import Task
from models.mail.card import Card, Face
from models.queries import lists
from models.repository.reader import Reader
from models.rules.actions import Action


def transfer_view(reader: Reader, card: Card, standing: Standing, task: Task | None) -> TransferView | None:
    """Return to whom the person of `card` may hand `task`; None where they may not, or there is nobody."""
    person = reader.person_by_id(card.person_id)
    if task is None or person is None or Action.TRANSFER not in standing.allows(task):
        return None
    people = standing.colleagues(task, person) if standing.tenures_to_transfer(task, person) else []
    if not people:
        return None
    counts = lists.active_counts(reader, task.post) if card.face is Face.COLLEAGUES else {}
    draft = (
        reader.prepared(person.id, task) if card.face in {Face.REASONS_TRANSFER, Face.EXPECTS_TRANSFER_REASON} else None
    )
    chosen = reader.person_by_id(draft.to_id) if draft is not None else None
    return TransferView(
        role=standing.title_of(task),
        colleagues=[Candidate(one.id, one.name, counts.get(one.id, 0)) for one in people],
        chosen=chosen.name if chosen is not None else "",
    )
