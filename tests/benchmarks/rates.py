"""How much of Telegram's rates is used when there is a backlog, and whether they are ever exceeded."""

import asyncio
import time
from pathlib import Path

from bot.sandbox.flood import Limits
from models.mail.notice import Notice, NoticeKind, Priority
from tests.benchmarks.city import FIRST_EMPLOYEE, MONDAY, City, city, prepare
from tests.benchmarks.figures import Figure, Findings
from tests.parts import database_at

_SETTLING = 10.0
"""Seconds after the start of sending that are left out: a rest before allows a burst."""

_GROUP = "Telegram's rates"
_TARGET = 95


async def rates(folder: Path, database_url: str, findings: Findings, *, seconds: float) -> None:
    """Owe more than can be sent within `seconds`: first a pile to one chat, then one message each to many chats."""
    limits = Limits()
    many = int(limits.overall_per_second * (seconds + _SETTLING)) + limits.overall_burst
    pile = int(limits.chat_per_second * (seconds + _SETTLING)) + limits.chat_burst
    prepare(database_url, employees=many)
    for accounts, name, allowed in (
        ([FIRST_EMPLOYEE] * pile, "one chat's", limits.chat_per_second),
        ([FIRST_EMPLOYEE + number for number in range(1, many)], "all", limits.overall_per_second),
    ):
        with database_at(database_url) as database, database.transaction() as session:
            session.add_all(map(_notice, accounts))
        async with city(folder, database_url, employees=many, limits=True, paced=True) as place:
            await _watch(place, findings, seconds, name=name, allowed=allowed)


async def _watch(place: City, findings: Findings, seconds: float, *, name: str, allowed: float) -> None:
    await asyncio.sleep(_SETTLING)
    first, began = len(place.sandbox.calls), time.monotonic()
    await asyncio.sleep(seconds)
    took = time.monotonic() - began
    sent = [call for call in place.sandbox.calls[first:] if call.method == "sendMessage" and call.error is None]
    refused = [call for call in place.sandbox.calls if call.error is not None and "Too Many" in call.error]
    said = f"over {took:.0f} s of a backlog; the stand-in allows {allowed:g} a second"
    findings.add(
        Figure(_GROUP, f"used of {name}", 100 * len(sent) / took / allowed, "%", said, least=_TARGET),
        Figure(_GROUP, "refused as too many", len(refused), "calls", "since the start", most=0),
    )


def _notice(account: int) -> Notice:
    return Notice(
        kind=NoticeKind.SAY,
        priority=Priority.INFORMATION,
        chat_id=account,
        body={"code": "message-flood", "data": {}},
        owed_at=MONDAY,
    )
