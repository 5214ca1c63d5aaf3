"""Who is registered, and who is still expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.administration.expectation import Expected, expect
from models.queries.people import awaited, person_with_nip, registered

if TYPE_CHECKING:
    from tests.models.bureau import Bureau


def test_everybody_registered_is_listed_by_name_with_or_without_an_account(bureau: Bureau) -> None:
    bureau.hires("ani", "Ani Lestari", account=False)
    names = [person.name for person in bureau.work(registered)]
    assert names[:3] == ["Andi Pratama", "Ani Lestari", "Bambang Wijaya"]
    assert names == sorted(names)


def test_a_person_is_found_by_their_nip(bureau: Bureau) -> None:
    somebody = bureau.work(registered)[-1]
    found = bureau.work(lambda records: person_with_nip(records, somebody.nip))
    assert found is not None
    assert found.name == somebody.name
    assert bureau.work(lambda records: person_with_nip(records, "190001011920011001")) is None


def test_who_has_registered_is_not_awaited_any_more(bureau: Bureau) -> None:
    somebody = bureau.work(registered)[0]
    people = [Expected(somebody.nip, somebody.name, ""), Expected("198502022010012001", "Ani Lestari", "Umum")]
    bureau.work(lambda records: expect(records, people))
    assert bureau.work(awaited) == 1
