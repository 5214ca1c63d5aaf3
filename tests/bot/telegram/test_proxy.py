"""Telegram behind a proxy, as in many a government network: HTTPS through CONNECT and through SOCKS."""

import asyncio
import gc
import warnings
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from telegram.error import NetworkError

from bot.stopped import InvalidSettings
from bot.telegram.line import Line
from bot.telegram.request import trusted
from tests.bot.telegram.proxies import CERTIFICATE, NAME, Proxy, listening, telegram
from tests.parts import line_to

TOKEN = "123456:a-token-of-thirty-characters-or-more"


@pytest.fixture
def _office_ca(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    trusted.cache_clear()
    yield
    trusted.cache_clear()


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    async with telegram() as port:
        yield Proxy(behind=port)


def line_through(address: str) -> Line:
    return line_to(f"https://{NAME}", token=TOKEN, proxy=address)


@pytest.mark.usefixtures("_office_ca")
async def test_a_call_goes_through_a_proxy_that_asks_for_a_password(proxy: Proxy) -> None:
    async with listening(proxy.connect) as port:
        line = line_through(f"http://bot:kata%20sandi@127.0.0.1:{port}")
        async with line._request[1]:
            assert (await line.get_me()).username == "disposisi_bot"
    assert proxy.asked[0] == f"CONNECT {NAME}:443 HTTP/1.1"
    assert f"Proxy-Authorization: Basic {b64encode(b'bot:kata sandi').decode()}" in proxy.asked


@pytest.mark.usefixtures("_office_ca")
async def test_a_call_goes_through_a_socks_proxy_which_looks_the_name_up(proxy: Proxy) -> None:
    async with listening(proxy.socks) as port:
        line = line_through(f"socks5://127.0.0.1:{port}")
        async with line._request[1]:
            assert (await line.get_me()).username == "disposisi_bot"
    assert proxy.asked == [f"{NAME}:443"]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            "407 Proxy Authentication Required",
            "asks for a user and a password, or refuses those that it got. Write the right",
        ),
        ("403 Forbidden", f"does not let the connection to {NAME} through (403 Forbidden)"),
    ],
)
async def test_a_proxy_that_refuses_is_named_with_its_reason(
    proxy: Proxy, status: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    proxy.status = status
    async with listening(proxy.connect) as port:
        line = line_through(f"http://bot:canary@127.0.0.1:{port}")
        async with line._request[1]:
            with pytest.raises(NetworkError):
                await line.get_me()
    (words,) = caplog.messages
    assert words.startswith(f"Telegram cannot be reached: the proxy 127.0.0.1:{port} {said}")
    assert "canary" not in words


@pytest.mark.parametrize(
    ("scheme", "answer", "said"),
    [
        ("socks5", b"HTTP/1.1 400 Bad Request\r\n\r\n", "the proxy 127.0.0.1:{port} does not speak SOCKS"),
        ("socks5", b"\x05\x02", "the proxy 127.0.0.1:{port} asks for a user and a password"),
        ("socks5", b"\x05\xff", "the proxy 127.0.0.1:{port} asks for a user and a password"),
        ("http", b"", "{name} or the proxy 127.0.0.1:{port} breaks the connection off"),
        ("https", b"no TLS", "no TLS with {name} or the proxy 127.0.0.1:{port} (WRONG_VERSION_NUMBER). Write http://"),
    ],
)
async def test_what_is_no_such_proxy_is_named_instead_of_telegram(
    scheme: str, answer: bytes, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer)
        writer.close()

    async with listening(serve) as port:
        line = line_through(f"{scheme}://127.0.0.1:{port}")
        async with line._request[1]:
            with pytest.raises(NetworkError):
                await line.get_me()
    with warnings.catch_warnings():
        # httpcore leaves the connection to a SOCKS proxy open that does not answer as one.
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
    (words,) = caplog.messages
    assert words.startswith("Telegram cannot be reached: " + said.format(name=NAME, port=port))


async def test_a_dead_proxy_is_named_instead_of_telegram(caplog: pytest.LogCaptureFixture) -> None:
    async with listening(Proxy(behind=0).connect) as port:
        pass
    line = line_through(f"http://127.0.0.1:{port}")
    async with line._request[1]:
        with pytest.raises(NetworkError):
            await line.get_me()
    (words,) = caplog.messages
    assert f"the proxy 127.0.0.1:{port} refuses the connection. Start the proxy, or correct its address" in words


async def test_a_certificate_that_nobody_vouches_for_is_named_with_the_remedy(
    proxy: Proxy, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(proxy.connect) as port:
        line = line_through(f"http://127.0.0.1:{port}")
        async with line._request[1]:
            with pytest.raises(NetworkError):
                await line.get_me()
    assert f"the certificate of {NAME} is not trusted (self-signed certificate)" in caplog.text
    assert "SSL_CERT_FILE" in caplog.text


@pytest.mark.parametrize("words", [None, "no certificate"])
def test_an_office_ca_that_cannot_be_read_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str | None
) -> None:
    file = tmp_path / "ca.pem"
    if words is not None:
        file.write_text(words, encoding="utf-8")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    trusted.cache_clear()
    with pytest.raises(InvalidSettings, match=r"SSL_CERT_FILE: it cannot be read \(.+\)"):
        line_to(f"https://{NAME}", token=TOKEN)
