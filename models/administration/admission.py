"""Admission: how a Telegram account becomes a person of the office.

An account comes with an invite and gives a NIP and a name. Neither the invite nor the NIP proves identity: a link can
be passed on, and a NIP is no secret. An admin confirms everybody who uses an invite for a post or for an admin, and
every claim to a person who is on record without an account. Nobody is asked where

- the invite names the NIP of a new person, or of a registered one who opens it with their own account;
- it names the NIP of a person who has lost their account, and is for the only post that this person holds;
- it is for an admin, and the office has none who could be asked;
- a new person whom the office expects comes by the office's own link, and gives a NIP.

Somebody who has no NIP comes with a number that an admin gave them (`models/office/nip.py`). No candidate decides on
themselves.
"""

import hashlib
import json
from typing import assert_never

from sqlalchemy import select

from models.administration import reachability
from models.administration.appointment import appoint, redraw_lists, require_admin, settle_candidate, settle_shown
from models.case.journey import SYSTEM
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import About, Alert
from models.office.invitation import ExpectedPerson, Invite, InviteKind, issue
from models.office.name import likeness
from models.office.nip import is_nip
from models.office.office import Office
from models.office.person import Person, reachable, unique
from models.office.registration import Registration
from models.refusals import (
    AlreadyRegistered,
    CandidateGone,
    CardOutOfDate,
    InviteInvalid,
    NipTaken,
    NotForOneself,
    SecondAdminNeeded,
)
from models.repository.finder import Finder
from models.repository.records import Records

_MARK_LENGTH = 32
"""Hexadecimal digits of a mark; a button's argument has room for 64 characters."""


def invite(
    records: Records, kind: InviteKind, *, post: str | None = None, nip: str | None = None, by: Person | None = None
) -> Invite:
    """Issue an invite; `Invite.renew` gives its code. `by` is None at the command line.

    `nip` names the person whom it is for; an admin confirms who uses an invite that names nobody. Raises `UnknownPost`
    for a post that the office does not have, `NotAdmin`.
    """
    if post is not None:
        records.rules.office.post(post)
    if by is not None:
        require_admin(records, by)
    issued, _ = issue(kind, post=post, nip=nip, at=records.at)
    issued.issued_by_id = by.id if by is not None else None
    records.session.add(issued)
    records.session.flush()
    capacity = "admin" if by else SYSTEM
    records.log_office(
        "invite", by, capacity=capacity, invite=issued.id, kind=kind.value, post=post, named=True if nip else None
    )
    return issued


def claim(records: Records, code: str, account_id: int) -> tuple[Registration, Invite]:
    """Begin the registration of an account by the code of an invite, or go on with it.

    A known person keeps NIP and name, and only confirms. Raises `InviteInvalid`, and `AlreadyRegistered` where the
    invite would give a known person nothing.
    """
    if records.invite(code) is None:
        raise InviteInvalid
    records.lock_office_to_change()
    found = records.invite(code)
    if found is None or not _offers(records, found):
        raise InviteInvalid
    person = records.person(account_id)
    if person is not None and found.kind is InviteKind.OFFICE:
        raise AlreadyRegistered(person.name)
    found.claim(account_id, at=records.at)
    registration = records.registration(account_id)
    if registration is not None and registration.invite_id == found.id and registration.waits_since is not None:
        return registration, found
    if registration is None or registration.invite_id != found.id:
        records.log_office("claim-invite", person, invite=found.id, kind=found.kind.value)
    if registration is None:
        registration = Registration(account_id=account_id, nip=None)
        records.session.add(registration)
    elif registration.waits_since is not None:
        settle_candidate(records, account_id, Face.WITHDRAWN)
    registration.invite_id, registration.begun_at, registration.waits_since = found.id, records.at, None
    if person is not None:
        registration.nip, registration.name = person.nip, person.name
    elif registration.nip is None:
        registration.name = None
    return registration, found


def complete(records: Records, registration: Registration) -> Person | None:
    """Register the account with the NIP and the name it gave, both of which must be there.

    Returns the person, or None where an admin must confirm first. Raises `InviteInvalid` when the invite has expired
    since, `NipTaken` when the NIP is bound to another account, and `CardOutOfDate` when the registration has ended
    since.
    """
    records.lock_office_to_change()
    if records.registration(registration.account_id) is None:
        raise CardOutOfDate
    granted = records.session.get_one(Invite, registration.invite_id, populate_existing=True)
    granted.claim(registration.account_id, at=records.at)
    if _needs_consent(records, registration, granted):
        registration.waits_since = records.at
        records.log_office("await-admin", None, invite=granted.id)
        for admin in reachable(records.lock_office().admins):
            if admin.account_id == registration.account_id:
                continue
            records.owe(
                correspondence.card(
                    CardKind.CANDIDATE, admin, at=records.at, about=About(account_id=registration.account_id)
                )
            )
        redraw_lists(records)
        return None
    return _admit(records, registration, granted)


