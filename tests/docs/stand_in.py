"""Writes what the stand-in for Telegram knows into docs/stand-in.md: `python -m tests.docs.stand_in`.

The methods, their parameters, the values of the limits and the troubles are those of the code in `bot/sandbox`. Only
what a limit is for is written here.
"""

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

from bot.sandbox.faults import AFTER_ACTING, Trouble
from bot.sandbox.flood import Limits
from bot.sandbox.specification import METHODS, Parameter, former

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "stand-in.md"
ROOM = ROOT / "bot" / "sandbox"

LIMITS = {
    "sending.TEXT_LIMIT": "the text of a message, in UTF-16 units",
    "sending.CAPTION_LIMIT": "a caption, in UTF-16 units",
    "sending.SMALLEST_ALBUM": "items of an album, at least",
    "sending.LARGEST_ALBUM": "items of an album, at most",
    "editing.DELETABLE_FOR": "how long a bot may delete a message",
    "editing.MOST_DELETED": "messages that one deleteMessages deletes",
    "editing.TOAST_LIMIT": "the answer to a button, in UTF-16 units",
    "keyboards.MOST_BUTTONS": "buttons of a message",
    "keyboards.DATA_BYTES": "callback data of a button, in bytes",
    "files.DOWNLOAD_LIMIT": "a file that getFile gives out, in bytes",
    "methods.MOST_COMMANDS": "commands of one scope",
    "methods.COMMAND_DESCRIPTION_LIMIT": "the description of a command",
    "methods.NAME_LIMIT": "the bot's name",
    "methods.DESCRIPTION_LIMIT": "the bot's description",
    "methods.SHORT_DESCRIPTION_LIMIT": "the bot's short description",
    "polling.BATCH": "updates in one answer to getUpdates",
    "polling.LONGEST_WAIT": "how long getUpdates waits, in seconds",
    "updates.RETENTION": "how long an update waits to be fetched, in seconds",
    "updates.PRESS_RETENTION": "how long a pressed button waits for its answer, in seconds",
    "updates.INLINE_RETENTION": "how long an inline query waits for its answer, in seconds",
    "inline.MOST_RESULTS": "results of an inline query",
    "inline.QUERY_LIMIT": "the words of an inline query",
    "inline.RESULT_ID_BYTES": "the id of a result, in bytes",
    "wire.GIVEN_OUT": "how long the whole message of a pressed button is given out",
    "webhook.CONNECTIONS": "updates that a webhook gets at once, by default",
    "webhook.MOST_CONNECTIONS": "updates that a webhook gets at once, at most",
    "postman.LONGEST_PAUSE": "the pause before a webhook is tried again, in seconds",
    "postman.LONGEST_ASKED": "the pause that a webhook may ask for by `Retry-After`, in seconds",
}
RATES = {
    "chat_per_second": "messages a second to one private chat",
    "chat_burst": "messages to one private chat at once, after a rest",
    "overall_per_second": "messages a second in all",
    "overall_burst": "messages at once in all, after a rest",
    "group_per_minute": "messages a minute to one group",
}
OUR_OWN = {"files.FILLER_LIMIT", "updates.FIRST_UPDATE"}
"""Numbers that are the stand-in's own, and no rule of Telegram's."""

_CONSTANT = re.compile(r"^([A-Z][A-Z_]+(?:, [A-Z][A-Z_]+)*) = ", re.MULTILINE)


def constants() -> Iterator[str]:
    """Go through the numbers that the modules of `LIMITS` define by a public name, as `module.NAME`."""
    for module in sorted({name.partition(".")[0] for name in LIMITS}):
        source = (ROOM / f"{module}.py").read_text(encoding="utf-8")
        for names in _CONSTANT.findall(source):
            numbers = (f"{module}.{name}" for name in names.split(", "))
            yield from (name for name in numbers if isinstance(_value(name), int | float | timedelta))


def page() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *_methods(), _LIMITS, *_limits(), _TROUBLES, *_troubles(), ""])


def _methods() -> Iterator[str]:
    for method, parameters in METHODS.items():
        required = _named(parameters, required=True)
        yield f"| {method} | {required} | {_named(parameters, required=False)} | {_names(former(method))} |"


def _limits() -> Iterator[str]:
    for name, words in LIMITS.items():
        yield f"| {words} | {_said(_value(name))} |"
    rates = Limits()
    for field in fields(rates):
        if field.name in RATES:
            yield f"| {RATES[field.name]} | {_said(getattr(rates, field.name))} |"


def _troubles() -> Iterator[str]:
    for trouble in Trouble:
        yield f"| {trouble.value} | {'yes' if trouble in AFTER_ACTING or trouble is Trouble.DELAY else 'no'} |"


def _named(parameters: Mapping[str, Parameter], *, required: bool) -> str:
    return _names({name: one for name, one in parameters.items() if one.required is required})


def _names(parameters: Mapping[str, Parameter]) -> str:
    return ", ".join(f"{name} ({one.kind.value})" for name, one in parameters.items()) or "–"


def _value(name: str) -> object:
    module, _, constant = name.partition(".")
    return getattr(importlib.import_module(f"bot.sandbox.{module}"), constant)


def _said(value: object) -> str:
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 3600:g} h"
    return f"{value:,}" if isinstance(value, int) else f"{value:,g}"


_HEAD = """\
# The stand-in for Telegram

`bot/sandbox` serves the Bot API over HTTP on this machine, with people who write, tap and block in its chats. It knows
nothing of the bot. This page is written from its code by `python -m tests.docs.stand_in`.

Two references hold it, beside the tests of what it does. `tests/bot/sandbox/test_reference.py` compares parameters and
limits with what python-telegram-bot declares, `tests/foreign` parameters with what aiogram declares. One bot, written
with aiogram, telebot and python-telegram-bot's own Updater, does with it there what the product does.

What it does not serve is refused with 404 and noted as a complaint. A parameter that Telegram would pass over in
silence is noted as one, too. Where a webhook's answer names a method, the call is carried out and its result told to
nobody; `get…`, setWebhook, deleteWebhook, close and logOut are left out, as by Telegram's server. Of parse modes it
reads HTML, and it draws no rich messages.

## Methods

Of Bot API 10.1. Those in the last column are of before 7.0; they count where what took their place is not given.

| method | required | also | former |
| --- | --- | --- | --- |"""
_LIMITS = """
## Limits

| of what | limit |
| --- | --- |"""
_TROUBLES = """
## Troubles

A test, or the page with the chats, lets a call meet one of these.

| trouble | the call takes effect |
| --- | --- |"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
