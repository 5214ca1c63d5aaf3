"""The screens of an admin: the card of a candidate, and the office with its posts and their holders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from markupsafe import Markup

from handlers.screens.registration import doubtful, grouped
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened, visible
from models.office.nip import NipDoubt, is_nip
from models.office.person import Obstacle
from models.office.tenure import Capacity

_LABEL = 24
_HOLDERS = 120
_CANDIDATES = 10
_LISTED = 20
_POSTS = 60
_TENURES = 90

_LIMIT = 3900
_CANDIDATES_LENGTH, _LISTED_LENGTH = 1000, 1000
"""Characters for the candidates and for the unreachable people; the posts get the rest."""


class Deciding(StrEnum):
    """The faces of a candidate's card."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Administering(StrEnum):
    """The faces of the office's card; each is a `Face` of the card."""

    MAIN = "main"
    RELIEVING = "relieving"


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A candidate who waits for an admin's decision.

    `nip` may be an office number. `doubts` names what is unusual in the NIP. `listed_as` is the name that the office's
    list has for it, or "". `known_as` is the person to whom the NIP belongs, or "". `say_in` names
    that person's posts, with "admin" for an admin. `registered` is whether the candidate is that person already, and
    `taken` whether another account is by now. `misnamed` is whether the invite names another NIP. `lookalikes` names
    the other people whose names look like this one, and `foreign` is whether this one is not in Latin letters. `mark`
    binds the buttons to this claim (`admission.mark`). `post` is the title of the post that the invite is for, or "".
    `admin` is whether the invite is for an admin.

    `displaces` names the holders who would lose the post, `agreeing` the people each of whom may accept. `accepts` and
    `rejects` are what the reader of the card may do.
    """

    face: Deciding
    name: str
    nip: str
    doubts: tuple[NipDoubt, ...]
    listed_as: str
    post: str
    admin: bool
    since: datetime | None
    displaces: tuple[str, ...]
    agreeing: tuple[str, ...]
    accepts: bool
    rejects: bool
    known_as: str
    say_in: str
    taken: bool
    registered: bool
    misnamed: bool
    lookalikes: tuple[str, ...]
    foreign: bool
    mark: str
    decided_by: str
    now: datetime


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post and the names of its holders; a post without holders is vacant."""

    code: str
    title: str
    short: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A candidate in the list: the Telegram account that waits, and the name that the candidate gave."""

    account_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A person to whom the bot cannot write, since when, and why."""

    name: str
    since: datetime
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class TenureLine:
    """A tenure that lasts: its number, the holder's name, the short name of the post, and the capacity."""

    number: int
    name: str
    post: str
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class AdministrationView:
    """The office, for an admin."""

    face: Administering
    office: str
    posts: tuple[PostLine, ...]
    candidates: tuple[CandidateLine, ...]
    unreachable: tuple[Unreachable, ...]
    tenures: tuple[TenureLine, ...]
    now: datetime


def candidate_card(view: CandidateView, say: Say) -> Screen:
    """Return the card on which an admin decides on a candidate. A decided card names the admin who decided."""
    match view.face:
        case Deciding.OPEN:
            code = "candidate" if is_nip(view.nip) else "candidate-numbered"
            lines = [say(code, name=view.name, nip=grouped(view.nip)), *_claimed(view, say)]
            if view.since is not None:
                lines.append(say("candidate-since", at=say.time.moment(view.since, now=view.now)))
            return Screen(Markup("\n").join(lines), rows=tuple(_decisions(view, say)))
        case Deciding.ACCEPTED:
            return Screen(say("candidate-accepted", name=view.name, by=view.decided_by))
        case Deciding.REJECTED:
            return Screen(say("candidate-rejected", name=view.name, by=view.decided_by))
        case Deciding.WITHDRAWN:
            return Screen(say("candidate-withdrawn"))
        case _:
            assert_never(view.face)


def _decisions(view: CandidateView, say: Say) -> Iterable[tuple[Button, ...]]:
    """Return the row of what the reader of a candidate's card may do; none where that is nothing."""
    row = []
    if view.accepts and not view.taken:
        row.append(Button(say.plain("button-accept"), Touch.ACCEPT, view.mark, Style.GREEN))
    if view.rejects:
        row.append(Button(say.plain("button-reject"), Touch.REJECT, view.mark, Style.RED))
    if row:
        yield tuple(row)


