"""Drawing what is owed: a notice becomes a plan for Telegram, in the reader's language, as things stand now."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from handlers.delivery.plan import (
    Delete,
    Drawing,
    Edit,
    Key,
    Keyboard,
    Nothing,
    Plan,
    Send,
    SendFiles,
    SendPaper,
    SendRegister,
)
from handlers.delivery.sounding import sounds
from handlers.looking import board, lines, recapping, searching, sops, statistics, taking
from handlers.papers.paper import Paper
from handlers.people import absence, administration, calendar, registration, unit
from handlers.reporting import report
from handlers.screens.screen import Button as Drawn
from handlers.screens.screen import Screen
from handlers.steps import appraising, copying, disposition, question
from handlers.texts.catalogue import Say, Texts
from handlers.texts.shorten import shortened
from handlers.texts.spoken import spoken
from models.mail.card import Button, Card, CardKind
from models.mail.notice import Notice, NoticeKind
from models.queries.cards import buttons, message_of_task
from models.repository.reader import Reader
from models.rules.complete import complete

LABEL = 64
"""Characters of a button's label; clients cut long ones where they like."""

Draw = Callable[[Reader, Card, Say], Screen]

SCREENS: Mapping[CardKind, Draw] = complete(
    CardKind,
    disposition.SCREENS,
    copying.SCREENS,
    appraising.SCREENS,
    report.SCREENS,
    question.SCREENS,
    registration.SCREENS,
    lines.SCREENS,
    administration.SCREENS,
    absence.SCREENS,
    calendar.SCREENS,
    unit.SCREENS,
    taking.SCREENS,
    board.SCREENS,
    searching.SCREENS,
    statistics.SCREENS,
    recapping.SCREENS,
    sops.SCREENS,
)
"""How each kind of card is drawn."""

PAPERS = {**lines.PAPERS, **recapping.PAPERS}
"""The faces that are papers or pictures."""


def draw(reader: Reader, notice: Notice, texts: Texts) -> Drawing:
    """Return what is to be done for `notice` as things stand now. Changes nothing, and waits for nobody."""
    say = texts.say(_language(reader, notice))
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
            return _send(reader, notice, say)
        case NoticeKind.REFRESH:
            return _edit(reader, notice, say)
        case NoticeKind.WITHDRAW:
            return Drawing(_withdraw(reader, notice))
        case NoticeKind.SAY | NoticeKind.ALERT:
            return Drawing(_say(reader, notice, say))
        case NoticeKind.ATTACHMENTS:
            return Drawing(_files(reader, notice, say))
        case NoticeKind.REGISTER:
            return Drawing(_register(reader, notice, say))
        case _:
            assert_never(notice.kind)


def digest(screen: Screen, version: int) -> str:
    """Return what tells two drawings apart: the words, the buttons and the version their tokens stand for.

    What the words say of the present time tells none apart (`Screen.gist`).
    """
    told = repr((screen.gist, screen.rows)) if screen.gist else repr(screen)
    return hashlib.sha256(f"{version}\n{told}".encode()).hexdigest()


def _send(reader: Reader, notice: Notice, say: Say) -> Drawing:
    card = reader.card_by_id(notice.card_id)
    if card is None or (not card.live and card.message_id is None):
        return Drawing(Nothing())
    screen, version = SCREENS[card.kind](reader, card, say), _version(reader, card)
    if notice.kind == NoticeKind.SUMMARY and not screen.rows:
        # All that it was to remind of has been decided since.
        return Drawing(Nothing())
    keyboard, minted = _keyboard(reader, card, screen, version)
    printed = PAPERS.get(card.face)
    paper = printed(reader, card, say) if printed is not None else None
    if paper is not None:
        return Drawing(_paper(notice, card, screen, paper, keyboard), minted)
    plan = Send(
        chat_id=notice.chat_id,
        text=screen.whole,
        keyboard=keyboard,
        silent=screen.silent or bool(notice.body.get("silent")) or not sounds(reader, notice, card),
        reply_to=message_of_task(reader, card) if card.kind is CardKind.NUDGE else None,
        card_id=card.id,
        digest=digest(screen, version),
    )
    return Drawing(plan, minted, screen.tells)


