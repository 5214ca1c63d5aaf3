"""Why a step was late stands on the papers of its case, for those who may read what officials say to each other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.papers.typesetting import typeset
from handlers.looking import status
from handlers.views.on_paper import ERASED, RESTRICTED
from models.administration import restricting
from models.office.person import Person
from models.upkeep.erasing import erase_words
from tests.bot.papers.reading import joined, words_of
from tests.handlers.looking import sheet_story as story
from tests.handlers.looking.test_flow import looks, step
from tests.handlers.looking.test_sheets import asks, report, sheet
from tests.handlers.looking.test_status import begins

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.repository.records import Records
    from tests.handlers.conftest import Office

    Begins = Callable[..., str]

__all__ = ["begins"]

REASON = "Berkas baru sampai di meja saya pukul sembilan."


def explains(office: Office, name: str, number: str, text: str) -> None:
    """Let somebody say why the last task of a case is late."""

    def explain(records: Records) -> None:
        proceeding = records.case_numbered(number)
        task = proceeding.case.tasks[-1]
        person = records.session.get_one(Person, office[name].id)
        proceeding.explain(task, by=records.tenure(person, task), text=text)

    office.work(explain)


@pytest.fixture
def number(office: Office, begins: Begins) -> str:
    """Return a case at the Kabag, whose Plh. was late and says why, and goes on."""
    number = begins(story.REPORT)
    story.forwards(office, "bambang", number)
    story.forwards(office, "siti", number)
    story.stands_in_by_decree(office)
    office.passes(timedelta(minutes=100))
    explains(office, "andi", number, REASON)
    story.forwards(office, "andi", number)
    story.forwards(office, "maria", number)
    return number


def test_the_reason_of_a_plh_stands_at_the_late_step_of_both_papers(office: Office, number: str) -> None:
    shown = sheet(office, "bambang", number)
    said = shown.dispositions[2].timing
    assert (said.late, said.verdict) == (True, "lewat 1 jam 10 menit")
    assert len(said.reasons) == 1
    assert said.reasons[0].startswith("Alasan keterlambatan (Plh. ")
    assert ", Andi Pratama, 23 Nov " in said.reasons[0]
    assert said.reasons[0].endswith(f": {REASON}")
    assert [one.timing.reasons for one in shown.dispositions if one.number != 3] == [(), (), ()]
    story.submits(office, number)
    assert report(office, "bambang", number).times[2].timing.reasons == said.reasons


def test_the_reporter_reads_neither_the_reason_nor_why_more_time_was_asked_for(office: Office, begins: Begins) -> None:
    number = story.through(office, begins)
    whole, own = sheet(office, "bambang", number), sheet(office, "budi", number)
    assert whole.times[4].timing.reasons == ("Tambahan 1 hari diminta: Menunggu akses peladen.",)
    assert own.times[4].timing.reasons == ("Tambahan 1 hari diminta",)


def test_the_sheet_of_the_reporter_has_no_reason(office: Office, number: str) -> None:
    own = sheet(office, "budi", number)
    assert [one.timing.reasons for one in own.dispositions] == [(), (), (), ()]
    assert own.dispositions[2].timing.verdict == "lewat 1 jam 10 menit"


def test_of_words_that_were_erased_or_are_restricted_the_paper_says_so(office: Office, number: str) -> None:
    def ends(records: Records) -> None:
        records.case_numbered(number).withdraw(by=records.session.get_one(Person, office["budi"].id))

    def restrict(records: Records) -> None:
        restricting.restrict(records, records.session.get_one(Person, office["andi"].id), because="permintaan")

    def erase(records: Records) -> None:
        restricting.lift(records, records.session.get_one(Person, office["andi"].id))
        erase_words(records, records.case_numbered(number).case.id, office["andi"].id, because="permintaan")

    office.work(ends)
    office.work(restrict)
    assert sheet(office, "bambang", number).dispositions[2].timing.reasons[0].endswith(RESTRICTED)
    office.work(erase)
    said = sheet(office, "bambang", number).dispositions[2].timing.reasons[0]
    assert said.endswith(ERASED)
    assert REASON not in said


@pytest.mark.parametrize(
    "words", ["#panic() <b>$x$</b> 🧯 " + "a" * 200, "Menunggu izin penyedia yang lama sekali. " * 12]
)
def test_whatever_was_written_is_read_back_from_the_pages(office: Office, number: str, words: str) -> None:
    office.passes(timedelta(days=20))
    explains(office, "rina", number, words[:500])
    story.submits(office, number)
    for label in ("Lembar Disposisi", "Laporan Evaluasi"):
        said = joined(words_of(typeset(asks(office, "bambang", number, label))))
        assert joined(REASON) in said
        assert joined(words[:500].replace("🧯", "□").strip()) in said


def position(office: Office, name: str, number: str) -> str:
    """Return the words under the picture of the way of a case, as somebody reads them."""
    reader = office[name]
    reader.sends(f"/status {number}", status.command)
    reader.taps("Alur SOP")
    return reader.chat.find("POSISI").text


def ends(office: Office, number: str) -> None:
    office.work(
        lambda records: records.case_numbered(number).withdraw(by=records.session.get_one(Person, office["budi"].id))
    )


def is_restricted(office: Office, name: str) -> None:
    office.work(
        lambda records: restricting.restrict(
            records, records.session.get_one(Person, office[name].id), because="permintaan"
        )
    )


def test_the_way_of_a_case_tells_why_a_step_was_late_in_the_picture_and_in_its_words(
    office: Office, number: str
) -> None:
    assert f"“{REASON}”" in position(office, "bambang", number)
    (visit,) = step(looks(office, "bambang", number), 3).visits
    assert visit.more == ("lewat 1 jam 10 menit", f"alasan: “{REASON}”")


def test_a_reporter_reads_of_a_late_step_but_not_why(office: Office, number: str) -> None:
    assert REASON not in position(office, "budi", number)
    (visit,) = step(looks(office, "budi", number), 3).visits
    assert visit.more == ("lewat 1 jam 10 menit",)


def test_the_way_of_a_confidential_case_tells_the_reason_to_who_may_read_it_and_who_wrote_it(
    office: Office, begins: Begins
) -> None:
    number = begins(story.REPORT, confidential=True)
    office.passes(timedelta(minutes=45))
    explains(office, "bambang", number, REASON)
    story.forwards(office, "bambang", number)
    assert REASON in position(office, "siti", number), "it is at her desk"
    assert REASON in position(office, "bambang", number)
    for name in ("maria", "budi"):
        assert REASON not in position(office, name, number)
        assert REASON not in repr(looks(office, name, number))


def test_words_that_are_restricted_are_read_by_their_writer_alone(office: Office, begins: Begins) -> None:
    number = begins(story.REPORT)
    office.passes(timedelta(minutes=45))
    explains(office, "bambang", number, REASON)
    story.forwards(office, "bambang", number)
    is_restricted(office, "bambang")
    assert REASON in position(office, "siti", number), "an open case needs them"
    story.forwards(office, "siti", number)
    ends(office, number)
    office.deliver()
    assert REASON not in position(office, "siti", number)
    assert REASON not in repr(looks(office, "siti", number))
    assert REASON in position(office, "bambang", number)
    assert REASON in repr(looks(office, "bambang", number))
    card = office["bambang"].chat.find("Diteruskan oleh").text
    assert f"“{REASON}”" in card, "the card of the writer keeps their own words"


def test_a_reason_that_comes_later_makes_the_paper_an_old_one(office: Office, number: str) -> None:
    first = asks(office, "bambang", number)
    story_before = first.issue
    office.passes(timedelta(days=20))
    explains(office, "rina", number, "Vendor libur.")
    second = asks(office, "bambang", number)
    assert story_before is not None
    assert second.issue is not None
    assert second.issue.code != story_before.code
    assert second.issue.sequence == story_before.sequence + 1
