"""What a killed bot loses: python-telegram-bot's own Updater, beside three other ways to take updates in.

`python lost_updates.py` needs python-telegram-bot and nothing of this project; no network, no token. 1,500 updates wait
at a small stand-in for Telegram. The bot is started, killed (SIGKILL) once it has handled 150 of them, and started
again. Counted is what was never handled, and what was handled twice.

The pieces between here and `Telegram` are those that docs/decisions/0001-updates-on-disk.md shows.
"""

import asyncio
import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, CallbackContext, TypeHandler

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
AnyContext = CallbackContext[Any, Any, Any, Any]

warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'")

TABLES = """
CREATE TABLE IF NOT EXISTS inbox (
    place INTEGER PRIMARY KEY, update_id INTEGER UNIQUE, body TEXT, attempts INTEGER DEFAULT 0, done INTEGER DEFAULT 0
);
"""


async def fetch(bot: Bot, inbox: sqlite3.Connection, writing: asyncio.Lock, arrived: asyncio.Event) -> None:
    """Commit each batch before the next getUpdates tells Telegram that it was received."""
    offset = None
    while True:
        try:
            batch = await bot.do_api_request("getUpdates", {"offset": offset, "timeout": 50}, read_timeout=60)
        except TelegramError:
            offset = None
            await asyncio.sleep(3)
            continue
        async with writing:
            inbox.executemany(
                "INSERT OR IGNORE INTO inbox (update_id, body) VALUES (?, ?)",
                [(update["update_id"], json.dumps(update)) for update in batch],
            )
            inbox.commit()
        offset = batch[-1]["update_id"] + 1 if batch else None
        arrived.set()


async def work(
    application: AnyApplication, inbox: sqlite3.Connection, writing: asyncio.Lock, arrived: asyncio.Event
) -> None:
    """Handle what waits, in order of arrival. What the handlers write and the done-mark are one commit."""
    failures: list[BaseException | None] = []

    async def note(_: object, context: AnyContext) -> None:
        failures.append(context.error)

    application.add_error_handler(note)
    waiting = "SELECT update_id, body FROM inbox WHERE done = 0 AND attempts < 3 ORDER BY place LIMIT 1"
    while True:
        found = inbox.execute(waiting).fetchone()
        if found is None:
            arrived.clear()
            await arrived.wait()
            continue
        update_id, body = found
        async with writing:
            failures.clear()
            try:
                await application.process_update(Update.de_json(json.loads(body), application.bot))
            except Exception as error:  # noqa: BLE001 - whatever it is, the next update must be handled
                failures.append(error)
            if failures:
                inbox.rollback()
                inbox.execute("UPDATE inbox SET attempts = attempts + 1 WHERE update_id = ?", (update_id,))
            else:
                inbox.execute("UPDATE inbox SET done = 1 WHERE update_id = ?", (update_id,))
            inbox.commit()


async def serve(application: AnyApplication, inbox: sqlite3.Connection) -> None:
    """Run the two side by side. `application` was built with `updater(None)`."""
    writing, arrived = asyncio.Lock(), asyncio.Event()
    async with application:
        await asyncio.gather(
            fetch(application.bot, inbox, writing, arrived), work(application, inbox, writing, arrived)
        )


class InboxQueue(asyncio.Queue[object]):
    """An `update_queue` whose `put` commits the update before the Updater or the webhook can confirm it."""

    def __init__(self, inbox: sqlite3.Connection) -> None:
        super().__init__()
        self._inbox = inbox

    def resume(self, bot: Bot) -> None:
        """Queue what an earlier life stored and did not handle. To be called before the Updater starts."""
        for (body,) in self._inbox.execute("SELECT body FROM inbox WHERE done = 0 ORDER BY place").fetchall():
            self.put_nowait(Update.de_json(json.loads(body), bot))

    async def put(self, item: object) -> None:
        """Store an update and queue it; one that is stored already is not queued again."""
        if isinstance(item, Update):
            try:
                new = self._inbox.execute(
                    "INSERT OR IGNORE INTO inbox (update_id, body) VALUES (?, ?)", (item.update_id, item.to_json())
                ).rowcount
                self._inbox.commit()
            except sqlite3.Error as error:
                raise TelegramError("the update could not be stored") from error
            if not new:
                return
        await super().put(item)


@dataclass(frozen=True, slots=True)
class Life:
    """One life of the bot: where Telegram is, and the database its handlers write to."""

    url: str
    record: sqlite3.Connection

    def build(self, **parts: Any) -> AnyApplication:
        """Return an application with these parts set in its builder."""
        builder = ApplicationBuilder().token("1:token").base_url(f"{self.url}/bot")
        for name, part in parts.items():
            builder = getattr(builder, name)(part)
        return builder.build()

    async def handle(self, update: Update, _: object) -> None:
        """Take the time of a call to somewhere, then leave a trace."""
        await asyncio.sleep(0.005)
        self.record.execute("INSERT INTO effects VALUES (?)", (update.update_id,))
        _tell(f"{update.update_id}")

    async def handle_and_commit(self, update: Update, context: object) -> None:
        """Do the same where nobody else commits, with the done-mark where there is an inbox."""
        await self.handle(update, context)
        self.record.execute("UPDATE inbox SET done = 1 WHERE update_id = ?", (update.update_id,))
        self.record.commit()


