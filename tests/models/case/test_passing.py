"""An open task goes to a colleague of its post, with its clock, by those who may and with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from models.mail.card import CardKind
from models.mail.notice import NoticeKind
from models.office.person import Person
from models.office.tenure import Capacity
from models.proof import verification
from models.refusals import NoColleague, NotAHolder, NotYourTask, ReasonMissing, StepForbids, TaskAlreadyDecided
from models.rules.sop_file import parse_sop

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

SOFTWARE = "penanganan-masalah-software"
FORBIDDEN = ("instructions = [", 'forbids = ["transfer"]\ninstructions = [')


@pytest.fixture
def given_to_rina(bureau: Bureau) -> int:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="rina")
    return case_id


def test_a_prakom_hands_the_task_to_a_colleague_with_its_clock_and_its_draft(
    bureau: Bureau, given_to_rina: int
) -> None:
    bureau["rina"].starts(given_to_rina)
    bureau["rina"].fills(given_to_rina)
    question = bureau["rina"].asks(given_to_rina)
    before = bureau.task(given_to_rina)
    bureau.works(60)

    bureau["rina"].hands_on(given_to_rina, to="andi", note="Saya cuti mulai besok.")

    after = bureau.task(given_to_rina)
    clock = ("opened_at", "due_at", "started_at", "chase_at", "rung")
    assert [getattr(after, name) for name in clock] == [getattr(before, name) for name in clock]
    assert bureau.holders(given_to_rina) == ["andi"]
    assert bureau.live(after.id) == ["andi"]
    bureau["budi"].answers(question)
    assert "news-answered" in bureau.codes("andi")
    assert "news-answered" not in bureau.codes("rina")
    bureau["andi"].submits(given_to_rina)
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_the_journal_tells_who_handed_it_to_whom_and_why(bureau: Bureau, given_to_rina: int) -> None:
    bureau["rina"].hands_on(given_to_rina, to="andi", note="Lebih sesuai bidangnya.")

    entry = bureau.entries(given_to_rina)[-1]
    assert (entry.action, entry.actor_id, entry.capacity) == ("transfer", bureau["rina"].id, "definitive:jft-prakom")
    assert entry.payload is not None
    assert entry.payload.body is not None
    told = entry.payload.body
    assert (told["text"], told["to"], told["assignee"]) == (
        "Lebih sesuai bidangnya.",
        "Andi Pratama",
        bureau["andi"].id,
    )


def test_the_superior_pulls_it_and_the_one_who_sent_it_names_another(bureau: Bureau, given_to_rina: int) -> None:
    bureau["maria"].hands_on(given_to_rina, to="andi", note="Rina sakit.")
    assert bureau.holders(given_to_rina) == ["andi"]
    assert bureau.entries(given_to_rina)[-1].capacity == "definitive:kasubbag-humas"

    bureau.hires("yusuf", "Yusuf Mandagi").takes("kasubbag-humas", Capacity.PLH)
    bureau["maria"].leaves("kasubbag-humas")
    with pytest.raises(NotYourTask):
        bureau["maria"].hands_on(given_to_rina, to="rina")
    bureau["yusuf"].hands_on(given_to_rina, to="rina", note="Rina sudah kembali.")
    assert bureau.entries(given_to_rina)[-1].capacity == "plh:kasubbag-humas"


@pytest.mark.parametrize("name", ["bambang", "siti", "hendra", "andi", "budi", "dewi"])
def test_nobody_else_may(bureau: Bureau, given_to_rina: int, name: str) -> None:
    with pytest.raises(NotYourTask):
        bureau[name].hands_on(given_to_rina, to="andi")


def test_it_goes_to_nobody_outside_the_post_nor_to_one_who_left_it_nor_to_oneself(
    bureau: Bureau, given_to_rina: int
) -> None:
    bureau.hires("joko", "Joko Contoh").takes("jft-prakom")
    for name in ("hendra", "rina"):
        with pytest.raises(NotAHolder):
            bureau["rina"].hands_on(given_to_rina, to=name)
    bureau["andi"].leaves("jft-prakom")
    with pytest.raises(NotAHolder):
        bureau["rina"].hands_on(given_to_rina, to="andi")
    bureau["joko"].loses_account()
    with pytest.raises(NoColleague):
        bureau["rina"].hands_on(given_to_rina, to="joko")


def test_a_post_with_one_holder_has_no_colleague(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    with pytest.raises(NoColleague) as refused:
        bureau["bambang"].hands_on(case_id, to="bambang")
    assert refused.value.post == "Kakanwil"


def test_it_needs_a_reason_and_an_open_task(bureau: Bureau, given_to_rina: int) -> None:
    with pytest.raises(ReasonMissing):
        bureau["rina"].hands_on(given_to_rina, to="andi", note=" ")
    decided = bureau.task(given_to_rina).id
    bureau.walks(given_to_rina, until=6)
    with pytest.raises(TaskAlreadyDecided):
        bureau["rina"].hands_on(given_to_rina, to="andi", task_id=decided)


def test_the_reminder_of_the_former_holder_leaves_and_that_of_the_overseers_stays(
    bureau: Bureau, given_to_rina: int
) -> None:
    bureau.passes(timedelta(days=9))
    bureau.works(1)
    bureau.sweeps()
    task = bureau.task(given_to_rina)
    assert "rina" in bureau.live(task.id, CardKind.NUDGE)
    withdrawn = len(bureau.notices(NoticeKind.WITHDRAW))

    bureau["rina"].hands_on(given_to_rina, to="andi")

    assert "rina" not in bureau.live(task.id, CardKind.NUDGE)
    assert len(bureau.notices(NoticeKind.WITHDRAW)) == withdrawn + 1


def test_what_was_prepared_goes_along(bureau: Bureau, given_to_rina: int) -> None:
    task = bureau.task(given_to_rina)

    def prepare(records: Records) -> None:
        rina = records.session.get_one(Person, bureau["rina"].id)
        records.disposition_draft(rina, task).note = "Mohon prioritas."

    bureau.work(prepare)
    bureau["rina"].hands_on(given_to_rina, to="andi")
    found = bureau.work(lambda records: records.prepared(bureau["andi"].id, task))
    assert found is not None
    assert found.note == "Mohon prioritas."


def test_an_sop_may_forbid_it(bureau: Bureau) -> None:
    text = bureau.rules.sops[SOFTWARE].text.replace(*FORBIDDEN, 1)
    bureau.knows(parse_sop(text, source="sop.toml"))
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    with pytest.raises(StepForbids):
        bureau["rina"].hands_on(case_id, to="andi")
