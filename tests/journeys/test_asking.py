"""The JFT Prakom asks, the reporter answers with words and a photo, and the answer travels with the case."""

from bot.sandbox.faults import Fault, Trouble
from tests.journeys.demo_office import DemoOffice


async def test_a_question_is_answered_by_replying_with_a_photo(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    assert budi.sees("sedang ditangani Rina Contoh")

    await rina.taps("Tanya pelapor")
    await rina.says("Pesan galat apa yang muncul?")

    question = budi.message("Pesan galat apa yang muncul?")
    await budi.sends_photo("Galat 500, lihat gambar.", reply_to=question)

    assert rina.sees("Galat 500, lihat gambar.")
    assert budi.message("Pesan galat apa yang muncul?").buttons == []
    await rina.taps("Lampiran")
    assert rina.person.received[-1].media is not None, "the photo travels by its file_id"

    await office.walk(until=10)
    assert await office.verified()


async def test_a_question_is_answered_after_tapping_its_button(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Tanya pelapor")
    await rina.says("Sejak kapan?")

    await budi.taps("Jawab")
    await budi.says("Sejak tadi pagi.")

    assert rina.sees("Sejak tadi pagi.")
    await budi.says("Satu hal lagi: layarnya putih.", budi.message("Sejak kapan?"))
    assert budi.sees("sudah dijawab")


async def test_the_clock_of_the_handler_goes_on_while_the_reporter_is_asked(office: DemoOffice) -> None:
    rina = office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    before = (await office.task()).due_at
    await rina.taps("Tanya pelapor")
    await rina.says("Sejak kapan?")
    assert (await office.task()).due_at == before


async def test_a_reply_to_a_copy_of_the_question_is_its_answer_too(office: DemoOffice) -> None:
    """The question stood in the chat, and was sent again since nobody heard of that."""
    budi, rina = office["Budi"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Tanya pelapor")
    office.sandbox.faults.next("sendMessage", Fault(Trouble.RESET_AFTER_ACTING, chat_id=budi.person.user_id))
    await rina.says("Sejak kapan?")
    copies = [one for one in budi.person.received if "Sejak kapan?" in one.words]
    assert len(copies) == 2

    await budi.says("Sejak tadi pagi.", copies[0])

    assert rina.sees("Sejak tadi pagi.")
    assert not budi.sees("Draf laporan")
    assert [one.buttons for one in copies] == [[], []], "both show that the question was answered"
