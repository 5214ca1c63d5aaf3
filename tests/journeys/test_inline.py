"""Looking for cases behind the bot's name in any chat: who is offered what, and what others in the chat get to read."""

from __future__ import annotations

import pytest

from tests.journeys.demo_office import DemoOffice

SECRET = "Sandi SIMPEG bocor"


async def with_a_secret(office: DemoOffice) -> None:
    await office.report("Budi", "Printer loket tidak mencetak")
    await office["Wati"].says(SECRET)
    await office["Wati"].taps("Rahasia: tidak")
    await office["Wati"].taps("Kirim")


async def test_an_official_posts_a_case_into_a_group_which_reads_its_number_and_state_alone(office: DemoOffice) -> None:
    await with_a_secret(office)
    kakanwil = office["Kakanwil"].person
    group = office.sandbox.group(-1001, "Rapat", [kakanwil, office["Budi"].person])
    for typed in ("0001", "printer", "print", "cetakan", "budi", "SW-2026-0001"):
        offered = await kakanwil.offered(typed, into=group)
        await office.settle()
        assert offered.titles == ["SW-2026-0001 · berjalan, langkah 1, Kakanwil"], typed
    offered = await kakanwil.offered("printer", into=group)
    (one,) = offered.results or []
    assert one["description"] == "Printer loket tidak mencetak"
    assert offered.said["is_personal"] is True
    assert offered.said["cache_time"] == 0
    posted = kakanwil.posts(offered, into=group)
    await office.settle()
    link = f"https://t.me/{office.sandbox.world.bot.username}?start=case-SW-2026-0001"
    assert posted.text == f"SW-2026-0001 · berjalan, langkah 1, Kakanwil\n{link}"
    assert [message.text for message in group.chat] == [posted.text], "the bot says nothing to it"
    office["Budi"].person.follows(link)
    await office.settle()
    assert office["Budi"].sees("SW-2026-0001")
    before = len(office["Wati"].person.received)
    office["Wati"].person.follows(link)
    await office.settle()
    assert not any("mencetak" in one.words for one in office["Wati"].person.received[before:])


@pytest.mark.parametrize("typed", ["bocor", "0002", "SW-2026-0002", "sandi"])
@pytest.mark.parametrize("name", ["Wati", "Kakanwil", "Kasubbag", "Budi"])
async def test_a_confidential_case_is_offered_to_nobody(office: DemoOffice, name: str, typed: str) -> None:
    await with_a_secret(office)
    offered = await office[name].person.offered(typed)
    assert offered.titles == []


async def test_a_stranger_gets_nothing_not_even_the_button(office: DemoOffice) -> None:
    await with_a_secret(office)
    stranger = office.newcomer("Tamu", 777)
    for typed in ("", "printer", "0001"):
        offered = await stranger.person.offered(typed)
        assert offered.results == []
        assert "button" not in offered.said


async def test_where_nothing_is_found_the_button_leads_to_the_search_in_private(office: DemoOffice) -> None:
    budi = office["Budi"]
    for typed in ("", "a", "*", '"', "NEAR(", "🖨️", "\u202etxet", "kata " * 51):
        offered = await budi.person.offered(typed)
        assert offered.results == []
    button = (await budi.person.offered("")).said["button"]
    assert button == {"text": "🔎 Cari di obrolan bot", "start_parameter": "cari"}
    await budi.says("/start cari")
    assert budi.sees("Apa yang dicari?")


async def test_what_is_posted_into_the_bots_own_chat_opens_the_case_and_is_no_report(office: DemoOffice) -> None:
    await with_a_secret(office)
    kakanwil = office["Kakanwil"]
    offered = await kakanwil.person.offered("printer")
    kakanwil.person.posts(offered)
    await office.settle()
    assert len(await office.cases()) == 2
    assert kakanwil.person.received[-1].words.startswith("📋") or "SW-2026-0001" in kakanwil.person.received[-1].words
    assert not kakanwil.person.received[-1].button("Kirim")
