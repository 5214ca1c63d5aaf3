"""A post gets another code in the office file: its holder, its tasks and its invites go along."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.stopped import OfficeUnfit
from models.administration import admission
from models.case.case import CaseState
from models.office.invitation import InviteKind
from models.office.tenure import Post
from models.repository.records import Records
from models.statistics.checking import disagreements
from models.statistics.counting import count_some, uncounted
from models.statistics.tables import Stretch
from tests.journeys.demo_office import DemoOffice, demo_office

OLD, NEW = '"kabag-p2l"', '"kabag-pdh"'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A copy of the packaged office file, to be changed."""
    copy = tmp_path / "office.toml"
    copy.write_text((files("models") / "offices/sulawesi-utara.toml").read_text("utf-8"), encoding="utf-8")
    return copy


@pytest.fixture
async def office(tmp_path: Path, migrated_url: str, file: Path) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path, database_url=migrated_url, office_file=file) as place:
        yield place


def rename(file: Path, *, formerly: str = f"\nformerly = {OLD}") -> None:
    """Give the post another code everywhere in the file, except among the roles of the SOP."""
    text = file.read_text("utf-8")
    text = text.replace(f"code = {OLD}", f"code = {NEW}{formerly}").replace(f"superior = {OLD}", f"superior = {NEW}")
    file.write_text(text, encoding="utf-8")


async def all_counted(office: DemoOffice) -> None:
    """Let every closed task be counted. The bot counts too, and a case that it has locked is passed over meanwhile."""
    while await office.asks(lambda records: uncounted(records.session)):
        await office.asks(count_some)


async def test_who_holds_a_renamed_post_decides_what_waited_there(office: DemoOffice, file: Path) -> None:
    closed = await office.report("Wati", "Printer macet")
    await office.walk(until=10)
    number = await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    code = await office.asks(lambda records: admission.invite(records, InviteKind.POST, post="kabag-p2l").renew())
    assert (await office.task(number)).post == "kabag-p2l"
    await all_counted(office)

    await office.stops()
    rename(file)
    await office.starts()
    await all_counted(office)
    assert await office.asks(lambda records: list(disagreements(records.reader))) == []
    assert "kabag-pdh" in await office.asks(lambda records: set(records.session.scalars(select(Stretch.post))))
    assert (await office.task(number)).post == "kabag-pdh"
    assert await office.verified()
    await office["Kabag"].says(f"/status {closed}")
    assert office["Kabag"].sees("Printer macet"), "what was decided there is theirs still"
    await office["Kabag"].taps("Teruskan ke")
    await office.walk(until=10)
    assert (await office.case(number)).state is CaseState.CLOSED
    assert office["Budi"].sees("SIMPEG dapat dibuka kembali")
    await office["Budi"].says(f"/status {number}")
    new = office.newcomer("Tono Contoh", 9002)
    new.person.follows(f"https://t.me/disposisi_bot?start={code}")
    await office.settle()
    assert new.sees("Anda diundang sebagai Kabag P2L")
    assert await office.verified()

    await office.stops()
    await office.starts()
    assert await office.verified(), "a second start renames nothing"

    def known(records: Records) -> set[str]:
        return set(records.session.scalars(select(Post.code)))

    assert "kabag-p2l" not in await office.asks(known)


async def test_an_open_list_of_kelola_goes_on_under_the_new_code(office: DemoOffice, file: Path) -> None:
    admin = office["Kasubbag"]
    await admin.says("/kelola")
    await admin.taps("Jabatan")
    await office.stops()
    rename(file)
    await office.starts()
    assert await admin.taps("Kabag P2L") == "🪑 Kode jabatan itu berubah; ini Kabag P2L."
    assert admin.sees("• Bram Contoh")


async def test_an_open_invitation_page_goes_on_under_the_new_code(office: DemoOffice, file: Path) -> None:
    admin = office["Kasubbag"]
    await admin.says("/kelola")
    await admin.taps("Jabatan")
    await admin.taps("Kabag P2L")
    await admin.taps("Ganti Kabag P2L")
    await office.stops()
    rename(file)
    await office.starts()
    await admin.taps("Undang satu NIP")
    await admin.taps("« Kembali")
    assert admin.sees("Menggantikan Bram Contoh")
    await admin.taps("Buat undangan")
    assert admin.sees("Undangan sebagai Kabag P2L")


async def test_a_decision_under_the_former_code_is_shown_with_the_post(office: DemoOffice, file: Path) -> None:
    number = await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=4)
    await office.stops()
    rename(file)
    await office.starts()
    await office["Kasubbag"].says(f"/status {number}")
    await office["Kasubbag"].taps("Riwayat")
    assert office["Kasubbag"].sees("Kabag P2L")
    assert not office["Kasubbag"].sees("kabag-p2l")


async def test_a_code_that_changes_without_a_word_is_refused_with_what_to_write(office: DemoOffice, file: Path) -> None:
    number = await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    await office.stops()
    rename(file, formerly="")
    with pytest.raises(OfficeUnfit) as refused:
        await office.starts()
    assert f"{number} waits there." in str(refused.value)
    assert 'if it has another code now, write formerly = "kabag-p2l" under it.' in str(refused.value)


async def test_a_changed_record_is_found_beside_a_renamed_post(office: DemoOffice, file: Path) -> None:
    number = await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    await office.stops()
    rename(file)
    await office.starts()

    def falsify(records: Records) -> None:
        _, task = records.task(records.case_numbered(number).case.tasks[0].id)
        task.post = "kabag-pdh"

    await office.asks(falsify)
    with pytest.raises(AssertionError, match="its post is not what the journal tells"):
        await office.verified()
