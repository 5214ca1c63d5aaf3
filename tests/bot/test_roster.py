"""The office's list of people is read as spreadsheets save it, and every bad row is named."""

from pathlib import Path

import pytest

from bot.roster import UnreadableRoster, read_roster, summary
from models.administration.expectation import Expected

ANI = "19800101 200501 2 001"
NIP = "198001012005012001"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pegawai.csv"


@pytest.mark.parametrize(
    "text",
    [
        f"nip,name,unit\n{ANI},Ani Lestari,Umum\n",
        f"NIP;Nama Lengkap;Unit Kerja\r\n{NIP};Ani Lestari;Umum\r\n",
        f"No\tNama\tSatuan Kerja\tNIP\n1\tAni  Lestari\tUmum\t'{ANI}'\n".replace("'", ""),
        f'\ufeffname,nip,unit\n"Ani Lestari",{NIP},Umum\n\n,,\n',
    ],
)
def test_a_list_is_read_in_either_language_with_any_separator(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    roster = read_roster(file)
    assert roster.people == (Expected(NIP, "Ani Lestari", "Umum"),)
    assert roster.bad == ()


def test_the_unit_may_be_left_out(file: Path) -> None:
    file.write_text(f"nip,name\n{NIP},Ani\n", encoding="utf-8")
    assert read_roster(file).people == (Expected(NIP, "Ani", ""),)


def test_every_bad_row_is_named_with_its_number_and_without_its_nip(file: Path) -> None:
    rows = [
        f"{NIP},Ani,Umum",
        "123,Budi,Umum",
        ",Citra,Umum",
        "1.98001E+17,Dedi,Umum",
        "198001012005012002,7,Umum",
        f"{ANI},Ani lagi,Umum",
        f"198001012005012003,Eka,{'x' * 201}",
        "198001012005012004",
        "198001012005012000,Fani,Umum",
        "198013012005012005,Gita,Umum",
        "NIP 198001012005012006,Hani,Umum",
    ]
    file.write_text("\n".join(["nip,name,unit", *rows]), encoding="utf-8")
    roster = read_roster(file)
    assert [person.name for person in roster.people] == ["Ani"]
    assert [one.row for one in roster.bad] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    said = summary(roster.bad)
    assert "18 digits; this one has 3" in said[0]
    assert "missing" in said[1]
    assert "rounded" in said[2]
    assert "name" in said[3]
    assert "earlier line" in said[4]
    assert "201" in said[5]
    assert "rounded" in said[7]
    assert "date of birth" in said[8]
    assert "other signs" in said[9]
    assert not any(NIP[:8] in line for line in said)


def test_the_number_of_a_pppk_is_read_and_an_unusual_one_is_named_and_kept(file: Path) -> None:
    pppk, unusual = "199009132025242014", "198001012005013001"
    file.write_text(f"NI PPPK,Nama\n{pppk},Ani\n{unusual},Budi\n", encoding="utf-8")
    roster = read_roster(file)
    assert [person.nip for person in roster.people] == [pppk, unusual]
    assert roster.bad == ()
    assert [line.split(":")[0] for line in summary(roster.unusual)] == ["Row 3"]
    assert "sex" in summary(roster.unusual)[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "holds no list"),
        (b"PK\x03\x04\0\0", "holds no list"),
        (b"\xff\xfen", "holds no list"),
        (b"nik,name\n1,Ani\n", "only “nik”, “name”. Name the columns"),
        (b'nip,name\n1,"Ani\n2,Budi\n', "a quotation mark near line 3 is not closed"),
        (b"nip\n1\n", "Name the columns"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(file: Path, content: bytes, reason: str) -> None:
    file.write_bytes(content)
    with pytest.raises(UnreadableRoster, match=reason):
        read_roster(file)


def test_an_office_number_stands_where_there_is_no_nip(file: Path) -> None:
    file.write_text("NIP/Nomor Kantor,Nama\nppnpn-07,Umar Contoh\n7171012345678901,Wati Contoh\n", encoding="utf-8")
    roster = read_roster(file)
    assert roster.people == (Expected("PPNPN-07", "Umar Contoh", ""),)
    assert "this one has 16. Without a NIP: an office number" in summary(roster.bad)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_name_beyond_ascii_is_read_in_each_encoding_of_a_spreadsheet(
    file: Path, encoding: str, separator: str
) -> None:
    rows = [["NIP", "Nama", "Unit Kerja"], [NIP, '"Renée Contoh, S.H."', "Umum"]]
    text = "".join(separator.join(cells) + "\r\n" for cells in rows)
    file.write_bytes(text.encode(encoding))
    roster = read_roster(file)
    assert roster.people == (Expected(NIP, "Renée Contoh, S.H.", "Umum"),)
    assert roster.windows == (encoding == "cp1252"), "what nothing in the file proves is said"


def test_a_sheet_as_excel_saves_it_is_read(file: Path) -> None:
    rows = [
        "sep=;",
        "DAFTAR PEGAWAI KANTOR CONTOH, KEADAAN 1 MARET;;;",
        ";;;",
        "No.;Nama Lengkap;NIP;Unit Kerja",
        "1;Ani Lestari;'198001012005012001;Umum",
        '2;Budi Contoh;="198101012005011002";Umum',
        '3;"Citra Contoh; S.E.";"=""198201012005012003""";Keuangan',
        "4;Dedi Contoh;\ufeff19830101\u00a0200501\u00a01\u00a0004;Umum",
        ";;;",
    ]
    text = "".join(f"{row}\r\n" for row in rows)
    file.write_bytes(text.encode("utf-8"))
    roster = read_roster(file)
    assert roster.bad == ()
    assert [(one.nip, one.name) for one in roster.people] == [
        ("198001012005012001", "Ani Lestari"),
        ("198101012005011002", "Budi Contoh"),
        ("198201012005012003", "Citra Contoh; S.E."),
        ("198301012005011004", "Dedi Contoh"),
    ]


def test_a_row_has_the_number_that_the_spreadsheet_shows(file: Path) -> None:
    rows = [
        "sep=;",
        "Daftar pegawai",
        "",
        "nip;nama;unit",
        f'{NIP};"Ani\nLestari";Umum',
        "1,97702E+17;Budi Contoh;Umum",
        "197702012005011000;Citra Contoh;Umum",
        "198001012005012005;Dedi; S.H.;Umum",
    ]
    text = "".join(f"{row}\n" for row in rows)
    file.write_text(text, encoding="utf-8")
    roster = read_roster(file)
    assert [one.name for one in roster.people] == ["Ani Lestari"]
    said = summary(roster.bad)
    assert [line.split(":")[0] for line in said] == ["Row 5", "Row 6", "Row 7"]
    assert "rounded" in said[0]
    assert "rounded" in said[1]
    assert "more cells than headings" in said[2]


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(UnreadableRoster, match="cannot be read"):
        read_roster(file)
