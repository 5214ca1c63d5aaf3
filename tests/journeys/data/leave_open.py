"""Leave a record in the middle of its cases, for a later version to take up.

Before a change to the tables: `python -m tests.journeys.data.leave_open tests/journeys/data/revision-NNNN`, with the
version that is being left. It writes the record as SQL and the chats as they are on people's phones.
"""

import asyncio
import json
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.sandbox.faults import Fault, Trouble
from models.mail.notice import Notice, NoticeState
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice, demo_office

_LOOKS = 500
_OWED = 2
"""Kakanwil's card of the newest case, and its reporter's."""


async def _work(office: DemoOffice) -> None:
    """Stop in the middle of everything: a case at step 5, drafts half written, notices owed, an update waiting."""
    budi, wati, kakanwil, rina = office["Budi"], office["Wati"], office["Kakanwil"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Laporan Evaluasi")
    for part in ("Temuan", "Penyebab"):
        await rina.taps(part)
        await rina.says(f"{part} telah dicatat.")
    await rina.taps("Tindakan")

    await office.report("Wati", "Mesin absensi mati")
    await kakanwil.taps("Instruksi & catatan")
    await kakanwil.taps("Tindak lanjuti")
    await kakanwil.taps("Tulis catatan")
    await wati.says("SAKTI lambat sejak pagi")

    await budi.says("Printer tidak mencetak")
    office.sandbox.faults.sometimes("sendMessage", Fault(Trouble.BAD_GATEWAY), rate=1.0)
    budi.person.taps("Kirim")
    await office.sandbox.drained()
    for _ in range(_LOOKS):
        if await office.asks(_in_vain) == _OWED:
            break
        await asyncio.sleep(0.02)

    # As when the program is told to end between storing an update and handling it.
    office.program.parts.intake._closing = True
    kakanwil.person.says("Mohon segera.")
    await office.sandbox.drained()


def _in_vain(records: Records) -> int:
    """Count the notices that were tried and are still owed."""
    tried = select(func.count()).where(Notice.state == NoticeState.OWED, Notice.attempts > 0)
    return records.session.scalar(tried) or 0


def _chats(office: DemoOffice) -> list[dict[str, Any]]:
    shown = (message for chat in office.sandbox.world.chats.values() for message in chat.visible)
    return [
        {
            "chat": message.chat.chat_id,
            "id": message.message_id,
            "from": message.sender.account_id,
            "date": message.date.isoformat(),
            "text": message.text,
            "entities": message.entities,
            "buttons": [[button.sent for button in row] for row in message.buttons],
            "reply_to": message.reply_to.message_id if message.reply_to else None,
        }
        for message in sorted(shown, key=lambda message: message.message_id)
    ]


async def _left(folder: Path) -> list[dict[str, Any]]:
    async with demo_office(folder) as office:
        await _work(office)
        return _chats(office)


def leave(out: Path) -> None:
    """Write `record.sql` and `chats.json` into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in asyncio.run(_left(Path(folder))))
        (out / "chats.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        with closing(sqlite3.connect(Path(folder) / "journey.db")) as connection:
            (out / "record.sql").write_text("\n".join(connection.iterdump()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    leave(Path(sys.argv[1]))
