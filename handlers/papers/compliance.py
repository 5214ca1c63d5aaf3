"""How an SOP was kept in a period, step by step: as a picture for a phone, or as a page of A4."""

from dataclasses import dataclass

from handlers.papers.official import Letterhead
from handlers.papers.paper import Verbatim

TEMPLATE = "compliance"


@dataclass(frozen=True, slots=True)
class Total:
    """A figure of the whole SOP, and what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class StepBar:
    """A step. `median` and `p90` are percent of its standard, None where there are few; `share` is percent in time.

    `months` are the shares of the last months, None where there were few. `verdict` is what the share says by the
    target, None where there is no share. `change` says how the share moved since the month before.
    """

    number: int
    name: str
    standard: str
    count: str
    median: int | None
    p90: int | None
    median_text: str
    p90_text: str
    share: str
    verdict: bool | None
    change: str
    months: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words around the figures, in the reader's language."""

    median: str
    p90: str
    standard: str
    activity: str
    actual: str
    in_time: str
    trend: str
    span: str
    reading: str
    method: str
    nothing: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the page says of itself beside the figures, each a label with its words.

    `about` says of what the figures are, `made` by whom and when they were made. `sealed` names the newest checkpoint
    of then, with its root as the note writes it. The page is not of one case: no code asks the bot about it.
    """

    letterhead: Letterhead
    about: tuple[tuple[str, str], ...]
    made: tuple[tuple[str, str], ...]
    sealed: tuple[str, Verbatim]


@dataclass(frozen=True, slots=True)
class Compliance:
    """The picture, or with an `imprint` the page. `target` is the percentage in time that is asked for."""

    imprint: Imprint | None
    office: str
    title: str
    subtitle: str
    totals: tuple[Total, ...]
    target: int
    steps: tuple[StepBar, ...]
    words: Words
    foot: str
    language: str
