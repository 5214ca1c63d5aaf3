"""What was said in a case before a task: instructions and notes stay open on its card, the rest is folded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.background import Exchange
from handlers.screens.raised import Raised, with_reason
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length, shortened
from models.office.tenure import Capacity
from models.rules.actions import Outcome

_BACK = frozenset({Outcome.SENT_BACK, Outcome.RETURNED})


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided task, as a line of history.

    `by` decided it in this `capacity`, None for the reporter; `post` is the post's short name. `own` is whether they
    reported the case themselves; `raised` says in whose place they decided, None where in none. `recalled` is whether
    what they forwarded was taken back after that.
    """

    step: int
    outcome: Outcome
    by: str
    capacity: Capacity | None
    post: str
    at: datetime
    note: str
    instructions: Sequence[str]
    files: int
    own: bool = False
    raised: Raised | None = None
    recalled: bool = False

    @property
    def speaks(self) -> bool:
        """Whether the decision came with words or ticks."""
        return bool(self.note or self.instructions)


@dataclass(frozen=True, slots=True)
class Remark:
    """A note that was added to the case without a decision, by the person of this name.

    They wrote it in this `capacity`, for the post with this short name; `raised` says in whose place, None where in
    none. `to` is the name of the colleague to whom the
    task was handed with these words, "" for any other note. `asked` is the question to which they are an opinion, else
    "". `fellow` is whether they are a reporter beside the first one.
    """

    at: datetime
    name: str
    text: str
    files: int
    capacity: Capacity = Capacity.DEFINITIVE
    post: str = ""
    to: str = ""
    asked: str = ""
    raised: Raised | None = None
    fellow: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """What was decided and said before a task, each kind with the oldest first."""

    history: Sequence[Decision]
    remarks: Sequence[Remark]
    exchanges: Sequence[Exchange]
    now: datetime

    @property
    def told(self) -> list[Decision | Remark]:
        """The decisions and the notes, the oldest first."""
        return sorted((*self.history, *self.remarks), key=lambda one: one.at)


def open_lines(story: Story, say: Say, *, limit: int, kept: int) -> list[Markup]:
    """Return the instructions and notes, the newest `kept` of them, each in at most `limit` characters."""
    spoken = [one for one in story.told if _speaks(one)]
    return [_open(one, say, now=story.now, limit=limit) for one in spoken[max(0, len(spoken) - kept) :]]


def folded_lines(story: Story, say: Say, *, limit: int, kept: int, depth: int) -> list[Markup]:
    """Return what `open_lines` leaves out: decisions without words, and notes that are cut or not kept there.

    Of a note at most `depth` characters are returned.
    """
    left, lines = sum(map(_speaks, story.told)), []
    for one in story.told:
        is_open = _speaks(one) and left <= kept and length(_said(one)) <= limit
        left -= _speaks(one)
        if not is_open:
            lines.append(_folded(one, say, now=story.now, limit=depth))
    return lines


def _speaks(one: Decision | Remark) -> bool:
    return isinstance(one, Remark) or one.speaks


def _said(one: Decision | Remark) -> str:
    return one.text if isinstance(one, Remark) else one.note


def _open(one: Decision | Remark, say: Say, *, now: datetime, limit: int) -> Markup:
    """Return what was said, by the post that said it; a sign tells where the case went back or ended."""
    if isinstance(one, Remark):
        return _remark(one, say, limit=limit)
    sign = say("card-words-back") if one.outcome in _BACK else Markup()
    at = say.time.brief(one.at, now=now)
    return say("card-words", sign=sign, post=_post(one, say), at=at, words=words(one, say, limit=limit))


def _folded(one: Decision | Remark, say: Say, *, now: datetime, limit: int) -> Markup:
    """Return a note, or a decision as a line of history: who decided, when, what, and the words that came with it."""
    if isinstance(one, Remark):
        return _remark(one, say, limit=limit)
    said = Markup(": ") + words(one, say, limit=limit) if one.speaks else Markup()
    outcome = say.plain(f"outcome-{one.outcome.value}")
    at = say.time.moment(one.at, now=now)
    return say("card-decision", who=who(one, say), at=at, outcome=outcome, said=said)


def _remark(one: Remark, say: Say, *, limit: int) -> Markup:
    name = one.name
    if one.capacity is not Capacity.DEFINITIVE or one.raised is not None:
        name = say.plain("decided-by", name=name, capacity=_post(one, say))
    if one.fellow:
        name = say.plain("card-remark-fellow", name=name)
    text = shortened(one.text, limit)
    if one.asked:
        name = say.plain("decided-by", name=one.name, capacity=_post(one, say))
        said = say("card-opinion", name=name, asked=shortened(one.asked, limit), text=text)
        return said + came_with(one.files, say)
    said = say("card-transfer", name=name, to=one.to, text=text) if one.to else say("card-remark", name=name, text=text)
    return said + came_with(one.files, say)


def exchange_lines(story: Story, say: Say, *, limit: int) -> Iterator[Markup]:
    """Go through the questions to the reporter with their answers, each in at most `limit` characters."""
    for one in story.exchanges:
        answer = shortened(one.answer, limit) if one.answer is not None else say("card-awaited")
        said = say("card-exchange", question=shortened(one.question, limit), answer=answer)
        yield said + came_with(one.files, say)


def who(decision: Decision, say: Say) -> str:
    """Return the name and the capacity of the person who decided, such as `Siti R. (Plh. Kadiv)`."""
    if decision.capacity is None:
        return say.plain("timeline-reporter", name=decision.by)
    return say.plain("decided-by", name=decision.by, capacity=_post(decision, say))


def words(decision: Decision, say: Say, *, limit: int) -> Markup:
    """Return the note of a decision, and the instructions that were ticked: `“Mohon prioritas.” ☑ Tindak lanjuti`."""
    ticks = " ".join(say.plain("card-tick", instruction=one) for one in decision.instructions)
    note = say("card-note", note=shortened(decision.note, limit)) if decision.note else Markup()
    return Markup(" ").join(part for part in (note + came_with(decision.files, say), Markup.escape(ticks)) if part)


def came_with(count: int, say: Say) -> Markup:
    """Return how many files came with what was said before it."""
    return say("card-files", count=count) if count else Markup()


def _post(said: Decision | Remark, say: Say) -> str:
    """Return the post that spoke, with its capacity; a decision about one's own report is marked."""
    capacity = said.capacity or Capacity.DEFINITIVE
    post = say.plain(f"capacity-{capacity.value}", post=said.post)
    post = with_reason(post, said.raised, say)
    return say.plain("post-of-reporter", post=post) if isinstance(said, Decision) and said.own else post
