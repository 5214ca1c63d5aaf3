"""The Bot API over HTTP, as python-telegram-bot speaks it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.bodies import FORM, JSON, MULTIPART, read_body
from bot.sandbox.faults import AFTER_ACTING, Fault, Faults, Trouble
from bot.sandbox.flood import FloodGate
from bot.sandbox.latency import Latency
from bot.sandbox.methods import METHODS
from bot.sandbox.polling import Polling
from bot.sandbox.refusals import Refusal, bad_request, too_many_requests
from bot.sandbox.sending import Request
from bot.sandbox.specification import METHODS as SPECIFIED
from bot.sandbox.specification import Upload, read_parameters
from bot.sandbox.world import Call, World

_NAMES = {name.lower(): name for name in SPECIFIED}
_COUNTED = re.compile(r"(send(?!ChatAction)|edit|copy|forward)")
_TOKEN = re.compile(r"\d{3,}:[\w-]+")
_NOT_IN_AN_ANSWER = re.compile(r"(?i)get|(deleteWebhook|setWebhook|close|logOut)$")
"""The methods that Telegram's server does not carry out where a webhook's answer names them (`WebhookActor`)."""


class BotApi:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>` from one world."""

    def __init__(self, world: World, *, token: str, flood: FloodGate, faults: Faults, latency: Latency) -> None:
        self._world = world
        self._token = token
        self._flood = flood
        self._faults = faults
        self._latency = latency
        self._closing = asyncio.Event()
        self.polling = Polling(world)

    def routes(self) -> list[Route]:
        """Return the routes a bot uses."""
        return [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._download, methods=["GET"]),
        ]

    def open(self) -> None:
        """Serve (again)."""
        self._closing = asyncio.Event()
        self.polling = Polling(self._world)

    def close(self) -> None:
        """Let go of everyone who waits."""
        self._closing.set()
        self.polling.close()

    async def _download(self, http: HttpRequest) -> Response:
        if http.path_params["token"] != self._token:
            return _answer(self._wrong_token(http.path_params["token"]))
        file = self._world.files.at(http.path_params["path"])
        if file is None:
            return _answer(Refusal(404, "Not Found"))
        return Response(file.whole, media_type=file.mime)

    async def _call(self, http: HttpRequest) -> Response:
        if http.path_params["token"] != self._token:
            return _answer(self._wrong_token(http.path_params["token"]))
        asked = http.path_params["method"]
        method = _NAMES.get(asked.lower())
        if method is None:
            self._world.complaints.append(f"{asked}: method not in the stand-in")
            refusal = Refusal(404, "Not Found: method not in the stand-in")
            self._note(asked, {}, refusal)
            return _answer(refusal)
        try:
            body = await http.body()
            raw, uploads = read_body(http.headers.get("content-type", ""), body, http.query_params)
        except ClientDisconnect:
            return Response(status_code=499)
        except Refusal as refusal:
            return _answer(refusal)
        await self._latency.there()
        response = await self._acted(http, method, raw, uploads)
        await self._latency.back()
        return response

    async def _acted(self, http: HttpRequest, method: str, raw: dict[str, Any], uploads: dict[str, Upload]) -> Response:
        fault = self._faults.draw(method, _chat_of(raw))
        if fault is not None and fault.trouble not in AFTER_ACTING and fault.trouble is not Trouble.DELAY:
            self._note(method, raw, Refusal(500, f"injected: {fault.trouble.value}"))
            return await self._troubled(fault, http, b"")
        if fault is not None and fault.trouble is Trouble.DELAY:
            await self._closed_within(fault.seconds)
        response = await self._served(http, method, raw, uploads)
        if fault is not None and fault.trouble in AFTER_ACTING:
            return await self._troubled(fault, http, bytes(response.body))
        return response

    async def _served(
        self, http: HttpRequest, method: str, raw: dict[str, Any], uploads: dict[str, Upload]
    ) -> Response:
        try:
            request = self._read(method, raw, uploads)
            result = await self._poll(http, request) if method == "getUpdates" else self._result(method, request)
        except Refusal as refusal:
            self._note(method, raw, refusal)
            return _answer(refusal)
        if method != "getUpdates":
            self._note(method, raw, None)
        return JSONResponse({"ok": True, "result": result})

    def carry_out(self, content_type: str, body: bytes) -> None:
        """Carry out the call that a webhook's answer makes, if it makes one. Its result is told to nobody."""
        if content_type.partition(";")[0] not in {FORM, JSON, MULTIPART}:
            return
        try:
            raw, uploads = read_body(content_type, body)
        except Refusal:
            return
        asked = str(raw.pop("method", ""))
        if not asked or _NOT_IN_AN_ANSWER.match(asked):
            return
        method = _NAMES.get(asked.lower())
        if method is None:
            self._world.complaints.append(f"{asked}: method not in the stand-in")
            return
        try:
            self._result(method, self._read(method, raw, uploads))
        except Refusal as refusal:
            self._note(method, raw, refusal)
        else:
            self._note(method, raw, None)

    def _read(self, method: str, raw: dict[str, Any], uploads: dict[str, Upload]) -> Request:
        values, complaints = read_parameters(method, raw, uploads)
        self._world.complaints.extend(complaints)
        if isinstance(values.get("chat_id"), str):
            raise bad_request("chat not found")
        return Request(values, uploads)

    def _result(self, method: str, request: Request) -> object:
        chat = self._world.chats.get(request.get("chat_id", 0))
        if chat is not None and _COUNTED.match(method):
            cost = len(request["media"]) if method == "sendMediaGroup" else 1
            self._flood.pass_through(chat.chat_id, chat.kind, cost)
        try:
            return METHODS[method](self._world, request)
        finally:
            self._world.complaints.extend(f"{method}: {complaint}" for complaint in request.complaints)

    async def _poll(self, http: HttpRequest, request: Request) -> object:
        """Wait for updates, but no longer than the poller itself: a killed bot must not hold the turn."""
        waiting = asyncio.ensure_future(self.polling.updates(request))
        leaving = asyncio.ensure_future(_gone(http))
        try:
            await asyncio.wait({waiting, leaving}, return_when=asyncio.FIRST_COMPLETED)
            return waiting.result() if waiting.done() else []
        finally:
            for task in (waiting, leaving):
                task.cancel()
            await asyncio.gather(waiting, leaving, return_exceptions=True)

    def _note(self, method: str, params: dict[str, Any], refusal: Refusal | None) -> None:
        error = refusal.description if refusal else None
        self._world.calls.append(Call(method, dict(params), self._world.clock(), error))
        self._world.bell.ring()

    def _wrong_token(self, token: str) -> Refusal:
        return Refusal(401, "Unauthorized") if _TOKEN.fullmatch(token) else Refusal(404, "Not Found")

    async def _troubled(self, fault: Fault, http: HttpRequest, body: bytes) -> Response:
        match fault.trouble:
            case Trouble.TOO_MANY_REQUESTS:
                return _answer(too_many_requests(max(1, round(fault.seconds))))
            case Trouble.SERVER_ERROR:
                return _answer(Refusal(500, "Internal Server Error"))
            case Trouble.BAD_GATEWAY:
                page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
                return Response(page, status_code=502, media_type="text/html")
            case Trouble.GARBAGE | Trouble.GARBAGE_AFTER_ACTING:
                return Response(b'{"ok":tru', media_type="application/json")
            case Trouble.RESET | Trouble.RESET_AFTER_ACTING:
                return _broken_off()
            case Trouble.HANG | Trouble.HANG_AFTER_ACTING:
                await self._hang(http)
                return _broken_off()
            case Trouble.ODD_ANSWER:
                told = json.loads(body)
                if "result" in told:
                    told["result"] = fault.alter(told["result"])
                return JSONResponse(told, status_code=told.get("error_code", 200))
            case Trouble.DELAY:
                return Response(body, media_type="application/json")

    async def _hang(self, http: HttpRequest) -> None:
        tasks = [asyncio.ensure_future(_gone(http)), asyncio.ensure_future(self._closing.wait())]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _closed_within(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            return


def _answer(refusal: Refusal) -> JSONResponse:
    return JSONResponse(refusal.body(), status_code=refusal.code)


def _broken_off() -> StreamingResponse:
    """Return an answer that promises more than it sends: the server then cuts the connection."""

    async def half() -> AsyncIterator[bytes]:
        yield b'{"ok":true,'

    return StreamingResponse(half(), headers={"content-length": "4096"}, media_type="application/json")


async def _gone(http: HttpRequest) -> None:
    while (await http.receive())["type"] != "http.disconnect":
        pass


def _chat_of(raw: Mapping[str, Any]) -> int | None:
    """Return the chat a call is for, None where it names none by number."""
    try:
        return int(raw["chat_id"])
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
