"""Somebody is asked for an opinion, read as the chats of the one who asks and of the ones who answer."""

from tests.journeys.demo_office import DemoOffice


async def rina_asks(office: DemoOffice, whom: str, question: str) -> None:
    rina = office["Rina"]
    await rina.taps("Lainnya")
    await rina.taps("Minta pendapat")
    await rina.taps(whom)
    await rina.says(question)


async def test_a_prakom_asks_another_post_and_the_answer_stands_in_the_case(office: DemoOffice) -> None:
    rina, bram = office["Rina"], office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka\nSejak pembaruan kemarin malam.")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    due = (await office.task()).due_at
    await rina.taps("Lainnya", rina.message("PENANGANAN"))
    await rina.taps("Minta pendapat")
    assert rina.sees("💬 Minta pendapat kepada (dijawab dalam 1 hari kerja; langkah ini tetap pada Anda):")
    await rina.taps("Kabag P2L")
    assert rina.sees("✍️ Tulis pertanyaan untuk Kabag P2L, lalu kirim.")
    await rina.says("Bolehkah server cadangan dipakai?")

    assert rina.sees("💬 Pendapat Kabag P2L tentang SW-2026-0001 diminta; langkahnya tetap pada Anda.")
    assert rina.sees("💬 Menunggu pendapat Kabag P2L sampai")
    assert rina.sees("Laporan Evaluasi"), "the task stays"
    assert bram.sees("💬 DIMINTA PENDAPAT · SW-2026-0001 · langkah 5 dari 9")
    assert bram.sees("JFT Prakom, Rina Contoh, bertanya: “Bolehkah server cadangan dipakai?”")
    assert bram.sees("Sejak pembaruan kemarin malam."), "who is asked reads the report"

    await bram.taps("Beri pendapat")
    await bram.says("Boleh, sampai hari Jumat.")
    assert bram.sees("💬 Pendapat Anda masuk ke SW-2026-0001.")
    assert bram.sees("✅ Dijawab oleh Bram Contoh")
    assert not bram.sees("Beri pendapat")
    assert rina.sees(
        "💬 SW-2026-0001: pendapat Bram Contoh atas “Bolehkah server cadangan dipakai?”: “Boleh, sampai hari"
    )
    assert not rina.sees("Menunggu pendapat")
    assert (await office.task()).due_at == due

    await office.evaluate()
    said = "Pendapat Bram Contoh (Kabag P2L) atas “Bolehkah server cadangan dipakai?”: “Boleh, sampai hari Jumat.”"
    assert office["Kasubbag"].sees(said), "it stands on later cards"
    await office["Kasubbag"].taps("Riwayat", office["Kasubbag"].message("KOREKSI"))
    assert office["Kasubbag"].sees("💬 Rina Contoh (JFT Prakom) meminta pendapat Kabag P2L")
    assert office["Kasubbag"].sees("💬 Bram Contoh (Kabag P2L) memberi pendapat")
    assert office["Kasubbag"].sees("Boleh, sampai hari Jumat.")
    await office["Budi"].taps("Riwayat")
    assert not office["Budi"].sees("sampai hari Jumat"), "opinions are between officials"
    assert await office.verified()


async def test_who_is_asked_without_another_part_looks_the_case_up(office: DemoOffice) -> None:
    kadiv, kabag = office["Kadiv"], office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=2)
    await kabag.says("/status 0001")
    assert not kabag.sees("SIMPEG")
    await kadiv.taps("Lainnya")
    await kadiv.taps("Minta pendapat")
    await kadiv.taps("Kabag P2L")
    await kadiv.says("Perlukah server cadangan?")
    for words in ("/status 0001", "/status", "0001"):
        await kabag.says(words)
        assert "SIMPEG tidak dapat dibuka" in kabag.person.received[-1].words, words
    await kabag.taps("Beri pendapat", kabag.message("DIMINTA PENDAPAT"))
    await kabag.says("Tidak perlu.")
    await kabag.says("/status 0001")
    assert "SIMPEG" not in kabag.person.received[-1].words, "once it is answered, the case is for others again"


async def test_a_colleague_answers_by_a_reply_with_a_photo(office: DemoOffice) -> None:
    andi = office["Andi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina_asks(office, "Andi Contoh", "Pernah melihat galat ini?")
    await andi.sends_photo("Pernah, bulan lalu.", reply_to=andi.message("DIMINTA PENDAPAT"))
    assert andi.sees("💬 Pendapat Anda masuk ke SW-2026-0001 dengan 📎 1.")
    assert office["Rina"].sees("“Pernah, bulan lalu.” · 📎 1")
    await andi.says("Boleh juga?", reply_to=andi.message("DIMINTA PENDAPAT"))
    assert andi.sees("Pendapat ini sudah diberikan")
    assert await office.verified()


async def test_what_nobody_answered_is_not_needed_any_more_and_reminds_nobody(office: DemoOffice) -> None:
    bram = office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina_asks(office, "Kabag P2L", "Apakah perlu vendor?")
    await bram.taps("Beri pendapat")
    await office.evaluate()
    assert bram.sees("↪️ Tidak diperlukan lagi: langkah ini sudah diputus.")
    await bram.says("Perlu.")
    assert bram.sees("Tidak diperlukan lagi: langkah SW-2026-0001 ini sudah diputus.")
    await office.passes(days=1)
    assert not bram.sees("masih ditunggu")
    assert await office.verified()


async def test_the_one_asked_is_reminded_once(office: DemoOffice) -> None:
    bram = office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina_asks(office, "Kabag P2L", "Apakah perlu vendor?")
    await office.passes(minutes=6 * 60 + 5)
    reminders = [one for one in bram.person.received if "masih ditunggu Rina Contoh sampai" in one.words]
    assert len(reminders) == 1
    await office.passes(days=1)
    assert len([one for one in bram.person.received if "masih ditunggu Rina Contoh" in one.words]) == 1
    assert bram.sees("⚠️ Seharusnya dijawab") or bram.sees("Dijawab sampai")
    assert await office.verified()


async def test_a_confidential_case_is_read_only_until_the_answer(office: DemoOffice) -> None:
    andi, budi = office["Andi"], office["Budi"]
    await budi.says("Dugaan kebocoran data\nRincian yang rahasia.")
    await budi.taps("Rahasia: tidak")
    await budi.taps("Kirim")
    await office.walk(until=5)
    assert not andi.sees("Rincian yang rahasia")
    await rina_asks(office, "Andi Contoh", "Apa langkah pertama?")
    assert andi.sees("Rincian yang rahasia.")
    await andi.says("/status 0001")
    assert "Dugaan kebocoran data" in andi.person.received[-1].words
    await andi.taps("Riwayat")
    await andi.taps("Beri pendapat")
    await andi.says("Putuskan aksesnya.")
    assert not andi.message("DIMINTA PENDAPAT").words.count("Rincian yang rahasia")
    assert await office.verified()
