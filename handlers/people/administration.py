"""What an admin does: see who holds which post, invite, relieve, accept candidates, learn who is out of reach."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.people import absence, first_words, guide, registration
from handlers.screens.invitation import Asking, InvitationView, Inviting, invitation_card
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
from handlers.screens.screen import Screen, TellsCode, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.administration import admission, appointment, consent
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Expects
from models.mail.correspondence import About
from models.mail.notice import NoticeKind, Priority
from models.office.invitation import Invite, InviteKind, code_digest, new_code
from models.office.name import is_latin
from models.office.nip import doubts, parse_identity, split_identity
from models.office.office import Office
from models.office.person import Person, includes
from models.office.tenure import Capacity
from models.queries import cards
from models.queries.people import tenure_by_id, unreachable_people
from models.refusals import CandidateGone, NotAdmin, NotHolding, NotRegistered, UnknownButton
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.office_file import PostSpec
from models.rules.rules import Rules

_BY_DECREE = {"plh", "plt"}
"""The words behind `/kelola` by which an admin names somebody who acts for another, or for a vacant post."""

_NAME = 40
"""Characters of a name or a post in a toast."""


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/kelola`: show the office, name who acts, or invite the person with the NIP to the post in the words.

    Raises `NotRegistered`, `NotAdmin`, and `NipInvalid` where the words name a post and no NIP.
    """
    person = _admin(records.known(message.sender_id))
    if words and words[0].casefold() in _BY_DECREE:
        absence.name_by_decree(records, message, person, words)
        return
    if not words:
        records.show(CardKind.ADMINISTRATION, message.chat_id, person=person)
        return
    nip, name = _named(words)
    post = _post_called(records.rules, name)
    if post is None:
        known = ", ".join(one.code for one in records.rules.office.posts)
        records.say(message.chat_id, "invite-how", person=person, posts=known)
        return
    issued = admission.invite(records, InviteKind.POST, post=post.code, nip=parse_identity(nip), by=person)
    records.show(CardKind.INVITATION, message.chat_id, person=person, about=About(invite_id=issued.id))


def invite(records: Records, press: Press) -> Toast:
    """Issue an invite for the post that the button names, or the office's own link where it names none."""
    person = _admin(press.person)
    post = press.argument or None
    if post is not None and post not in {known.code for known in records.rules.office.posts}:
        raise UnknownButton
    if not cards.invitation_is_on_its_way(records.reader, press.card.chat_id, post):
        kind = InviteKind.OFFICE if post is None else InviteKind.POST
        issued = admission.invite(records, kind, post=post, by=person)
        records.show(CardKind.INVITATION, press.card.chat_id, person=person, about=About(invite_id=issued.id))
    return Toast("toast-invited")


def look_at(records: Records, press: Press) -> Toast:
    """Show a candidate from the list: who they say they are, and what accepting them would give."""
    admin = _admin(press.person)
    candidate = admission.candidate(records, int(press.argument))
    chat_id, account_id = press.card.chat_id, candidate.account_id
    for shown in cards.candidate_cards(records.reader, chat_id, account_id):
        if correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))
    records.show(CardKind.CANDIDATE, chat_id, person=admin, about=About(account_id=account_id))
    return Toast("toast-candidate", {"name": shortened(candidate.name or "", _NAME)})


def accept(records: Records, press: Press) -> Toast:
    """Accept a candidate as the card shows them; they are told."""
    by, candidate = _deciding(press)
    person = admission.accept(records, candidate, press.argument, by=by)
    registration.conclude(records, candidate, Confirming.DONE)
    guide.welcome(records, person)
    first_words.hand_over(records, person)
    return Toast("toast-accepted", {"name": person.name})


def reject(records: Records, press: Press) -> Toast:
    """Turn a candidate down, as the card shows them; they are told."""
    admin, candidate = _deciding(press)
    _admin(admin)
    rejected = admission.reject(records, candidate, press.argument, by=admin)
    registration.conclude(records, candidate, Confirming.REJECTED)
    records.conversation(candidate).expect(Expects.NOTHING)
    # Owed as a decision of the office: what is said to a stranger may be left out.
    body = {"code": "rejected", "data": {}, "silent": False}
    records.owe(correspondence.owed(NoticeKind.SAY, candidate, at=records.at, priority=Priority.INFORMATION, body=body))
    return Toast("toast-rejected", {"name": rejected.name or ""})


