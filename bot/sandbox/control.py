"""The people's side over HTTP: what the page, and a test in another process, does and sees. JSON in, JSON out.

Only this machine may use it: a request whose Host is not loopback, or whose Origin is another site, is refused,
so that a web page open in the same browser cannot play the officials.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as AsgiMessage

from bot.sandbox.cast import Cast
from bot.sandbox.chats import Message
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.files import FileKind
from bot.sandbox.people import Group, Person
from bot.sandbox.refusals import Refusal
from bot.sandbox.view import chat_view, clock_view

PAGE = Path(__file__).parent / "page"
LONGEST_WAIT = 20.0
UPLOAD_LIMIT = 50 * 1024 * 1024
"""Bytes a client may send in one file."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SHOWABLE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}

Fields = Mapping[str, Any]
Action = Callable[[Fields], Awaitable[object]]


class Control:
    """Answers `/`, `/page/…` and `/sandbox/…` for one cast."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._instance = secrets.token_hex(4)
        self._closing = False

    def open(self) -> None:
        """Serve (again)."""
        self._closing = False

    def close(self) -> None:
        """Let go of every page that waits for news."""
        self._closing = True
        self._cast.world.bell.ring()

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the page and of the people's side."""
        actions: dict[str, Action] = {
            "person": self._person,
            "group": self._group,
            "say": self._say,
            "edit": self._edit,
            "delete": self._delete,
            "tap": self._tap,
            "follow": self._follow,
            "block": self._block,
            "clock": self._clock,
            "direct": self._direct,
            "fault": self._fault,
            "drained": self._drained,
        }
        return [
            Route("/", _page),
            Mount("/page", StaticFiles(directory=PAGE)),
            Route("/sandbox/state", self._state),
            Route("/sandbox/transcript", self._transcript),
            Route("/sandbox/calls", self._calls),
            Route("/sandbox/file/{file_id}", self._file),
            Route("/sandbox/upload", self._upload, methods=["POST"]),
            *(Route(f"/sandbox/{name}", _acting(action), methods=["POST"]) for name, action in actions.items()),
        ]

    async def _state(self, http: Request) -> Response:
        """Return what changed after version `since`; with `wait`, hold on up to that many seconds for a change."""
        world = self._cast.world
        since = int(http.query_params.get("since", 0))
        wait = min(float(http.query_params.get("wait", 0)), LONGEST_WAIT)
        try:
            async with asyncio.timeout(wait or None):
                while wait and world.version <= since and not self._closing:
                    await world.bell.heard()
        except TimeoutError:
            pass
        return JSONResponse(
            {
                "instance": self._instance,
                "version": world.version,
                "bot": {"name": world.bot.first_name, "username": world.bot.username},
                "clock": clock_view(world.clock(), [control.label for control in self._cast.clock_controls]),
                "chats": [chat_view(world, chat) for chat in world.chats.values() if chat.version > since],
                "complaints": len(world.complaints),
                "direction": self._cast.direction.view() if self._cast.direction else {},
            }
        )

    async def _transcript(self, _http: Request) -> Response:
        return PlainTextResponse(self._cast.transcript())

    async def _calls(self, http: Request) -> Response:
        after = int(http.query_params.get("after", 0))
        calls = [
            {"method": call.method, "params": call.params, "at": call.at.isoformat(), "error": call.error}
            for call in self._cast.calls[after:]
        ]
        return JSONResponse({"calls": calls, "complaints": self._cast.complaints})

    async def _file(self, http: Request) -> Response:
        try:
            file = self._cast.world.files.known(http.path_params["file_id"])
        except Refusal as refusal:
            return JSONResponse({"error": refusal.description}, status_code=404)
        headers = {"content-security-policy": "sandbox; default-src 'none'"}
        if file.mime not in _SHOWABLE:
            headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        return Response(file.content, media_type=file.mime, headers=headers)

    async def _person(self, fields: Fields) -> object:
        person = self._cast.person(
            int(fields["user_id"]),
            str(fields["first_name"]),
            fields.get("username"),
            fields.get("language_code", "id"),
            started=bool(fields.get("started", False)),
            about=str(fields.get("about", "")),
        )
        return {"user_id": person.user_id}

    async def _group(self, fields: Fields) -> object:
        members = [self._someone({"person": member}) for member in fields.get("members", [])]
        group = self._cast.group(int(fields["chat_id"]), str(fields["title"]), members)
        return {"chat_id": group.chat_id}

    async def _say(self, fields: Fields) -> object:
        person, into = self._someone(fields), self._into(fields)
        message = person.says(str(fields["text"]), self._message(fields, "reply_to"), into=into)
        return {"message_id": message.message_id}

    async def _edit(self, fields: Fields) -> object:
        message = self._message(fields, "message_id")
        self._someone(fields).edits(_there(message), str(fields["text"]))
        return {}

    async def _delete(self, fields: Fields) -> object:
        self._someone(fields).deletes(_there(self._message(fields, "message_id")))
        return {}

    async def _tap(self, fields: Fields) -> object:
        """Tap by label, by place (`row`, `column` on `message_id`), or with hand-made `data`."""
        person, message = self._someone(fields), self._message(fields, "message_id")
        if "data" in fields:
            press = person.forges(str(fields["data"]), message)
        elif "label" in fields:
            press = person.taps(str(fields["label"]), message)
        else:
            rows = _there(message).buttons
            press = person.taps(rows[int(fields["row"])][int(fields["column"])], message)
        if fields.get("wait"):
            return {"answer": await press.answered(within=float(fields["wait"])), "alert": press.alert}
        return {}

    async def _follow(self, fields: Fields) -> object:
        return {"message_id": self._someone(fields).follows(str(fields["link"])).message_id}

    async def _block(self, fields: Fields) -> object:
        person = self._someone(fields)
        if fields.get("blocked", True):
            person.blocks_bot()
        else:
            person.unblocks()
        return {}

    async def _clock(self, fields: Fields) -> object:
        for control in self._cast.clock_controls:
            if control.label == fields["label"]:
                await control.press()
                self._cast.world.changed()
                return {}
        raise KeyError(fields["label"])

    async def _direct(self, fields: Fields) -> object:
        """Hand a control of the page on to the program around the stand-in."""
        if self._cast.direction is None:
            raise KeyError("direction")
        await self._cast.direction.act(str(fields["do"]), dict(fields))
        return {}

    async def _fault(self, fields: Fields) -> object:
        fault = Fault(Trouble(fields["trouble"]), float(fields.get("seconds", 1)))
        if "rate" in fields:
            self._cast.faults.sometimes(str(fields["method"]), fault, rate=float(fields["rate"]))
        else:
            self._cast.faults.next(str(fields["method"]), *[fault] * int(fields.get("times", 1)))
        return {}

    async def _drained(self, fields: Fields) -> object:
        await self._cast.drained(within=min(float(fields.get("within", 5)), 60))
        return {}

    async def _upload(self, http: Request) -> Response:
        """Take a file as the raw body; who, name and caption stand in the query string."""
        content = bytearray()
        async for chunk in http.stream():
            content += chunk
            if len(content) > UPLOAD_LIMIT:
                return JSONResponse({"error": "Berkas terlalu besar (paling besar 50 MB)."}, status_code=413)
        fields = http.query_params
        mime = http.headers.get("content-type", "application/octet-stream").partition(";")[0]
        kind = FileKind(fields["kind"]) if "kind" in fields else _kind_of(mime)

        async def send(fields: Fields) -> object:
            person, into = self._someone(fields), self._into(fields)
            file = self._cast.world.files.add(kind, name=fields.get("name"), mime=mime, content=bytes(content) or b"\0")
            reply_to = self._message(fields, "reply_to")
            group = fields.get("group")
            message = person.sends(
                file, caption=fields.get("caption", ""), media_group_id=group, reply_to=reply_to, into=into
            )
            return {"message_id": message.message_id}

        return await _attempt(send, fields)

    def _someone(self, fields: Fields) -> Person:
        return self._cast.people[int(fields["person"])]

    def _into(self, fields: Fields) -> Group | None:
        chat_id = int(fields.get("chat") or 0)
        return self._cast.groups[chat_id] if chat_id < 0 else None

    def _message(self, fields: Fields, name: str) -> Message | None:
        if not fields.get(name):
            return None
        chat_id = int(fields.get("chat") or 0) or int(fields["person"])
        return self._cast.world.chats[chat_id].messages[int(fields[name])]


