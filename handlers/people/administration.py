"""What an admin does: see who holds which post, invite, relieve, accept candidates, learn who is out of reach."""

from dataclasses import replace
from datetime import datetime

from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.people import (
    decrees,
    entering,
    first_words,
    guide,
    managing,
    officials,
    registration,
    relieving,
    seconding,
)
from handlers.people.rights import admin, identity_of_another
from handlers.screens.candidacy import CandidateView, Deciding, candidate_card
from handlers.screens.invitation import Asking, InvitationView, Inviting, invitation_card
from handlers.screens.registration import Confirming
from handlers.screens.screen import Screen, TellsCode, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.administration import admission, consent, inviting
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Expects
from models.mail.correspondence import About
from models.mail.notice import NoticeKind, Priority
from models.office.invitation import Invite, InviteKind, code_digest, new_code
from models.office.name import is_latin
from models.office.nip import doubts, split_identity
from models.office.person import Person, includes
from models.queries import cards
from models.refusals.administration import CandidateGone
from models.refusals.registration import NotRegistered
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.absences import own_posts
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

    Raises `NotRegistered`, `NotAdmin`, `PostUnknown`, and `NipInvalid` where the words name a post and no NIP.
    """
    person = admin(records.known(message.sender_id))
    if words and words[0].casefold() in _BY_DECREE:
        decrees.name_by_decree(records, message, person, words)
        return
    if not words:
        records.show(CardKind.ADMINISTRATION, message.chat_id, person=person)
        return
    nip, name = _named(words)
    post = _post_called(records.rules, name)
    if post is None:
        raise decrees.unknown_post(records.rules, name)
    issued = admission.invite(records, InviteKind.POST, post=post.code, nip=identity_of_another(nip), by=person)
    records.show(CardKind.INVITATION, message.chat_id, person=person, about=About(invite_id=issued.id))


def consider_invite(records: Records, press: Press) -> Toast:
    """Show whom an invite for the post on the button replaces; where several hold it, let that be chosen."""
    post = officials.spec(records, press.argument)
    managing.turn(records, press, Face.INVITING, subject=post.code)
    return Toast() if post.code == press.argument else Toast("turned-renamed", {"post": post.short})


def choose_replaced(records: Records, press: Press) -> Toast:
    """Let the invite that is being made replace the holder on the button, or nobody."""
    code = (press.card.subject or "").partition(":")[0]
    post = officials.spec(records, code)
    if press.argument != "0":
        officials.person(records, press.argument)
    return managing.turn(records, press, Face.INVITING, subject=f"{post.code}:{press.argument}")


def invite(records: Records, press: Press) -> Toast:
    """Issue an invite for the post that the button names, or the office's own link where it names none."""
    person = admin(press.person)
    post = officials.spec(records, press.argument).code if press.argument else None
    if not cards.invitation_is_on_its_way(records.reader, press.card.chat_id, post):
        kind = InviteKind.OFFICE if post is None else InviteKind.POST
        issued = admission.invite(records, kind, post=post, by=person, replaces=_replaced(press))
        records.show(CardKind.INVITATION, press.card.chat_id, person=person, about=About(invite_id=issued.id))
    return Toast("toast-invited")


def open_invites(records: Records, press: Press) -> Toast:
    """Show the open invites of the post on the button, or all of them."""
    return managing.turn(records, press, Face.INVITES, subject=f":{press.argument}")


def consider_withdrawal(records: Records, press: Press) -> Toast:
    """Ask whether the invite on the button is to be withdrawn."""
    if not press.argument.isdecimal():
        raise UnknownButton
    listed = (press.card.subject or "").rpartition(":")[2]
    return managing.turn(records, press, Face.WITHDRAWING_INVITE, subject=f"{press.argument}:{listed}")


def withdraw_invite(records: Records, press: Press) -> Toast:
    """Withdraw the invite on the button. Raises `InviteOver`, `InviteAwaitsAnswer`."""
    by = admin(press.person)
    if not press.argument.isdecimal():
        raise UnknownButton
    inviting.withdraw(records, int(press.argument), by=by)
    listed = (press.card.subject or "").rpartition(":")[2]
    managing.turn(records, press, Face.INVITES, subject=f":{listed}")
    return Toast("toast-invite-withdrawn")


