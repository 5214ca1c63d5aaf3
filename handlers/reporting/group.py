"""`/lapor` in a group: a message of the group becomes a report, and the group learns its number and nothing else."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.chat.incoming import Incoming, one_line
from handlers.reporting import drafting
from handlers.texts.spoken import storable
from models.case.case import Case
from models.case.draft import ReportDraft
from models.case.report import Report
from models.mail.correspondence import once_a_minute
from models.office.person import Person
from models.repository.records import Records
from models.rules.classification import Classification

_FROM = "(dari pesan {author} di grup {title})"
_FROM_UNNAMED = "(dari pesan tanpa nama pengirim di grup {title})"
_FROM_GROUP = "(dari grup {title})"
"""What the report notes of where it came from. It is part of the record, which is kept in the office's language."""

_DIGEST_LENGTH = 16


def calling(username: str) -> re.Pattern[str]:
    """Return what words to us begin with in a group: the command alone, or with our `username` and nobody else's."""
    ours = rf"@{re.escape(username)}\b|" if username else ""
    return re.compile(rf"\A/lapor(?:{ours}\b(?!@\w))", re.IGNORECASE)


def from_group(
    records: Records,
    message: Incoming,
    original: Incoming | None,
    *,
    title: str,
    username: str,
    is_edit: bool = False,
) -> None:
    """Take `/lapor` in a group, best in reply to the `original` message. The person who sends it is the reporter.

    A message that was reported before is answered with its number. A message without words, such as a photo without a
    caption, is reported in the words of the command, and counts as the same report only in the same words: a report too
    many is soon declined, but nobody would miss a report that is lost. The group is answered silently. An edit of what
    was reported before is no report: the answer says that it does not change what was sent.

    A reporter who has sent as many reports as the office takes in an hour finds this one as a draft in private.
    """
    reporter = records.person(message.sender_id)
    if reporter is None:
        said = "group-anonymous" if message.anonymous else "group-not-registered"
        _answer(records, message, said, username, to_stranger=True)
        return
    reported, title = original or message, one_line(title)
    own = drafting.words(message)
    key = f"group-report:{message.chat_id}:{reported.message_id}"
    if not reported.text:
        key += f":{_digest(own)}"
    before = records.body_of(key)
    if before is not None:
        number = before["data"]["number"]
        said = "report-edited-late" if is_edit else "group-reported-before"
        once = f"edited-late:{message.chat_id}:{message.message_id}" if is_edit else None
        _answer(records, message, said, username, start=f"case-{number}", once=once, number=number)
        return
    if reported.unfit is not None and reporter.account_id is not None:
        drafting.tell(
            records, replace(reported, chat_id=reporter.account_id, sender_id=reporter.account_id), reported.unfit
        )
    text = "\n".join(part for part in (original.text if original else "", own) if part)
    if not text:
        _answer(records, message, "group-hint" if original is None else "group-no-words", username)
        return
    origin: dict[str, Any] = {"chat": title, "chat_id": message.chat_id, "author": reported.sender_name}
    named = _FROM if reported.sender_name else _FROM_UNNAMED
    note = (named if original else _FROM_GROUP).format(author=reported.sender_name, title=title)
    report = Report(
        text=f"{text}\n{note}",
        classification=Classification.ORDINARY,
        previous_case_id=None,
        files=[reported.file] if reported.file else [],
        origin=origin,
    )
    said = "group-reported" if original and reported.sender_name else "group-reported-own"
    answer = {"code": said, "reply_to": message.message_id, "once": key, "author": reported.sender_name}
    until = records.must_wait(reporter)
    if until is not None:
        _put_off(records, report, reporter, answer, until=until)
        once = once_a_minute(f"group-waits-{reporter.id}", message.chat_id, at=records.at)
        _answer(
            records, message, "group-waits", username, once=once, **storable(drafting.waiting(records.rules, until))
        )
        return
    begun = records.begin(report, reporter=reporter, sop=records.rules.usual_sop)
    _tell_number(records, message.chat_id, answer, begun.case.number, username)


def _put_off(records: Records, report: Report, reporter: Person, answer: dict[str, Any], *, until: datetime) -> None:
    """Keep a report as a draft that waits, unless the same one waits already, and show it in private."""
    sources = [draft.from_group for draft in records.report_drafts(reporter)]
    if any(source is not None and source["answer"]["once"] == answer["once"] for source in sources):
        return
    draft = records.begin_draft(reporter, sop=records.rules.usual_sop, previous_case_id=None)
    draft.text, draft.files = report.text, list(report.files)
    draft.from_group = {"origin": dict(report.origin), "answer": answer}
    drafting.put_off(records, draft, until=until)
    drafting.show(records, draft, reporter, in_place=False)


def tell_of_sent(records: Records, draft: ReportDraft, case: Case) -> None:
    """Tell the group that a draft came from the number of the `case` that it became."""
    if draft.from_group is not None:
        chat_id = draft.from_group["origin"]["chat_id"]
        _tell_number(records, chat_id, draft.from_group["answer"], case.number, records.rules.bot_username)


def _tell_number(records: Records, chat_id: int, answer: Mapping[str, Any], number: str, username: str) -> None:
    """Tell a group, in reply to the command, the number under which the report was taken."""
    data = {"number": number, "author": answer["author"]}
    body = _body(answer["code"], data, username, reply_to=answer["reply_to"], start=f"case-{number}")
    records.answer(chat_id, body, once=answer["once"])


def _digest(words: str) -> str:
    """Return a short mark of `words`, however they are spaced and capitalised."""
    return hashlib.sha256(" ".join(words.casefold().split()).encode()).hexdigest()[:_DIGEST_LENGTH]


def _answer(
    records: Records,
    message: Incoming,
    code: str,
    username: str,
    *,
    start: str = "",
    to_stranger: bool = False,
    once: str | None = None,
    **data: Any,
) -> None:
    """Owe the group an answer to `message`.

    The notice names no person: a group that the bot may not write to must not make its reporter count as unreachable.
    """
    body = _body(code, data, username, reply_to=message.message_id, start=start)
    records.answer(message.chat_id, body, to_stranger=to_stranger, once=once)


def _body(code: str, data: Mapping[str, Any], username: str, *, reply_to: int, start: str) -> dict[str, Any]:
    """Return the body of a silent answer with a link to the private chat."""
    body: dict[str, Any] = {"code": code, "data": dict(data), "silent": True, "reply_to": reply_to}
    if username:
        url = f"https://t.me/{username}" + (f"?start={start}" if start else "")
        body["link"] = {"label": "button-private-chat", "url": url}
    return body
