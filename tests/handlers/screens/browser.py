"""How tall messages stand in a real browser: on the page of the stand-in for Telegram, 390 px wide."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import bot.sandbox
from bot.sandbox.entities import parse_html

NO_BROWSER = "no Chromium is installed (package chromium)"

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

needed = pytest.mark.skipif(BROWSER is None, reason=NO_BROWSER)

PAGE = Path(bot.sandbox.__file__).parent / "page"

Message = tuple[str, list[list[str]]]
"""Telegram's HTML, and the labels of the buttons in their rows."""

_FRAME = """<!doctype html><meta charset="utf-8"><iframe width="390" height="844" src="/phone.html"></iframe>
<script>addEventListener("message", (event) => { document.title = "measured " + event.data; });</script>"""
"""A browser's window has a least width; a frame has none."""

_PHONE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/page/page.css">
<link rel="stylesheet" href="/page/chat.css">
<style>.keyboard button { min-height: 34px; } .bubble::before { content: none; }</style>
<main class="columns"><section class="column current"><div class="messages"><div class="list"></div></div></section>
</main>
<script type="module">
import { bubble } from "/page/bubbles.js";
const messages = await (await fetch("/messages.json")).json();
const list = document.querySelector(".list");
const actions = { startCode: () => false };
const heights = messages.map((message) => {
  const node = bubble([message], { mine: false, showSender: false, actions });
  list.append(node);
  return Math.ceil(node.getBoundingClientRect().height);
});
parent.postMessage(JSON.stringify(heights), "*");
</script>"""
"""The messages as the page of the stand-in draws them, one below the other, with the lower buttons of a phone's client.

The page itself has taller ones, and room for what can be done with a message, for those who use no mouse.
"""


def heights(messages: Sequence[Message]) -> list[int]:
    """Return how many pixels tall each message stands."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "page").symlink_to(PAGE)
        shown = [_message(number, *message) for number, message in enumerate(messages, 1)]
        for name, words in (("index.html", _FRAME), ("phone.html", _PHONE), ("messages.json", json.dumps(shown))):
            (root / name).write_text(words, encoding="utf-8")
        server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: _Quiet(*given, directory=folder))
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            dom = _dump(f"http://127.0.0.1:{server.server_port}/index.html", root / "profile")
        finally:
            server.shutdown()
            server.server_close()
    found = re.search(r"measured (\[[\d,]*\])", dom)
    assert found is not None, dom[:2000]
    return [int(pixels) for pixels in json.loads(found[1])]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of what was asked for."""


def _dump(address: str, profile: Path) -> str:
    assert BROWSER is not None
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
    where = [f"--user-data-dir={profile}", "--window-size=390,844", "--virtual-time-budget=5000", "--dump-dom"]
    done = subprocess.run([BROWSER, *options, *where, address], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


def _message(number: int, html: str, labels: list[list[str]]) -> dict[str, Any]:
    """Return a message as the stand-in's page reads it."""
    text, entities = parse_html(html)
    return {
        "id": number,
        "sender": {"id": 1, "name": "Bot", "bot": True},
        "date": "2026-11-23T08:30:00",
        "text": text,
        "entities": entities,
        "media": None,
        "buttons": [[{"text": label, "style": None, "live": True} for label in row] for row in labels],
        "reply": None,
        "silent": True,
        "edited": True,
    }
