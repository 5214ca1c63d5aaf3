"""What an admin does to people's accounts and to admins, where need be with a second person's tap."""

from datetime import date

from handlers.chat.desk import Toast
from handlers.people import managing, officials
from handlers.people.rights import admin
from handlers.screens.screen import Screen, Touch
from handlers.screens.seconding import ProposalView, proposal_card
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.administration import appointment, reachability, seconding
from models.administration.seconding import Asked
from models.mail.card import Card, CardKind, Face
from models.office.person import Person, includes
from models.office.proposal import VALIDITY, ProposalKind
from models.refusals.registration import NotRegistered
from models.refusals.work import UnknownButton
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records

_NAMES = 60
"""Characters of names in a toast."""


def consider_unbinding(records: Records, press: Press) -> Toast:
    """Show what it means to take the account from the person on the button."""
    shown = officials.person(records, press.argument)
    return managing.turn(records, press, Face.UNBINDING, subject=str(shown.id))


def unbind(records: Records, press: Press) -> Toast:
    """Take the account from the person on the button; from another admin only with a second person's tap."""
    by, person = admin(press.person), officials.person(records, press.argument)
    asked = seconding.lose_phone(records, person, by=by)
    if person.id != by.id:
        managing.turn(records, press, Face.PERSON, subject=str(person.id))
    return _toast(asked, "toast-unbound", person)


def make_admin(records: Records, press: Press) -> Toast:
    """Propose that the person on the button be an admin."""
    by, person = admin(press.person), officials.person(records, press.argument)
    asked = seconding.propose(records, ProposalKind.MAKE_ADMIN, person, by=by)
    managing.turn(records, press, Face.PERSON, subject=str(person.id))
    return _toast(asked, "toast-admin-made", person)


def dismiss(records: Records, press: Press) -> Toast:
    """Give up one's own right of an admin, or propose that another admin lose it."""
    by, person = admin(press.person), officials.person(records, press.argument)
    if person.id == by.id:
        appointment.dismiss_admin(records, person, by=by)
        return Toast("toast-resigned")
    asked = seconding.propose(records, ProposalKind.DISMISS_ADMIN, person, by=by)
    managing.turn(records, press, Face.PERSON, subject=str(person.id))
    return _toast(asked, "toast-dismissed", person)


def consider_restricting(records: Records, press: Press) -> Toast:
    """Show what it means to restrict the data of the person on the button, or to lift that."""
    shown = officials.person(records, press.argument)
    return managing.turn(records, press, Face.RESTRICTING, subject=str(shown.id))


def restrict(records: Records, press: Press) -> Toast:
    """Restrict what is shown of the words of the person on the button; of one's own with a second person's tap."""
    return _limit(records, press, "toast-restricted", restricted=True)


def lift(records: Records, press: Press) -> Toast:
    """Lift the restriction of the person on the button; one's own with a second person's tap."""
    return _limit(records, press, "toast-restriction-lifted", restricted=False)


def _limit(records: Records, press: Press, done: str, *, restricted: bool) -> Toast:
    by, person = admin(press.person), officials.person(records, press.argument)
    asked = seconding.limit(records, person, by=by, restricted=restricted)
    managing.turn(records, press, Face.PERSON, subject=str(person.id))
    return _toast(asked, done, person)


def agree(records: Records, press: Press) -> Toast:
    """Agree to what the card proposes; it is done at once."""
    proposal = seconding.decide(records, _number(press), by=_person(press), agrees=True)
    return Toast("toast-agreed", {"name": shortened(proposal.person.name, _NAMES)})


def disagree(records: Records, press: Press) -> Toast:
    """Refuse what the card proposes."""
    proposal = seconding.decide(records, _number(press), by=_person(press), agrees=False)
    return Toast("toast-disagreed", {"name": shortened(proposal.by.name, _NAMES)})


def try_again(records: Records, press: Press) -> Toast:
    """Try now to reach the person on the button, who could not be written to."""
    by, person = admin(press.person), officials.person(records, press.argument)
    tried = reachability.try_again(records, person, by=by)
    shown = press.card.face if press.card.face is Face.PERSON else Face.UNREACHED
    managing.turn(records, press, shown, subject=str(person.id) if shown is Face.PERSON else None)
    return Toast("toast-trying" if tried else "toast-reachable", {"name": shortened(person.name, _NAMES)})


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw a proposal for a person who may agree to it, or might have."""
    number = card.subject or ""
    proposal = seconding.proposal_by_id(reader, int(number)) if number.isdecimal() else None
    if proposal is None:
        raise UnknownButton
    office, data = reader.office(), proposal.data
    able = seconding.seconds(office, proposal.kind, proposal.person, by=proposal.by)
    away, post = reader.person_by_id(data.get("away")), officials.known_post(reader, data.get("post", ""))
    view = ProposalView(
        kind=ProposalKind(proposal.kind),
        own=proposal.person_id == proposal.by_id,
        by=proposal.by.name,
        name=proposal.person.name,
        post=post.title if post is not None else "",
        away=away.name if away is not None else "",
        first=date.fromisoformat(data["first"]) if data.get("first") else None,
        last=date.fromisoformat(data["last"]) if data.get("last") else None,
        decree=data.get("decree", ""),
        state=proposal.state,
        decided_by=proposal.decided_by.name if proposal.decided_by is not None else "",
        decides=card.live and proposal.is_open(reader.at) and includes(able, card.person_id),
        until=proposal.made_at + VALIDITY,
        now=reader.at,
    )
    return proposal_card(view, say)


def _toast(asked: Asked, done: str, person: Person) -> Toast:
    if asked.done:
        return Toast(done, {"name": shortened(person.name, _NAMES)})
    names = shortened(", ".join(one.name for one in asked.people), _NAMES)
    return Toast("toast-proposed", {"names": names}, alert=True)


def _person(press: Press) -> Person:
    if press.person is None:
        raise NotRegistered
    return press.person


def _number(press: Press) -> int:
    """Return the number of the proposal whose card was tapped. Raises `UnknownButton`."""
    number = press.card.subject or ""
    if press.card.kind is not CardKind.PROPOSAL or not number.isdecimal():
        raise UnknownButton
    return int(number)


TAPS = {
    Touch.UNBINDING: consider_unbinding,
    Touch.UNBIND: unbind,
    Touch.MAKE_ADMIN: make_admin,
    Touch.DISMISS_ADMIN: dismiss,
    Touch.RESTRICTING: consider_restricting,
    Touch.RESTRICT: restrict,
    Touch.LIFT_RESTRICTION: lift,
    Touch.AGREE: agree,
    Touch.DISAGREE: disagree,
    Touch.TRY_AGAIN: try_again,
}
SCREENS = {CardKind.PROPOSAL: draw}
