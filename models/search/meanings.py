"""Words of reports that mean one thing, and words that stand in many reports: what likeness knows of an office's words.

A short list, of an office's general words alone; names of applications and places are not in it.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from models.search.words import forms

_ONE_MEANING = """
buka akses masuk login log sambung hubung konek koneksi nyambung connect
internet jaringan wifi inet wi fi network lan hotspot
lambat lemot lelet pelan lag lama loading macet
mati padam down putus nyala hidup off menyala
cetak print ngeprint printer pencetak
komputer pc
surel email mail imel mailbox inbox
absen absensi presensi fingerprint finger sidik jari
sandi password pasword pass
kosong blank hilang
unggah upload
unduh download
simpan save tersimpan
kirim send terkirim
error eror galat gagal rusak kacau
web website situs laman portal
telepon telpon telp phone
proyektor infokus infocus lcd
lantai lt
dua 2
satu 1
tiga 3
folder map berkas file dokumen
bersama sharing share shared
cek periksa lihat
subbag subbagian bagian bag ruang ruangan
"""
"""One line for each meaning."""

_GENERAL = """
buka mati error lambat kosong simpan kirim unggah unduh cetak komputer internet web folder cek subbag aplikasi sistem
layanan data laptop perangkat alat mesin server kantor kanwil pegawai rapat kerja kegiatan pesan muncul tampil bantu
bantuan izin lapor laporan masalah kendala sejak tadi kemarin jam hari kali terus semua segera tindak lanjut
ditindaklanjuti hambat terhambat jadi pekerjaan
sepertinya coba baik pakai guna bagian ganti halo ya kok padahal cuma sama mau keluar sering selalu hasil dua
satu tiga
"""
"""Words that say little of what a report is about; a word of a meaning stands for all of that meaning."""


def _meanings() -> Iterator[tuple[str, str]]:
    for line in _ONE_MEANING.strip().splitlines():
        first = line.split(maxsplit=1)[0]
        yield from ((form, first) for word in line.split() for form in forms(word))


_WRONG = """
buka lambat mati cetak kosong unggah unduh simpan kirim penuh habis sandi macet sangkut garis buram kedap bunyi suara
baca putus tampil tolak batas kuota virus rekam jatuh pecah bocor panas bau hang restart tinta kertas warna ganda salah
beda ubah hapus tambah instal lisensi kedaluwarsa
"""
"""What may be wrong with a thing, or cannot be done with it."""

_MEANS: Mapping[str, str] = dict(_meanings())
_WRONG_MEANINGS = frozenset(_MEANS.get(form, form) for word in _WRONG.split() for form in forms(word))
_GENERAL_STEMS = frozenset(form for word in _GENERAL.split() for form in forms(word))


@lru_cache(maxsize=65536)
def meaning_of(word: str) -> str:
    """Return the one word that stands for what a word in small letters means; a stem where no list has the word."""
    stems = forms(word)
    return next((_MEANS[stem] for stem in sorted(stems) if stem in _MEANS), min(stems, key=lambda one: (len(one), one)))


def is_general(meaning: str) -> bool:
    """Whether a meaning stands in many reports, so that it tells little of one."""
    return meaning in _GENERAL_STEMS


def says_what_is_wrong(meaning: str) -> bool:
    """Whether a meaning says what is wrong with a thing, rather than which thing it is."""
    return meaning in _WRONG_MEANINGS
