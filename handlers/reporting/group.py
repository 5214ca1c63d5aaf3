"""`/lapor` in a group: a message of the group becomes a report, and the group learns its number and nothing else."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.chat.editing import kept_message
from handlers.chat.incoming import Incoming, beside, folded, incoming, one_line
from handlers.reporting import drafting
from handlers.texts.shorten import length
from handlers.texts.spoken import storable
from handlers.texts.wordless import at_hand
from models.case.attachment import Attachment
from models.case.case import Case, CaseState
from models.case.draft import ReportDraft
from models.case.report import Report
from models.mail.correspondence import once_a_minute
from models.office.person import Person
from models.queries import belongings
from models.queries.versions import messages_of_album
from models.refusals.refusal import Refusal
from models.refusals.reports import ReportTooLong
from models.repository.records import Records
from models.rules.urgency import Urgency

_FROM = "(dari pesan {author} di grup {title})"
_FROM_UNNAMED = "(dari pesan tanpa nama pengirim di grup {title})"
_FROM_GROUP = "(dari grup {title})"
"""What the report notes of where it came from. It is part of the record, which is kept in the office's language."""

_DIGEST_LENGTH = 16

_LIKELY_CUT = 3796
"""The `length` of a message behind which a text may go on: clients cut within the last 300 of 4,096."""


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
    many is soon declined, but nobody would miss a report that is lost. Where the command has no words either, the files
    are told by what they are. An album is one message. The group is answered silently. An edit of what was reported
    before is no report: the answer says that it does not change what was sent.

    A reporter who has sent as many reports as the office takes in an hour finds this one as a draft in private.
    """
    reporter = records.person(message.sender_id)
    if reporter is None:
        said = "group-anonymous" if message.anonymous else "group-not-registered"
        _answer(records, message, said, username, to_stranger=True)
        return
    asked = _Asked(records, message, original, reporter, username)
    number = asked.reported_before()
    if number is not None:
        if not is_edit:
            asked.add_to(number)
        said = "report-edited-late" if is_edit else "group-reported-before"
        once = f"edited-late:{message.chat_id}:{message.message_id}" if is_edit else None
        _answer(records, message, said, username, start=f"case-{number}", once=once, number=number)
        return
    for refusal in asked.whole.unfit:
        asked.tell(refusal)
    if not asked.text and not asked.whole.files:
        _answer(records, message, "group-hint" if original is None else "group-no-words", username)
        return
    if length(asked.text) > drafting.TEXT_LIMIT:
        asked.tell(ReportTooLong(length(asked.text), drafting.TEXT_LIMIT))
        return
    report, author = asked.report(one_line(title)), asked.reported.sender_name
    said = "group-reported" if original and author else "group-reported-own"
    answer = {"code": said, "reply_to": message.message_id, "once": asked.key, "author": author}
    until = records.must_wait(reporter)
    if until is not None:
        _put_off(records, report, reporter, answer, until=until)
        once = once_a_minute(f"group-waits-{reporter.id}", message.chat_id, at=records.at)
        _answer(
            records, message, "group-waits", username, once=once, **storable(drafting.waiting(records.rules, until))
        )
        return
    begun = records.begin(report, reporter=reporter, sop=records.rules.usual_sop)
    asked.tell_of_the_others(begun.case.number)
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


def late_from_group(records: Records, message: Incoming) -> Incoming | None:
    """Return a message of a group as its sender would have sent it in private, None where that is nobody known."""
    person = records.person(message.sender_id)
    return None if person is None or person.account_id is None else replace(message, chat_id=person.account_id)


class _Asked:
    """What a person asks to be reported: their own message, or the original one that they reply to.

    `own` are the words of the command, `whole` the message that is reported with the rest of its album.
    """

    def __init__(
        self, records: Records, message: Incoming, original: Incoming | None, reporter: Person, username: str
    ) -> None:
        self._records = records
        self._reporter = reporter
        self._original = original
        self.reported = original or message
        self.own = drafting.words(message)
        others = _others(records, self.reported, username)
        self.whole = beside(self.reported, others)
        words = self.whole.text if original else folded(("\n", one.text) for one in others)
        first, second = (words, self.own) if original else (self.own, words)
        self.text = "\n".join(part for part in (first, second) if part)

    @property
    def key(self) -> str:
        """What marks the report: the message, and where that has no words those of the command."""
        mark = f"album-{self.reported.album}" if self.reported.album else str(self.reported.message_id)
        key = f"group-report:{self.reported.chat_id}:{mark}"
        return key if self.whole.text else f"{key}:{_digest(self.own)}"

    def reported_before(self) -> str | None:
        """Return the number under which this was reported before; also by another file of the same album."""
        before = self._records.body_of(self.key)
        if before is not None:
            return str(before["data"]["number"])
        kept = self._kept()
        return self._records.reader.case_number(kept.case_id) if kept is not None and not self.own else None

    def add_to(self, number: str) -> None:
        """Attach to a case what is there of the album by now, if this person reported the album."""
        if self._kept() is None:
            return
        proceeding = self._records.case_numbered(number)
        found = belongings.attachments(self._records.reader, proceeding.case.id)
        known = {file.file_unique_id for file in found}
        files = [file for file in self.whole.files if file["file_unique_id"] not in known]
        if files and proceeding.case.state is CaseState.OPEN and proceeding.case.reporter_id == self._reporter.id:
            proceeding.enclose(files, by=self._reporter)

    def report(self, title: str) -> Report:
        """Return the report, which notes where it came from."""
        author = self.reported.sender_name
        named = _FROM if author else _FROM_UNNAMED
        note = (named if self._original else _FROM_GROUP).format(author=author, title=title)
        origin: dict[str, Any] = {"chat": title, "chat_id": self.reported.chat_id, "author": author}
        return Report(
            text=f"{at_hand(self.text, self.whole.files)}\n{note}",
            urgency=Urgency.ORDINARY,
            confidential=False,
            previous_case_id=None,
            files=self.whole.files,
            origin=origin,
        )

    def tell(self, refusal: Refusal) -> None:
        """Tell the reporter in private what was not taken."""
        account = self._reporter.account_id
        if account is not None:
            private = replace(self.reported, chat_id=account, sender_id=account)
            drafting.tell(self._records, private, refusal)

    def tell_of_the_others(self, number: str) -> None:
        """Tell the reporter how to add the rest of an album, or of a text, of which the bot has seen one message only.

        In a group Telegram shows a bot what is meant for it, unless the group's admins made it one of theirs.
        """
        account, pieces = self._reporter.account_id, self.whole.pieces
        if account is None:
            return
        if self.reported.album is not None and len(pieces) == 1:
            self._records.say(account, "group-album-in-part", person=self._reporter, number=number)
        elif length(pieces[-1].text) >= _LIKELY_CUT:
            self._records.say(account, "group-text-in-part", person=self._reporter, number=number)

    def _kept(self) -> Attachment | None:
        album = self.reported.album
        return None if album is None else belongings.of_album(self._records.reader, self._reporter.id, album)


def _others(records: Records, message: Incoming, username: str) -> list[Incoming]:
    """Return the other messages of an album in a group, as far as Telegram has shown them to the bot."""
    if message.album is None:
        return []
    known = {piece.message_id for piece in message.pieces}
    kept = messages_of_album(records.reader, message.chat_id, message.album)
    found = [incoming(kept_message(one), username=username) for one in kept]
    return [one for one in found if one.message_id not in known]


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
