"""Consent: who must agree before a candidate is in, and where nobody is asked.

An admin confirms everybody who uses an invite for a post or for an admin, and every claim to a person who is on record
without an account. Nobody is asked where

- the invite names the NIP of a new person, or of a registered one who opens it with their own account;
- it names the NIP of a person who has lost their account, and is for the only post that this person holds;
- it is for an admin, and the office has none who could be asked;
- a new person whom the office expects comes by the office's own link, and gives a NIP.

Yet an admin is asked where a newcomer gives a name that looks like somebody else's, or that is not in Latin letters.

An admin who issued an invite does not take a post from its holder alone, though the invite names a NIP: another admin
agrees, the holder, or the superior. Nor does an admin who has ended the holder's time before. An admin who took the
account from somebody in chat does not let the person back in alone: another admin agrees, a superior, or the head of
the office. No candidate decides on themselves.

A holder, a superior or a head who agrees holds the post definitively. A Plh. and a Plt. agree to nothing: the admin may
have named them.
"""

from collections.abc import Iterable
from typing import assert_never

from sqlalchemy import select

from models.administration.second_person import definitive, own_heads, own_superiors
from models.office.invitation import ExpectedPerson, Invite, InviteKind
from models.office.name import is_latin, likeness
from models.office.nip import is_nip
from models.office.office import Office
from models.office.person import Person, includes, reachable, unique
from models.office.registration import Registration
from models.office.tenure import Tenure
from models.refusals.administration import NotAdmin, OthersMustAgree
from models.refusals.registration import NipTaken
from models.repository.finder import Finder
from models.repository.records import Records


def offers(office: Office, granted: Invite) -> bool:
    """Whether the office still has what the invite is for; its file may have changed since."""
    return granted.post is None or granted.post in {post.code for post in office.file.posts}


def namesake(finder: Finder, registration: Registration) -> Person | None:
    """Return the person of the office who has the NIP that a registration gives."""
    found = select(Person).where(Person.nip == registration.nip)
    return finder.session.scalar(found, execution_options={"populate_existing": True})


def listed_as(finder: Finder, registration: Registration) -> str:
    """Return the name that the office's list has for the NIP that a registration gives, "" where it is not listed."""
    expected = finder.session.get(ExpectedPerson, registration.nip) if registration.nip else None
    return expected.name if expected is not None else ""


def lookalikes(finder: Finder, registration: Registration) -> list[str]:
    """Return the names of other people, registered or expected, that look like the name that a registration gives."""
    given = likeness(registration.name or "")
    registered = finder.session.execute(select(Person.name, Person.nip).order_by(Person.id)).all()
    expected = finder.session.execute(select(ExpectedPerson.name, ExpectedPerson.nip).order_by(ExpectedPerson.nip))
    others = (name for name, nip in (*registered, *expected) if nip != registration.nip)
    return list(dict.fromkeys(name for name in others if likeness(name) == given))


def needed(records: Records, registration: Registration, granted: Invite) -> bool:
    """Whether somebody must agree to what a registration claims by an invite. Raises `NipTaken`."""
    known = namesake(records, registration)
    registered = known is not None and known.account_id is not None
    if known is not None and known.account_id not in (None, registration.account_id):
        raise NipTaken
    named = granted.nip is not None and granted.nip == registration.nip and not _contested(records, granted, known)
    may_be_asked = granted.kind == InviteKind.OFFICE or bool(reachable(records.lock_office().admins))
    if may_be_asked and known is None and _names_themselves_oddly(records, registration):
        return True
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


def _contested(records: Records, granted: Invite, known: Person | None) -> bool:
    """Whether the admin who issued an invite cannot give its post by a NIP alone: to herself, or from its holder."""
    if granted.issued_by_id is None:
        return False
    to_oneself = known is not None and known.id == granted.issued_by_id
    to_oneself = to_oneself or _unbound_by(known) == granted.issued_by_id
    return to_oneself or is_contested(records, records.lock_office(), granted)


def _names_themselves_oddly(records: Records, registration: Registration) -> bool:
    """Whether a newcomer chose a name that looks like somebody else's, or that admins cannot tell by sight."""
    expected = records.session.get(ExpectedPerson, registration.nip)
    if expected is not None and expected.name:
        return False
    return not is_latin(registration.name or "") or bool(lookalikes(records, registration))