def invite_back(records: Records, press: Press) -> Toast:
    """Issue an invite for the person on the button, who has lost their account: for the topmost post of theirs.

    Who holds none gets the office's own link. Raises `CardOutOfDate` where they have an account again.
    """
    by, person = admin(press.person), officials.person(records, press.argument)
    if person.account_id is not None:
        raise CardOutOfDate
    post = next(iter(own_posts(records.lock_office(), person)), None)
    if not cards.invitation_is_on_its_way(records.reader, press.card.chat_id, post):
        kind, nip = (InviteKind.OFFICE, None) if post is None else (InviteKind.POST, person.nip)
        issued = admission.invite(records, kind, post=post, nip=nip, by=by)
        records.show(CardKind.INVITATION, press.card.chat_id, person=by, about=About(invite_id=issued.id))
    return Toast("toast-invited")


def look_at(records: Records, press: Press) -> Toast:
    """Show a candidate from the list: who they say they are, and what accepting them would give."""
    person = admin(press.person)
    candidate = admission.candidate(records, int(press.argument))
    chat_id, account_id = press.card.chat_id, candidate.account_id
    for shown in cards.candidate_cards(records.reader, chat_id, account_id):
        if correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))
    records.show(CardKind.CANDIDATE, chat_id, person=person, about=About(account_id=account_id))
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
    person, candidate = _deciding(press)
    rejected = admission.reject(records, candidate, press.argument, by=admin(person))
    registration.conclude(records, candidate, Confirming.REJECTED)
    records.conversation(candidate).expect(Expects.NOTHING)
    # Owed as a decision of the office: what is said to a stranger may be left out.
    body = {"code": "rejected", "data": {}, "silent": False}
    records.owe(correspondence.owed(NoticeKind.SAY, candidate, at=records.at, priority=Priority.INFORMATION, body=body))
    return Toast("toast-rejected", {"name": rejected.name or ""})


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
        replaces=_replaces(reader, issued, face),
        used_by=used_by.name if used_by else "",
        expires_at=issued.expires_at,
        now=reader.at,
    )
    tells = TellsCode(issued.id, code_digest(code)) if code else None
    return replace(invitation_card(view, say), tells=tells)


def _replaces(reader: Reader, issued: Invite, face: Inviting) -> str:
    """Return the names of those whose time an invite ends; none once it ended it or can end none any more."""
    if face not in {Inviting.FRESH, Inviting.OPENED}:
        return ""
    # Who comes back to their own post replaces nobody.
    return ", ".join(one.name for one in consent.displaced(reader.office(), issued) if one.nip != issued.nip)


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


def _replaced(press: Press) -> int | None:
    """Return the number of the holder whom the invite on the card is to replace."""
    code, _, replaced = (press.card.subject or "").partition(":")
    chosen = press.card.face is Face.INVITING and code == press.argument and replaced.isdecimal()
    return int(replaced) or None if chosen else None


def _deciding(press: Press) -> tuple[Person, int]:
    """Return the person who decides, and the Telegram account whose card was tapped, while it has force."""
    if press.person is None:
        raise NotRegistered
    if press.card.kind is not CardKind.CANDIDATE or not press.card.live:
        admin(press.person)
        raise CandidateGone
    return press.person, press.card.account_id or 0


TAPS = {
    Touch.INVITE: invite,
    Touch.INVITING: consider_invite,
    Touch.INVITE_BACK: invite_back,
    Touch.OPEN_INVITES: open_invites,
    Touch.WITHDRAWING_INVITE: consider_withdrawal,
    Touch.WITHDRAW_INVITE: withdraw_invite,
    Touch.REPLACE: choose_replaced,
    Touch.LOOK_AT: look_at,
    Touch.ACCEPT: accept,
    Touch.REJECT: reject,
    **managing.TAPS,
    **relieving.TAPS,
    **entering.TAPS,
    **seconding.TAPS,
}
SCREENS = {
    CardKind.ADMINISTRATION: managing.draw,
    CardKind.CANDIDATE: draw_candidate,
    CardKind.INVITATION: draw_invitation,
    **seconding.SCREENS,
}
