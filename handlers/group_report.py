"""`/lapor` in a group: a message of the group becomes a report, and the group learns its number and nothing else."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from handlers import drafting
from handlers.incoming import Incoming, one_line
from models.mailbox import Notice, NoticeKind, Priority
from models.proceeding import Report
from models.records import Records

_FROM = "(dari pesan {author} di grup {title})"
_FROM_GROUP = "(dari grup {title})"
"""What the report notes of where it came from. It is part of the record, which is kept in the office's language."""


_ANSWERED_EVERY = 60
"""Seconds between answers to those in a group whom nobody knows: anybody may put the bot into a group of their own."""


def from_group(records: Records, message: Incoming, original: Incoming | None, *, title: str, username: str) -> None:
    """Take `/lapor` in a group, best in reply to the `original` message; whoever sends it is the reporter.

    A message that was reported before is answered with its number. Everything said in the group is silent.
    """
    reporter = records.person(message.sender_id)
    if reporter is None:
        minute = int(records.at.timestamp()) // _ANSWERED_EVERY
        _answer(records, message, "group-not-registered", username, once=f"group:{message.chat_id}:{minute}")
        return
    told, title = original or message, one_line(title)
    key = f"group-report:{message.chat_id}:{told.message_id}"
    before = records.session.scalar(select(Notice.body).where(Notice.once == key))
    if before is not None:
        number = before["data"]["number"]
        _answer(records, message, "group-reported-before", username, start=f"case-{number}", number=number)
        return
    if told.unfit is not None and reporter.telegram_id is not None:
        drafting.tell(records, replace(told, chat_id=reporter.telegram_id, sender_id=reporter.telegram_id), told.unfit)
    text = "\n".join(part for part in (original.text if original else "", drafting.words(message)) if part)
    if not text:
        _answer(records, message, "group-hint" if original is None else "group-no-words", username)
        return
    origin: dict[str, Any] = {"chat": title, "chat_id": message.chat_id, "author": told.sender_name}
    note = (_FROM if original else _FROM_GROUP).format(author=told.sender_name, title=title)
    report = Report(f"{text}\n{note}", files=[told.file] if told.file else [], origin=origin)
    begun = records.begin(report, reporter=reporter, sop=drafting.default_sop(records))
    number = begun.case.number
    data = {"number": number, "author": told.sender_name}
    said = "group-reported" if original else "group-reported-own"
    _answer(records, message, said, username, start=f"case-{number}", once=key, **data)


def _answer(
    records: Records,
    message: Incoming,
    code: str,
    username: str,
    *,
    start: str = "",
    once: str | None = None,
    **data: str,
) -> None:
    """Owe the group a silent answer with a link to the private chat.

    It names no person: a group that the bot may not write to must not make its reporter count as unreachable.
    """
    body: dict[str, Any] = {"code": code, "data": data, "silent": True, "reply_to": message.message_id}
    if username:
        url = f"https://t.me/{username}" + (f"?start={start}" if start else "")
        body["link"] = {"label": "button-private-chat", "url": url}
    owed = Notice(
        kind=NoticeKind.SAY,
        priority=Priority.ANSWER,
        chat_id=message.chat_id,
        person_id=None,
        body=body,
        once=once,
        owed_at=records.at,
    )
    if once is None:
        records.owe(owed)
    else:
        records.owe_once(owed)