def displaced(office: Office, granted: Invite | None) -> list[Person]:
    """Return the holders who lose their post to the person who uses the invite."""
    if granted is None or granted.post is None or not offers(office, granted):
        return []
    return unique(one.person for one in office.ended_by_appointing(granted.post, replaces=granted.replaces_id))


def asked(finder: Finder, office: Office, granted: Invite, *, candidate: int) -> list[Person]:
    """Return the people who get the card of a candidate: the admins and, for a held post, its holder and superior.

    `candidate` is the account that waits. Who has no account is left out, as is the candidate.
    """
    able = agreeing(finder, office, granted, candidate=candidate)
    return _others([*office.admins, *(_concerned(finder, office, granted) or []), *able], candidate)


def agreeing(finder: Finder, office: Office, granted: Invite | None, *, candidate: int) -> list[Person]:
    """Return the people each of whom may accept the candidate who uses the invite; None is an unknown invite."""
    concerned, known = _concerned(finder, office, granted), _claimed(finder, candidate)
    excluded = {_unbound_by(known)}
    if concerned is not None and granted is not None:
        excluded.add(granted.issued_by_id)
    able = [*(one for one in office.admins if one.id not in excluded), *(concerned or [])]
    if known is not None and _unbound_by(known) is not None:
        able += [one for post in _posts(office, known) for one in own_superiors(office, post)]
        able += own_heads(office) if not reachable(able) else []
        able = [one for one in able if one.id not in excluded]
    return _others(able, candidate)


def check(finder: Finder, office: Office, granted: Invite | None, *, candidate: int, by: Person) -> None:
    """Raise `NotAdmin` or `OthersMustAgree` unless `by` may accept the candidate who uses the invite."""
    able = agreeing(finder, office, granted, candidate=candidate)
    if includes(able, by.id):
        return
    if not includes(reachable(office.admins), by.id):
        raise NotAdmin
    raise OthersMustAgree(", ".join(person.name for person in able), len(able))


def is_contested(finder: Finder, office: Office, granted: Invite) -> bool:
    """Whether the admin who issued the invite cannot decide alone who gets its post."""
    return granted.issued_by_id is not None and _concerned(finder, office, granted) is not None


def _claimed(finder: Finder, candidate: int) -> Person | None:
    """Return the person of the office whom the account that waits claims to be."""
    registration = finder.registration(candidate)
    return namesake(finder, registration) if registration is not None and registration.nip else None


def _unbound_by(known: Person | None) -> int | None:
    """Return the admin who took the account in chat from a person who has none since."""
    return known.unbound_by_id if known is not None and known.account_id is None else None


def _posts(office: Office, known: Person) -> list[str]:
    present = {post.code for post in office.file.posts}
    return [post for post in office.posts_of(known) if post in present]


def _others(people: Iterable[Person], candidate: int) -> list[Person]:
    return [person for person in reachable(unique(people)) if person.account_id != candidate]


def _concerned(finder: Finder, office: Office, granted: Invite | None) -> list[Person] | None:
    """Return who may agree beside the admins that a post changes hands: its own holder and the superiors.

    None where that is the admins' own business: the post is vacant, or several hold it.
    """
    if granted is None or granted.post is None:
        return None
    holders = displaced(office, granted)
    if not holders and not _vacated_by_its_issuer(finder, office, granted):
        return None
    own = [one for one in holders if includes(definitive(office, granted.post), one.id)]
    return [*own, *own_superiors(office, granted.post)]


def _vacated_by_its_issuer(finder: Finder, office: Office, granted: Invite) -> bool:
    """Whether the admin who issued the invite ended the time of the last holder: otherwise two taps would do alone."""
    if granted.issued_by_id is None or not offers(office, granted) or office.holders(granted.post or ""):
        return False
    ended = select(Tenure.ended_by_id).where(Tenure.post == granted.post, Tenure.ends_at.is_not(None))
    last = finder.session.scalar(ended.order_by(Tenure.ends_at.desc(), Tenure.id.desc()).limit(1))
    return last == granted.issued_by_id
