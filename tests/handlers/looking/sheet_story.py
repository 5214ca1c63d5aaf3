"""A case that goes through an office once with everything that a paper may have to tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.administration import absence as absences
from models.administration.absences_due import absences_due
from models.case.evaluation import Part
from models.office.absence import Decree
from models.office.person import Person
from models.rules.actions import Action
from models.rules.standard import Standard

if TYPE_CHECKING:
    from models.case.attachment import FileRecord
    from models.repository.records import Records
    from tests.handlers.conftest import Office

Begins = Callable[..., str]

REPORT = (
    "SIMPEG tidak dapat dibuka setelah pembaruan\n"
    "Sejak pagi aplikasi menampilkan galat 500 pada semua akun di lantai 2. Tembolok peramban sudah dibersihkan; "
    "14 pengguna terdampak."
)
WORDS = {
    Part.FINDINGS: "Sejak pembaruan semalam, semua akun di lantai 2 menerima galat 500.\nLog memuat 1.284 galat.",
    Part.CAUSE: "Pustaka pembaruan memakai pengaturan koneksi yang tidak cocok dengan versi PHP pada peladen lantai 2.",
    Part.ACTION: "1. Menyalin basis data ke lingkungan uji.\n2. Mengembalikan pustaka ke versi sebelumnya.",
    Part.RESULT: "Aplikasi dapat dibuka kembali. Pelapor menyatakan masalah teratasi.",
    Part.RECOMMENDATION: "Uji coba pembaruan di peladen pementasan satu hari kerja sebelumnya.",
}
RANKS = {
    "bambang": "Pembina Utama Muda (IV/c)",
    "siti": "Pembina Tk. I (IV/b)",
    "hendra": "Pembina (IV/a)",
    "maria": "Penata Tk. I (III/d)",
    "rina": "Penata Muda Tk. I (III/b)",
}


def a_file(name: str, kind: str = "document", size: int = 214_000) -> FileRecord:
    return {
        "kind": kind,
        "file_id": f"id-{name}",
        "file_unique_id": f"unique-{name}",
        "name": name,
        "size": size,
        "caption": "",
    }


def with_ranks(office: Office) -> None:
    """Write down what rank the officials have."""

    def write(records: Records) -> None:
        for name, rank in RANKS.items():
            records.session.get_one(Person, office[name].id).rank = rank

    office.work(write)


def stands_in_by_decree(office: Office) -> None:
    """Let Andi act for the Kabag, who is away from today on, by a decree."""

    def write(records: Records) -> None:
        hendra = records.session.get_one(Person, office["hendra"].id)
        andi = records.session.get_one(Person, office["andi"].id)
        first = records.at.astimezone(records.calendar.zone).date()
        filed = absences.file(records, hendra, first, date(2026, 12, 4), by=None)
        decree = Decree("W.19-KP.04.02-0312", date(2026, 11, 20))
        absences.name(records, filed, andi, decree=decree, by=None)

    office.work(write)
    office.work(absences_due)
    office.deliver()


def forwards(office: Office, name: str, number: str, note: str = "", *instructions: str) -> None:
    office[name].does(
        number,
        lambda proceeding, task, by: proceeding.forward(task, by=by, note=note, instructions=list(instructions)),
    )


def to_handling(office: Office, begins: Begins, *, confidential: bool = False) -> str:
    """Bring a case to Rina: one step late, one by a Plh.; returns its number."""
    with_ranks(office)
    number = begins(
        REPORT, confidential=confidential, files=(a_file("log-aplikasi.txt"), a_file("galat-500.png", "photo", 388_000))
    )
    office.passes(timedelta(minutes=18))
    forwards(office, "bambang", number, "Mohon prioritas, layanan terganggu.", "Tindak lanjuti", "Laporkan hasilnya")
    office.passes(timedelta(minutes=44))
    forwards(office, "siti", number, "", "Koordinasikan")
    stands_in_by_decree(office)
    office.passes(timedelta(minutes=17))
    forwards(office, "andi", number, "Periksa juga jaringan lantai 2.", "Tindak lanjuti", "Prioritaskan")
    office.passes(timedelta(minutes=19))
    forwards(office, "maria", number, "Gunakan salinan basis data uji.", "Tindak lanjuti")
    return number


def writes(office: Office, number: str, **instead: str) -> None:
    words = {part: instead.get(part.value, text) for part, text in WORDS.items()}
    office["rina"].does(
        number,
        lambda proceeding, task, by: [proceeding.write(task, part, text, by=by) for part, text in words.items()],
    )


def submits(office: Office, number: str, **instead: str) -> None:
    writes(office, number, **instead)
    office["rina"].does(
        number, lambda proceeding, task, by: proceeding.attach(task, [a_file("uji.pdf", size=96_000)], by=by)
    )
    office.passes(timedelta(minutes=70))
    office["rina"].does(number, lambda proceeding, task, by: proceeding.submit(task, by=by))


def through(office: Office, begins: Begins) -> str:
    """Take a case to its end, with one correction; returns its number."""
    number = to_handling(office, begins)
    office["rina"].does(
        number,
        lambda proceeding, task, by: proceeding.ask_extension(
            task, by=by, span=Standard.parse("1 hari"), note="Menunggu akses peladen.", asked=None
        ),
    )
    submits(office, number, cause="Belum diketahui.")
    office.passes(timedelta(minutes=25))
    office["maria"].does(
        number, lambda proceeding, task, by: proceeding.give_back(task, by=by, note="Simpulan belum memuat penyebab.")
    )
    submits(office, number)
    for name, action in SIGNED_OFF:
        office.passes(timedelta(minutes=12))
        signs_off(office, name, number, action)
    return number


SIGNED_OFF = (
    ("maria", Action.PASS),
    ("andi", Action.PASS),
    ("siti", Action.APPROVE),
    ("bambang", Action.ACKNOWLEDGE),
)


def signs_off(office: Office, name: str, number: str, action: Action) -> None:
    office[name].does(number, lambda proceeding, task, by: proceeding.sign_off(task, action, by=by))
