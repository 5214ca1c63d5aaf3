"""Twenty outages as the people of an office report them: several phrasings of each, units, greetings, typing mistakes.

The phrasings were written before the rules of likeness, and are not changed to suit them. Pairs are alike on purpose:
one application with two faults, the same device in two units, two networks.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

BEGIN = datetime(2026, 11, 2, 0, 30, tzinfo=UTC)
"""Monday, 08.30 WITA."""

UNITS = ("Kepegawaian", "Keuangan", "Humas", "Pelayanan AHU", "Perencanaan", "Umum", "Kekayaan Intelektual", "HAM")


@dataclass(frozen=True, slots=True)
class Outage:
    """What is out of order, how people say it, and in which units; none means everywhere."""

    name: str
    phrasings: Sequence[str]
    units: Sequence[str] = ()


OUTAGES = (
    Outage(
        "simpeg-login",
        (
            "SIMPEG tidak dapat dibuka sejak tadi pagi, muncul error 500",
            "Tidak bisa login ke simpeg, padahal password sudah benar",
            "Aplikasi SIMPEG error terus pak, gagal masuk",
            "kok simpeg ga bisa diakses ya?",
            "Mohon bantuan, SIMPEG down. Halaman login tidak muncul",
            "saya coba masuk simpeg dari tadi gagal terus",
        ),
    ),
    Outage(
        "simpeg-cetak",
        (
            "Cetak SK kenaikan pangkat dari SIMPEG hasilnya kosong",
            "SK yang dicetak lewat simpeg halamannya kosong semua",
            "Hasil cetak SK di simpeg blank, tidak ada isinya",
            "Pencetakan SK dari aplikasi SIMPEG keluar lembar kosong",
            "SIMPEG: tombol cetak SK menghasilkan PDF kosong",
        ),
        ("Kepegawaian",),
    ),
    Outage(
        "wifi-lt2",
        (
            "Wifi lantai 2 mati",
            "Internet di lantai dua putus sejak jam 9",
            "wifi lt 2 gak nyambung sama sekali",
            "Jaringan wifi lantai 2 tidak bisa konek",
            "Tidak ada koneksi internet di lantai 2, semua laptop tidak terhubung",
        ),
    ),
    Outage(
        "wifi-aula",
        (
            "Wifi aula lambat sekali, rapat zoom terputus-putus",
            "Internet di aula lemot padahal ada rapat daring",
            "Koneksi wifi di aula lelet",
            "Mohon dicek wifi aula, zoom macet terus",
        ),
    ),
    Outage(
        "printer-kepegawaian",
        (
            "Printer Kepegawaian macet, kertas tersangkut",
            "Kertas nyangkut di printer subbag kepegawaian",
            "printer bagian kepegawaian paper jam terus",
            "Printer kami tidak mau mencetak, kertasnya tersangkut di dalam",
        ),
        ("Kepegawaian",),
    ),
    Outage(
        "printer-keuangan",
        (
            "Printer Keuangan hasil cetaknya bergaris",
            "Cetakan printer di keuangan bergaris-garis dan buram",
            "printer keuangan tintanya luntur, hasil bergaris",
            "Hasil print di ruang keuangan bergaris hitam",
        ),
        ("Keuangan",),
    ),
    Outage(
        "absen",
        (
            "Mesin absen sidik jari di lobi tidak membaca jari",
            "Fingerprint lobi error, tidak bisa absen",
            "Absensi sidik jari tidak terbaca di mesin lobi",
            "mesin fingerprint ga mau baca jari saya, pegawai antre di lobi",
            "Tidak bisa presensi, mesin absensi di lobi rusak",
        ),
    ),
    Outage(
        "email",
        (
            "Email dinas tidak bisa mengirim pesan",
            "Surel kantor gagal kirim, selalu tertahan di outbox",
            "email kemenkumham tidak terkirim sejak siang",
            "Tidak dapat mengirim email dinas, muncul pesan gagal terkirim",
        ),
    ),
    Outage(
        "email-penuh",
        (
            "Kotak masuk email saya penuh, tidak menerima surat",
            "Mailbox penuh sehingga email baru tidak masuk",
            "Inbox email dinas kami sudah penuh kuotanya",
        ),
        ("Humas",),
    ),
    Outage(
        "sakti",
        (
            "Aplikasi SAKTI tidak bisa unggah dokumen SPM",
            "Upload SPM di SAKTI gagal terus",
            "sakti error saat mengunggah SPM",
            "Gagal upload dokumen SPM pada aplikasi SAKTI, berhenti di 90 persen",
        ),
        ("Keuangan", "Umum"),
    ),
    Outage(
        "ahu",
        (
            "AHU Online tidak dapat menampilkan data fidusia",
            "Data fidusia tidak muncul di ahu online",
            "Pencarian fidusia pada AHU Online selalu kosong",
            "ahu online: data jaminan fidusia hilang dari daftar",
        ),
        ("Pelayanan AHU",),
    ),
    Outage(
        "merek",
        (
            "Permohonan merek di portal kekayaan intelektual tidak tersimpan",
            "Portal KI: formulir pendaftaran merek gagal disimpan",
            "pendaftaran merek tdk bisa disimpan di portal",
            "Tombol simpan pada formulir merek tidak berfungsi",
        ),
        ("Kekayaan Intelektual",),
    ),
    Outage(
        "komputer-lambat",
        (
            "Komputer di loket pelayanan sangat lambat",
            "PC loket lemot sekali, antrean pemohon menumpuk",
            "komputer loket 1 sering hang",
            "Komputer loket pelayanan lelet dan sering macet",
        ),
        ("Pelayanan AHU",),
    ),
    Outage(
        "cctv",
        (
            "Rekaman CCTV parkiran tidak tersimpan",
            "cctv halaman parkir tidak merekam sejak kemarin",
            "Kamera CCTV di parkiran mati, rekaman kosong",
            "Tidak ada rekaman kamera parkir",
        ),
    ),
    Outage(
        "website",
        (
            "Website kanwil tidak bisa dibuka",
            "Situs web kantor wilayah error 404",
            "web kanwil down, pengunjung tidak bisa akses",
            "Laman resmi kanwil tidak dapat diakses dari luar",
        ),
    ),
    Outage(
        "zoom",
        (
            "Lisensi Zoom kantor habis, rapat berhenti setelah 40 menit",
            "akun zoom kita kembali ke gratisan, cuma 40 menit",
            "Zoom premium sudah tidak aktif",
            "Rapat zoom terhenti 40 menit karena lisensi berakhir",
        ),
    ),
    Outage(
        "telepon",
        (
            "Telepon meja resepsionis tidak ada nada",
            "Pesawat telepon di resepsionis mati",
            "telpon resepsionis ga bisa dipakai menelepon",
            "Saluran telepon resepsionis tidak bersuara",
        ),
    ),
    Outage(
        "folder",
        (
            "Folder bersama di server tidak bisa diakses",
            "Map sharing \\\\server\\umum hilang dari komputer kami",
            "Tidak bisa membuka folder sharing di server",
            "shared folder server minta password terus",
            "Akses ke folder bersama ditolak, padahal kemarin bisa",
        ),
    ),
    Outage(
        "proyektor",
        (
            "Proyektor ruang rapat tidak menampilkan gambar",
            "Infokus di ruang rapat pimpinan tidak menyala",
            "LCD proyektor ruang rapat gambarnya hilang",
            "proyektor rapat gak mau nyala, sudah ganti kabel HDMI",
        ),
    ),
    Outage(
        "virus",
        (
            "Antivirus di komputer perencanaan kedaluwarsa dan file berubah jadi shortcut",
            "Semua file di flashdisk berubah menjadi shortcut, sepertinya virus",
            "Kena virus shortcut, dokumen jadi tersembunyi",
            "komputer perencanaan terkena virus, file hilang jadi shortcut",
        ),
        ("Perencanaan",),
    ),
)

_BEFORE = (
    "",
    "",
    "",
    "Selamat pagi, ",
    "Mohon izin melapor, ",
    "Yth. admin, ",
    "Siang min. ",
    "Halo, ",
    "Tolong dibantu: ",
)
_AFTER = (
    "",
    "",
    "",
    "",
    " Mohon segera ditindaklanjuti.",
    " Terima kasih",
    " mohon dicek ya",
    " pekerjaan jadi terhambat",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One report of an outage."""

    outage: str
    text: str
    unit: str
    at: datetime


