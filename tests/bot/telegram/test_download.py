"""Downloading: only below the server's own address, no more than is wanted, and no word of the address in an error."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.clock import MovableClock
from bot.sandbox.files import FileKind
from bot.sandbox.server import Sandbox
from bot.telegram.download import LARGEST, DownloadFailed, safe_path
from bot.telegram.line import Line
from tests.parts import line_to

TOKEN = "123456:a-token-of-thirty-characters-or-more"


@pytest.fixture
async def sandbox() -> AsyncIterator[tuple[Sandbox, Line]]:
    made = Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=MovableClock().now)
    async with made.serve() as address, line_to(address.url, token=TOKEN) as line:
        yield made, line


async def test_a_file_comes_whole(sandbox: tuple[Sandbox, Line]) -> None:
    there, line = sandbox
    file = there.world.files.add(FileKind.DOCUMENT, size=300_000)
    path, size = await line.file_at(file.file_id)
    assert size == 300_000
    assert await line.fetch(path, size=size) == file.whole


async def test_a_file_of_which_no_size_is_told_comes_whole(sandbox: tuple[Sandbox, Line]) -> None:
    there, line = sandbox
    file = there.world.files.add(FileKind.DOCUMENT, content=b"%PDF-1.7", sized=False)
    path, size = await line.file_at(file.file_id)
    assert size == 0
    assert await line.fetch(path, size=size) == b"%PDF-1.7"


@pytest.mark.parametrize("size", [7, 9])
async def test_another_number_of_bytes_is_refused(sandbox: tuple[Sandbox, Line], size: int) -> None:
    there, line = sandbox
    file = there.world.files.add(FileKind.DOCUMENT, content=b"%PDF-1.7")
    path, _ = await line.file_at(file.file_id)
    with pytest.raises(DownloadFailed):
        await line.fetch(path, size=size)


async def test_no_more_than_the_largest_is_read(sandbox: tuple[Sandbox, Line]) -> None:
    there, line = sandbox
    file = there.world.files.add(FileKind.DOCUMENT, size=LARGEST + 1)
    with pytest.raises(DownloadFailed, match="more bytes"):
        await line.fetch(file.path, size=0)


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../bot1:x/getMe", "a/../../b", "a//b", "https://example.org/a", "a/./b", "a\nb", "", None, 7],
)
def test_no_other_path_is_asked_for(path: object) -> None:
    with pytest.raises(DownloadFailed):
        safe_path(path)


@pytest.mark.parametrize(
    ("path", "asked"), [("photos/file_3.jpg", "photos/file_3.jpg"), ("a?b#c: d", "a%3Fb%23c%3A%20d")]
)
def test_a_path_is_a_path_whatever_is_in_it(path: str, asked: str) -> None:
    assert safe_path(path) == asked


async def test_no_error_has_the_token(sandbox: tuple[Sandbox, Line]) -> None:
    _, line = sandbox
    with pytest.raises(DownloadFailed, match="404") as refused:
        await line.fetch("documents/none.bin", size=0)
    broken = line_to("http://127.0.0.1:1", token=TOKEN)
    with pytest.raises(DownloadFailed) as failed:
        await broken.fetch("documents/none.bin", size=0)
    await broken.shutdown()
    for error in (refused.value, failed.value):
        assert TOKEN not in repr(error)
        assert error.__cause__ is None
