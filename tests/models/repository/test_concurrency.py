"""Several writers on one PostgreSQL database: whatever meets, the record is as if one had come after the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from handlers.chat.desk import Toast
from handlers.looking.status import open_next
from handlers.screens.screen import Touch
from models.administration.admission import accept, claim, complete, invite, mark
from models.administration.appointment import appoint, dismiss_admin, relieve
from models.case.sop_version import SopVersion
from models.case.task import Chase, Task
from models.chase import sweep
from models.chase.daily_round import daily_round
from models.chase.sweep import chase_due
from models.mail.card import Button, Card, CardKind
from models.mail.notice import Notice, NoticeKind
from models.office.invitation import InviteKind
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.proof.verification import verify
from models.refusals.administration import CandidateGone, LastAdmin, NotAdmin, NotHolding
from models.refusals.registration import InviteInvalid
from models.refusals.work import CardOutOfDate, NotYourTask, QuestionAlreadyAnswered, TaskAlreadyDecided
from models.repository.numbering import Numbering
from models.repository.presses import Press, find_press
from models.repository.stuck import report_stuck
from models.upkeep.auditing import audit
from tests.models.bureau import SOFTWARE
from tests.models.rivals import Work, meet, race
from tests.models.upkeep.test_auditing import all_is_lost
from tests.reports import a_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.mail.conversation import Conversation
    from models.repository.records import Records
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("postgresql")


def decides(bureau: Bureau, name: str, case_id: int) -> Callable[[Records], Task | None]:
    """Return the work by which a person forwards a case, as a tap on its card does."""
    person_id = bureau[name].id

    def work(records: Records) -> Task | None:
        person = records.session.get_one(Person, person_id)
        proceeding = records.case(case_id)
        task = proceeding.case.open_task or proceeding.case.tasks[-1]
        if task.post != "kakanwil":
            task = proceeding.case.tasks[0]
        return proceeding.forward(task, by=records.tenure(person, task))

    return work


def remarks(bureau: Bureau, name: str, case_id: int) -> Callable[[Records], object]:
    person_id = bureau[name].id

    def work(records: Records) -> object:
        proceeding = records.case(case_id)
        (task,) = (one for one in proceeding.case.tasks if one.is_open)
        person = records.session.get_one(Person, person_id)
        return proceeding.remark(task, by=records.tenure(person, task), text="Mohon dipercepat.")

    return work


def holds_together(bureau: Bureau) -> None:
    with Session(bureau.engine) as session:
        found = verify(session)
    assert found.verifies, found


def test_of_two_taps_on_one_task_the_first_decides(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    second_holder = bureau.hires("joko", "Joko Plh")
    second_holder.takes("kakanwil", Capacity.PLH)
    _, late = meet(bureau, decides(bureau, "bambang", case_id), decides(bureau, "joko", case_id))
    assert isinstance(late.refusal, TaskAlreadyDecided)
    assert late.refusal.by == "Bambang Wijaya"
    assert [task.step for task in bureau.case(case_id).tasks] == [1, 2]
    holds_together(bureau)


@pytest.mark.parametrize("more", [True, False])
def test_what_a_colleague_decides_meanwhile_is_not_dealt_as_the_next(bureau: Bureau, *, more: bool) -> None:
    joko = bureau.hires("joko", "Joko Plh")
    joko.takes("kakanwil", Capacity.PLH)
    first = bureau.begins("budi")
    second = bureau.begins("budi") if more else None

    def opens_next(records: Records) -> Toast:
        (card, *_) = records.session.scalars(select(Card).where(Card.person_id == joko.id, Card.live).order_by(Card.id))
        person = records.session.get_one(Person, joko.id)
        return open_next(records, Press(person, card, action=Touch.OPEN_NEXT, argument="", version=1))

    _, late = meet(bureau, decides(bureau, "bambang", first), opens_next)
    told = Toast("done-card-below", {"number": "SW-2026-0002"}) if more else Toast("list-tasks-empty")
    assert (late.result, late.tries) == (told, 1)
    assert bureau.live(bureau.case(first).tasks[0].id) == ["bambang"], "he may recall it"
    if second is not None:
        assert bureau.live(bureau.task(second).id) == ["bambang", "joko"]
    holds_together(bureau)


def test_the_audit_mends_nothing_of_a_task_that_is_decided_while_it_looks(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")

    def loses_all(records: Records) -> None:
        all_is_lost(records)
        records.session.execute(update(Task).values(chase_at=None))

    bureau.work(loses_all)
    meet(bureau, decides(bureau, "bambang", case_id), audit)
    first = bureau.case(case_id).tasks[0]
    assert not first.is_open
    assert first.chase_at is None
    living = [card.person_id for card in first.live_cards if card.kind is CardKind.TASK]
    assert living == [bureau["bambang"].id], "he may recall it"


def test_what_waited_for_a_case_sees_its_journal_as_it_is(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    _, late = meet(bureau, remarks(bureau, "bambang", case_id), remarks(bureau, "bambang", case_id))
    assert late.tries == 1, "it went on from the journal as it had been"
    assert [entry.action for entry in bureau.entries(case_id)] == ["report", "note", "note"]
    assert bureau.breach(case_id) is None


def test_a_question_is_answered_once(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau["rina"].starts(case_id)
    question_id = bureau["rina"].asks(case_id)
    reporter = bureau["budi"].id

    def answers(text: str) -> Callable[[Records], None]:
        def work(records: Records) -> None:
            proceeding, question = records.question(question_id)
            proceeding.answer(question, by=records.session.get_one(Person, reporter), text=text)

        return work

    _, late = meet(bureau, answers("ORA-00018."), answers("ORA-00020."))
    assert isinstance(late.refusal, QuestionAlreadyAnswered)
    assert [entry.action for entry in bureau.entries(case_id)].count("answer") == 1


def test_a_busy_office_keeps_its_record_whole(bureau: Bureau) -> None:
    """Eight at once report, decide, remark, chase, audit and hand posts over, each as chance has it."""
    successors = [bureau.hires(name, f"{name.title()} Contoh").id for name in ("joko", "tuti")]
    cases = [bureau.begins("budi") for _ in range(4)]
    bureau.works(26)

    def one(chance: Random) -> Work[object]:
        case_id = chance.choice(cases)
        match chance.randrange(8):
            case 0:
                return lambda records: records.begin(
                    a_report("Email"), reporter=records.session.get_one(Person, successors[0]), sop=SOFTWARE
                )
            case 1:
                return chase_due
            case 2:
                return audit
            case 3:
                person_id, post = chance.choice(successors), chance.choice(["kakanwil", "kadiv"])
                return lambda records: appoint(records, records.session.get_one(Person, person_id), post)
            case 4 | 5:
                return remarks(bureau, chance.choice(["bambang", "siti", "joko", "tuti"]), case_id)
            case _:
                return decides(bureau, chance.choice(["bambang", "joko", "tuti"]), case_id)

    chance = Random(20261123)
    for _ in range(5):
        outcomes = race(bureau, [one(chance) for _ in range(8)])
        assert {type(outcome.refusal) for outcome in outcomes} <= {type(None), NotYourTask, TaskAlreadyDecided}
    holds_together(bureau)
    definitive = (
        Tenure.ends_at.is_(None),
        Tenure.capacity == Capacity.DEFINITIVE,
        Tenure.post.in_(["kakanwil", "kadiv"]),
    )
    held = select(Tenure.post, func.count()).where(*definitive).group_by(Tenure.post)
    assert dict(bureau.work(lambda records: records.session.execute(held).all())) == {"kakanwil": 1, "kadiv": 1}
    for case_id in cases:
        task = bureau.task(case_id)
        assert sorted(map(str, bureau.live(task.id))) == sorted(map(str, bureau.holders(case_id)))


def test_a_report_that_came_before_a_handover_and_waited_for_it_is_dealt_to_whoever_came(bureau: Bureau) -> None:
    budi, joko = bureau["budi"].id, bureau.hires("joko", "Joko Baru").id

    def earlier(records: Records) -> int:
        records.at -= timedelta(milliseconds=20)
        begun = records.begin(a_report("SIMPEG"), reporter=records.session.get_one(Person, budi), sop=SOFTWARE)
        records.session.flush()
        return begun.case.id

    _, outcome = meet(
        bureau, lambda records: appoint(records, records.session.get_one(Person, joko), "kakanwil"), earlier
    )
    case_id = outcome.result
    assert case_id is not None
    assert bureau.live(bureau.task(case_id).id) == bureau.holders(case_id) == ["joko"]


def test_a_copy_tapped_while_the_arrival_of_another_is_being_kept_leaves_both_known(bureau: Bureau) -> None:
    bureau.begins("budi")

    def minted(records: Records) -> tuple[Card, str]:
        card = records.session.scalars(select(Card).where(Card.kind == CardKind.TASK)).one()
        records.session.scalars(select(Notice).where(Notice.card_id == card.id)).one().doubtful = 1
        button = Button.mint(card, action="status", argument="1", version=0)
        records.session.add(button)
        return card, button.token

    shown, token = bureau.work(minted)

    def arrives(records: Records) -> None:
        card = records.session.get_one(Card, shown.id)
        records.lock_card(card)
        card.message_id = 52

    def tapped(records: Records) -> None:
        find_press(records, token, account_id=shown.chat_id, message_id=51)

    meet(bureau, arrives, tapped)
    card = bureau.work(lambda records: records.session.get_one(Card, shown.id))
    assert {card.message_id, card.twin_id} == {51, 52}


def relieves(person_id: int, post: str) -> Callable[[Records], int]:
    """Return the work of the command that ends somebody's time in a post; it tells how much waited for them."""
    return lambda records: relieve(records, records.session.get_one(Person, person_id), post).waiting


