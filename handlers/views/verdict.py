"""What the reporter of a case said beside 👍, as screens show it."""

from handlers.screens.rating import Verdict
from models.case.case import Case
from models.case.verdict import changeable_until


def verdict_of(case: Case) -> Verdict:
    """Return what the reporter said of a result that helped, and until when they may say it or change it."""
    return Verdict(case.quick, case.clear, changeable_until(case.helped_at) if case.helped else None)
