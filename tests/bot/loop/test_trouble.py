"""What the log says of a trouble that lasts."""

import logging

import pytest

from bot.loop.trouble import Knocking, Trouble


class Watch:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def trouble(watch: Watch) -> Trouble:
    return Trouble("the disk is away", "the disk is back", monotonic=watch)


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def test_the_log_says_once_that_it_begins_and_once_that_it_is_over(
    trouble: Trouble, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(141):
        trouble.met("the cable is out")
        watch.seconds += 0.2
    trouble.over()
    trouble.over()
    assert said(caplog) == ["the disk is away: the cable is out", "the disk is back, after 28 s"]
    assert all(record.levelno >= logging.WARNING for record in caplog.records)


def test_while_it_lasts_the_log_says_so_once_a_minute_with_the_latest_cause(
    trouble: Trouble, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    for second in range(130):
        trouble.met("the cable is out" if second < 60 else "no power")
        watch.seconds += 1
    assert said(caplog) == [
        "the disk is away: the cable is out",
        "the disk is away, for 60 s now, met 61 times: no power",
        "the disk is away, for 120 s now, met 121 times: no power",
    ]


def test_it_is_over_once_nobody_meets_it_any_more(trouble: Trouble, caplog: pytest.LogCaptureFixture) -> None:
    trouble.met("full", by="writing")
    trouble.met("full", by="reading")
    trouble.over(by="reading")
    assert said(caplog) == ["the disk is away: full"]
    trouble.over(by="writing")
    assert said(caplog)[1:] == ["the disk is back, after 0 s"]


def test_one_that_comes_and_goes_is_said_once_a_minute(
    trouble: Trouble, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(61):
        trouble.met("a loose cable")
        watch.seconds += 0.5
        trouble.over()
        watch.seconds += 0.5
    assert said(caplog) == ["the disk is away: a loose cable", "the disk is back, after 0 s"] * 2


def test_one_that_never_began_does_not_end(trouble: Trouble, caplog: pytest.LogCaptureFixture) -> None:
    trouble.over()
    assert said(caplog) == []


def test_what_strangers_cause_has_one_line_a_minute(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    knocking = Knocking(logging.getLogger(__name__), "somebody knocks", monotonic=watch)
    for _ in range(130):
        knocking.met()
        watch.seconds += 1
    assert said(caplog) == [
        "somebody knocks (1 times since this was last said)",
        "somebody knocks (60 times since this was last said)",
        "somebody knocks (60 times since this was last said)",
    ]
