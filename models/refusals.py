"""What the rules refuse, as typed exceptions that carry data and never a sentence.

`handlers/texts/spoken.py` turns each into words for the person who asked. `code` names the message; the public
attributes are its variables.
"""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any


@dataclass(eq=False)
class Refusal(Exception):
    """The base of everything a person may ask for and not get."""

    @property
    def code(self) -> str:
        """The kebab-case name of the refusal, such as `not-your-task`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()

    @property
    def data(self) -> dict[str, Any]:
        """The refusal's own data, for its sentence and for the journal."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(eq=False)
class NotRegistered(Refusal):
    """Someone unknown asked for something only a registered person may have."""


@dataclass(eq=False)
class NotYourTask(Refusal):
    """The person does not hold the task's post at this instant, or the task was given to a colleague."""

    holder: str


@dataclass(eq=False)
class TaskAlreadyDecided(Refusal):
    """Somebody was first. `by` is a name, `at` an aware instant, `outcome` a value of `Outcome`."""

    by: str
    at: datetime
    outcome: str


@dataclass(eq=False)
class CardOutOfDate(Refusal):
    """The button belongs to an earlier state of a task that is still open."""


@dataclass(eq=False)
class UnknownButton(Refusal):
    """The button was never ours, belongs to somebody else, or its case is long gone."""


@dataclass(eq=False)
class StepForbids(Refusal):
    """The SOP does not let this step's kind do that."""

    action: str
    step: int


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """Returning, sending back and declining need a written reason."""


@dataclass(eq=False)
class NotAHolder(Refusal):
    """The person named to receive the task does not hold the post of the next step."""

    name: str


@dataclass(eq=False)
class NoColleague(Refusal):
    """Nobody else could get the task; `post` is the short name of its post."""

    post: str


@dataclass(eq=False)
class ColleagueUnable(Refusal):
    """The colleague cannot do the task now: they are away, or cannot be reached."""

    name: str


@dataclass(eq=False)
class TooManySelected(Refusal):
    """More cards were chosen than may be forwarded together."""

    limit: int


@dataclass(eq=False)
class NothingSelected(Refusal):
    """No card is chosen, or the choice was begun too long ago, or on another list."""


@dataclass(eq=False)
class NoCopy(Refusal):
    """No copy can be sent there. `why`: `self`, `reporter`, `anyway` for those who get it, `nobody` who can be told."""

    name: str
    why: str


@dataclass(eq=False)
class TooManyCopies(Refusal):
    """More posts and people were named for copies than a decision may have."""

    limit: int


@dataclass(eq=False)
class ChangedSinceSelected(Refusal):
    """A note, an answer or a file came in after the card was chosen, or a colleague has touched it."""


@dataclass(eq=False)
class OwnReport(Refusal):
    """The report is the person's own: it is forwarded on its own card, which says so, and not with others."""


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
class ClockStands(Refusal):
    """The clock of the task stands still while the reporter is asked, so that nobody asks for more time."""


@dataclass(eq=False)
class ExtensionAsked(Refusal):
    """More time was asked for already, at the instant `since`, and nobody has decided it yet."""

    since: datetime


@dataclass(eq=False)
class ExtensionDecided(Refusal):
    """Somebody has decided the request for more time; `at` is the instant."""

    at: datetime


@dataclass(eq=False)
class ExtensionOver(Refusal):
    """The task was decided before anybody had decided about more time for it; `number` is that of the case."""

    number: str


@dataclass(eq=False)
class NobodyAbove(Refusal):
    """Nobody above the post, by its short name, could grant more time."""

    post: str


@dataclass(eq=False)
class OwnOpinion(Refusal):
    """Nobody asks themselves for their opinion."""


@dataclass(eq=False)
class NobodyToConsult(Refusal):
    """Nobody who would be asked can be written to; `name` is that of the person, or of the post."""

    name: str


@dataclass(eq=False)
class OpinionGiven(Refusal):
    """The opinion was given already, at the instant `at`."""

    at: datetime


@dataclass(eq=False)
class OpinionOver(Refusal):
    """The task was decided without the opinion; `number` is that of the case."""

    number: str


@dataclass(eq=False)
class RecallTooLate(Refusal):
    """Somebody has acted on the disposition since it was forwarded; `by` is a name, or the post that has it now."""

    by: str


