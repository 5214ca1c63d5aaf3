"""No task waits at a chair in which nobody sits: it goes to the next authority up, and comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from models.administration import admission, appointment, reachability
from models.administration.absences_due import absences_due
from models.administration.appointment import appoint, relieve
from models.administration.calendar import adopt_calendar
from models.administration.files_in_force import tell_files
from models.case.sight import Sight, sight_of
from models.mail.card import CardKind
from models.mail.notice import NoticeKind
from models.office.invitation import InviteKind
from models.office.person import Person
from models.office.seating import Because
from models.proof import verification
from models.refusals.work import NotYourTask, TaskAlreadyDecided
from models.rules.office_calendar import EntryKind
from models.upkeep.auditing import audit
from tests.models.administration.leave import FRI, MON, SK, comes, ends, files, leaves_to, looks
from tests.models.administration.test_calendar import enters, entry
from tests.models.chase.test_escalation import blocks

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


def relieves(bureau: Bureau, name: str, post: str) -> None:
    bureau.work(lambda records: relieve(records, records.session.get_one(Person, bureau[name].id), post))


def appoints(bureau: Bureau, name: str, post: str) -> None:
    bureau.work(lambda records: appoint(records, records.session.get_one(Person, bureau[name].id), post))


def returns(bureau: Bureau, name: str) -> None:
    """Let somebody who had blocked the bot let it in again."""
    bureau.work(lambda records: reachability.regained(records, records.session.get_one(Person, bureau[name].id)))


def sits(bureau: Bureau, case_id: int) -> tuple[str, str | None, Because | None]:
    task = bureau.task(case_id)
    return task.post, task.raised_from, task.raised_because


def at_step(bureau: Bureau, step: int) -> int:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=step)
    return case_id


def is_over(bureau: Bureau, case_id: int) -> None:
    """Let the standard of the open task be over by a second, and the sweep look."""
    bureau.at = bureau.rules.office.calendar.add(bureau.task(case_id).due_at, 1)
    bureau.sweeps()


def holds(bureau: Bureau) -> bool:
    found = bureau.work(lambda records: verification.verify(records.session))
    assert found.verifies, found
    return True


HOLDERS = {
    1: ("bambang", "kakanwil", "siti", "kadiv"),
    2: ("siti", "kadiv", "bambang", "kakanwil"),
    3: ("hendra", "kabag-p2l", "siti", "kadiv"),
    4: ("maria", "kasubbag-humas", "hendra", "kabag-p2l"),
    6: ("maria", "kasubbag-humas", "hendra", "kabag-p2l"),
    7: ("hendra", "kabag-p2l", "siti", "kadiv"),
    8: ("siti", "kadiv", "bambang", "kakanwil"),
    9: ("bambang", "kakanwil", "siti", "kadiv"),
}
"""Who has each step, for which post, and who is the next authority up: at the top the deputy, who is the Kadiv."""


@pytest.fixture
def office(bureau: Bureau) -> Bureau:
    """Return the office under test, with the Kadiv as the deputy of its head."""
    assert bureau.rules.office.deputy == "kadiv"
    return bureau


@pytest.fixture
def undeputed(bureau: Bureau) -> Bureau:
    """Return the office under test without a deputy of its head."""
    bureau.rules = replace(bureau.rules, office=replace(bureau.rules.office, deputy=None))
    return bureau


@pytest.mark.parametrize("step", HOLDERS)
def test_the_post_falls_vacant_while_a_card_lies_there(office: Bureau, step: int) -> None:
    holder, post, above, above_post = HOLDERS[step]
    case_id = at_step(office, step)
    task = office.task(case_id)
    relieves(office, holder, post)
    assert sits(office, case_id) == (above_post, post, Because.VACANT)
    assert office.holders(case_id) == office.live(task.id) == [above]
    with pytest.raises(NotYourTask):
        office[holder].carries_on(case_id)
    office[above].carries_on(case_id)
    decided = next(one for one in office.case(case_id).tasks if one.id == task.id)
    assert decided.decided_as == f"definitive:{above_post}"
    entry = next(one for one in reversed(office.entries(case_id)) if one.capacity == f"definitive:{above_post}")
    assert entry.payload is not None
    assert entry.payload.body is not None
    assert entry.payload.body["raised"] == {"from": post, "because": "vacant"}
    assert holds(office)


@pytest.mark.parametrize("step", HOLDERS)
def test_a_case_arrives_while_the_post_is_vacant(office: Bureau, step: int) -> None:
    holder, post, above, above_post = HOLDERS[step]
    if step == 1:
        relieves(office, holder, post)
        case_id = office.begins("budi")
    else:
        case_id = at_step(office, step - 1)
        relieves(office, holder, post)
        (before,) = office.holders(case_id)[:1]
        assert before is not None
        office[before].carries_on(case_id)
    task = office.task(case_id)
    assert (task.step, *sits(office, case_id)) == (step, above_post, post, Because.VACANT)
    assert office.live(task.id) == [above]
    assert case_id in {one.case_id for one in office.queue(above)}
    assert holds(office)


def test_the_work_itself_goes_up_only_when_no_prakom_is_left(office: Bureau) -> None:
    case_id = at_step(office, 5)
    task = office.task(case_id)
    relieves(office, "rina", "jft-prakom")
    assert sits(office, case_id) == ("jft-prakom", None, None)
    assert office.holders(case_id) == ["andi"]
    office["andi"].starts(case_id)
    relieves(office, "andi", "jft-prakom")
    assert sits(office, case_id) == ("kasubbag-humas", "jft-prakom", Because.VACANT)
    assert office.live(task.id) == ["maria"]
    office["maria"].fills(case_id)
    office["maria"].submits(case_id)
    case = office.finishes(case_id)
    assert case.submitted is not None
    assert case.submitted.submitted_as == "definitive:kasubbag-humas"
    assert holds(office)


def test_it_goes_past_a_chain_of_vacancies_and_comes_down_step_by_step(office: Bureau) -> None:
    case_id = at_step(office, 4)
    task = office.task(case_id)
    for name, post in (("maria", "kasubbag-humas"), ("hendra", "kabag-p2l"), ("siti", "kadiv")):
        relieves(office, name, post)
    assert sits(office, case_id) == ("kakanwil", "kasubbag-humas", Because.VACANT)
    assert office.live(task.id) == ["bambang"]
    for name, post in (("siti", "kadiv"), ("hendra", "kabag-p2l")):
        appoints(office, name, post)
        assert sits(office, case_id) == (post, "kasubbag-humas", Because.VACANT)
        assert office.live(task.id) == office.holders(case_id) == [name]
    appoints(office, "maria", "kasubbag-humas")
    assert sits(office, case_id) == ("kasubbag-humas", None, None)
    assert office.live(task.id) == office.holders(case_id) == ["maria"]
    with pytest.raises(NotYourTask):
        office["hendra"].forwards(case_id)
    assert holds(office)


def test_a_plt_gets_the_card_from_the_one_above(office: Bureau) -> None:
    case_id = at_step(office, 3)
    relieves(office, "hendra", "kabag-p2l")
    assert office.holders(case_id) == ["siti"]

    def act(records: Records) -> None:
        person = records.session.get_one(Person, office["maria"].id)
        appointment.act_for_vacant(records, person, "kabag-p2l", decree=SK)

    office.work(act)
    assert sits(office, case_id) == ("kabag-p2l", None, None)
    assert office.live(office.task(case_id).id) == ["maria"]
    office["maria"].forwards(case_id)
    assert office.case(case_id).tasks[2].decided_as == "plt:kabag-p2l"


def test_who_cannot_be_reached_keeps_it_until_the_standard_is_over(office: Bureau) -> None:
    case_id = at_step(office, 3)
    task = office.task(case_id)
    blocks(office, "hendra")
    assert office.holders(case_id) == ["hendra"]
    office.at = task.due_at
    office.sweeps()
    assert sits(office, case_id) == ("kabag-p2l", None, None)
    is_over(office, case_id)
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.UNREACHABLE)
    assert office.live(task.id) == office.holders(case_id) == ["siti"]
    told = [one.kind for one in office.notices() if one.person_id == office["siti"].id and one.task_id == task.id]
    assert told == [NoticeKind.CARD], "the card says that it is late; no reminder sounds beside it"
    returns(office, "hendra")
    assert sits(office, case_id) == ("kabag-p2l", None, None)
    assert office.live(task.id) == office.holders(case_id) == ["hendra"]
    with pytest.raises(NotYourTask):
        office["siti"].forwards(case_id)
    assert holds(office)


def test_a_holder_without_a_phone_keeps_it_until_the_standard_is_over(office: Bureau) -> None:
    office["hendra"].is_unbound()
    case_id = at_step(office, 2)
    office["siti"].forwards(case_id)
    task = office.task(case_id)
    assert (office.holders(case_id), office.live(task.id)) == (["hendra"], [])
    is_over(office, case_id)
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.UNREACHABLE)
    assert office.live(task.id) == ["siti"]
    office["hendra"].comes_back()
    assert sits(office, case_id) == ("kabag-p2l", None, None)
    assert office.live(task.id) == ["hendra"]
    assert holds(office)


def test_what_is_late_already_goes_up_as_soon_as_its_holder_is_lost(office: Bureau) -> None:
    case_id = at_step(office, 3)
    is_over(office, case_id)
    assert office.holders(case_id) == ["hendra"]
    blocks(office, "hendra")
    assert (office.holders(case_id), office.live(office.task(case_id).id)) == (["siti"], ["siti"])
    blocks(office, "siti")
    assert sits(office, case_id) == ("kakanwil", "kabag-p2l", Because.UNREACHABLE)
    returns(office, "siti")
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.UNREACHABLE)
    assert holds(office)


def test_a_holder_who_is_away_without_a_plh_keeps_it_until_the_standard_is_over(office: Bureau) -> None:
    case_id = at_step(office, 3)
    absence_id = files(office, "hendra", MON, FRI)
    comes(office, MON, hour=9)
    assert office.holders(case_id) == ["hendra"]
    is_over(office, case_id)
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.ABSENT)
    ends(office, absence_id, "hendra")
    assert office.holders(case_id) == office.live(office.task(case_id).id) == ["hendra"]
    assert holds(office)


def test_a_plh_who_goes_away_too_leaves_an_absence_behind_and_nobody_out_of_reach(office: Bureau) -> None:
    office.work(adopt_calendar)
    case_id = at_step(office, 3)
    leaves_to(office, "hendra", "maria", MON, FRI)
    files(office, "maria", MON, FRI)
    comes(office, MON, hour=9)
    is_over(office, case_id)
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.ABSENT)
    assert holds(office)


def test_a_day_off_that_is_declared_late_brings_back_what_went_up_on_it(office: Bureau) -> None:
    office.work(adopt_calendar)
    case_id = at_step(office, 3)
    blocks(office, "hendra")
    is_over(office, case_id)
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.UNREACHABLE)
    today = office.at.astimezone(office.rules.office.calendar.zone).date()
    enters(office, entry(EntryKind.DAY_OFF, today))
    assert sits(office, case_id) == ("kabag-p2l", None, None)
    assert office.live(office.task(case_id).id) == office.holders(case_id) == ["hendra"]
    found = office.work(audit)
    assert found.mended == 0
    is_over(office, case_id)
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.UNREACHABLE)
    assert holds(office)


def test_more_time_brings_back_what_went_up_because_its_time_was_over(office: Bureau) -> None:
    case_id = at_step(office, 4)
    office["maria"].forwards(case_id, to="rina")
    request = office["rina"].asks_for_more_time(case_id)
    for name in ("rina", "andi"):
        blocks(office, name)
    is_over(office, case_id)
    assert sits(office, case_id) == ("kasubbag-humas", "jft-prakom", Because.UNREACHABLE)
    office["hendra"].grants(request)
    assert sits(office, case_id) == ("jft-prakom", None, None)
    assert office.work(audit).mended == 0
    assert holds(office)


def test_a_colleague_of_the_post_is_nearer_than_the_superior(office: Bureau) -> None:
    case_id = at_step(office, 4)
    office["maria"].forwards(case_id, to="rina")
    blocks(office, "rina")
    assert office.holders(case_id) == ["rina"]
    is_over(office, case_id)
    assert sits(office, case_id) == ("jft-prakom", None, None)
    assert "andi" in office.live(office.task(case_id).id)
    office["andi"].starts(case_id)
    assert holds(office)


def test_what_is_late_falls_to_a_colleague_when_the_one_who_has_it_goes_on_leave(office: Bureau) -> None:
    case_id = at_step(office, 4)
    office["maria"].forwards(case_id, to="rina")
    office.at = office.task(case_id).due_at - timedelta(minutes=1)
    files(office, "rina", *[office.at.date() + timedelta(days=1)] * 2)
    is_over(office, case_id)
    assert office.holders(case_id) == ["rina"]
    office.at += timedelta(days=1)
    office.work(absences_due)
    assert "andi" in office.holders(case_id)
    assert "andi" in office.live(office.task(case_id).id)
    assert office.work(audit).mended == 0
    assert holds(office)


def test_the_deputy_decides_in_the_place_of_the_head(office: Bureau) -> None:
    relieves(office, "bambang", "kakanwil")
    case_id = office.begins("budi")
    assert sits(office, case_id) == ("kadiv", "kakanwil", Because.VACANT)
    office["siti"].forwards(case_id)
    assert office.case(case_id).tasks[0].decided_as == "definitive:kadiv"
    assert holds(office)


def test_the_admins_decide_while_the_deputy_is_away_too(office: Bureau) -> None:
    relieves(office, "bambang", "kakanwil")
    absence_id = files(office, "siti", MON, FRI)
    comes(office, MON)
    case_id = office.begins("budi")
    assert office.holders(case_id) == office.live(office.task(case_id).id) == ["dewi"]
    with pytest.raises(NotYourTask):
        office["siti"].forwards(case_id)

    ends(office, absence_id, "siti")
    assert sits(office, case_id) == ("kadiv", "kakanwil", Because.VACANT)
    assert office.live(office.task(case_id).id) == ["siti"]
    office["siti"].forwards(case_id)
    assert office.case(case_id).tasks[0].decided_as == "definitive:kadiv"
    assert holds(office)


def test_the_plh_of_the_deputy_decides_in_the_place_of_the_head(office: Bureau) -> None:
    relieves(office, "bambang", "kakanwil")
    leaves_to(office, "siti", "hendra", MON, FRI)
    comes(office, MON)
    case_id = office.begins("budi")
    assert sits(office, case_id) == ("kadiv", "kakanwil", Because.VACANT)
    assert office.live(office.task(case_id).id) == ["hendra"]
    office["hendra"].forwards(case_id)
    assert office.case(case_id).tasks[0].decided_as == "plh:kadiv"
    assert holds(office)


def test_the_admins_decide_where_nobody_else_can(undeputed: Bureau) -> None:
    """Without a deputy: Dewi, an admin without a post, decides as an admin, and nobody else does."""
    relieves(undeputed, "bambang", "kakanwil")
    case_id = undeputed.begins("budi")
    task = undeputed.task(case_id)
    assert sits(undeputed, case_id) == ("kakanwil", "kakanwil", Because.VACANT)
    assert undeputed.holders(case_id) == undeputed.live(task.id) == ["dewi"]
    assert [one.case_id for one in undeputed.queue("dewi")] == [case_id]
    with pytest.raises(NotYourTask):
        undeputed["siti"].forwards(case_id)
    undeputed["dewi"].forwards(case_id)
    assert undeputed.case(case_id).tasks[0].decided_as == "admin:kakanwil"
    assert undeputed.queue("dewi") == []
    assert holds(undeputed)


def test_a_new_admin_gets_the_card_too(undeputed: Bureau) -> None:
    relieves(undeputed, "bambang", "kakanwil")
    case_id = undeputed.begins("budi")

    def register(records: Records) -> int:
        code = admission.invite(records, InviteKind.ADMIN).renew()
        registration, _ = admission.claim(records, code, 5001)
        registration.nip, registration.name = "198001012005021099", "Eko Admin"
        person = admission.complete(records, registration)
        if person is None:
            mark = admission.mark(records.lock_office(), registration, None, listed="")
            person = admission.accept(records, 5001, mark, by=records.session.get_one(Person, undeputed["dewi"].id))
        return person.id

    eko = undeputed.work(register)
    cards = undeputed.work(lambda records: [one.person_id for one in records.case(case_id).case.tasks[0].live_cards])
    assert set(cards) == {undeputed["dewi"].id, eko}


def test_of_two_admins_the_second_reads_who_was_first(undeputed: Bureau) -> None:
    undeputed.hires("eko", "Eko Admin", admin=True)
    relieves(undeputed, "bambang", "kakanwil")
    case_id = undeputed.begins("budi")
    task = undeputed.task(case_id)
    undeputed["dewi"].forwards(case_id)
    with pytest.raises(TaskAlreadyDecided, match="Dewi Kartika"):
        undeputed["eko"].does(case_id, lambda found, one, by: found.forward(one, by=by), task_id=task.id)


def test_dismissing_an_admin_takes_the_card(undeputed: Bureau) -> None:
    undeputed.hires("eko", "Eko Admin", admin=True)
    relieves(undeputed, "bambang", "kakanwil")
    case_id = undeputed.begins("budi")
    task = undeputed.task(case_id)
    assert set(undeputed.live(task.id)) == {"dewi", "eko"}
    undeputed.work(
        lambda records: appointment.dismiss_admin(records, records.session.get_one(Person, undeputed["eko"].id))
    )
    assert undeputed.live(task.id) == undeputed.holders(case_id) == ["dewi"]
    appoints(undeputed, "bambang", "kakanwil")
    assert undeputed.live(task.id) == undeputed.holders(case_id) == ["bambang"]
    with pytest.raises(NotYourTask):
        undeputed["dewi"].forwards(case_id)
    assert holds(undeputed)


def test_nobody_is_left_at_all_and_the_first_who_comes_gets_it(bureau: Bureau) -> None:
    case_id = at_step(bureau, 3)
    bureau.work(lambda records: setattr(records.session.get_one(Person, bureau["dewi"].id), "account_id", None))
    for name, post in (("hendra", "kabag-p2l"), ("siti", "kadiv"), ("bambang", "kakanwil")):
        relieves(bureau, name, post)
    assert (bureau.holders(case_id), bureau.live(bureau.task(case_id).id)) == ([], [])
    appoints(bureau, "siti", "kadiv")
    assert sits(bureau, case_id) == ("kadiv", "kabag-p2l", Because.VACANT)
    assert bureau.live(bureau.task(case_id).id) == ["siti"]


def test_the_reporter_does_not_judge_their_case_in_the_place_of_another(office: Bureau) -> None:
    case_id = office.begins("siti")
    office.walks(case_id, until=7)
    relieves(office, "hendra", "kabag-p2l")
    assert sits(office, case_id) == ("kakanwil", "kabag-p2l", Because.VACANT)
    assert office.holders(case_id) == ["bambang"]
    assert holds(office)


def test_beside_the_reporter_who_is_there_only_the_absence_of_the_other_holder_counts(office: Bureau) -> None:
    office.work(adopt_calendar)
    office.hires("yusuf", "Yusuf Contoh").takes("kabag-p2l")
    case_id = office.begins("hendra")
    office.walks(case_id, until=7)
    files(office, "yusuf", MON, FRI)
    comes(office, MON, hour=9)
    assert office.holders(case_id) == ["yusuf"]
    is_over(office, case_id)
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.ABSENT)
    office["siti"].passes_on(case_id)
    assert holds(office)


def test_a_plh_decides_for_the_vacant_post_below_with_their_mandate(office: Bureau) -> None:
    case_id = at_step(office, 3)
    leaves_to(office, "siti", "maria", MON, FRI)
    relieves(office, "hendra", "kabag-p2l")
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.VACANT)
    assert office.holders(case_id) == ["maria"]
    office["maria"].forwards(case_id)
    assert office.case(case_id).tasks[2].decided_as == "plh:kadiv"
    assert holds(office)


def test_who_decides_in_the_place_of_a_post_sees_the_case(office: Bureau) -> None:
    case_id = office.begins("budi", confidential=True)
    office.walks(case_id, until=4)
    for name, post in (("maria", "kasubbag-humas"), ("hendra", "kabag-p2l")):
        relieves(office, name, post)

    def sight(records: Records) -> Sight:
        return sight_of(records.case(case_id), records.session.get_one(Person, office["siti"].id))

    assert office.work(sight) is Sight.WHOLE


def test_what_comes_back_is_recalled_by_the_one_who_forwarded_it(office: Bureau) -> None:
    relieves(office, "hendra", "kabag-p2l")
    case_id = at_step(office, 2)
    office["siti"].forwards(case_id)
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.VACANT)

    def recall(records: Records) -> None:
        proceeding = records.case(case_id)
        task = proceeding.case.tasks[1]
        tenure = records.lock_office().tenure(records.session.get_one(Person, office["siti"].id), "kadiv")
        assert tenure is not None
        records.recall(proceeding, task, by=tenure)

    office.work(recall)
    assert office.task(case_id).step == 2
    assert holds(office)


def test_what_was_decided_in_the_place_of_another_comes_back_to_that_place(office: Bureau) -> None:
    """A simulated year found it: the task came back to the post of the one who cannot be reached, for nobody there."""
    blocks(office, "hendra")
    case_id = at_step(office, 3)
    is_over(office, case_id)
    office["siti"].forwards(case_id)
    office.at += timedelta(minutes=2)
    task = office["siti"].recalls(case_id)
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.UNREACHABLE)
    assert office.live(task.id) == office.holders(case_id) == ["siti"]
    assert holds(office)
    returns(office, "hendra")
    assert sits(office, case_id) == ("kabag-p2l", None, None)
    assert office.holders(case_id) == ["hendra"]
    assert holds(office)


def test_what_is_recalled_goes_to_the_holder_who_is_back(office: Bureau) -> None:
    blocks(office, "hendra")
    case_id = at_step(office, 3)
    is_over(office, case_id)
    office["siti"].forwards(case_id)
    returns(office, "hendra")
    task = office["siti"].recalls(case_id)
    assert sits(office, case_id) == ("kabag-p2l", None, None)
    assert office.live(task.id) == office.holders(case_id) == ["hendra"]
    assert holds(office)


def test_the_audit_finds_what_nobody_has_moved(office: Bureau) -> None:
    """A tenure ends behind the program's back: the audit lets the task go up."""
    case_id = at_step(office, 3)
    office["hendra"].leaves("kabag-p2l")
    assert office.holders(case_id) == []
    office.work(audit)
    assert sits(office, case_id) == ("kadiv", "kabag-p2l", Because.VACANT)
    assert office.live(office.task(case_id).id, CardKind.TASK) == ["siti"]