def choose_tenure(records: Records, press: Press) -> Toast:
    """Show the tenures of which one may be ended."""
    _admin(press.person)
    press.card.turn(Face.RELIEVING)
    _redraw(records, press)
    return Toast("turned-relieving")


def list_absences(records: Records, press: Press) -> Toast:
    """Show who is away and will be."""
    _admin(press.person)
    press.card.turn(Face.ABSENCES)
    _redraw(records, press)
    return Toast("turned-absences")


def relieve(records: Records, press: Press) -> Toast:
    """End the tenure on the button, with nobody appointed in its place. Raises `NotHolding` where it is over."""
    admin = _admin(press.person)
    tenure = tenure_by_id(records.reader, int(press.argument))
    known = {post.code: post.short for post in records.rules.office.posts}
    if tenure is None or tenure.post not in known:
        raise UnknownButton
    name, short = tenure.person.name, known[tenure.post]
    if not tenure.lasts:
        raise NotHolding(name, short, tenure.ends_at)
    relieved = appointment.relieve(records, tenure.person, tenure.post, by=admin)
    press.card.turn(Face.MAIN)
    _redraw(records, press)
    data = {"name": shortened(name, _NAME), "post": shortened(short, _NAME), "count": relieved.waiting}
    if not relieved.reachable:
        return Toast("toast-vacated", data)
    return Toast("toast-relieved", {**data, "to": shortened(", ".join(one.name for one in relieved.reachable), _NAME)})


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the office as it is now; a person who is no admin any more reads that it is not for them."""
    if not card.live:
        return Screen(say("refusal-not-admin"))
    if card.face is Face.ABSENCES:
        return absence.list_all(reader, say)
    office = reader.office()
    short = {post.code: post.short for post in office.file.posts}
    view = AdministrationView(
        face=Administering(card.face.value),
        office=office.file.name,
        posts=tuple(
            PostLine(post.code, post.title, post.short, tuple(_holding(office, post.code, say)))
            for post in office.file.posts
        ),
        candidates=tuple(CandidateLine(one.account_id, one.name or "") for one in admission.candidates(reader)),
        unreachable=tuple(
            Unreachable(one.name, one.unreachable_since, one.obstacle)
            for one in unreachable_people(reader)
            if one.unreachable_since is not None
        ),
        tenures=tuple(
            TenureLine(one.id, one.person.name, short[code], Capacity(one.capacity))
            for code in short
            for one in office.tenures_of(code)
        ),
        now=reader.at,
    )
    return administration_card(view, say)


def _holding(office: Office, post: str, say: Say) -> Iterator[str]:
    """Go through the names of those who hold a post, each with the Plh. who acts for them now."""
    for person in office.own_holders(post):
        plh = office.stand_in(person.id, post)
        yield person.name if plh is None else say.plain("administration-away", name=person.name, plh=plh.name)


def draw_candidate(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw a candidate for the reader of the card, or the decision about them and the person who took it."""
    candidate, person = reader.registration(card.account_id or 0), reader.person(card.account_id or 0)
    granted = reader.invite_by_id(candidate.invite_id) if candidate is not None else None
    by, office = reader.person_by_id(card.decided_by_id), reader.office()
    able = consent.agreeing(reader, office, granted, candidate=card.account_id or 0)
    administers = includes(office.admins, card.person_id)
    face = Deciding.WITHDRAWN if card.face is Face.MAIN else Deciding(card.face.value)
    concerns = administers or includes(able, card.person_id)
    if card.face is Face.MAIN and candidate is not None and candidate.waits_since is not None and concerns:
        face = Deciding.OPEN
    known = consent.namesake(reader, candidate) if candidate is not None else None
    titles = guide.titles_of(office, known) if known is not None else []
    nip = (candidate.nip if candidate else "") or ""
    listed = consent.listed_as(reader, candidate) if candidate is not None else ""
    view = CandidateView(
        face=face,
        name=person.name if person else (candidate.name if candidate else "") or "",
        nip=nip,
        doubts=doubts(nip) if nip else (),
        listed_as=listed,
        post=registration.post_of(reader.rules, granted),
        admin=granted is not None and granted.kind is InviteKind.ADMIN,
        since=candidate.waits_since if candidate else None,
        displaces=tuple(one.name for one in consent.displaced(office, granted)),
        agreeing=tuple(one.name for one in able),
        accepts=includes(able, card.person_id),
        rejects=administers,
        known_as=known.name if known else "",
        taken=known is not None and known.account_id not in (None, card.account_id),
        registered=known is not None and known.account_id == card.account_id,
        misnamed=granted is not None and granted.nip is not None and granted.nip != nip,
        lookalikes=tuple(consent.lookalikes(reader, candidate)) if candidate is not None else (),
        foreign=not is_latin((candidate.name if candidate else "") or ""),
        say_in="; ".join([*(["admin"] if known and known.is_admin else []), *titles]),
        decided_by=by.name if by else "",
        mark=admission.mark(office, candidate, known, listed=listed) if candidate is not None else "",
        now=reader.at,
    )
    return candidate_card(view, say)


