"""A task changes hands undecided: it goes to a colleague with its clock, or back to the person who forwarded it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from models.case.evaluation import Part
from models.mail.card import CardKind
from models.mail.notice import NoticeKind
from models.office.person import Person
from models.office.tenure import Capacity
from models.proof import verification
from models.refusals.work import (
    ColleagueUnable,
    NoColleague,
    NotAHolder,
    NotYourTask,
    ReasonMissing,
    RecallTooLate,
    StepForbids,
    TaskAlreadyDecided,
)
from models.rules.sop_file import parse_sop
from tests.models.administration.leave import FRI, MON, comes, files
from tests.models.chase.test_escalation import blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.repository.records import Records
    from tests.models.bureau import Bureau, Pegawai

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


@pytest.mark.parametrize("lost", ["leave", "blocked"])
def test_it_is_handed_to_nobody_who_cannot_do_it_now(bureau: Bureau, given_to_rina: int, lost: str) -> None:
    """Rina is late, and Andi is away without a Plh. or has blocked the bot: the task would wait for him alone."""
    if lost == "leave":
        files(bureau, "andi", MON, FRI)
        comes(bureau, MON)
    else:
        blocks(bureau, "andi")
    bureau.works(30 * 60)
    with pytest.raises(NoColleague):
        bureau["rina"].hands_on(given_to_rina, to="andi")
    bureau.hires("yusuf", "Yusuf Contoh").takes("jft-prakom")
    with pytest.raises(ColleagueUnable):
        bureau["rina"].hands_on(given_to_rina, to="andi")
    bureau["rina"].hands_on(given_to_rina, to="yusuf")
    assert bureau.holders(given_to_rina) == bureau.live(bureau.task(given_to_rina).id) == ["yusuf"]
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


@pytest.fixture
def forwarded(bureau: Bureau) -> int:
    """A case that Hendra has given to Maria after ten minutes of his half hour, with a note."""
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    bureau.works(10)
    bureau["hendra"].forwards(case_id, instructions=("Tindak lanjuti",), note="Mohon prioritas.")
    return case_id


def test_a_disposition_is_taken_back_until_the_next_one_acts(bureau: Bureau, forwarded: int) -> None:
    given, sent = bureau.task(forwarded), bureau.case(forwarded).tasks[-2]
    assert bureau.live(sent.id) == ["hendra"], "the decided card keeps its button"
    bureau.works(5)

    opened = bureau["hendra"].recalls(forwarded)

    assert (opened.step, bureau.holders(forwarded)) == (3, ["hendra"])
    closed = bureau.case(forwarded).tasks[-2]
    assert (closed.id, closed.outcome, closed.decided_by_id) == (given.id, "recalled", bureau["hendra"].id)
    assert bureau.live(given.id) == []
    assert bureau.live(sent.id) == []
    assert bureau.rules.office.calendar.between(bureau.at, opened.due_at) == 20 * 60, "ten minutes were used before"
    draft = bureau.work(lambda records: records.prepared(bureau["hendra"].id, opened))
    assert draft is not None
    assert (draft.instructions, draft.note) == (["Tindak lanjuti"], "Mohon prioritas.")
    bureau.finishes(forwarded)
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


ACTING: dict[str, Callable[[Pegawai, int], object]] = {
    "start": lambda rina, case_id: rina.starts(case_id),
    "ask": lambda rina, case_id: rina.asks(case_id),
    "note": lambda rina, case_id: rina.remarks(case_id),
    "write": lambda rina, case_id: rina.writes(case_id, Part.CAUSE, "Sesi menumpuk."),
    "attach": lambda rina, case_id: rina.attaches(case_id, {"kind": "photo", "file_id": "F", "file_unique_id": "U"}),
    "submit": lambda rina, case_id: rina.hands_in(case_id),
}


@pytest.mark.parametrize("act", ACTING)
def test_whatever_the_next_one_does_ends_it(bureau: Bureau, given_to_rina: int, act: str) -> None:
    sent = bureau.case(given_to_rina).tasks[-2]
    assert bureau.live(sent.id) == ["maria"]

    ACTING[act](bureau["rina"], given_to_rina)

    assert bureau.live(sent.id) == []
    with pytest.raises(RecallTooLate):
        bureau["maria"].recalls(given_to_rina, task_id=sent.id)


def test_what_others_do_does_not_end_it(bureau: Bureau, given_to_rina: int) -> None:
    sent = bureau.case(given_to_rina).tasks[-2]
    bureau["rina"].hands_on(given_to_rina, to="andi")
    bureau.works(120)
    bureau.sweeps()
    assert bureau.live(sent.id) == ["maria"]
    assert bureau["maria"].recalls(given_to_rina, task_id=sent.id).step == 4


@pytest.mark.parametrize("name", ["bambang", "siti", "maria", "budi", "dewi"])
def test_only_the_one_who_forwarded_it_takes_it_back(bureau: Bureau, forwarded: int, name: str) -> None:
    with pytest.raises(NotYourTask):
        bureau[name].recalls(forwarded)


def test_one_who_has_left_the_post_takes_nothing_back(bureau: Bureau, forwarded: int) -> None:
    bureau["hendra"].leaves("kabag-p2l")
    with pytest.raises(NotYourTask):
        bureau["hendra"].recalls(forwarded)


def test_nothing_but_a_disposition_is_taken_back(bureau: Bureau, given_to_rina: int) -> None:
    bureau["rina"].hands_in(given_to_rina)
    assert bureau.live(bureau.case(given_to_rina).tasks[-2].id) == []
    with pytest.raises(NotYourTask):
        bureau["rina"].recalls(given_to_rina)


def test_what_was_recalled_is_recalled_once(bureau: Bureau, forwarded: int) -> None:
    sent = bureau.case(forwarded).tasks[-2]
    bureau["hendra"].recalls(forwarded)
    with pytest.raises(RecallTooLate):
        bureau["hendra"].recalls(forwarded, task_id=sent.id)


def test_an_sop_may_forbid_to_take_back(bureau: Bureau) -> None:
    text = bureau.rules.sops[SOFTWARE].text.replace(FORBIDDEN[0], FORBIDDEN[1].replace("transfer", "recall"), 1)
    bureau.knows(parse_sop(text, source="sop.toml"))
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    assert bureau.live(bureau.case(case_id).tasks[0].id) == []
    with pytest.raises(StepForbids):
        bureau["bambang"].recalls(case_id)
