"""A third whole case: an official is away, is stood in for, comes back; and what an admin decides about it.

The first absence begins and ends by itself, while nothing is open. During the second a case is decided by the Plh. In
the end nothing is open: no copy of a card that a crash has left may still decide something.
"""

from datetime import timedelta

from sqlalchemy import create_engine, text

from tests.crash.scripted_case import Act, photo_with_a_report, says, taps
from tests.crash.stage import MONDAY, Stage

_KADIV, _KABAG = "198001012005011002", "198001012005012003"
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_TO_MIDNIGHT = timedelta(hours=15, minutes=30, seconds=30)
"""From 08.30 to half a minute after midnight."""


def _comes(name: str, after: timedelta) -> Act:
    async def play(stage: Stage) -> None:
        await stage.comes(MONDAY + after)

    return Act(name, play)


async def _appoint_an_admin(stage: Stage) -> None:
    """Let Rina be an admin, beside the program."""
    engine = create_engine(stage.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE people SET is_admin = true WHERE name = 'Rina Contoh'"))
    engine.dispose()


ACTS: tuple[Act, ...] = (
    says("Kadiv", "/cuti"),
    says("Kadiv", "24/11/2026"),
    taps("Kadiv", "Minta Kakanwil Contoh"),
    taps("Kakanwil", "Tidak"),
    taps("Kadiv", "Minta Kabag Contoh"),
    taps("Kabag", "Bersedia"),
    _comes("the absence begins", _TO_MIDNIGHT),
    _comes("the absence ends", _TO_MIDNIGHT + _DAY),
    _comes("the office is open again", 2 * _DAY),
    photo_with_a_report,
    taps("Budi", "Kirim"),
    taps("Kakanwil", "Teruskan ke"),
    says("Kadiv", "/cuti hari ini"),
    taps("Kadiv", "Minta Kabag Contoh"),
    taps("Kabag", "Bersedia"),
    _comes("a minute has passed", 2 * _DAY + _MINUTE),
    taps("Kabag", "Teruskan ke Kabag"),
    taps("Kabag", "Kembalikan"),
    taps("Kabag", "Tulis alasan"),
    says("Kabag", "Mohon dilengkapi dahulu."),
    _comes("another minute has passed", 2 * _DAY + 2 * _MINUTE),
    taps("Kadiv", "Saya sudah kembali"),
    taps("Kadiv", "Teruskan ke"),
    says("Kadiv", "/cuti 27/11/2026"),
    taps("Kadiv", "Minta Kabag Contoh"),
    taps("Kabag", "Bersedia"),
    taps("Kabag", "Tidak dapat lagi"),
    taps("Kadiv", "Batalkan"),
    Act("Rina is an admin", _appoint_an_admin),
    says("Rina", f"/kelola plh {_KADIV} {_KABAG} 27/11/2026; W.25-KP-7; 20/11/2026"),
    taps("Kabag", "Kembalikan"),
    taps("Kabag", "ke Kakanwil"),
    taps("Kabag", "Tulis alasan"),
    says("Kabag", "Bukan wewenang kami."),
    taps("Kakanwil", "Tolak"),
    taps("Kakanwil", "Tulis alasan"),
    says("Kakanwil", "Bukan masalah perangkat lunak."),
    taps("Rina", "Batalkan"),
)

TOLD = ("report", "forward", "forward", "send-back", "forward", "send-back", "decline")
"""What the journal of the case must tell in the end, refusals apart."""

OFFICE = (
    *("absence", "ask-plh", "refuse-plh", "ask-plh", "accept-plh"),
    *("absence-begins", "stand-in", "absence-over", "stand-in-over"),
    *("absence", "absence-begins", "ask-plh", "accept-plh", "stand-in", "absence-over", "stand-in-over"),
    *("absence", "ask-plh", "accept-plh", "release-plh", "absence-called-off"),
    *("absence", "name-plh", "absence-called-off"),
)
"""What the office's journal must tell of absences in the end."""
