"""A step is late, and the superior cannot hear of it: escalation goes on up, read in the chats."""

from pathlib import Path

from tests.journeys.demo_office import STAFF, DemoOffice, demo_office

HOLDS_BOTH = {
    **{name: held for name, held in STAFF.items() if name != "Kasubbag"},
    "Kepala": ("jft-prakom", "Kepala Contoh"),
}
"""An office in which nobody but the Kabag can be Kasubbag."""


async def waits_until_escalated(office: DemoOffice) -> None:
    """Let two standards of 30 minutes pass, and the spacing of the reminders."""
    for _ in range(4):
        await office.passes(minutes=20)


async def test_kadiv_hears_what_kasubbag_holds_up_while_kabag_has_blocked_the_bot(office: DemoOffice) -> None:
    kadiv, kabag = office["Kadiv"], office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=4)
    kabag.person.blocks_bot()
    await office.settle()
    assert not kadiv.sees("tertahan di Kasubbag")

    await waits_until_escalated(office)

    assert kadiv.sees("tertahan di Kasubbag"), kadiv.chat
    told = [number for one in await office.journal("chase") for number in one.get("to", ())]
    account = kadiv.person.account.account_id
    assert await office.asks(lambda records: records.known(account).id) in told
    await kadiv.taps("Status", kadiv.message("tertahan di Kasubbag"))
    assert kadiv.sees("4/9")
    await kadiv.taps("Riwayat")
    assert kadiv.sees("diberitahukan kepada atasan dan pengelola SOP (Dina Contoh"), "the record says to whom"
    assert await office.verified()


async def test_kadiv_hears_what_kabag_holds_up_as_kasubbag(tmp_path: Path, migrated_url: str) -> None:
    async with demo_office(tmp_path, database_url=migrated_url, staff=HOLDS_BOTH) as office:
        await office.appoints("Kabag", "kasubbag-humas")
        await office.report("Budi", "SIMPEG tidak dapat dibuka")
        await office.walk(until=4)
        assert office["Kabag"].sees("langkah 4 dari 9")

        await waits_until_escalated(office)

        assert office["Kadiv"].sees("tertahan di Kasubbag"), office["Kadiv"].chat
        assert not office["Kakanwil"].sees("tertahan di Kasubbag")
        assert await office.verified()