def accept(records: Records, account_id: int, shown: str, *, by: Person) -> Person:
    """Let an admin accept a candidate. `shown` is the `mark` of the candidate whom the admin saw.

    Raises `NotAdmin`, `NotForOneself` where the admin is the candidate, `SecondAdminNeeded` where the admin issued the
    invite for a post that is held and another admin can decide, `CandidateGone`, `CardOutOfDate` where the candidate
    has changed since, and `NipTaken`.
    """
    if by.account_id == account_id:
        raise NotForOneself
    registration = _shown(records, account_id, shown, by=by)
    granted = records.session.get_one(Invite, registration.invite_id)
    if _needs_another_admin(records, granted, by=by):
        raise SecondAdminNeeded
    person = _admit(records, registration, granted)
    records.log_office("accept-candidate", by, capacity="admin", person=person.id)
    settle_candidate(records, account_id, Face.ACCEPTED, by=by)
    return person


def reject(records: Records, account_id: int, shown: str, *, by: Person) -> Registration:
    """Let an admin turn a candidate down. `shown` is the `mark` of the candidate whom the admin saw.

    The name is kept for the admins' cards, the NIP is not. The invite serves the candidate no more, so that they cannot
    come back with another NIP; the office's own link goes on. Raises `NotAdmin`, `CandidateGone`, and `CardOutOfDate`
    where the candidate has changed since.
    """
    registration = _shown(records, account_id, shown, by=by)
    granted = records.session.get_one(Invite, registration.invite_id)
    granted.spend()
    if granted.kind is not InviteKind.OFFICE:
        settle_shown(records, Card.invite_id == granted.id, Face.WITHDRAWN)
    registration.nip, registration.waits_since = None, None
    records.log_office("reject-candidate", by, capacity="admin", invite=registration.invite_id)
    settle_candidate(records, account_id, Face.REJECTED, by=by)
    return registration


def candidate(records: Records, account_id: int) -> Registration:
    """Return the registration of an account that waits for an admin. Raises `CandidateGone`."""
    registration = records.registration(account_id)
    if registration is None or registration.waits_since is None:
        raise CandidateGone
    return registration


def mark(office: Office, registration: Registration, known: Person | None, *, listed: str) -> str:
    """Return a digest of everything about a candidate that an admin is shown; it changes when any of that changes.

    That is the account, the invite, the NIP and the name, since when they wait, the name that is `listed` for the NIP,
    and the person who is `known` under it with that person's account, rights and posts.
    """
    since = registration.waits_since.timestamp() if registration.waits_since else None
    say = [known.id, known.account_id, known.is_admin, *office.posts_of(known)] if known else []
    claimed = [registration.account_id, registration.invite_id, registration.nip, registration.name, since, say, listed]
    return hashlib.sha256(json.dumps(claimed).encode()).hexdigest()[:_MARK_LENGTH]


def candidates(finder: Finder) -> list[Registration]:
    """Return the registrations that wait for an admin, the longest waiting first."""
    waiting = select(Registration).where(Registration.waits_since.is_not(None))
    return list(finder.session.scalars(waiting.order_by(Registration.waits_since, Registration.account_id)))


def namesake(finder: Finder, registration: Registration) -> Person | None:
    """Return the person of the office who has the NIP that a registration gives."""
    found = select(Person).where(Person.nip == registration.nip)
    return finder.session.scalar(found, execution_options={"populate_existing": True})


def listed_as(finder: Finder, registration: Registration) -> str:
    """Return the name that the office's list has for the NIP that a registration gives, "" where it is not listed."""
    expected = finder.session.get(ExpectedPerson, registration.nip) if registration.nip else None
    return expected.name if expected is not None else ""


def lookalikes(finder: Finder, registration: Registration) -> list[str]:
    """Return the names of other people of the office that look like the name that a registration gives."""
    given = likeness(registration.name or "")
    people = finder.session.execute(select(Person.name, Person.nip).order_by(Person.id))
    return [name for name, nip in people if nip != registration.nip and likeness(name) == given]


