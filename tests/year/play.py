"""Plays a stretch of time in one office, from the seed: its people, its reports, and what happens to it."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from bot import rules as adopting
from bot.storage import migration
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.repository.records import Records
from models.rules.office_file import load_office
from models.rules.rules import Rules
from models.rules.sop_file import load_sops
from tests.year.changes import Changes
from tests.year.days import DAY, Almanac, Days
from tests.year.house import House
from tests.year.people import People, Somebody
from tests.year.progress import Progress, Say, unsaid

PACKAGED = Path(__file__).parents[2] / "models"
YEARS = range(2026, 2029)

OFFICIALS = (
    ("Karel", "kakanwil", False),
    ("Dina", "kadiv", True),
    ("Bram", "kabag-p2l", True),
    ("Sari", "kasubbag-humas", False),
    ("Rina", "jft-prakom", False),
    ("Andi", "jft-prakom", True),
    ("Lia", "jft-prakom", False),
)
"""Invented people with the post they hold at first, and whether they are lazy."""

SPARES = ("Tono", "Wulan", "Yusuf")
"""Who may be appointed when a post falls vacant."""

REPORTERS = 24

WORKED_OFF_WITHIN = timedelta(days=60)
"""How long the office may take, after the last report, until everything is done."""


@dataclass(frozen=True)
class Stretch:
    """What is played: where, from when to when, with how many reports and how many of everything else."""

    zone: str
    start: date
    end: date
    reports: int
    vacancies: int
    phones: int
    blocks: int
    days_off: int
    seed: int
    pauses: bool = False
    mandate: bool = True
    """Whether a Plh. may do the eighth step, the approval."""

    @property
    def name(self) -> str:
        """The name by which a random source knows it."""
        return f"{self.seed}/{self.zone}/{self.start}/{self.reports}"


def play(stretch: Stretch, url: str, folder: Path, *, say: Say = unsaid) -> House:
    """Play it whole on an empty database, and return the office as it is then. The caller closes it.

    `say` is given a line every week, and one for each fault when it is found.
    """
    office, sops = _files(stretch, folder)
    rules = Rules(office=load_office(office), sops=load_sops(sops))
    days = Days.on_file(office, YEARS)
    start = days.midnight(stretch.start)
    house = House(url, rules, Almanac([(start - DAY, days)]), start=start)
    migration.upgrade(house.database.engine)
    house.work(adopting.adopt)
    chance = random.Random(stretch.name)
    people = People(house, chance)
    changes = Changes(house, people, chance, start=stretch.start, end=stretch.end)
    _appoint(house, people, changes)
    house.later(start + timedelta(hours=8), house.every_day)
    Progress(house, stretch.zone.partition("/")[2], say).begin(stretch.start + DAY * 5)
    changes.plan(vacancies=stretch.vacancies, phones=stretch.phones, blocks=stretch.blocks, days_off=stretch.days_off)
    house.later(days.midnight(date(2027, 2, 7)) + timedelta(hours=19), lambda: changes.ramadan(*_RAMADAN))
    _plan_reports(stretch, house, people, chance)
    house.run(days.midnight(stretch.end))
    people.calm = True
    until = house.at + WORKED_OFF_WITHIN
    while house.docket.waiting and house.at < until:
        house.run(house.at + DAY)
    return house


_RAMADAN = (date(2027, 2, 9), date(2027, 3, 10))
"""A day later than the office file has it."""


def _files(stretch: Stretch, folder: Path) -> tuple[Path, Path]:
    """Write the files of the office: the packaged ones in its zone, and with a clock that pauses if it is to."""
    text = (PACKAGED / "offices/sulawesi-utara.toml").read_text(encoding="utf-8")
    office = folder / "office.toml"
    office.write_text(text.replace("Asia/Makassar", stretch.zone), encoding="utf-8")
    sops = folder / "sops"
    sops.mkdir()
    sop = (PACKAGED / "sops/penanganan-masalah-software.toml").read_text(encoding="utf-8")
    if stretch.pauses:
        sop = sop.replace('kind = "handle"', 'kind = "handle"\npauses = true')
    if not stretch.mandate:
        sop = sop.replace('kind = "approve"', 'kind = "approve"\nmandate = false')
    (sops / "penanganan-masalah-software.toml").write_text(sop, encoding="utf-8")
    return office, sops


def _appoint(house: House, people: People, changes: Changes) -> None:
    """Let everybody be registered a month before, and the officials hold their posts."""
    known = [(name, post, lazy) for name, post, lazy in OFFICIALS]
    known += [(name, "", False) for name in ("Admin", *SPARES)]
    known += [(f"Pelapor {number}", "", False) for number in range(1, REPORTERS + 1)]
    for number, (name, post, lazy) in enumerate(known, start=1):
        person = Somebody(_hire(house, name, post, number), f"{name} Contoh", 7000 + number, lazy=lazy)
        people.known[person.id] = person
        house.owners[7000 + number] = person.id
        house.facts.bind(house.at, person.id)
        if post:
            held = house.facts.posts[post].now if post in house.facts.posts else ()
            house.facts.hold(house.at, post, (*held, (person.id, "definitive")))
            changes.officials.append(person)
        elif name == "Admin":
            changes.admin, house.facts.admins = person, frozenset({person.id})
        elif name in SPARES:
            changes.spares.append(person)


def _hire(house: House, name: str, post: str, number: int) -> int:
    def work(records: Records) -> int:
        person = Person(
            name=f"{name} Contoh",
            nip=f"19800101200501{1 + number % 2}{number:03d}",
            account_id=7000 + number,
            unit="Subbagian Kepegawaian",
            is_admin=name == "Admin",
            registered_at=records.at - timedelta(days=30),
        )
        records.session.add(person)
        if post:
            records.session.add(Tenure.begin(person, post, capacity=Capacity.DEFINITIVE, at=records.at))
        records.session.flush()
        return person.id

    return house.work(work)


def _plan_reports(stretch: Stretch, house: House, people: People, chance: random.Random) -> None:
    """Let everybody report now and then, officials too, most of them while the office is open."""
    everybody = list(people.known.values())
    for _ in range(stretch.reports):
        day = stretch.start + DAY * chance.randrange((stretch.end - stretch.start).days)
        hour = chance.uniform(7.6, 15.9) if chance.random() < 0.85 else chance.uniform(0, 23.9)
        when: datetime = house.almanac.now.midnight(day) + timedelta(seconds=round(hour * 3600))
        person = chance.choice(everybody)
        house.later(when, partial(people.reports, person))
