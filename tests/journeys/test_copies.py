"""An official lets others know of a decision (tembusan) and sees when they have read it, read as their chats."""

from sqlalchemy import select

from bot.sandbox.people import Press
from models.administration import appointment
from models.office.person import Person
from models.office.tenure import Tenure
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice, Employee


async def _at_kadiv(office: DemoOffice, text: str = "SIMPEG tidak dapat dibuka") -> Employee:
    await office.report("Budi", text)
    await office.walk(until=2)
    return office["Kadiv"]


async def _names(kadiv: Employee, *labels: str) -> None:
    await kadiv.taps("Lainnya")
    assert await kadiv.taps("👁 Tembusan") == "Pilih penerima tembusan."
    for label in labels:
        await kadiv.taps(label)
    await kadiv.taps("« Kembali")


async def test_kadiv_names_a_post_and_a_person_and_sees_when_they_have_read(office: DemoOffice) -> None:
    kadiv, kasubbag, rina = await _at_kadiv(office), office["Kasubbag"], office["Rina"]

    await _names(kadiv, "☐ Kasubbag", "☐ Rina Contoh")
    card = kadiv.message("Teruskan ke Kabag P2L")
    assert "👁 Tembusan: Kasubbag" in card.words
    assert "Rina Contoh" in card.words
    assert await kadiv.taps("Teruskan ke Kabag") == "✅ Diteruskan ke Kabag P2L."

    sent = kadiv.message("Diteruskan oleh Dina Contoh")
    assert "👁 Tembusan: Sari Contoh: belum dibaca · Rina Contoh: belum dibaca" in sent.words
    copy = rina.message("TEMBUSAN SW-2026-0001")
    assert "SIMPEG tidak dapat dibuka" in copy.words
    assert "Untuk Anda ketahui; tidak ada yang perlu Anda putuskan." in copy.words
    assert [[button.text for button in row] for row in copy.buttons] == [["👁 Sudah dibaca"]]
    assert copy.silent

    await office.passes(minutes=11)
    assert await rina.taps("Sudah dibaca") == "👁 SW-2026-0001 dibaca 08.41 WITA."

    assert "Sari Contoh: belum dibaca · Rina Contoh: dibaca 08.41" in sent.words
    assert "👁 Anda baca 08.41." in copy.words
    await kadiv.taps("Riwayat", sent)
    timeline = kadiv.message("Rina Contoh (JFT Prakom) membaca tembusannya").words
    assert "👁 Dina Contoh (Kadiv) memberi tembusan kepada Sari Contoh, Rina Contoh" in timeline
    assert not kasubbag.sees("membaca")

    await office.passes(minutes=4)
    await kasubbag.taps("Sudah dibaca")
    assert "Sari Contoh: dibaca 08.45 · Rina Contoh: dibaca 08.41" in sent.words, "each when they read it"
    assert await office.verified()


async def test_whoever_got_a_copy_may_read_the_case_and_is_never_chased_for_it(office: DemoOffice) -> None:
    await office["Budi"].says("Akun saya diambil alih.")
    await office["Budi"].taps("Rahasia")
    await office["Budi"].taps("Kirim")
    await office.walk(until=2)
    kadiv, andi = office["Kadiv"], office["Andi"]
    await andi.says("/status 0001")
    assert "diambil alih" not in andi.chat
    await _names(kadiv, "☐ Andi Contoh")
    await kadiv.taps("Teruskan ke Kabag")

    assert "Akun saya diambil alih." in andi.message("TEMBUSAN").words
    before = len(andi.person.received)
    await office.passes(days=2)
    # As a watcher Andi hears of the late step, once; of the copy nothing is ever said again.
    (told,) = andi.person.received[before:]
    assert "tertahan di" in told.words
    await andi.says("/status 0001")
    assert "Akun saya diambil alih." in andi.message("SW-2026-0001").words
    assert await office.verified()


async def test_reading_twice_and_by_somebody_elses_hand_changes_nothing(office: DemoOffice) -> None:
    kadiv, rina = await _at_kadiv(office), office["Rina"]
    await _names(kadiv, "☐ Rina Contoh")
    await kadiv.taps("Teruskan ke Kabag")
    copy = rina.message("TEMBUSAN")
    data = copy.buttons[0][0].data or ""
    presses: list[Press] = [rina.person.taps("Sudah dibaca"), rina.person.taps("Sudah dibaca")]
    await office.settle()
    assert {await press.answered() for press in presses} == {"👁 SW-2026-0001 dibaca 08.30 WITA."}
    assert len(await office.journal("read")) == 1

    await office["Andi"].says("/tugas")
    stolen = office["Andi"].person.forges(data, office["Andi"].message("Cuti"))
    assert "tidak berlaku" in await office["Andi"].toast_of(stolen)
    assert len(await office.journal("read")) == 1


async def test_a_reader_whose_phone_was_lost_reads_nothing_there(office: DemoOffice) -> None:
    kadiv, rina = await _at_kadiv(office), office["Rina"]
    await _names(kadiv, "☐ Rina Contoh")
    await kadiv.taps("Teruskan ke Kabag")
    press = rina.message("TEMBUSAN").buttons[0][0].data or ""
    await office.asks(lambda records: _unbind(records, "Rina Contoh"))

    toast = await rina.toast_of(rina.person.forges(press, rina.message("TEMBUSAN")))

    assert "belum terdaftar" in toast or "tidak terdaftar" in toast
    assert await office.journal("read") == []
    assert "Rina Contoh: belum dibaca" in kadiv.message("Diteruskan oleh Dina Contoh").words


async def test_a_post_in_which_nobody_sits_is_said_to_be_so(office: DemoOffice) -> None:
    kadiv = await _at_kadiv(office)
    await _names(kadiv, "☐ Kasubbag")
    await office.asks(lambda records: _vacate(records, "kasubbag-humas"))

    toast = await kadiv.taps("Teruskan ke Kabag")

    assert "⚠️ Tembusan tidak terkirim, tidak ada pejabat yang terhubung: Kasubbag" in toast
    assert "tidak terkirim" in kadiv.message("Diteruskan oleh Dina Contoh").words
    await _at_kadiv(office, "Surel tidak terkirim")
    await kadiv.taps("Lainnya")
    await kadiv.taps("👁 Tembusan")
    assert "tembusan tidak dapat dikirim ke sana" in await kadiv.taps("⚠️ Kasubbag")
    assert await office.verified()


async def test_what_is_recalled_says_so_on_a_copy_that_nobody_has_read(office: DemoOffice) -> None:
    kadiv, rina = await _at_kadiv(office), office["Rina"]
    await _names(kadiv, "☐ Rina Contoh")
    await kadiv.taps("Teruskan ke Kabag")
    await kadiv.taps("Tarik kembali")

    assert "Disposisi ini kemudian ditarik kembali." in rina.message("TEMBUSAN").words
    assert "👁 Tembusan: Rina Contoh" in kadiv.message("Teruskan ke Kabag").words
    await kadiv.taps("Teruskan ke Kabag")
    copies = [one for one in rina.person.received if "TEMBUSAN" in one.words]
    assert len(copies) == 2
    await rina.taps("Sudah dibaca", copies[0])
    await rina.taps("Sudah dibaca", copies[1])
    assert len(await office.journal("read")) == 2
    assert await office.verified()


def _unbind(records: Records, name: str) -> None:
    appointment.unbind(records, records.session.scalars(select(Person).where(Person.name == name)).one())


def _vacate(records: Records, post: str) -> None:
    for tenure in records.session.scalars(select(Tenure).where(Tenure.post == post)):
        tenure.ends_at = records.at
