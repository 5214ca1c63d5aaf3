"""The answer to a decision: where the case goes, whether its reporter gets to know, and what waits next."""

from dataclasses import replace

from handlers.chat import listing
from handlers.chat.desk import Toast
from handlers.texts.shorten import shortened
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail.card import Face
from models.office.tenure import Tenure
from models.queries import lists
from models.repository.records import Records

_NAMES = 60
"""Characters of the names that a toast has room for."""

_SUBJECT = 60
"""Characters of the subject that a toast names as the next one."""


def carried_on(proceeding: Proceeding, opened: Task | None, *, to: str = "", code: str = "done-forwarded") -> Toast:
    """Answer who has the case now: the person or else the role of `opened`; or that it ended, where that is None."""
    if opened is None:
        return with_reporter(proceeding, "done-closed")
    return Toast(code, {"to": to or role_of(proceeding, opened)})


def without_readers(proceeding: Proceeding, task: Task, toast: Toast) -> Toast:
    """Add to the answer to which posts no copy went, because nobody sits there who could be written to."""
    missed = [proceeding.office.file.short_of(copy.post) for copy in task.copies if copy.person_id is None]
    if not missed or toast.code != "done-forwarded":
        return toast
    return replace(toast, code="done-forwarded-missed", data={**toast.data, "missed": ", ".join(missed)}, alert=True)


def with_reporter(proceeding: Proceeding, code: str) -> Toast:
    """Answer what the reporters are told as well; where some have no account any more, that these are not.

    They are named where others are told.
    """
    reporters, data = proceeding.reporters, {"number": proceeding.case.number}
    untold = [person.name for person in reporters if person.account_id is None]
    if not untold:
        return Toast(code, data)
    if len(untold) == len(reporters):
        return Toast(f"{code}-untold", data)
    return Toast(f"{code}-partly-untold", {**data, "names": shortened(", ".join(untold), _NAMES)})


def role_of(proceeding: Proceeding, task: Task) -> str:
    """Return the title of the role that carries out `task`."""
    return proceeding.title_of(task)


def going_on(records: Records, task: Task, *, by: Tenure, toast: Toast) -> Toast:
    """Let lists in chats drop `task`, which was just decided, and name beside `toast` what waits next for the decider.

    The card that was decided offers to open what waits.
    """
    dealt = listing.drop(records, task)
    following = lists.next_for(records.reader, by.person, after=task)
    if following is None:
        return toast
    for shown in dealt:
        if shown.person_id == by.person_id:
            shown.turn(Face.GOING_ON)
    named = (following.number, shortened(following.subject, _SUBJECT))
    return replace(toast, following=" · ".join(word for word in named if word))
