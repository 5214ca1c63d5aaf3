"""Drawing what is owed: a notice becomes a plan for Telegram, in the reader's language, as things stand now."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from sqlalchemy import bindparam, select

from handlers.delivery.plan import Delete, Edit, Key, Keyboard, Nothing, Plan, Send, SendFiles
from handlers.looking import status
from handlers.people import administration, registration
from handlers.reporting import report
from handlers.screens.screen import Button as Drawn
from handlers.screens.screen import Screen
from handlers.steps import disposition, question
from handlers.texts.catalogue import Say, Texts
from handlers.texts.shorten import shortened
from handlers.texts.spoken import spoken
from models.case.task import Task
from models.mail.card import Button, Card, CardKind
from models.mail.conversation import Conversation
from models.mail.notice import Notice, NoticeKind
from models.office.person import Person
from models.repository.records import Records
from models.rules.complete import complete

LABEL = 64
"""Characters of a button's label; clients cut long ones where they like."""

_BUTTONS = select(Button).where(Button.card_id == bindparam("card"), Button.version == bindparam("version"))

Draw = Callable[[Records, Card, Say], Screen]

SCREENS: Mapping[CardKind, Draw] = complete(
    CardKind,
    disposition.SCREENS,
    report.SCREENS,
    question.SCREENS,
    registration.SCREENS,
    status.SCREENS,
    administration.SCREENS,
)
"""How each kind of card is drawn."""


def draw(records: Records, notice: Notice, texts: Texts) -> Plan:
    """Return what is to be done for `notice` now. Mints the tokens of its buttons in this transaction."""
    say = texts.say(_language(records, notice))
    match notice.kind:
        case (
            NoticeKind.CARD
            | NoticeKind.WARN
            | NoticeKind.LATE
            | NoticeKind.ESCALATE
            | NoticeKind.REPEAT
            | NoticeKind.SUMMARY
            | NoticeKind.DIGEST
        ):
            return _send(records, notice, say)
        case NoticeKind.REFRESH:
            return _edit(records, notice, say)
        case NoticeKind.WITHDRAW:
            return _withdraw(records, notice)
        case NoticeKind.SAY | NoticeKind.ALERT:
            return _say(records, notice, say)
        case NoticeKind.ATTACHMENTS:
            files: Sequence[dict[str, object]] = notice.body.get("files", [])
            caption = spoken(say, notice.body["code"], notice.body.get("data", {}), now=records.at)
            return SendFiles(notice.chat_id, files=files, caption=caption) if files else Nothing()
        case _:
            assert_never(notice.kind)


def digest(screen: Screen, version: int) -> str:
    """Return what tells two drawings apart: the words, the buttons and the version their tokens stand for."""
    return hashlib.sha256(f"{version}\n{screen!r}".encode()).hexdigest()


def _send(records: Records, notice: Notice, say: Say) -> Plan:
    card = _card(records, notice)
    if card is None or (not card.live and card.message_id is None):
        return Nothing()
    screen = SCREENS[card.kind](records, card, say)
    version = _version(records, card)
    return Send(
        chat_id=notice.chat_id,
        text=screen.text,
        keyboard=_keyboard(records, card, screen, version),
        silent=screen.silent,
        reply_to=_answered_card(records, card),
        card_id=card.id,
        digest=digest(screen, version),
    )


def _edit(records: Records, notice: Notice, say: Say) -> Plan:
    card = _card(records, notice)
    if card is None or card.message_id is None:
        return Nothing()
    screen = SCREENS[card.kind](records, card, say)
    version = _version(records, card)
    drawn = digest(screen, version)
    if drawn == card.digest and card.twin_id is None:
        return Nothing()
    return Edit(
        chat_id=card.chat_id,
        message_ids=[message_id for message_id in (card.message_id, card.twin_id) if message_id is not None],
        text=screen.text,
        keyboard=_keyboard(records, card, screen, version),
        card_id=card.id,
        digest=drawn,
    )


def _withdraw(records: Records, notice: Notice) -> Plan:
    card = _card(records, notice)
    if card is None or card.message_id is None:
        return Nothing()
    return Delete(card.chat_id, [one for one in (card.message_id, card.twin_id) if one is not None])


def _say(records: Records, notice: Notice, say: Say) -> Plan:
    body = notice.body
    text = spoken(say, body["code"], body.get("data", {}), now=records.at)
    link = body.get("link")
    keyboard: Keyboard = ((Key(say.plain(link["label"]), url=link["url"]),),) if link else ()
    return Send(notice.chat_id, text, keyboard=keyboard, silent=bool(body.get("silent")), reply_to=body.get("reply_to"))


def _card(records: Records, notice: Notice) -> Card | None:
    return records.session.get(Card, notice.card_id) if notice.card_id is not None else None


def _version(records: Records, card: Card) -> int:
    """Return the version that the buttons of `card` stand for: its task's, or none."""
    if card.kind is not CardKind.TASK or card.task_id is None:
        return 0
    return records.session.get_one(Task, card.task_id).version


def _answered_card(records: Records, card: Card) -> int | None:
    """Return the message that a nudge replies to: the person's living card of the same task."""
    if card.kind is not CardKind.NUDGE:
        return None
    shown = select(Card.message_id).where(
        Card.task_id == card.task_id, Card.live, Card.kind == CardKind.TASK, Card.chat_id == card.chat_id
    )
    return records.session.scalar(shown.order_by(Card.id.desc()).limit(1))


def _keyboard(records: Records, card: Card, screen: Screen, version: int) -> Keyboard:
    wanted = any(drawn.touch for row in screen.rows for drawn in row)
    known = (
        {
            (button.action, button.argument): button.token
            for button in records.session.scalars(_BUTTONS, {"card": card.id, "version": version})
        }
        if wanted
        else {}
    )
    return tuple(tuple(_key(records, card, drawn, known, version) for drawn in row) for row in screen.rows)


def _key(records: Records, card: Card, drawn: Drawn, known: dict[tuple[str, str], str], version: int) -> Key:
    if drawn.touch is None:
        return Key(shortened(drawn.label, LABEL), url=drawn.url, style=drawn.style)
    token = known.get((drawn.touch.value, drawn.argument))
    if token is None:
        minted = Button.mint(card, action=drawn.touch.value, argument=drawn.argument, version=version)
        records.session.add(minted)
        token = known[drawn.touch.value, drawn.argument] = minted.token
    return Key(shortened(drawn.label, LABEL), token=token, style=drawn.style)


def _language(records: Records, notice: Notice) -> str | None:
    person = records.session.get(Person, notice.person_id) if notice.person_id is not None else None
    if person is not None:
        return person.language
    conversation = records.session.get(Conversation, notice.chat_id)
    return conversation.language if conversation else None
