"""What the rules refuse about people, posts and tenures, and to those who administer the office."""

from dataclasses import dataclass
from datetime import datetime

from models.refusals.refusal import Refusal


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
class PostHeld(Refusal):
    """A Plt. acts for a vacant post, and this one is held. `post` is its short name, `holder` who holds it."""

    post: str
    holder: str


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
