"""What somebody writes before they belong to the office: it is kept, and they find it in a draft later."""

from handlers.chat.assent import assents
from handlers.chat.incoming import Incoming
from handlers.people import guide
from handlers.reporting import drafting
from models.administration import first_words
from models.office.first_words import KEPT
from models.office.person import Person, bound
from models.refusals.refusal import Refusal
from models.refusals.registration import NipInvalid, NotRegistered
from models.repository.records import Records

_WORDS = 2
"""Words at least of a message that may tell a problem."""

_LONGER_THAN_A_NAME = 60
"""Characters of a message that is neither a NIP nor a name, though one of them was asked for."""


def keep(records: Records, message: Incoming) -> bool:
    """Keep a message of somebody who is nobody here yet, as far as there is room.

    Commands, assents and single words, as “Halo?” and “Sudah?” are, tell no problem.
    """
    words = drafting.words(message)
    if not message.files and (len(words.split()) < _WORDS or words.startswith("/") or assents(words)):
        return False
    return first_words.keep(records, message.sender_id, drafting.remembered(message), message.files)


def greet(records: Records, message: Incoming, *, waits: bool = False) -> None:
    """Keep a message, and answer where its writer stands; that it is kept is said only where it is."""
    said = "registration-waits" if waits else "greeting-unknown"
    if keep(records, message):
        guide.greet(records, message, f"{said}-kept", days=KEPT.days)
    else:
        guide.greet(records, message, said)


def refused(records: Records, refusal: Refusal, message: Incoming) -> bool:
    """Keep a message of somebody unknown that was refused, where it tells a problem. Returns whether it is answered.

    `/lapor` is refused to whom the office does not know. Where a NIP was asked for, long words and files are none.
    """
    if isinstance(refusal, NotRegistered):
        if not drafting.words(message).startswith("/"):
            greet(records, message)
            return True
    elif isinstance(refusal, NipInvalid) and (len(message.text) > _LONGER_THAN_A_NAME or message.files):
        keep(records, message)
    return False


def hand_over(records: Records, person: Person) -> None:
    """Let what a person wrote before they were let in become the draft that they are writing, and tell them so."""
    kept = first_words.of(records, bound(person))
    if kept is None or not drafting.receive_kept(records, person, kept.messages, kept.files):
        return
    first_words.erase(records, bound(person))