def with_updater(life: Life) -> None:
    """Run the bot as most bots are run."""
    application = life.build()
    application.add_handler(TypeHandler(Update, life.handle_and_commit))
    application.run_polling()


def with_short_queue(life: Life) -> None:
    """Let the Updater wait until there is room for the next update."""
    application = life.build(update_queue=asyncio.Queue(maxsize=1))
    application.add_handler(TypeHandler(Update, life.handle_and_commit))
    application.run_polling()


def with_inbox_queue(life: Life) -> None:
    """Give the Updater a queue that stores."""
    queue = InboxQueue(life.record)
    application = life.build(update_queue=queue)
    queue.resume(application.bot)
    application.add_handler(TypeHandler(Update, life.handle_and_commit))
    application.run_polling()


def with_own_loop(life: Life) -> None:
    """Fetch, store and handle without an Updater."""
    application = life.build(updater=None)
    application.add_handler(TypeHandler(Update, life.handle))
    asyncio.run(serve(application, life.record))


WAYS: dict[str, Callable[[Life], None]] = {
    "updater": with_updater,
    "short-queue": with_short_queue,
    "inbox-queue": with_inbox_queue,
    "own-loop": with_own_loop,
}


class Telegram:
    """A stand-in that knows getMe and getUpdates: an update is forgotten once a higher offset is asked for."""

    def __init__(self, updates: int) -> None:
        self.waiting = [_update(number) for number in range(1, updates + 1)]
        self.changed = threading.Condition()
        stand_in = self

        class Requests(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_POST(self) -> None:
                asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                method = self.path.rpartition("/")[2]
                answer = json.dumps({"ok": True, "result": stand_in.answer(method, asked)}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, method: str, asked: dict[str, list[str]]) -> object:
        """Return the result of a call."""
        if method == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bot"}
        if method != "getUpdates":
            return True
        offset = int(asked.get("offset", ["0"])[0])
        with self.changed:
            self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.waiting, timeout=float(asked.get("timeout", ["0"])[0]))
            return self.waiting[:100]

    def confirmed(self, number: int) -> None:
        """Wait until the update with this number was confirmed."""
        with self.changed:
            self.changed.wait_for(lambda: not self.waiting or self.waiting[0]["update_id"] > number)

    def send(self, number: int) -> None:
        """Let one more update come in."""
        with self.changed:
            self.waiting.append(_update(number))
            self.changed.notify_all()

    def close(self) -> None:
        """Let go of the port."""
        self._server.shutdown()
        self._server.server_close()


def _update(number: int) -> dict[str, Any]:
    chat = {"id": 7, "type": "private", "first_name": "Budi"}
    return {"update_id": number, "message": {"message_id": number, "date": 0, "chat": chat, "text": str(number)}}


@dataclass(frozen=True, slots=True)
class Toll:
    """What one kill cost: updates that nobody will ever handle, and updates that were handled twice."""

    lost: int
    twice: int


def toll(way: str, record: Path, *, updates: int, killed_after: int) -> Toll:
    """Kill a bot that takes updates in by `way` once it has handled so many; start it again, and count."""
    telegram, last = Telegram(updates), updates + 1
    with _open(record) as opened:
        opened.execute("CREATE TABLE effects (update_id INTEGER)")
    try:
        _live(way, telegram, record, until=killed_after, confirmed=1)
        # Whatever is handled later than all others: once it was, what became of the others is on disk.
        telegram.send(last)
        _live(way, telegram, record, until=last, confirmed=0)
    finally:
        telegram.close()
    counted = "SELECT count(*), count(DISTINCT update_id) FROM effects WHERE update_id < ?"
    handled, different = _open(record).execute(counted, (last,)).fetchone()
    return Toll(lost=updates - different, twice=handled - different)


def _live(way: str, telegram: Telegram, record: Path, *, until: int, confirmed: int) -> None:
    """Start a bot, and kill it once it has handled the update `until` and the update `confirmed` is forgotten."""
    command = [sys.executable, __file__, way, telegram.url, str(record)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bot:
        assert bot.stdout is not None
        for line in bot.stdout:
            if int(line) == until:
                telegram.confirmed(confirmed)
                bot.kill()
                return
    raise RuntimeError("the bot ended by itself")


def _open(record: Path) -> sqlite3.Connection:
    opened = sqlite3.connect(record)
    opened.execute("PRAGMA journal_mode = WAL")
    opened.execute("PRAGMA synchronous = FULL")
    opened.executescript(TABLES)
    return opened


def main() -> None:
    """Print the toll of each way; with arguments, be the bot that is killed."""
    match sys.argv[1:]:
        case [way, url, record]:
            WAYS[way](Life(url, _open(Path(record))))
        case _:
            for way in WAYS:
                with tempfile.TemporaryDirectory() as folder:
                    cost = toll(way, Path(folder, "record.db"), updates=1500, killed_after=150)
                _tell(f"{way:12} lost {cost.lost:5} of 1500, handled twice {cost.twice:3}")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
