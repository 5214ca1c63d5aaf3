"""Supervision: parts run side by side, the first failure ends all of them, and a request ends them in order."""

import asyncio
import logging

import pytest

from bot.loop.supervision import PartEnded, Supervision


class Broken(Exception):
    """What a part of these tests fails with."""


class Crew:
    """The parts of a test: those that wait until they are cancelled, and what became of them."""

    def __init__(self) -> None:
        self.supervision = Supervision()
        self.ended: list[str] = []
        self.at_work = asyncio.Event()

    async def waits(self) -> None:
        """Be a part that does its work until the end."""
        self.at_work.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.ended.append("waits")

    async def breaks(self) -> None:
        """Be a part that fails once the other one is at work."""
        await self.at_work.wait()
        raise Broken from OSError("the disk is gone")

    async def starts(self) -> None:
        self.supervision.begin("waits", self.waits)


@pytest.fixture
def crew() -> Crew:
    return Crew()


async def test_on_request_the_parts_are_ended_and_nothing_is_raised(crew: Crew) -> None:
    running = asyncio.create_task(crew.supervision.run(crew.starts))
    await crew.at_work.wait()
    crew.supervision.end()
    await running
    assert crew.ended == ["waits"]
    assert crew.supervision.failure is None


async def test_a_part_that_fails_ends_the_others_and_its_failure_is_raised_as_it_is(crew: Crew) -> None:
    async def start() -> None:
        await crew.starts()
        crew.supervision.begin("breaks", crew.breaks)

    with pytest.raises(Broken) as caught:
        await crew.supervision.run(start)
    assert caught.value is crew.supervision.failure
    assert isinstance(caught.value.__cause__, OSError), "the cause is told with it"
    assert crew.ended == ["waits"]


async def test_a_start_that_fails_ends_the_parts_that_run_already(crew: Crew) -> None:
    async def start() -> None:
        await crew.starts()
        await crew.breaks()

    with pytest.raises(Broken):
        await crew.supervision.run(start)
    assert crew.ended == ["waits"]


async def test_the_first_of_two_failures_is_raised_and_the_other_one_logged(
    crew: Crew, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails_while_ending() -> None:
        try:
            await crew.waits()
        finally:
            raise ValueError("the second failure")

    async def start() -> None:
        crew.supervision.begin("second", fails_while_ending)
        crew.supervision.begin("first", crew.breaks)

    with pytest.raises(Broken):
        await crew.supervision.run(start)
    assert "second failed while the program was ending" in caplog.text
    assert "the second failure" in caplog.text


async def test_a_failure_after_the_request_is_logged_and_not_raised(
    crew: Crew, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails_while_ending() -> None:
        try:
            await crew.waits()
        finally:
            raise Broken

    async def start() -> None:
        crew.supervision.begin("part", fails_while_ending)

    running = asyncio.create_task(crew.supervision.run(start))
    await crew.at_work.wait()
    crew.supervision.end()
    await running
    assert "part failed while the program was ending" in caplog.text


async def test_a_part_that_comes_to_its_end_by_itself_has_failed(crew: Crew) -> None:
    async def returns() -> None:
        """Do nothing more."""

    async def start() -> None:
        await crew.starts()
        crew.supervision.begin("returns", returns)

    with pytest.raises(PartEnded, match="returns has ended by itself"):
        await crew.supervision.run(start)
    assert crew.ended == ["waits"]


async def test_a_part_that_cancels_itself_has_failed(crew: Crew) -> None:
    async def gives_up() -> None:
        raise asyncio.CancelledError

    async def start() -> None:
        crew.supervision.begin("gives up", gives_up)

    with pytest.raises(PartEnded, match="gives up has ended by itself"):
        await crew.supervision.run(start)


async def test_work_that_is_done_once_ends_nothing(crew: Crew, caplog: pytest.LogCaptureFixture) -> None:
    done = asyncio.Event()

    async def once() -> None:
        done.set()

    async def start() -> None:
        await crew.starts()
        crew.supervision.begin_once("once", once)

    with caplog.at_level(logging.WARNING):
        running = asyncio.create_task(crew.supervision.run(start))
        await asyncio.gather(done.wait(), crew.at_work.wait())
        assert not crew.supervision.ending.is_set()
        crew.supervision.end()
        await running
    assert not caplog.records
