"""The Bot API's answers, read with no more demands than their use makes.

The library reads every field of an answer, and fails where one is odd. The call was carried out all the same. So an
answer is cut down to what is used of it before the library reads it.
"""

import json
import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypeGuard

from telegram.error import NetworkError, TelegramError

from bot.telegram.fate import GARBAGE
from models.mail.card import UNNUMBERED

LARGEST = 2**63 - 1
"""The largest number that fits into a column."""

_LONGEST_REST = 24 * 3600
"""The seconds of a rest that are read at most. The library fails where a number is too large for a span of time."""

_UNNAMED_REST = 5
"""The seconds of a rest for which a 429 names no number."""

_FILES = ("photo", "video", "audio", "voice", "video_note", "document")
"""Where a message has its file. A document that is a GIF has it in two places, with one identifier."""

_LAST_INSTANT = 253_402_300_799
"""The end of the year 9999, in Unix seconds."""


def storable(number: object) -> TypeGuard[int]:
    """Whether this is a number that fits into a column; JSON's `true` is an `int` to Python, but no number."""
    return isinstance(number, int) and not isinstance(number, bool) and abs(number) <= LARGEST


def status_of(status: int, payload: bytes) -> int:
    """Return the HTTP status that an answer should have. Some servers refuse with a good one, and name it inside."""
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES or b'"result"' in payload:
        return status
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError):
        return status
    if not isinstance(told, Mapping) or told.get("ok") is not False:
        return status
    named = told.get("error_code")
    return named if storable(named) and named >= HTTPStatus.BAD_REQUEST else HTTPStatus.BAD_REQUEST


def envelope(told: object) -> dict[str, Any]:
    """Return the outermost object of an answer, with the fields that the library reads. Raises `TelegramError`."""
    if not isinstance(told, Mapping):
        raise TelegramError(GARBAGE)
    if "result" in told:
        return {"ok": True, "result": told["result"]}
    if told.get("ok") is not False:
        raise TelegramError(GARBAGE)
    words, parameters = told.get("description"), told.get("parameters")
    limited = told.get("error_code") == HTTPStatus.TOO_MANY_REQUESTS
    return {
        "ok": False,
        "description": words if isinstance(words, str) else "",
        "parameters": _parameters(parameters if isinstance(parameters, Mapping) else {}, limited=limited),
    }


def used(method: str, result: object) -> Any:  # noqa: ANN401 - what the library reads differs by method
    """Return what is used of the result of a call to `method`, in the form that the library reads.

    Raises `NetworkError` where a result that is needed cannot be used. Only methods that ask and change nothing have
    one.
    """
    match method:
        case "getMe":
            return _account(result)
        case "getWebhookInfo":
            return _webhook(result)
        case "getFile":
            return _file(result)
        case "getUpdates":
            if not isinstance(result, list):
                raise NetworkError("updates that are no list")
            return result
        case "sendMediaGroup":
            return [_message(one) for one in result] if isinstance(result, list) else []
        case "sendChatAction":
            return True
    if method.startswith("send"):
        return _message(result)
    return True if method.startswith("editMessage") else result


def _parameters(given: Mapping[str, Any], *, limited: bool) -> dict[str, int]:
    to, rest = given.get("migrate_to_chat_id"), _rest(given.get("retry_after"))
    seconds = rest or (_UNNAMED_REST if limited else 0)
    read = {"migrate_to_chat_id": to} if storable(to) else {}
    return read | ({"retry_after": seconds} if seconds else {})


def _rest(named: object) -> int:
    """Return the seconds of a rest, also where a string or a fraction names them; 0 where nothing usable does."""
    if isinstance(named, bool) or not isinstance(named, int | float | str):
        return 0
    try:
        seconds = float(named)
    except (ValueError, OverflowError):
        return _LONGEST_REST if isinstance(named, int) and named > 0 else 0
    return math.ceil(min(seconds, _LONGEST_REST)) if seconds > 0 else 0


def _message(told: object) -> dict[str, Any]:
    """Return a message of which only its number, and the identifier of a file, are true.

    Telegram itself gives the number 0 to a message that it sends later.
    """
    number = told.get("message_id") if isinstance(told, Mapping) else None
    is_known = storable(number) and number > 0
    message = {"message_id": number if is_known else UNNUMBERED, "date": 0, "chat": {"id": 0, "type": "private"}}
    return {**message, **(_sent_file(told) if isinstance(told, Mapping) else {})}


def _sent_file(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the file of a message that was sent, as a document whatever it is: only its identifier is used."""
    for name in _FILES:
        found = told.get(name)
        # A photo comes in several sizes, the largest last.
        file = found[-1] if isinstance(found, list) and found else found
        if isinstance(file, Mapping) and isinstance(file.get("file_id"), str) and file["file_id"]:
            return {"document": {"file_id": file["file_id"], "file_unique_id": ""}}
    return {}


def _account(told: object) -> dict[str, Any]:
    if not isinstance(told, Mapping) or not storable(told.get("id")):
        raise NetworkError("an account without a number")
    username, name = told.get("username"), told.get("first_name")
    if not isinstance(username, str) or not username:
        raise NetworkError("a bot without a username")
    first_name = name if isinstance(name, str) else username
    return {"id": told["id"], "is_bot": True, "first_name": first_name, "username": username}


def _webhook(told: object) -> dict[str, Any]:
    if not isinstance(told, Mapping):
        raise NetworkError("a webhook that is no object")
    url, count, kinds = told.get("url"), told.get("pending_update_count"), told.get("allowed_updates")
    failed_at, failure = told.get("last_error_date"), told.get("last_error_message")
    read: dict[str, Any] = {
        "url": url if isinstance(url, str) else "",
        "has_custom_certificate": False,
        "pending_update_count": count if storable(count) else 0,
        "allowed_updates": [one for one in kinds if isinstance(one, str)] if isinstance(kinds, list) else [],
    }
    if storable(failed_at) and 0 < failed_at <= _LAST_INSTANT:
        read |= {"last_error_date": failed_at, "last_error_message": failure if isinstance(failure, str) else ""}
    return read


def _file(result: object) -> dict[str, Any]:
    """Return a file and where it is handed out. A size that is none is 0, as of a file of which no size is known."""
    told = result if isinstance(result, Mapping) else {}
    size, names = told.get("file_size"), ("file_id", "file_unique_id")
    read = {name: told[name] if isinstance(told.get(name), str) else "" for name in names}
    return read | {"file_path": told.get("file_path"), "file_size": size if storable(size) and size > 0 else 0}
