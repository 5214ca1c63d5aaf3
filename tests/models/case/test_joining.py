"""A report joined to a case: who may, until when, who hears of it, and that the record proves it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.case.case import CaseState
from models.case.joined_report import JoinedReport
from models.case.question import Remark
from models.case.verdict import Rating, Word
from models.mail.card import Card, CardKind
from models.proof.verification import verify
from models.refusals.reports import (
    AlreadyJoined,
    CaseClosed,
    HandlingBegun,
    NotJoinable,
    NotJoined,
    OthersJoined,
    VerdictOver,
)
from models.refusals.work import CardOutOfDate, NotYourTask, StepForbids, TaskAlreadyDecided
from models.repository import joining
from models.repository.records import Records
from models.statistics.counting import count_some
from models.statistics.tables import Stretch
from tests.models.bureau import Bureau
from tests.models.case.test_reporting import forbid
from tests.models.proof.test_testimony import file
from tests.models.reports_joined import joins, leaves, merges, parts


def _joined(bureau: Bureau, case_id: int) -> list[tuple[str | None, bool]]:
    def read(records: Records) -> list[tuple[int, bool]]:
        found = records.session.scalars(select(JoinedReport).where(JoinedReport.case_id == case_id))
        return [(one.person_id, one.parted_at is None) for one in found]

    return [(bureau.named(person_id), present) for person_id, present in bureau.work(read)]


def _with_dewi(bureau: Bureau) -> int:
    """Let Dewi report what Budi reported; returns the number of the case."""
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", case_id)
    return case_id


def _two(bureau: Bureau) -> tuple[int, int]:
    """Let Budi and Andi report the same, in a case each."""
    return bureau.begins("budi", "SIMPEG mati"), bureau.begins("andi", "SIMPEG error")


def _merged(bureau: Bureau) -> tuple[int, int]:
    """Merge the case of Andi, the second, into that of Budi."""
    first, second = _two(bureau)
    merges(bureau, "bambang", second, first)
    return first, second


def _verifies(bureau: Bureau) -> bool:
    found = bureau.work(lambda records: verify(records.session))
    assert found.verifies, found.first
    return True


def test_a_person_joins_with_words_and_files_of_their_own(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "rina", case_id, "SIMPEG juga mati di sini", (file("j"),))

    assert _joined(bureau, case_id) == [("rina", True)]
    assert bureau.case(case_id).joined == 1
    words = bureau.work(lambda records: [one.text for one in records.session.scalars(select(Remark))])
    assert words == ["SIMPEG juga mati di sini"]
    assert _verifies(bureau)


def test_each_reporter_gets_a_receipt_and_the_result(bureau: Bureau) -> None:
    case_id = _with_dewi(bureau)
    bureau.finishes(case_id)

    def cards(records: Records) -> list[tuple[CardKind, int | None]]:
        kinds = Card.kind.in_([CardKind.STATUS, CardKind.RESULT])
        shown = records.session.scalars(select(Card).where(Card.case_id == case_id, kinds).order_by(Card.id))
        return [(one.kind, one.person_id) for one in shown]

    given = {(kind, bureau.named(person_id)) for kind, person_id in bureau.work(cards)}
    assert given == {(kind, name) for kind in (CardKind.STATUS, CardKind.RESULT) for name in ("budi", "dewi")}


def test_nobody_joins_twice_nor_their_own_report(bureau: Bureau) -> None:
    case_id = _with_dewi(bureau)
    for name in ("dewi", "budi"):
        with pytest.raises(AlreadyJoined):
            joins(bureau, name, case_id)


def test_a_case_takes_reports_until_its_work_is_handed_in(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    bureau.walks(case_id, until=5)
    bureau["rina"].starts(case_id)
    joins(bureau, "dewi", case_id)
    bureau["rina"].hands_in(case_id)
    with pytest.raises(NotJoinable):
        joins(bureau, "siti", case_id)
    bureau["maria"].gives_back(case_id)
    joins(bureau, "siti", case_id)
    bureau.finishes(case_id)
    with pytest.raises(NotJoinable):
        joins(bureau, "andi", case_id)
    assert _verifies(bureau)


def test_nothing_is_joined_to_a_confidential_case(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "Gaji saya salah", confidential=True)
    with pytest.raises(NotJoinable):
        joins(bureau, "dewi", case_id)


def test_the_first_reporter_cannot_withdraw_what_others_wait_for(bureau: Bureau) -> None:
    case_id = _with_dewi(bureau)
    with pytest.raises(OthersJoined):
        bureau["budi"].withdraws(case_id)
    leaves(bureau, "dewi", case_id)
    assert _joined(bureau, case_id) == [("dewi", False)]
    bureau["budi"].withdraws(case_id)
    assert _verifies(bureau)


def test_a_person_without_a_part_leaves_nothing(bureau: Bureau) -> None:
    case_id = _with_dewi(bureau)
    for name in ("budi", "siti"):
        with pytest.raises(NotYourTask):
            leaves(bureau, name, case_id)
    bureau.finishes(case_id)
    with pytest.raises(CaseClosed):
        leaves(bureau, "dewi", case_id)


def test_a_joined_reporter_cannot_withdraw_the_whole_case(bureau: Bureau) -> None:
    case_id = _with_dewi(bureau)
    with pytest.raises((NotYourTask, HandlingBegun)):
        bureau["dewi"].withdraws(case_id)


def test_a_joined_reporter_has_a_verdict_of_their_own(bureau: Bureau) -> None:
    case_id = _with_dewi(bureau)
    bureau.finishes(case_id)
    bureau["budi"].says_whether_it_helped(case_id, helped=True)
    bureau["dewi"].says_whether_it_helped(case_id, helped=False)

    def read(records: Records) -> tuple[bool | None, bool | None]:
        case = records.case(case_id).case
        return case.helped, case.joined_reports[0].helped

    assert bureau.work(read) == (True, False)
    assert _verifies(bureau)


def _taps(bureau: Bureau, case_id: int) -> list[Word]:
    """Return what each reporter said of the result and taps beside it: the first one, then those who joined."""

    def read(records: Records) -> list[Word]:
        case = records.case(case_id).case
        return [Word.kept(case), *(Word.kept(one) for one in case.joined_reports)]

    return bureau.work(read)


def test_a_joined_reporter_has_the_two_taps_of_their_own(bureau: Bureau) -> None:
    case_id = _with_dewi(bureau)
    bureau.finishes(case_id)
    for name, rating in (("budi", Rating.QUICK), ("dewi", Rating.SLOW), ("dewi", Rating.UNCLEAR)):
        bureau[name].says_whether_it_helped(case_id, helped=True)
        bureau[name].rates(case_id, rating)
    assert _taps(bureau, case_id) == [Word(True, True), Word(True, False, False)]
    assert _verifies(bureau)

    bureau["dewi"].says_whether_it_helped(case_id, helped=False)
    assert _taps(bureau, case_id) == [Word(True, True), Word(False)], "another verdict takes them back"
    with pytest.raises(CardOutOfDate):
        bureau["dewi"].rates(case_id, Rating.QUICK)
    assert _verifies(bureau)


def test_their_taps_end_seven_days_after_their_own_verdict(bureau: Bureau) -> None:
    case_id = _with_dewi(bureau)
    bureau.finishes(case_id)
    bureau["budi"].says_whether_it_helped(case_id, helped=True)
    bureau.passes(timedelta(days=5))
    bureau["dewi"].says_whether_it_helped(case_id, helped=True)
    bureau.passes(timedelta(days=7))
    bureau["dewi"].rates(case_id, Rating.CLEAR)
    bureau.passes(timedelta(seconds=1))
    with pytest.raises(VerdictOver):
        bureau["dewi"].rates(case_id, Rating.UNCLEAR)
    with pytest.raises(VerdictOver):
        bureau["budi"].rates(case_id, Rating.QUICK)
    assert _taps(bureau, case_id) == [Word(True), Word(True, clear=True)]


def test_who_has_left_says_nothing_of_the_result(bureau: Bureau) -> None:
    case_id = _with_dewi(bureau)
    leaves(bureau, "dewi", case_id)
    bureau.finishes(case_id)
    with pytest.raises(NotYourTask):
        bureau["dewi"].rates(case_id, Rating.QUICK)


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE cases SET joined = 2",
        "UPDATE joined_reports SET person_id = 1",
        "UPDATE joined_reports SET parted_at = joined_at",
        "UPDATE joined_reports SET helped = true, helped_at = joined_at",
        "UPDATE joined_reports SET quick = true",
        "UPDATE joined_reports SET clear = false",
        "DELETE FROM joined_reports",
        "INSERT INTO joined_reports (case_id, person_id, joined_at) SELECT case_id, 2, joined_at FROM joined_reports",
    ],
)
def test_the_record_proves_who_joined(bureau: Bureau, forged: str) -> None:
    _with_dewi(bureau)
    assert _verifies(bureau)

    def forge(records: Records) -> None:
        records.session.connection().exec_driver_sql(forged)

    bureau.work(forge)
    assert not bureau.work(lambda records: verify(records.session)).verifies


def test_a_merged_case_is_a_part_of_the_other(bureau: Bureau) -> None:
    first, second = _merged(bureau)
    case = bureau.case(second)
    assert (case.state, case.joined_to_id, case.tasks[-1].outcome) == (CaseState.MERGED, first, "merged")
    assert case.tasks[-1].chase_at is None
    assert not bureau.live(case.tasks[-1].id)
    assert _joined(bureau, first) == [("andi", True)]
    assert _verifies(bureau)


def test_parted_it_goes_on_where_it_was_with_the_rest_of_its_time(bureau: Bureau) -> None:
    first, second = _two(bureau)
    due = bureau.task(second).due_at
    bureau.works(10)
    merges(bureau, "bambang", second, first)
    bureau.works(120)
    assert parts(bureau, "bambang", first) == "SW-2026-0002"
    task = bureau.task(second)
    calendar = bureau.rules.office.calendar
    assert (task.step, task.due_at) == (1, calendar.add(due, 120 * 60))
    assert bureau.case(second).state is CaseState.OPEN
    assert bureau.case(second).joined_to_id is None
    assert bureau.case(first).joined == 0
    bureau.finishes(second)
    bureau.finishes(first)
    assert _verifies(bureau)


def test_what_was_late_stays_late(bureau: Bureau) -> None:
    first, second = _two(bureau)
    bureau.works(45)
    bureau.sweeps()
    rung = bureau.task(second).rung
    merges(bureau, "bambang", second, first)
    bureau.works(60)
    parts(bureau, "bambang", first)
    assert bureau.task(second).rung == rung > 0
    bureau["bambang"].forwards(second)
    assert bureau.case(second).tasks[-2].late_by == 15 * 60
    assert _verifies(bureau)


def test_only_who_decides_the_first_step_merges_and_parts(bureau: Bureau) -> None:
    first, second = _two(bureau)
    for name in ("siti", "budi", "rina"):
        with pytest.raises(NotYourTask):
            merges(bureau, name, second, first)
    merges(bureau, "bambang", second, first)
    for name in ("siti", "andi", "rina"):
        with pytest.raises(NotYourTask):
            parts(bureau, name, first)


def test_no_circle_nor_chain_of_cases(bureau: Bureau) -> None:
    first, second = _two(bureau)
    third = bureau.begins("rina", "SIMPEG down")
    merges(bureau, "bambang", second, first)
    with pytest.raises(StepForbids):
        merges(bureau, "bambang", first, third)
    with pytest.raises(StepForbids):
        merges(bureau, "bambang", first, second)
    with pytest.raises(TaskAlreadyDecided):
        merges(bureau, "bambang", second, third)
    with pytest.raises(NotJoinable):
        merges(bureau, "bambang", third, second)
    with pytest.raises(NotJoinable):
        merges(bureau, "bambang", third, third)
    assert _verifies(bureau)


def test_nothing_is_merged_with_what_is_over_secret_or_being_handled(bureau: Bureau) -> None:
    over, handled, secret = (bureau.begins("budi", text) for text in ("SIMPEG mati", "SIMPEG error", "SIMPEG down"))
    bureau.finishes(over)
    bureau.walks(handled, until=5)
    bureau["rina"].starts(handled)

    hidden = bureau.begins("budi", "Gaji saya salah", confidential=True)
    for into in (over, handled, hidden):
        with pytest.raises(NotJoinable):
            merges(bureau, "bambang", secret, into)
    with pytest.raises(StepForbids):
        merges(bureau, "bambang", hidden, secret)
    bureau.walks(secret, until=2)
    with pytest.raises(NotYourTask):
        merges(bureau, "bambang", secret, handled)


def test_nothing_is_parted_from_a_case_that_is_over(bureau: Bureau) -> None:
    first, _second = _merged(bureau)
    bureau.finishes(first)
    with pytest.raises((CaseClosed, NotJoined)):
        parts(bureau, "bambang", first)


def test_a_report_is_parted_once(bureau: Bureau) -> None:
    first, _second = _merged(bureau)
    joined = bureau.work(lambda records: records.case(first).fellows[0].id)

    def again(records: Records) -> None:
        joining.part(records, joined, by=bureau["bambang"]._person(records))

    bureau.work(again)
    with pytest.raises(NotJoined):
        bureau.work(again)


def test_joining_with_a_draft_is_parted_as_a_case_of_its_own(bureau: Bureau) -> None:
    first = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "andi", first, "Ternyata printer", (file("p"),))
    assert parts(bureau, "bambang", first) == "SW-2026-0002"
    begun = bureau.work(lambda records: records.case_numbered("SW-2026-0002").case)
    assert (begun.text, begun.reporter_id) == ("Ternyata printer", bureau["andi"].id)
    assert _verifies(bureau)


def test_an_sop_may_forbid_all_of_it(bureau: Bureau) -> None:
    forbid(bureau, "join")
    first, second = _two(bureau)
    with pytest.raises(StepForbids):
        merges(bureau, "bambang", second, first)
    with pytest.raises(StepForbids):
        joins(bureau, "dewi", first)


@pytest.mark.parametrize("statistics", [False, True])
def test_a_merged_case_is_not_counted_as_work_twice(bureau: Bureau, *, statistics: bool) -> None:
    """It came in, and is finished with the case that it is a part of; parted, it is finished once, by itself."""
    first, second = _merged(bureau)
    if statistics:
        bureau.work(count_some)
    parts(bureau, "bambang", first)
    third = bureau.begins("rina", "SIMPEG down")
    merges(bureau, "bambang", third, first)
    bureau.finishes(first)
    bureau.finishes(second)
    bureau.work(count_some)

    def ended(records: Records) -> list[int]:
        rows = select(Stretch.case_id).where(Stretch.ends).order_by(Stretch.case_id)
        return list(records.session.scalars(rows))

    def began(records: Records) -> list[int]:
        rows = select(Stretch.case_id).where(Stretch.first).order_by(Stretch.case_id)
        return list(records.session.scalars(rows))

    assert bureau.work(ended) == [first, second]
    assert bureau.work(began) == [first, second, third]
