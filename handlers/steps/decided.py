"""The answer to a decision: where the case goes, or that it ended, and whether its reporter gets to know."""

from handlers.chat.desk import Toast
from models.case.proceeding import Proceeding
from models.case.task import Task


def carried_on(proceeding: Proceeding, opened: Task | None, *, to: str = "", code: str = "done-forwarded") -> Toast:
    """Answer who has the case now: the person or else the role of `opened`; or that it ended, where that is None."""
    if opened is None:
        return with_reporter(proceeding, "done-closed")
    return Toast(code, {"to": to or role_of(proceeding, opened)})


def with_reporter(proceeding: Proceeding, code: str) -> Toast:
    """Answer what the reporter is told as well; where they have no account any more, that they are not."""
    reachable = proceeding.case.reporter.account_id is not None
    return Toast(code if reachable else f"{code}-untold", {"number": proceeding.case.number})


def role_of(proceeding: Proceeding, task: Task) -> str:
    """Return the title of the role that carries out `task`."""
    return proceeding.title_of(task)