def _edit(reader: Reader, notice: Notice, say: Say) -> Drawing:
    card = reader.card_by_id(notice.card_id)
    if card is None or card.message_id is None or card.face in PAPERS:
        # A paper shows how things stood when it was asked for, as on paper.
        return Drawing(Nothing())
    screen, version = SCREENS[card.kind](reader, card, say), _version(reader, card)
    drawn = digest(screen, version)
    if drawn == card.digest and card.twin_id is None:
        return Drawing(Nothing())
    keyboard, minted = _keyboard(reader, card, screen, version)
    plan = Edit(
        chat_id=card.chat_id,
        message_ids=[message_id for message_id in (card.message_id, card.twin_id) if message_id is not None],
        text=screen.whole,
        keyboard=keyboard,
        card_id=card.id,
        digest=drawn,
    )
    return Drawing(plan, minted, screen.tells)


def _paper(notice: Notice, card: Card, screen: Screen, paper: Paper, keyboard: Keyboard) -> SendPaper:
    return SendPaper(
        chat_id=notice.chat_id,
        paper=paper,
        name=paper.name,
        caption=screen.text,
        keyboard=keyboard,
        silent=screen.silent,
        card_id=card.id,
        digest=digest(screen, 0),
    )


def _withdraw(reader: Reader, notice: Notice) -> Plan:
    card = reader.card_by_id(notice.card_id)
    if card is None or card.message_id is None:
        return Nothing()
    return Delete(card.chat_id, [one for one in (card.message_id, card.twin_id) if one is not None])


def _say(reader: Reader, notice: Notice, say: Say) -> Plan:
    body = notice.body
    text = spoken(say, body["code"], body.get("data", {}), now=reader.at)
    link = body.get("link")
    keyboard: Keyboard = ((Key(say.plain(link["label"]), url=link["url"]),),) if link else ()
    silent = bool(body.get("silent")) or not sounds(reader, notice)
    return Send(notice.chat_id, text, keyboard=keyboard, silent=silent, reply_to=body.get("reply_to"))


def _files(reader: Reader, notice: Notice, say: Say) -> Plan:
    files: Sequence[dict[str, object]] = notice.body.get("files", [])
    caption = spoken(say, notice.body["code"], notice.body.get("data", {}), now=reader.at)
    return SendFiles(notice.chat_id, files=files, caption=caption) if files else Nothing()


def _register(reader: Reader, notice: Notice, say: Say) -> Plan:
    """Let the register, or the spreadsheet of a month, be made, unless its reader may not have it any more."""
    person, silent = reader.person_by_id(notice.person_id), not sounds(reader, notice)
    order = notice.body["order"]
    if recapping.is_order(order):
        if person is None or not recapping.may_have(reader, person, notice.chat_id, order):
            return Send(notice.chat_id, say("refusal-recap-not-yours"), silent=silent)
    elif person is None or not taking.may_have(reader, person, notice.chat_id):
        return Send(notice.chat_id, say("refusal-register-not-yours"), silent=silent)
    return SendRegister(notice.chat_id, person.id, order, person.language, silent=silent)


def _version(reader: Reader, card: Card) -> int:
    """Return the version that the buttons of `card` stand for: its task's, or 0 where it shows no task."""
    if card.kind is not CardKind.TASK or card.task_id is None:
        return 0
    _, task = reader.task(card.task_id)
    return task.version


def _keyboard(reader: Reader, card: Card, screen: Screen, version: int) -> tuple[Keyboard, list[Button]]:
    """Return the keyboard of a card, and the buttons on it that are not stored yet."""
    touched = any(drawn.touch for row in screen.rows for drawn in row)
    stored = buttons(reader, card.id, version) if touched else []
    known = {(button.action, button.argument): button.token for button in stored}
    minted: list[Button] = []

    def key(drawn: Drawn) -> Key:
        label = shortened(drawn.label, LABEL)
        if drawn.touch is None:
            return Key(label, url=drawn.url, style=drawn.style)
        meaning = (drawn.touch.value, drawn.argument)
        if meaning not in known:
            minted.append(Button.mint(card, action=meaning[0], argument=meaning[1], version=version))
            known[meaning] = minted[-1].token
        return Key(label, token=known[meaning], style=drawn.style)

    return tuple(tuple(key(drawn) for drawn in row) for row in screen.rows), minted


def _language(reader: Reader, notice: Notice) -> str | None:
    person = reader.person_by_id(notice.person_id)
    if person is not None:
        return person.language
    conversation = reader.conversation(notice.chat_id)
    return conversation.language if conversation else None
