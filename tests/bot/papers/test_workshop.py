"""Templates of an office: copied beside ours, tried by `check`, and passed over where they cannot set a paper."""

from pathlib import Path

import pytest

from bot.papers.samples import report, sheet
from bot.papers.typesetting import TEMPLATES, typeset
from bot.papers.workshop import Workshop, faults
from tests.bot.papers.reading import words_of

OWN = """#import "lib.typ": *
#set document(title: data.number)
#set page(paper: "a4", footer: foot([Kop sendiri], none))
#set text(font: paper-font, lang: "id")
= Lembar milik kantor
#data.number #for one in data.dispositions [ #one.heading ]
"""


def folder(tmp_path: Path, name: str = "lembar-disposisi.typ", text: str = OWN) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_an_office_s_template_sets_its_paper_and_ours_sets_the_other(tmp_path: Path) -> None:
    workshop = Workshop(folder(tmp_path))
    typesetter = workshop.typesetter()
    said = words_of(typesetter.set_now(sheet("Mohon prioritas.")))
    assert "Lembar milik kantor" in said
    assert "Mohon prioritas." in said
    other = report("Mohon prioritas.")
    assert typesetter.set_now(other) == typeset(other)
    assert typesetter.digest(other) != Workshop().typesetter().digest(other), "another edition of the templates"
    workshop.close()
    assert not workshop.folder.exists()


def test_without_one_the_shipped_templates_are_used_where_they_lie() -> None:
    assert Workshop().folder == TEMPLATES
    assert Workshop(Path("nowhere")).folder == TEMPLATES


def test_a_broken_template_is_passed_over_for_the_shipped_one(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    workshop = Workshop(folder(tmp_path, text="#dta"))
    paper = sheet("Mohon prioritas.")
    assert workshop.typesetter().set_now(paper) == typeset(paper)
    assert "the office's own cannot set it" in caplog.text
    workshop.close()


def test_what_can_be_set_has_no_fault(tmp_path: Path) -> None:
    assert faults(folder(tmp_path)) == []


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("lembar-disposisi.typ", "#dta", "lembar-disposisi: unknown variable: dta"),
        ("laporan-evaluasi.typ", OWN, "laporan-evaluasi: dictionary does not contain key"),
        ("lembar-disposisi.typ", '#read("/etc/passwd")', "lembar-disposisi: "),
        ("lembar-disposisi.typ", '#import "lib.typ": *\n#eval(data.subject)', "lembar-disposisi: "),
        ("lampiran.typ", OWN, "has no template"),
        ("lib.typ", OWN, "has no template"),
    ],
)
def test_what_cannot_be_set_is_refused_in_a_sentence(tmp_path: Path, name: str, text: str, reason: str) -> None:
    (fault,) = faults(folder(tmp_path, name, text))
    assert reason in fault
    assert fault.endswith(".")


def test_a_file_with_the_name_of_one_that_ships_is_refused(tmp_path: Path) -> None:
    folder(tmp_path)
    (fault,) = faults(folder(tmp_path, "lib.typ", "#let data = none"))
    assert "lib.typ has the name of a file that ships" in fault
    assert "is no folder" in faults(tmp_path / "nowhere")[0]