def told(seed: int, *, each: int = 10) -> list[Told]:
    """Return `each` reports of every outage, as they come in over four days: an outage is reported for a day or two."""
    chance = random.Random(seed)
    reports = [one for outage in OUTAGES for one in _of(outage, each, chance)]
    return sorted(reports, key=lambda one: one.at)


def _of(outage: Outage, each: int, chance: random.Random) -> Iterator[Told]:
    begun = BEGIN + timedelta(hours=chance.uniform(0, 60))
    for number in range(each):
        at = begun + timedelta(hours=chance.uniform(0, 26) if number else 0)
        said = chance.choice(_BEFORE) + chance.choice(outage.phrasings) + chance.choice(_AFTER)
        text = _mistyped(said, chance) if chance.random() < 0.4 else said
        yield Told(outage.name, text, chance.choice(outage.units or UNITS), at)


def _mistyped(text: str, chance: random.Random) -> str:
    """Return a text with one or two words mistyped: a letter left out, doubled, or two letters the wrong way round."""
    words = text.split(" ")
    for place in chance.sample(range(len(words)), k=min(len(words), chance.choice((1, 1, 2)))):
        word = words[place]
        if len(word) < 4:
            continue
        spot = chance.randrange(1, len(word) - 1)
        match chance.randrange(3):
            case 0:
                words[place] = word[:spot] + word[spot + 1 :]
            case 1:
                words[place] = word[:spot] + word[spot] + word[spot:]
            case _:
                words[place] = word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
    return " ".join(words)
