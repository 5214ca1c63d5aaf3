"""Every message in private chat: what it is taken for, by what it replies to and what was asked for before."""

from collections.abc import Callable, Mapping
from typing import assert_never

from handlers.chat import conversing, refusing
from handlers.chat.incoming import Incoming
from handlers.looking import searching, unasked
from handlers.people import absence, calendar, entering, first_words, registration, unit
from handlers.reporting import afterwards, drafting, group, own, report
from handlers.steps import (
    consulting,
    disposition,
    evaluation,
    explaining,
    extending,
    late,
    question,
    together,
    transferring,
)
from handlers.texts.spoken import storable
from models.case.case import CaseState
from models.mail.card import Card, CardKind
from models.mail.conversation import Conversation, Expects
from models.office.person import Person, includes
from models.refusals.absences import DaysInvalid
from models.refusals.administration import (
    DecreeDayInvalid,
    DecreeMissing,
    NumberMissing,
    PersonUnknown,
    PltHasNoDays,
    PostUnknown,
)
from models.refusals.calendar import CalendarDayInvalid, CalendarUnchanged, SeasonsOverlap
from models.refusals.refusal import Refusal
from models.refusals.registration import AlreadyRegistered, NameInvalid, NipInvalid
from models.refusals.reports import NothingToAttach, TextTooLong, TooManyAttachments, WordsMissing
from models.repository.records import Records
from models.rules.actions import Action

_MENDABLE = (
    *(TextTooLong, NothingToAttach, WordsMissing, NipInvalid, NameInvalid, TooManyAttachments),
    *(CalendarDayInvalid, CalendarUnchanged, SeasonsOverlap, DaysInvalid),
    *(AlreadyRegistered, DecreeMissing, DecreeDayInvalid, PersonUnknown, PltHasNoDays, PostUnknown, NumberMissing),
)
"""The refusals that another message may mend."""

_REPLIED_TO = frozenset(
    {
        CardKind.QUESTION,
        CardKind.TASK,
        CardKind.NUDGE,
        CardKind.REMINDER,
        CardKind.STATUS,
        CardKind.CONSULTATION,
    }
)
"""The cards that take replies."""

_BY_REPLY = {CardKind.QUESTION: Action.ANSWER, CardKind.STATUS: Action.ADD, CardKind.CONSULTATION: Action.ADVISE}
"""What a reply to a card is; to any other it is a note."""

_VERBS: Mapping[Expects, Callable[[Records, Incoming, Person, Conversation], None]] = {
    Expects.SELECTION_NOTE: together.written,
    Expects.TRANSFER_REASON: transferring.written,
    Expects.EXTEND_REASON: extending.written,
    Expects.DENIAL_REASON: extending.denied_in_words,
    Expects.CONSULTATION: consulting.ask,
    Expects.OPINION: consulting.written,
    Expects.LATE_REASON: explaining.written,
}
"""What takes the words that belong to the verbs beside the straight path."""


_OF_THE_OFFICE = {
    Expects.DAYS_AWAY: absence.written,
    Expects.REASON_AWAY: absence.written,
    Expects.ADMINISTRATION: entering.written,
    Expects.UNIT: unit.written,
    Expects.SEARCH: searching.written,
}
"""What takes the words that are asked for about the office and its people."""


def receive(records: Records, message: Incoming) -> None:
    """Take one message: as registration, as a reply to a card, as what was expected, or into a report."""
    conversation = records.conversation(message.chat_id, language=message.language)
    person = records.person(message.sender_id)
    if person is None:
        registration.receive(records, message, conversation)
        return
    _take(records, message, person, conversation)
    records.note_act(person)


