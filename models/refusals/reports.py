"""What the rules refuse about reports, the cases that they open, and what is sent with them."""

from dataclasses import dataclass
from datetime import datetime

from models.refusals.refusal import Refusal


@dataclass(eq=False)
class HandlingBegun(Refusal):
    """The report is being handled, so it cannot be withdrawn any more; `by` is a name, or the role that has it."""

    by: str


@dataclass(eq=False)
class OthersJoined(Refusal):
    """The report cannot be withdrawn while the reports of `count` others are a part of its case."""

    number: str
    count: int


@dataclass(eq=False)
class NotJoinable(Refusal):
    """No report can be joined to the case with this number: it is over, confidential, or its work is handed in."""

    number: str


@dataclass(eq=False)
class NotJoined(Refusal):
    """The report is no part of the case with this number now, or the case a part of none."""

    number: str


@dataclass(eq=False)
class AlreadyJoined(Refusal):
    """The person is a reporter of the case with this number already."""

    number: str


@dataclass(eq=False)
class UrgedLately(Refusal):
    """The reporter has urged within the last office hour; they may again from the aware instant `at` on."""

    at: datetime


@dataclass(eq=False)
class CaseClosed(Refusal):
    """The case has ended; nothing more can be done in it."""

    number: str


@dataclass(eq=False)
class CaseOpen(Refusal):
    """The case is still under way; this can be done only once it has ended."""

    number: str


@dataclass(eq=False)
class UnknownCase(Refusal):
    """No such case, or not one this person may see; the two are not told apart."""

    number: str


@dataclass(eq=False)
class DraftMissing(Refusal):
    """There is nothing half-written to go on with."""


@dataclass(eq=False)
class ReportEmpty(Refusal):
    """A report needs words or files: this one has neither."""


@dataclass(eq=False)
class WordsMissing(Refusal):
    """A note, a reason or a question is words; a file alone says none."""


@dataclass(eq=False)
class TooManyAttachments(Refusal):
    """The draft holds as many attachments as it may."""

    limit: int


@dataclass(eq=False)
class FileTooLarge(Refusal):
    """The file is larger than a case takes; `limit` is in megabytes."""

    limit: int


@dataclass(eq=False)
class FileNotAccepted(Refusal):
    """A case takes no file of this kind, such as a program; `ending` is the ending of its name, or else its type."""

    ending: str


@dataclass(eq=False)
class RichMediaNotKept(Refusal):
    """A rich text, a poll or a message for sale holds files, which cannot be passed on by themselves."""


@dataclass(eq=False)
class TextTooLong(Refusal):
    """The text is longer than what is kept; both numbers count characters."""

    length: int
    limit: int


@dataclass(eq=False)
class ReportTooLong(TextTooLong):
    """A report or an answer is longer than what is kept; unlike other words, a document may carry it."""


@dataclass(eq=False)
class NothingToAttach(Refusal):
    """The message holds no text and no file that a case can keep."""


@dataclass(eq=False)
class VerdictOver(Refusal):
    """What was said of a case stands; `at` is the instant until which it could be said or changed."""

    number: str
    at: datetime
