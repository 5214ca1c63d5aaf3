"""After a decision: lists in the chat drop what was decided, and the answer names what waits next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from handlers.looking import status
from models.office.person import Person
from models.queries import lists
from models.rules.urgency import Urgency
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office

pytestmark = pytest.mark.databases("sqlite")


def begins(office: Office, text: str, *, confidential: bool = False, urgency: Urgency = Urgency.ORDINARY) -> None:
    def begin(records: Records) -> None:
        budi = records.session.get_one(Person, office["budi"].id)
        report = a_report(text, urgency, confidential=confidential)
        records.begin(report, reporter=budi, sop="penanganan-masalah-software")

    office.work(begin)
    office.deliver()


def test_a_decided_task_leaves_the_list_and_the_toast_names_the_next(office: Office) -> None:
    begins(office, "SIMPEG mati")
    begins(office, "Surel tidak terkirim")
    bambang = office["bambang"]
    bambang.sends("/tugas", status.tasks)
    listed = bambang.chat.last
    card = bambang.chat.find("DISPOSISI SW-2026-0001")

    toast = bambang.taps("Teruskan ke", on=card)

    assert toast == "✅ Diteruskan ke Kadiv. Berikutnya: SW-2026-0002 · Surel tidak terkirim"
    assert listed.text.splitlines()[:-1] == [
        "1 menunggu Anda",
        "⏳ SW-2026-0002 · Surel tidak terkirim · batas waktu Sen 23 Nov 09.00 WITA",
    ]
    assert card.labels == ["↩️ Tarik kembali", "🗺 Alur SOP", "🕘 Riwayat", "➡️ Berikutnya"]

    assert bambang.taps("Berikutnya", on=card) == "📋 Kartu SW-2026-0002 ada di bawah."
    assert bambang.chat.last.text.startswith("📋 DISPOSISI SW-2026-0002")

    assert bambang.taps("Teruskan ke") == "✅ Diteruskan ke Kadiv."
    assert listed.text.splitlines()[0] == "✅ Tidak ada yang menunggu Anda saat ini."
    assert bambang.chat.find("DISPOSISI SW-2026-0002").labels == ["↩️ Tarik kembali", "🗺 Alur SOP", "🕘 Riwayat"], (
        "nothing waits"
    )
    assert bambang.taps("Berikutnya", on=card) == "✅ Tidak ada yang menunggu Anda saat ini."


def test_a_written_reason_changes_the_list_too(office: Office) -> None:
    begins(office, "SIMPEG mati")
    begins(office, "Surel tidak terkirim")
    bambang = office["bambang"]
    bambang.sends("/tugas", status.tasks)
    listed = bambang.chat.last
    card = bambang.chat.find("DISPOSISI SW-2026-0001")
    bambang.taps("Tolak", on=card)
    bambang.taps("Tulis alasan", on=card)
    bambang.writes("Kunci ruangan hilang.")
    assert "SW-2026-0001" not in listed.text
    assert "SW-2026-0002" in listed.text


def test_the_list_of_a_colleague_who_could_have_decided_changes_too(office: Office) -> None:
    begins(office, "SIMPEG mati")
    for name in ("bambang", "siti", "hendra"):
        office[name].taps("Teruskan ke")
    office["maria"].taps("Teruskan ke")
    office["maria"].taps("Siapa saja")
    for name in ("rina", "andi"):
        office[name].sends("/tugas", status.tasks)
    shown = office["andi"].chat.last
    assert "SW-2026-0001" in shown.text
    office["rina"].taps("Laporan Evaluasi")
    for part in ("Temuan", "Penyebab", "Tindakan", "Hasil", "Rekomendasi"):
        office["rina"].taps(f"Isi {part}")
        office["rina"].writes("Isi.")
    office["rina"].taps("Ajukan")
    assert shown.text.splitlines()[0] == "✅ Tidak ada yang menunggu Anda saat ini."


def test_of_a_confidential_one_the_toast_names_the_number_alone(office: Office) -> None:
    begins(office, "SIMPEG mati")
    begins(office, "Kata sandi pejabat bocor", confidential=True)
    toast = office["bambang"].taps("Teruskan ke", on=office["bambang"].chat.find("DISPOSISI SW-2026-0001"))
    assert toast == "✅ Diteruskan ke Kadiv. Berikutnya: SW-2026-0002"


def test_what_was_given_to_a_colleague_is_not_next(office: Office) -> None:
    for text in ("SIMPEG mati", "Surel mati"):
        begins(office, text)
        for name in ("bambang", "siti", "hendra"):
            office[name].taps("Teruskan ke")
    for number, name in ((1, "Rina"), (2, "Andi")):
        office["maria"].taps("Teruskan ke", on=office["maria"].chat.find(f"DISPOSISI SW-2026-000{number}"))
        office["maria"].taps(name, on=office["maria"].chat.find(f"DISPOSISI SW-2026-000{number}"))

    def next_of(name: str) -> str | None:
        def look(records: Records) -> str | None:
            found = lists.next_for(records.reader, records.session.get_one(Person, office[name].id))
            return found.number if found else None

        return office.work(look)

    assert (next_of("rina"), next_of("andi"), next_of("maria")) == ("SW-2026-0001", "SW-2026-0002", None)


def test_what_is_urgent_comes_next_before_what_is_due_earlier(office: Office) -> None:
    begins(office, "SIMPEG mati")
    begins(office, "Surel mati")
    office.passes(timedelta(minutes=5))
    begins(office, "Server mati", urgency=Urgency.VERY_URGENT)
    toast = office["bambang"].taps("Teruskan ke", on=office["bambang"].chat.find("DISPOSISI SW-2026-0001"))
    assert toast.endswith("Berikutnya: SW-2026-0003 · Server mati")


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """Collect what the database is asked."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(office.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(office.engine, "before_cursor_execute", note)


def test_what_waits_next_is_found_at_the_same_cost_however_much_waits(office: Office) -> None:
    counts = []
    for more in (2, 20):
        for number in range(more):
            begins(office, f"Masalah {number}")
        with statements(office) as asked:
            office["bambang"].taps("Teruskan ke", on=office["bambang"].chat.find("DISPOSISI"))
        counts.append(len(asked))
    assert counts[1] <= counts[0]
