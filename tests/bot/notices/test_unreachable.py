"""People whom the bot cannot reach: reported once, written down, and caught up with when they are back."""

from collections import defaultdict

import pytest
from sqlalchemy import Connection, event, select

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from models.case.question import Question
from models.case.task import Task
from models.journal.chain import Entry
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.correspondence import About
from models.mail.notice import NoticeKind, NoticeState, Priority
from models.office.person import Person as Employee
from models.repository.records import Records
from models.rules.rules import Rules
from tests.bot.notices.post import AT, Office, Post


async def test_a_holder_who_blocked_the_bot_is_reported_once_and_written_down(
    post: Post, sandbox: Sandbox, office: Office, rules: Rules
) -> None:
    first = rules.office.post_for_role(next(iter(rules.sops.values())).first.role).code
    account = office.account[first]
    sandbox.people[account].blocks_bot()
    await office.report()
    await post.activity.still()

    alerts = await post.notices(kind=NoticeKind.ALERT)
    told = {office.account["admin"], *(office.account[code] for code in rules.office.watchers)}
    assert {alert.chat_id for alert in alerts} == told
    assert len(alerts) == len(told)
    holder = await post.database.read(
        lambda session: session.scalars(select(Employee).where(Employee.account_id == account)).one()
    )
    assert holder.unreachable_since == post.clock.now()
    entries = await post.database.read(lambda session: session.scalars(select(Entry.action)).all())
    assert entries.count("undelivered") == 1

    await post.owe(correspondence.notice(NoticeKind.SAY, holder, at=AT, priority=Priority.ANSWER))
    assert len(await post.notices(kind=NoticeKind.ALERT)) == len(told), "once per outage"

    await office.report()
    await post.activity.still()
    assert len(await post.notices(kind=NoticeKind.ALERT)) == 2 * len(told), "but each new task that waits is told"


async def test_a_later_delivery_ends_the_outage(post: Post, sandbox: Sandbox, office: Office) -> None:
    account = office.account["admin"]
    sandbox.people[account].blocks_bot()
    admin = await post.database.read(lambda session: session.scalars(select(Employee).where(Employee.is_admin)).one())
    await post.owe(correspondence.notice(NoticeKind.SAY, admin, at=AT, priority=Priority.ANSWER))
    assert await post.outcome() == [NoticeState.UNDELIVERABLE]
    sandbox.people[account].unblocks()
    await post.owe(correspondence.notice(NoticeKind.SAY, admin, at=AT, priority=Priority.ANSWER))
    again = await post.database.read(lambda session: session.scalars(select(Employee).where(Employee.is_admin)).one())
    assert again.unreachable_since is None


async def test_whoever_is_reached_again_gets_what_waits_and_nothing_twice(
    post: Post, sandbox: Sandbox, office: Office, rules: Rules
) -> None:
    account = office.account[rules.office.post_for_role(next(iter(rules.sops.values())).first.role).code]
    kakanwil = sandbox.people[account]
    kakanwil.blocks_bot()
    await office.report("satu")
    await office.report("dua")
    await post.activity.still()
    assert kakanwil.received == []

    kakanwil.unblocks()
    await office.report("tiga")
    await post.activity.still()
    cards = await post.database.read(
        lambda session: session.scalars(
            select(Card).where(Card.chat_id == account, Card.kind == CardKind.TASK, Card.message_id.is_not(None))
        ).all()
    )
    assert sorted(card.task_id or 0 for card in cards) == [1, 2, 3], "each task has one card, and each arrived"
    assert len(kakanwil.received) == 3
    actions = await post.database.read(lambda session: session.scalars(select(Entry.action)).all())
    assert (actions.count("unreachable"), actions.count("reachable")) == (1, 1)


async def test_a_question_that_cannot_reach_the_reporter_is_told_to_those_who_wait_for_the_answer(
    post: Post, budi: Person, office: Office, rules: Rules
) -> None:
    await office.report()
    await post.activity.still()
    budi.blocks_bot()

    def ask(records: Records) -> None:
        person, asker = records.known(1001), records.known(1002)
        question = Question(case_id=1, task_id=1, asked_by_id=asker.id, text="Sejak kapan?", asked_at=AT)
        records.session.add(question)
        records.flush()
        asked = correspondence.card(CardKind.QUESTION, person, at=AT, about=About(question_id=question.id))
        asked.case_id = 1
        records.owe(asked)

    await office.work(ask)
    await post.activity.still()
    told = {office.account["admin"], *(office.account[code] for code in rules.office.watchers)}
    alerts = await post.notices(kind=NoticeKind.ALERT)
    assert {one.chat_id for one in alerts if one.body["code"] == "alert-unreachable"} == told


async def test_a_message_to_an_account_that_was_given_up_says_nothing_of_the_new_one(
    post: Post, sandbox: Sandbox, budi: Person, office: Office
) -> None:
    sandbox.person(1777, "Budi, telepon baru", started=True)
    budi.blocks_bot()

    def move(records: Records) -> None:
        person = records.known(1001)
        records.owe(correspondence.notice(NoticeKind.SAY, person, at=AT, priority=Priority.ANSWER))
        records.session.flush()
        person.account_id = 1777

    await office.work(move)
    await post.activity.still()
    assert await post.outcome() == [NoticeState.UNDELIVERABLE]
    moved = await office.work(lambda records: records.known(1777))
    assert moved.unreachable_since is None


async def test_everybody_unreachable_ends_in_silence_not_in_a_storm(
    post: Post, sandbox: Sandbox, office: Office
) -> None:
    for person in sandbox.people.values():
        person.blocks_bot()
    await office.report()
    await post.activity.still()
    states = await post.outcome()
    assert set(states) <= {NoticeState.UNDELIVERABLE, NoticeState.NOT_NEEDED}
    assert len(states) < 20
    tasks = await post.database.read(lambda session: session.scalars(select(Task)).all())
    assert [task.is_open for task in tasks] == [True]


@pytest.mark.databases("postgresql")
async def test_the_card_that_ends_an_outage_locks_the_office_first(
    post: Post, sandbox: Sandbox, office: Office, rules: Rules
) -> None:
    """A tap on a copy locks the office and then the card: the other way round, each would wait for the other."""
    account = office.account[rules.office.post_for_role(next(iter(rules.sops.values())).first.role).code]
    sandbox.people[account].blocks_bot()
    await office.report()
    await post.activity.still()
    sandbox.people[account].unblocks()
    locked = defaultdict[Connection, list[str]](list)

    def notes(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if "pg_advisory_xact_lock(" in statement:
            locked[connection].append("office")
        elif "FROM cards" in statement and "FOR NO KEY UPDATE" in statement:
            locked[connection].append("card")

    engine = post.database.engine
    event.listen(engine, "before_cursor_execute", notes)
    await office.report()
    await post.activity.still()
    event.remove(engine, "before_cursor_execute", notes)
    both = [order for order in locked.values() if {"office", "card"} <= set(order)]
    assert both
    assert all(order.index("office") < order.index("card") for order in both)
