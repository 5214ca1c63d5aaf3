"""The office's list: whoever is on it comes in by the office's link without an admin's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.administration import admission
from models.administration.expectation import Exchange, Expected, exchange, expect, expected, forget, replace
from models.journal.chain import Entry
from models.office.invitation import ExpectedPerson, InviteKind
from models.queries.people import awaited
from models.repository.told import STATE, STOCK

if TYPE_CHECKING:
    from models.office.person import Person
    from models.repository.records import Records
    from tests.models.bureau import Bureau

ANI = Expected("198502022010012001", "Ani Lestari", "Umum")
EKO = Expected("198601012011011001", "Eko Susanto", "")


def comes_in(bureau: Bureau, expected: Expected, *, account_id: int) -> Person | None:
    """Let somebody use the office's link and give this NIP and name."""

    def register(records: Records) -> Person | None:
        code = admission.invite(records, InviteKind.OFFICE).renew()
        registration, _ = admission.claim(records, code, account_id)
        registration.nip, registration.name = expected.nip, expected.name
        return admission.complete(records, registration)

    return bureau.work(register)


def test_who_is_expected_needs_no_admin_and_who_is_not_waits_for_one(bureau: Bureau) -> None:
    bureau.work(lambda records: expect(records, [ANI]))
    assert comes_in(bureau, EKO, account_id=9002) is None
    ani = comes_in(bureau, ANI, account_id=9001)
    assert ani is not None
    assert ani.unit == "Umum"


def test_a_list_may_be_given_again_with_what_has_changed(bureau: Bureau) -> None:
    bureau.work(lambda records: expect(records, [ANI, EKO]))
    bureau.work(lambda records: expect(records, [Expected(ANI.nip, "Ani Lestari, S.H.", "Keuangan")]))
    kept = bureau.work(lambda records: records.session.get_one(ExpectedPerson, ANI.nip))
    assert (kept.name, kept.unit) == ("Ani Lestari, S.H.", "Keuangan")
    assert bureau.work(awaited) == 2, "who is not on the new list is expected still"


DWI = Expected("198703032012012001", "Dwi Contoh", "Umum")


def test_a_list_that_replaces_another_says_who_goes_and_comes_and_touches_nobody_registered(bureau: Bureau) -> None:
    bureau.work(lambda records: expect(records, [ANI, EKO, DWI]))
    assert comes_in(bureau, ANI, account_id=9001) is not None
    moved = Expected(DWI.nip, DWI.name, "Keuangan")
    new = Expected("198804042013012001", "Fitri Contoh", "")
    wanted = Exchange(coming=(new,), going=(EKO,), changed=(moved,))
    assert bureau.work(lambda records: exchange(records, [moved, new])) == wanted
    assert bureau.work(expected) == [DWI, EKO], "asking changes nothing"
    assert bureau.work(lambda records: replace(records, [moved, new])) == wanted
    assert bureau.work(expected) == [moved, new]
    assert bureau.work(lambda records: records.known(9001).name) == "Ani Lestari"
    assert comes_in(bureau, EKO, account_id=9002) is None, "who is expected no longer waits for an admin"


def test_one_person_is_expected_no_longer(bureau: Bureau) -> None:
    bureau.work(lambda records: expect(records, [ANI, EKO]))
    assert comes_in(bureau, ANI, account_id=9001) is not None
    assert bureau.work(lambda records: forget(records, EKO.nip)) == EKO
    assert bureau.work(lambda records: forget(records, EKO.nip)) is None
    assert bureau.work(lambda records: forget(records, ANI.nip)) is None, "the list means nothing for her any more"
    assert bureau.work(expected) == []
    assert bureau.work(lambda records: records.known(9001).name) == "Ani Lestari"


def test_the_journal_of_the_office_tells_how_many_are_expected_and_not_who(bureau: Bureau) -> None:
    bureau.work(lambda records: expect(records, [ANI, EKO]))

    def last(records: Records) -> tuple[str, str, int | None, object]:
        acts = select(Entry).where(Entry.action.not_in((STATE, STOCK))).options(joinedload(Entry.payload))
        newest = acts.order_by(Entry.sequence.desc()).limit(1)
        entry = records.session.scalars(newest).one()
        return entry.action, entry.capacity, entry.actor_id, entry.payload and entry.payload.body

    assert bureau.work(last) == ("expect", "system", None, {"people": 2})
