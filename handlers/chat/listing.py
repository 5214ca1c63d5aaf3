"""Lists of what waits, where they stand in chats: a task that waits there no more leaves them."""

from models.case.task import Task
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.queries.cards import shown_queues
from models.repository.records import Records


def drop(records: Records, *tasks: Task) -> list[Card]:
    """Let lists in the chats that had a card of the tasks drop them; returns these cards."""
    dealt = [shown for task in tasks for shown in task.live_cards if shown.kind is CardKind.TASK]
    for listing in shown_queues(records.reader, {shown.chat_id for shown in dealt}):
        records.owe(correspondence.refresh(listing, at=records.at))
    return dealt
