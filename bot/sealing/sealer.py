"""The sealer: a checkpoint every hour when something has moved, and within a minute of each closing.

Only the leading process seals. A checkpoint is signed within the transaction that keeps it, and leaves the database
after the commit: what was signed and not committed was shown to nobody, so that no two checkpoints have one size.
"""

import asyncio
import logging
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.loop.trouble import Trouble
from bot.sealing.key_file import KeyUnusable
from bot.sealing.places import Places
from bot.stopped import Stopped
from bot.storage.database import Database
from models.checkpoint import delivery, sealing
from models.checkpoint.log import Sealing
from models.checkpoint.note import InvalidNote, PrivateKey, PublicKey
from models.checkpoint.sealing import OtherKey, Sealed
from models.checkpoint.statement import Checkpoint
from models.mail.correspondence import owed
from models.mail.notice import NoticeKind, Priority
from models.repository.records import Records
from models.rules.rules import Rules

SEALED_EVERY = timedelta(hours=1)
"""How long what has moved waits at most."""

LOOKED_EVERY = timedelta(seconds=60)
"""How long a closed case waits at most; cases that are closed together share a checkpoint."""

logger = logging.getLogger(__name__)


class OlderRecord(Stopped):
    """The record has sealed less than its folder of checkpoints shows, or something else."""

    def __init__(self, places: Places, shown: Checkpoint) -> None:
        super().__init__(
            f"{places.folder.path} holds a checkpoint of {shown.size} leaves which does not follow from the record: an "
            "older copy of the record was put in its place, or its log was changed. Nothing is sealed, because two "
            "checkpoints of one size would contradict each other. If the record was restored on purpose, begin "
            "a new log: disposisi checkpoint restart"
        )


