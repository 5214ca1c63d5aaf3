"""What a failed call to Telegram means for the message behind it."""

from datetime import timedelta
from enum import StrEnum

import httpcore
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from models.office.person import Obstacle

_OBSTACLES = {
    "blocked by the user": Obstacle.BLOCKED,
    "user is deactivated": Obstacle.DELETED,
    "can't initiate conversation": Obstacle.NOT_STARTED,
    "chat not found": Obstacle.NOT_STARTED,
}
"""Why a person cannot be written to, by what Telegram says. An account has no chat with people who never started it."""

_UNREACHABLE = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found", "have no rights to send")

GARBAGE = "Invalid server response"
"""What is said of an answer with a good code that is no JSON, or JSON of another kind. The words are the library's."""

BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, httpcore.UnsupportedProtocol)
"""What goes wrong on the way, beside what takes too long."""

_BEFORE_SENDING = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout, httpcore.UnsupportedProtocol)


class Fate(StrEnum):
    """What a failed call means.

    NOT_SENT and UNKNOWN are tried again, the latter at the price of a possible twin; LIMITED after the time that
    Telegram names. UNREACHABLE and REFUSED never will succeed; MIGRATED will under another chat number.
    """

    NOT_SENT = "not-sent"
    UNKNOWN = "unknown"
    LIMITED = "limited"
    UNREACHABLE = "unreachable"
    MIGRATED = "migrated"
    REFUSED = "refused"


def fate_of(error: TelegramError) -> Fate:
    """Tell what `error` means for the call that met it."""
    match error:
        case RetryAfter():
            return Fate.LIMITED
        case ChatMigrated():
            return Fate.MIGRATED
        case Forbidden():
            return Fate.UNREACHABLE
        case BadRequest():
            said = error.message.lower()
            return Fate.UNREACHABLE if any(words in said for words in _UNREACHABLE) else Fate.REFUSED
        case _:
            return Fate.UNKNOWN if _may_have_left(error) else Fate.NOT_SENT


def obstacle_of(message: str) -> Obstacle:
    """Tell why a person cannot be written to, from Telegram's `message` of an error whose fate is UNREACHABLE."""
    said = message.lower()
    return next((obstacle for words, obstacle in _OBSTACLES.items() if words in said), Obstacle.UNKNOWN)


def is_unanswered(error: TelegramError) -> bool:
    """Whether no answer of Telegram's came back: the network, a proxy, or a server in trouble is at fault."""
    network = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return network or error.message == GARBAGE


def is_page(error: TelegramError) -> bool:
    """Whether the answer was a page with an error code, and no JSON. A proxy or a firewall may have written it."""
    cause = error.__cause__
    return isinstance(cause, TelegramError) and cause.message == GARBAGE


def _may_have_left(error: TelegramError) -> bool:
    """Whether a call that broke on the way may have been carried out."""
    cause = error.__cause__
    if isinstance(cause, _BEFORE_SENDING):
        return False
    if isinstance(error, TimedOut) or error.message == GARBAGE:
        return True
    # A connection reset, an answer cut short, whatever else broke. The library's own error as the cause only says that
    # an error page was no JSON.
    return cause is not None and not isinstance(cause, TelegramError)


LONGEST_SILENCE = 60.0
"""The seconds for which the bot leaves Telegram alone at most, whatever Telegram names. Then one call finds out."""


def silence_asked(error: Exception) -> float:
    """Return the seconds for which Telegram wants no such call, `LONGEST_SILENCE` at most; 0 where it did not say."""
    return min(retry_after(error), LONGEST_SILENCE) if isinstance(error, RetryAfter) else 0.0


def retry_after(error: RetryAfter) -> float:
    """Return the seconds for which Telegram wants to be left alone."""
    named = error.retry_after
    return named.total_seconds() if isinstance(named, timedelta) else float(named)
