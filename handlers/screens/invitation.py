"""The card of an invite: its code, and later the person who used it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from markupsafe import Markup

from handlers.screens.registration import grouped
from handlers.screens.screen import Screen
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened

_NAMES = 120


class Inviting(StrEnum):
    """The faces of an invite's card."""

    FRESH = "fresh"
    OPENED = "opened"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Asking(StrEnum):
    """Who must agree to the person who uses an invite."""

    ADMIN = "admin"
    OTHERS = "others"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invite, for the admin who issued it. `code` is empty unless the invite may still be used.

    `nip` is that of the person whom it is for, "" where it names nobody. `replaces` names the holders whose time ends
    once it is used, or is "". `asks` is who must agree to the person who uses it.
    """

    face: Inviting
    post: str
    nip: str
    replaces: str
    asks: Asking
    code: str
    link: str
    used_by: str
    expires_at: datetime
    now: datetime


def invitation_card(view: InvitationView, say: Say) -> Screen:
    """Return the card of an invite."""
    purpose = say("invitation-post", post=view.post) if view.post else say("invitation-office")
    if view.nip:
        purpose += Markup("\n") + say("invitation-nip", nip=grouped(view.nip))
    if view.replaces:
        purpose += Markup("\n") + say("invitation-replaces", names=shortened(view.replaces, _NAMES))
    until = say.time.moment(view.expires_at, now=view.now)
    match view.face:
        case Inviting.FRESH:
            once = say("invitation-once", until=until, asks=view.asks.value)
            lines = [purpose, once if view.post else say("invitation-many", until=until)]
            if view.link:
                lines += [Markup(), say("invitation-link", link=view.link)]
            lines.append(say("invitation-code", command=f"/start {view.code}"))
            return Screen(Markup("\n").join(lines))
        case Inviting.OPENED:
            return Screen(Markup("\n").join((purpose, say("invitation-opened"))))
        case Inviting.USED:
            return Screen(Markup("\n").join((purpose, say("invitation-used", name=view.used_by))))
        case Inviting.WITHDRAWN:
            return Screen(Markup("\n").join((purpose, say("invitation-withdrawn"))))
        case Inviting.EXPIRED:
            return Screen(Markup("\n").join((purpose, say("invitation-expired"))))
        case _:
            assert_never(view.face)
