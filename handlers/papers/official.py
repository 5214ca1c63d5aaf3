"""What the official papers of a case share: letterhead, who acted, times, attachments, and how they are checked."""

from base64 import b64encode
from dataclasses import dataclass

from handlers.papers.paper import Verbatim
from models.rules.logo import Logo


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of a paper. `logo` is a drawing in SVG, "" where the office has none; the last line is the largest."""

    lines: tuple[str, ...]
    address: str
    logo: Verbatim


@dataclass(frozen=True, slots=True)
class Signatory:
    """The person who acted: in which capacity, by which decree, name, rank and NIP; what is not known is ""."""

    capacity: str
    decree: str
    name: str
    rank: str
    nip: str


@dataclass(frozen=True, slots=True)
class Timing:
    """What a step took in office time, beside its standard. `reasons` are those that were given for more time."""

    opened: str
    closed: str
    actual: str
    standard: str
    late: bool
    verdict: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paraf:
    """That a person decided something in the bot: when, and by which entry of the journal."""

    by: Signatory
    statement: str
    at: str
    entry: str


@dataclass(frozen=True, slots=True)
class StepTime:
    """A row of the table of times: a step that was done. `round` is "" in the first."""

    number: str
    activity: str
    round: str
    who: str
    timing: Timing


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of the case. `digest` is the SHA-256 of its bytes in hexadecimal digits, or says why there is none."""

    name: str
    kind: str
    size: str
    from_whom: str
    digest: Verbatim
    kept: bool


@dataclass(frozen=True, slots=True)
class Sealed:
    """The checkpoint that covers what a paper tells. `note` is the signed note, for a QR code; "" without one."""

    said: str
    root: Verbatim
    key: str
    note: Verbatim


@dataclass(frozen=True, slots=True)
class Genuineness:
    """How a paper is checked: by a link, which is printed as a QR code too, or by words to type without a camera.

    `url` is "" while the bot's name is not known. `head` names the last entry of the journal of which the paper tells.
    """

    url: Verbatim
    command: Verbatim
    head: str
    sealed: Sealed


def letterhead(lines: tuple[str, ...], name: str, address: str, logo: Logo | None) -> Letterhead:
    """Return the head of a paper of an office; an office without lines has its name there."""
    return Letterhead(lines or (name,), address, drawing(logo))


def drawing(logo: Logo | None) -> Verbatim:
    """Return a logo as a drawing that holds the picture itself: a template reads no file. None is ""."""
    if logo is None:
        return Verbatim("")
    data = b64encode(logo.content).decode()
    size = f'width="{logo.width}" height="{logo.height}"'
    picture = f'<image {size} href="data:{logo.media_type};base64,{data}"/>'
    return Verbatim(
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {logo.width} {logo.height}">{picture}</svg>'
    )
