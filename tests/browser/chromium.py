"""A real Chromium, driven over its DevTools protocol through two pipes: nothing is installed for that, no port is open.

The protocol is Chromium's own (https://chromedevtools.github.io/devtools-protocol/). Messages are JSON and end with a
zero byte; the browser reads them from descriptor 3 and writes them to descriptor 4 (`--remote-debugging-pipe`).
"""

from __future__ import annotations

import asyncio
import base64
import fcntl
import json
import os
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from tests.handlers.screens.browser import BROWSER

PATIENCE = 60
"""Seconds a page may take for what it is waited for, on a busy machine."""

_OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--hide-scrollbars"),
    *("--disable-features=Translate,MediaRouter", "--force-prefers-reduced-motion", "--remote-debugging-pipe"),
)
_ONTO_3_AND_4 = """import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])"""
_SPARE = 10
"""Descriptors from here on are in nobody's way."""

_LONGEST = 64 * 1024 * 1024
"""Bytes of one message of the browser, such as a picture."""

KEYS = {
    "Tab": (9, ""),
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    "End": (35, ""),
    "Home": (36, ""),
    "ArrowLeft": (37, ""),
    "ArrowUp": (38, ""),
    "ArrowRight": (39, ""),
    "ArrowDown": (40, ""),
}


class Browser:
    """One browser without a window; `call` asks it something and returns the result."""

    def __init__(self, reader: asyncio.StreamReader, writer: int) -> None:
        self._reader = reader
        self._writer = writer
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.events: list[dict[str, Any]] = []
        self._listening = asyncio.create_task(self._listen())

    async def call(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        """Call a method of the protocol. AssertionError with what the browser says where that fails."""
        number = next(self._numbers)
        self._waiting[number] = answer = asyncio.get_running_loop().create_future()
        asked = {"id": number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        os.write(self._writer, json.dumps(asked).encode() + b"\0")
        told = await asyncio.wait_for(answer, PATIENCE)
        assert "error" not in told, (method, told)
        result: dict[str, Any] = told["result"]
        return result

    async def close(self) -> None:
        """Let the browser end."""
        await self.call("Browser.close")
        await self._listening

    async def _listen(self) -> None:
        try:
            while True:
                message = json.loads((await self._reader.readuntil(b"\0"))[:-1])
                if "id" in message:
                    self._waiting.pop(message["id"]).set_result(message)
                else:
                    self.events.append(message)
        except asyncio.IncompleteReadError:
            return


class Page:
    """One page of a browser, of a given size."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session

    @property
    def wrongs(self) -> list[str]:
        """What the page has complained of: errors of scripts, and what its security policy refused."""
        kinds = {"Runtime.exceptionThrown", "Log.entryAdded"}
        return [json.dumps(event["params"])[:400] for event in self._browser.events if event["method"] in kinds]

    def events(self, method: str) -> list[dict[str, Any]]:
        """Return what the browser has told of this kind so far."""
        return [event["params"] for event in self._browser.events if event["method"] == method]

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a method of the protocol on this page."""
        return await self._browser.call(method, self._session, **parameters)

    async def opens(self, address: str, *, width: int, height: int) -> None:
        """Show an address in a window of that size, until its first chats are there."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        await self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        await self.call("Page.navigate", url=address)
        await self.until("document.querySelectorAll('#strip button').length > 3")

    async def says(self, expression: str) -> Any:  # noqa: ANN401 - whatever the expression gives
        """Return what a JavaScript expression gives, awaited."""
        told = await self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    async def until(self, condition: str) -> None:
        """Wait until a JavaScript condition holds, looked at with each change of the page."""
        waiting = f"""new Promise((resolve, reject) => {{
            const look = () => {{ if ({condition}) {{ clearTimeout(over); clearInterval(again); resolve(true); }} }};
            const over = setTimeout(() => {{ clearInterval(again); resolve(false); }}, {PATIENCE * 900});
            const again = setInterval(look, 30);
            look();
        }})"""
        assert await self.says(waiting), f"never: {condition}\n{await self.says('document.body.innerText')}"

    async def clicks(self, found: str) -> None:
        """Click in the middle of what a JavaScript expression finds, once it stands still and nothing covers it."""
        await self.until(f"({found})")
        await self.until(
            f"(() => {{ const node = {found}; if (!node) return false;"
            "node.scrollIntoView({ block: 'nearest', inline: 'nearest' });"
            "const { x, y, width, height } = node.getBoundingClientRect();"
            "const at = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };"
            "const still = window.clicked && clicked.node === node && clicked.at.x === at.x && clicked.at.y === at.y;"
            "window.clicked = { node, at }; return still && node.contains(document.elementFromPoint(at.x, at.y)); })()"
        )
        at = await self.says("clicked.at")
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **at)

    async def presses(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            code, text = KEYS[key]
            for kind in ("keyDown", "keyUp"):
                await self.call(
                    "Input.dispatchKeyEvent",
                    type=kind,
                    key=key,
                    code=key,
                    windowsVirtualKeyCode=code,
                    **({"text": text} if text and kind == "keyDown" else {}),
                )

    async def types(self, text: str) -> None:
        """Type a text where the focus is."""
        await self.call("Input.insertText", text=text)

    async def picture(self, path: Path) -> None:
        """Write what the window shows as PNG."""
        told = await self.call("Page.captureScreenshot", format="png")
        await asyncio.to_thread(path.write_bytes, base64.b64decode(told["data"]))


@asynccontextmanager
async def chromium(profile: Path) -> AsyncIterator[Page]:
    """Start a browser with a profile of its own, and give its page."""
    assert BROWSER is not None
    theirs_in, ours_out = (_above(end) for end in os.pipe())
    ours_in, theirs_out = (_above(end) for end in os.pipe())
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _ONTO_3_AND_4, str(theirs_in), str(theirs_out)),
        *(BROWSER, *_OPTIONS, f"--user-data-dir={profile}", "about:blank"),
        pass_fds=(theirs_in, theirs_out),
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    reader = asyncio.StreamReader(limit=_LONGEST)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(ours_in, "rb")
    )
    browser = Browser(reader, ours_out)
    try:
        made = await browser.call("Target.createTarget", url="about:blank")
        attached = await browser.call("Target.attachToTarget", targetId=made["targetId"], flatten=True)
        page = Page(browser, attached["sessionId"])
        for part in ("Page", "Runtime", "Log"):
            await page.call(f"{part}.enable")
        yield page
    finally:
        await browser.close()
        await process.wait()
        transport.close()
        os.close(ours_out)


def _above(end: int) -> int:
    """Move a descriptor out of the way of 3 and 4."""
    moved = fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _SPARE)
    os.close(end)
    return moved
