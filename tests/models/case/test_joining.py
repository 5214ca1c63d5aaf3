"""A report joined to a case: who may, until when, who hears of it, and that the record proves it."""

import pytest
from sqlalchemy import select

from models.case.joined_report import JoinedReport
from models.case.question import Remark
from models.mail.card import Card, CardKind
from models.proof.verification import verify
from models.refusals import AlreadyJoined, CaseClosed, HandlingBegun, NotJoinable, NotYourTask, OthersJoined
from models.repository.records import Records
from tests.models.bureau import Bureau
from tests.models.proof.test_testimony import file
from tests.models.reports_joined import joins, leaves
from tests.reports import a_report


def _joined(bureau: Bureau, case_id: int) -> list[tuple[str | None, bool]]:
    def read(records: Records) -> list[tuple[int, bool]]:
        found = records.session.scalars(select(JoinedReport).where(JoinedReport.case_id == case_id))
        return [(one.person_id, one.parted_at is None) for one in found]

    return [(bureau.named(person_id), present) for person_id, present in bureau.work(read)]


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
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", case_id)
    bureau.finishes(case_id)

    def cards(records: Records) -> list[tuple[CardKind, int | None]]:
        kinds = Card.kind.in_([CardKind.STATUS, CardKind.RESULT])
        shown = records.session.scalars(select(Card).where(Card.case_id == case_id, kinds).order_by(Card.id))
        return [(one.kind, one.person_id) for one in shown]

    given = {(kind, bureau.named(person_id)) for kind, person_id in bureau.work(cards)}
    assert given == {(kind, name) for kind in (CardKind.STATUS, CardKind.RESULT) for name in ("budi", "dewi")}


def test_nobody_joins_twice_nor_their_own_report(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", case_id)
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
    def begin(records: Records) -> int:
        report = a_report("Gaji saya salah", confidential=True)
        begun = records.begin(report, reporter=bureau["budi"]._person(records), sop="penanganan-masalah-software")
        records.flush()
        return begun.case.id

    case_id = bureau.work(begin)
    with pytest.raises(NotJoinable):
        joins(bureau, "dewi", case_id)


def test_the_first_reporter_cannot_withdraw_what_others_wait_for(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", case_id)
    with pytest.raises(OthersJoined):
        bureau["budi"].withdraws(case_id)
    leaves(bureau, "dewi", case_id)
    assert _joined(bureau, case_id) == [("dewi", False)]
    bureau["budi"].withdraws(case_id)
    assert _verifies(bureau)


def test_a_person_without_a_part_leaves_nothing(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", case_id)
    for name in ("budi", "siti"):
        with pytest.raises(NotYourTask):
            leaves(bureau, name, case_id)
    bureau.finishes(case_id)
    with pytest.raises(CaseClosed):
        leaves(bureau, "dewi", case_id)


def test_a_joined_reporter_cannot_withdraw_the_whole_case(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", case_id)
    with pytest.raises((NotYourTask, HandlingBegun)):
        bureau["dewi"].withdraws(case_id)


def test_a_joined_reporter_has_a_verdict_of_their_own(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", case_id)
    bureau.finishes(case_id)
    bureau["budi"].says_whether_it_helped(case_id, helped=True)
    bureau["dewi"].says_whether_it_helped(case_id, helped=False)

    def read(records: Records) -> tuple[bool | None, bool | None]:
        case = records.case(case_id).case
        return case.helped, case.joined_reports[0].helped

    assert bureau.work(read) == (True, False)
    assert _verifies(bureau)


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE cases SET joined = 2",
        "UPDATE joined_reports SET person_id = 1",
        "UPDATE joined_reports SET parted_at = joined_at",
        "UPDATE joined_reports SET helped = true, helped_at = joined_at",
        "DELETE FROM joined_reports",
        "INSERT INTO joined_reports (case_id, person_id, joined_at) SELECT case_id, 2, joined_at FROM joined_reports",
    ],
)
def test_the_record_proves_who_joined(bureau: Bureau, forged: str) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", case_id)
    assert _verifies(bureau)

    def forge(records: Records) -> None:
        records.session.connection().exec_driver_sql(forged)

    bureau.work(forge)
    assert not bureau.work(lambda records: verify(records.session)).verifies
