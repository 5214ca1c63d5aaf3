"""Admission: how a Telegram account becomes a person of the office.

An account comes with an invite and gives a NIP and a name. Neither the invite nor the NIP proves identity: a link can
be passed on, and a NIP is no secret. Who must agree, and where nobody is asked, is in
`models/administration/consent.py`. Somebody who has no NIP comes with a number that an admin gave them
(`models/office/nip.py`).
"""

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import select

from models.administration import consent, first_words, menus, reachability
from models.administration.appointment import appoint, redraw_lists, require_admin, settle_candidate, settle_shown
from models.administration.dealing import reseat
from models.case.journey import SYSTEM
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import About, Alert
from models.office.invitation import ExpectedPerson, Invite, InviteKind, issue
from models.office.office import Office
from models.office.person import Person, includes, reachable, unique
from models.office.registration import Registration
from models.refusals.administration import CandidateGone, NotForOneself
from models.refusals.registration import AlreadyRegistered, InviteInvalid, NipTaken
from models.refusals.work import CardOutOfDate
from models.repository.finder import Finder
from models.repository.records import Records

_MARK_LENGTH = 32
"""Hexadecimal digits of a mark; a button's argument has room for 64 characters."""


def invite(
    records: Records,
    kind: InviteKind,
    *,
    post: str | None = None,
    nip: str | None = None,
    by: Person | None = None,
    replaces: int | None = None,
) -> Invite:
    """Issue an invite; `Invite.renew` gives its code. `by` is None at the command line.

    `nip` names the person whom it is for; an admin confirms who uses an invite that names nobody. `replaces` is the
    number of the holder who leaves, of a post that several hold. Raises `UnknownPost` for a post that the office does
    not have, `NotAdmin`.
    """
    if post is not None:
        records.rules.office.post(post)
    if by is not None:
        require_admin(records, by)
    issued, _ = issue(kind, post=post, nip=nip, at=records.at)
    issued.issued_by_id, issued.replaces_id = by.id if by is not None else None, replaces
    records.session.add(issued)
    records.session.flush()
    capacity = "admin" if by else SYSTEM
    said = {"post": post, "named": True if nip else None, "replaces": replaces}
    records.log_office("invite", by, capacity=capacity, invite=issued.id, kind=kind.value, **said)
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
    if found is None or not consent.offers(records.lock_office(), found):
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
    if consent.needed(records, registration, granted):
        registration.waits_since = records.at
        records.log_office("await-admin", None, invite=granted.id)
        about = About(account_id=registration.account_id)
        for person in consent.asked(records, records.lock_office(), granted, candidate=registration.account_id):
            records.owe(correspondence.card(CardKind.CANDIDATE, person, at=records.at, about=about))
        redraw_lists(records)
        return None
    return _admit(records, registration, granted)


def accept(records: Records, account_id: int, shown: str, *, by: Person) -> Person:
    """Let an admin accept a candidate, or one who may agree that a post is taken from its holder.

    `shown` is the `mark` of the candidate whom `by` saw. Raises `NotForOneself` where `by` is the candidate, `NotAdmin`
    where `by` is not asked, `OthersMustAgree` where they are an admin who may not decide this alone, `CandidateGone`,
    `CardOutOfDate` where the candidate has changed since, and `NipTaken`.
    """
    if by.account_id == account_id:
        raise NotForOneself
    office = records.lock_office_to_change()
    waiting = records.registration(account_id)
    granted = records.invite_by_id(waiting.invite_id) if waiting is not None else None
    consent.check(records, office, granted, candidate=account_id, by=by)
    registration = _shown(records, account_id, shown)
    capacity = "admin" if includes(reachable(office.admins), by.id) else "person"
    # Before the admission: a holder who is displaced by it has a card, too.
    settle_candidate(records, account_id, Face.ACCEPTED, by=by)
    person = _admit(records, registration, records.session.get_one(Invite, registration.invite_id))
    records.log_office("accept-candidate", by, capacity=capacity, person=person.id)
    return person


