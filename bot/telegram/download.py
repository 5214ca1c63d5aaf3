"""Downloading what Telegram hands out: a file below the Bot API server's own address, no larger than is wanted.

The address holds the token. So no error that is raised here has an address in it, nor one as its cause.
"""

from http import HTTPStatus
from urllib.parse import quote

import httpx

LARGEST = 20 * 1024 * 1024
"""The bytes of the largest file that Telegram hands out to a bot (Bot API, getFile: 20 MB)."""

_NO_PART = {"", ".", ".."}
"""What no part of a path may be: it would lead upwards, or to another host."""


class DownloadFailed(Exception):
    """A file could not be downloaded whole. The message says why; trying again may help."""


def safe_path(path: object) -> str:
    """Return the path that getFile has answered with, quoted. Raises `DownloadFailed` for none below the server's.

    A server of one's own that runs with `--local` answers with a path on its disk, which is not read.
    """
    if not isinstance(path, str) or not path.isprintable() or _NO_PART & set(path.split("/")):
        raise DownloadFailed("the server names no path that can be fetched")
    return quote(path)


async def download(client: httpx.AsyncClient, url: str, *, size: int) -> bytes:
    """Return what lies at `url`: `size` bytes, or up to `LARGEST` where that is 0. Raises `DownloadFailed`."""
    parts, length = list[bytes](), 0
    try:
        async with client.stream("GET", url) as answer:
            if answer.status_code != HTTPStatus.OK:
                raise DownloadFailed(f"the server answers with {answer.status_code}")
            async for part in answer.aiter_bytes():
                parts.append(part)
                length += len(part)
                if length > (size or LARGEST):
                    raise DownloadFailed("there are more bytes than Telegram has named")
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise DownloadFailed(type(error).__name__) from None
    if size and length != size:
        raise DownloadFailed(f"{length} of {size} bytes came")
    return b"".join(parts)
