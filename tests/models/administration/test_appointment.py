"""Who holds a post, and whose cards have force: appointing, handing over, taking an account away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.administration import appointment
from models.journal.chain import Entry, first_breach
from models.mail.card import Card, CardKind
from models.mail.notice import Notice, NoticeKind, NoticeState
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.refusals.administration import LastAdmin, NotAdmin, NotHolding
from models.repository.office_lock import locked_office_chain
from models.repository.told import STATE, STOCK
from models.rules.errors import UnknownPost

if TYPE_CHECKING:
    from models.administration.appointment import Relieved
    from models.journal.chain import Breach
    from models.repository.records import Records
    from tests.models.bureau import Bureau


def appoints(bureau: Bureau, name: str, post: str) -> Tenure:
    person_id = bureau[name].id
    return bureau.work(lambda records: appointment.appoint(records, records.session.get_one(Person, person_id), post))


def unbinds(bureau: Bureau, name: str) -> None:
    person_id = bureau[name].id
    bureau.work(lambda records: appointment.unbind(records, records.session.get_one(Person, person_id)))


def dismisses(bureau: Bureau, name: str) -> None:
    person_id = bureau[name].id
    bureau.work(lambda records: appointment.dismiss_admin(records, records.session.get_one(Person, person_id)))


def relieves(bureau: Bureau, name: str, post: str, *, by: str | None = None) -> Relieved:
    person_id, admin_id = bureau[name].id, bureau[by].id if by else None

    def relieve(records: Records) -> Relieved:
        admin = records.session.get_one(Person, admin_id) if admin_id is not None else None
        return appointment.relieve(records, records.session.get_one(Person, person_id), post, by=admin)

    return bureau.work(relieve)


def admins(bureau: Bureau) -> list[str | None]:
    return bureau.work(lambda records: [bureau.named(admin.id) for admin in records.lock_office().admins])


def last_entries(bureau: Bureau, count: int) -> list[tuple[str, int | None, str, dict[str, object]]]:
    """Return the last acts in the office's chain, the oldest of them first. What rows became is left out."""

    def read(records: Records) -> list[tuple[str, int | None, str, dict[str, object]]]:
        entries = locked_office_chain(records.session).entries.select().options(joinedload(Entry.payload))
        entries = entries.where(Entry.action.not_in((STATE, STOCK)))
        found = list(records.session.scalars(entries.order_by(Entry.sequence.desc()).limit(count)))
        bodies = [(one, one.payload.body if one.payload else None) for one in reversed(found)]
        return [(one.action, one.actor_id, one.capacity, body or {}) for one, body in bodies]

    return bureau.work(read)


def office_breach(bureau: Bureau) -> Breach | None:
    def read(records: Records) -> Breach | None:
        entries = list(
            records.session.scalars(locked_office_chain(records.session).entries.select().order_by(Entry.sequence))
        )
        for entry in entries:
            records.session.refresh(entry, ["payload"])
        return first_breach(locked_office_chain(records.session), entries)

    return bureau.work(read)


