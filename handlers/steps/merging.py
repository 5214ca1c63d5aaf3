"""Merging the case of a card with another of the same, and parting a report again."""

from collections.abc import Callable

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.screens.screen import Touch
from handlers.steps import decided
from models.refusals.registration import NotRegistered
from models.refusals.work import UnknownButton
from models.repository import joining
from models.repository.presses import Press
from models.repository.records import Records


def merge_into(records: Records, press: Press) -> Toast:
    """End the case of the card as a part of the one chosen."""
    if press.person is None:
        raise NotRegistered
    if press.card.task_id is None:
        raise UnknownButton
    chosen = {"task_id": press.card.task_id, "into_id": int(press.argument), "version": press.version}
    merged, task, tenure, into = joining.merge(records, **chosen, by=press.person)
    conversing.release(records, press.card.chat_id, task_id=task.id)
    said = {"number": merged.case.number, "to": into.case.number}
    return decided.going_on(records, task, by=tenure, toast=Toast("done-merged", said))


def part(records: Records, press: Press) -> Toast:
    """Let a report that was joined to the case of the card go on by itself."""
    if press.person is None:
        raise NotRegistered
    leading, apart = joining.part(records, int(press.argument), by=press.person)
    return Toast("done-parted", {"number": apart.case.number, "from": leading.case.number})


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {Touch.MERGE_INTO: merge_into, Touch.PART_REPORT: part}
"""What each button that merges and parts does."""
