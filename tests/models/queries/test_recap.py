"""What a person handled in a month: booked to who did the work, read by who may, with times reckoned by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from models.administration import restricting
from models.case.case import CaseState
from models.case.evaluation import Part
from models.case.verdict import Appraisal, Rating
from models.office.person import Person
from models.office.tenure import Capacity
from models.queries.recap.entitled import below, may_see, right_to_recap
from models.queries.recap.reading import recap
from models.rules.period import Period
from models.upkeep.erasing import erase_words
from tests.models.administration.leave import MON, answers, asks, files
from tests.models.test_cost import lookups
from tests.models.test_indexes import plans, scans

if TYPE_CHECKING:
    from models.queries.recap.rows import Recap
    from models.repository.records import Records
    from tests.models.bureau import Bureau

NOVEMBER, DECEMBER = Period.month(date(2026, 11, 1)), Period.month(date(2026, 12, 1))
DAY = 450
"""Minutes of office time in a day from Monday to Thursday: 07.30–16.00 with an hour's break."""

HOUR = 3600


def month(bureau: Bureau, name: str, period: Period = NOVEMBER, *, viewer: str = "") -> Recap:
    def read(records: Records) -> Recap:
        person, looking = (records.session.get_one(Person, bureau[one].id) for one in (name, viewer or name))
        return recap(records.reader, person, period, viewer=looking)

    return bureau.work(read)


def assigned(bureau: Bureau, to: str, *, confidential: bool = False) -> int:
    """Let a case be assigned to somebody with an instruction and a note, three minutes after it was reported."""
    case_id = bureau.begins("budi", confidential=confidential)
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to=to, instructions=("Tindak lanjuti",), note="Mohon hari ini.")
    return case_id


def test_it_tells_the_assignment_the_words_the_time_and_what_was_said(bureau: Bureau) -> None:
    case_id = assigned(bureau, "rina")
    given_at = bureau.at
    bureau.works(60)
    bureau["rina"].writes(case_id, Part.RESULT, "SIMPEG dapat dibuka.")
    bureau["rina"].hands_in(case_id)
    submitted_at = bureau.at
    bureau.finishes(case_id)
    bureau["budi"].says_whether_it_helped(case_id, helped=True)
    bureau["budi"].rates(case_id, Rating.QUICK)
    bureau["maria"].appraises(case_id)

    told = month(bureau, "rina")
    (one,) = told.handled
    assert (told.name, told.posts, told.superior) == ("Rina Mokoginta", ["JFT Prakom"], "Maria Tangka")
    assert (one.number, one.subject, one.findings) == ("SW-2026-0001", "SIMPEG tidak dapat dibuka", "Isi findings.")
    assert (one.result, one.state) == ("SIMPEG dapat dibuka.", CaseState.CLOSED)
    assert one.assignment is not None
    assert (one.assignment.by, str(one.assignment.acting)) == ("Maria Tangka", "definitive:kasubbag-humas")
    assert one.assignment.at == given_at
    assert (one.assignment.instructions, one.assignment.note) == (["Tindak lanjuti"], "Mohon hari ini.")
    (spent,) = one.passes
    assert (spent.received_at, spent.submitted_at) == (given_at, submitted_at)
    assert (spent.used, spent.standard, spent.late_by, spent.revision) == (HOUR, "2 hari", 0, 1)
    assert (one.helped, one.quick, one.clear, one.well, one.appraised_by) == (True, True, None, True, "Maria Tangka")
    assert (told.in_time, told.corrections, one.in_time) == (1, 0, True)


