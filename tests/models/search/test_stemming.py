"""The forms of a word share a stem with it, and other words do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.search.stemming import stems
from models.search.wanted import Terms
from models.search.words import STOP_WORDS, folded, forms, words

FORMS = """
lapor: laporan pelaporan melaporkan dilaporkan laporannya laporan2
baik: perbaikan memperbaiki diperbaiki
rusak: kerusakan merusak dirusakkan
guna: pengguna menggunakan penggunaan digunakan
jaring: jaringan jaringannya
hubung: terhubung menghubungkan dihubungi
kerja: bekerja pekerjaan mengerjakan dikerjakan
layan: pelayanan melayani layanan
buka: membuka dibuka terbuka pembukaan
cetak: mencetak cetakan pencetakan dicetak
unduh: mengunduh unduhan
unggah: mengunggah
simpan: penyimpanan menyimpan tersimpan disimpan
mati: mematikan
padam: pemadaman
masuk: memasukkan masukan
ganggu: gangguan mengganggu
pesan: pesanan
kirim: mengirim kiriman pengiriman dikirimkan mengirimkan
ambil: mengambil diambil pengambilan
tulis: menulis penulis ditulis
pakai: memakai pemakaian dipakai
jawab: menjawab jawaban
catat: mencatat catatan
aman: keamanan pengaman
ganti: mengganti penggantian diganti
pindah: memindahkan pemindahan
bantu: membantu bantuan
proses: memproses diproses pemrosesan
print: mengeprint
cek: mengecek dicek
ketik: mengetik
lambat: terlambat keterlambatan
selesai: menyelesaikan penyelesaian diselesaikan
tanya: bertanya pertanyaan menanyakan
adu: aduan pengaduan mengadu
isi: mengisi pengisian
tugas: petugas bertugas
jabat: pejabat jabatan menjabat
jalan: berjalan menjalankan jalankan
percaya: mempercayai kepercayaan
kelola: mengelola pengelolaan dikelola
hapus: menghapus penghapusan
terima: menerima diterima penerimaan
ubah: mengubah perubahan diubah
tambah: menambahkan tambahan
nyala: menyalakan dinyalakan
periksa: memeriksa pemeriksaan
kunci: terkunci mengunci
atur: pengaturan mengatur
ajar: belajar mengajar pelajaran
aplikasi: aplikasinya aplikasiku
masalah: masalahnya masalahkah
printer: printernya printerku
"""
"""Words and their forms, as they stand in reports."""

TABLE = [
    (root, form)
    for line in FORMS.strip().splitlines()
    for root, _, many in [line.partition(": ")]
    for form in many.split()
]

APART = """
tulang pulang; kirim tirai; data dana; printer server; makan masak; rusak masuk; monitor memori; kursi kursus;
mati hati; cetak catat; layar bayar; kertas keras; jaringan jarang; sandi sendi; email simpeg; internet interval
"""


@pytest.mark.parametrize(("root", "form"), TABLE)
def test_a_form_is_found_by_its_root(root: str, form: str) -> None:
    assert stems(root) & stems(form), (stems(root), stems(form))


@pytest.mark.parametrize("pair", [one.strip() for one in APART.split(";")])
def test_other_words_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert not stems(one) & stems(other)


letters = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1, max_size=20)


@given(letters, st.sampled_from(("nya", "lah", "kah")))
def test_a_particle_changes_nothing(word: str, particle: str) -> None:
    if len(word) > 3 and not any(word.endswith(one) for one in ("nya", "lah", "kah", "pun", "ku", "mu")):
        # Some roots end as a particle would, such as masa and masalah.
        whole = word + particle
        assert stems(word) == stems(whole) or stems(whole) == {whole}


@given(st.text(max_size=60))
def test_every_word_has_few_stems_that_both_databases_take(text: str) -> None:
    for word in words(text):
        found = forms(word.letters)
        assert 1 <= len(found) <= 12
        assert all(one.isascii() and one.isalnum() and one == one.lower() and len(one) <= 330 for one in found)
        assert text[word.begin : word.end]


@given(letters)
def test_the_same_word_has_the_same_stems_however_it_is_written(word: str) -> None:
    assert stems(folded(word.upper())) == stems(folded(word)) == stems(folded(f"{word[0]}\u0301{word[1:]}"))


def test_what_says_nothing_does_not_count() -> None:
    found = [
        one.letters
        for one in words("Mohon bantuannya, printer di Ruang 5 tidak bisa mencetak. Terima kasih!")
        if one.counts
    ]
    assert found == ["bantuannya", "printer", "ruang", "5", "mencetak", "terima"]
    assert "masalah" not in STOP_WORDS


@pytest.mark.parametrize("text", ["طابعة", "打印机", "Принтер", "🖨️🖨️", "é", "ÜBER"])
def test_words_of_other_scripts_are_words_too(text: str) -> None:
    found = [forms(one.letters) for one in words(text)]
    assert len(found) == (0 if "🖨" in text else 1)


@pytest.mark.parametrize("word", ["𝐒𝐈𝐌𝐏𝐄𝐆", "ＳＩＭＰＥＧ", "ⓢⓘⓜⓟⓔⓖ", "SIMPEG"])
def test_letters_of_another_shape_are_the_same_letters(word: str) -> None:
    assert folded(word) == "simpeg"


@given(st.text(min_size=1, max_size=12))
def test_both_databases_take_every_form_as_it_is(text: str) -> None:
    wanted = Terms([forms(one.letters) for one in words(text)])
    assert wanted.fts5.isascii()
    assert wanted.tsquery.isascii()
