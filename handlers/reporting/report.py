"""The reporter's side: what a message becomes, the draft's buttons, the receipt, and whether the result helped."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.reporting import drafting, group
from handlers.screens import report as screens
from handlers.screens.removal import RemovalView, removal_card
from handlers.screens.report import CaseView
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length, pages
from handlers.texts.spoken import ANSWER_SHOWN
from handlers.texts.wordless import at_hand, described
from handlers.views.case import case_view
from handlers.views.joining import offer_views
from models.administration import units
from models.case.attachment import FileRecord
from models.case.case import Case
from models.case.draft import ReportDraft
from models.case.proceeding import Proceeding
from models.case.question import Question
from models.case.sight import Sight
from models.chase import asking
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.mail.notice import NoticeKind, Priority
from models.office.person import Person, bound, reachable
from models.queries import alike, lists
from models.refusals.registration import NotRegistered
from models.refusals.reports import ReportEmpty, ReportTooLong, UnknownCase
from models.refusals.work import UnknownButton
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.urgency import Urgency

ANSWER_LIMIT = drafting.TEXT_LIMIT
"""The `length` of an answer. The news of one that does not fit is followed by the whole in pages."""

_OFFERED = 3
"""Open questions that a draft offers to answer, and open tasks of which it offers to become a note."""


def gather(records: Records, message: Incoming, person: Person) -> None:
    """Take a message into the report that `person` is writing. Raises `NothingToAttach`, `ReportTooLong`."""
    drafting.take(records, message, person)


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/lapor`: with words they begin a report; alone it shows the one being written, or invites to write.

    Where none is being written, it shows the oldest of those that wait.
    """
    person = records.known(message.sender_id)
    conversing.drop(records, message.chat_id)
    draft = records.report_draft(person) or next(iter(records.report_drafts(person)), None)
    if words or drafting.words(message):
        drafting.take(records, message, person)
    elif draft is not None:
        drafting.show(records, draft, person, in_place=False)
    else:
        records.say(message.chat_id, "report-invitation", person=person)


def cancel(records: Records, message: Incoming, words: list[str]) -> None:  # noqa: ARG001 - a command gets its words
    """Take `/batal`: drop what is awaited; when nothing is, discard the report being written."""
    person = records.known(message.sender_id)
    awaited = conversing.drop(records, message.chat_id)
    draft = records.report_draft(person)
    if awaited is not Expects.NOTHING:
        said = "cancelled-writing-draft-left" if draft is not None else "cancelled-writing"
    elif draft is not None:
        drafting.close(records, draft, face=Face.DISCARDED)
        said = "cancelled-draft"
    else:
        said = "cancelled-nothing"
    records.say(message.chat_id, said, person=person)


