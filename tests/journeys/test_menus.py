"""The menu of commands in each chat: what its person may use, set once, and changed with the person's role."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot.sandbox.faults import Fault, Trouble
from models.administration import appointment, menus
from models.case.task import Task
from models.office.menu import Menu
from models.office.person import Person
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice

REPORTER = ["lapor", "status", "cari", "sop", "libur", "privasi", "bahasa", "bantuan"]
LOOKING = ["lapor", "tugas", "status", "papan", "cari", "rekap"]
LAST = ["statistik", "sop", "libur", "privasi", "bahasa", "bantuan"]
OFFICIAL = [*LOOKING, "cuti", *LAST]
KEEPER = [*LOOKING, "cuti", "register", *LAST]
ADMIN = [*LOOKING, "cuti", "kelola", "register", *LAST]
STRANGER = ["bahasa", "bantuan"]
REFUSABLE = ["papan", "kelola", "register", "statistik"]
"""What is refused to those who may not use it; the other commands answer everybody, if only that there is nothing."""


def menu(office: DemoOffice, name: str) -> list[str]:
    """Return what Telegram offers in somebody's chat: the narrowest scope that has any."""
    commands, account = office.sandbox.world.commands, office[name].person.account.account_id
    found = commands.get(("chat", account, "")) or commands.get(("all_private_chats", 0, "")) or []
    return [str(one["command"]) for one in found]


def calls(office: DemoOffice) -> Counter[int]:
    """Return how often the menu of each chat was set or taken away."""
    scopes = [one.params["scope"] for one in office.sandbox.calls if "MyCommands" in one.method]
    own = [json.loads(scope) if isinstance(scope, str) else scope for scope in scopes]
    return Counter(scope["chat_id"] for scope in own if scope["type"] == "chat")


async def test_each_sees_what_they_may_use_and_a_start_sets_nothing_twice(office: DemoOffice) -> None:
    office.newcomer("Orang Asing", 9001)
    await office.stops()
    await office.starts()
    expected = {"Budi": REPORTER, "Rina": KEEPER, "Kadiv": OFFICIAL, "Kasubbag": ADMIN, "Orang Asing": STRANGER}
    assert {name: menu(office, name) for name in expected} == expected
    assert set(calls(office).values()) == {1}
    before = calls(office)
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Teruskan ke")
    await office.stops()
    await office.starts()
    assert calls(office) == before


async def test_it_changes_with_the_role_and_the_language(office: DemoOffice) -> None:
    await office.stops()
    await office.starts()
    await _does(office, "Budi", lambda records, budi: appointment.appoint(records, budi, "jft-prakom"))
    assert menu(office, "Budi") == KEEPER
    await _does(office, "Budi", lambda records, budi: appointment.relieve(records, budi, "jft-prakom"))
    assert menu(office, "Budi") == REPORTER
    account = office["Budi"].person.account.account_id
    before = calls(office)[account]
    await office["Budi"].says("/bahasa en")
    assert calls(office)[account] == before + 1
    assert office.sandbox.world.commands["chat", account, ""][0]["description"] == "Report a problem"


async def test_a_plh_has_tasks_and_nothing_to_be_away_from(office: DemoOffice) -> None:
    await office.stops()
    await office.starts()
    nips = [await _nip(office, name) for name in ("Kadiv", "Wati")]
    await office["Kasubbag"].says(f"/kelola plh {nips[0]} {nips[1]} hari ini; W.25-KP-7; 20/11/2026")
    assert menu(office, "Wati") == [*LOOKING, *LAST]
    await office.comes(office.clock.now() + timedelta(days=1))
    assert menu(office, "Wati") == REPORTER


@pytest.mark.parametrize("name", ["Budi", "Rina", "Kadiv", "Kasubbag", "Wati"])
async def test_what_is_refused_stands_in_no_menu_and_what_stands_there_is_not_refused(
    office: DemoOffice, name: str
) -> None:
    """The menu and the answers are held against each other. Wati is the Kadiv's Plh."""
    await office.stops()
    await office.starts()
    nips = [await _nip(office, one) for one in ("Kadiv", "Wati")]
    await office["Kasubbag"].says(f"/kelola plh {nips[0]} {nips[1]} hari ini; W.25-KP-7; 20/11/2026")
    refused = set()
    for command in ADMIN:
        before = len(office[name].person.chat)
        await office[name].says(f"/{command}")
        answers = [one.words for one in office[name].person.chat[before:] if one.from_bot]
        if any("anya untuk" in words or "Hanya admin" in words for words in answers):
            refused.add(command)
    assert refused == set(REFUSABLE) - set(menu(office, name))


async def test_a_lost_phone_shows_what_strangers_see(office: DemoOffice) -> None:
    await office.stops()
    await office.starts()
    await _does(office, "Kadiv", appointment.unbind)
    assert menu(office, "Kadiv") == STRANGER


async def test_a_change_that_telegram_did_not_take_is_made_after_a_restart(office: DemoOffice) -> None:
    await office.stops()
    await office.starts()
    office.sandbox.faults.sometimes("setMyCommands", Fault(Trouble.SERVER_ERROR), rate=1.0)
    await _does(office, "Budi", lambda records, budi: appointment.appoint(records, budi, "jft-prakom"))
    assert menu(office, "Budi") == REPORTER
    office.sandbox.faults.clear()
    await office.stops()
    await office.starts()
    assert menu(office, "Budi") == KEEPER


async def test_only_news_of_menus_lets_them_be_looked_at(office: DemoOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process tells of cases each second, and each look is a transaction that writes."""
    await office.stops()
    await office.starts()
    looks, due = list[Sequence[Menu]](), menus.due

    def noted(session: Session) -> Sequence[Menu]:
        looks.append(due(session))
        return looks[-1]

    monkeypatch.setattr("bot.menus.menus.due", noted)
    office.program.database.changed_elsewhere(frozenset({Task}))
    await office.settle()
    assert looks == []
    office.program.database.changed_elsewhere(frozenset({Menu}))
    await office.settle()
    assert looks == [[]]


async def _does(office: DemoOffice, name: str, door: Callable[[Records, Person], object]) -> None:
    account = office[name].person.account.account_id
    await office.asks(lambda records: door(records, records.known(account)))
    await office.settle()


async def _nip(office: DemoOffice, name: str) -> str:
    account = office[name].person.account.account_id
    return await office.asks(lambda records: records.known(account).nip)