@dataclass(eq=False)
class AlreadyStarted(Refusal):
    """Handling has begun already; `by` is a name."""

    by: str


@dataclass(eq=False)
class EvaluationIncomplete(Refusal):
    """Parts of the Laporan Evaluasi are still empty; `missing` holds values of `Part`."""

    missing: tuple[str, ...]


@dataclass(eq=False)
class QuestionAlreadyAnswered(Refusal):
    """The question has its answer already."""


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
class InviteInvalid(Refusal):
    """The invite does not exist, has expired, or was used; the three are not told apart."""


@dataclass(eq=False)
class InviteWithdrawn(InviteInvalid):
    """The invite was recalled before anybody used it, by an admin or with the account that had told it."""


@dataclass(eq=False)
class InviteOver(Refusal):
    """The invite that is to be withdrawn serves nobody any more."""


@dataclass(eq=False)
class InviteAwaitsAnswer(Refusal):
    """The invite that is to be withdrawn was used: the person called `name` waits to be accepted or turned down."""

    name: str


@dataclass(eq=False)
class NipInvalid(Refusal):
    """The text is no NIP. `fault` is a value of `NipFault`; `digits` counts the digits of the text."""

    fault: str
    digits: int


@dataclass(eq=False)
class NipTaken(Refusal):
    """Another Telegram account is bound to this NIP."""


@dataclass(eq=False)
class NameInvalid(Refusal):
    """The text is no name. `fault` is a value of `NameFault`."""

    fault: str


@dataclass(eq=False)
class AlreadyRegistered(Refusal):
    """This Telegram account is bound to a person already."""

    name: str


@dataclass(eq=False)
class RegisterNotYours(Refusal):
    """The register is for the head of the office, those who keep the SOP, and the admins."""


@dataclass(eq=False)
class BoardNotYours(Refusal):
    """The board is for the head of the office, those who keep the SOP, admins, and superiors of a post."""


@dataclass(eq=False)
class NotLate(Refusal):
    """The case with this number has no step that is late: there is nothing to remind anybody of."""

    number: str


@dataclass(eq=False)
class StatisticsNotYours(Refusal):
    """Figures are for those who hold a post: their own, and those of the posts below; of the office for its head."""


@dataclass(eq=False)
class PeriodUnreadable(Refusal):
    """What was typed behind `/register` names no period, post, SOP or format; `words` are the ones that do not."""

    words: str


@dataclass(eq=False)
class NotAdmin(Refusal):
    """Only an admin may do this."""


@dataclass(eq=False)
class LastAdmin(Refusal):
    """Nobody else who has a Telegram account would be left to administer the office."""


@dataclass(eq=False)
class NotHolding(Refusal):
    """The person does not hold the post. `post` is its short name; `ended_at` tells when their time there was over."""

    name: str
    post: str
    ended_at: datetime | None


@dataclass(eq=False)
class NotUndoable(Refusal):
    """The end of a tenure is undone already, or no admin ended it in chat. `post` is the short name of the post."""

    name: str
    post: str


@dataclass(eq=False)
class ReliefStands(Refusal):
    """The tenure was ended longer ago than the minutes within which one tap undoes that; `limit` counts them."""

    name: str
    limit: int


@dataclass(eq=False)
class SecondMissing(Refusal):
    """What gives oneself power, or takes it from an admin, needs a second person, and nobody could be asked."""


@dataclass(eq=False)
class ProposalOver(Refusal):
    """What an admin proposed was decided before, has waited too long, or is not this person's to decide."""


@dataclass(eq=False)
class NotForOneself(Refusal):
    """Nobody accepts themselves as a candidate; another admin decides."""


@dataclass(eq=False)
class OthersMustAgree(Refusal):
    """The admin issued the invite that takes a post from its holder, or has ended the holder's time before.

    One of `names` accepts who used it. There are `count` of them, none where nobody else could be asked.
    """

    names: str
    count: int


@dataclass(eq=False)
class CandidateGone(Refusal):
    """The candidate was accepted or declined before, or asks for something else by now."""


@dataclass(eq=False)
class CalendarDayInvalid(Refusal):
    """What was entered for the calendar cannot be taken. `fault` is a value of `DayFault`; `limit` counts days."""

    fault: str
    limit: int = 0