def rewrite(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take a message for the new words of the draft; a file alone is added, and the words are still awaited."""
    draft = records.draft_on(conversation.card_id, person)
    if draft is None or not drafting.words(message):
        if draft is None:
            conversation.settle()
        drafting.take(records, message, person)
        return
    drafting.replace(records, draft, message, person)
    conversing.drop(records, message.chat_id)


def edited(records: Records, message: Incoming) -> None:
    """Take the edit of a message: its draft follows it; whatever was noted before stands as it was, and says so."""
    person = records.person(message.sender_id)
    if person is None:
        return
    if any(drafting.amend(records, draft, message) for draft in records.report_drafts(person)):
        return
    number = lists.report_of_message(records.reader, person, message.message_id)
    code, data = ("report-edited-late", {"number": number}) if number is not None else ("edited-late", {})
    owed = correspondence.notice(
        NoticeKind.SAY,
        person,
        at=records.at,
        priority=Priority.ANSWER,
        body={"code": code, "data": data, "reply_to": message.message_id, "silent": True},
        once=f"edited-late:{message.chat_id}:{message.message_id}",
    )
    records.owe_once(owed)


def _drafted(records: Records, press: Press) -> tuple[Person, ReportDraft]:
    person, draft = drafting.on_card(records, press)
    draft.lie(at=records.at)
    return person, draft


def send(records: Records, press: Press) -> Toast:
    """Make a case of the draft; the domain owes the receipt. Raises `ReportEmpty` where nothing is in it.

    Files without words are told by what they are.

    A person who has sent as many reports as the office takes in an hour keeps it as a draft.
    """
    person, draft = _drafted(records, press)
    if not draft.text.strip() and not draft.files:
        raise ReportEmpty
    until = records.must_wait(person)
    if until is not None:
        drafting.put_off(records, draft, until=until)
        records.refresh(press.card)
        return Toast("draft-waits", drafting.waiting(records.rules, until), alert=True)
    reported = replace(draft.report, text=at_hand(draft.text, draft.files))
    begun = records.begin(reported, reporter=person, sop=drafting.sop_of(records.rules, draft))
    records.flush()
    group.tell_of_sent(records, draft, begun.case)
    drafting.close(records, draft, face=Face.SENT, case=begun.case)
    units.ask(records, person)
    return Toast("report-sent", {"number": begun.case.number})


def choose_urgency(records: Records, press: Press) -> Toast:
    """Give the draft the next urgency."""
    _, draft = _drafted(records, press)
    draft.urgency = Urgency(draft.urgency).next
    records.refresh(press.card)
    return Toast("draft-urgency", {"urgency": draft.urgency.value})


def keep_confidential(records: Records, press: Press) -> Toast:
    """Let only those read the report whom it passes."""
    return _keep_confidential(records, press, confidential=True)


def keep_open(records: Records, press: Press) -> Toast:
    """Let also those read the report who oversee it."""
    return _keep_confidential(records, press, confidential=False)


def _keep_confidential(records: Records, press: Press, *, confidential: bool) -> Toast:
    """Take what the button says, so that two taps on it do not undo each other."""
    _, draft = _drafted(records, press)
    draft.confidential = confidential
    records.refresh(press.card)
    return Toast("draft-confidential" if confidential else "draft-open")


def choose_sop(records: Records, press: Press) -> Toast:
    """Let the draft go by the next SOP that is loaded."""
    _, draft = _drafted(records, press)
    codes = list(records.rules.sops)
    draft.sop = codes[(codes.index(drafting.sop_of(records.rules, draft)) + 1) % len(codes)]
    records.refresh(press.card)
    return Toast("draft-sop", {"title": records.rules.sops[draft.sop].title})


def edit(records: Records, press: Press) -> Toast:
    """Take the next message for the words of the draft."""
    _drafted(records, press)
    conversing.expect(records, press.card, Expects.REPORT_TEXT)
    return Toast("turned-expects")


def discard(records: Records, press: Press) -> Toast:
    """Let the draft go unsent."""
    _, draft = _drafted(records, press)
    drafting.close(records, draft, face=Face.DISCARDED)
    return Toast("cancelled-draft")


def as_answer(records: Records, press: Press) -> Toast:
    """Take the draft for the answer to an open question instead of a report of its own."""
    person, draft = _drafted(records, press)
    proceeding, question = records.question(int(press.argument))
    if not draft.text and not draft.files:
        raise ReportEmpty
    answer_with(records, proceeding, question, person, draft.text, draft.files)
    if records.conversation(press.card.chat_id).question_id == question.id:
        conversing.drop(records, press.card.chat_id)
    drafting.close(records, draft, face=Face.ANSWERED, case=proceeding.case)
    return Toast("answer-sent", {"number": proceeding.case.number})


def answer_with(
    records: Records, proceeding: Proceeding, question: Question, person: Person, text: str, files: Sequence[FileRecord]
) -> None:
    """Answer a question, and send those who handle the case the whole answer where its news has to shorten it.

    Raises `ReportTooLong`, and what the door raises.
    """
    words = _answer_text(text, files)
    proceeding.answer(question, by=person, text=words, files=files)
    asking.settle(records, person)
    task = proceeding.case.open_task
    if task is None or length(words) <= ANSWER_SHOWN:
        return
    for holder in reachable(proceeding.holders(task)):
        for page in pages(words):
            data = {"number": proceeding.case.number, "name": person.name, "text": page}
            records.say(bound(holder), "words-said", person=holder, silent=True, **data)


def _answer_text(text: str, files: Sequence[FileRecord]) -> str:
    """Return the words of an answer; one that is files alone is told by what they are.

    Raises `ReportTooLong`.
    """
    if length(text) > ANSWER_LIMIT:
        raise ReportTooLong(length(text), ANSWER_LIMIT)
    return at_hand(text, files)


def helped(records: Records, press: Press) -> Toast:
    """Keep that the result helped."""
    _feedback(records, press, helped=True)
    return Toast("feedback-helped")


def not_helped(records: Records, press: Press) -> Toast:
    """Keep that the result did not help, and open a report that follows the closed one."""
    person, case = _feedback(records, press, helped=False)
    draft = records.report_draft(person)
    if draft is not None and draft.previous_case_id != case.id:
        return Toast("feedback-draft-busy", {"number": case.number}, alert=True)
    conversing.drop(records, press.card.chat_id)
    draft = drafting.opened(records, person, after=case)
    drafting.show(records, draft, person, in_place=False)
    return Toast("feedback-not-helped")


def _feedback(records: Records, press: Press, *, helped: bool) -> tuple[Person, Case]:
    if press.person is None:
        raise NotRegistered
    if press.card.case_id is None:
        raise UnknownButton
    proceeding = records.case(press.card.case_id)
    records.feedback(proceeding, by=press.person, helped=helped)
    return press.person, proceeding.case


def draw_draft(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the draft, or what became of it."""
    person = reader.person_by_id(card.person_id)
    draft = reader.draft_on(card.id, person) if person is not None else None
    if draft is None or not card.live:
        return screens.draft_gone(card.face, reader.case_number(card.case_id), say)
    if card.face is Face.REMOVING:
        view = RemovalView(say("removal-draft"), draft.files, draft.taken_out or (), back=Touch.BACK)
        return removal_card(view, say)
    return screens.draft_card(_draft_view(reader, card, draft), say)


def _draft_view(reader: Reader, card: Card, draft: ReportDraft) -> screens.DraftView:
    sops = reader.rules.sops
    return screens.DraftView(
        face=card.face,
        text=draft.text,
        subject="" if draft.text else described(draft.files),
        files=Counter(file["kind"] for file in draft.files),
        urgency=Urgency(draft.urgency),
        confidential=draft.confidential,
        sop=sops[drafting.sop_of(reader.rules, draft)].title if len(sops) > 1 else "",
        previous=reader.case_number(draft.previous_case_id),
        questions=lists.open_questions(reader, draft.person_id)[:_OFFERED],
        notes=_notable(reader, draft),
        offers=offer_views(reader, draft, sop=drafting.sop_of(reader.rules, draft)),
        waits=drafting.waiting(reader.rules, draft.waits_until) if draft.waits_until is not None else None,
        removable=bool(draft.files or draft.taken_out),
        now=reader.at,
        unsent=draft.unsent_told,
        silent=draft.unsent_told and not reader.calendar.is_open(reader.at),
    )


def _notable(reader: Reader, draft: ReportDraft) -> list[tuple[int, str]]:
    """Return the tasks of which the draft may become a note: those that wait for its writer, the most urgent first.

    A report from a group, and one that follows another, is meant as a report.
    """
    person = reader.person_by_id(draft.person_id)
    if person is None or draft.from_group is not None or draft.previous_case_id is not None:
        return []
    return lists.at_hand(reader, person, limit=_OFFERED)


def draw_status(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw where a case stands, or that it is not for the reader any more."""
    view = _viewed(reader, card)
    if view.sight is Sight.NOTHING:
        left = alike.had_part(reader, card.case_id, card.person_id)
        return Screen(say("status-left" if left else "refusal-unknown-case", number=view.number))
    return screens.status_card(view, say)


def draw_result(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw what came of a report."""
    return screens.result_card(_viewed(reader, card), say)


def _viewed(reader: Reader, card: Card) -> CaseView:
    person = reader.person_by_id(card.person_id)
    if card.case_id is None or person is None:
        raise UnknownCase("")
    return case_view(reader, reader.case(card.case_id), person=person, card=card)


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.SEND_REPORT: send,
    Touch.CHOOSE_URGENCY: choose_urgency,
    Touch.KEEP_CONFIDENTIAL: keep_confidential,
    Touch.KEEP_OPEN: keep_open,
    Touch.CHOOSE_SOP: choose_sop,
    Touch.EDIT_REPORT: edit,
    Touch.DISCARD: discard,
    Touch.AS_ANSWER: as_answer,
    Touch.HELPED: helped,
    Touch.NOT_HELPED: not_helped,
}
"""What each button of the reporter's cards does."""

SCREENS: dict[CardKind, Callable[[Reader, Card, Say], Screen]] = {
    CardKind.DRAFT: draw_draft,
    CardKind.STATUS: draw_status,
    CardKind.RESULT: draw_result,
}
"""How the reporter's cards are drawn."""
