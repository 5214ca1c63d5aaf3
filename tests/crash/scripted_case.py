"""One whole case as people play it: a report with a photo, nine rows of the SOP, a correction, a question, late rungs.

Each act is one thing that one person does, or one leap of the clock. Between two acts everything settles, so each act
can be played on its own however often the program dies over it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.sandbox.people import Person
from tests.crash import record
from tests.crash.chats import twins
from tests.crash.office_hours import reached
from tests.crash.stage import MONDAY, Stage

REPORT = "SIMPEG tidak dapat dibuka sejak pagi."
TOLD = (
    *(
        "report",
        "forward",
        "forward",
        "chase",
        "chase",
        "chase",
        "forward",
        "explain",
        "forward",
        "start",
        "ask",
        "answer",
    ),
    *("submit", "return", "submit", "chase", "pass", "pass", "approve", "acknowledge", "feedback"),
    *("rate", "rate", "appraise"),
)
"""What the journal must tell in the end, refusals apart."""

_PARTS = ("Temuan", "Penyebab", "Tindakan", "Hasil", "Rekomendasi")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that happens, by the name a failure calls it."""

    name: str
    play: Callable[[Stage], Awaitable[None]]


def taps(name: str, label: str) -> Act:
    """Let somebody tap the newest button with this label."""

    async def play(stage: Stage) -> None:
        stage[name].taps(label)

    return Act(f"{name} taps “{label}”", play)


def says(name: str, text: str) -> Act:
    """Let somebody write."""

    async def play(stage: Stage) -> None:
        stage[name].says(text)

    return Act(f"{name} says “{text}”", play)


def _waits(minutes: float) -> Act:
    """Let so much office time pass since the beginning."""

    async def play(stage: Stage) -> None:
        await stage.comes(reached(MONDAY, minutes * 60))

    return Act(f"{minutes:g} minutes of office time have passed", play)


async def _photo(stage: Stage) -> None:
    stage["Budi"].sends_photo(REPORT)


photo_with_a_report = Act("Budi sends a photo with a report", _photo)

ACTS: tuple[Act, ...] = (
    photo_with_a_report,
    taps("Budi", "Kirim"),
    taps("Kakanwil", "Teruskan ke"),
    taps("Kadiv", "Instruksi & catatan"),
    taps("Kadiv", "Tulis catatan"),
    says("Kadiv", "Mohon diselesaikan pekan ini."),
    taps("Kadiv", "Teruskan ke"),
    # Kabag's half hour began at once: warned at 24 minutes, late after 30, escalated at 60.
    _waits(24),
    _waits(31),
    _waits(61),
    taps("Kabag", "Teruskan ke"),
    taps("Kabag", "Alasan keterlambatan"),
    says("Kabag", "Menunggu izin penyedia."),
    taps("Kasubbag", "Teruskan ke"),
    taps("Kasubbag", "Rina Contoh"),
    taps("Rina", "Mulai tangani"),
    taps("Rina", "Tanya pelapor"),
    says("Rina", "Apakah pesan galatnya sama di peramban lain?"),
    taps("Budi", "Jawab"),
    says("Budi", "Ya, sama."),
    taps("Rina", "Laporan Evaluasi"),
    *(act for part in _PARTS for act in (taps("Rina", part), says("Rina", f"{part} telah dicatat."))),
    taps("Rina", "Ajukan"),
    taps("Kasubbag", "Kembalikan dengan koreksi"),
    taps("Kasubbag", "Tulis alasan"),
    says("Kasubbag", "Penyebab belum jelas."),
    taps("Rina", "Laporan Evaluasi"),
    taps("Rina", "Penyebab"),
    says("Rina", "Sesi basis data tidak ditutup."),
    taps("Rina", "Ajukan"),
    # Kasubbag has one working day, seven and a half hours; the warning comes after six.
    _waits(61 + 6 * 60 + 5),
    taps("Kasubbag", "Benar, teruskan"),
    taps("Kabag", "Benar, teruskan"),
    taps("Kadiv", "Setujui"),
    taps("Kakanwil", "Diketahui, selesaikan"),
    taps("Budi", "Sudah teratasi"),
    taps("Budi", "Cepat"),
    taps("Budi", "Tidak jelas"),
    taps("Kasubbag", "Perlu perbaikan"),
)

APPOINTED_BEFORE = timedelta(days=30)


async def tap_every_twin(stage: Stage) -> int:
    """Tap every copy of a card that a send of unknown fate left behind; returns how many there were.

    Those of an open task are left alone: they decide it by right, as its card does.
    """
    kept = record.read(stage.url)
    still_open = {task["id"] for task in kept.tasks if task["closed_at"] is None}
    deciding = {card["id"] for card in kept.cards if card["kind"] == "task" and card["task_id"] in still_open}
    tapped = 0
    for chat, message in twins(kept, stage.sandbox):
        token = message.buttons[0][0].data
        if token is not None and kept.card_of_token[token]["card_id"] in deciding:
            continue
        person: Person = stage.sandbox.people[chat.chat_id]
        person.taps(message.buttons[0][0], message)
        await stage.settles()
        tapped += 1
    return tapped
