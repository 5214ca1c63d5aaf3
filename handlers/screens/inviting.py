"""The open invites in `/kelola`: a list of them, and the question whether one is to be withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.paging import Listed, Page, paged
from handlers.screens.registration import grouped
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened

INVITES = 3
"""Invites on one page: of each a phone's screen has room for what it is, who made it, and until when it serves."""

_TITLE = 70


@dataclass(frozen=True, slots=True)
class InviteLine:
    """An invite that still serves. `post` is a short name, "" for one that names none; `kind` says what it makes.

    `nip` is that of the person whom it is for, "" where it names nobody. `by` is the admin who issued it, "" for the
    command line. `opened` is whether an account has begun to register by it; `waiting` names the one that waits to be
    accepted, or is "".
    """

    invite_id: int
    kind: str
    post: str
    nip: str
    by: str
    issued_at: datetime
    until: datetime
    opened: bool
    waiting: str


@dataclass(frozen=True, slots=True)
class InvitesView:
    """A page of the open invites: of the post with this code and title, or of all where both are ""."""

    code: str
    title: str
    lines: Sequence[InviteLine]
    page: Page
    now: datetime


def open_invites(view: InvitesView, say: Say) -> Screen:
    """Return a page of the open invites, each with the button that leads to its withdrawal."""
    first = view.page.page * view.page.size + 1

    def listed(room: int) -> list[Listed]:
        numbered = enumerate(view.lines, start=first)
        return [
            Listed(_line(number, one, say, room, now=view.now), _leading(number, one, say)) for number, one in numbered
        ]

    heading = say("open-invites", count=view.page.total, post=shortened(view.title, _TITLE) or "all")
    back = Button(say.plain("button-back"), Touch.OPEN_LIST, "main")
    if view.code:
        back = Button(say.plain("button-back"), Touch.OPEN_POST, view.code)
    return paged(heading, listed, view.page, say, more=((back,),))


def withdrawing(line: InviteLine, say: Say, *, listed: str, now: datetime) -> Screen:
    """Return the question whether an invite is to be withdrawn. `listed` is the code of the post of whose list it is.

    It is "" where the list is that of all invites.
    """
    many = "yes" if line.kind == "office" else "no"
    text = say("withdrawing-invite", about=_about(line, say, _TITLE, now=now), many=many)
    yes = Button(say.plain("button-withdraw-invite-now"), Touch.WITHDRAW_INVITE, str(line.invite_id), Style.RED)
    return Screen(text, rows=((yes,), (Button(say.plain("button-back"), Touch.OPEN_INVITES, listed),)))


def _line(number: int, one: InviteLine, say: Say, room: int, *, now: datetime) -> Markup:
    return say("open-invite", number=str(number), about=_about(one, say, room, now=now))


def _about(one: InviteLine, say: Say, room: int, *, now: datetime) -> Markup:
    what = say(f"open-invite-{one.kind}", post=shortened(one.post, room))
    if one.nip:
        what += say("open-invite-nip", nip=grouped(one.nip))
    by = shortened(one.by, room) or "none"
    what += say("open-invite-by", by=by, at=say.time.moment(one.issued_at, now=now))
    if one.waiting:
        return what + say("open-invite-waits", name=shortened(one.waiting, room))
    what += say("open-invite-until", until=say.time.moment(one.until, now=now))
    return what + say("open-invite-opened") if one.opened else what


def _leading(number: int, one: InviteLine, say: Say) -> Button | None:
    """Return the button of a line; an invite whose user waits is decided by the word on that person."""
    if one.waiting:
        return None
    return Button(say.plain("button-withdraw-invite", number=str(number)), Touch.WITHDRAWING_INVITE, str(one.invite_id))
