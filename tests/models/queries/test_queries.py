"""What screens find: queues, who may see what, and the story of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import selectinload

from models.case.attachment import FileRecord
from models.case.sight import Sight, sight_of
from models.journal.chain import Entry
from models.mail.card import CardKind, Face
from models.office.person import Person
from models.office.tenure import Capacity
from models.queries import belongings, cards, lists, timeline
from models.repository.records import Records
from tests.reports import a_report

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

PHOTO: FileRecord = {
    "kind": "photo",
    "file_id": "id",
    "file_unique_id": "unique",
    "name": "",
    "size": 1,
    "caption": "",
}


def person(records: Records, bureau: Bureau, name: str) -> Person:
    return records.session.get_one(Person, bureau[name].id)


def queue(bureau: Bureau, name: str) -> list[str]:
    """Return the numbers of the cases that wait for a person."""
    return bureau.work(
        lambda records: [one.number for one in lists.queue(records.reader, person(records, bureau, name))]
    )


def sight(bureau: Bureau, case_id: int, name: str) -> Sight:
    return bureau.work(lambda records: sight_of(records.case(case_id), person(records, bureau, name)))


def visible(bureau: Bureau, name: str, limit: int = 50) -> list[str]:
    return bureau.work(
        lambda records: [
            one.number for one in lists.visible(records.reader, person(records, bureau, name), limit=limit)
        ]
    )


def confides(bureau: Bureau, files: tuple[FileRecord, ...] = ()) -> int:
    """Let Budi report something confidential."""

    def report(records: Records) -> int:
        said = a_report("Kata sandi bocor", confidential=True, files=files)
        begun = records.begin(said, reporter=person(records, bureau, "budi"), sop="penanganan-masalah-software")
        records.session.flush()
        return begun.case.id

    return bureau.work(report)


def test_a_queue_holds_what_the_person_may_decide_the_earliest_deadline_first(bureau: Bureau) -> None:
    first = bureau.begins("budi")
    bureau.works(10)
    bureau.begins("budi")
    assert queue(bureau, "bambang") == ["SW-2026-0001", "SW-2026-0002"]
    bureau["bambang"].forwards(first)
    assert queue(bureau, "bambang") == ["SW-2026-0002"]
    assert queue(bureau, "siti") == ["SW-2026-0001"]
    assert queue(bureau, "budi") == []


def test_a_task_given_to_one_of_several_waits_for_that_one_alone(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="andi")
    assert queue(bureau, "andi") == ["SW-2026-0001"]
    assert queue(bureau, "rina") == []


def test_a_task_left_to_any_waits_for_all_and_falls_back_to_all_when_its_holder_leaves(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    assert queue(bureau, "rina") == queue(bureau, "andi") == ["SW-2026-0001"]
    bureau["andi"].starts(case_id)
    assert queue(bureau, "rina") == []
    bureau["andi"].leaves("jft-prakom")
    assert queue(bureau, "rina") == ["SW-2026-0001"]
    assert queue(bureau, "andi") == []


def test_who_acts_for_a_post_has_its_queue(bureau: Bureau) -> None:
    bureau.begins("budi")
    bureau["siti"].takes("kakanwil", Capacity.PLH)
    assert queue(bureau, "siti") == ["SW-2026-0001"]


def test_a_confidential_case_has_no_words_in_a_list(bureau: Bureau) -> None:
    confides(bureau)
    (waiting,) = bureau.work(lambda records: lists.queue(records.reader, person(records, bureau, "bambang")))
    assert (waiting.number, waiting.subject) == ("SW-2026-0001", "")


def test_tasks_named_in_a_list_are_left_out_once_decided(bureau: Bureau) -> None:
    first, second = bureau.begins("budi"), bureau.begins("budi")
    named = [bureau.task(first).id, bureau.task(second).id]
    bureau["bambang"].forwards(first)

    def look(records: Records) -> list[tuple[str, bool]]:
        found = lists.waiting(records.reader, person(records, bureau, "siti"), named)
        return [(one.number, one.mine) for one in found]

    assert bureau.work(look) == [("SW-2026-0002", False)]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("bambang", Sight.WHOLE),
        ("siti", Sight.WHOLE),
        ("hendra", Sight.NOTHING),
        ("rina", Sight.WHOLE),
        ("dewi", Sight.WHOLE),
        ("budi", Sight.OWN),
    ],
)
def test_a_case_is_seen_by_those_it_concerns(bureau: Bureau, name: str, seen: Sight) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    assert sight(bureau, case_id, name) == seen


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("bambang", Sight.WHOLE),
        ("siti", Sight.WHOLE),
        ("hendra", Sight.NOTHING),
        ("rina", Sight.POSITION),
        ("dewi", Sight.POSITION),
        ("budi", Sight.OWN),
    ],
)
def test_a_confidential_case_is_read_only_by_those_who_handle_it(bureau: Bureau, name: str, seen: Sight) -> None:
    case_id = confides(bureau)
    bureau["bambang"].forwards(case_id)
    assert sight(bureau, case_id, name) == seen


def test_a_superior_sees_what_is_held_up_below(bureau: Bureau) -> None:
    bureau.hires("joko", "Joko Susilo").takes("kakanwil", Capacity.PLH)
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    assert sight(bureau, case_id, "joko") == Sight.WHOLE


def subjects(bureau: Bureau, name: str) -> list[str]:
    return bureau.work(
        lambda records: [one.subject for one in lists.visible(records.reader, person(records, bureau, name), limit=50)]
    )


def test_an_official_who_left_the_post_sees_only_where_the_case_stands(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    assert subjects(bureau, "bambang") != [""]
    bureau["bambang"].leaves("kakanwil")
    assert sight(bureau, case_id, "bambang") == Sight.POSITION
    assert visible(bureau, "bambang") == ["SW-2026-0001"]
    assert subjects(bureau, "bambang") == [""]

    bureau["bambang"].takes("kakanwil")
    assert sight(bureau, case_id, "bambang") == Sight.WHOLE, "the post and the part are theirs again"
    assert subjects(bureau, "bambang") != [""]


def test_another_post_does_not_open_what_was_handled_in_a_former_one(bureau: Bureau) -> None:
    case_id = confides(bureau)
    bureau.walks(case_id, until=3)
    bureau["siti"].leaves("kadiv")
    bureau["siti"].takes("jft-prakom")
    assert sight(bureau, case_id, "siti") == Sight.POSITION


def test_a_jft_prakom_who_left_sees_only_where_the_case_stands(bureau: Bureau) -> None:
    case_id = confides(bureau)
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="rina")
    bureau["rina"].leaves("jft-prakom")
    assert sight(bureau, case_id, "rina") == Sight.POSITION
    assert sight(bureau, case_id, "andi") == Sight.WHOLE, "to whom it falls now"


def test_a_reporter_who_also_handled_the_case_and_left_sees_their_own_report(bureau: Bureau) -> None:
    case_id = bureau.begins("bambang")
    bureau["bambang"].forwards(case_id)
    bureau["bambang"].leaves("kakanwil")
    assert sight(bureau, case_id, "bambang") == Sight.OWN
    assert subjects(bureau, "bambang") != [""]


def test_a_superior_who_had_a_part_and_left_it_reads_the_subject_in_the_list(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    bureau["hendra"].leaves("kabag-p2l")
    bureau["siti"].leaves("kadiv")
    assert subjects(bureau, "siti") == [""]
    bureau["siti"].takes("kakanwil", Capacity.PLH)
    assert sight(bureau, case_id, "siti") == Sight.WHOLE
    assert subjects(bureau, "siti") != [""]


def test_an_old_digest_hides_the_subject_from_its_reader_who_left(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task_id = bureau.task(case_id).id

    def named() -> list[str]:
        return bureau.work(
            lambda records: [
                one.subject for one in lists.waiting(records.reader, person(records, bureau, "rina"), [task_id])
            ]
        )

    assert named() != [""]
    bureau["rina"].leaves("jft-prakom")
    assert named() == [""]


def test_the_list_of_cases_shows_the_open_ones_first(bureau: Bureau) -> None:
    first = bureau.begins("budi")
    bureau.begins("budi")
    bureau.begins("siti")
    assert visible(bureau, "budi") == ["SW-2026-0002", "SW-2026-0001"]
    bureau["bambang"].declines(bureau.begins("budi"))
    bureau["bambang"].declines(first)
    assert visible(bureau, "budi") == ["SW-2026-0002", "SW-2026-0004", "SW-2026-0001"]
    assert visible(bureau, "siti") == ["SW-2026-0003"]
    assert visible(bureau, "andi") == ["SW-2026-0003", "SW-2026-0002"]
    assert visible(bureau, "andi", limit=1) == ["SW-2026-0003"]
    assert visible(bureau, "hendra") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("SW-2026-0001", ["SW-2026-0001"]),
        ("sw 2026 1", ["SW-2026-0001"]),
        ("2026-1", ["HW-2026-0001", "SW-2026-0001"]),
        ("0001", ["HW-2026-0001", "SW-2026-0001"]),
        ("1", ["HW-2026-0001", "SW-2026-0001"]),
        ("HW1", ["HW-2026-0001"]),
        ("2025-1", []),
        ("", []),
        ("%", []),
        ("SW-%", []),
        ("0001; --", []),
    ],
)
def test_a_number_is_found_as_people_type_it(bureau: Bureau, typed: str, found: list[str]) -> None:
    bureau.begins("budi")
    bureau.begins("budi", sop="penanganan-masalah-hardware")
    assert bureau.work(lambda records: lists.numbers_like(records.reader, typed)) == found


def test_the_timeline_names_who_acted_and_the_step_they_closed(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.works(5)
    bureau["siti"].takes("kakanwil", Capacity.PLH)
    bureau["siti"].forwards(case_id, note="Segera.")

    def read(records: Records) -> list[tuple[str, str, str, int | None]]:
        events = timeline.timeline(records.reader, records.case(case_id).case)
        return [(one.action, one.actor, one.capacity, one.closed.step if one.closed else None) for one in events]

    assert bureau.work(read) == [
        ("report", "Budi Santoso", "reporter", None),
        ("forward", "Siti Rahmawati", "plh:kakanwil", 1),
    ]


def test_each_pass_of_a_step_is_told_with_its_own_time(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=6)
    bureau["maria"].gives_back(case_id)
    bureau.works(60)
    bureau.walks(case_id, until=7)

    def read(records: Records) -> list[int]:
        case = records.case(case_id).case
        return [
            one.closed.round for one in timeline.timeline(records.reader, case) if one.closed and one.closed.step == 5
        ]

    assert bureau.work(read) == [1, 2]


def test_an_erased_entry_leaves_its_head_on_the_timeline(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")

    def erase(records: Records) -> None:
        chain = records.case(case_id).case.chain
        (entry,) = records.session.scalars(chain.entries.select().options(selectinload(Entry.payload)))
        assert entry.payload is not None
        entry.payload.body = None

    bureau.work(erase)
    (event,) = bureau.work(lambda records: timeline.timeline(records.reader, records.case(case_id).case))
    assert (event.action, event.actor, event.body) == ("report", "Budi Santoso", {})


def test_the_active_tasks_of_each_colleague_are_counted(bureau: Bureau) -> None:
    for to in ("andi", "andi", "rina"):
        case_id = bureau.begins("budi")
        bureau.walks(case_id, until=4)
        bureau["maria"].forwards(case_id, to=to)
    counts = bureau.work(lambda records: lists.active_counts(records.reader, "jft-prakom"))
    assert counts == {bureau["andi"].id: 2, bureau["rina"].id: 1}


def test_files_are_counted_and_told_apart_by_whose_they_are(bureau: Bureau) -> None:
    case_id = confides(bureau, files=(PHOTO,))
    bureau.walks(case_id, until=5)
    bureau["rina"].attaches(case_id, PHOTO, PHOTO)
    budi = bureau["budi"].id

    def count(records: Records) -> tuple[int, int, int, int]:
        return (
            len(belongings.attachments(records.reader, case_id)),
            len(belongings.attachments(records.reader, case_id, added_by=budi)),
            belongings.evaluation_files(records.reader, case_id, 1),
            belongings.evaluation_files(records.reader, case_id, 2),
        )

    assert bureau.work(count) == (3, 1, 2, 0)


def test_the_correction_that_began_a_round_is_found(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=7)
    assert timeline.last_correction(bureau.case(case_id)) is None
    bureau["hendra"].gives_back(case_id, note="Belum ada penyebab.")
    found = timeline.last_correction(bureau.case(case_id))
    assert found is not None
    assert found.note == "Belum ada penyebab."


def test_living_cards_of_a_chat_are_found_by_kind_mode_and_case(bureau: Bureau) -> None:
    first, second = bureau.begins("budi"), bureau.begins("budi")

    def count(records: Records) -> tuple[int, int, int, int]:
        chat = person(records, bureau, "budi").account_id or 0
        receipts = cards.shown_cards(records.reader, chat, CardKind.STATUS)
        receipts[0].live = False
        records.session.flush()
        return (
            len(receipts),
            len(cards.shown_cards(records.reader, chat, CardKind.STATUS, case_id=first)),
            len(cards.shown_cards(records.reader, chat, CardKind.STATUS, face=Face.MAIN, case_id=second)),
            len(cards.shown_cards(records.reader, chat, CardKind.STATUS, face=Face.WAITING)),
        )

    assert bureau.work(count) == (2, 0, 1, 0)
