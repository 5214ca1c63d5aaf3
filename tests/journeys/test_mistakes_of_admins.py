"""What an admin writes behind `/kelola` by mistake: each sentence names what is wrong and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.test_impossible_absences import nip

if TYPE_CHECKING:
    from tests.journeys.demo_office import DemoOffice

KADIV, KABAG, NOBODY = "«Kadiv»", "«Kabag»", "199909092020091009"
"""The NIP of two officials, put in once the office stands, and one of nobody."""

SK = "; W.25-KP.04-9; 20/11/2026"
PROBLEMS = {
    # Plt.: the post, the person, the rest, the decree.
    f"plt kadif {KABAG}{SK}": ("Tidak ada jabatan “kadif”.", "Kode jabatan: kakanwil, kadiv,"),
    f"plt {KABAG}{SK}": ("Tidak ada jabatan", "Kode jabatan: kakanwil,"),
    f"plt kepala bagian {KABAG}{SK}": ("Tidak ada jabatan “kepala bagian”.", "Kode jabatan:"),
    f"plt kadiv{SK}": ("NIP Plt. belum ditulis.", "Tulis 18 angka"),
    f"plt kadiv 1234{SK}": ("NIP Plt. tidak terbaca: “1234”.", "Tulis 18 angka"),
    f"plt kadiv {NOBODY}{SK}": (f"Tidak ada pegawai terdaftar dengan nomor {NOBODY}.", "/kelola, 👥 Pegawai"),
    f"plt kadiv PPNPN-77{SK}": ("Tidak ada pegawai terdaftar dengan nomor PPNPN-77.", "/kelola, 👥 Pegawai"),
    f"plt kadiv {KABAG} 1/12 - 5/12{SK}": ("“1/12 - 5/12” tidak diperlukan", "Tulis kode jabatan dan NIP-nya saja"),
    f"plt kadiv {KABAG}{SK}": ("Kadiv tidak lowong: dipegang Dina Contoh.", "Plt. hanya untuk jabatan yang lowong"),
    f"plt kadiv {KABAG}; SK-1; 31/2/2026": ("Tanggal SK “31/2/2026” tidak ada pada kalender.", "misalnya 20/11/2026"),
    f"plt kadiv {KABAG}; SK-1; kemarin dulu": ("Tanggal SK “kemarin dulu” tidak terbaca.", "misalnya 20/11/2026"),
    f"plt kadiv {KABAG}; SK-1": ("Tulis tiga bagian yang dipisahkan titik koma", "nomor SK; tanggal SK"),
    f"plt kadiv {KABAG}; {'1' * 101}; 20/11/2026": ("Terlalu panjang: 101 huruf, paling banyak 100.", "Ringkas"),
    # Plh.: who is away, the post, who stands in, the days, the decree.
    f"plh {NOBODY} {KABAG} 1/12{SK}": (f"Tidak ada pegawai terdaftar dengan nomor {NOBODY}.", "/kelola, 👥 Pegawai"),
    f"plh 12 {KABAG} 1/12{SK}": ("NIP pejabat yang tidak di tempat tidak terbaca: “12”.", "Tulis 18 angka"),
    f"plh {KADIV} {NOBODY} 1/12{SK}": (f"Tidak ada pegawai terdaftar dengan nomor {NOBODY}.", "/kelola, 👥 Pegawai"),
    f"plh {KADIV} 1/12 - 5/12{SK}": ("NIP Plh. tidak terbaca: “1/12”.", "Tulis 18 angka"),
    f"plh {KADIV}{SK}": ("NIP Plh. belum ditulis.", "Tulis 18 angka"),
    f"plh {KADIV} kadif {KABAG} 1/12{SK}": ("Tidak ada jabatan “kadif”.", "Kode jabatan: kakanwil, kadiv,"),
    f"plh {KADIV} kadiv 1/12{SK}": ("NIP Plh. tidak terbaca: “1/12”.", "Tulis 18 angka"),
    f"plh {KADIV} {KABAG} nanti{SK}": ("Tanggalnya tidak terbaca.", "Tulis misalnya 1/12 - 5/12"),
    f"plh {KADIV} {KABAG}{SK}": ("Tanggalnya tidak terbaca.", "Tulis misalnya 1/12 - 5/12"),
    f"plh {KADIV} {KABAG} 30/2{SK}": ("Tanggal itu tidak ada pada kalender.", "Tulis misalnya 1/12 - 5/12"),
    f"plh {KADIV} {KABAG} 5/12 - 1/12/2026{SK}": (
        "Hari terakhir mendahului hari pertama.",
        "Tulis misalnya 1/12 - 5/12",
    ),
    f"plh {KADIV} {KADIV} 1/12{SK}": ("Tidak ada yang menjadi Plh. bagi dirinya sendiri.", "orang lain"),
    f"plh {KADIV} {KABAG} 1/12; SK-1; 32/1/2026": ("Tanggal SK “32/1/2026”", "misalnya 20/11/2026"),
    # An invite: the post and the person.
    f"kadif {KABAG}": ("Tidak ada jabatan “kadif”.", "Kode jabatan: kakanwil, kadiv,"),
    "hapus": ("Tidak ada jabatan “hapus”.", "misalnya kadiv 19700101 199503 2 002"),
    KABAG: ("Jabatannya belum ditulis.", "misalnya kadiv 19700101 199503 2 002"),
    "kadiv": ("pesan Anda memuat 0 angka", "NIP terdiri atas 18 angka"),
    "kadiv 12": ("pesan Anda memuat 2 angka", "NIP terdiri atas 18 angka"),
    "kadiv 197513202000032002": ("yang Anda kirim bukan tanggal", "misalnya 19700101"),
}


@pytest.mark.databases("sqlite")
async def test_each_mistake_behind_kelola_is_named_with_what_to_write_instead(office: DemoOffice) -> None:
    sari, wrong = office["Kasubbag"], dict[str, str]()
    numbers = {mark: await nip(office, mark.strip("«»")) for mark in (KADIV, KABAG)}
    for words, sentences in PROBLEMS.items():
        written = words
        for mark, number in numbers.items():
            written = written.replace(mark, number)
        await sari.says(f"/kelola {written}")
        said = sari.person.received[-1].words
        if not all(one in said for one in sentences):
            wrong[words] = said
    assert wrong == {}


LONG = "jabatan yang namanya panjang sekali " * 110


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (LONG, "Tulis kode jabatan, lalu NIP"),
        (f"plt {LONG}{SK}", "Tulis kode jabatan, lalu NIP"),
        (f"plt kadiv {KABAG} {LONG}{SK}", "tidak diperlukan: Plt. bertindak sejak ditunjuk"),
        (f"plt kadiv {'1' * 3900}{SK}", "Tulis 18 angka"),
        (f"plt kadiv {KABAG}; SK-1; {LONG}", "Tulis satu tanggal"),
    ],
    ids=["invite", "post", "days", "number", "decree"],
)
async def test_words_as_long_as_a_message_are_named_shortly(office: DemoOffice, words: str, sentence: str) -> None:
    sari = office["Kasubbag"]
    await sari.says(f"/kelola {words.replace(KABAG, await nip(office, 'Kabag'))}")
    said = sari.person.received[-1].words
    assert sentence in said
    assert "…" in said
    assert len(said) < 1000, "what was written is named, not repeated"
