"""Who is away reads of themselves as “Anda”, and each thing once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.models.administration.leave import (
    FRI,
    MON,
    THU,
    WED,
    answers,
    asks,
    comes,
    files,
    gives_back,
    is_named,
    leaves_to,
)

if TYPE_CHECKING:
    from datetime import date

    from tests.models.bureau import Bureau


def news(bureau: Bureau, name: str, since: int) -> list[str]:
    """Return what a person was told after the first `since` messages."""
    return bureau.codes(name)[since:]


def test_before_the_first_day_and_on_it_one_sentence_each_speaks_to_the_person(bureau: Bureau) -> None:
    absence_id = files(bureau, "siti", THU, FRI)
    asks(bureau, absence_id, "hendra")
    comes(bureau, WED)
    assert news(bureau, "siti", 0) == ["plh-missing-for-you"]
    comes(bureau, THU, hour=0)
    assert news(bureau, "siti", 1) == ["absence-begins-asked"]
    assert not any(code.startswith("alert-") for code in bureau.codes("siti"))


def test_a_refusal_on_the_day_is_told_to_the_person_once(bureau: Bureau) -> None:
    absence_id = files(bureau, "siti", MON, FRI)
    asks(bureau, absence_id, "hendra")
    comes(bureau, WED)
    heard = len(bureau.codes("siti"))
    answers(bureau, absence_id, "hendra", accepts=False)
    assert news(bureau, "siti", heard) == ["plh-refused"]


def test_a_plh_who_gives_it_back_is_told_of_once(bureau: Bureau) -> None:
    absence_id = leaves_to(bureau, "siti", "hendra", MON, FRI)
    heard = len(bureau.codes("siti"))
    gives_back(bureau, absence_id, "hendra")
    assert news(bureau, "siti", heard) == ["plh-refused"]


def test_a_plh_who_lost_the_phone_is_told_of_to_the_person_as_you(bureau: Bureau) -> None:
    leaves_to(bureau, "siti", "hendra", MON, FRI)
    heard = len(bureau.codes("siti"))
    bureau["hendra"].is_unbound()
    assert news(bureau, "siti", heard) == ["plh-lost-for-you"]


def test_an_admin_who_is_away_is_warned_of_themselves_once(bureau: Bureau) -> None:
    bureau["dewi"].takes("kadiv")
    files(bureau, "dewi", MON, FRI)
    comes(bureau, MON, hour=12)
    assert [code for code in bureau.codes("dewi") if "plh" in code or "absence" in code] == ["absence-begins-alone"]


@pytest.mark.parametrize("days", [(MON, FRI), (THU, FRI)])
def test_an_admin_who_names_a_plh_is_not_told_of_it_and_the_others_are(bureau: Bureau, days: tuple[date, date]) -> None:
    first, last = days
    absence_id = files(bureau, "siti", first, last, by="dewi")
    is_named(bureau, absence_id, "hendra", by="dewi")
    assert "alert-absent" not in bureau.codes("dewi"), "it is what she has just done"
    at_once = first == MON
    if not at_once:
        comes(bureau, first, hour=0)
    assert "alert-absent" in bureau.codes("bambang"), "the superior hears who acts"
    assert ("alert-absent" in bureau.codes("dewi")) is not at_once, "days later it is news to her, too"


def test_an_admin_who_names_another_plh_meanwhile_is_not_told_of_it(bureau: Bureau) -> None:
    absence_id = leaves_to(bureau, "siti", "hendra", MON, FRI)
    heard = len(bureau.codes("dewi"))
    is_named(bureau, absence_id, "maria", by="dewi")
    assert news(bureau, "dewi", heard) == []
    assert bureau.codes("bambang").count("alert-absent") == 2
