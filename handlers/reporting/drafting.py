"""A report while it is gathered: messages and files go into one draft, whose card stays at hand with its buttons."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from handlers.chat import conversing
from handlers.chat.incoming import Incoming, cleaned, folded
from handlers.screens.removal import IDENTITY
from handlers.texts.shorten import length
from handlers.texts.spoken import storable
from models.case.attachment import FileRecord
from models.case.case import Case
from models.case.draft import ReportDraft
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Expects
from models.mail.correspondence import once_a_minute
from models.mail.notice import Priority
from models.office.person import Person, bound
from models.queries.cards import is_on_its_way
from models.refusals.refusal import Refusal
from models.refusals.registration import NotRegistered
from models.refusals.reports import DraftMissing, NothingToAttach, ReportTooLong, TooManyAttachments
from models.repository.presses import Press
from models.repository.records import Records
from models.rules.rules import Rules
from models.rules.urgency import Urgency

TEXT_LIMIT = 20_000
"""The `length` of a report: five messages, into which a client cuts so long a text."""

_KEY = 120
"""Characters of the key of a notice."""

_COMMAND = re.compile(r"/lapor(\s+|$)", re.IGNORECASE)


def words(message: Incoming) -> str:
    """Return what a message says, without the command that it may begin with."""
    return _uncommanded(message.text)


def _uncommanded(text: str) -> str:
    begun = _COMMAND.match(text)
    return cleaned(text[begun.end() :]) if begun else text


def remembered(message: Incoming) -> list[dict[str, Any]]:
    """Return what a draft keeps of each message of a whole: an edit of one of them finds it there."""
    return [
        {
            "message_id": piece.message_id,
            "text": piece.text if number else _uncommanded(piece.text),
            "album": message.album,
            "file": piece.file["file_unique_id"] if piece.file else None,
            "joint": piece.joint,
        }
        for number, piece in enumerate(message.pieces)
    ]


def opened(records: Records, person: Person, *, after: Case | None = None) -> ReportDraft:
    """Return the report that `person` is writing, begun if there is none.

    A fresh one follows the closed case `after`, goes by its SOP, and is as urgent and as confidential as that case.
    """
    draft = records.report_draft(person)
    if draft is not None:
        return draft
    if after is None:
        return records.begin_draft(person, sop=records.rules.usual_sop, previous_case_id=None)
    code = after.sop.code if after.sop.code in records.rules.sops else records.rules.usual_sop
    draft = records.begin_draft(person, sop=code, previous_case_id=after.id, confidential=after.confidential)
    draft.urgency = Urgency(after.urgency)
    return draft


def put_off(records: Records, draft: ReportDraft, *, until: datetime) -> None:
    """Let a draft wait `until` its person may send another report. What they write next begins a draft of its own."""
    draft.waits_until = until
    draft.lie(at=records.at)
    records.flush()


def waiting(rules: Rules, until: datetime) -> dict[str, Any]:
    """Return what is said of a report that waits: how many an hour takes, and the instant at which one can be sent."""
    return {"limit": rules.office.limits.reports_per_hour, "at": until}


def sop_of(rules: Rules, draft: ReportDraft) -> str:
    """Return the code of the SOP that a draft goes by; the one it was begun for may have been taken away since."""
    return draft.sop if draft.sop in rules.sops else rules.usual_sop


def take(records: Records, message: Incoming, person: Person) -> None:
    """Put a message into the draft and show the card.

    An album is mostly whole; a part that comes late changes the card in place. After any other message the card moves
    down. One that brings nothing which the draft keeps changes neither. Raises `NothingToAttach`, `ReportTooLong`.
    """
    if not words(message) and not message.files:
        raise NothingToAttach
    draft = opened(records, person)
    follows = message.album is not None and any(one["album"] == message.album for one in draft.messages[-1:])
    if _add(records, draft, message):
        show(records, draft, person, in_place=follows)


def receive_kept(
    records: Records, person: Person, messages: Sequence[dict[str, Any]], files: Sequence[FileRecord]
) -> bool:
    """Put messages into the draft that were kept before `person` could write one, tell them, and show it.

    Returns False where the draft has no room for them, and leaves it as it is.
    """
    draft = opened(records, person)
    if length(_joined([*draft.messages, *messages])) > TEXT_LIMIT or len(files) > _room(records, draft):
        return False
    draft.messages, draft.files = [*draft.messages, *messages], [*draft.files, *files]
    _join(draft)
    draft.lie(at=records.at)
    records.say(bound(person), "first-words", person=person)
    show(records, draft, person, in_place=False)
    return True


def replace(records: Records, draft: ReportDraft, message: Incoming, person: Person) -> None:
    """Let the words of a message stand instead of all words of the draft; files stay. Raises `ReportTooLong`."""
    draft.messages, draft.text = [], ""
    _add(records, draft, message)
    show(records, draft, person, in_place=False)


def take_out(draft: ReportDraft, identity: str) -> FileRecord | None:
    """Take the file with this identifier out of a draft and return it; None where there is none.

    An edit of the message that brought it does not bring it again.
    """
    file = next((one for one in draft.files if one["file_unique_id"][:IDENTITY] == identity), None)
    if file is not None:
        draft.files = [one for one in draft.files if one is not file]
        draft.lay_aside(file)
        draft.messages = _instead(draft, "file", file, {"file": None, "without": file["file_unique_id"]})
    return file


def put_back(draft: ReportDraft) -> FileRecord | None:
    """Put the file that was taken out last into the draft again and return it; None where there is none."""
    file = draft.take_back()
    if file is not None:
        draft.files = [*draft.files, file]
        draft.messages = _instead(draft, "without", file, {"file": file["file_unique_id"], "without": None})
    return file


def _instead(draft: ReportDraft, name: str, file: FileRecord, fields: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the messages of a draft, with other `fields` in the one that names the file under `name`."""
    named = next((one for one in draft.messages if one.get(name) == file["file_unique_id"]), None)
    return [{**one, **fields} if one is named else one for one in draft.messages]