def test_a_correction_is_a_pass_of_its_own_with_its_own_clock(bureau: Bureau) -> None:
    case_id = assigned(bureau, "rina")
    bureau.works(2 * DAY + 60)
    bureau["rina"].hands_in(case_id)
    bureau.works(10)
    bureau["maria"].gives_back(case_id)
    bureau.works(30)
    bureau["rina"].hands_in(case_id)
    told = month(bureau, "rina")
    (one,) = told.handled
    assert [(each.round, each.revision, each.used, each.late_by) for each in one.passes] == [
        (1, 1, (2 * DAY + 60) * 60, HOUR),
        (2, 2, HOUR // 2, 0),
    ]
    assert (told.corrections, told.in_time, one.state, one.well) == (1, 0, CaseState.OPEN, None)


def test_what_was_handed_over_is_booked_on_who_did_it_and_the_delay_on_who_had_it(bureau: Bureau) -> None:
    case_id = assigned(bureau, "rina")
    bureau["rina"].starts(case_id)
    bureau.works(2 * DAY + 60)
    bureau["rina"].hands_on(case_id, to="andi")
    handed_at = bureau.at
    bureau.works(30)
    bureau["andi"].hands_in(case_id)

    (one,) = month(bureau, "andi").handled
    (spent,) = one.passes
    assert (spent.received_at, spent.given_by) == (handed_at, "Rina Mokoginta")
    assert (spent.late_by, spent.late_before, spent.own_delay) == (HOUR * 3 // 2, HOUR, HOUR // 2)
    rina = month(bureau, "rina")
    assert rina.handled == []
    assert [(gone.number, gone.at, gone.to) for gone in rina.handed_on] == [("SW-2026-0001", handed_at, "Andi Pratama")]


def test_a_delay_from_before_the_work_came_is_not_of_who_ended_it(bureau: Bureau) -> None:
    case_id = assigned(bureau, "rina")
    bureau.works(2 * DAY + 60)
    bureau["maria"].hands_on(case_id, to="andi")
    bureau["andi"].hands_in(case_id)
    told = month(bureau, "andi")
    assert told.in_time == 1
    assert month(bureau, "rina").handed_on == [], "the superior took it away, she handed nothing on"
    assert month(bureau, "maria").handed_on == []


def test_who_submitted_last_gets_what_is_said_of_the_work(bureau: Bureau) -> None:
    case_id = assigned(bureau, "rina")
    bureau["rina"].hands_in(case_id)
    bureau["maria"].gives_back(case_id)
    bureau["rina"].hands_on(case_id, to="andi")
    bureau["andi"].hands_in(case_id)
    bureau.finishes(case_id)
    bureau["budi"].says_whether_it_helped(case_id, helped=True)
    (first,), (last,) = month(bureau, "rina").handled, month(bureau, "andi").handled
    assert (first.ended_by, last.ended_by) == ("Andi Pratama", "")
    assert (len(month(bureau, "rina").concluded), len(month(bureau, "andi").concluded)) == (0, 1)
    assert [each.revision for each in first.passes] == [1]
    assert [each.revision for each in last.passes] == [2]


def test_a_plh_is_told_as_such(bureau: Bureau) -> None:
    case_id = assigned(bureau, "rina")
    absence_id = files(bureau, "rina", MON, None)
    asks(bureau, absence_id, "andi")
    answers(bureau, absence_id, "andi")
    bureau["andi"].hands_in(case_id)
    ((spent,),) = (one.passes for one in month(bureau, "andi").handled)
    assert spent.acting is not None
    assert spent.acting.capacity is Capacity.PLH
    assert month(bureau, "rina").handled == []


def test_a_month_is_the_office_s_own_and_an_empty_one_is_empty(bureau: Bureau) -> None:
    case_id = assigned(bureau, "rina")
    bureau.at = datetime(2026, 11, 30, 15, 59, tzinfo=UTC)  # 23.59 WITA on the last day
    bureau["rina"].hands_in(case_id)
    other = assigned(bureau, "rina")
    bureau.at = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)  # midnight in Manado: the first of December
    bureau["rina"].hands_in(other)
    assert [one.number for one in month(bureau, "rina").handled] == ["SW-2026-0001"]
    assert [one.number for one in month(bureau, "rina", DECEMBER).handled] == ["SW-2026-0002"]
    assert month(bureau, "rina", Period.month(date(2026, 10, 1))).handled == []


class TestWords:
    def test_a_confidential_case_stands_there_by_its_number_and_its_times_alone(self, bureau: Bureau) -> None:
        case_id = assigned(bureau, "rina", confidential=True)
        bureau["rina"].hands_in(case_id)
        for viewer in ("rina", "maria"):
            (one,) = month(bureau, "rina", viewer=viewer).handled
            assert one.confidential
            assert (one.subject, one.unit, one.findings, one.action, one.result) == ("", "", "", "", "")
            assert one.assignment is not None
            assert (one.assignment.instructions, one.assignment.note) == ([], "")
            assert one.passes[0].standard == "2 hari"

    def test_erased_words_are_gone_and_the_work_stays(self, bureau: Bureau) -> None:
        case_id = assigned(bureau, "rina")
        bureau["rina"].hands_in(case_id)
        bureau.finishes(case_id)
        reporter = bureau["budi"].id
        bureau.work(lambda records: erase_words(records, case_id, reporter, because="diminta", always=True))
        (one,) = month(bureau, "rina").handled
        assert (one.erased, one.subject, one.findings) == (True, "", "Isi findings.")

    def test_who_has_left_the_post_keeps_their_own_words_and_no_others(self, bureau: Bureau) -> None:
        case_id = assigned(bureau, "rina")
        bureau["rina"].hands_in(case_id)
        bureau["rina"].leaves("jft-prakom")
        (one,) = month(bureau, "rina").handled
        assert (one.subject, one.findings) == ("", "Isi findings.")
        assert one.assignment is not None
        assert one.assignment.note == ""


REASON = "Menunggu akses peladen dari penyedia."


def late(bureau: Bureau, *, confidential: bool = False) -> int:
    """Let Rina submit an hour late and say why; returns the case."""
    case_id = assigned(bureau, "rina", confidential=confidential)
    bureau.works(2 * DAY + 60)
    bureau["rina"].hands_in(case_id)
    task = bureau.work(lambda records: records.case(case_id).case.tasks[4].id)
    bureau["rina"].explains(case_id, REASON, task_id=task)
    return case_id


def reason(bureau: Bureau, name: str, viewer: str) -> tuple[str, str]:
    (one,) = month(bureau, name, viewer=viewer).handled
    return one.passes[0].late_reason, one.passes[0].late_reason_by


class TestReason:
    def test_it_stands_at_the_pass_that_was_late_for_those_who_read_the_case(self, bureau: Bureau) -> None:
        late(bureau)
        for viewer in ("rina", "maria", "bambang"):
            assert reason(bureau, "rina", viewer) == (REASON, "")

    def test_of_a_confidential_case_it_stands_on_no_list(self, bureau: Bureau) -> None:
        late(bureau, confidential=True)
        for viewer in ("rina", "maria", "bambang"):
            assert reason(bureau, "rina", viewer) == ("", "")

    def test_who_has_left_the_post_keeps_their_own(self, bureau: Bureau) -> None:
        late(bureau)
        bureau["rina"].leaves("jft-prakom")
        assert reason(bureau, "rina", "rina") == (REASON, "")

    def test_restricted_words_are_on_the_list_of_their_writer_alone(self, bureau: Bureau) -> None:
        case_id = late(bureau)
        bureau.finishes(case_id)
        rina = bureau["rina"].id
        bureau.work(lambda records: restricting.restrict(records, records.session.get_one(Person, rina), because="x"))
        assert reason(bureau, "rina", "maria") == ("", "")
        assert reason(bureau, "rina", "rina") == (REASON, "")

    def test_the_words_of_a_colleague_name_them(self, bureau: Bureau) -> None:
        case_id = assigned(bureau, "rina")
        bureau.works(2 * DAY + 60)
        bureau["rina"].explains(case_id, REASON)
        bureau["rina"].hands_on(case_id, to="andi")
        bureau["andi"].hands_in(case_id)
        assert reason(bureau, "andi", "andi") == (REASON, "Rina Mokoginta")


class TestWhoMaySee:
    @pytest.mark.parametrize(
        ("viewer", "sees"),
        [
            *(("rina", True), ("maria", True), ("hendra", True), ("siti", True), ("bambang", True)),
            *(("andi", False), ("budi", False), ("dewi", False)),
        ],
    )
    def test_oneself_and_the_posts_above(self, bureau: Bureau, viewer: str, *, sees: bool) -> None:
        def ask(records: Records) -> bool:
            looking, rina = (records.session.get_one(Person, bureau[one].id) for one in (viewer, "rina"))
            return may_see(records.reader.office(), looking, rina)

        assert bureau.work(ask) is sees

    def test_superiors_are_offered_who_handles_below_them(self, bureau: Bureau) -> None:
        def offered(name: str) -> tuple[list[str], bool]:
            def ask(records: Records) -> tuple[list[str], bool]:
                viewer = records.session.get_one(Person, bureau[name].id)
                office = records.reader.office()
                return [one.name for one in below(office, viewer)], right_to_recap(office, viewer)

            return bureau.work(ask)

        both = ["Rina Mokoginta", "Andi Pratama"]
        assert offered("maria") == (both, True)
        assert offered("bambang") == (both, True)
        assert offered("rina") == ([], True)
        assert offered("budi") == ([], False)
        assert offered("dewi") == ([], False)

    def test_the_superior_alone_may_appraise_from_the_list_and_while_it_can_be_changed(self, bureau: Bureau) -> None:
        case_id = assigned(bureau, "rina")
        bureau["rina"].hands_in(case_id)
        assert not month(bureau, "rina", viewer="maria").handled[0].appraisable
        bureau.finishes(case_id)
        assert month(bureau, "rina", viewer="maria").handled[0].appraisable
        for viewer in ("rina", "hendra"):
            assert not month(bureau, "rina", viewer=viewer).handled[0].appraisable
        bureau["maria"].appraises(case_id, Appraisal.IMPROVE)
        assert month(bureau, "rina", viewer="maria").handled[0].appraisable
        bureau.passes(timedelta(days=8))
        assert not month(bureau, "rina", viewer="maria").handled[0].appraisable


class TestCost:
    def test_more_cases_cost_no_more_statements(self, bureau: Bureau) -> None:
        def works() -> None:
            case_id = assigned(bureau, "rina")
            bureau["rina"].hands_on(case_id, to="andi")
            bureau["andi"].hands_on(case_id, to="rina")
            bureau["rina"].hands_in(case_id)
            bureau.finishes(case_id)

        def cost() -> int:
            with lookups(bureau) as found:
                month(bureau, "rina", viewer="maria")
            return len(found)

        works()
        before = cost()
        for _ in range(3):
            works()
        assert len(month(bureau, "rina").handled) == 4
        assert cost() == before

    @pytest.mark.databases("sqlite")
    def test_it_goes_through_no_growing_table(self, bureau: Bureau) -> None:
        case_id = assigned(bureau, "rina")
        bureau["rina"].hands_on(case_id, to="andi")
        bureau["andi"].hands_in(case_id)
        bureau.finishes(case_id)
        with plans(bureau) as found:
            month(bureau, "andi", viewer="maria")
            month(bureau, "rina", viewer="maria")
        assert found
        assert scans(found) == []
