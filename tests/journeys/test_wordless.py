"""A report without a word: a recording, photos or a document say what they are, on every screen that names the case."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.demo_office import DemoOffice, Employee

GROUP = -100200300


async def sends_voice(budi: Employee, office: DemoOffice, *, seconds: int) -> None:
    budi.person.sends_voice(seconds=seconds)
    await office.settle()


def sent_by_phone(carried: dict[str, Any], *, user_id: int, number: int) -> dict[str, Any]:
    """Return an update as Telegram hands it out, with what a message of a private chat carries."""
    sender = {"id": user_id, "is_bot": False, "first_name": "Budi", "language_code": "id"}
    chat = {"id": user_id, "type": "private", "first_name": "Budi"}
    return {"message_id": number, "from": sender, "chat": chat, "date": 1_795_480_200, **carried}


async def test_a_recording_alone_is_a_report_by_the_name_of_what_it_is(office: DemoOffice) -> None:
    budi, kakanwil = office["Budi"], office["Kakanwil"]
    await sends_voice(budi, office, seconds=30)
    draft = budi.message("Draf laporan")
    assert draft.words.startswith("📝 Draf laporan · 1 rekaman suara\n🎤 Rekaman suara, 0.30\n")

    assert await budi.taps("Kirim") == "📨 Terkirim sebagai SW-2026-0001."
    case = await office.case()
    assert (case.text, case.subject) == ("🎤 Rekaman suara, 0.30", "🎤 Rekaman suara, 0.30")
    card = kakanwil.message("DISPOSISI")
    assert card.words.split("\n")[1] == "🎤 Rekaman suara, 0.30"
    assert card.words.count("Rekaman suara") == 1, "the subject is the report; it is not said twice"
    assert "🎤 Rekaman suara, 0.30" in budi.message("diterima").words
    await kakanwil.says("/tugas")
    assert "🎤 Rekaman suara, 0.30" in kakanwil.message("menunggu Anda").words
    await kakanwil.taps("Lampiran")
    assert [one.media.kind for one in kakanwil.person.received if one.media] == ["voice"]
    assert await office.verified()


async def test_words_that_come_later_become_the_subject(office: DemoOffice) -> None:
    budi = office["Budi"]
    await sends_voice(budi, office, seconds=30)
    await budi.says("SIMPEG menolak kata sandi saya")
    assert not budi.sees("Rekaman suara, 0.30")
    await budi.taps("Kirim")
    assert (await office.case()).subject == "SIMPEG menolak kata sandi saya"


async def test_an_album_without_a_caption_is_a_report(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.sends_album(2)
    await budi.taps("Kirim")
    assert (await office.case()).subject == "📷 2 foto"


async def test_a_document_goes_by_its_name_and_kinds_stand_beside_each_other(office: DemoOffice) -> None:
    budi = office["Budi"]
    budi.person.sends_document("galat simpeg.pdf")
    await sends_voice(budi, office, seconds=75)
    await sends_voice(budi, office, seconds=3600)
    await budi.taps("Kirim")
    assert (await office.case()).subject == "📄 galat simpeg.pdf · 🎤 2 rekaman suara, 1.01.15"


@pytest.mark.parametrize(
    ("carried", "subject"),
    [
        ({"voice": {"duration": 0}}, "🎤 Rekaman suara"),
        ({"video_note": {"duration": 9, "length": 384}}, "📹 Video bulat, 0.09"),
        ({"video": {"duration": 61, "width": 640, "height": 360}}, "🎬 Video, 1.01"),
        ({"audio": {"duration": 200, "file_name": "rapat.mp3"}}, "🎵 rapat.mp3, 3.20"),
        ({"audio": {"duration": 200}}, "🎵 Audio, 3.20"),
        ({"document": {}}, "📄 Dokumen"),
        (
            {
                "document": {"file_name": "layar.mp4", "mime_type": "video/mp4"},
                "animation": {"duration": 5, "width": 1, "height": 1, "file_name": "layar.mp4"},
            },
            "📄 layar.mp4, 0.05",
        ),
    ],
)
async def test_what_telegram_tells_of_a_file_is_what_the_report_is_called(
    office: DemoOffice, carried: dict[str, Any], subject: str
) -> None:
    budi = office["Budi"]
    identity = {"file_id": "F", "file_unique_id": "U", "file_size": 5}
    mime = {"mime_type": "application/pdf"} if carried == {"document": {}} else {}
    told = {kind: {**identity, **mime, **fields} for kind, fields in carried.items()}
    office.sandbox.hands_out("message", sent_by_phone(told, user_id=budi.person.user_id, number=901))
    await office.settle()
    await budi.taps("Kirim")
    assert (await office.case()).subject == subject
    assert await office.verified()


async def test_a_recording_in_a_group_is_reported_by_what_it_is(office: DemoOffice) -> None:
    budi, wati = office["Budi"], office["Wati"]
    group = office.sandbox.group(GROUP, "Kepegawaian", [budi.person, wati.person])
    recorded = wati.person.sends_voice(seconds=42, into=group)
    await budi.says("/lapor", recorded, into=group)
    assert group.sees("SW-2026-0001")
    case = await office.case()
    assert case.subject == "🎤 Rekaman suara, 0.42"
    assert case.text.endswith(f"(dari pesan {wati.person.name} di grup Kepegawaian)")
    assert await office.verified()


async def test_an_answer_and_a_note_without_words_are_told_by_what_they_are(office: DemoOffice) -> None:
    budi, rina, kasubbag = office["Budi"], office["Rina"], office["Kasubbag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=4)
    kasubbag.person.sends_voice(seconds=12, reply_to=kasubbag.message("DISPOSISI"))
    await office.settle()
    assert "“🎤 Rekaman suara, 0.12”" in kasubbag.message("DISPOSISI").words
    await office.walk(until=5)
    assert "“🎤 Rekaman suara, 0.12”" in rina.message("PENANGANAN").words

    await rina.taps("Mulai tangani")
    await rina.taps("Tanya pelapor")
    await rina.says("Seperti apa galatnya?")
    await budi.taps("Jawab")
    await sends_voice(budi, office, seconds=30)
    assert "↳ 🎤 Rekaman suara, 0.30" in rina.message("PENANGANAN").words
    assert await office.verified()


async def test_an_empty_draft_is_not_sent(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=10)
    await budi.taps("Masih bermasalah")
    assert budi.message("Draf laporan lanjutan").button("Kirim") is None