def _offers(records: Records, found: Invite) -> bool:
    """Whether the office still has what the invite is for; its file may have changed since."""
    return found.post is None or found.post in {post.code for post in records.rules.office.posts}


def _needs_consent(records: Records, registration: Registration, granted: Invite) -> bool:
    known = namesake(records, registration)
    registered = known is not None and known.account_id is not None
    if known is not None and known.account_id not in (None, registration.account_id):
        raise NipTaken
    named = granted.nip is not None and granted.nip == registration.nip
    match granted.kind:
        case InviteKind.ADMIN:
            # With the last admin go the invites that were issued while there was one (`appointment.unbind`).
            returning = known is not None and not registered
            return (returning or not named) and bool(reachable(records.lock_office().admins))
        case InviteKind.POST:
            if known is None or registered or not named:
                return not named
            return known.is_admin or records.lock_office().posts_of(known) != [granted.post]
        case InviteKind.OFFICE:
            # Office numbers follow each other: who knows one can guess the next, which nobody can with a NIP.
            number = registration.nip or ""
            expected = is_nip(number) and records.session.get(ExpectedPerson, number) is not None
            return not registered and (known is not None or not expected)
        case _:
            assert_never(granted.kind)


def _needs_another_admin(records: Records, granted: Invite, *, by: Person) -> bool:
    """Whether a second admin must agree: the one who issued the invite cannot alone take a post from its holder.

    Where there is no other admin they can; the holder and the superiors are told at once.
    """
    if granted.post is None or granted.issued_by_id != by.id:
        return False
    office = records.lock_office()
    takes = not records.rules.office.post(granted.post).several and bool(office.holders(granted.post))
    return takes and any(admin.id != by.id for admin in reachable(office.admins))


def _shown(records: Records, account_id: int, shown: str, *, by: Person) -> Registration:
    """Return the registration that an admin decides on, if it is still as it was shown to the admin."""
    require_admin(records, by)
    registration = candidate(records, account_id)
    known, listed = namesake(records, registration), listed_as(records, registration)
    if mark(records.lock_office(), registration, known, listed=listed) != shown:
        raise CardOutOfDate
    return registration


def _admit(records: Records, registration: Registration, granted: Invite) -> Person:
    """Make the account a person, give it what the invite names, and end the registration."""
    person = _bound(records, registration)
    records.log_office("register", person, invite=granted.id, kind=granted.kind.value)
    if granted.kind is InviteKind.ADMIN and not person.is_admin:
        person.is_admin = True
        records.log_office("make-admin", person)
    if granted.post is not None and _offers(records, granted):
        appoint(records, person, granted.post)
        _announce(records, person, granted.post)
    granted.spend()
    _show_invite_used(records, granted)
    records.conversation(registration.account_id).settle()
    records.session.delete(registration)
    records.session.flush()
    return person


def _bound(records: Records, registration: Registration) -> Person:
    """Return the person of a registration, made or bound to the account if need be."""
    known = namesake(records, registration)
    if known is None:
        person = _made(records, registration)
        records.session.add(person)
        records.session.flush()
        return person
    if known.account_id is None:
        known.account_id = registration.account_id
        known.unreachable_since = known.unreachable_because = None
        records.session.flush()
        reachability.returned(records, known)
    elif known.account_id != registration.account_id:
        raise NipTaken
    return known


def _made(records: Records, registration: Registration) -> Person:
    expected = records.session.get(ExpectedPerson, registration.nip)
    return Person(
        name=(expected.name if expected else "") or registration.name,
        nip=registration.nip,
        account_id=registration.account_id,
        language=records.conversation(registration.account_id).language.partition("-")[0],
        unit=expected.unit if expected else "",
        is_admin=False,
        registered_at=records.at,
        unreachable_since=None,
        unreachable_because=None,
    )


def _announce(records: Records, person: Person, post: str) -> None:
    """Tell the admins and the superiors who holds the post now."""
    office = records.lock_office()
    recipients = [one for one in unique([*office.admins, *office.superiors(post)]) if one.id != person.id]
    data = {"name": person.name, "post": records.rules.office.post(post).title}
    records.owe(*correspondence.alert(Alert.APPOINTED, recipients, at=records.at, data=data))


def _show_invite_used(records: Records, granted: Invite) -> None:
    """Let the admin who issued the invite see who used it; the office's own link goes on."""
    if granted.kind is not InviteKind.OFFICE:
        settle_shown(records, Card.invite_id == granted.id, Face.USED)
