"""What a failure means for the notice behind it."""

import httpcore
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.notices.sending import albums
from bot.telegram.fate import Fate, fate_of, retry_after


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (caused(TimedOut(), httpcore.ConnectTimeout("")), Fate.NOT_SENT),
        (caused(TimedOut(), httpcore.PoolTimeout("")), Fate.NOT_SENT),
        (caused(TimedOut(), httpcore.ReadTimeout("")), Fate.UNKNOWN),
        (caused(TimedOut(), httpcore.WriteTimeout("")), Fate.UNKNOWN),
        (TimedOut(), Fate.UNKNOWN),
        (caused(NetworkError("x"), httpcore.ConnectError("")), Fate.NOT_SENT),
        (caused(NetworkError("x"), httpcore.ReadError("")), Fate.UNKNOWN),
        (caused(NetworkError("x"), httpcore.RemoteProtocolError("")), Fate.UNKNOWN),
        (caused(NetworkError("x"), httpcore.WriteError("")), Fate.UNKNOWN),
        (caused(NetworkError("x"), ConnectionResetError()), Fate.UNKNOWN),
        (caused(NetworkError("x"), RuntimeError("the stream was closed")), Fate.UNKNOWN),
        (NetworkError("Bad Gateway (502)"), Fate.NOT_SENT),
        (caused(NetworkError("Bad Gateway (502)"), TelegramError("Invalid server response")), Fate.NOT_SENT),
        (TelegramError("Invalid server response"), Fate.UNKNOWN),
        (RetryAfter(5), Fate.LIMITED),
        (ChatMigrated(-100), Fate.MIGRATED),
        (Forbidden("Forbidden: bot was blocked by the user"), Fate.UNREACHABLE),
        (Forbidden("Forbidden: user is deactivated"), Fate.UNREACHABLE),
        (BadRequest("Chat not found"), Fate.UNREACHABLE),
        (BadRequest("Can't parse entities: unclosed"), Fate.REFUSED),
        (Conflict("other poller"), Fate.NOT_SENT),
    ],
)
def test_every_failure_has_a_fate(error: TelegramError, fate: Fate) -> None:
    assert fate_of(error) is fate


def test_the_named_pause_counts_seconds() -> None:
    assert retry_after(RetryAfter(17)) == 17


def test_albums_keep_the_order_and_take_at_most_ten() -> None:
    kinds = ["photo"] * 9 + ["video"] * 3 + ["document"] * 11 + ["voice", "voice", "audio", "audio", "document"]
    files = [{"kind": kind, "file_id": str(number)} for number, kind in enumerate(kinds)]
    cut = list(albums(files))
    assert [file for batch in cut for file in batch] == files
    assert [len(batch) for batch in cut] == [10, 2, 10, 1, 1, 1, 2, 1]
