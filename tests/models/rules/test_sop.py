"""The SOP as data: the document to the letter, the order of its steps, and what a file is refused for."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.rules.errors import InvalidSop, InvalidStandard, NoReturnTarget, UnknownRole, UnknownStep
from models.rules.sop import Sop, digest
from models.rules.sop_file import load_sop, load_sops, parse_sop
from models.rules.standard import Standard, StandardUnit
from models.rules.step_kinds import StepKind
from models.rules.urgency import Urgency

SOPS = Path(__file__).parents[3] / "models/sops"
SOFTWARE = SOPS / "penanganan-masalah-software.toml"
LONG_CODE = "x" * 65
DURATIONS = "Write 1 to 9999 and a unit: 30 menit, 4 jam, 2 hari."
ACCESS = Path(__file__).parents[1] / "data/permintaan-akses.toml"


@pytest.fixture
def software() -> Sop:
    return load_sop(SOFTWARE)


@pytest.fixture
def access() -> Sop:
    return load_sop(ACCESS)


def refused(text: str) -> list[str]:
    """Return what the validator says against an SOP of this text."""
    with pytest.raises(InvalidSop) as refusal:
        parse_sop(text, source="sop.toml")
    assert all(problem.source == "sop.toml" for problem in refusal.value.problems)
    assert str(refusal.value).splitlines() == [str(problem) for problem in refusal.value.problems]
    return [f"{problem.row}: {problem.reason}" for problem in refusal.value.problems]


def changed(old: str, new: str, *, count: int = 1) -> str:
    """Return the second SOP with one place of its text changed."""
    text = ACCESS.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, count)


def without_step(number: int) -> str:
    head, *steps = ACCESS.read_text(encoding="utf-8").split("[[steps]]")
    return "[[steps]]".join([head, *(step for step in steps if f"number = {number}\n" not in step)])


class TestTheDocument:
    def test_its_head_stands_as_printed(self, software: Sop) -> None:
        assert software.number == "W.25-OT.02.02-1472"
        assert software.title == "PENANGANAN MASALAH SOFTWARE"
        assert software.heading == "STANDAR OPERASIONAL PROSEDUR PENANGANAN MASALAH SOFTWARE"
        assert software.institution == (
            "KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA",
            "KANTOR WILAYAH SULAWESI UTARA",
            "DIVISI ADMINISTRASI",
        )
        assert (software.created, software.revised, software.effective) == (date(2019, 12, 20), None, date(2022, 1, 10))
        assert software.approval.capacity == "Pt. KEPALA KANTOR WILAYAH"
        assert software.approval.statement == "Ditandatangani secara elektronik oleh"
        assert software.approval.name == "JONNY PESTA SIMAMORA"
        assert software.approval.nip == "19731225 199303 1 001"

    def test_it_foresees_no_pause_and_no_short_way(self, software: Sop) -> None:
        assert software.resumes is None
        assert not any(step.pauses for step in software.steps)

    def test_its_lists_stand_as_printed(self, software: Sop) -> None:
        assert [basis[:40] for basis in software.legal_basis] == [
            "Undang-Undang Nomor 11 Tahun 2008 tentan",
            "Undang-Undang Nomor 14 Tahun 2008 tentan",
            "Peraturan Menteri Hukum Dan Hak Asasi Ma",
        ]
        assert software.qualifications == (
            "Memiliki kemampuan Bahasa Pemrograman Komputer",
            "Memiliki pemahaman di bidang TI",
            "Memiliki Pengetahuan di bidang jaringan",
        )
        assert software.equipment == ("Komputer", "Jaringan Internet")
        assert software.record_keeping.startswith("Di Simpan sebagai data elektronik dan manual")
        assert software.warning.startswith("Apabila SOP tidak dilaksanakan dengan baik")
        assert [(related.title, related.code) for related in software.related] == [
            ("Penanganan Masalah Hardware", "penanganan-masalah-hardware")
        ]

    def test_its_columns_keep_their_headings_and_their_other_names(self, software: Sop) -> None:
        assert [role.heading for role in software.roles] == [
            "Kakanwil",
            "Kadiv",
            "Kabag P2L",
            "Kasubbag Humas, RB & IT",
            "JFT PRAKOM",
            "Pegawai",
        ]
        assert software.role("kabag-p2l").aliases == ("Kabag PDH",)
        assert "Kasubbag HTI & RB" in software.role("kasubbag-humas").aliases
        assert software.role("jft-prakom").aliases == ("JFT Pracom",)
        assert [role.title for role in software.roles][-2:] == ["JFT Prakom", "Pegawai"]

    def test_its_nine_rows_run_down_and_up_again(self, software: Sop) -> None:
        assert [(step.number, step.role, step.kind.value, str(step.standard)) for step in software.steps] == [
            (1, "kakanwil", "assign", "30 menit"),
            (2, "kadiv", "assign", "30 menit"),
            (3, "kabag-p2l", "assign", "30 menit"),
            (4, "kasubbag-humas", "assign", "30 menit"),
            (5, "jft-prakom", "handle", "2 hari"),
            (6, "kasubbag-humas", "correct", "1 hari"),
            (7, "kabag-p2l", "correct", "30 menit"),
            (8, "kadiv", "approve", "30 menit"),
            (9, "kakanwil", "acknowledge", "30 menit"),
        ]

    def test_its_rows_keep_the_words_of_the_document(self, software: Sop) -> None:
        assert software.step(2).activity == (
            "Menugaskan Kabag PDH untuk menindaklanjuti disposisi permasalahan software/perangkat lunak"
        )
        assert "JFT Pracom" in software.step(4).activity
        assert software.step(5).requires == "diposisi"
        assert [step.output for step in software.steps] == ["Disposisi"] * 4 + ["Laporan Evaluasi"] * 5
        assert (software.first.mark, software.last.mark) == ("MULAI", "SELESAI")
        assert {step.note for step in software.steps} == {""}

    def test_only_the_pegawai_has_no_step(self, software: Sop) -> None:
        assert [role.code for role in software.reporters] == ["pegawai"]


class TestTheOrder:
    def test_each_step_knows_its_neighbours(self, software: Sop) -> None:
        assert software.before(software.first) is None
        assert software.after(software.first) == software.step(2)
        assert software.before(software.step(6)) == software.step(5)
        assert software.after(software.last) is None
        assert [step.number for step in software.steps if software.is_last(step)] == [9]

    @pytest.mark.parametrize("number", [6, 7, 8])
    def test_returned_work_goes_back_to_the_jft_prakom(self, software: Sop, number: int) -> None:
        assert software.return_target(software.step(number)).role == "jft-prakom"

    @pytest.mark.parametrize("number", [1, 5, 9])
    def test_only_a_review_returns_work(self, software: Sop, number: int) -> None:
        with pytest.raises(NoReturnTarget) as refusal:
            software.return_target(software.step(number))
        assert (refusal.value.sop, refusal.value.number) == (software.code, number)

    def test_unknown_steps_and_roles_are_named(self, software: Sop) -> None:
        for number in (0, -1, 10):
            with pytest.raises(UnknownStep) as missing_step:
                software.step(number)
            assert (missing_step.value.sop, missing_step.value.number) == (software.code, number)
        with pytest.raises(UnknownRole) as missing_role:
            software.role("satpam")
        assert (missing_role.value.where, missing_role.value.role) == (software.code, "satpam")


class TestAnotherSop:
    def test_it_may_begin_with_work_and_correct_before_it_assigns(self, access: Sop) -> None:
        kinds = ["handle", "correct", "assign", "handle", "approve", "acknowledge"]
        assert [step.kind.value for step in access.steps] == kinds

    def test_each_review_returns_to_the_nearest_work_before_it(self, access: Sop) -> None:
        assert access.return_target(access.step(2)) == access.step(1)
        assert access.return_target(access.step(5)) == access.step(4)

    def test_work_is_never_returned_forward(self, access: Sop) -> None:
        handled_next = replace(access.step(3), kind=StepKind.HANDLE)
        sop = replace(access, steps=(*access.steps[:2], handled_next, *access.steps[3:]))
        assert sop.return_target(sop.step(2)) == sop.step(1)

    def test_several_roles_may_only_report(self, access: Sop) -> None:
        assert [role.code for role in access.reporters] == ["pemohon", "tamu"]
        assert [step.number for step in access.steps_of("penyelia")] == [2, 3, 5]

    def test_its_standards_keep_their_units(self, access: Sop) -> None:
        assert access.step(2).standard == Standard(2, StandardUnit.HOURS)
        assert access.step(4).note == "Akses sementara paling lama 30 hari"
        assert access.revised == date(2025, 6, 30)


class TestTheStandard:
    @pytest.mark.parametrize("text", ["1 menit", "30 menit", "4 jam", "2 hari", "9999 hari"])
    def test_it_reads_back_as_written(self, text: str) -> None:
        assert str(Standard.parse(text)) == text

    @pytest.mark.parametrize(
        "text",
        ["", "30", "menit", "0 menit", "-1 hari", "030 menit", "1.5 jam", "30 Menit", "30  menit", "2 bulan", "٣ hari"],
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(InvalidStandard) as refusal:
            Standard.parse(text)
        assert refusal.value.text == text

    def test_it_cannot_be_made_empty(self) -> None:
        with pytest.raises(InvalidStandard) as refusal:
            Standard(0, StandardUnit.HOURS)
        assert refusal.value.text == "0 jam"

    @pytest.mark.parametrize(
        ("one", "other", "longer"),
        [
            ("31 menit", "30 menit", True),
            ("30 menit", "30 menit", False),
            ("29 menit", "30 menit", False),
            ("2 jam", "119 menit", True),
            ("2 jam", "2 jam", False),
            ("3 hari", "2 hari", True),
            ("1 hari", "2 hari", False),
            ("48 jam", "2 hari", False),
            ("49 jam", "2 hari", True),
        ],
    )
    def test_it_is_longer_where_it_is_in_every_office(self, one: str, other: str, *, longer: bool) -> None:
        assert Standard.parse(one).is_longer_than(Standard.parse(other)) is longer

    def test_minutes_and_hours_have_seconds_and_days_have_none(self) -> None:
        assert [Standard.parse(text).seconds for text in ("30 menit", "2 jam", "1 hari")] == [1800, 7200, None]


class TestUrgentStandards:
    @pytest.mark.parametrize(
        ("lines", "standards"),
        [
            ("", ["1 hari", "1 hari", "1 hari"]),
            ('standard_urgent = "4 jam"', ["1 hari", "4 jam", "4 jam"]),
            ('standard_very_urgent = "1 jam"', ["1 hari", "1 hari", "1 jam"]),
            ('standard_urgent = "4 jam"\nstandard_very_urgent = "1 jam"', ["1 hari", "4 jam", "1 jam"]),
            ('standard_urgent = "1 hari"', ["1 hari", "1 hari", "1 hari"]),
        ],
    )
    def test_a_step_has_one_for_each_urgency(self, lines: str, standards: list[str]) -> None:
        text = changed('standard = "1 hari"\n', f'standard = "1 hari"\n{lines}\n')
        step = parse_sop(text, source="sop.toml").step(4)
        assert [str(step.standard_for(urgency)) for urgency in Urgency] == standards

    def test_the_packaged_sop_has_none(self, software: Sop) -> None:
        given = {(step.standard_urgent, step.standard_very_urgent) for step in software.steps}
        assert given == {(None, None)}

    def test_a_wrong_standard_is_not_compared_with(self) -> None:
        said = refused(changed('standard = "1 hari"', 'standard = "sehari"\nstandard_urgent = "2 hari"'))
        assert len(said) == 1


class TestTheVersion:
    def test_the_same_text_is_the_same_version(self, access: Sop) -> None:
        assert access.digest == parse_sop(access.text, source="elsewhere.toml").digest == digest(access.text)

    def test_a_changed_letter_is_another_version(self, access: Sop) -> None:
        assert parse_sop(changed("45 menit", "46 menit"), source="sop.toml").digest != access.digest

    def test_line_ends_and_a_byte_order_mark_are_no_change(self, access: Sop, tmp_path: Path) -> None:
        written_elsewhere = tmp_path / "sop.toml"
        written_elsewhere.write_bytes(b"\xef\xbb\xbf" + access.text.replace("\n", "\r\n").encode())
        assert load_sop(written_elsewhere).digest == access.digest


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('role = "teknisi"', "", "step 4: “role” is missing"),
        ('role = "teknisi"', 'role = "teknis"', "step 4: No role has the code 'teknis'. Did you mean “teknisi”?"),
        ('role = "teknisi"', 'role = ""', "step 4: “role” is empty"),
        ('standard = "1 hari"', 'standard = "sehari"', "step 4: “standard” is 'sehari', which is not a duration"),
        ('standard = "1 hari"', 'standard = "0 hari"', "step 4: “standard” is '0 hari', which takes no time"),
        ('standard = "1 hari"', "standard = 1", "step 4: “standard” is 1. Write it as a text"),
        (
            'standard = "1 hari"',
            'standard = "1 hari"\nstandard_urgent = "sebentar"',
            "step 4: “standard_urgent” is 'sebentar', which is not a duration. Write 1 to 9999",
        ),
        (
            'standard = "1 hari"',
            'standard = "1 hari"\nstandard_urgent = "0 jam"',
            "step 4: “standard_urgent” is '0 jam', which takes no time.",
        ),
        (
            'standard = "1 hari"',
            'standard = "1 hari"\nstandard_urgent = "2 hari"',
            "step 4: “standard_urgent” (2 hari) is longer than “standard” (1 hari). Shorten it, or leave it out.",
        ),
        (
            'standard = "1 hari"',
            'standard = "1 hari"\nstandard_very_urgent = "25 jam"',
            "step 4: “standard_very_urgent” (25 jam) is longer than “standard” (1 hari).",
        ),
        (
            'standard = "1 hari"',
            'standard = "1 hari"\nstandard_urgent = "2 jam"\nstandard_very_urgent = "3 jam"',
            "step 4: “standard_very_urgent” (3 jam) is longer than “standard_urgent” (2 jam).",
        ),
        (
            'standard = "45 menit"',
            'standard = "45 menit"\nstandard_urgent = "1 hari"',
            "step 1: “standard_urgent” (1 hari) is in hari and “standard” (45 menit) is not. Write it in menit or jam.",
        ),
        ("number = 5\n", "number = 4\n", "step 4: Two steps have the number 4; this one is at place 5"),
        ("number = 6\n", "number = 7\n", "step 7: The step at place 6 has the number 7"),
        ("number = 6\n", "number = 0\n", "step 0: “number” holds 0"),
        ("number = 6\n", "number = true\n", "step True: “number” holds True"),
        ("number = 6\n", "", "step at place 6: “number” is missing"),
        ('kind = "approve"', 'kind = "aprove"', "step 5: “kind” is 'aprove'. Did you mean “approve”?"),
        ('kind = "approve"', 'kind = "x"', "step 5: “kind” is 'x'. Known here: acknowledge, approve"),
        ('kind = "acknowledge"', 'kind = "assign"', "step 6: The last step is an assign step, so the case has no end"),
        ('kind = "handle"', 'kind = "acknowledge"', "step 2: A correct step may return the work, but no handle step"),
        ('output = "Ringkasan"', "", "step 1: “output” is missing"),
        ('output = "Ringkasan"', 'ouput = "Ringkasan"', "step 1: The key “ouput” is unknown. Did you mean “output”?"),
        ('warning = "', 'warnings = "', "document: The key “warnings” is unknown. Did you mean “warning”?"),
        ('code = "tamu"', 'code = "loket"', "role loket: An earlier role has this code too"),
        ('code = "tamu"', 'code = "Tamu Kita"', "role Tamu Kita: “code” holds 'Tamu Kita'. Use small letters"),
        ('prefix = "AKSES"', 'prefix = "AKSES1"', "document: “prefix” is 'AKSES1'. Case numbers begin with 2 to 5"),
        ('prefix = "AKSES"', 'prefix = "A"', "document: “prefix” is 'A'"),
        ("created = 2024-02-01", 'created = "1 Februari"', "document: “created” is '1 Februari'. Write a date"),
        ("created = 2024-02-01", "created = 2024-02-01T08:00:00", "document: “created” is 2024-02-01 08:00:00"),
        ("institution = [", "institution = [1, ", "document: “institution” is 1. Write it as a text"),
        ('institution = ["KANTOR CONTOH"]', "institution = []", "document: “institution” is empty"),
        ('institution = ["KANTOR CONTOH"]', 'institution = "K"', "document: “institution” is 'K'. Write it as a list"),
        ('"Periksa identitas"', '"Periksa", "Periksa"', "document: “instructions” lists 'Periksa' twice"),
        ('"Periksa identitas"', f'"{"x" * 61}"', "document: “instructions” has 61 characters. Shorten it to 60"),
        ('title = "Tamu"', f'title = "{"x" * 61}"', "role tamu: “title” has 61 characters. Shorten it to 60"),
        ('title = "PERMINTAAN AKSES APLIKASI"', f'title = "{"x" * 201}"', "document: “title” has 201 characters"),
        ('code = "tamu"', f'code = "{LONG_CODE}"', f"role {LONG_CODE}: “code” has 65 characters. Shorten it to 64"),
        ('name = "CONTOH"', "", "[approval]: “name” is missing"),
        ("[approval]", "[aproval]", "document: “approval” is missing. Add a table [approval]"),
        (
            'prefix = "AKSES"',
            'prefix = "AKSES"\nagain = 2',
            "document: “again” is 2, which is the number of no handle step",
        ),
        ('prefix = "AKSES"', 'prefix = "AKSES"\nagain = 7', "document: “again” is 7, which is the number of no handle"),
        ('prefix = "AKSES"', 'prefix = "AKSES"\nagain = "4"', "document: “again” holds '4'. Give a whole number"),
        (
            'kind = "approve"',
            'kind = "approve"\npauses = true',
            "step 5: “pauses” is true at a step of the kind approve",
        ),
        ('title = "Tamu"', 'title = "Tamu\\u0000"', "role tamu: “title” holds a line break, a tab or another control"),
        ('number = "UJI-2"', "number = ", "line 6: This is not valid TOML near column 10"),
        ('number = "UJI-2"', 'number = "UJI-2"\nnumber = "3"', "line 7: This is not valid TOML"),
        ('mark = "SELESAI"', 'mark = "SELESAI', "line 105: This is not valid TOML near column 16"),
        ('mark = "SELESAI"', 'mark = ["SELESAI"', "line 106: This is not valid TOML at the end of the document"),
    ],
)
def test_what_cannot_run_is_refused_with_its_row_and_its_reason(old: str, new: str, said: str) -> None:
    text = changed(old, new)
    assert [line for line in refused(text) if line.startswith(said)], refused(text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'code = "tamu"',
            'code = "loket"',
            "role loket: An earlier role has this code too. Give each role its own code.",
        ),
        (
            'kind = "acknowledge"',
            'kind = "assign"',
            "step 6: The last step is an assign step, so the case has no end. End with a step of another kind.",
        ),
        (
            'prefix = "AKSES"',
            'prefix = "AKSESS"',
            "document: “prefix” is 'AKSESS'. Case numbers begin with 2 to 5 capital letters, such as SW.",
        ),
        (
            'standard = "1 hari"',
            'standard = "00 jam"',
            f"step 4: “standard” is '00 jam', which takes no time. {DURATIONS}",
        ),
        (
            'standard = "1 hari"',
            'standard = "0 jam lebih"',
            f"step 4: “standard” is '0 jam lebih', which is not a duration. {DURATIONS}",
        ),
        ('standard = "1 hari"', "", "step 4: “standard” is missing. Add a text in quotation marks."),
        ('role = "teknisi"', "", "step 4: “role” is missing. Add a text in quotation marks."),
        ("number = 6\n", "", "step at place 6: “number” is missing. Add a whole number from 1 to 999."),
        ('prefix = "AKSES"', "", "document: “prefix” is missing. Add a text in quotation marks."),
        ('short = "', f'short = "{"x" * 61}"#', "step 1: “short” has 61 characters. Shorten it to 60."),
        (
            "[[roles]]",
            '[[related]]\ntitle = "SOP lain"\ncode = "x y"\n\n[[roles]]',
            "related SOP lain: “code” holds 'x y'. Use small letters and digits, words joined by single hyphens.",
        ),
        (
            "revised = 2025-06-30",
            'revised = ""',
            "document: “revised” is ''. Write a date such as 2026-11-23, without time and quotation marks.",
        ),
    ],
)
def test_one_mistake_is_told_in_one_whole_sentence(old: str, new: str, said: str) -> None:
    assert refused(changed(old, new)) == [said]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('prefix = "AKSES"', 'prefix = "AB"'),
        ('title = "Tamu"', f'title = "{"x" * 60}"'),
        ('title = "PERMINTAAN AKSES APLIKASI"', f'title = "{"x" * 200}"'),
        ('"Periksa identitas"', f'"{"x" * 60}"'),
        ("revised = 2025-06-30\n", ""),
        ('legal_basis = ["Peraturan contoh tentang akses"]', "legal_basis = []"),
        ('instructions = ["Periksa identitas", "Batasi masa berlaku"]', "instructions = []"),
        ("[[roles]]", '[[related]]\ntitle = "SOP lain"\n\n[[roles]]'),
        ('aliases = ["Teknisi Jaringan"]', "aliases = []"),
        ('prefix = "AKSES"', 'prefix = "AKSES"\nagain = 4'),
        ('kind = "handle"', 'kind = "handle"\npauses = true'),
        ('kind = "approve"', 'kind = "approve"\npauses = false'),
    ],
)
def test_what_lies_on_a_limit_or_may_be_left_out_is_read(old: str, new: str) -> None:
    parse_sop(changed(old, new), source="sop.toml")


class TestRefusals:
    def test_one_mistake_is_reported_once(self) -> None:
        assert len(refused(changed('standard = "1 hari"', 'standard = "sehari"'))) == 1
        assert len(refused(changed('kind = "handle"', 'kind = "hadle"'))) == 1

    def test_all_mistakes_are_reported_together(self) -> None:
        text = (
            changed('prefix = "AKSES"', 'prefix = "?"')
            .replace('"45 menit"', '"lama"')
            .replace('"acknowledge"', '"assign"')
        )
        assert [line.split(":")[0] for line in refused(text)] == ["document", "step 1", "step 6"]

    def test_an_sop_without_steps_has_no_end(self) -> None:
        head = ACCESS.read_text(encoding="utf-8").split("[[steps]]")[0]
        assert "document: The SOP has no steps and so no end. Add each step under its own [[steps]]." in refused(head)

    def test_a_missing_row_leaves_a_gap_in_the_numbers(self) -> None:
        assert refused(without_step(3))[0].startswith("step 4: The step at place 3 has the number 4")

    def test_a_step_without_a_number_hides_no_other(self) -> None:
        text = changed("number = 2\n", "").replace("number = 6\n", "number = 7\n")
        assert [line.split(":")[0] for line in refused(text)] == ["step at place 2", "step 7"]

    def test_an_empty_file_lacks_everything(self) -> None:
        missing = {match[1] for line in refused("") if (match := re.search("“(.+)” is missing", line))}
        assert {"code", "prefix", "number", "title", "created", "effective", "approval", "roles", "steps"} <= missing

    def test_roles_written_as_texts_are_explained(self) -> None:
        text = 'roles = ["loket"]\n' + re.sub(r"\[\[roles\]\]\n.*\n.*\n(aliases.*\n)?", "", ACCESS.read_text())
        assert any("under its own [[roles]]" in line for line in refused(text))

    def test_values_nested_too_deeply_are_refused(self) -> None:
        assert "nested too deeply" in refused("x = " + "[" * 5000 + "]" * 5000)[0]

    def test_a_review_right_after_unknown_work_is_not_blamed(self) -> None:
        assert all(line.startswith("step 1:") for line in refused(changed('kind = "handle"', 'kind = "hadle"')))


class TestFiles:
    def test_the_shipped_folder_loads(self) -> None:
        assert set(load_sops(SOPS)) >= {"penanganan-masalah-software"}

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidSop, match=r"tidak-ada\.toml: file: The file cannot be read"):
            load_sop(tmp_path / "tidak-ada.toml")

    def test_a_folder_in_place_of_a_file_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidSop, match="file: The file cannot be read"):
            load_sop(tmp_path)

    def test_another_encoding_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "sop.toml"
        path.write_bytes(b'title = "caf\xe9"')
        with pytest.raises(InvalidSop, match="byte 12: This is not UTF-8"):
            load_sop(path)

    @pytest.mark.parametrize("name", ["", "tidak-ada"])
    def test_a_folder_without_sops_is_refused(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(InvalidSop) as refusal:
            load_sops(tmp_path / name)
        assert [str(problem) for problem in refusal.value.problems] == [
            f"{tmp_path / name}: folder: There is no SOP file here. Add one whose name ends in .toml."
        ]

    def test_two_files_may_not_share_a_code_or_a_prefix(self, tmp_path: Path) -> None:
        for name in ("a.toml", "b.toml"):
            (tmp_path / name).write_text(ACCESS.read_text(encoding="utf-8"), encoding="utf-8")
        with pytest.raises(InvalidSop) as refusal:
            load_sops(tmp_path)
        code = "Another file of this folder has the code 'permintaan-akses' too. Give each SOP its own code."
        prefix = f"{tmp_path}/a.toml has the prefix 'AKSES' too. Case numbers need a prefix of their own."
        assert [str(problem) for problem in refusal.value.problems] == [
            f"{tmp_path}/b.toml: code: {code}",
            f"{tmp_path}/b.toml: prefix: {prefix}",
        ]

    def test_a_folder_is_read_in_the_order_of_its_files(self, tmp_path: Path) -> None:
        text = ACCESS.read_text(encoding="utf-8")
        for name, number in (("b.toml", "2"), ("a.toml", "1"), ("c.txt", "3")):
            other = text.replace('code = "permintaan-akses"', f'code = "akses-{number}"', 1)
            (tmp_path / name).write_text(other.replace('"AKSES"', f'"A{"BC"[int(number) % 2]}"', 1), encoding="utf-8")
        assert [(code, sop.code) for code, sop in load_sops(tmp_path).items()] == [
            ("akses-1", "akses-1"),
            ("akses-2", "akses-2"),
        ]

    def test_every_broken_file_of_a_folder_is_reported(self, tmp_path: Path) -> None:
        for name in ("a.toml", "c.toml"):
            (tmp_path / name).write_text("code =", encoding="utf-8")
        (tmp_path / "b.toml").write_text(ACCESS.read_text(encoding="utf-8"), encoding="utf-8")
        with pytest.raises(InvalidSop) as refusal:
            load_sops(tmp_path)
        assert [Path(problem.source).name for problem in refusal.value.problems] == ["a.toml", "c.toml"]


def test_only_the_first_step_of_an_sop_declines_and_moves(software: Sop, access: Sop) -> None:
    for sop in (software, access):
        assert [step.number for step in sop.steps if "decline" in sop.allowed(step)] == [1]
    assert [step.number for step in software.steps if "move" in software.allowed(step)] == [1]


def test_kinds_that_judge_are_the_ones_that_may_return() -> None:
    assert {kind for kind in StepKind if kind.rules.reviews} == {StepKind.CORRECT, StepKind.APPROVE}
