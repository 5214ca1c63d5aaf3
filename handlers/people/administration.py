"""What an admin does: see who holds which post, invite, relieve, accept candidates, learn who is out of reach."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.people import guide, registration
from handlers.screens.invitation import InvitationView, Inviting, invitation_card
from handlers.screens.people import (
    Administering,
    AdministrationView,
    CandidateLine,
    CandidateView,
    Deciding,
    PostLine,
    TenureLine,
    Unreachable,
    administration_card,
    candidate_card,
)
from handlers.screens.registration import Confirming
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.administration import admission, appointment
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.conversation import Expects
from models.office.invitation import Invite, InviteKind
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.refusals import CandidateGone, NotAdmin, NotHolding, NotRegistered, UnknownButton
from models.repository.records import Press, Records

_NAME = 40
"""Characters of a name or a post in a toast."""


def command(records: Records, message: Incoming, _words: list[str]) -> None:
    """Take `/kelola`: show the office. Raises `NotRegistered`, `NotAdmin`."""
    person = _admin(records.known(message.sender_id))
    records.show(CardKind.ADMINISTRATION, message.chat_id, person=person)


def invite(records: Records, press: Press) -> Toast:
    """Issue an invite for the post that the button names, or the office's own link where it names none."""
    person = _admin(press.person)
    post = press.argument or None
    if post is not None and post not in {known.code for known in records.rules.office.posts}:
        raise UnknownButton
    if not _on_its_way(records, press.card.chat_id, post):
        kind = InviteKind.OFFICE if post is None else InviteKind.POST
        issued = admission.invite(records, kind, post=post, by=person)
        records.show(CardKind.INVITATION, press.card.chat_id, person=person, subject_id=issued.id)
    return Toast("toast-invited")


def look_at(records: Records, press: Press) -> Toast:
    """Show a candidate from the list: who they say they are, and what accepting them would give."""
    admin = _admin(press.person)
    candidate = admission.candidate(records, int(press.argument))
    chat_id, account = press.card.chat_id, candidate.account_id
    older = Card.chat_id == chat_id, Card.kind == CardKind.CANDIDATE, Card.subject_id == account, Card.live
    for shown in records.session.scalars(select(Card).where(*older)).all():
        if correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at))
    records.show(CardKind.CANDIDATE, chat_id, person=admin, subject_id=account)
    return Toast("toast-candidate", {"name": shortened(candidate.name or "", _NAME)})


def accept(records: Records, press: Press) -> Toast:
    """Accept a candidate as the card shows them; they are told."""
    admin, candidate = _deciding(press)
    person = admission.accept(records, candidate, press.argument, by=admin)
    registration.conclude(records, candidate, Confirming.DONE)
    guide.welcome(records, person)
    return Toast("toast-accepted", {"name": person.name})


def reject(records: Records, press: Press) -> Toast:
    """Turn a candidate down, as the card shows them; they are told."""
    admin, candidate = _deciding(press)
    rejected = admission.reject(records, candidate, press.argument, by=admin)
    registration.conclude(records, candidate, Confirming.REJECTED)
    records.conversation(candidate).expect(Expects.NOTHING)
    records.say(candidate, "rejected")
    return Toast("toast-rejected", {"name": rejected.name or ""})


def choose_tenure(records: Records, press: Press) -> Toast:
    """Show the tenures of which one may be ended."""
    _admin(press.person)
    press.card.mode = Administering.RELIEVING.value
    _redraw(records, press)
    return Toast("turned-relieving")


def relieve(records: Records, press: Press) -> Toast:
    """End the tenure on the button, with nobody appointed in its place. Raises `NotHolding` where it is over."""
    admin = _admin(press.person)
    chosen = select(Tenure).where(Tenure.id == int(press.argument)).options(joinedload(Tenure.person))
    tenure = records.session.scalar(chosen)
    known = {post.code: post.short for post in records.rules.office.posts}
    if tenure is None or tenure.post not in known:
        raise UnknownButton
    name, short = tenure.person.name, known[tenure.post]
    if not tenure.lasts:
        raise NotHolding(name, short, tenure.ends_at)
    relieved = appointment.relieve(records, tenure.person, tenure.post, by=admin)
    press.card.mode = Administering.MAIN.value
    _redraw(records, press)
    data = {"name": shortened(name, _NAME), "post": shortened(short, _NAME), "count": relieved.waiting}
    if not relieved.reachable:
        return Toast("toast-vacated", data)
    return Toast("toast-relieved", {**data, "to": shortened(", ".join(one.name for one in relieved.reachable), _NAME)})