def amend(records: Records, draft: ReportDraft, message: Incoming) -> bool:
    """Take the edit of a message; False when it does not stand in this draft. Raises `ReportTooLong`.

    An edit may also give a text its first file, or another file instead of the one that it had.
    """
    before = next((one for one in draft.messages if one["message_id"] == message.message_id), None)
    if before is None:
        return False
    kept, after = before["file"], message.pieces[0].file
    if after is not None and after["file_unique_id"] == before.get("without"):
        after = None
    if after is not None and kept is not None:
        draft.files = [after if one["file_unique_id"] == kept else one for one in draft.files]
        kept = after["file_unique_id"]
    elif after is not None and _room(records, draft):
        draft.files = [*draft.files, after]
        kept = after["file_unique_id"]
    elif after is not None:
        _tell_of_too_many(records, message)
    for refusal in message.unfit:
        tell(records, message, refusal)
    changed = {**before, "text": words(message), "file": kept}
    draft.messages = [changed if one is before else one for one in draft.messages]
    _join(draft)
    if length(draft.text) > TEXT_LIMIT:
        raise ReportTooLong(length(draft.text), TEXT_LIMIT)
    draft.lie(at=records.at)
    card = card_of(records, draft)
    if card is not None:
        records.refresh(card)
    return True


def show(records: Records, draft: ReportDraft, person: Person, *, in_place: bool) -> None:
    """Show the draft as it is now: in place, or at the bottom of the chat, where the buttons are at hand."""
    card = card_of(records, draft)
    if card is not None and (in_place or is_on_its_way(records.reader, card)):
        records.refresh(card)
        return
    if card is not None:
        records.owe(correspondence.withdraw(card, at=records.at, priority=Priority.ANSWER))
    shown = records.show(CardKind.DRAFT, bound(person), person=person)
    records.flush()
    draft.card_id = shown.id


