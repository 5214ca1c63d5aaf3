"""Which open reports are alike: twenty outages, reported two hundred times, and what holds for any reports."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.search.likeness import ENOUGH, LASTS, MOST, Told, alike
from tests.models.search import outages
from tests.models.search.outages import BEGIN, OUTAGES

USED_WHILE_BUILDING, HELD_OUT = 1, 20261130
"""The rules of likeness were made with one seed; the other was not looked at until they were done."""


@dataclass(slots=True)
class Day:
    """The reports of one seed, where everybody takes the first offer that is made to them, and sends where none is."""

    joined: int = 0
    wrong: int = 0
    could: int = 0
    reports: int = 0


def _played(seed: int) -> Day:
    day, cases, of_outage = Day(), dict[int, Told](), dict[int, str]()
    for number, one in enumerate(outages.told(seed)):
        day.reports += 1
        day.could += one.outage in of_outage.values()
        offered = alike(one.text, one.unit, list(cases.values()), at=one.at)
        if offered:
            case = cases[offered[0].key]
            cases[case.key] = replace(case, texts=[*case.texts, one.text])
            day.joined += of_outage[case.key] == one.outage
            day.wrong += of_outage[case.key] != one.outage
        else:
            cases[number], of_outage[number] = Told(number, [one.text], one.unit, one.at), one.outage
    return day


@pytest.mark.parametrize("seed", [USED_WHILE_BUILDING, HELD_OUT])
def test_two_hundred_reports_of_twenty_outages(seed: int) -> None:
    day = _played(seed)
    assert (day.reports, day.could) == (200, 180)
    assert day.joined >= 0.8 * day.could
    assert day.wrong <= 0.02 * day.reports


def test_the_outages_are_not_told_by_one_sentence() -> None:
    """The test above is worth something: most reports are not word for word one that came before."""
    texts = [one.text for one in outages.told(HELD_OUT)]
    assert len(set(texts)) > 180
    assert all(len(outage.phrasings) >= 3 for outage in OUTAGES)


_WORDS = (
    "simpeg",
    "printer",
    "wifi",
    "aula",
    "tinta",
    "kosong",
    "buka",
    "lambat",
    "error",
    "aplikasi",
    "SAKTI",
    "404",
    "di",
)
_WORD = st.sampled_from(_WORDS)
_TEXT = st.lists(_WORD, max_size=8).map(" ".join)
_OTHERS = st.lists(
    st.tuples(_TEXT, st.sampled_from(["", "Umum", "Humas"]), st.integers(-100, 10)),
    max_size=8,
    unique_by=lambda one: one[2],
).map(
    lambda found: [
        Told(number, [text], unit, BEGIN + timedelta(hours=hours)) for number, (text, unit, hours) in enumerate(found)
    ]
)


@given(_TEXT, _OTHERS)
def test_what_holds_for_any_reports(text: str, others: Sequence[Told]) -> None:
    found = alike(text, "Umum", others, at=BEGIN)
    by_key = {one.key: one for one in others}
    assert len(found) <= MOST
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)
    for one in found:
        assert one.likeness >= ENOUGH
        assert timedelta(0) <= BEGIN - by_key[one.key].at <= LASTS
        # What is shown of it are words of the draft, as its writer spelt them.
        assert one.common
        assert set(one.common) <= set(text.split())
    assert alike(text, "Umum", list(reversed(others)), at=BEGIN) == found


@given(_TEXT, _OTHERS)
def test_a_report_told_word_for_word_is_offered(text: str, others: Sequence[Told]) -> None:
    told = text + " simpeg aula"
    again = Told(99, [told], "Umum", BEGIN)
    assert alike(told, "Umum", [*others, again], at=BEGIN)[0].likeness >= 1


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ("Aplikasi error tidak bisa dibuka", "Aplikasi tidak bisa dibuka, error terus"),
        ("Mohon segera ditindaklanjuti", "Mohon segera ditindaklanjuti"),
        ("", "SIMPEG error"),
        ("SIMPEG error", ""),
        ("Printer macet", "Wifi aula lambat"),
    ],
)
def test_general_words_alone_offer_nothing(draft: str, told: str) -> None:
    assert alike(draft, "", [Told(1, [told], "", BEGIN)], at=BEGIN) == []


def test_a_mistyped_word_counts_for_the_word() -> None:
    told = Told(1, ["SIMPEG tidak bisa dibuka"], "", BEGIN)
    for typed in ("simpge", "sipeg", "simpegg", "sinpeg"):
        assert alike(f"{typed} error", "", [told], at=BEGIN), typed
    assert not alike("simpul error", "", [told], at=BEGIN)


def test_the_unit_tells_two_outages_apart() -> None:
    """Two printers with the same fault: the one of one's own unit stands first."""
    humas, umum = (Told(key, ["Printer macet tinta"], unit, BEGIN) for key, unit in ((1, "Humas"), (2, "Umum")))
    assert alike("tinta printer macet", "Humas", [humas, umum], at=BEGIN)[0].key == 1
    assert alike("tinta printer macet", "Umum", [humas, umum], at=BEGIN)[0].key == 2


def test_what_others_wrote_helps_only_where_the_first_report_is_of_the_same_thing() -> None:
    """One person who joined a case by mistake does not draw everybody after them into it."""
    case = Told(1, ["Wifi lantai 2 mati", "Folder bersama di server ditolak"], "", BEGIN)
    assert alike("Folder bersama di server ditolak", "", [case], at=BEGIN) == []
    right = Told(1, ["SIMPEG mati", "Tidak ada simpeg di ruang arsip dan koridor"], "", BEGIN)
    assert alike("simpeg ruang arsip koridor", "", [right], at=BEGIN)
