"""`disposisi paper`, as an operator types it; and that `check` tries the office's own templates."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from bot.rules import load_rules
from bot.settings import Settings
from models.case.issued_paper import IssuedPaper
from models.repository.records import Records
from models.upkeep.moving import serve_as
from tests.bot.cli.command_line import Disposisi, make_tables, stored
from tests.bot.papers.reading import codes_on, words_of
from tests.bot.papers.test_workshop import OWN
from tests.models.bureau import Bureau


@pytest.fixture(autouse=True)
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record in the folder: a case that is closed, and one that has just come."""
    monkeypatch.chdir(tmp_path)
    rules = load_rules(Settings.load(None))
    make_tables(tmp_path)
    with stored(tmp_path) as database:
        Bureau.founds(database.engine, rules)
        bureau = Bureau(database.engine, rules)
        bureau.finishes(bureau.begins("budi", "Printer macet"))
        bureau.begins("budi", "Wifi lambat")


def test_both_papers_are_written_and_known_as_genuine(disposisi: Disposisi, tmp_path: Path) -> None:
    assert disposisi("paper", "SW-2026-0001").code == 0
    said = disposisi("paper", "SW-2026-0001", "--kind", "evaluasi", "-o", "laporan.pdf")
    assert said.code == 0
    files = [tmp_path / "lembar-disposisi-SW-2026-0001.pdf", tmp_path / "laporan.pdf"]
    digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert any(one in said.out.replace("\n", "") for one in digests)
    with stored(tmp_path) as database, database.transaction() as session:
        assert {one.file for one in session.query(IssuedPaper)} == digests
    assert "Printer macet" in words_of(files[0].read_bytes())
    assert "LAPORAN EVALUASI" in words_of(files[1].read_bytes())
    assert disposisi("verify").code == 0


def test_the_link_leads_to_the_account_that_serves_the_record(disposisi: Disposisi, tmp_path: Path) -> None:
    assert disposisi("paper", "SW-2026-0001", "-o", "sebelum.pdf").code == 0
    assert "t.me/" not in words_of((tmp_path / "sebelum.pdf").read_bytes()), "no account has served it yet"
    with stored(tmp_path) as database, database.transaction() as session:
        records = Records(session, rules=load_rules(Settings.load(None)), at=datetime(2026, 11, 24, tzinfo=UTC))
        serve_as(records, account_id=1, username="lama_bot")
        serve_as(records, account_id=2, username="contoh_sop_bot")
    assert disposisi("paper", "SW-2026-0001", "-o", "sesudah.pdf").code == 0
    pdf = (tmp_path / "sesudah.pdf").read_bytes()
    last = len(pypdfium2.PdfDocument(pdf)) - 1
    (code,) = codes_on(pdf, last, dots_per_inch=150)
    assert code.startswith("https://t.me/contoh_sop_bot?start=lembar-")


def test_the_same_paper_is_the_same_file_and_told_once(disposisi: Disposisi, tmp_path: Path) -> None:
    written = []
    for name in ("satu.pdf", "dua.pdf"):
        assert disposisi("paper", "SW-2026-0001", "-o", name).code == 0
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    with stored(tmp_path) as database, database.transaction() as session:
        assert session.query(IssuedPaper).count() == 1


def test_what_there_is_not_is_said_and_nothing_is_written(disposisi: Disposisi, tmp_path: Path) -> None:
    said = disposisi("paper", "SW-2026-0099")
    assert said.code == 1
    assert "There is no case SW-2026-0099." in said
    said = disposisi("paper", "SW-2026-0002", "--kind", "evaluasi")
    assert said.code == 1
    assert "Nobody has submitted a Laporan Evaluasi for SW-2026-0002 yet." in said
    assert disposisi("paper", "SW-2026-0001", "-o", "nowhere/lembar.pdf").code == 1
    assert not list(tmp_path.glob("*.pdf"))


def test_the_office_s_own_templates_are_used_and_tried_by_check(
    disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "papers"
    own.mkdir()
    (own / "lembar-disposisi.typ").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("PAPER_TEMPLATES", str(own))
    assert disposisi("paper", "SW-2026-0001", "-o", "lembar.pdf").code == 0
    assert "Lembar milik kantor" in words_of((tmp_path / "lembar.pdf").read_bytes())
    assert "papers are set by the templates in" in disposisi("check", "--no-telegram").out

    (own / "lembar-disposisi.typ").write_text("#dta", encoding="utf-8")
    said = disposisi("check", "--no-telegram")
    assert said.code == 1
    assert "unknown variable: dta" in said
    assert disposisi("paper", "SW-2026-0001", "-o", "lembar.pdf").code == 0
    assert "LEMBAR DISPOSISI" in words_of((tmp_path / "lembar.pdf").read_bytes())
