"""What systemd is told, as it would receive it: one datagram for each thing."""

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.loop.manager import ServiceManager


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(20)
        yield manager


def heard(manager: socket.socket) -> str:
    return manager.recv(4096).decode()


def test_it_is_told_of_the_start_the_work_and_the_end(listening: socket.socket) -> None:
    manager = ServiceManager.of({"NOTIFY_SOCKET": listening.getsockname()})
    manager.lives("waits")
    manager.does("serves @bot")
    manager.ends()
    told = [heard(listening) for _ in range(3)]
    assert told == ["READY=1\nSTATUS=waits", "STATUS=serves @bot", "STOPPING=1\nSTATUS=ending"]


async def test_it_gets_signs_of_life_from_the_event_loop_twice_as_often_as_it_wants(listening: socket.socket) -> None:
    environment = {"NOTIFY_SOCKET": listening.getsockname(), "WATCHDOG_USEC": "40000", "WATCHDOG_PID": str(os.getpid())}
    watching = asyncio.create_task(ServiceManager.of(environment).watch())
    assert [await asyncio.to_thread(heard, listening) for _ in range(3)] == ["WATCHDOG=1"] * 3
    watching.cancel()
    await asyncio.wait({watching})


@pytest.mark.parametrize(
    "environment",
    [{}, {"WATCHDOG_USEC": "0"}, {"WATCHDOG_USEC": "soon"}, {"WATCHDOG_USEC": "40000", "WATCHDOG_PID": "1"}],
)
async def test_one_that_wants_no_signs_of_life_gets_none(listening: socket.socket, environment: dict[str, str]) -> None:
    manager = ServiceManager.of({"NOTIFY_SOCKET": listening.getsockname(), **environment})
    watching = asyncio.create_task(manager.watch())
    await asyncio.sleep(0)
    manager.does("nothing else")
    assert heard(listening) == "STATUS=nothing else"
    watching.cancel()
    await asyncio.wait({watching})


def test_one_that_is_gone_or_was_never_there_ends_nothing(tmp_path: Path) -> None:
    ServiceManager.of({}).lives("waits")
    ServiceManager.of({"NOTIFY_SOCKET": str(tmp_path / "gone")}).lives("waits")


def test_an_abstract_address_is_one() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        name = f"disposisi-test-{os.getpid()}"
        listening.bind(f"\0{name}")
        listening.settimeout(20)
        ServiceManager.of({"NOTIFY_SOCKET": f"@{name}"}).does("serves")
        assert heard(listening) == "STATUS=serves"
