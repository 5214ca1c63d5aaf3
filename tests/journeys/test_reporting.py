"""How a report is made: words, pictures, albums, a message in a group; and what may be changed before it is sent."""

from tests.journeys.demo_office import DemoOffice


async def test_an_album_becomes_one_draft_and_travels_to_the_official(office: DemoOffice) -> None:
    budi, kakanwil = office["Budi"], office["Kakanwil"]
    await budi.sends_album(3, "SIMPEG tidak dapat dibuka")
    assert budi.sees("3 foto")
    assert len([one for one in budi.person.received if "Draf laporan" in one.words]) == 1

    await budi.taps("Kirim")
    assert kakanwil.sees("📎 3")
    await kakanwil.taps("Lampiran")
    photos = [one for one in kakanwil.person.received if one.media is not None]
    assert len(photos) == 3
    uploads = [call for call in office.sandbox.calls if call.method == "sendMediaGroup"]
    assert len(uploads) == 1


async def test_an_edited_message_changes_the_draft_but_not_a_report_that_was_sent(office: DemoOffice) -> None:
    budi = office["Budi"]
    message = await budi.says("SIMPEG tidak dapt dibuka")
    budi.person.edits(message, "SIMPEG tidak dapat dibuka")
    await office.settle()
    assert budi.sees("SIMPEG tidak dapat dibuka")
    await budi.taps("Kirim")
    assert (await office.case()).text == "SIMPEG tidak dapat dibuka"

    budi.person.edits(message, "Ternyata SAKTI")
    await office.settle()
    assert (await office.case()).text == "SIMPEG tidak dapat dibuka"


async def test_sending_twice_makes_one_report(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says("SIMPEG tidak dapat dibuka")
    draft = budi.message("Kirim")
    button = draft.button("Kirim")
    assert button is not None
    assert button.data is not None
    for _ in range(3):
        budi.person.forges(button.data, draft)
    await office.settle()
    assert await office.cases() == ["SW-2026-0001"]


async def test_a_message_in_a_group_becomes_a_report_silently(office: DemoOffice) -> None:
    budi, wati = office["Budi"], office["Wati"]
    group = office.sandbox.group(-100200300, "Kepegawaian", [budi.person, wati.person])
    complaint = wati.person.says("SIMPEG tidak dapat dibuka sejak pagi", into=group)
    await budi.says("/lapor", complaint, into=group)

    assert group.sees("SW-2026-0001")
    answer = [one for one in group.chat if one.from_bot][-1]
    assert answer.silent
    assert all(button.data is None for row in answer.buttons for button in row), "no action buttons in a group"
    assert office["Kakanwil"].sees("SIMPEG tidak dapat dibuka sejak pagi")


async def test_a_report_made_after_hours_says_when_the_clock_starts(office: DemoOffice) -> None:
    calendar = office.program.rules.office.calendar
    await office.comes(calendar.closing(calendar.add(office.clock.now(), 60)))
    await office.passes(minutes=0)
    evening = office.clock.now().replace(hour=12)
    await office.comes(evening)
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    assert office["Budi"].sees("Kantor tutup")
    assert office["Budi"].sees("07.30")


async def test_a_result_that_did_not_help_opens_a_linked_report(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=10)
    await budi.taps("Masih bermasalah")
    await budi.says("Masih galat 500.")
    await budi.taps("Kirim")
    first, second = await office.case(), await office.case("SW-2026-0002")
    assert second.previous_case_id == first.id
    assert first.helped is False
