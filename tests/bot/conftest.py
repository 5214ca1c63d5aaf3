"""The real parts on a real database file, with a clock that moves only when told."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.clock import MovableClock
from bot.settings import Settings
from bot.storage.database import Database
from models.office.person import Person
from models.office.tenure import Capacity, Post, Tenure
from models.repository.records import Records
from models.rules.office_file import load_office
from models.rules.rules import Rules
from models.rules.sop_file import load_sops
from models.tables import METADATA
from tests.conftest import ReadyMade
from tests.parts import database_at
from tests.reports import a_report

OPENING = datetime(2026, 3, 30, 0, 30, tzinfo=UTC)
"""Monday 08.30 WITA, an hour after the office has opened."""

T = TypeVar("T")

SOP = "penanganan-masalah-software"


@pytest.fixture(autouse=True)
def _untouched_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(OPENING, frozen=True)


@pytest.fixture
def url(migrated_url: str) -> str:
    """The URL of a database with the newest tables, of each kind in turn."""
    return migrated_url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with database_at(url) as database:
        yield database


@pytest.fixture(scope="session")
def rules() -> Rules:
    settings = Settings.load(None)
    return Rules(load_office(settings.office_file), load_sops(settings.sop_dir))


def settle(session: Session, rules: Rules) -> dict[str, int]:
    """Let a holder for each post, an admin and a reporter settle in; returns the Telegram id of each."""
    accounts = {"reporter": 1001, "admin": 1002}
    for number, post in enumerate(rules.office.posts):
        session.add(Post(code=post.code, title=post.title, short=post.short))
        session.flush()
        accounts[post.code] = 2001 + number
        session.add(Tenure.begin(_person(2001 + number), post.code, capacity=Capacity.DEFINITIVE, at=OPENING))
    session.add(_person(1001))
    session.add(_person(1002, is_admin=True))
    return accounts


def _person(account: int, **more: Any) -> Person:
    return Person(
        name=f"Orang {account}",
        nip=f"19700101199503{account:04d}",
        account_id=account,
        registered_at=OPENING,
        unreachable_since=None,
        **more,
    )


@pytest.fixture
def session(ready_made: ReadyMade, rules: Rules) -> Iterator[Session]:
    """A transaction in an office with a holder for each post, an admin and a reporter; nothing of the bot runs."""

    def fill(engine: Engine) -> None:
        METADATA.create_all(engine)
        with Session(engine) as session, session.begin():
            settle(session, rules)

    with Session(ready_made("desks", fill), expire_on_commit=False) as session, session.begin():
        yield session


class Desks:
    """An office with one holder per post, an admin and a reporter; `account` gives the Telegram id of each."""

    def __init__(self, database: Database, rules: Rules, clock: MovableClock) -> None:
        self.database, self.rules, self.clock = database, rules, clock
        with database.transaction() as session:
            self.account = settle(session, rules)

    def records(self, session: Session) -> Records:
        return Records(session, rules=self.rules, at=self.clock.now())

    async def work(self, work: Callable[[Records], T]) -> T:
        return await self.database.transact(lambda session: work(self.records(session)))

    async def report(self, text: str = "SIMPEG tidak dapat dibuka") -> int:
        """Let the reporter open a case; returns its id."""

        def work(records: Records) -> int:
            begun = records.begin(a_report(text), reporter=records.known(1001), sop=SOP)
            records.session.flush()
            return begun.case.id

        return await self.work(work)


@pytest.fixture
def office(database: Database, rules: Rules, clock: MovableClock) -> Desks:
    return Desks(database, rules, clock)
