"""The bot without a token: the shipped program, the stand-in for Telegram, and an office of invented people."""

from bot.demonstration.office import ForeignDatabase
from bot.demonstration.play import Played, play
from bot.demonstration.stage import Stage, open_stage

__all__ = ["ForeignDatabase", "Played", "Stage", "open_stage", "play"]