def _claimed(view: CandidateView, say: Say) -> Iterable[Markup]:
    """Return what a candidate asks for, and what an admin must look at before accepting them."""
    if view.doubts:
        yield from (*doubtful(view.doubts, say), say("candidate-doubt"))
    if view.listed_as:
        yield say("candidate-listed", name=view.listed_as)
    if view.post:
        yield say("candidate-post", post=view.post)
    if view.displaces:
        yield say("candidate-displaces", holders=shortened(say.time.join(list(view.displaces)), _HOLDERS))
    if view.foreign:
        yield say("candidate-foreign")
    if not view.accepts:
        names = shortened(say.time.join(list(view.agreeing)), _HOLDERS)
        yield say("candidate-agreeing", names=names, count=len(view.agreeing))
    if view.admin:
        yield say("candidate-admin")
    if view.misnamed:
        yield say("candidate-misnamed")
    yield from _on_record(view, say)


def _on_record(view: CandidateView, say: Say) -> Iterable[Markup]:
    """Return what the office knows already: the person under the NIP, and the people with a name that looks alike."""
    if view.taken:
        yield say("candidate-taken", name=view.known_as)
    elif view.registered:
        yield say("candidate-registered", posts=view.say_in or "none")
    elif view.known_as:
        warned = "candidate-known-with-say" if view.say_in else "candidate-known"
        yield say(warned, name=view.known_as, posts=view.say_in)
    if view.lookalikes:
        yield say("candidate-lookalike", names=shortened(say.time.join(list(view.lookalikes)), _HOLDERS))


def administration_card(view: AdministrationView, say: Say) -> Screen:
    """Return the office at a glance, or its tenures, of which the admin may end one."""
    match view.face:
        case Administering.MAIN:
            return _glance(view, say)
        case Administering.RELIEVING:
            return Screen(say("administration-relieving"), rows=tuple(_tenures(view, say)))
        case _:
            assert_never(view.face)


def _glance(view: AdministrationView, say: Say) -> Screen:
    """Return the posts with their holders, the candidates, and the people who cannot be reached."""
    heading, blocks = say("administration", office=view.office), list[Markup]()
    if view.candidates:
        names = [say("administration-line", name=one.name) for one in view.candidates]
        blocks += [say("administration-candidates"), _fitting(names, _CANDIDATES_LENGTH, say, most=_CANDIDATES)]
    if view.unreachable:
        lost = [
            say(
                "administration-since",
                name=one.name,
                since=say.time.moment(one.since, now=view.now),
                why=one.obstacle.value,
            )
            for one in view.unreachable
        ]
        blocks += [say("administration-unreachable"), _fitting(lost, _LISTED_LENGTH, say, most=_LISTED)]
    room = _LIMIT - sum(visible(block) + 1 for block in (heading, *blocks))
    posts = _fitting([_post(line, say) for line in view.posts], room, say, most=len(view.posts))
    return Screen(Markup("\n").join((heading, posts, *blocks)), rows=tuple(_rows(view, say)))


def _post(line: PostLine, say: Say) -> Markup:
    if not line.holders:
        return say("administration-vacant", post=line.title)
    return say("administration-post", post=line.title, holders=shortened(say.time.join(list(line.holders)), _HOLDERS))


def _rows(view: AdministrationView, say: Say) -> Iterable[tuple[Button, ...]]:
    for one in view.candidates[:_CANDIDATES]:
        label = say.plain("button-look-at", name=shortened(one.name, _LABEL))
        yield (Button(label, Touch.LOOK_AT, str(one.account_id)),)
    invites = [
        Button(say.plain("button-invite", post=shortened(line.short, _LABEL)), Touch.INVITE, line.code)
        for line in view.posts[:_POSTS]
    ]
    yield from (tuple(invites[index : index + 2]) for index in range(0, len(invites), 2))
    yield (Button(say.plain("button-invite-office"), Touch.INVITE),)
    yield (Button(say.plain("button-absences"), Touch.ABSENCES),)
    if view.tenures:
        yield (Button(say.plain("button-relieve"), Touch.RELIEVE),)


def _tenures(view: AdministrationView, say: Say) -> Iterable[tuple[Button, ...]]:
    for one in view.tenures[:_TENURES]:
        post = say.plain(f"capacity-{one.capacity.value}", post=shortened(one.post, _LABEL))
        label = say.plain("button-relieve-of", name=shortened(one.name, _LABEL), post=post)
        yield (Button(label, Touch.RELIEVE_OF, str(one.number), Style.RED),)
    yield (Button(say.plain("button-back"), Touch.BACK),)


def _fitting(lines: list[Markup], room: int, say: Say, *, most: int) -> Markup:
    """Return the first lines that fit into `room` characters, at most `most`, and the number of lines left out."""
    fitting = 0
    for line in lines[:most]:
        room -= visible(line) + 1
        if room < 0:
            break
        fitting += 1
    shown = lines[:fitting]
    if len(lines) > fitting:
        shown.append(say("administration-more", count=len(lines) - fitting))
    return Markup("\n").join(shown)
