"""What a reporter of a case said beside 👍, as screens show it."""

from handlers.screens.rating import Verdict
from models.case.case import Case
from models.case.joined_report import JoinedReport
from models.case.verdict import changeable_until


def verdict_of(kept: Case | JoinedReport) -> Verdict:
    """Return what a reporter said of a result that helped, and until when they may say it or change it.

    A case keeps what its first reporter said, a joined report what its own did.
    """
    return Verdict(kept.quick, kept.clear, changeable_until(kept.helped_at) if kept.helped else None)
