"""A local stand-in for Telegram: the Bot API over HTTP, a page with the chats, and people to play.

It knows nothing of the bot it serves; the bot is given another `base_url` and cannot tell.
"""

from bot.sandbox.cast import ClockControl
from bot.sandbox.chats import Button, Message
from bot.sandbox.faults import Fault, Faults, Trouble
from bot.sandbox.flood import Limits
from bot.sandbox.people import Group, Person, Press
from bot.sandbox.server import Address, Sandbox

__all__ = [
    "Address",
    "Button",
    "ClockControl",
    "Fault",
    "Faults",
    "Group",
    "Limits",
    "Message",
    "Person",
    "Press",
    "Sandbox",
    "Trouble",
]
