"""Being away: filed, a Plh. asked and found, begun and ended by itself; what is refused, and who hears of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.administration import appointment
from models.administration.absences_due import earliest_absence
from models.case.sight import Sight, sight_of
from models.case.task import Task
from models.mail.notice import NoticeKind
from models.office.absence import Absence, Decree, Stage
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.proof.verification import verify
from models.queries import lists
from models.refusals.absences import (
    AbsenceOver,
    AlreadyAway,
    DaysInvalid,
    NothingToStandInFor,
    OwnPlh,
    PlhAway,
    PlhCircle,
    PlhFound,
    PlhUnreachable,
    RequestOver,
)
from models.refusals.administration import NotAdmin, NotForOneself, PostHeld
from models.refusals.work import NotYourTask
from models.rules.sop_file import parse_sop
from models.upkeep.auditing import audit
from tests.models.administration.leave import (
    FRI,
    MON,
    SK,
    THU,
    TUE,
    WED,
    answers,
    asks,
    comes,
    ends,
    files,
    gives_back,
    is_named,
    leaves_to,
    looks,
    midnight,
    stage,
)
from tests.models.bureau import APPOINTED, SOFTWARE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.refusals.refusal import Refusal
    from models.repository.records import Records
    from tests.models.bureau import Bureau


def at_kadiv(bureau: Bureau) -> int:
    """Let a case wait for Siti, who is Kadiv."""
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=2)
    return case_id


def holders(bureau: Bureau, post: str) -> list[str | None]:
    return bureau.work(lambda records: [bureau.named(one.id) for one in records.lock_office().holders(post)])


def verifies(bureau: Bureau) -> bool:
    found = bureau.work(lambda records: verify(records.session))
    assert found.verifies, found
    return True


def test_cards_go_to_the_plh_on_the_first_day_and_come_back_after_the_last(bureau: Bureau) -> None:
    case_id = at_kadiv(bureau)
    task_id = bureau.task(case_id).id
    leaves_to(bureau, "siti", "hendra", TUE, WED)
    assert bureau.live(task_id) == bureau.holders(case_id) == ["siti"]

    comes(bureau, TUE, hour=0)
    assert bureau.live(task_id) == bureau.holders(case_id) == ["hendra"]
    with pytest.raises(NotYourTask, match="Hendra Lumi"):
        bureau["siti"].forwards(case_id)

    comes(bureau, WED, hour=23)
    assert bureau.holders(case_id) == ["hendra"]
    comes(bureau, THU, hour=0)
    assert bureau.live(task_id) == bureau.holders(case_id) == ["siti"]
    with pytest.raises(NotYourTask):
        bureau["hendra"].forwards(case_id)
    assert verifies(bureau)


def test_what_the_plh_decides_bears_the_capacity_and_the_mandate_and_verifies(bureau: Bureau) -> None:
    case_id = at_kadiv(bureau)
    leaves_to(bureau, "siti", "hendra", MON, None)
    bureau["hendra"].remarks(case_id)
    bureau["hendra"].forwards(case_id)

    decided = bureau.case(case_id).tasks[1]
    assert (decided.decided_as, bureau.named(decided.decided_by_id)) == ("plh:kadiv", "hendra")
    entries = [one for one in bureau.entries(case_id) if one.capacity == "plh:kadiv"]
    assert [one.action for one in entries] == ["note", "forward"]
    assert all(one.payload is not None and one.payload.body and one.payload.body["mandate"] for one in entries)
    assert verifies(bureau)


@pytest.mark.parametrize(
    "forgery",
    [
        {"person_id": 4},
        {"stands_for_id": 5},
        {"given_in": 1},
        {"ends_at": None},
    ],
    ids=["another person", "another holder", "another entry", "a time that is not over"],
)
def test_a_plh_who_is_forged_in_the_tenures_is_found(bureau: Bureau, forgery: dict[str, object]) -> None:
    absence_id = leaves_to(bureau, "siti", "hendra", MON, None)
    ends(bureau, absence_id, "siti")
    assert verifies(bureau)

    def forge(records: Records) -> None:
        (tenure,) = records.session.scalars(select(Tenure).where(Tenure.stands_for_id.is_not(None)))
        for name, value in forgery.items():
            setattr(tenure, name, value)

    bureau.work(forge)
    found = bureau.work(lambda records: verify(records.session)).first
    assert found is not None
    assert found.subject == "office"


def test_a_mandate_that_is_said_in_a_case_must_be_one_of_the_office(bureau: Bureau) -> None:
    case_id = at_kadiv(bureau)
    leaves_to(bureau, "siti", "hendra", MON, None)

    def claim(records: Records) -> None:
        (tenure,) = records.session.scalars(select(Tenure).where(Tenure.stands_for_id.is_not(None)))
        tenure.given_in = 1

    bureau.work(claim)
    bureau["hendra"].forwards(case_id)
    found = bureau.work(lambda records: verify(records.session))
    assert {one.subject for one in found.breaches} == {"case:SW-2026-0001", "office"}


def test_a_plh_does_not_end_the_holders_own_time(bureau: Bureau) -> None:
    leaves_to(bureau, "siti", "hendra", MON, MON)

    def tenures(records: Records) -> list[tuple[str | None, str, bool]]:
        found = records.session.scalars(select(Tenure).where(Tenure.post == "kadiv").order_by(Tenure.id))
        return [(bureau.named(one.person_id), one.capacity.value, one.lasts) for one in found]

    assert bureau.work(tenures) == [("siti", "definitive", True), ("hendra", "plh", True)]
    comes(bureau, TUE)
    assert bureau.work(tenures) == [("siti", "definitive", True), ("hendra", "plh", False)]


def test_a_chain_of_plh_resolves_and_comes_undone_in_any_order(bureau: Bureau) -> None:
    leaves_to(bureau, "siti", "hendra", MON, FRI)
    leaves_to(bureau, "hendra", "maria", TUE, WED)
    leaves_to(bureau, "maria", "rina", WED, WED)
    seen = {}
    for day in (MON, TUE, WED, THU):
        comes(bureau, day)
        seen[day] = [holders(bureau, post) for post in ("kadiv", "kabag-p2l", "kasubbag-humas")]
    assert seen == {
        MON: [["hendra"], ["hendra"], ["maria"]],
        TUE: [["maria"], ["maria"], ["maria"]],
        WED: [["rina"], ["rina"], ["rina"]],
        THU: [["hendra"], ["hendra"], ["maria"]],
    }
    assert verifies(bureau)


def test_one_who_is_back_early_ends_the_chain_above_and_below(bureau: Bureau) -> None:
    first = leaves_to(bureau, "siti", "hendra", MON, FRI)
    leaves_to(bureau, "hendra", "maria", MON, FRI)
    assert holders(bureau, "kadiv") == ["maria"]

    assert ends(bureau, first, "siti") is Stage.OVER
    assert holders(bureau, "kadiv") == ["siti"]
    assert holders(bureau, "kabag-p2l") == ["maria"]


def test_a_circle_is_refused_however_long_and_only_where_the_days_meet(bureau: Bureau) -> None:
    leaves_to(bureau, "siti", "hendra", TUE, WED)
    leaves_to(bureau, "hendra", "maria", WED, THU)
    absence_id = files(bureau, "maria", WED, FRI)
    with pytest.raises(PlhCircle, match=r"Maria Tangka → Siti Rahmawati → Hendra Lumi → Maria Tangka"):
        asks(bureau, absence_id, "siti")

    later = files(bureau, "maria", date(2026, 11, 30), None)
    asks(bureau, later, "siti")


def test_a_circle_that_comes_between_asking_and_accepting_is_refused_at_the_tap(bureau: Bureau) -> None:
    leaves_to(bureau, "maria", "siti", TUE, WED)
    first = files(bureau, "siti", TUE, WED)
    asks(bureau, first, "hendra")
    second = files(bureau, "hendra", TUE, WED)
    asks(bureau, second, "maria")
    answers(bureau, second, "maria")
    with pytest.raises(PlhCircle):
        answers(bureau, first, "hendra")


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        (MON - timedelta(days=1), TUE, "past"),
        (WED, TUE, "reversed"),
        (MON + timedelta(days=367), None, "too-far"),
        (MON, MON + timedelta(days=5 * 366 + 1), "too-far"),
    ],
)
def test_days_on_which_nobody_can_be_away_are_refused(bureau: Bureau, first: date, last: date, fault: str) -> None:
    with pytest.raises(DaysInvalid) as refused:
        files(bureau, "siti", first, last)
    assert refused.value.fault == fault


def test_nobody_is_away_twice_at_once_but_may_be_again_right_after(bureau: Bureau) -> None:
    files(bureau, "siti", TUE, WED)
    for first, last in ((WED, FRI), (MON, TUE), (MON, None), (TUE, TUE)):
        with pytest.raises(AlreadyAway):
            files(bureau, "siti", first, last)
    files(bureau, "siti", THU, None)
    with pytest.raises(AlreadyAway):
        files(bureau, "siti", date(2027, 3, 1), None)


def test_who_cannot_stand_in_is_not_asked(bureau: Bureau) -> None:
    absence_id = files(bureau, "siti", TUE, THU)
    files(bureau, "maria", WED, WED)
    bureau["andi"].is_unbound()
    refusals: dict[str, type[Refusal]] = {"siti": OwnPlh, "maria": PlhAway, "andi": PlhUnreachable}
    for name, refusal in refusals.items():
        with pytest.raises(refusal):
            asks(bureau, absence_id, name)


def test_an_employee_without_a_post_need_not_be_stood_in_for(bureau: Bureau) -> None:
    with pytest.raises(NothingToStandInFor):
        files(bureau, "budi", TUE, WED)


def test_another_persons_absence_is_an_admins_business(bureau: Bureau) -> None:
    with pytest.raises(NotAdmin):
        files(bureau, "siti", TUE, WED, by="hendra")
    absence_id = files(bureau, "siti", TUE, WED, by="dewi")
    with pytest.raises(NotAdmin):
        asks(bureau, absence_id, "maria", by="hendra")
    asks(bureau, absence_id, "maria", by="dewi")
    with pytest.raises(NotAdmin):
        ends(bureau, absence_id, "maria")


def test_of_two_who_were_asked_the_first_to_accept_stands_in(bureau: Bureau) -> None:
    absence_id = files(bureau, "siti", MON, TUE)
    asks(bureau, absence_id, "hendra")
    asks(bureau, absence_id, "bambang")
    answers(bureau, absence_id, "bambang")
    with pytest.raises(PlhFound, match="Bambang"):
        answers(bureau, absence_id, "hendra")
    assert holders(bureau, "kadiv") == ["bambang"]
    with pytest.raises(RequestOver):
        answers(bureau, absence_id, "bambang")


def test_only_who_was_asked_answers(bureau: Bureau) -> None:
    absence_id = files(bureau, "siti", MON, TUE)
    with pytest.raises(RequestOver):
        answers(bureau, absence_id, "maria")


def test_superior_and_admins_hear_a_working_day_before_that_nobody_stands_in(bureau: Bureau) -> None:
    absence_id = files(bureau, "siti", THU, FRI)
    asks(bureau, absence_id, "hendra")
    comes(bureau, TUE, hour=16)
    assert "alert-plh-missing" not in bureau.codes("bambang")

    comes(bureau, WED, hour=8)
    for name in ("bambang", "dewi"):
        assert bureau.codes(name).count("alert-plh-missing") == 1
    assert bureau.codes("hendra").count("plh-awaited") == 1

    comes(bureau, THU, hour=0)
    assert holders(bureau, "kadiv") == ["siti"], "without a Plh. the card stays: no empty chair"
    assert bureau.codes("bambang").count("alert-plh-missing") == 2
    answers(bureau, absence_id, "hendra")
    assert holders(bureau, "kadiv") == ["hendra"], "a late answer counts at once"


def test_a_refusal_is_told_and_after_the_warning_the_superior_hears_of_it_too(bureau: Bureau) -> None:
    absence_id = files(bureau, "siti", WED, FRI)
    asks(bureau, absence_id, "hendra")
    answers(bureau, absence_id, "hendra", accepts=False)
    assert "plh-refused" in bureau.codes("siti")
    assert "alert-plh-missing" not in bureau.codes("bambang")

    asks(bureau, absence_id, "maria")
    comes(bureau, TUE, hour=12)
    heard = bureau.codes("bambang").count("alert-plh-missing")
    answers(bureau, absence_id, "maria", accepts=False)
    assert bureau.codes("bambang").count("alert-plh-missing") == heard + 1


def test_an_official_who_is_back_early_gets_the_cards_at_once_and_the_timer_rests(bureau: Bureau) -> None:
    case_id = at_kadiv(bureau)
    absence_id = leaves_to(bureau, "siti", "hendra", MON, FRI)
    assert bureau.holders(case_id) == ["hendra"]

    assert ends(bureau, absence_id, "siti") is Stage.OVER
    assert bureau.live(bureau.task(case_id).id) == ["siti"]
    assert "plh-over" in bureau.codes("hendra")
    assert bureau.work(lambda records: earliest_absence(records.session)) is None
    with pytest.raises(AbsenceOver):
        ends(bureau, absence_id, "siti")


def test_an_absence_that_is_called_off_moves_nothing(bureau: Bureau) -> None:
    absence_id = leaves_to(bureau, "siti", "hendra", TUE, FRI)
    assert ends(bureau, absence_id, "siti") is Stage.CALLED_OFF
    comes(bureau, TUE)
    assert holders(bureau, "kadiv") == ["siti"]
    assert "plh-not-needed" in bureau.codes("hendra")


def test_an_absence_that_began_and_ended_while_nobody_looked_is_over(bureau: Bureau) -> None:
    case_id = at_kadiv(bureau)
    absence_id = leaves_to(bureau, "siti", "hendra", TUE, WED)
    comes(bureau, FRI)
    assert stage(bureau, absence_id) is Stage.OVER
    assert bureau.live(bureau.task(case_id).id) == ["siti"]
    assert looks(bureau) == 0


def test_a_plh_who_gives_it_back_is_told_of_and_the_cards_return(bureau: Bureau) -> None:
    absence_id = leaves_to(bureau, "siti", "hendra", MON, FRI)
    gives_back(bureau, absence_id, "hendra")
    assert holders(bureau, "kadiv") == ["siti"]
    assert "alert-plh-missing" in bureau.codes("bambang")
    assert bureau.work(lambda records: verify(records.session)).breaches == ()
    with pytest.raises(RequestOver):
        gives_back(bureau, absence_id, "siti")
    asks(bureau, absence_id, "maria")
    answers(bureau, absence_id, "maria")
    assert holders(bureau, "kadiv") == ["maria"]


def test_a_plh_who_loses_the_account_gives_the_cards_back_until_they_have_one(bureau: Bureau) -> None:
    case_id = at_kadiv(bureau)
    leaves_to(bureau, "siti", "hendra", MON, FRI)
    bureau["hendra"].is_unbound()
    assert bureau.holders(case_id) == bureau.live(bureau.task(case_id).id) == ["siti"]
    assert {"alert-plh-lost"} <= set(bureau.codes("bambang")) & set(bureau.codes("dewi"))

    bureau["hendra"].comes_back()
    assert bureau.holders(case_id) == bureau.live(bureau.task(case_id).id) == ["hendra"]


def test_a_plh_whose_time_an_admin_ends_stands_in_no_more(bureau: Bureau) -> None:
    absence_id = leaves_to(bureau, "siti", "hendra", MON, FRI)

    def relieve(records: Records) -> None:
        hendra, dewi = (records.session.get_one(Person, bureau[name].id) for name in ("hendra", "dewi"))
        appointment.relieve(records, hendra, "kadiv", by=dewi)

    bureau.work(relieve)
    assert holders(bureau, "kadiv") == ["siti"]
    assert holders(bureau, "kabag-p2l") == ["hendra"], "their own post stays theirs"
    assert stage(bureau, absence_id) is Stage.LASTING
    assert verifies(bureau)


def test_a_holder_who_leaves_the_post_while_away_takes_the_mandate_along(bureau: Bureau) -> None:
    leaves_to(bureau, "siti", "hendra", MON, FRI)
    bureau.hires("joko", "Joko Baru")
    bureau.work(
        lambda records: appointment.appoint(records, records.session.get_one(Person, bureau["joko"].id), "kadiv")
    )
    assert holders(bureau, "kadiv") == ["joko"]


def decrees(bureau: Bureau, post: str) -> list[tuple[str, Decree | None]]:
    """Return who has held a post, in order, each with the SK that the tenure names."""

    def look(records: Records) -> list[tuple[int, Decree | None]]:
        found = records.session.scalars(select(Tenure).where(Tenure.post == post).order_by(Tenure.id))
        return [
            (one.person_id, Decree(one.decree_number, one.decree_day) if one.decree_number and one.decree_day else None)
            for one in found
        ]

    names = {bureau[name].id: name for name in ("siti", "maria", "hendra")}
    return [(names[person_id], decree) for person_id, decree in bureau.work(look)]


def test_a_decree_names_the_plh_without_asking(bureau: Bureau) -> None:
    absence_id = files(bureau, "siti", MON, TUE, by="dewi")
    is_named(bureau, absence_id, "maria", by="dewi")
    assert holders(bureau, "kadiv") == ["maria"]
    assert {"plh-named", "plh-begins"} <= set(bureau.codes("maria"))
    with pytest.raises(NotForOneself):
        is_named(bureau, absence_id, "dewi", by="dewi")
    is_named(bureau, absence_id, "hendra")
    assert holders(bureau, "kadiv") == ["hendra"], "the command line names another"
    assert decrees(bureau, "kadiv") == [("siti", None), ("maria", SK), ("hendra", SK)]
    assert "plh-not-needed" in bureau.codes("maria")


def test_a_plt_acts_for_a_vacant_post_until_it_is_filled(bureau: Bureau) -> None:
    case_id = at_kadiv(bureau)

    def act(records: Records, name: str) -> None:
        acting, dewi = (records.session.get_one(Person, bureau[one].id) for one in (name, "dewi"))
        appointment.act_for_vacant(records, acting, "kadiv", decree=SK, by=dewi)

    with pytest.raises(PostHeld, match="Siti"):
        bureau.work(lambda records: act(records, "hendra"))
    siti = bureau["siti"].id
    bureau.work(lambda records: appointment.relieve(records, records.session.get_one(Person, siti), "kadiv"))
    with pytest.raises(NotForOneself):
        bureau.work(lambda records: act(records, "dewi"))
    bureau.work(lambda records: act(records, "hendra"))
    assert decrees(bureau, "kadiv") == [("siti", None), ("hendra", SK)]
    assert bureau.live(bureau.task(case_id).id) == ["hendra"]
    with pytest.raises(PostHeld):
        bureau.work(lambda records: act(records, "maria"))

    bureau["hendra"].forwards(case_id)
    assert bureau.case(case_id).tasks[1].decided_as == "plt:kadiv"
    bureau.hires("joko", "Joko Baru")
    bureau.work(
        lambda records: appointment.appoint(records, records.session.get_one(Person, bureau["joko"].id), "kadiv")
    )
    assert holders(bureau, "kadiv") == ["joko"]
    assert "tenure-ended" in bureau.codes("hendra")
    assert verifies(bureau)


def test_a_colleague_decides_what_was_given_to_the_one_who_is_away_as_their_plh(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="rina")
    bureau.hires("tono", "Tono Contoh").takes("jft-prakom")
    absence_id = leaves_to(bureau, "rina", "andi", MON, FRI)
    assert bureau.holders(case_id) == bureau.live(bureau.task(case_id).id) == ["andi"]

    bureau["andi"].starts(case_id)
    assert bureau.entries(case_id)[-1].capacity == "plh:jft-prakom"
    ends(bureau, absence_id, "rina")
    assert bureau.holders(case_id) == bureau.live(bureau.task(case_id).id) == ["rina"], "the work stays hers"
    assert verifies(bureau)


def test_what_is_new_is_offered_to_those_who_are_there(bureau: Bureau) -> None:
    leaves_to(bureau, "rina", "andi", MON, FRI)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    assert bureau.live(bureau.task(case_id).id) == ["andi"]
    bureau["andi"].starts(case_id)
    assert bureau.entries(case_id)[-1].capacity == "definitive:jft-prakom", "in his own right"


def test_an_unassigned_task_that_a_plh_began_goes_back_to_the_holder(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    absence_id = leaves_to(bureau, "maria", "hendra", MON, FRI)
    bureau["hendra"].forwards(case_id)
    bureau["rina"].starts(case_id)
    ends(bureau, absence_id, "maria")
    bureau.walks(case_id, until=6)
    assert bureau.holders(case_id) == ["maria"]


def test_returned_work_of_one_who_is_away_goes_to_their_plh_and_stays_theirs(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="rina")
    bureau["rina"].starts(case_id)
    bureau.walks(case_id, until=6)
    absence_id = leaves_to(bureau, "rina", "andi", MON, FRI)
    bureau["maria"].gives_back(case_id)
    assert bureau.holders(case_id) == ["andi"]
    ends(bureau, absence_id, "rina")
    assert bureau.holders(case_id) == ["rina"]


def test_the_one_who_is_away_still_reads_the_case(bureau: Bureau) -> None:
    case_id = at_kadiv(bureau)
    leaves_to(bureau, "siti", "hendra", MON, FRI)

    def sight(records: Records, name: str) -> Sight:
        return sight_of(records.reader.case(case_id), records.session.get_one(Person, bureau[name].id))

    assert bureau.work(lambda records: sight(records, "siti")) is Sight.WHOLE
    assert bureau.work(lambda records: sight(records, "budi")) is Sight.OWN


def test_what_is_sent_at_midnight_makes_no_sound(bureau: Bureau) -> None:
    at_kadiv(bureau)
    leaves_to(bureau, "siti", "hendra", TUE, WED)
    before = len(bureau.notices())
    bureau.at = midnight(bureau, TUE)
    looks(bureau)
    fresh = [
        one for one in bureau.notices()[before:] if one.kind in {NoticeKind.CARD, NoticeKind.SAY, NoticeKind.ALERT}
    ]
    assert len(fresh) >= 4
    assert all(one.body["silent"] for one in fresh)


def test_a_superior_who_is_away_is_spoken_to_through_the_plh(bureau: Bureau) -> None:
    leaves_to(bureau, "siti", "bambang", MON, FRI)
    superiors = bureau.work(lambda records: records.lock_office().superiors("kabag-p2l"))
    assert [bureau.named(one.id) for one in superiors] == ["bambang"]


def test_a_plh_may_be_appointed_who_holds_the_post_above(bureau: Bureau) -> None:
    case_id = at_kadiv(bureau)
    leaves_to(bureau, "siti", "bambang", MON, FRI)
    bureau["bambang"].forwards(case_id)
    assert [task.decided_as for task in bureau.case(case_id).tasks[:2]] == ["definitive:kakanwil", "plh:kadiv"]
    (tenure,) = bureau.work(
        lambda records: [one for one in records.lock_office().tenures if one.capacity is Capacity.PLH]
    )
    assert tenure.acts_as == "plh:kadiv"


def keeps_to_the_holder(bureau: Bureau, number: int) -> None:
    """Let no Plh. do the step with this number for its holder."""
    text = bureau.rules.sops[SOFTWARE].text
    steps = text.split("[[steps]]")
    steps[number] = f"{steps[number].rstrip()}\nmandate = false\n\n"
    bureau.knows(parse_sop("[[steps]]".join(steps), source="without-mandate.toml"))


def test_a_step_without_mandate_goes_up_and_waits_where_nobody_above_may_do_it(bureau: Bureau) -> None:
    keeps_to_the_holder(bureau, 2)
    case_id = at_kadiv(bureau)
    task = bureau.task(case_id)
    assert not task.mandate
    leaves_to(bureau, "bambang", "maria", MON, FRI)
    leaves_to(bureau, "siti", "hendra", MON, FRI)
    assert bureau.holders(case_id) == bureau.live(task.id) == ["siti"]
    with pytest.raises(NotYourTask, match="Siti Rahmawati"):
        bureau["hendra"].forwards(case_id)
    bureau["siti"].forwards(case_id)
    assert bureau.task(case_id).mandate
    assert verifies(bureau)

    def forge(records: Records) -> None:
        records.session.get_one(Task, task.id).mandate = True

    bureau.work(forge)
    assert not bureau.work(lambda records: verify(records.session)).verifies


def offered(bureau: Bureau) -> dict[str, bool]:
    """Return which officials are offered the one open task: as the next, and in each list of what waits for them."""

    def look(records: Records) -> Iterator[tuple[str, bool]]:
        for name in APPOINTED:
            someone, reader = records.session.get_one(Person, bureau[name].id), records.reader
            (one,) = {
                lists.next_for(reader, someone) is not None,
                bool(lists.at_hand(reader, someone, limit=3)),
                bool(lists.queue(reader, someone)),
            }
            yield name, one

    return bureau.work(lambda records: dict(look(records)))


def sees_as_the_case_has_it(bureau: Bureau, case_id: int) -> None:
    """Hold the list of cases of each official against how much of the case they may see."""
    for name in APPOINTED:

        def look(records: Records, name: str = name) -> tuple[bool, bool]:
            someone = records.session.get_one(Person, bureau[name].id)
            shown = any(one.subject for one in lists.visible(records.reader, someone, limit=9))
            return shown, sight_of(records.case(case_id), someone) is Sight.WHOLE

        shown, whole = bureau.work(look)
        assert shown in {whole, False}, name
        assert shown or not whole or name not in bureau.holders(case_id), name


@pytest.mark.parametrize("mandate", [True, False])
@pytest.mark.parametrize(("number", "assigned"), [(2, False), (5, False), (5, True)])
def test_nobody_is_offered_what_another_decides(bureau: Bureau, *, number: int, mandate: bool, assigned: bool) -> None:
    if not mandate:
        keeps_to_the_holder(bureau, number)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=number)
    away = "siti" if number == 2 else "rina"
    if assigned:
        bureau[away].starts(case_id)
    leaves_to(bureau, away, "hendra", MON, FRI)
    deciders = bureau.holders(case_id)
    assert ("hendra" in deciders) is mandate
    assert offered(bureau) == {name: name in deciders for name in APPOINTED}
    sees_as_the_case_has_it(bureau, case_id)


@pytest.mark.parametrize("wake_at", [None, datetime(2027, 1, 1, tzinfo=UTC)], ids=["lost", "far too late"])
def test_the_audit_sets_a_timer_that_was_lost(bureau: Bureau, wake_at: datetime | None) -> None:
    absence_id = leaves_to(bureau, "siti", "hendra", TUE, WED)

    def lose(records: Records) -> None:
        records.session.get_one(Absence, absence_id).wake_at = wake_at

    bureau.work(lose)
    comes(bureau, TUE)
    assert stage(bureau, absence_id) is Stage.AHEAD
    assert bureau.work(audit).timed == 1
    comes(bureau, TUE)
    assert holders(bureau, "kadiv") == ["hendra"]
    assert bureau.work(audit).timed == 0
