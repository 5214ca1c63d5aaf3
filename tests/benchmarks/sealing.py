"""What a checkpoint costs: the heads of a hundred thousand chains at once, and the few that moved since."""

import secrets
import time
from datetime import UTC, datetime

from sqlalchemy import create_engine, insert, update
from sqlalchemy.orm import Session

from bot.storage import migration
from models.checkpoint.note import PrivateKey
from models.checkpoint.sealing import seal
from models.journal.chain import Chain
from tests.benchmarks.figures import Figure, Findings

_FEW = 100
_TARGET = 1.0
_AT = datetime(2026, 11, 23, tzinfo=UTC)


def sealing(url: str, findings: Findings, *, chains: int) -> None:
    """Seal a record with so many chains, then what moved of it, and all of it once more."""
    engine = create_engine(url)
    migration.upgrade(engine)
    with Session(engine) as session, session.begin():
        rows = [
            {"subject": f"case:SW-2026-{number:06d}", "length": 60, "head": secrets.token_bytes(32), "moved": True}
            for number in range(chains)
        ]
        session.execute(insert(Chain), rows)
    key = PrivateKey.make("benchmark")
    for name, moving in (("all chains at once", 0), (f"{_FEW} chains that moved", _FEW), ("all chains again", chains)):
        with Session(engine) as session, session.begin():
            moved = update(Chain).where(Chain.id <= moving).values(length=Chain.length + 1, moved=True)
            session.execute(moved, execution_options={"synchronize_session": False})
        waited, processor = time.perf_counter(), time.process_time()
        with Session(engine) as session, session.begin():
            seal(session, key, at=_AT)
        waited, processor = time.perf_counter() - waited, time.process_time() - processor
        meaning = f"{chains} chains in the record; of the processor, without a server's"
        findings.add(
            Figure("sealing", name, processor, "s", meaning, _TARGET),
            Figure("sealing", f"{name}, until it is on disk", waited, "s", "by the clock, whatever else is running"),
        )
    engine.dispose()
