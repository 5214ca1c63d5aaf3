"""Joining an office without a chat: an invite, what a newcomer gives, and the word of those who are asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.administration import admission, consent
from models.journal.chain import Entry
from models.mail.card import Card, CardKind
from models.mail.correspondence import About
from models.office.invitation import Invite, InviteKind
from models.office.person import Person
from models.office.registration import Registration
from models.repository.office_lock import locked_office_chain
from models.repository.told import STATE, STOCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.repository.records import Records
    from tests.models.bureau import Bureau

EKA = 9001
NIP = "197001011995032002"
MINUTE = timedelta(minutes=1)


def code_for(
    bureau: Bureau, kind: InviteKind, post: str | None = None, *, by: str | None = None, nip: str | None = None
) -> str:
    """Issue an invite, and show it to its admin as the bot does."""

    def issue(records: Records) -> str:
        admin = person(records, bureau, by) if by else None
        invite = admission.invite(records, kind, post=post, nip=nip, by=admin)
        if admin is not None and admin.account_id is not None:
            records.show(CardKind.INVITATION, admin.account_id, person=admin, about=About(invite_id=invite.id))
        return invite.renew()

    return bureau.work(issue)


def person(records: Records, bureau: Bureau, name: str) -> Person:
    return records.session.get_one(Person, bureau[name].id)


def claims(bureau: Bureau, code: str, account: int = EKA) -> tuple[Registration, Invite]:
    return bureau.work(lambda records: admission.claim(records, code, account))


def gives(bureau: Bureau, nip: str = NIP, name: str = "Eka Sumual", *, account: int = EKA) -> None:
    def give(records: Records) -> None:
        registration = records.session.get_one(Registration, account)
        registration.nip, registration.name = nip, name

    bureau.work(give)


def confirms(bureau: Bureau, account: int = EKA) -> Person | None:
    def complete(records: Records) -> Person | None:
        return admission.complete(records, records.session.get_one(Registration, account))

    return bureau.work(complete)


def joins(
    bureau: Bureau,
    kind: InviteKind,
    post: str | None = None,
    *,
    nip: str = NIP,
    name: str = "Eka Sumual",
    account: int = EKA,
    named: bool = True,
) -> Person | None:
    """Open an invite, give NIP and name, confirm; None while an admin must decide.

    An invite for a post or an admin names the person, unless it is not to be `named`.
    """
    for_whom = nip if named and kind is not InviteKind.OFFICE else None
    claims(bureau, code_for(bureau, kind, post, nip=for_whom), account)
    gives(bureau, nip, name, account=account)
    return confirms(bureau, account)


def mark_of(bureau: Bureau, account: int = EKA) -> str:
    def read(records: Records) -> str:
        registration = admission.candidate(records, account)
        known = consent.namesake(records, registration)
        return admission.mark(records.lock_office(), registration, known, listed="")

    return bureau.work(read)


def accepts(bureau: Bureau, *, by: str = "dewi", shown: str | None = None) -> Person:
    mark = mark_of(bureau) if shown is None else shown
    return bureau.work(lambda records: admission.accept(records, EKA, mark, by=person(records, bureau, by)))


def rejects(bureau: Bureau, *, by: str = "dewi", shown: str | None = None) -> Registration:
    mark = mark_of(bureau) if shown is None else shown
    return bureau.work(lambda records: admission.reject(records, EKA, mark, by=person(records, bureau, by)))


def journal(bureau: Bureau, count: int) -> list[tuple[str, int | None, str, dict[str, Any]]]:
    """Return the last acts in the office's chain: action, actor, capacity, payload. What rows became is left out."""

    def read(records: Records) -> list[tuple[str, int | None, str, dict[str, Any]]]:
        entries = locked_office_chain(records.session).entries.select().options(joinedload(Entry.payload))
        entries = entries.where(Entry.action.not_in((STATE, STOCK)))
        found: Sequence[Entry] = records.session.scalars(entries.order_by(Entry.sequence)).all()[-count:]
        assert all(one.at == bureau.at for one in found)
        return [(one.action, one.actor_id, one.capacity, (one.payload and one.payload.body) or {}) for one in found]

    return bureau.work(read)


def cards(bureau: Bureau, kind: CardKind) -> list[Card]:
    return bureau.work(
        lambda records: list(records.session.scalars(select(Card).where(Card.kind == kind).order_by(Card.id)))
    )


def nip_of(bureau: Bureau, name: str) -> str:
    return bureau.work(lambda records: person(records, bureau, name).nip)