def test_a_new_holder_takes_over_the_open_card(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task_id = bureau.task(case_id).id
    assert bureau.live(task_id) == ["bambang"]

    appoints(bureau, "dewi", "kakanwil")

    assert bureau.holders(case_id) == ["dewi"]
    assert bureau.live(task_id) == ["dewi"]
    assert "tenure-ended" in bureau.codes("bambang")
    assert office_breach(bureau) is None


def test_a_reminder_leaves_with_the_post_it_was_for(bureau: Bureau) -> None:
    task = bureau.task(bureau.begins("budi"))
    bureau.works(26)
    bureau.sweeps()
    assert bureau.live(task.id, CardKind.NUDGE) == ["bambang"]

    appoints(bureau, "dewi", "kakanwil")

    assert bureau.live(task.id, CardKind.NUDGE) == []
    assert bureau.notices(NoticeKind.WITHDRAW), "it leaves the chat, too"


def test_a_tenure_ends_at_the_instant_the_next_begins(bureau: Bureau) -> None:
    begun = appoints(bureau, "dewi", "kakanwil")
    statement = select(Tenure).where(Tenure.post == "kakanwil").order_by(Tenure.id)
    tenures = bureau.work(lambda records: list(records.session.scalars(statement)))

    assert [tenure.ends_at for tenure in tenures] == [begun.starts_at, None]
    assert bureau.work(lambda records: len(records.lock_office().holders("kakanwil"))) == 1


def test_appointing_the_holder_again_changes_nothing(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    owed = len(bureau.notices())
    appoints(bureau, "bambang", "kakanwil")

    assert bureau.live(bureau.task(case_id).id) == ["bambang"]
    assert len(bureau.notices()) == owed


def test_a_deputy_keeps_the_card_when_the_definitive_holder_changes(bureau: Bureau) -> None:
    bureau["siti"].takes("kakanwil", Capacity.PLH)
    case_id = bureau.begins("budi")
    appoints(bureau, "dewi", "kakanwil")

    assert sorted(name or "" for name in bureau.live(bureau.task(case_id).id)) == ["dewi", "siti"]


def test_a_colleague_joins_a_post_of_several_and_sees_what_is_for_anyone(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    for name in ("bambang", "siti", "hendra", "maria"):
        bureau[name].carries_on(case_id)
    appoints(bureau, "dewi", "jft-prakom")

    assert bureau.live(bureau.task(case_id).id) == ["rina", "andi", "dewi"]


def test_a_colleague_who_joins_gets_no_card_of_what_was_given_to_another(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    for name in ("bambang", "siti", "hendra"):
        bureau[name].carries_on(case_id)
    bureau["maria"].forwards(case_id, to="rina")
    appoints(bureau, "dewi", "jft-prakom")

    assert bureau.live(bureau.task(case_id).id) == ["rina"]


def test_a_post_the_office_does_not_have_is_not_given(bureau: Bureau) -> None:
    with pytest.raises(UnknownPost):
        appoints(bureau, "dewi", "juru-kunci")


def test_an_account_taken_away_leaves_nothing_in_force_and_nothing_to_come(bureau: Bureau) -> None:
    case_id = bureau.begins("bambang")
    task_id = bureau.task(case_id).id
    chat = bureau.work(lambda records: records.session.get_one(Person, bureau["bambang"].id).account_id)
    unbinds(bureau, "bambang")

    def left(records: Records) -> tuple[list[CardKind], list[str]]:
        living = records.session.scalars(select(Card.kind).where(Card.chat_id == chat, Card.live))
        owed = select(Notice.kind).where(Notice.chat_id == chat, Notice.state == NoticeState.OWED)
        return list(living), [kind.value for kind in records.session.scalars(owed)]

    assert bureau.live(task_id) == []
    assert bureau.work(left) == ([], ["refresh"])
    assert bureau.work(lambda records: records.person(chat or 0)) is None
    assert bureau.holders(case_id) == ["bambang"]


def test_an_admin_is_dismissed_and_the_others_are_told(bureau: Bureau) -> None:
    bureau.hires("eko", "Eko Lumban", admin=True)
    bureau["dewi"].takes("kadiv", Capacity.PLH)
    dismisses(bureau, "dewi")

    assert admins(bureau) == ["eko"]
    assert bureau.codes("eko") == ["alert-dismissed"]
    assert bureau.codes("dewi") == ["admin-dismissed"]
    deputy = bureau.work(lambda records: records.lock_office().tenures_of("kadiv")[1].person_id)
    assert deputy == bureau["dewi"].id, "what she holds stays hers"

    def last(records: Records) -> tuple[str, str, int | None]:
        entries = locked_office_chain(records.session).entries.select().options(joinedload(Entry.payload))
        acts = entries.where(Entry.action.not_in((STATE, STOCK)))
        entry = records.session.scalars(acts.order_by(Entry.sequence.desc())).first()
        assert entry is not None
        assert entry.payload is not None
        return entry.action, entry.capacity, (entry.payload.body or {}).get("person")

    assert bureau.work(last) == ("dismiss-admin", "system", bureau["dewi"].id)
    assert office_breach(bureau) is None


@pytest.mark.parametrize("colleague", [False, True])
def test_somebody_who_can_administer_the_office_is_always_left(bureau: Bureau, *, colleague: bool) -> None:
    if colleague:
        bureau.hires("eko", "Eko Lumban", admin=True, account=False)

    with pytest.raises(LastAdmin):
        dismisses(bureau, "dewi")

    assert "dewi" in admins(bureau)


def test_whoever_is_no_admin_cannot_be_dismissed(bureau: Bureau) -> None:
    with pytest.raises(NotAdmin):
        dismisses(bureau, "budi")


class TestRelieving:
    """Ending a tenure with nobody appointed in its place."""

    def test_a_vacant_post_is_told_with_all_that_waits_to_those_who_can_mend_it(self, bureau: Bureau) -> None:
        cases = [bureau.begins("budi") for _ in range(2)]
        for case_id in cases:
            bureau["bambang"].carries_on(case_id)
        owed = len(bureau.notices())
        found = relieves(bureau, "siti", "kadiv")

        assert (found.waiting, [one.id for one in found.reachable], found.told) == (2, [bureau["bambang"].id], 4)
        assert [bureau.holders(case_id) for case_id in cases] == [["bambang"], ["bambang"]]
        assert [bureau.live(bureau.task(case_id).id)[-1:] for case_id in cases] == [["bambang"], ["bambang"]]
        told = [one for one in bureau.notices()[owed:] if one.body.get("code") == "alert-vacated"]
        assert {bureau.named(one.person_id) for one in told} == {"dewi", "maria", "rina", "andi"}
        assert len(told) == 4, "once each, however much waits; the superior has the cards"
        assert (told[0].body["data"]["to"], told[0].body["data"]["raised"]) == ("Bambang Wijaya", 1)
        assert told[0].body["data"]["number"] == "SW-2026-0001, SW-2026-0002"
        assert "tenure-over" in bureau.codes("siti")
        assert office_breach(bureau) is None

    def test_where_nothing_waits_a_vacancy_is_the_admins_business(self, bureau: Bureau) -> None:
        found = relieves(bureau, "siti", "kadiv")
        assert (found.waiting, found.reachable) == (0, ())
        assert bureau.codes("dewi") == ["alert-vacated"]
        assert bureau.codes("bambang") == bureau.codes("maria") == []

    def test_the_next_holder_finds_what_waited(self, bureau: Bureau) -> None:
        case_id = bureau.begins("budi")
        relieves(bureau, "bambang", "kakanwil")
        appoints(bureau, "dewi", "kakanwil")
        assert bureau.live(bureau.task(case_id).id) == ["dewi"]

    def test_a_deputy_who_goes_leaves_the_card_to_the_holder(self, bureau: Bureau) -> None:
        bureau["siti"].takes("kakanwil", Capacity.PLH)
        case_id = bureau.begins("budi")
        found = relieves(bureau, "siti", "kakanwil")

        assert found.waiting == 1
        assert [one.name for one in found.reachable] == ["Bambang Wijaya"]
        assert bureau.live(bureau.task(case_id).id) == ["bambang"]
        assert bureau.codes("dewi") == ["alert-relieved"]
        assert bureau.work(
            lambda records: records.lock_office().posts_of(records.session.get_one(Person, bureau["siti"].id))
        ) == ["kadiv"], "her own post stays hers"

    def test_what_was_given_to_whoever_goes_falls_to_the_colleagues(self, bureau: Bureau) -> None:
        case_id = bureau.begins("budi")
        for name in ("bambang", "siti", "hendra"):
            bureau[name].carries_on(case_id)
        bureau["maria"].forwards(case_id, to="rina")
        bureau["rina"].starts(case_id)
        relieves(bureau, "rina", "jft-prakom")

        assert bureau.holders(case_id) == bureau.live(bureau.task(case_id).id) == ["andi"]
        bureau["andi"].hands_in(case_id)
        assert bureau.task(case_id).step == 6

    def test_holders_without_an_account_count_as_nobody(self, bureau: Bureau) -> None:
        bureau["hendra"].takes("kadiv", Capacity.PLH)
        bureau["hendra"].loses_account()
        case_id = bureau.begins("budi")
        bureau["bambang"].carries_on(case_id)
        assert relieves(bureau, "siti", "kadiv").reachable == ()
        assert "alert-vacated" in bureau.codes("dewi")

    @pytest.mark.parametrize(("by", "capacity"), [(None, "system"), ("dewi", "admin")])
    def test_the_journal_tells_whose_time_ended_and_who_ended_it(
        self, bureau: Bureau, by: str | None, capacity: str
    ) -> None:
        relieves(bureau, "siti", "kadiv", by=by)
        siti, admin = bureau["siti"].id, bureau[by].id if by else None
        assert last_entries(bureau, 2) == [
            ("end-tenure", siti, "definitive", {"post": "kadiv"}),
            ("relieve", admin, capacity, {"person": siti, "post": "kadiv"}),
        ]
        assert office_breach(bureau) is None

    def test_an_admin_who_does_it_is_answered_and_not_told(self, bureau: Bureau) -> None:
        bureau.hires("eko", "Eko Lumban", admin=True)
        relieves(bureau, "siti", "kadiv", by="dewi")
        assert (bureau.codes("dewi"), bureau.codes("eko")) == ([], ["alert-vacated"])

    def test_whoever_does_not_hold_the_post_cannot_be_relieved_of_it(self, bureau: Bureau) -> None:
        with pytest.raises(NotHolding) as never:
            relieves(bureau, "budi", "kadiv")
        assert never.value.ended_at is None
        relieves(bureau, "siti", "kadiv")
        ended = bureau.at
        bureau.works(60)
        with pytest.raises(NotHolding) as over:
            relieves(bureau, "siti", "kadiv")
        assert over.value.ended_at == ended
        with pytest.raises(UnknownPost):
            relieves(bureau, "siti", "juru-kunci")

    def test_nobody_but_an_admin_ends_a_tenure(self, bureau: Bureau) -> None:
        with pytest.raises(NotAdmin):
            relieves(bureau, "siti", "kadiv", by="budi")