def draw(records: Records, card: Card, say: Say) -> Screen:
    """Draw the office as it is now; to whoever is no admin any more, that it is not for them."""
    if not card.live:
        return Screen(say("refusal-not-admin"))
    office = records.office
    lost = select(Person).where(Person.unreachable_since.is_not(None)).order_by(Person.unreachable_since)
    short = {post.code: post.short for post in office.file.posts}
    view = AdministrationView(
        face=Administering(card.mode),
        office=office.file.name,
        posts=tuple(
            PostLine(post.code, post.title, post.short, tuple(one.name for one in office.holders(post.code)))
            for post in office.file.posts
        ),
        candidates=tuple(CandidateLine(one.account_id, one.name or "") for one in admission.candidates(records)),
        unreachable=tuple(
            Unreachable(one.name, one.unreachable_since)
            for one in records.session.scalars(lost)
            if one.unreachable_since is not None
        ),
        tenures=tuple(
            TenureLine(one.id, one.person.name, short[code], Capacity(one.capacity))
            for code in short
            for one in office.tenures_of(code)
        ),
        now=records.at,
    )
    return administration_card(view, say)


def draw_candidate(records: Records, card: Card, say: Say) -> Screen:
    """Draw a candidate, or what became of them: the card's mode names the decision and whose it was."""
    candidate = records.registration(card.subject_id or 0)
    person = records.person(card.subject_id or 0)
    word, _, decider = card.mode.partition("-")
    if word == "main":
        word = Deciding.OPEN if candidate is not None and candidate.waits_since is not None else Deciding.WITHDRAWN
    by = records.session.get(Person, int(decider)) if decider else None
    known = admission.namesake(records, candidate) if candidate is not None else None
    granted = records.session.get(Invite, candidate.invite_id) if candidate is not None else None
    titles = guide.titles_of(records, known) if known is not None else []
    view = CandidateView(
        face=Deciding(word),
        name=person.name if person else (candidate.name if candidate else "") or "",
        nip=(candidate.nip if candidate else "") or "",
        post=registration.post_of(records, granted),
        admin=granted is not None and granted.kind is InviteKind.ADMIN,
        since=candidate.waits_since if candidate else None,
        known_as=known.name if known else "",
        taken=known is not None and known.account_id is not None,
        say_in="; ".join([*(["admin"] if known and known.is_admin else []), *titles]),
        decided_by=by.name if by else "",
        mark=admission.mark(records, candidate, known) if candidate is not None else "",
        now=records.at,
    )
    return candidate_card(view, say)


def draw_invitation(records: Records, card: Card, say: Say) -> Screen:
    """Draw an invite. Its code is made now and kept nowhere, so each drawing of an unused invite tells a new one."""
    issued = records.session.get_one(Invite, card.subject_id)
    used_by = records.person(issued.claimed_by_account_id or 0)
    if card.mode in {Inviting.USED, Inviting.WITHDRAWN}:
        face = Inviting(card.mode)
    elif records.at >= issued.expires_at:
        face = Inviting.EXPIRED
    else:
        face = Inviting.FRESH if issued.claimed_by_account_id is None else Inviting.OPENED
    code = issued.renew() if face is Inviting.FRESH else ""
    username = records.rules.bot_username
    view = InvitationView(
        face=face,
        post=registration.post_of(records, issued),
        code=code,
        link=f"https://t.me/{username}?start={code}" if username else "",
        used_by=used_by.name if used_by else "",
        expires_at=issued.expires_at,
        now=records.at,
    )
    return invitation_card(view, say)


def _admin(person: Person | None) -> Person:
    if person is None:
        raise NotRegistered
    if not person.is_admin:
        raise NotAdmin
    return person


def _deciding(press: Press) -> tuple[Person, int]:
    """Return the admin who decides, and the Telegram account whose card was tapped, while it has force."""
    admin = _admin(press.person)
    if press.card.kind is not CardKind.CANDIDATE or not press.card.live:
        raise CandidateGone
    return admin, press.card.subject_id or 0


def _redraw(records: Records, press: Press) -> None:
    """Draw the list that was tapped anew."""
    records.owe(correspondence.refresh(press.card, at=records.at))


def _on_its_way(records: Records, chat_id: int, post: str | None) -> bool:
    """Whether an invite for this was just issued and is not shown yet, as when a button is tapped twice."""
    undelivered = Card.kind == CardKind.INVITATION, Card.live, Card.message_id.is_(None), Card.chat_id == chat_id
    found = select(Card.id).join(Invite, Invite.id == Card.subject_id).where(*undelivered)
    found = found.where(Invite.post.is_(None) if post is None else Invite.post == post)
    return records.session.scalar(found.limit(1)) is not None


TAPS = {
    Touch.INVITE: invite,
    Touch.LOOK_AT: look_at,
    Touch.ACCEPT: accept,
    Touch.REJECT: reject,
    Touch.RELIEVE: choose_tenure,
    Touch.RELIEVE_OF: relieve,
}
SCREENS = {
    CardKind.ADMINISTRATION: draw,
    CardKind.CANDIDATE: draw_candidate,
    CardKind.INVITATION: draw_invitation,
}
