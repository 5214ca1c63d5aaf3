"""Who holds a post, and whose cards have force: appointing, handing over, taking an account away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models import appointment
from models.errors import UnknownPost
from models.journal import Entry, first_breach
from models.mailbox import Card, CardKind, Notice, NoticeKind, NoticeState
from models.office import Capacity, Person, Tenure
from models.refusals import LastAdmin, NotAdmin

if TYPE_CHECKING:
    from models.journal import Breach
    from models.records import Records
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


def admins(bureau: Bureau) -> list[str | None]:
    return bureau.work(lambda records: [bureau.named(admin.id) for admin in records.office.admins])


def office_breach(bureau: Bureau) -> Breach | None:
    def read(records: Records) -> Breach | None:
        entries = list(records.session.scalars(records.office_chain.entries.select().order_by(Entry.sequence)))
        for entry in entries:
            records.session.refresh(entry, ["payload"])
        return first_breach(records.office_chain, entries)

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
    assert bureau.work(lambda records: len(records.office.holders("kakanwil", records.at))) == 1


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
    chat = bureau.work(lambda records: records.session.get_one(Person, bureau["bambang"].id).telegram_id)
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
    deputy = bureau.work(lambda records: records.office.tenures_of("kadiv", records.at)[1].person_id)
    assert deputy == bureau["dewi"].id, "what she holds stays hers"

    def last(records: Records) -> tuple[str, str, int | None]:
        entries = records.office_chain.entries.select().options(joinedload(Entry.payload))
        entry = records.session.scalars(entries.order_by(Entry.sequence.desc())).first()
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
