"""Lists of what waits, and drafts that offer to become a note of it: a task that waits there no more leaves them."""

from models.case.task import Task
from models.mail.card import Card, CardKind
from models.queries.cards import naming_tasks
from models.repository.records import Records


def drop(records: Records, *tasks: Task) -> list[Card]:
    """Let lists and drafts in the chats that had a card of the tasks drop them; returns these cards."""
    dealt = [shown for task in tasks for shown in task.live_cards if shown.kind is CardKind.TASK]
    for listing in naming_tasks(records.reader, {shown.chat_id for shown in dealt}):
        records.refresh(listing)
    return dealt