class Sealer:
    """Seals the record, and keeps the checkpoints in their folder, until cancelled."""

    def __init__(self, *, database: Database, rules: Rules, clock: Clock, places: Places) -> None:
        self._database = database
        self._rules = rules
        self._clock = clock
        self._places = places
        self._trouble = Trouble("the record is not sealed", "the record is sealed again")

    async def run(self) -> None:
        """Look every minute until cancelled. The first look comes a minute after the start."""
        while True:
            await asyncio.sleep(LOOKED_EVERY.total_seconds())
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - the next look tries again; ending here ends all sealing
                self._trouble.met(str(error) or type(error).__name__)
            else:
                self._trouble.over()

    async def look(self) -> None:
        """Seal if it is time, and keep in the folder what it does not have. Raises `Stopped` where the key is amiss."""
        is_due, to_be_filed = await self._database.read(self._waiting)
        if is_due:
            await self.seal()
        if is_due or to_be_filed:
            await self._file()

    async def seal(self) -> Sealing | None:
        """Seal what has moved, now. Raises `KeyUnusable` and `OlderRecord`."""
        key = await self._key()
        keys = await self._database.read(public_keys)
        shown = await asyncio.to_thread(self._places.folder.newest, key.name, [key.public, *keys])
        beyond = await asyncio.to_thread(self._places.folder.last_number)
        try:
            sealed = await self._database.transact(partial(self._seal, key=key, shown=shown, beyond=beyond))
        except OtherKey as error:
            raise KeyUnusable(
                f"The record is sealed with the key {error.used.short}; {self._places.key.place} holds "
                f"{error.given.short}. Put the right key there. If it is lost: disposisi checkpoint restart"
            ) from None
        if sealed is None:
            return None
        logger.info("checkpoint %s: %s chains, %s leaves", sealed.row.number, sealed.heads, sealed.row.size)
        return sealed.row

    def _waiting(self, session: Session) -> tuple[bool, bool]:
        """Return whether it is time to seal, and whether the folder lacks a checkpoint."""
        return self._is_due(session), bool(delivery.unfiled(session))

    def _is_due(self, session: Session) -> bool:
        waiting, last, at = sealing.waiting(session), sealing.last_sealing(session), self._clock.now()
        if not waiting.moved:
            return False
        # A clock that was set back must not put sealing off.
        return waiting.closed or last is None or not last.sealed_at <= at < last.sealed_at + SEALED_EVERY

    def _seal(self, session: Session, *, key: PrivateKey, shown: Checkpoint | None, beyond: int) -> Sealed | None:
        at = self._clock.now()
        if shown is not None and _contradicts(sealing.last_sealing(session), shown):
            raise OlderRecord(self._places, shown)
        sealed = sealing.seal(session, key, at=at, beyond=beyond)
        if sealed is not None and self._places.chat is not None:
            self._owe(session, sealed.row, self._places.chat, at)
        return sealed

    def _owe(self, session: Session, row: Sealing, chat: int, at: datetime) -> None:
        """Owe the checkpoint to the archive chat, in the transaction that makes it."""
        data = {"number": row.number, "note": row.note, "at": at.isoformat()}
        body = {"code": "checkpoint-sealed", "data": data, "silent": True}
        once = f"checkpoint {row.number} {chat}"
        notice = owed(NoticeKind.SAY, chat, at=at, priority=Priority.INFORMATION, body=body, once=once)
        Records(session, rules=self._rules, at=at).owe_once(notice)

    async def _key(self) -> PrivateKey:
        """Return the key; it is made where nothing was sealed yet. Ends a rotation that was broken off."""
        used = await self._database.read(sealing.key_in_use)
        key = await asyncio.to_thread(self._places.key.load_used, used.public if used is not None else None)
        if key is not None:
            return key
        if used is not None:
            raise KeyUnusable(
                f"The record is sealed with the key {used.public.short}, and {self._places.key.place} does not "
                "exist. Put the key back. If it is lost: disposisi checkpoint restart"
            )
        key = new_key(self._rules)
        await asyncio.to_thread(self._places.key.keep, key)
        logger.info("made the key %s that signs checkpoints: %s", key.public.short, self._places.key.place)
        return key

    async def _file(self) -> None:
        """Keep in the folder, the oldest first, the checkpoints that it does not have."""
        while rows := await self._database.read(delivery.unfiled):
            for row in rows:
                await self._keep(row)

    async def _keep(self, row: Sealing) -> None:
        folder = self._places.folder
        kept = await asyncio.to_thread(folder.count_leaves, row.log)
        while kept < row.size:
            leaves = await self._database.read(partial(delivery.leaves_after, log=row.log, position=kept))
            if not leaves:
                break
            kept = await asyncio.to_thread(partial(folder.add_leaves, row.log, leaves, after=kept))
        keys = await self._database.read(delivery.every_key)
        await asyncio.to_thread(folder.keep_keys, keys)
        await asyncio.to_thread(folder.keep, row.number, row.note)
        await self._database.transact(partial(delivery.note_filed, number=row.number, at=self._clock.now()))


def new_key(rules: Rules) -> PrivateKey:
    """Make a key for a new log, whose name no other log has."""
    return PrivateKey.make(f"disposisi/{rules.office.code}/{secrets.token_hex(8)}")


def lags_behind(session: Session, places: Places) -> bool:
    """Whether the folder shows a checkpoint that does not follow from the record, as after a restore."""
    try:
        key = places.key.load()
    except KeyUnusable:
        # The next sealing says so.
        key = None
    if key is None:
        return False
    shown = places.folder.newest(key.name, [key.public, *public_keys(session)])
    return shown is not None and _contradicts(sealing.last_sealing(session), shown)


def public_keys(session: Session) -> list[PublicKey]:
    """Return the public keys that the record knows, the oldest first."""
    found = list[PublicKey]()
    for written, _ in delivery.every_key(session):
        with suppress(InvalidNote):
            found.append(PublicKey.parse(written))
    return found


def _contradicts(last: Sealing | None, shown: Checkpoint) -> bool:
    """Whether a checkpoint that was shown does not come before the end of the log, or at it."""
    if last is None:
        return True
    end = last.checkpoint
    if end.origin != shown.origin:
        return False
    return shown.size > end.size or (shown.size == end.size and shown.root != end.root)
