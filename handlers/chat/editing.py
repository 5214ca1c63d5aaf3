"""Whether an edit of a message is news: Telegram tells also of edits that change nothing of what is kept."""

from collections.abc import Mapping
from typing import Any

from telegram import Message

from handlers.chat.incoming import Incoming, incoming
from models.queries.versions import earlier_version
from models.repository.records import Records

_ASIDE = frozenset({"from", "reply_to_message", "sender_chat"})
"""The fields of a message that are no part of what an edit may change."""


def changes(records: Records, message: Incoming, *, update_id: int) -> bool:
    """Whether an edit changes the words or the file of `message`, as far as the version before it is still kept.

    The preview of a link that arrives later, or words that are made bold, change neither.
    """
    before = earlier_version(records.reader, message.chat_id, message.message_id, update_id=update_id)
    if before is None:
        return True
    earlier = incoming(kept_message(before), username=records.rules.bot_username)
    return _kept(earlier) != _kept(message)


def kept_message(written: Mapping[str, Any]) -> Message:
    """Return a message as Telegram wrote it, without those who wrote it: they may lack a name."""
    return Message.de_json({name: value for name, value in written.items() if name not in _ASIDE}, None)


def _kept(message: Incoming) -> tuple[str, list[str], list[str]]:
    files = [file["file_unique_id"] for file in message.files]
    return message.text, files, [refusal.code for refusal in message.unfit]