def test_a_report_forwarded_while_its_next_holder_leaves_is_with_nobody_who_left(bureau: Bureau) -> None:
    """Nobody holds the post any more, so that it rises to the nearest above: to the one who forwarded it."""
    case_id = bureau.begins("budi")
    meet(bureau, decides(bureau, "bambang", case_id), relieves(bureau["siti"].id, "kadiv"))
    assert bureau.task(case_id).step == 2
    assert bureau.live(bureau.task(case_id).id) == bureau.holders(case_id) == ["bambang"]
    assert bureau.codes("dewi").count("alert-vacated") == 1
    holds_together(bureau)


def test_whoever_leaves_while_the_card_is_tapped_decides_or_is_refused(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    _, late = meet(bureau, relieves(bureau["bambang"].id, "kakanwil"), decides(bureau, "bambang", case_id))
    assert isinstance(late.refusal, NotYourTask)
    assert bureau.task(case_id).step == 1
    holds_together(bureau)


def test_a_tenure_ended_twice_at_once_ends_once(bureau: Bureau) -> None:
    siti = bureau["siti"].id
    _, late = meet(bureau, relieves(siti, "kadiv"), relieves(siti, "kadiv"))
    assert isinstance(late.refusal, NotHolding)
    holds_together(bureau)


def dismisses(person_id: int) -> Callable[[Records], int]:
    """Return the work of the command that takes the right of an admin from somebody."""
    return lambda records: dismiss_admin(records, records.session.get_one(Person, person_id))


def test_of_the_last_two_admins_dismissed_at_once_one_stays(bureau: Bureau) -> None:
    eko = bureau.hires("eko", "Eko Lumban", admin=True)
    _, late = meet(bureau, dismisses(bureau["dewi"].id), dismisses(eko.id))

    assert isinstance(late.refusal, LastAdmin)
    assert bureau.work(lambda records: [admin.id for admin in records.lock_office().admins]) == [eko.id]


def test_an_admin_who_is_being_dismissed_issues_no_invite(bureau: Bureau) -> None:
    dewi = bureau["dewi"].id
    bureau.hires("eko", "Eko Lumban", admin=True)

    def issue(records: Records) -> None:
        invite(records, InviteKind.POST, post="kadiv", by=records.session.get_one(Person, dewi))

    _, late = meet(bureau, dismisses(dewi), issue)
    assert isinstance(late.refusal, NotAdmin)


class TestChasing:
    def test_two_sweeps_climb_each_rung_once_and_tell_each_person_once(self, bureau: Bureau) -> None:
        cases = [bureau.begins("budi") for _ in range(3)]
        bureau.works(31)
        first, second = meet(bureau, chase_due, chase_due)
        assert first.rungs == 6
        assert second.result is not None
        assert second.result.rungs == 0
        assert second.tries == 1
        climbed = bureau.work(lambda records: records.session.scalar(select(func.count()).select_from(Chase)))
        assert climbed == 2 * len(cases)
        assert len(bureau.notices(NoticeKind.SUMMARY)) == 1
        assert bureau.notices(NoticeKind.LATE) == []
        holds_together(bureau)

    def test_a_sweep_waits_for_no_tap_and_comes_back_to_what_it_left(self, bureau: Bureau) -> None:
        tapped, other = bureau.begins("budi"), bureau.begins("budi")
        bureau.works(31)
        _, swept = meet(bureau, decides(bureau, "bambang", tapped), chase_due)
        assert swept.result is not None
        assert swept.result.rungs == 2
        assert {entry.action for entry in bureau.entries(tapped)} == {"report", "forward"}
        assert [entry.action for entry in bureau.entries(other)] == ["report", "chase", "chase"]
        assert bureau.sweeps().rungs == 0, "what was decided is not late"

    def test_what_was_left_to_a_sweep_is_chased_by_the_next(self, bureau: Bureau) -> None:
        case_id = bureau.begins("budi")
        bureau.works(31)
        meet(bureau, remarks(bureau, "bambang", case_id), chase_due)
        assert bureau.sweeps().rungs == 2

    def test_a_collision_is_left_to_whoever_can_run_the_sweep_again(
        self, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bureau.begins("budi")
        bureau.works(31)

        def collides(*_: object) -> None:
            raise _taken(bureau)

        monkeypatch.setattr(sweep, "_climbs", collides)
        with pytest.raises(IntegrityError):
            bureau.sweeps()

    def test_a_day_has_one_digest(self, bureau: Bureau) -> None:
        bureau.begins("budi")
        bureau.works(31)
        bureau.works(60 * 4)
        given, second = meet(bureau, daily_round, daily_round)
        assert given
        assert second.result is False
        watchers = bureau.work(lambda records: records.lock_office().watchers())
        assert len(bureau.notices(NoticeKind.DIGEST)) == len(watchers) > 0
        holds_together(bureau)


class TestOffice:
    def test_a_post_for_one_never_gets_two_definitive_holders(self, bureau: Bureau) -> None:
        first, second = bureau.hires("joko", "Joko Widodo").id, bureau.hires("tuti", "Tuti Wolang").id

        def appoints(person_id: int) -> Callable[[Records], object]:
            return lambda records: appoint(records, records.session.get_one(Person, person_id), "kadiv")

        case_id = bureau.begins("budi")
        bureau.walks(case_id, until=2)
        meet(bureau, appoints(first), appoints(second))
        assert bureau.holders(case_id) == ["tuti"]
        lasting = select(Tenure.person_id).where(Tenure.post == "kadiv", Tenure.ends_at.is_(None))
        assert bureau.work(lambda records: list(records.session.scalars(lasting))) == [second]
        assert bureau.live(bureau.task(case_id).id) == ["tuti"]
        holds_together(bureau)

    def test_a_tap_that_met_a_handover_comes_too_late(self, bureau: Bureau) -> None:
        case_id = bureau.begins("budi")
        successor = bureau.hires("joko", "Joko Widodo").id

        def hands_over(records: Records) -> object:
            return appoint(records, records.session.get_one(Person, successor), "kakanwil")

        def taps(records: Records) -> object:
            assert records.lock_office().tenures, "whoever looks at the office first must not decide by what it was"
            return decides(bureau, "bambang", case_id)(records)

        _, late = meet(bureau, hands_over, taps)
        assert isinstance(late.refusal, NotYourTask)
        assert bureau.task(case_id).step == 1

    def test_fifty_claims_of_one_invite_have_one_winner(self, bureau: Bureau) -> None:
        code = bureau.work(lambda records: invite(records, InviteKind.POST, post="kadiv").renew())

        def claims(account: int) -> Callable[[Records], int]:
            return lambda records: claim(records, code, account)[0].account_id

        outcomes = race(bureau, [claims(9000 + number) for number in range(50)])
        winners = [one.result for one in outcomes if one.result is not None]
        assert len(winners) == 1
        assert all(isinstance(one.refusal, InviteInvalid) for one in outcomes if one.result is None)
        holds_together(bureau)

    def test_two_admins_accept_a_candidate_once(self, bureau: Bureau) -> None:
        account = 9001
        code = bureau.work(lambda records: invite(records, InviteKind.OFFICE).renew())

        def registers(records: Records) -> str:
            registration, _ = claim(records, code, account)
            registration.nip, registration.name = "198001012005021099", "Wahyu Contoh"
            complete(records, registration)
            return mark(records.lock_office(), registration, None, listed="")

        shown = bureau.work(registers)
        first, second = bureau["dewi"].id, bureau.hires("yanti", "Yanti Contoh", admin=True).id

        def accepts(admin_id: int) -> Callable[[Records], int]:
            return lambda records: accept(records, account, shown, by=records.session.get_one(Person, admin_id)).id

        _, late = meet(bureau, accepts(first), accepts(second))
        assert isinstance(late.refusal, CandidateGone)
        bound = select(func.count()).select_from(Person).where(Person.account_id == account)
        assert bureau.work(lambda records: records.session.scalar(bound)) == 1

    def test_a_candidate_who_claims_something_else_meanwhile_is_not_accepted_as_that(self, bureau: Bureau) -> None:
        account, holder = 9001, bureau["bambang"].id
        bambang = bureau.work(lambda records: records.session.get_one(Person, holder).nip)
        bureau["bambang"].is_unbound()
        codes = [bureau.work(lambda records: invite(records, InviteKind.OFFICE).renew()) for _ in range(2)]

        def claims(code: str, nip: str) -> Callable[[Records], str]:
            def work(records: Records) -> str:
                registration, _ = claim(records, code, account)
                registration.nip, registration.name = nip, "Wahyu Contoh"
                assert complete(records, registration) is None
                return mark(records.lock_office(), registration, None, listed="")

            return work

        shown, admin_id = bureau.work(claims(codes[0], "198001012005021099")), bureau["dewi"].id

        def accepts(records: Records) -> int:
            return accept(records, account, shown, by=records.session.get_one(Person, admin_id)).id

        _, late = meet(bureau, claims(codes[1], bambang), accepts)
        assert isinstance(late.refusal, CardOutOfDate)
        bound = select(func.count()).select_from(Person).where(Person.account_id == account)
        assert bureau.work(lambda records: records.session.scalar(bound)) == 0


class TestFirsts:
    """What two make at once that there may be only one of."""

    def test_two_reports_get_two_numbers_at_the_turn_of_the_year(self, bureau: Bureau) -> None:
        bureau.begins("budi")
        bureau.at = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)
        reporters = [bureau["budi"].id, bureau["dewi"].id]

        def reports(reporter: int) -> Callable[[Records], str]:
            def work(records: Records) -> str:
                person = records.session.get_one(Person, reporter)
                return records.begin(a_report("Email"), reporter=person, sop=SOFTWARE).case.number

            return work

        first, second = meet(bureau, reports(reporters[0]), reports(reporters[1]))
        assert [first, second.result] == ["SW-2027-0001", "SW-2027-0002"]
        third, fourth = meet(bureau, reports(reporters[0]), reports(reporters[1]))
        assert [third, fourth.result] == ["SW-2027-0003", "SW-2027-0004"]
        assert fourth.tries == 1, "the register's row is waited for"
        last = bureau.work(lambda records: records.session.get_one(Numbering, ("SW", 2027)).last)
        assert last == 4
        holds_together(bureau)

    def test_a_new_version_of_an_sop_is_kept_once(self, bureau: Bureau) -> None:
        def keeps(records: Records) -> int:
            records.session.flush()
            version = records.sop_version(SOFTWARE)
            records.session.flush()
            return version.id

        first, second = meet(bureau, keeps, keeps)
        assert first == second.result
        kept = select(func.count()).select_from(SopVersion).where(SopVersion.code == SOFTWARE)
        assert bureau.work(lambda records: records.session.scalar(kept)) == 1

    def test_a_chat_has_one_thread(self, bureau: Bureau) -> None:
        def talks(records: Records) -> Conversation:
            conversation = records.conversation(4711)
            records.session.flush()
            return conversation

        _, second = meet(bureau, talks, talks)
        assert second.result is not None

    def test_an_alert_is_owed_once(self, bureau: Bureau) -> None:
        meet(
            bureau,
            lambda records: report_stuck(records, ["SW-2026-0001"]),
            lambda records: report_stuck(records, ["SW-2026-0001"]),
        )
        assert len(bureau.notices(NoticeKind.ALERT)) == 1


def _taken(bureau: Bureau) -> IntegrityError:
    """Return how the database says that a key is taken."""
    taken = insert(Numbering).values(prefix="XX", year=2000, last=1)
    with bureau.engine.connect() as connection:
        connection.execute(taken)
        with pytest.raises(IntegrityError) as caught:
            connection.execute(taken)
    return caught.value
