"""What a search costs in a large record: from the words to what stands on the card, for each role and kind of words."""

import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import Engine, create_engine, insert, select, text
from sqlalchemy.orm import Session

from bot.rules import load_rules
from bot.settings import Settings
from bot.storage import migration
from models.office.person import Person
from models.queries import finding
from models.repository.reader import Reader
from models.rules.rules import Rules
from models.search import terms
from models.search.question import Asked
from models.tables import METADATA
from tests.benchmarks.databases import Databases
from tests.benchmarks.figures import Figure, Findings
from tests.models.bureau import Bureau

_AT_ONCE = 2_000
_GOAL = 50
"""Milliseconds within which 95 of 100 searches are to be answered."""

_EVERYDAY = [
    "printer",
    "aplikasi",
    "jaringan",
    "email",
    "komputer",
    "simpeg",
    "layar",
    "loket",
    "server",
    "internet",
    "cetak",
    "sandi",
    "akun",
    "data",
    "laporan",
    "berkas",
    "paspor",
    "wifi",
    "keyboard",
    "scanner",
    "lambat",
    "mati",
    "error",
    "rusak",
    "buka",
    "login",
    "kirim",
    "simpan",
    "unduh",
    "pasang",
]
"""Words that stand in many reports; those of `_words` are rarer and rarer."""

_SYLLABLES = [
    "ba",
    "be",
    "bi",
    "bo",
    "bu",
    "ca",
    "ci",
    "da",
    "de",
    "di",
    "du",
    "ga",
    "gu",
    "ha",
    "hi",
    "ja",
    "ka",
    "ko",
    "la",
    "li",
    "lu",
    "ma",
    "mi",
    "na",
    "no",
    "pa",
    "pi",
    "ra",
    "ro",
    "sa",
    "si",
    "ta",
    "to",
]


def search(databases: Databases, findings: Findings, *, seed: int, cases: int) -> None:
    """Fill a record with so many cases that are over, then look for words as each role."""
    url = databases.make("search")
    engine = create_engine(url)
    migration.upgrade(engine)
    rules = load_rules(Settings.load(None))
    Bureau.founds(engine, rules)
    bureau = Bureau(engine, rules)
    bureau.lives_through_much()
    chosen = random.Random(seed)
    vocabulary = [*_EVERYDAY, *_words(chosen, 20_000)]
    began = time.perf_counter()
    _fill(engine, chosen, vocabulary, cases, rules)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    took = time.perf_counter() - began
    findings.add(Figure("search", "cases in the record", cases, "", f"filled in {took:.0f} s"))
    asked = list(_questions(chosen, vocabulary, cases))
    for role in ("dewi", "bambang", "rina", "budi"):
        _measured(engine, rules, bureau[role].id, "printer")
        both = [_measured(engine, rules, bureau[role].id, one) for one in asked]
        spans, busy = (sorted(one[place] for one in both) for place in range(2))
        p95 = spans[int(len(spans) * 0.95)]
        middle = statistics.median(spans)
        meaning = f"{role}, {len(spans)} searches; median {middle:.1f} ms, longest {spans[-1]:.1f} ms"
        findings.add(Figure("search", f"95th percentile, {_ROLES[role]}", p95, "ms", meaning, most=_GOAL))
        of_this = f"of this process, without a server; median {statistics.median(busy):.1f} ms"
        share = busy[int(len(busy) * 0.95)]
        findings.add(Figure("search", f"95th percentile, {_ROLES[role]}, processor", share, "ms", of_this))
    engine.dispose()


_ROLES = {"dewi": "admin", "bambang": "head of the office", "rina": "JFT Prakom", "budi": "reporter"}


def _words(chosen: random.Random, number: int) -> Iterator[str]:
    for _ in range(number):
        yield "".join(chosen.choice(_SYLLABLES) for _ in range(chosen.randint(2, 4)))


def _questions(chosen: random.Random, vocabulary: list[str], cases: int) -> Iterator[str]:
    """Yield what people look for: everyday words, rare ones, two of them, numbers, names, a month."""
    for _ in range(40):
        yield chosen.choice(_EVERYDAY)
        yield chosen.choice(vocabulary)
        yield f"{chosen.choice(_EVERYDAY)} {chosen.choice(_EVERYDAY)}"
        yield f"{chosen.choice(_EVERYDAY)} {chosen.choice(vocabulary[:2000])}"
        yield f"{chosen.randint(1, cases)}"
        yield f"rina {chosen.choice(_EVERYDAY)}"
        yield f"{chosen.choice(_EVERYDAY)} november 2026"


def _measured(engine: Engine, rules: Rules, person_id: int, typed: str) -> tuple[float, float]:
    """Return how long a search took, by the clock and by the processor, in milliseconds."""
    at = datetime(2026, 12, 1, 2, tzinfo=UTC)
    with Session(engine) as session, session.begin():
        reader = Reader(session, rules=rules, at=at)
        person = session.get_one(Person, person_id)
        reader.office()
        began, busy = time.perf_counter(), time.process_time()
        asked = Asked.parse(typed)
        found = finding.search(reader, person, asked)
        finding.shown(reader, person, asked, found)
        return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


def _fill(engine: Engine, chosen: random.Random, vocabulary: list[str], cases: int, rules: Rules) -> None:
    tables, zone = METADATA.tables, rules.office.calendar.zone
    weights = list(accumulate(1 / (place + 3) for place in range(len(vocabulary))))
    with engine.connect() as connection:
        kept: dict[str, dict[str, Any]] = {
            name: dict(connection.execute(select(tables[name]).order_by(tables[name].c.id).limit(1)).mappings().one())
            for name in ("journal_chains", "cases", "tasks")
        }
        people = list(connection.scalars(select(tables["people"].c.id)))
    for first in range(0, cases, _AT_ONCE):
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in (*kept, "search_documents")}
        for number in range(first, min(first + _AT_ONCE, cases)):
            key = 1_000 + number
            opened = datetime(2021, 1, 4, 1, tzinfo=UTC) + timedelta(minutes=25 * number)
            said = [" ".join(chosen.choices(vocabulary, cum_weights=weights, k=25)) for _ in range(2)]
            reporter, decider = chosen.choice(people), chosen.choice(people)
            case = {**kept["cases"], "id": key, "chain_id": key, "number": f"SW-{opened.year}-{1_000 + number}"}
            case |= {"text": said[0], "reporter_id": reporter, "opened_at": opened, "closed_at": opened}
            case |= {"state": "closed", "confidential": number % 50 == 0}
            task = {**kept["tasks"], "id": 10_000 + key, "case_id": key, "decided_by_id": decider, "note": said[1]}
            task |= {"opened_at": opened, "due_at": opened, "closed_at": opened, "chase_at": None}
            found = terms.of_case(case, zone) | terms.of_task(task)
            rows["journal_chains"].append({**kept["journal_chains"], "id": key, "subject": f"case:{case['number']}"})
            rows["cases"].append(case)
            rows["tasks"].append(task)
            document = {"case_id": key, "terms": "".join(f" {one}" for one in sorted(found)), "size": len(found)}
            rows["search_documents"].append(document)
        with engine.begin() as connection:
            for name, some in rows.items():
                connection.execute(insert(tables[name]), some)
