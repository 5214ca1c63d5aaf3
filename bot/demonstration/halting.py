"""Why a play went no further, told to the people who watch it: in Indonesian, and with what they can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.sandbox.script import Action, Advance, Do, Follow, Narrate, Say, SendDocument, SendPhoto, Tap, WaitFor

_TRY_AGAIN = "Lanjutkan sendiri dari kartu yang ada, atau ketuk ▶ Putar contoh lagi untuk mengulang dari awal."
_STARTED_ANEW = "Ketuk ▶ Putar contoh lagi untuk mengulang; bila berhenti lagi, jalankan ulang demonya."


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What keeps the bot or a person from going on: in words, and the button that ends it, as it is called."""

    what: str
    button: str


def halted(heading: str, action: Action | None, hindrances: Sequence[Hindrance]) -> str:
    """Return why a play stopped at `action` in the chapter with this heading, and what to do about it.

    What somebody has asked for on the page is named before what it led to.
    """
    if hindrances:
        what = ", ".join(one.what for one in hindrances)
        buttons = " dan ".join(one.button for one in hindrances)
        return f"Contoh berhenti pada “{heading}”: {what}. Ketuk {buttons}, lalu ▶ Putar contoh lagi."
    return f"Contoh berhenti pada “{heading}”: {_missing(action)}. {_TRY_AGAIN}"


def failed(heading: str) -> str:
    """Return that a play stopped because of a mistake in the program."""
    return (
        f"Contoh berhenti pada “{heading}” karena kesalahan program; terminal menyebutkannya. "
        f"Yang sudah dikerjakan tetap tersimpan. {_STARTED_ANEW}"
    )


def _missing(action: Action | None) -> str:
    """Return what did not come to pass that the script waited for."""
    match action:
        case Tap(who, label, _):
            return f"tombol “{label}” tidak ada di chat {who} atau tidak dijawab"
        case Say(who, _, str(quoted)):
            return f"pesan “{quoted}” yang hendak dijawab tidak ada di chat {who}"
        case WaitFor(who, text):
            return f"pesan dengan “{text}” tidak sampai ke chat {who}"
        case Say(who) | SendPhoto(who) | SendDocument(who) | Follow(who):
            return f"bot tidak menyelesaikan kiriman {who} pada waktunya"
        case Advance() | Narrate() | Do() | None:
            return "bot tidak selesai bekerja pada waktunya"
        case _:
            assert_never(action)