def draw_invitation(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw an invite. Each drawing of an unused invite tells a new code, which takes the place of the one before."""
    issued = reader.invite_by_id(card.invite_id)
    if issued is None:
        raise UnknownButton
    used_by = reader.person(issued.claimed_by_account_id or 0)
    face = _face_of(issued, card, at=reader.at)
    code = new_code() if face is Inviting.FRESH else ""
    username = reader.rules.bot_username
    view = InvitationView(
        face=face,
        post=registration.post_of(reader.rules, issued),
        nip=issued.nip or "",
        asks=_asks(reader, issued),
        code=code,
        link=f"https://t.me/{username}?start={code}" if username else "",
        used_by=used_by.name if used_by else "",
        expires_at=issued.expires_at,
        now=reader.at,
    )
    tells = TellsCode(issued.id, code_digest(code)) if code else None
    return replace(invitation_card(view, say), tells=tells)


def _asks(reader: Reader, issued: Invite) -> Asking:
    """Return who must agree to the person who uses an invite."""
    if consent.is_contested(reader, reader.office(), issued):
        return Asking.OTHERS
    return Asking.NOBODY if issued.nip is not None else Asking.ADMIN


def _face_of(issued: Invite, card: Card, *, at: datetime) -> Inviting:
    if card.face in {Face.USED, Face.WITHDRAWN}:
        return Inviting(card.face.value)
    if at >= issued.expires_at:
        return Inviting.EXPIRED
    return Inviting.FRESH if issued.claimed_by_account_id is None else Inviting.OPENED


def _named(words: list[str]) -> tuple[str, str]:
    """Return the NIP or office number among the words of a command, and what stands beside it.

    The code of a post may look like an office number, so that one is only looked for behind the first word.
    """
    nip, beside = split_identity(" ".join(words))
    if any(one.isalpha() for one in nip) or not nip:
        return " ".join(words[-1:]) if len(words) > 1 else "", " ".join(words[:-1] or words)
    return nip, beside


def _post_called(rules: Rules, name: str) -> PostSpec | None:
    """Return the post with this code, short name or title, None where there is none."""
    wanted = " ".join(name.casefold().split())
    named = ((post, {post.code, post.short.casefold(), post.title.casefold()}) for post in rules.office.posts)
    return next((post for post, names in named if wanted in names), None)


def _admin(person: Person | None) -> Person:
    if person is None:
        raise NotRegistered
    if not person.is_admin:
        raise NotAdmin
    return person


def _deciding(press: Press) -> tuple[Person, int]:
    """Return the person who decides, and the Telegram account whose card was tapped, while it has force."""
    if press.person is None:
        raise NotRegistered
    if press.card.kind is not CardKind.CANDIDATE or not press.card.live:
        _admin(press.person)
        raise CandidateGone
    return press.person, press.card.account_id or 0


def _redraw(records: Records, press: Press) -> None:
    """Draw the list again that was tapped."""
    records.owe(correspondence.refresh(press.card, at=records.at))


TAPS = {
    Touch.INVITE: invite,
    Touch.LOOK_AT: look_at,
    Touch.ACCEPT: accept,
    Touch.REJECT: reject,
    Touch.ABSENCES: list_absences,
    Touch.RELIEVE: choose_tenure,
    Touch.RELIEVE_OF: relieve,
}
SCREENS = {
    CardKind.ADMINISTRATION: draw,
    CardKind.CANDIDATE: draw_candidate,
    CardKind.INVITATION: draw_invitation,
}
