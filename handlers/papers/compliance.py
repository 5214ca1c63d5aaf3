"""How an SOP was kept in a period, step by step: as a picture for a phone, or as a page of A4."""

from dataclasses import dataclass

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
class Compliance:
    """The picture, or with `printed` the page. `target` is the percentage in time that is asked for."""

    printed: bool
    office: str
    title: str
    subtitle: str
    totals: tuple[Total, ...]
    target: int
    steps: tuple[StepBar, ...]
    words: Words
    foot: str
    language: str
