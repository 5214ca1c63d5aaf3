"""The card on which a newcomer confirms NIP and name."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from models.office.nip import NipDoubt, is_nip


class Confirming(StrEnum):
    """The faces of a registration's card; each is a `Face` of the card."""

    CHECK = "main"
    CORRECTING = "correcting"
    WAITING = "waiting"
    DONE = "done"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """A registration, for the person who registers. `post` is the title of the post that it is for, or "".

    `doubts` names what is unusual in the NIP.
    """

    face: Confirming
    nip: str
    name: str
    office: str
    post: str
    admin: bool
    known: bool
    doubts: tuple[NipDoubt, ...]


def registration_card(view: RegistrationView, say: Say) -> Screen:
    """Return the card on which a newcomer confirms NIP and name."""
    match view.face:
        case Confirming.CHECK:
            purpose = _purpose(view, say)
            lines = [say("registration-check", nip=grouped(view.nip), name=view.name, purpose=purpose)]
            if view.doubts:
                lines += [*doubtful(view.doubts, say), say("registration-doubt")]
            confirm = Button(say.plain("button-confirm"), Touch.CONFIRM, style=Style.GREEN)
            correct = Button(say.plain("button-correct"), Touch.CORRECT)
            return Screen(Markup("\n").join(lines), rows=((confirm,) if view.known else (confirm, correct),))
        case Confirming.CORRECTING:
            return Screen(say("registration-correcting"))
        case Confirming.WAITING:
            return Screen(say("registration-waiting", nip=grouped(view.nip), name=view.name))
        case Confirming.DONE:
            return Screen(say("registration-done", name=view.name))
        case Confirming.REJECTED:
            return Screen(say("registration-rejected"))
        case _:
            assert_never(view.face)


def grouped(nip: str) -> str:
    """Return a NIP the way it is printed: `19700101 199503 2 002`. An office number is left as it is."""
    return f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}" if is_nip(nip) else nip


def doubtful(doubts: tuple[NipDoubt, ...], say: Say) -> list[Markup]:
    """Return a line for each thing that is unusual in a NIP."""
    return [say(f"nip-doubt-{doubt.value}") for doubt in doubts]


def _purpose(view: RegistrationView, say: Say) -> Markup:
    if view.post:
        return say("registration-as-post", post=view.post, office=view.office)
    return say("registration-as-admin" if view.admin else "registration-as-employee", office=view.office)