@dataclass(eq=False)
class CalendarUnchanged(Refusal):
    """What was entered for the calendar, or is to be undone, changes no day of it."""


@dataclass(eq=False)
class SeasonsOverlap(Refusal):
    """An admin has entered other hours for some of these days before; `name` is what that season is called."""

    name: str


@dataclass(eq=False)
class UndoTooLate(Refusal):
    """The change of the calendar is older than the minutes within which one tap undoes it; `limit` counts them."""

    limit: int


@dataclass(eq=False)
class CalendarFileInvalid(Refusal):
    """A file that was sent for the calendar cannot be used. `fault` is a value of `FileFault`; `limit` is in KB."""

    fault: str
    limit: int


@dataclass(eq=False)
class NothingToAttach(Refusal):
    """The message holds no text and no file that a case can keep."""


@dataclass(eq=False)
class PostHeld(Refusal):
    """A Plt. acts for a vacant post, and this one is held. `post` is its short name, `holder` who holds it."""

    post: str
    holder: str


@dataclass(eq=False)
class DaysInvalid(Refusal):
    """The text names no days on which somebody can be away. `fault` is a value of `DaysFault`."""

    fault: str


@dataclass(eq=False)
class DecreeMissing(Refusal):
    """An admin names somebody only with the number and the date of the surat keputusan (SK)."""


@dataclass(eq=False)
class DecreeDayInvalid(Refusal):
    """The text names no day on which an SK was signed: `said` is the text, `fault` a value of `DaysFault`."""

    said: str
    fault: str


@dataclass(eq=False)
class PltHasNoDays(Refusal):
    """A Plt. acts until the post is filled: `said` is what stands behind their number, such as days."""

    said: str


@dataclass(eq=False)
class PostUnknown(Refusal):
    """The office has no post that is called `said`. `posts` are the codes of those it has."""

    said: str
    posts: str


@dataclass(eq=False)
class NumberMissing(Refusal):
    """Where a NIP or an office number is due stands `said`, or nothing: that of who is `away`, a `plh` or a `plt`."""

    whose: str
    said: str


@dataclass(eq=False)
class PostGone(Refusal):
    """The post that a page of the office shows has left the office file since; the page is drawn again."""


@dataclass(eq=False)
class PersonUnknown(Refusal):
    """Nobody with this NIP or office number is registered."""

    nip: str


@dataclass(eq=False)
class NothingToStandInFor(Refusal):
    """The person holds no post, so that nobody need stand in for them."""

    name: str


@dataclass(eq=False)
class AlreadyAway(Refusal):
    """The person is away already on some of these days; `since` is the first instant of that absence."""

    name: str
    since: datetime


@dataclass(eq=False)
class AbsenceOver(Refusal):
    """The absence is over or was called off, or is none of this person's business."""


@dataclass(eq=False)
class OwnPlh(Refusal):
    """Nobody stands in for themselves."""


@dataclass(eq=False)
class PlhCircle(Refusal):
    """The people would stand in for each other in a circle, so that nobody would act; `names` lists them in order."""

    names: str


@dataclass(eq=False)
class PlhAway(Refusal):
    """The person is away on some of these days, and nobody stands in for them."""

    name: str


@dataclass(eq=False)
class PlhUnreachable(Refusal):
    """The person has no Telegram account, and so can neither accept nor decide anything."""

    name: str


@dataclass(eq=False)
class PlhFound(Refusal):
    """Somebody stands in already; `name` names them."""

    name: str


@dataclass(eq=False)
class RequestOver(Refusal):
    """The person was not asked to stand in, has answered already, or is not needed any more."""


@dataclass(eq=False)
class VerdictOver(Refusal):
    """What was said of a case stands; `at` is the instant until which it could be said or changed."""

    number: str
    at: datetime


@dataclass(eq=False)
class NotLateInRecord(Refusal):
    """The step is within its standard, so there is no lateness that could have a reason."""

    number: str
    step: int


@dataclass(eq=False)
class ReasonOver(Refusal):
    """The reason of a lateness stands; `at` is the instant until which it could be given or changed."""

    number: str
    at: datetime


@dataclass(eq=False)
class RecapNotYours(Refusal):
    """What somebody handled in a month is for that person, and for those in the posts above."""


@dataclass(eq=False)
class MonthUnreadable(Refusal):
    """The words name no month; `words` are these."""

    words: str
