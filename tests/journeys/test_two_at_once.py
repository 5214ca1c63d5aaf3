"""Two officials tap at once: one decision, and the other learns who was first."""

from tests.journeys.demo_office import DemoOffice


async def test_two_jft_prakom_start_the_same_case_at_once(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=4)
    await office["Kasubbag"].taps("Teruskan ke")
    await office["Kasubbag"].taps("Siapa saja")
    rina, andi = office["Rina"], office["Andi"]

    first = rina.person.taps("Mulai tangani")
    second = andi.person.taps("Mulai tangani")
    await office.settle()
    toasts = {await first.answered(), await second.answered()}

    assignee = (await office.task()).assignee
    assert assignee is not None
    assert any("kini Anda tangani" in toast for toast in toasts)
    assert any(f"ditangani oleh {assignee.name}" in toast for toast in toasts)
    loser = andi if assignee.name == "Rina Contoh" else rina
    assert not loser.sees("Mulai tangani"), "the card of the one who was second has lost its buttons"
    assert await office.verified()


async def test_a_double_tap_forwards_once(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    kakanwil = office["Kakanwil"]
    card = kakanwil.message("DISPOSISI")
    button = card.button("Teruskan ke")
    assert button is not None
    assert button.data is not None

    presses = [kakanwil.person.forges(button.data, card) for _ in range(5)]
    await office.settle()

    toasts = [await press.answered() for press in presses]
    assert sum("Diteruskan ke" in toast for toast in toasts) == 1
    assert sum("Sudah diputuskan (diteruskan) oleh Karel Contoh" in toast for toast in toasts) == 4
    assert [task.step for task in (await office.case()).tasks] == [1, 2]
