"""One row that cannot be read keeps nobody else's from being looked at, in each round that the program makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select, text, update

from models.case.draft import ReportDraft
from models.case.task import Task
from models.chase import daily_round, unsent
from models.mail import correspondence
from models.mail.card import Button, Card, CardKind
from models.mail.notice import Notice, NoticeKind, Priority
from models.office.attention import CHASED, want_reminder
from models.office.person import Person
from models.rules.errors import InvalidStandard
from models.upkeep.auditing import audit
from tests.models.chase.test_reminders import lets_pass, reminders, wita

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


def unreadable(records: Records, card: Card) -> None:
    """Let a card show a face that there is not, as a later version of the program may have had."""
    records.session.flush()
    records.session.execute(text("UPDATE cards SET mode = 'no-such-face' WHERE id = :id"), {"id": card.id})
    records.session.expire(card)


def writes(bureau: Bureau, name: str, *, broken: bool = False) -> None:
    """Let somebody have written a draft of which it is time to tell them."""

    def write(records: Records) -> None:
        person = records.session.get_one(Person, bureau[name].id)
        draft = records.begin_draft(person, sop=records.rules.usual_sop, previous_case_id=None)
        draft.text, draft.unsent_at = "SIMPEG tidak dapat dibuka", records.at
        shown = records.show(CardKind.DRAFT, person.account_id or 0, person=person)
        records.session.flush()
        draft.card_id = shown.id
        if broken:
            unreadable(records, shown)

    bureau.work(write)


def logged(caplog: pytest.LogCaptureFixture, words: str) -> list[object]:
    """Return whom or what the log names where it says so."""
    found = [vars(one) for one in caplog.records if one.getMessage() == words]
    return [one.get("person") or one.get("case") for one in found]


def test_a_draft_that_cannot_be_brought_to_mind_keeps_no_other_one_back(
    bureau: Bureau, caplog: pytest.LogCaptureFixture
) -> None:
    writes(bureau, "budi", broken=True)
    writes(bureau, "dewi")
    bureau.work(unsent.tell_due)
    drafts = bureau.work(lambda records: records.session.scalars(select(ReportDraft)).all())
    told = {bureau.named(one.person_id): (one.unsent_told, one.unsent_at) for one in drafts}
    assert told["dewi"] == (True, None)
    later, when = told["budi"]
    assert (later, when is not None and when > bureau.at) == (False, True)
    assert logged(caplog, "a draft cannot be brought to mind") == [bureau["budi"].id]


def late(bureau: Bureau) -> None:
    """Let a task be late on the morning of Tuesday, of which nobody was told that day."""
    bureau.at = wita(23, 14)
    bureau.begins("budi")
    bureau.at = wita(24, 8)


def digests(bureau: Bureau) -> set[str | None]:
    return {bureau.named(one.person_id) for one in bureau.notices(NoticeKind.DIGEST)}


def test_a_watcher_whose_reminder_cannot_be_read_keeps_no_other_one_from_the_digest(
    bureau: Bureau, caplog: pytest.LogCaptureFixture
) -> None:
    late(bureau)

    def breaks(records: Records) -> None:
        maria = records.session.get_one(Person, bureau["maria"].id)
        body = {"items": [{"tugas": 1}]}
        records.owe(correspondence.notice(NoticeKind.SUMMARY, maria, at=records.at, priority=Priority.CARD, body=body))

    bureau.work(breaks)
    assert bureau.work(daily_round.daily_round)
    assert digests(bureau) == {"rina", "andi"}
    assert logged(caplog, "a watcher cannot be given the digest") == [bureau["maria"].id]


def test_days_that_cannot_be_asked_for_keep_nobody_from_the_digest(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise InvalidStandard("a season without hours")

    late(bureau)
    monkeypatch.setattr(daily_round, "unknown_days", fails)
    assert bureau.work(daily_round.daily_round)
    assert digests(bureau) == {"maria", "rina", "andi"}
    assert len(logged(caplog, "the admins cannot be asked for unknown days")) == 1
    assert not bureau.work(daily_round.daily_round), "once a day, as ever"


def test_a_task_whose_pauses_cannot_be_read_keeps_nobody_from_being_reminded(bureau: Bureau) -> None:
    broken, sound = (bureau.task(bureau.begins("budi", words)).id for words in ("satu", "dua"))
    lets_pass(bureau, wita(23, 9, 5))
    assert len(reminders(bureau, "bambang")) == 1
    bureau.at = wita(23, 9, 40)

    def are_put_off(records: Records) -> None:
        records.session.execute(update(Task).values(chase_at=wita(23, 11)))
        records.session.execute(update(Task).where(Task.id == broken).values(pauses=["bukan jeda"]))
        bambang = records.session.get_one(Person, bureau["bambang"].id)
        want_reminder(bambang, records.at, of={sound: CHASED})

    bureau.work(are_put_off)
    bureau.sweeps()
    assert len(reminders(bureau, "bambang")) == 2
    assert bureau.work(lambda records: records.session.get_one(Task, sound)).rung > 1


def test_a_case_that_cannot_be_read_keeps_no_other_reporter_from_their_receipt(
    bureau: Bureau, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = bureau.begins("budi"), bureau.begins("dewi")

    def receipts_are_lost(records: Records) -> None:
        cards = select(Card.id).where(Card.kind == CardKind.STATUS)
        for rows in (Notice.card_id, Button.card_id):
            records.session.execute(delete(rows.class_).where(rows.in_(cards)))
        records.session.execute(delete(Card).where(Card.kind == CardKind.STATUS))
        shown = Card(kind=CardKind.RESULT, chat_id=1001, case_id=broken, live=True, message_id=7, made_at=records.at)
        records.session.add(shown)
        unreadable(records, shown)

    bureau.work(receipts_are_lost)
    bureau.work(audit)
    given = select(Card.case_id).where(Card.kind == CardKind.STATUS)
    assert bureau.work(lambda records: records.session.scalars(given).all()) == [sound]
    assert logged(caplog, "a reporter cannot be given a receipt") == [broken]