def _take(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take a message of a person whom the office knows."""
    for refusal in message.unfit:
        drafting.tell(records, message, refusal)
    if message.unfit and not message.text and not message.files:
        return
    if late.follow(records, message, person) or _is_rest(records, message, person):
        return
    if message.reply_to is not None and _reply(records, message, person):
        return
    _expected(records, message, person, conversation)


def edited(records: Records, message: Incoming) -> None:
    """Take an edit. What somebody corrects while they register counts like a message; a stranger is not answered."""
    person = records.person(message.sender_id)
    if person is not None:
        report.edited(records, message)
    elif records.registration(message.sender_id) is not None:
        conversation = records.conversation(message.chat_id)
        if conversation.expects in {Expects.NIP, Expects.NAME}:
            registration.receive(records, message, conversation)


def _is_rest(records: Records, message: Incoming, person: Person) -> bool:
    """Whether a message is the rest of a text that was taken without it: it joins the draft, or is refused by a word.

    It is no answer, no reason and no report by itself.
    """
    if message.cut_from is None:
        return False
    draft = records.report_draft(person)
    if draft is not None and any(one["message_id"] == message.cut_from for one in draft.messages):
        report.gather(records, message, person)
    else:
        records.say(message.chat_id, "text-cut", person=person)
    return True


def late_from_group(records: Records, message: Incoming) -> None:
    """Take a piece of what was reported from a group and has been taken without it. Its sender is told in private."""
    private, person = group.late_from_group(records, message), records.person(message.sender_id)
    if private is None or person is None:
        return
    for refusal in private.unfit:
        drafting.tell(records, private, refusal)
    if not late.follow(records, private, person) and (private.text or private.files):
        records.say(private.chat_id, "group-piece-late", person=person)


def refused(records: Records, refusal: Refusal, message: Incoming) -> None:
    """Tell the writer why the message was not taken.

    What can be mended by writing again stays expected. What cannot is noted in the journal of the case that it was
    for, and no longer expected, so that nobody is stuck in it.
    """
    conversation = records.conversation(message.chat_id, language=message.language)
    person = records.person(message.sender_id)
    if person is None and first_words.refused(records, refusal, message):
        return
    records.say(message.chat_id, f"refusal-{refusal.code}", person=person, **storable(refusal.data))
    if isinstance(refusal, _MENDABLE):
        return
    card = conversing.card_replied_to(records, message)
    replied = card is not None and card.kind in _REPLIED_TO and card.id != conversation.card_id
    if person is not None:
        _note(records, refusal, person, card if replied else None, conversation)
    if not replied:
        conversing.drop(records, message.chat_id)


def _note(records: Records, refusal: Refusal, by: Person, card: Card | None, conversation: Conversation) -> None:
    """Note a refused message in the journal of its case: that of the card it replied to, or what was expected."""
    if card is not None:
        if card.case_id is not None:
            action = _BY_REPLY.get(card.kind, Action.NOTE)
            refusing.note(records, records.case(card.case_id), refusal, action=action.value, by=by)
    elif conversation.task_id is not None:
        proceeding, _ = records.task(conversation.task_id)
        refusing.note(records, proceeding, refusal, action=conversation.expects.value, by=by)
    elif conversation.question_id is not None:
        proceeding, _ = records.question(conversation.question_id)
        refusing.note(records, proceeding, refusal, action=Action.ANSWER.value, by=by)


def _reply(records: Records, message: Incoming, person: Person) -> bool:
    """Take a reply to one of our cards; False when the card takes no replies."""
    card = conversing.card_replied_to(records, message)
    if afterwards.follow_up(records, message, person, card):
        return True
    if card is None:
        return False
    match card.kind:
        case CardKind.QUESTION | CardKind.CONSULTATION:
            if card.kind is CardKind.QUESTION:
                question.answer(records, message, person, question_id=card.question_id or 0)
            else:
                consulting.advise(records, message, person, card)
            return True
        case CardKind.REMINDER:
            # Of several questions the reply names none: it becomes a draft, which offers to be the answer to each.
            only = question.only_awaited(records, person)
            if only is not None:
                question.answer(records, message, person, question_id=only)
            return only is not None
        case CardKind.TASK | CardKind.NUDGE if card.task_id is not None:
            if _asks_for_it(records, message, card):
                return False
            if not unasked.answers_assent(records, message, person):
                disposition.note(records, message, person, task_id=card.task_id)
            return True
        case CardKind.STATUS if card.case_id is not None and _is_open_report(records, card.case_id, person):
            asked = _asks_for_it(records, message, card)
            if not asked and not unasked.answers_assent(records, message, person):
                own.added(records, message, person, card.case_id)
            return not asked
        case _:
            return False


def _asks_for_it(records: Records, message: Incoming, card: Card) -> bool:
    """Whether the card that a message replies to has asked for it: then it is what was expected."""
    conversation = records.conversation(message.chat_id)
    return conversation.expects is not Expects.NOTHING and conversation.card_id == card.id


def _is_open_report(records: Records, case_id: int, person: Person) -> bool:
    """Whether a case is under way, and `person` one of its reporters: what others reply to its status is a report."""
    standing = records.reader.case(case_id)
    return standing.case.state is CaseState.OPEN and includes(standing.reporters, person.id)


def _expected(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    match conversation.expects:
        case Expects.NOTHING:
            unasked.take(records, message, person)
        case Expects.REPORT_TEXT:
            report.rewrite(records, message, person, conversation)
        case Expects.NOTE | Expects.SEND_BACK_REASON | Expects.DECLINE_REASON | Expects.RETURN_REASON:
            disposition.written(records, message, person, conversation)
        case (
            Expects.SELECTION_NOTE
            | Expects.TRANSFER_REASON
            | Expects.EXTEND_REASON
            | Expects.DENIAL_REASON
            | Expects.CONSULTATION
            | Expects.OPINION
            | Expects.LATE_REASON
        ):
            _VERBS[conversation.expects](records, message, person, conversation)
        case Expects.QUESTION:
            question.ask(records, message, person, conversation)
        case Expects.ANSWER:
            question.answer(records, message, person, question_id=conversation.question_id or 0)
        case Expects.EVALUATION_PART | Expects.EVALUATION_FILE:
            evaluation.written(records, message, person, conversation)
        case Expects.CALENDAR:
            calendar.written(records, message, person, conversation)
        case Expects.NIP | Expects.NAME:
            conversation.settle()
            unasked.take(records, message, person)
        case Expects.DAYS_AWAY | Expects.REASON_AWAY | Expects.ADMINISTRATION | Expects.UNIT | Expects.SEARCH:
            _OF_THE_OFFICE[conversation.expects](records, message, person, conversation)
        case _:
            assert_never(conversation.expects)
