"""The stand-in alone, in a process of its own: `python -m bot.sandbox --now 2026-03-02T08:30+08:00`.

It prints one JSON line with its address when it is ready, and serves until it is interrupted.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import time
from datetime import datetime, timedelta

from bot.sandbox.cast import ClockControl
from bot.sandbox.flood import Limits
from bot.sandbox.server import Sandbox


class MovableClock:
    """Starts at a given instant and goes on at the pace of the monotonic clock; can be moved forward."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        """Return the present instant, in the zone the start was given in."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def control(self, label: str, span: timedelta) -> ClockControl:
        """Return a button that moves the clock forward by `span`."""

        async def press() -> None:
            self._start += span

        return ClockControl(label, press)


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A local stand-in for Telegram.")
    parser.add_argument("--now", required=True, type=_aware, help="the time to start at, ISO 8601 with a zone offset")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default="123456:stand-in", help="the only token the stand-in accepts")
    parser.add_argument("--username", default="disposisi_demo_bot", help="the bot's user name")
    parser.add_argument("--no-limits", action="store_true", help="without the flood limits")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(options))


async def _serve(options: argparse.Namespace) -> None:
    clock = MovableClock(options.now)
    sandbox = Sandbox(
        token=options.token,
        bot_username=options.username,
        clock=clock,
        limits=Limits.off() if options.no_limits else Limits(),
        clock_controls=[
            clock.control("+10 menit", timedelta(minutes=10)),
            clock.control("+1 jam", timedelta(hours=1)),
            clock.control("+1 hari", timedelta(days=1)),
        ],
    )
    async with sandbox.serve(port=options.port) as address:
        ready = {"url": address.url, "base_url": address.base_url, "base_file_url": address.base_file_url}
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("a zone offset is needed, for example +08:00")
    return moment


if __name__ == "__main__":
    main()