def reject(records: Records, account_id: int, shown: str, *, by: Person) -> Registration:
    """Let an admin turn a candidate down. `shown` is the `mark` of the candidate whom the admin saw.

    The name is kept for the admins' cards, the NIP and the first words are not. The invite serves the candidate no
    more, so that they cannot come back with another NIP; the office's own link goes on. Raises `NotAdmin`,
    `CandidateGone`, and `CardOutOfDate` where the candidate has changed since.
    """
    require_admin(records, by)
    registration = _shown(records, account_id, shown)
    granted = records.session.get_one(Invite, registration.invite_id)
    granted.spend()
    if granted.kind is not InviteKind.OFFICE:
        settle_shown(records, Card.invite_id == granted.id, Face.WITHDRAWN)
    registration.nip, registration.waits_since = None, None
    first_words.erase(records, account_id)
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


def _shown(records: Records, account_id: int, shown: str) -> Registration:
    """Return the registration that is decided on, if it is still as it was shown."""
    registration = candidate(records, account_id)
    known, listed = consent.namesake(records, registration), consent.listed_as(records, registration)
    if mark(records.lock_office(), registration, known, listed=listed) != shown:
        raise CardOutOfDate
    return registration


def _admit(records: Records, registration: Registration, granted: Invite) -> Person:
    """Make the account a person, give it what the invite names, and end the registration."""
    before = consent.namesake(records, registration)
    returns = before is not None and before.account_id is None
    person = _bound(records, registration)
    records.log_office("register", person, invite=granted.id, kind=granted.kind.value)
    menus.look_again(records.session, person)
    announced = records.lock_office().posts_of(person) if returns else []
    if granted.kind is InviteKind.ADMIN and not person.is_admin:
        person.is_admin = True
        records.forget_office()
        records.log_office("make-admin", person)
        others = [one for one in records.lock_office().admins if one.id != person.id]
        records.owe(*correspondence.alert(Alert.ADMIN_MADE, others, at=records.at, data={"name": person.name}))
    if granted.post is not None and consent.offers(records.lock_office(), granted):
        appoint(records, person, granted.post, replaces=granted.replaces_id)
        announced.append(granted.post)
    if granted.kind is InviteKind.ADMIN:
        reseat(records)
    if returns:
        # Once they hold what the invite names: no task may go by an office that this work only passes through.
        reachability.returned(records, person)
    _announce(records, person, announced)
    granted.spend()
    _show_invite_used(records, granted)
    records.conversation(registration.account_id).settle()
    records.session.delete(registration)
    records.session.flush()
    return person


def _bound(records: Records, registration: Registration) -> Person:
    """Return the person of a registration, made or bound to the account if need be."""
    known = consent.namesake(records, registration)
    if known is None:
        person = _made(records, registration)
        records.session.add(person)
        records.session.flush()
        return person
    if known.account_id is None:
        known.account_id = registration.account_id
        known.unreachable_since = known.unreachable_because = None
        records.session.flush()
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


def _announce(records: Records, person: Person, posts: Sequence[str]) -> None:
    """Tell the admins and the superiors who holds each of `posts` now; one that left the office file is passed over."""
    office = records.lock_office()
    for post in [one for one in office.file.posts if one.code in posts]:
        recipients = [one for one in unique([*office.admins, *office.superiors(post.code)]) if one.id != person.id]
        data = {"name": person.name, "post": post.title}
        records.owe(*correspondence.alert(Alert.APPOINTED, recipients, at=records.at, data=data))


def _show_invite_used(records: Records, granted: Invite) -> None:
    """Let the admin who issued the invite see who used it; the office's own link goes on."""
    if granted.kind is not InviteKind.OFFICE:
        settle_shown(records, Card.invite_id == granted.id, Face.USED)
