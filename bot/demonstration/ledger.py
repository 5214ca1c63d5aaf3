"""What the record of a demonstration says: how long it is, whether it is proved, what waits. Read beside the bot."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.storage.database import Database
from models.case.case import Case, CaseState
from models.journal.chain import Entry
from models.mail.notice import Notice, NoticeState
from models.proof.verification import Verification, verify


@dataclass(frozen=True, slots=True)
class Standing:
    """How much there is: entries of the journal, cases, those under way, and messages that are still owed."""

    entries: int
    cases: int
    under_way: int
    owed: int

    def __str__(self) -> str:
        return f"{self.cases} laporan ({self.under_way} berjalan), {self.entries} catatan jurnal"


def _count(session: Session) -> Standing:
    return Standing(
        entries=session.scalar(select(func.count()).select_from(Entry)) or 0,
        cases=session.scalar(select(func.count()).select_from(Case)) or 0,
        under_way=session.scalar(select(func.count()).select_from(Case).where(Case.state == CaseState.OPEN)) or 0,
        owed=session.scalar(select(func.count()).select_from(Notice).where(Notice.state == NoticeState.OWED)) or 0,
    )


class Ledger:
    """Reads the record, and verifies it when it has grown."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._verified: Verification | None = None

    async def standing(self) -> Standing:
        """Return how much there is now."""
        return await self._database.read(_count)

    async def verified(self) -> Verification:
        """Return what verifying the whole record says now."""
        self._verified = await self._database.read(verify)
        return self._verified

    @property
    def verdict(self) -> Verification | None:
        """What the last verification said."""
        return self._verified


def worded(verdict: Verification) -> str:
    """Return a verification as one line."""
    if verdict.verifies:
        return f"{verdict.entries} catatan jurnal · terbukti"
    return f"{verdict.entries} catatan jurnal · tidak terbukti: {verdict.first}"
