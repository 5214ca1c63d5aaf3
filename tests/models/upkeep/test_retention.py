"""What is long over leaves the tables that work goes through every day; what tells what happened stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from models.case.draft import DispositionDraft
from models.case.task import Task
from models.mail.card import Button, Card, CardKind, Face
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.mail.printed import PrintedFile
from models.proof import verification
from models.upkeep import printing
from models.upkeep.auditing import Audit, audit
from models.upkeep.retention import KEPT, let_go
from tests.models.upkeep.test_auditing import all_is_sent

if TYPE_CHECKING:
    from models.base import Base
    from models.repository.records import Records
    from tests.models.bureau import Bureau

LONG = KEPT + timedelta(days=1)


def all_is_drawn_and_sent(records: Records) -> None:
    """Let every card have been drawn with a button, every notice be carried out, and somebody have prepared words."""
    all_is_sent(records)
    for card in records.session.scalars(select(Card)):
        records.session.add(Button.mint(card, action="status", argument="", version=99))
        card.digest = "drawn"
    records.session.execute(update(Notice).values(settled_at=records.at))
    for task in records.session.scalars(select(Task)):
        draft = DispositionDraft(person_id=1, task_id=task.id, instructions=[], note="Mohon segera.")
        records.session.add(draft)


def count(bureau: Bureau, table: type[Base]) -> int:
    return bureau.work(lambda records: records.session.scalar(select(func.count()).select_from(table)) or 0)


def goes(bureau: Bureau) -> None:
    while bureau.work(lambda records: let_go(records.session, records.at)):
        pass


def finished(bureau: Bureau) -> int:
    case_id = bureau.begins("budi")
    bureau.finishes(case_id)
    bureau.work(all_is_drawn_and_sent)
    return case_id


def owed(records: Records, card: Card | None = None, kind: NoticeKind = NoticeKind.SAY, **changes: object) -> Notice:
    notice = Notice(
        kind=kind,
        priority=Priority.INFORMATION,
        chat_id=1003,
        card=card,
        body={},
        owed_at=records.at,
        state=NoticeState.SENT,
        settled_at=records.at,
    )
    for name, value in changes.items():
        setattr(notice, name, value)
    records.session.add(notice)
    return notice


def card(records: Records, kind: CardKind = CardKind.QUEUE, **changes: object) -> Card:
    made = Card(kind=kind, chat_id=1003, person_id=1, face=Face.MAIN, live=True, message_id=7, made_at=records.at)
    for name, value in changes.items():
        setattr(made, name, value)
    records.session.add(made)
    return made


def test_a_finished_case_keeps_its_story_and_loses_what_carried_it(bureau: Bureau) -> None:
    case_id = finished(bureau)
    story, cards = [entry.hash for entry in bureau.entries(case_id)], count(bureau, Card)
    living = bureau.work(lambda records: len(records.session.scalars(select(Card).where(Card.live)).all()))
    bureau.passes(LONG)
    goes(bureau)

    assert count(bureau, Notice) == count(bureau, DispositionDraft) == 0
    assert count(bureau, Button) == living, "what can still be tapped can still be tapped"
    assert count(bureau, Card) == cards
    assert [entry.hash for entry in bureau.entries(case_id)] == story
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_what_was_over_yesterday_is_kept(bureau: Bureau) -> None:
    finished(bureau)
    before = [count(bureau, table) for table in (Notice, Button, DispositionDraft)]
    bureau.passes(KEPT - timedelta(days=1))
    goes(bureau)
    assert [count(bureau, table) for table in (Notice, Button, DispositionDraft)] == before


def test_nothing_goes_of_a_case_that_waits_for_months(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.work(all_is_drawn_and_sent)
    bureau.passes(timedelta(days=100))
    goes(bureau)

    assert bureau.live(bureau.task(case_id).id) == ["bambang"]
    assert count(bureau, Button) > 0
    assert count(bureau, DispositionDraft) == 1


def test_a_notice_is_kept_that_something_depends_on(bureau: Bureau) -> None:
    def owe(records: Records) -> None:
        owed(records, state=NoticeState.OWED, settled_at=None)
        owed(records, state=NoticeState.UNDELIVERABLE)
        owed(records, once="digest:2026-11-23:1")
        owed(records, card(records), NoticeKind.SUMMARY)
        owed(records, card(records, CardKind.STATUS, message_id=None), NoticeKind.CARD)
        owed(records, card(records, CardKind.STATUS), NoticeKind.CARD, doubtful=1)
        owed(records, card(records, CardKind.STATUS), NoticeKind.CARD)
        owed(records, card(records, CardKind.STATUS, live=False), NoticeKind.CARD, doubtful=1)
        records.session.flush()

    bureau.work(owe)
    bureau.passes(LONG)
    goes(bureau)
    assert count(bureau, Notice) == 6, "the last two are gone: no copy of those cards need be known as one"


def test_a_notice_that_took_long_to_be_sent_is_kept_from_then_on(bureau: Bureau) -> None:
    bureau.work(lambda records: owed(records, settled_at=records.at + LONG))
    bureau.passes(LONG)
    goes(bureau)
    assert count(bureau, Notice) == 1


def test_the_audit_misses_nothing_that_was_let_go(bureau: Bureau) -> None:
    bureau.finishes(bureau.begins("budi"))
    bureau.begins("budi")
    bureau.work(all_is_drawn_and_sent)
    # A reporter took a message away. That it was sent once must be known for as long as its card lives.
    taken_away = update(Card).where(Card.live, Card.kind == CardKind.STATUS).values(message_id=None)
    bureau.work(lambda records: records.session.execute(taken_away))
    bureau.passes(LONG)
    goes(bureau)
    assert bureau.work(audit) == Audit(stuck=[])


def test_much_goes_a_little_at_a_time(bureau: Bureau) -> None:
    bureau.work(lambda records: [owed(records) for _ in range(7)])
    bureau.passes(LONG)

    assert bureau.work(lambda records: let_go(records.session, records.at, batch=3))
    assert count(bureau, Notice) == 4
    assert bureau.work(lambda records: let_go(records.session, records.at, batch=3))
    assert not bureau.work(lambda records: let_go(records.session, records.at, batch=3))
    assert count(bureau, Notice) == 0


def test_what_telegram_calls_a_paper_is_forgotten_thirty_days_after_it_was_sent_up(bureau: Bureau) -> None:
    def known(digest: str) -> tuple[str, str] | None:
        return bureau.work(lambda records: printing.printed(records.session, digest=digest, account_id=1))

    def sends(digest: str, file_id: str) -> None:
        bureau.work(
            lambda records: printing.keep_printed(
                records.session, digest=digest, account_id=1, kind="photo", file_id=file_id, at=records.at
            )
        )

    sends("old", "id-1")
    bureau.passes(LONG)
    sends("new", "id-2")
    goes(bureau)

    assert (known("old"), known("new")) == (None, ("photo", "id-2"))
    assert count(bureau, PrintedFile) == 1
