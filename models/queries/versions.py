"""Earlier versions of a message, and the others of its album, as far as the inbox still keeps them."""

from typing import Any

from sqlalchemy import and_, or_, select

from models.mail.inbox import InboxUpdate
from models.repository.reader import Reader


def earlier_version(reader: Reader, chat_id: int, message_id: int, *, update_id: int) -> dict[str, Any] | None:
    """Return a message of a chat as Telegram wrote it before the update that edits it.

    None where no version is kept any more, as after some days.
    """
    edit = reader.session.get(InboxUpdate, update_id)
    if edit is None:
        return None
    earlier = or_(
        InboxUpdate.received_at < edit.received_at,
        and_(InboxUpdate.received_at == edit.received_at, InboxUpdate.update_id < update_id),
    )
    kept = (
        select(InboxUpdate.body)
        .where(InboxUpdate.lane == chat_id, InboxUpdate.message_id == message_id, earlier)
        .order_by(InboxUpdate.received_at.desc(), InboxUpdate.update_id.desc())
        .limit(1)
    )
    body = reader.session.scalar(kept) or {}
    found = body.get("message") or body.get("edited_message")
    return found if isinstance(found, dict) else None


def messages_of_album(reader: Reader, chat_id: int, album: str) -> list[dict[str, Any]]:
    """Return the messages of an album in a chat as Telegram wrote them, as far as they came and are still kept."""
    kept = select(InboxUpdate.body).where(InboxUpdate.lane == chat_id, InboxUpdate.album == album)
    found = (body.get("message") for body in reader.session.scalars(kept.order_by(InboxUpdate.update_id)))
    return [message for message in found if isinstance(message, dict)]