def on_card(records: Records, press: Press) -> tuple[Person, ReportDraft]:
    """Return the person who tapped and their draft. Raises `DraftMissing` for a card that shows another one."""
    if press.person is None:
        raise NotRegistered
    draft = records.draft_on(press.card.id, press.person)
    if draft is None:
        raise DraftMissing
    return press.person, draft


def close(records: Records, draft: ReportDraft, *, face: Face, case: Case | None = None) -> None:
    """Let the draft go; its card loses its buttons and tells by `face`, and by `case`, what became of it."""
    card = card_of(records, draft)
    if card is not None:
        if records.conversation(card.chat_id).expects is Expects.REPORT_TEXT:
            conversing.drop(records, card.chat_id)
        card.live, card.case_id = False, case.id if case else None
        records.turn(card, face)
    records.drop_draft(draft)


def card_of(records: Records, draft: ReportDraft) -> Card | None:
    """Return the living card of a draft."""
    card = records.card_by_id(draft.card_id)
    return card if card is not None and card.live else None


def _add(records: Records, draft: ReportDraft, message: Incoming) -> bool:
    """Keep what a message brings; False when that is neither words nor a file for which there is room.

    Words for which there is no room are not kept in part. Raises `ReportTooLong` where there are no files beside them.
    """
    files = message.files[: _room(records, draft)]
    if len(files) < len(message.files):
        _tell_of_too_many(records, message)
    known = {file["file_unique_id"] for file in files}
    entries = _fitting(records, draft, message)
    for entry in entries:
        entry["file"] = entry["file"] if entry["file"] in known else None
    kept = [entry for entry in entries if entry["text"] or entry["file"]]
    if not kept:
        return False
    draft.messages = [*draft.messages, *kept]
    draft.files = [*draft.files, *files]
    _join(draft)
    draft.lie(at=records.at)
    return True


def _room(records: Records, draft: ReportDraft) -> int:
    """Return for how many more files a draft has room."""
    return max(0, records.rules.office.limits.attachments_per_report - len(draft.files))


def _fitting(records: Records, draft: ReportDraft, message: Incoming) -> list[dict[str, Any]]:
    """Return the messages with their words if the draft has room for them. Without room only the files are kept."""
    entries = remembered(message)
    whole = length(_joined([*draft.messages, *entries]))
    if whole <= TEXT_LIMIT:
        return entries
    refusal = ReportTooLong(whole, TEXT_LIMIT)
    if not message.files:
        raise refusal
    tell(records, message, refusal)
    return [{**entry, "text": ""} for entry in entries]


def tell(records: Records, message: Incoming, refusal: Refusal) -> None:
    """Tell what was not taken, once for an album and not for each of its parts that are alike."""
    alike = "-".join([refusal.code, *map(str, refusal.data.values())])
    _tell_once(records, message, refusal, f"{alike}:{message.chat_id}:{message.album or message.message_id}"[:_KEY])


def _tell_of_too_many(records: Records, message: Incoming) -> None:
    """Say that a draft has no room, once a minute: it is as true of each file that follows."""
    refusal = TooManyAttachments(records.rules.office.limits.attachments_per_report)
    _tell_once(records, message, refusal, once_a_minute(refusal.code, message.chat_id, at=records.at))


def _tell_once(records: Records, message: Incoming, refusal: Refusal, once: str) -> None:
    person = records.person(message.sender_id)
    records.say(message.chat_id, f"refusal-{refusal.code}", person=person, once=once, **storable(refusal.data))


def _join(draft: ReportDraft) -> None:
    draft.text = _joined(draft.messages)


def _joined(entries: list[dict[str, Any]]) -> str:
    """Return the words of messages as one text. What was kept before there were pieces has no joint."""
    return folded((one.get("joint", "\n"), one["text"]) for one in entries)
