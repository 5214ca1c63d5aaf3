"""A case with much to say, played through all nine steps: every screen that anybody sees on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from handlers.screens.screen import Button, Screen
from models.administration.calendar import bring_into_force
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.urgency import Urgency
from tests.handlers.conftest import photo
from tests.handlers.reporting.test_receipt import finish
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
PEOPLE = ("budi", "bambang", "siti", "hendra", "maria", "rina", "andi")
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
        self._before = {(shown.html, shown.keyboard) for name in PEOPLE for shown in office[name].chat.messages}

    def looks(self, after: str) -> None:
        """Look at every message in every chat that has not been seen like that before."""
        known = self._before | {(one.html, one.keyboard) for one in self.seen}
        for name in PEOPLE:
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


def play(office: Office, *, following: bool = False) -> list[Seen]:
    """Let a report travel all nine steps with notes, questions, a returned revision; return all that was seen.

    It may be `following` a case with as much to say that did not help. Then its reporter urges, too, and a day off
    moves the deadline, while the revision is with the one who returned it.
    """
    earlier = _earlier(office) if following else None
    case = Play(office)
    _reported(case, after=earlier)
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
    if following:
        case.taps("budi", "Ingatkan")
        _moved(case)
    for name, onward in (("maria", "Benar, teruskan"), ("hendra", "Benar, teruskan"), ("siti", "Setujui")):
        case.writes(name, NOTE, reply=True)
        case.taps(name, onward)
    case.taps("bambang", "Diketahui, selesaikan")
    return case.seen


def _begin(office: Office, after: int | None) -> int:
    def begin(records: Records) -> int:
        text = f"{SUBJECT}\n{WORDS * 5}"
        files = [photo(str(number)) for number in range(3)]
        report = replace(a_report(text, Urgency.URGENT, files=files), previous_case_id=after)
        person = records.person_by_id(office["budi"].id)
        assert person is not None
        begun = records.begin(report, reporter=person, sop="penanganan-masalah-software")
        records.flush()
        return begun.case.id

    return office.work(begin)


def _earlier(office: Office) -> int:
    """Let a case come to its end and not help; nobody looks at it."""
    case_id = _begin(office, None)
    number = office.work(lambda records: records.case(case_id).case.number)
    finish(office, number, result=PART * 3)

    def did_not_help(records: Records) -> None:
        proceeding = records.case(case_id)
        records.feedback(proceeding, by=proceeding.case.reporter, helped=False)

    office.work(did_not_help)
    office.deliver()
    return case_id


def _reported(case: Play, *, after: int | None) -> None:
    _begin(case.office, after)
    case.office.deliver()
    case.looks("budi reports")


def _moved(case: Play) -> None:
    office = case.office
    today = office.at.date()

    def enter(records: Records) -> None:
        admin = records.lock_office().admins[0]
        day_off = CalendarEntry(
            0, EntryKind.DAY_OFF, today, today, "Keputusan Gubernur 12/2026", by=admin.id, at=records.at, periods=()
        )
        bring_into_force(records, lambda calendar: calendar.entered(day_off), by=admin)

    office.work(enter)
    office.deliver()
    case.looks("today is a day off")


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