class LoopbackOnly:
    """Refuse what does not come from a page or program of this machine (DNS rebinding, cross-site requests)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with protective headers on the answer, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith(("/bot", "/file/bot")):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        origin = headers.get(b"origin", b"").decode("latin-1")
        if _hostname(f"//{host}") not in _LOOPBACK or (origin and urlsplit(origin).netloc != host):
            refusal = JSONResponse({"error": "Halaman ini hanya melayani komputer ini sendiri."}, status_code=403)
            await refusal(scope, receive, send)
            return

        async def guarded(message: AsgiMessage) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((n.encode(), v.encode()) for n, v in _HEADERS.items() if n.encode() not in present),
                ]
            await send(message)

        await self._app(scope, receive, guarded)


LOOPBACK_ONLY = Middleware(LoopbackOnly)


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _acting(action: Action) -> Callable[[Request], Awaitable[Response]]:
    async def answer(http: Request) -> Response:
        try:
            fields = json.loads(await http.body() or b"{}")
        except ValueError:
            return JSONResponse({"error": "JSON tidak dapat dibaca."}, status_code=400)
        if not isinstance(fields, dict):
            return JSONResponse({"error": "Objek JSON diharapkan."}, status_code=400)
        return await _attempt(action, fields)

    return answer


async def _attempt(action: Action, fields: Fields) -> Response:
    try:
        return JSONResponse(await action(fields))
    except (KeyError, IndexError) as missing:
        return JSONResponse({"error": f"Tidak ditemukan: {missing}"}, status_code=404)
    except (AssertionError, ValueError, TypeError) as wrong:
        return JSONResponse({"error": str(wrong)}, status_code=409)


def _there(message: Message | None) -> Message:
    if message is None:
        raise KeyError("message_id")
    return message


def _kind_of(mime: str) -> FileKind:
    if mime in _SHOWABLE:
        return FileKind.PHOTO
    if mime.startswith("video/"):
        return FileKind.VIDEO
    if mime == "audio/ogg":
        return FileKind.VOICE
    if mime.startswith("audio/"):
        return FileKind.AUDIO
    return FileKind.DOCUMENT


async def _page(_http: Request) -> Response:
    return FileResponse(PAGE / "index.html")
