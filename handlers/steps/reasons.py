"""The words and the files of a message that gives a reason or a note."""

from handlers.chat.incoming import Incoming
from handlers.texts.shorten import length
from handlers.texts.wordless import at_hand
from models.refusals.reports import NothingToAttach, TextTooLong, WordsMissing

NOTE_LENGTH = 2000
"""The `length` of a note or a reason."""


def words_of(message: Incoming, *, files_speak: bool) -> str:
    """Return the words of a message; where `files_speak`, files alone are enough, as a screenshot is for a correction.

    Raises `WordsMissing`, `NothingToAttach`, `TextTooLong`.
    """
    if not message.text and not message.files:
        raise NothingToAttach
    if not message.text and not files_speak:
        raise WordsMissing
    if length(message.text) > NOTE_LENGTH:
        raise TextTooLong(length(message.text), NOTE_LENGTH)
    return at_hand(message.text, message.files)
