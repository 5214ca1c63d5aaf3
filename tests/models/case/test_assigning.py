"""The steps that assign: forwarding with instructions, sending back, declining, moving to a related SOP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.case.attachment import Attachment
from models.mail.card import CardKind
from models.mail.notice import NoticeKind
from models.proof import verification
from models.refusals.reports import CaseClosed
from models.refusals.work import NotAHolder, ReasonMissing, StepForbids, TaskAlreadyDecided
from models.rules.sop_file import parse_sop
from tests.models.administration.leave import FRI, MON, comes, leaves_to
from tests.models.chase.test_escalation import blocks

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

HARDWARE, SOFTWARE = "penanganan-masalah-hardware", "penanganan-masalah-software"


def test_the_report_lies_on_the_desk_of_the_kakanwil_alone(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task = bureau.task(case_id)
    assert bureau.holders(case_id) == ["bambang"]
    assert bureau.live(task.id) == ["bambang"]
    assert [card.kind for card in bureau.case(case_id).live_cards] == [CardKind.TASK, CardKind.STATUS]
    assert (task.due_at - task.opened_at).total_seconds() == 30 * 60


def test_a_disposition_carries_its_instructions_and_its_note(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(
        case_id, instructions=("Laporkan hasilnya", "Menari", "Tindak lanjuti"), note="Mohon prioritas."
    )
    decided = bureau.case(case_id).tasks[0]
    assert decided.instructions == ["Tindak lanjuti", "Laporkan hasilnya"], "the SOP's own, in the SOP's order"
    assert decided.note == "Mohon prioritas."
    assert (decided.decided_by_id, decided.decided_as) == (bureau["bambang"].id, "definitive:kakanwil")
    assert decided.chase_at is None

    entry = bureau.entries(case_id)[-1]
    assert entry.payload is not None
    body = entry.payload.body
    assert body is not None
    assert (entry.action, entry.actor_id, entry.capacity) == (
        "forward",
        bureau["bambang"].id,
        "definitive:kakanwil",
    )
    assert body["note"] == "Mohon prioritas."
    assert body["opened"]["step"] == 2


def test_the_kasubbag_chooses_one_of_two_prakom(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="andi")
    assert bureau.holders(case_id) == ["andi"]
    assert bureau.live(bureau.task(case_id).id) == ["andi"]


def test_a_prakom_who_is_away_or_out_of_reach_is_not_offered(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)

    def offered() -> list[str]:
        def names(records: Records) -> list[str]:
            proceeding = records.case(case_id)
            return [one.name.split()[0] for one in proceeding.recipients(proceeding.case.tasks[-1])]

        return bureau.work(names)

    assert offered() == ["Rina", "Andi"]
    blocks(bureau, "andi")
    assert offered() == ["Rina"]
    leaves_to(bureau, "rina", "maria", MON, FRI)
    comes(bureau, MON)
    assert offered() == ["Maria"]


def test_left_to_any_of_them_each_prakom_has_a_card(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id)
    assert bureau.holders(case_id) == ["rina", "andi"]
    assert bureau.live(bureau.task(case_id).id) == ["rina", "andi"]


def test_only_a_holder_of_the_next_post_can_be_chosen(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    with pytest.raises(NotAHolder) as refused:
        bureau["maria"].forwards(case_id, to="siti")
    assert refused.value.name == "Siti Rahmawati"
    assert bureau.task(case_id).step == 4


def test_sending_back_goes_to_the_desk_it_came_from(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.hires("yusuf", "Yusuf Plh").takes("kadiv")
    bureau["bambang"].forwards(case_id)
    bureau["yusuf"].forwards(case_id)
    bureau.works(10)

    back = bureau["hendra"].sends_back(case_id, "Bukan bidang kami.")
    assert (back.step, back.round) == (2, 1)
    assert bureau.holders(case_id) == ["yusuf"], "not to everybody who holds the post"
    assert bureau.case(case_id).tasks[2].note == "Bukan bidang kami."
    assert bureau.rules.office.calendar.between(bureau.at, bureau.task(case_id).due_at) == 30 * 60, "a clock of its own"

    bureau["yusuf"].forwards(case_id)
    assert bureau.holders(case_id) == ["hendra"]


def test_a_disposition_goes_back_to_any_earlier_assign_step(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.hires("yusuf", "Yusuf Plh").takes("kadiv")
    bureau["bambang"].forwards(case_id)
    bureau["yusuf"].forwards(case_id)
    bureau.walks(case_id, until=4)

    back = bureau["maria"].sends_back(case_id, "Bukan bidang kami.", to=2)
    assert (back.step, back.round, bureau.holders(case_id)) == (2, 1, ["yusuf"])
    bureau.walks(case_id, until=4)
    assert bureau["maria"].sends_back(case_id, to=1).step == 1
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


@pytest.mark.parametrize("to", [3, 4, 9, 0])
def test_it_goes_neither_forward_nor_to_a_step_that_does_not_exist(bureau: Bureau, to: int) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    with pytest.raises(StepForbids):
        bureau["hendra"].sends_back(case_id, to=to)
    assert bureau.task(case_id).step == 3


def test_an_sop_may_forbid_to_send_back_further_or_at_all(bureau: Bureau) -> None:
    text = bureau.rules.sops[SOFTWARE].text
    for word, until in (("send-back-further", 1), ("send-back", 2)):
        forbidding = text.replace("instructions = [", f'forbids = ["{word}"]\ninstructions = [', 1)
        bureau.knows(parse_sop(forbidding, source="sop.toml"))
        case_id = bureau.begins("budi")
        bureau.walks(case_id, until=3)
        with pytest.raises(StepForbids):
            bureau["hendra"].sends_back(case_id, to=until)


def test_a_reason_is_needed_and_blanks_are_none(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    before = bureau.task(case_id).version
    with pytest.raises(ReasonMissing):
        bureau["bambang"].declines(case_id, " \n ")
    bureau["bambang"].forwards(case_id)
    with pytest.raises(ReasonMissing):
        bureau["siti"].sends_back(case_id, "")
    assert bureau.task(case_id).version == before
    assert bureau.task(case_id).step == 2


def test_the_kakanwil_declines_and_the_reporter_is_told_why(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].declines(case_id, "Ini urusan perangkat keras.")
    case = bureau.case(case_id)
    assert (case.state, case.closed_at, case.open_task) == ("declined", bureau.at, None)
    (news,) = [one for one in bureau.notices(NoticeKind.SAY) if one.body["code"] == "news-declined"]
    assert news.person_id == bureau["budi"].id
    assert news.body["data"]["reason"] == "Ini urusan perangkat keras."
    with pytest.raises(TaskAlreadyDecided):
        bureau["bambang"].forwards(case_id)


def test_a_case_is_moved_with_all_it_brought(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "Printer mati\nLampu merah menyala.", confidential=True)
    photo = {"kind": "photo", "file_id": "F", "file_unique_id": "U", "name": "", "size": 5, "caption": "lampu"}

    with bureau.transaction() as records:
        case = records.case(case_id).case
        case.attachments.add(Attachment(**photo, added_by_id=bureau["budi"].id, added_at=bureau.at))

    moved_id = bureau["bambang"].moves(case_id, to=HARDWARE)
    old, new = bureau.case(case_id), bureau.case(moved_id)
    assert (old.state, old.tasks[-1].outcome) == ("moved", "moved")
    assert (new.number, new.state, new.sop.code) == ("HW-2026-0001", "open", HARDWARE)
    assert (new.text, new.previous_case_id, new.reporter_id) == (old.text, case_id, old.reporter_id)
    assert new.confidential, "the other SOP opens nobody's eyes"
    assert bureau.holders(moved_id) == ["bambang"]
    assert "news-moved" in bureau.codes("budi")
    with bureau.transaction() as records:
        (copied,) = records.session.scalars(select(Attachment).where(Attachment.case_id == moved_id))
    assert copied.record == {**photo, "kind": copied.kind}
    assert bureau.breach(case_id) is None
    assert bureau.breach(moved_id) is None


def test_a_case_moves_only_to_a_related_sop_that_is_loaded(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    with pytest.raises(StepForbids):
        bureau["bambang"].moves(case_id, to="penanganan-masalah-software")
    bureau["bambang"].forwards(case_id)
    with pytest.raises(StepForbids):
        bureau["siti"].moves(case_id, to=HARDWARE)

    without = bureau.begins("budi")
    bureau.forgets(HARDWARE)
    with bureau.transaction() as records:
        proceeding = records.case(without)
        task = proceeding.case.open_task
        assert task is not None
        assert "move" not in proceeding.allows(task)


def test_nothing_can_be_added_to_a_case_that_has_ended(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    question = bureau["rina"].asks(case_id)
    bureau["rina"].carries_on(case_id)
    bureau.finishes(case_id)
    with pytest.raises(CaseClosed):
        bureau["budi"].answers(question)
    with pytest.raises(TaskAlreadyDecided):
        bureau["bambang"].remarks(case_id)
