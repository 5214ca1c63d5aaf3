"""Whoever exceeds the time standard is chased: warned, late, then the superior and the watchers know."""

from datetime import UTC, datetime

from tests.journeys.demo_office import DemoOffice

MONDAY_LUNCH = datetime(2026, 11, 23, 4, 10, tzinfo=UTC)
"""12.10 WITA."""


async def test_the_ladder_from_the_warning_up_to_the_watchers(office: DemoOffice) -> None:
    kakanwil, kadiv, kasubbag, rina = office["Kakanwil"], office["Kadiv"], office["Kasubbag"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=2)

    await office.passes(minutes=23)
    assert not kadiv.sees("jatuh tempo")
    await office.passes(minutes=1)
    warning = kadiv.message("jatuh tempo Sen 23 Nov 09.00 WITA")
    assert warning.reply_to is not None
    assert "DISPOSISI" in warning.reply_to.words, "the nudge replies to the card"

    await office.passes(minutes=30)
    assert kadiv.sees("lewat batas waktu Sen 23 Nov 09.00 WITA")
    assert not kadiv.sees("jatuh tempo Sen"), "the older nudge is gone"
    assert not kakanwil.sees("tertahan")

    await office.passes(minutes=7)
    assert kakanwil.sees("tertahan di Kadiv")
    assert kasubbag.sees("tertahan di Kadiv")
    assert rina.sees("tertahan di Kadiv")
    assert len([one for one in kadiv.person.received if "lewat batas waktu" in one.words and one.reply_to]) == 1

    await kadiv.taps("Teruskan ke")
    assert not [one for one in kadiv.person.received if one.reply_to], "once decided, the nudges leave the chat"
    assert await office.verified()


async def test_nobody_is_chased_during_lunch_or_at_night(office: DemoOffice) -> None:
    await office.comes(datetime(2026, 11, 23, 3, 50, tzinfo=UTC))
    await office.report("Budi", "SIMPEG tidak dapat dibuka")

    await office.comes(MONDAY_LUNCH)
    await office.comes(datetime(2026, 11, 23, 4, 59, tzinfo=UTC))
    assert not office["Kakanwil"].sees("jatuh tempo"), "10 office minutes have passed, not 69"

    await office.comes(datetime(2026, 11, 23, 5, 15, tzinfo=UTC))
    assert office["Kakanwil"].sees("jatuh tempo"), "13.15: 25 office minutes"


async def test_after_downtime_over_a_weekend_there_is_one_summary_and_no_storm(office: DemoOffice) -> None:
    for text in ("SIMPEG mati", "SAKTI mati", "AHU mati"):
        await office.report("Budi", text)
    kakanwil = office["Kakanwil"]
    await office.stops()
    before = len(kakanwil.person.received)
    office.clock.jump_to(datetime(2026, 11, 30, 1, 0, tzinfo=UTC))

    await office.starts()

    arrived = kakanwil.person.received[before:]
    assert len(arrived) == 1, kakanwil.chat
    for number in ("0001", "0002", "0003"):
        assert number in arrived[0].words or arrived[0].button(number) is not None
    assert await office.verified()


async def test_every_morning_the_watchers_get_one_digest(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.report("Wati", "SAKTI tidak dapat dibuka")
    await office.passes(days=1)
    kasubbag = office["Kasubbag"]
    await office.comes(datetime(2026, 11, 25, 0, 30, tzinfo=UTC))
    digests = [one for one in kasubbag.person.received if "Ringkasan" in one.words or "rekap" in one.words.lower()]
    assert digests, kasubbag.chat


async def test_what_came_silently_at_night_is_named_at_the_opening(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await office.comes(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    card = kakanwil.message("DISPOSISI")
    assert card.silent
    before = len(kakanwil.person.received)
    await office.comes(datetime(2026, 11, 23, 23, 31, tzinfo=UTC))
    (reminder,) = kakanwil.person.received[before:]
    assert not reminder.silent
    assert reminder.button("0001") is not None or "0001" in reminder.words
