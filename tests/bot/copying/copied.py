"""What the tests of copies share: another database, a step at which something happens, and a look inside."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import ParamSpec, TypeVar

from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import Session

from bot.copying.backup import restore
from bot.storage import migration
from models.case.case import Case
from tests.bot.conftest import OPENING
from tests.parts import database_at

NOW = OPENING + timedelta(days=1)
Elsewhere = Callable[[], str]
P = ParamSpec("P")
T = TypeVar("T")


def before(step: Callable[P, T], happens: Callable[[], None]) -> Callable[P, T]:
    """Return `step` with something that happens each time just before it."""

    def held(*arguments: P.args, **more: P.kwargs) -> T:
        happens()
        return step(*arguments, **more)

    return held


class WaitsForTheTurn:
    """Whether a process waits on PostgreSQL until it may look at the tables."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)

    def until_somebody_does(self) -> None:
        """Return once there is one."""
        waiting = text(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory' "
            "AND (classid::bigint << 32) + objid::bigint = :turn"
        )
        with self._engine.connect() as looking:
            while not looking.scalar(waiting, {"turn": migration.TURN}):
                pass
        self._engine.dispose()


def put_back(file: Path, url: str, *, replace: bool = False) -> str | None:
    """Restore `file` as the database of `url`; returns where the old one is kept."""
    target = database_at(url)
    try:
        done = restore(file, target, replace=replace, at=NOW)
    finally:
        target.close()
    assert done.verification.verifies, done.verification
    return done.kept


def cases_of(url: str) -> int:
    with database_at(url) as database, database.transaction() as session:
        return counted(session)


def counted(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Case)) or 0


def told_by(session: Session) -> list[tuple[object, ...]]:
    """Return what the cases say, by the models, which hide the kind of database."""
    rows = session.execute(select(Case.number, Case.text, Case.opened_at, Case.state).order_by(Case.id))
    return [tuple(row) for row in rows]
