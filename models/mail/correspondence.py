"""How a case makes messages owed: cards for holders, news for the reporter, alerts for those who can mend."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from models.mail.card import Card, CardKind, Face, faced
from models.mail.notice import Notice, NoticeKind, Priority
from models.office.person import Person, bound, reachable

_NAMED = 5
"""Cases that one message names."""

_DELETABLE = timedelta(hours=47)
"""How old a message may be that we still delete; Telegram lets a bot delete its own for 48 hours."""


class News(StrEnum):
    """What a plain message says; the catalogue of texts holds one sentence for each, as `news-…`."""

    STARTED = "started"
    DECLINED = "declined"
    MOVED = "moved"
    ANSWERED = "answered"
    ADDED = "added"
    EXTENDED = "extended"
    NOT_EXTENDED = "not-extended"
    ADVISED = "advised"
    JOINED = "joined"


class Alert(StrEnum):
    """What those who can mend it are told; `alert-…` in the catalogue."""

    VACANT = "vacant"
    RAISED = "raised"
    UNREACHABLE = "unreachable"
    SET_ASIDE = "set-aside"
    UNDELIVERABLE = "undeliverable"
    FILES_LOST = "files-lost"
    ARCHIVE_STOPPED = "archive-stopped"
    STUCK = "stuck"
    THROTTLED = "throttled"
    WEBHOOK_TAKEN_AWAY = "webhook-taken-away"
    WEBHOOK_STAYS = "webhook-stays"
    ACCOUNT_CHANGED = "account-changed"
    TOKEN_SHARED = "token-shared"  # noqa: S105 - the name of a text, not a secret
    CLOCK = "clock"
    NOT_HELPED = "not-helped"
    HOLIDAYS_UNKNOWN = "holidays-unknown"
    RAMADAN_UNKNOWN = "ramadan-unknown"
    SEASON_ESTIMATED = "season-estimated"
    APPOINTED = "appointed"
    ADMIN_MADE = "admin-made"
    DISMISSED = "dismissed"
    CALENDAR_CHANGED = "calendar-changed"
    CALENDAR_FOLLOWS = "calendar-follows"
    CALENDAR_FOLLOWED = "calendar-followed"
    NOT_LATE = "not-late"
    RELIEVED = "relieved"
    VACATED = "vacated"
    REINSTATED = "reinstated"
    UNBOUND = "unbound"
    ACTING = "acting"
    ABSENT = "absent"
    PLH_MISSING = "plh-missing"
    PLH_LOST = "plh-lost"
    PRIVACY = "privacy"


@dataclass(frozen=True, slots=True)
class About:
    """What a card is about beside a case and a task: at most one of these, as `Card` describes them."""

    question_id: int | None = None
    invite_id: int | None = None
    account_id: int | None = None
    absence_id: int | None = None
    extension_id: int | None = None
    consultation_id: int | None = None
    page: int | None = None
    subject: str | None = None


NOTHING_MORE = About()


def owed(
    kind: NoticeKind,
    chat_id: int,
    *,
    at: datetime,
    priority: Priority,
    person_id: int | None = None,
    card: Card | None = None,
    body: Mapping[str, Any] | None = None,
    once: str | None = None,
) -> Notice:
    """Return a notice owed to a chat; every notice of the program is made here.

    `person_id` names the person who is to be reached there, None for a stranger or a group. A notice about a card
    belongs to the card's case and task.
    """
    return Notice(
        kind=kind,
        priority=priority,
        chat_id=chat_id,
        person_id=person_id,
        case_id=card.case_id if card else None,
        task_id=card.task_id if card else None,
        card=card,
        body=dict(body or {}),
        once=once,
        owed_at=at,
    )


def made(
    kind: CardKind,
    chat_id: int,
    *,
    at: datetime,
    person_id: int | None = None,
    case_id: int | None = None,
    about: About = NOTHING_MORE,
    face: Face = Face.MAIN,
) -> Card:
    """Return a new living card for a chat; every card of the program is made here. A notice must deliver it."""
    return Card(
        kind=kind,
        chat_id=chat_id,
        person_id=person_id,
        case_id=case_id,
        question_id=about.question_id,
        invite_id=about.invite_id,
        account_id=about.account_id,
        absence_id=about.absence_id,
        extension_id=about.extension_id,
        consultation_id=about.consultation_id,
        page=about.page,
        subject=about.subject,
        face=faced(kind, face),
        live=True,
        made_at=at,
    )


def once_a_minute(subject: str, chat_id: int, *, at: datetime) -> str:
    """Return the key (`Notice.once`) that lets a chat be told of `subject` once in each minute of the clock."""
    return f"{subject}:{chat_id}:{int(at.timestamp()) // 60}"


def card(
    kind: CardKind, person: Person, *, at: datetime, priority: Priority = Priority.CARD, about: About = NOTHING_MORE
) -> Notice:
    """Return the notice that delivers a new card to `person`, the card with it. The person must be bound."""
    shown = made(kind, bound(person), at=at, person_id=person.id, about=about)
    return notice(NoticeKind.CARD, person, at=at, priority=priority, card=shown)


def notice(
    kind: NoticeKind,
    person: Person,
    *,
    at: datetime,
    priority: Priority,
    card: Card | None = None,
    body: Mapping[str, Any] | None = None,
    once: str | None = None,
) -> Notice:
    """Return a notice owed to the private chat of `person`, who must be bound."""
    return owed(kind, bound(person), at=at, priority=priority, person_id=person.id, card=card, body=body, once=once)


def refresh(shown: Card, *, at: datetime, priority: Priority = Priority.CARD) -> Notice:
    """Return the notice that draws `shown` again where it stands. The answer to a tap on it does not wait for cards."""
    priority = Priority.ANSWER if shown.answering else priority
    return owed(NoticeKind.REFRESH, shown.chat_id, at=at, priority=priority, person_id=shown.person_id, card=shown)


def withdraw(shown: Card, *, at: datetime, priority: Priority = Priority.INFORMATION) -> Notice:
    """Return the notice that removes `shown` from its chat; from now on the card has no force."""
    shown.live = False
    return owed(NoticeKind.WITHDRAW, shown.chat_id, at=at, priority=priority, person_id=shown.person_id, card=shown)


def deletable(shown: Card, *, at: datetime) -> bool:
    """Whether the message of `shown` can still leave its chat."""
    return at - shown.made_at < _DELETABLE


def news(
    word: News,
    person: Person,
    *,
    at: datetime,
    data: Mapping[str, Any],
    priority: Priority = Priority.INFORMATION,
    silent: bool = False,
) -> Notice:
    """Return a plain message to `person`; a `silent` one makes no sound."""
    body = {"code": f"news-{word.value}", "data": dict(data)} | ({"silent": True} if silent else {})
    return notice(NoticeKind.SAY, person, at=at, priority=priority, body=body)


def attachments(
    number: str,
    files: Sequence[Mapping[str, Any]],
    person: Person,
    *,
    at: datetime,
    said: Mapping[str, Any] | None = None,
) -> Notice:
    """Return the notice that sends files of the case `number` to `person`.

    `said` tells with what the files came: the `name` of the person who brought them, their `action`, and `at` which
    instant.
    """
    code = "attachments-of" if said is None else "attachments-said"
    body = {"code": code, "data": {"number": number, **(said or {})}, "files": list(files)}
    return notice(NoticeKind.ATTACHMENTS, person, at=at, priority=Priority.ANSWER, body=body)


def register(order: Mapping[str, Any], person: Person, *, at: datetime, once: str) -> Notice:
    """Return the notice that makes a register and sends it to `person`.

    `order` says which one, and `once` lets it be made once. It takes its time, so the answers to taps go before it.
    """
    return notice(NoticeKind.REGISTER, person, at=at, priority=Priority.CARD, body={"order": dict(order)}, once=once)


def alert(
    word: Alert, people: Iterable[Person], *, at: datetime, data: Mapping[str, Any], once: str | None = None
) -> list[Notice]:
    """Return one alert to each of `people` that can be reached; with `once`, the same key for each of them."""
    body = {"code": f"alert-{word.value}", "data": dict(data)}
    return [
        notice(
            NoticeKind.ALERT,
            person,
            at=at,
            priority=Priority.CARD,
            body=body,
            once=f"{word.value}:{once}:{person.id}" if once else None,
        )
        for person in reachable(people)
    ]


def listed(numbers: Sequence[str]) -> str:
    """Return the first of the case numbers, for a message that must stay short."""
    return ", ".join(numbers[:_NAMED]) + (", …" if len(numbers) > _NAMED else "")
