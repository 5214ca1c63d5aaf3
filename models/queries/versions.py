"""Earlier versions of a message, as far as the inbox still keeps them."""

from typing import Any

from sqlalchemy import select

from models.mail.inbox import InboxUpdate
from models.repository.reader import Reader


def earlier_version(reader: Reader, chat_id: int, message_id: int, *, update_id: int) -> dict[str, Any] | None:
    """Return a message of a private chat as Telegram wrote it before the update that edits it.

    None where no version is kept any more, as after some days.
    """
    kept = select(InboxUpdate.update_id, InboxUpdate.body).where(InboxUpdate.lane == chat_id)
    versions: list[dict[str, Any]] = []
    for number, body in reader.session.execute(kept.order_by(InboxUpdate.received_at, InboxUpdate.update_id)):
        if number == update_id:
            break
        message = body.get("message") or body.get("edited_message")
        if isinstance(message, dict) and message.get("message_id") == message_id:
            versions.append(message)
    return versions[-1] if versions else None