def test_one_who_comes_back_and_takes_the_vacant_post_moves_its_tasks_once(office: Bureau) -> None:
    """Siti, whom the case passed over on its way up, comes back by an invite for the very post that is vacant."""
    office.work(tell_files)
    case_id = at_step(office, 3)
    office["siti"].is_unbound()
    relieves(office, "hendra", "kabag-p2l")
    assert sits(office, case_id) == ("kakanwil", "kabag-p2l", Because.VACANT)
    office["siti"].comes_back(post="kabag-p2l")
    assert sits(office, case_id) == ("kabag-p2l", None, None)
    assert office.live(office.task(case_id).id) == ["siti"]
    assert [one.action for one in office.entries(case_id)].count("rehome") == 2
    assert holds(office)


def test_an_admin_who_was_relieved_while_away_decides_where_nobody_else_can(undeputed: Bureau) -> None:
    """Who holds no post is away from none."""
    undeputed.work(tell_files)
    case_id = at_step(undeputed, 1)
    undeputed.hires("eko", "Eko Admin", admin=True).takes("jft-prakom")
    files(undeputed, "eko", MON, FRI)
    looks(undeputed)
    relieves(undeputed, "eko", "jft-prakom")
    blocks(undeputed, "dewi")
    relieves(undeputed, "bambang", "kakanwil")
    assert sits(undeputed, case_id) == ("kakanwil", "kakanwil", Because.VACANT)
    assert holds(undeputed)
