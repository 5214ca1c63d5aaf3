"""A case with much to say, played through all nine steps: every screen that anybody sees on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from handlers.screens.screen import Button, Screen
from models.rules.urgency import Urgency
from tests.handlers.conftest import photo
from tests.reports import a_report

if TYPE_CHECKING:
    from handlers.delivery.plan import Keyboard
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai, Shown

SUBJECT = "SIMPEG tidak dapat dibuka setelah pembaruan malam tadi, dan bagian kepegawaian berhenti bekerja."
WORDS = (
    "Muncul pesan galat ORA-00018 setiap kali masuk. Sudah dicoba dengan dua peramban dan dua komputer, hasilnya sama. "
    "Absensi pagi ini belum dapat ditarik, dan usulan kenaikan pangkat harus terkirim sebelum hari Jumat. "
)
NOTE = (
    "Mohon ditangani lebih dulu dari yang lain karena layanan kepegawaian terganggu. Koordinasikan dengan bagian "
    "kepegawaian, catat apa saja yang berubah pada pembaruan malam tadi, dan laporkan hasilnya sebelum sore."
)
QUESTION = "Apakah pesan galatnya sama di semua komputer, dan sejak pukul berapa pertama kali muncul pagi ini?"
ANSWER = (
    "Sama di semua komputer. Pertama kali pukul 07.35, setelah server dinyalakan ulang oleh petugas malam. Sebelumnya "
    "masih dapat dibuka sampai pukul 06.50, dan tidak ada perubahan lain yang kami ketahui di ruangan ini."
)
PART = (
    "Sesi basis data tidak ditutup oleh pembaruan, sehingga jumlah sesi mencapai batasnya tak lama setelah server "
    "dinyalakan. Setiap percobaan masuk menambah satu sesi lagi, dan sesi lama tidak pernah dilepas. "
)
PARTS = ("Temuan", "Penyebab", "Tindakan", "Hasil", "Rekomendasi")


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it stood in a chat after something happened."""

    after: str
    reader: str
    html: str
    keyboard: Keyboard

    @property
    def screen(self) -> Screen:
        rows = tuple(tuple(Button(key.label) for key in row) for row in self.keyboard)
        return Screen(Markup(self.html), rows)  # noqa: S704 - it was drawn by the catalogue

    @property
    def labels(self) -> list[str]:
        return [key.label for row in self.keyboard for key in row]


class Play:
    """A case under way, and what was seen so far."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.seen: list[Seen] = []

    def looks(self, after: str) -> None:
        """Look at every message in every chat that has not been seen like that before."""
        known = {(one.html, one.keyboard) for one in self.seen}
        for name in ("budi", "bambang", "siti", "hendra", "maria", "rina", "andi"):
            for shown in self.office[name].chat.messages:
                if (shown.html, shown.keyboard) not in known:
                    self.seen.append(Seen(after, name, shown.html, shown.keyboard))

    def taps(self, name: str, *labels: str) -> None:
        for label in labels:
            self.office[name].taps(label)
            self.looks(f"{name} taps {label}")

    def writes(self, name: str, text: str, *, reply: bool = False) -> None:
        person = self.office[name]
        person.writes(text, reply_to=_card(person).message_id if reply else None)
        self.looks(f"{name} writes")


def _card(person: Pegawai) -> Shown:
    return next(shown for shown in reversed(person.chat.messages) if "langkah" in shown.text and shown.keyboard)


def play(office: Office) -> list[Seen]:
    """Let a report travel all nine steps with notes, questions, a returned revision; return all that was seen."""
    case = Play(office)
    _reported(case)
    for name in ("bambang", "siti", "hendra", "maria"):
        case.taps(name, "Instruksi & catatan", "Tindak lanjuti", "Laporkan hasilnya", "Tulis catatan")
        case.writes(name, NOTE)
        if name == "bambang":
            case.taps(name, "« Kembali", "Tolak", "« Kembali", "Instruksi & catatan")
        if name == "siti":
            case.taps(name, "« Kembali", "Kembalikan", "« Kembali", "Instruksi & catatan")
        case.taps(name, "Teruskan ke")
    case.taps("maria", "Rina Mokoginta")
    _handled(case)
    case.taps("maria", "Kembalikan dengan koreksi", "Tulis alasan")
    case.writes("maria", NOTE)
    _mended(case)
    for name, onward in (("maria", "Benar, teruskan"), ("hendra", "Benar, teruskan"), ("siti", "Setujui")):
        case.writes(name, NOTE, reply=True)
        case.taps(name, onward)
    case.taps("bambang", "Diketahui, selesaikan")
    return case.seen


def _reported(case: Play) -> None:
    def begin(records: Records) -> None:
        text = f"{SUBJECT}\n{WORDS * 5}"
        files = [photo(str(number)) for number in range(3)]
        report = a_report(text, Urgency.URGENT, files=files)
        person = records.person_by_id(case.office["budi"].id)
        assert person is not None
        records.begin(report, reporter=person, sop="penanganan-masalah-software")

    case.office.work(begin)
    case.office.deliver()
    case.looks("budi reports")


def _handled(case: Play) -> None:
    case.taps("rina", "Mulai tangani")
    for _ in range(2):
        case.taps("rina", "Tanya pelapor")
        case.writes("rina", QUESTION)
        case.taps("budi", "Jawab")
        case.writes("budi", ANSWER)
    case.writes("rina", NOTE, reply=True)
    case.taps("rina", "Laporan Evaluasi")
    for part in PARTS:
        case.taps("rina", f"Isi {part}")
        case.writes("rina", f"{part} pertama. {PART * 3}")
    case.taps("rina", "Ajukan")


def _mended(case: Play) -> None:
    case.taps("rina", "Laporan Evaluasi")
    for part in ("Penyebab", "Hasil"):
        case.taps("rina", f"Ubah {part}")
        case.writes("rina", f"{part} kedua. {PART * 3}")
    case.taps("rina", "Ajukan")
