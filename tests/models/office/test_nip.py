"""A NIP is checked where its form is certain and questioned where it is not; a name is what it claims to be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.office.name import NameFault, is_latin, likeness, parse_name
from models.office.nip import NipDoubt, NipFault, doubts, is_nip, parse_identity, parse_nip, split_identity
from models.refusals.registration import NameInvalid, NipInvalid

NIP = "197001011995032002"
WIDE = "\uff11\uff19\uff17\uff10\uff10\uff11\uff10\uff11 199503 2 002"
PPPK = "199009132025242014"
"""A published number of a PPPK: its 13th and 14th digits are no month."""


@pytest.mark.parametrize(
    "text", [NIP, "19700101 199503 2 002", " 19700101.199503.2.002 ", "19700101-199503-2-002\n", WIDE]
)
def test_a_nip_may_be_written_as_on_the_card(text: str) -> None:
    assert parse_nip(text) == NIP


@pytest.mark.parametrize(
    ("text", "fault", "digits"),
    [
        ("", NipFault.LENGTH, 0),
        ("Siti", NipFault.LENGTH, 0),
        ("1970010119950320", NipFault.LENGTH, 16),
        (NIP + "0", NipFault.LENGTH, 19),
        ("١٩٧٠٠١٠١١٩٩٥٠٣٢٠٠٢", NipFault.LENGTH, 0),
        ("197001011995032OO2", NipFault.LENGTH, 16),
        ("197001011995032002; DROP TABLE people", NipFault.WORDS, 18),
        ("197013011995032002", NipFault.BIRTH, 18),
        ("197002301995032002", NipFault.BIRTH, 18),
        ("000000000000000000", NipFault.BIRTH, 18),
        ("189912312025211001", NipFault.BIRTH, 18),
    ],
)
def test_what_is_no_nip_is_refused_with_what_is_wrong(text: str, fault: NipFault, digits: int) -> None:
    with pytest.raises(NipInvalid) as refusal:
        parse_nip(text)
    assert (refusal.value.fault, refusal.value.digits) == (fault, digits)


@pytest.mark.parametrize("nip", [NIP, PPPK])
def test_the_number_of_an_employee_of_either_kind_raises_no_doubt(nip: str) -> None:
    assert parse_nip(nip) == nip
    assert doubts(nip) == ()


@pytest.mark.parametrize(
    ("nip", "found"),
    [
        ("197001011995032000", (NipDoubt.ROUNDED,)),
        ("197001011995033002", (NipDoubt.SEX,)),
        ("197001011970032002", (NipDoubt.APPOINTMENT,)),
        ("199503011994030000", (NipDoubt.APPOINTMENT, NipDoubt.SEX, NipDoubt.ROUNDED)),
    ],
)
def test_what_is_unusual_is_taken_and_questioned(nip: str, found: tuple[NipDoubt, ...]) -> None:
    assert parse_nip(nip) == nip
    assert doubts(nip) == found


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2010, 12, 31)),
    st.integers(min_value=16, max_value=60),
    st.integers(min_value=0, max_value=99),
    st.integers(min_value=1, max_value=2),
    st.integers(min_value=1, max_value=999),
)
def test_every_number_that_the_state_could_give_is_taken_without_a_doubt(
    born: date, age: int, month_or_kind: int, sex: int, serial: int
) -> None:
    nip = f"{born:%Y%m%d}{born.year + age}{month_or_kind:02d}{sex}{serial:03d}"
    assert parse_nip(nip) == nip
    assert doubts(nip) == ()


@given(st.text(alphabet="0123456789", min_size=18, max_size=18))
def test_what_a_spreadsheet_has_rounded_is_never_taken_without_a_doubt(digits: str) -> None:
    rounded = digits[:15] + "000"
    try:
        nip = parse_nip(rounded)
    except NipInvalid:
        return
    assert NipDoubt.ROUNDED in doubts(nip)


@given(st.text(max_size=30))
def test_whatever_is_sent_is_a_nip_of_18_digits_or_refused(text: str) -> None:
    try:
        nip = parse_nip(text)
    except NipInvalid:
        return
    assert len(nip) == 18
    assert nip.isascii()
    assert nip.isdigit()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Siti  Rahmawati,  M.Si.", "Siti Rahmawati, M.Si."),
        ("  Ny. Ma'rifah D'Souza-Øst ", "Ny. Ma'rifah D'Souza-Øst"),
        ("Bo", "Bo"),
        ("x" * 100, "x" * 100),
        ("\uff33iti\u00a0Rahma\ufb01", "Siti Rahmafi"),
        ("Jose\u0301 Nguyễn", "José Nguyễn"),
        ("Ibu Ma\u02bcrifah", "Ibu Ma\u02bcrifah"),
        (
            "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432",
            "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432",
        ),
    ],
)
def test_a_name_keeps_its_letters_and_loses_its_spaces(text: str, name: str) -> None:
    assert parse_name(text) == name


@pytest.mark.parametrize(
    "text",
    ["", " ", "A", "12 34", "x" * 101, "Siti\nRahmawati", "Siti\x00", "Siti\u202eitis", "😀😀"]
    + [blank * 3 for blank in "\u115f\u1160\u3164\uffa0\u2800"]
    + ["Siti\u3164Rahmawati"],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(NameInvalid):
        parse_name(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Siti", None),
        ("S", NameFault.FORM),
        ("S\u0456ti Rahmawati", NameFault.SCRIPTS),
        ("Siti Rahmaw\u03b1ti", NameFault.SCRIPTS),
        ("Si\u0323\u0302ti", None),
        ("Si\u0323\u0302\u0301ti", NameFault.MARKS),
        ("Siti" + "\u0336" * 40, NameFault.MARKS),
        ("\u0301Siti", NameFault.MARKS),
        ("Siti \u0301Rahmawati", NameFault.MARKS),
    ],
)
def test_a_name_has_one_script_and_at_most_two_marks_on_a_letter(text: str, fault: NameFault | None) -> None:
    if fault is None:
        assert parse_name(text)
        return
    with pytest.raises(NameInvalid) as refusal:
        parse_name(text)
    assert refusal.value.fault == fault


@given(st.text(max_size=60))
def test_a_name_once_read_stays_as_it_is(text: str) -> None:
    try:
        name = parse_name(text)
    except NameInvalid:
        return
    assert parse_name(name) == name


@pytest.mark.parametrize(
    "other",
    [
        "karel contoh",
        "KAREL  CONTOH",
        "Karel Contoh, S.H., M.H.",
        "Karel C0ntoh",
        "Kare1 Contoh",
        "KareI Contoh",
        "K\u00e1rel Contoh",
        "Karel-Contoh.",
        "\u041a\u0430rel C\u043entoh",
        "Dr. H. Karel Contoh",
        "Kare\u0142 C\u00f8ntoh",
        "K\u0251rel Contoh",
        "\u1d0b\u1d00\u0280\u1d07\u029f \u1d04\u1d0f\u0274\u1d1b\u1d0f\u029c",
    ],
)
def test_names_that_look_the_same_have_one_likeness(other: str) -> None:
    assert likeness(other) == likeness("Karel Contoh")


def test_greek_capitals_look_like_their_latin_ones() -> None:
    assert likeness("\u0397\u0391\u039d\u039d\u0391") == likeness("Hanna")
    assert likeness("\u039d\u0391\u039f\u039c\u0399 \u0396\u0395\u03a4\u03a4\u0391") == likeness("Naomi Zetta")


@pytest.mark.parametrize(
    ("name", "latin"), [("Nguy\u1ec5n Ma\u02bcri", True), ("\ua4ee\ua4e0\ua4f2", False), ("12", True)]
)
def test_a_name_is_in_latin_letters_or_not(name: str, latin: object) -> None:
    assert is_latin(name) is latin


def test_names_that_look_different_have_different_likenesses() -> None:
    names = ["Karel Contoh", "Karin Contoh", "Karel Santoso", "Kamel Contoh", "Dina Contoh"]
    assert len({likeness(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        (f"{NIP} Siti R., M.Si.", "Siti R., M.Si."),
        (f"{NIP} Siti, - | ", "Siti"),
        (f"Siti R., M.Si., NIP. : {NIP}", "Siti R., M.Si."),
        (f"Nama lengkap: Siti\nNIP: {NIP}", "Siti"),
        (f"Siti Sinip {NIP}", "Siti Sinip"),
        (f"nip {NIP}", ""),
        (f"NI PPPK: {PPPK} Ani Contoh", "Ani Contoh"),
        (f"NIPPPK {PPPK}\nAni Contoh", "Ani Contoh"),
        (f"Ani Contoh\nNI PPPK {PPPK}", "Ani Contoh"),
        (f"Ani Contoh, NI. PPPK. {PPPK}", "Ani Contoh"),
        (f"Nomor Induk PPPK: {PPPK}\nNama: Ani Contoh", "Ani Contoh"),
        (f"NIP/NI PPPK: {PPPK}", ""),
        (f"No. NIP {NIP} Ani Contoh", "Ani Contoh"),
        (f"NIP baru: {NIP} Ani Contoh", "Ani Contoh"),
        (f"{NIP} Ni Made Contoh", "Ni Made Contoh"),
        (f"Ni Made Contoh {NIP}", "Ni Made Contoh"),
        ("19700101\u2013199503\u20132\u2013002 Ani Contoh", "Ani Contoh"),
        (f"Siti{' ' * 300}{NIP}{' ,' * 300}", "Siti"),
        ("Siti Rahmawati", ""),
    ],
)
def test_the_words_beside_a_nip_are_free_of_labels_and_loose_ends(text: str, beside: str) -> None:
    assert split_identity(text)[1] == beside


@pytest.mark.parametrize(
    ("text", "number"),
    [("PPNPN-07", "PPNPN-07"), (" hon/2026/3 ", "HON/2026/3"), ("K1A", "K1A"), ("A" * 17 + "1", "A" * 17 + "1")],
)
def test_somebody_without_a_nip_has_a_number_of_the_office(text: str, number: str) -> None:
    assert parse_identity(text) == number
    assert not is_nip(number)
    assert doubts(number) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("PPNPN", "07", "7110", "A1", "A" * 18 + "1", "7-PPNPN", "PPNPN--07", "PPNPN-07-", "PPNPN 07"),
        *("NIP1970", "nik-7171012345", "7171012345678901", "19700101I99503Z", "ＰＰＮＰＮ-07", "PPNPN-٠٧", "P'OR'1"),
    ],
)
def test_what_is_neither_is_refused_as_a_nip(text: str) -> None:
    with pytest.raises(NipInvalid):
        parse_identity(text)


def test_a_nip_is_an_identity_as_well() -> None:
    assert parse_identity("19700101 199503 2 002") == NIP
    assert is_nip(NIP)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PPNPN-07 Budi Contoh", ("PPNPN-07", "Budi Contoh")),
        ("PPNPN-07, Budi Contoh", ("PPNPN-07", "Budi Contoh")),
        ("ppnpn-07\nBudi Contoh", ("ppnpn-07", "Budi Contoh")),
        ("PPNPN-07", ("PPNPN-07", "")),
        ("Budi Contoh PPNPN-07", ("", "")),
        (f"K1 {NIP}", (NIP, "K1")),
        ("", ("", "")),
    ],
)
def test_an_office_number_stands_before_the_name(text: str, found: tuple[str, str]) -> None:
    assert split_identity(text) == found
