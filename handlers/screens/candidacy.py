"""The card of a candidate, on which an admin decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from markupsafe import Markup

from handlers.screens.registration import doubtful, grouped
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.office.nip import NipDoubt, is_nip

_HOLDERS = 120


class Deciding(StrEnum):
    """The faces of a candidate's card."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


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
