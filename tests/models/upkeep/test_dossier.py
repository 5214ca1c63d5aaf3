"""What a person gets of all that is kept of them: each column of each table that may name somebody is tried."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, Table, insert, text
from sqlalchemy import Enum as Kinds

from models.administration import registers, seconding
from models.base import Instant
from models.case.case import Case
from models.office.absence import Absence
from models.office.person import Person
from models.office.proposal import ProposalKind
from models.proof.verification import verify
from models.tables import METADATA
from models.upkeep import breach
from models.upkeep.dossier import journal_of, rows_of
from tests.models.administration import leave
from tests.models.reports_joined import joins, leaves

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")

ACCOUNTS = {"telegram_id", "account_id", "claimed_by", "chat_id", "lane"}
ACCOUNT, NIP = 7_700_077, "199001012015011099"
OTHER = 900_000
"""A number that no person, no case and no account has."""

_BOT = "an account of the bot, not of a person"
_IN_ROW = "what it holds are tasks, files or words of a row that is exported for the column beside it"

LEFT_OUT = {
    ("people", "unbound_by_id"): "the row of somebody else, with their NIP: the entry of the unbinding is exported",
    ("bot_accounts", "account_id"): _BOT,
    ("content_copies", "account_id"): _BOT,
    ("printed_files", "account_id"): _BOT,
    ("journal_entries", "actor_id"): "exported as an entry, with its payload, by `journal_of`",
    ("tasks", "late_by"): "seconds",
    ("inbox", "message_id"): "the number of a message; its chat is `lane`",
    ("inbox", "update_id"): "the number of an update",
    ("cards", "message_id"): "the number of a message; its chat is `chat_id`",
    ("cards", "twin_id"): "the number of a message; its chat is `chat_id`",
}
"""Columns that may look as though they named somebody, and why no row is exported for them."""

LEFT_OUT_JSON = {
    "allowances": _IN_ROW,
    "first_words": _IN_ROW,
    "people": _IN_ROW,
    "cases": "where a report was forwarded from: a name as Telegram showed it, in the row of its reporter",
    "tasks": "files; who may not judge: reporters, whose own report or `joined_reports` row is exported",
    "disposition_drafts": "who is chosen in a card that somebody fills in: gone when it is sent, and told then",
    "evaluations": _IN_ROW,
    "report_drafts": _IN_ROW,
    "selections": _IN_ROW,
    "outbox": "what a message says that waits for its reader, in the row of that reader; gone after thirty days",
    "inbox": "an update as Telegram sent it: exported where it came from their own chat; gone after some days",
    "calendar_versions": "the office's calendar: who entered a day is told by the entry `calendar`, which is exported",
    "calendar_drafts": _IN_ROW,
    "journal_payloads": "exported as an entry by `journal_of`",
}
"""Tables with JSON of which no row is exported for what stands in the JSON, and why. `proposals` is tried below."""


def naming_columns() -> list[tuple[str, str]]:
    """Return every column that may name somebody: a foreign key to people, a number by its name, a NIP."""
    found = []
    for table in METADATA.sorted_tables:
        for column in table.columns:
            keys = {key.target_fullname for key in column.foreign_keys}
            by_name = not keys and isinstance(column.type, Integer) and column.name.endswith(("_id", "_by", "lane"))
            if "people.id" in keys or by_name or column.name == "nip":
                found.append((table.name, column.name))
    return found


def filled(table: Table, name: str, value: object) -> dict[str, object]:
    """Return a row of a table that names somebody in one column, and nobody in the others."""
    return {column.name: _filler(column) for column in table.columns if not column.nullable} | {name: value}


def _filler(column: Column[Any]) -> object:
    kind: Any = column.type
    if isinstance(kind, Instant):
        return datetime(2026, 11, 23, tzinfo=UTC)
    if isinstance(kind, Date):
        return date(2026, 11, 23)
    if isinstance(kind, JSON):
        return {}
    if isinstance(kind, LargeBinary):
        return b"1" * 32
    if isinstance(kind, Kinds):
        return next(iter(kind.enum_class or kind.enums))
    if isinstance(kind, Boolean):
        return False
    return OTHER if isinstance(kind, Integer | Float) else "x"


def test_a_row_that_names_a_person_is_exported_for_them_or_a_reason_is_given(bureau: Bureau) -> None:
    def exported(records: Records) -> set[tuple[str, str]]:
        session = records.session
        person = session.get_one(Person, bureau["budi"].id)
        person.account_id, person.nip = ACCOUNT, NIP
        session.flush()
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        session.execute(text("PRAGMA ignore_check_constraints = ON"))
        found = {("people", "nip")} if rows_of(session, person)["people"] else set()
        for table, column in naming_columns():
            kept, before = METADATA.tables[table], len(rows_of(session, person).get(table, []))
            value: object = NIP if column == "nip" else ACCOUNT if column in ACCOUNTS else person.id
            if (table, column) in {("people", "telegram_id"), ("people", "nip")}:
                continue
            with session.begin_nested() as tried:
                session.execute(insert(kept).values(filled(kept, column, value)))
                if len(rows_of(session, person).get(table, [])) > before:
                    found.add((table, column))
                tried.rollback()
        session.rollback()
        return found

    every = set(naming_columns()) - {("people", "telegram_id")}
    assert bureau.work(exported) == every - set(LEFT_OUT)
    assert set(LEFT_OUT) <= every, "a reason is given for what there is"


def test_every_table_with_json_has_a_reason() -> None:
    with_json = {table.name for table in METADATA.sorted_tables for one in table.columns if isinstance(one.type, JSON)}
    assert set(LEFT_OUT_JSON) | {"proposals"} == with_json


def test_who_is_away_gets_the_proposal_of_their_plh(bureau: Bureau) -> None:
    def proposals(records: Records) -> list[int]:
        person = records.session.get_one(Person, bureau["hendra"].id)
        return [one["id"] for one in rows_of(records.session, person).get("proposals", [])]

    assert bureau.work(proposals) == []
    data = {"away": bureau["hendra"].id, "first": "2026-11-24", "last": None, "decree": "1", "decree_day": "2026-11-20"}

    def propose(records: Records) -> None:
        by, plh = (records.session.get_one(Person, bureau[one].id) for one in ("dewi", "maria"))
        seconding.propose(records, ProposalKind.NAME_PLH, plh, by=by, data=data)

    bureau.work(propose)
    assert len(bureau.work(proposals)) == 1


def copy_of(bureau: Bureau, name: str) -> str:
    """Return all that a person gets as their copy, as text."""

    def read(records: Records) -> str:
        person = records.session.get_one(Person, bureau[name].id)
        return repr((rows_of(records.session, person), list(journal_of(records.session, person))))

    return bureau.work(read)


def said(bureau: Bureau, name: str, action: str) -> dict[str, Any]:
    """Return what the newest entry of an action says in the copy of a person."""

    def read(records: Records) -> dict[str, Any]:
        person = records.session.get_one(Person, bureau[name].id)
        found = [one["payload"] for one in journal_of(records.session, person) if one["action"] == action]
        assert found, f"no {action}"
        return dict(found[-1])

    return bureau.work(read)


WHY_LATE, WHY_MORE, WHY_ON = "Anak saya dirawat.", "Istri saya melahirkan.", "Saya cuti sakit."


def handled_with_trouble(bureau: Bureau) -> int:
    """Let a case go on with a note, a reason of a lateness, a wish for more time, a transfer and an appraisal."""
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="rina", note="Pelapor menunggu sejak pagi.")
    bureau["rina"].starts(case_id)
    bureau["rina"].asks_for_more_time(case_id, note=WHY_MORE)
    bureau.works(3 * 450)
    bureau["rina"].explains(case_id, WHY_LATE)
    bureau["rina"].hands_on(case_id, to="andi", note=WHY_ON)
    bureau["andi"].hands_in(case_id)
    bureau.finishes(case_id)
    bureau["maria"].appraises(case_id)
    return case_id


def test_a_reporter_gets_what_was_said_of_their_report_and_not_what_officials_say_of_themselves(
    bureau: Bureau,
) -> None:
    """UU 27/2022: pasal 32 gives access to one's own data, pasal 33 huruf b keeps the data of others from it."""
    handled_with_trouble(bureau)
    copied = copy_of(bureau, "budi")
    assert "Pelapor menunggu sejak pagi." in copied
    for words in (WHY_LATE, WHY_MORE, WHY_ON):
        assert words not in copied
    for action in ("explain", "extend", "transfer"):
        told = said(bureau, "budi", action)
        assert (told["step"], told["withheld"]) == (5, ["text"]), "that it happened, and at which step, is theirs"
    appraised = said(bureau, "budi", "appraise")
    assert ("well" in appraised, appraised["withheld"]) == (False, ["well"])
    (case,) = bureau.work(lambda records: rows_of(records.session, records.session.get_one(Person, bureau["budi"].id)))[
        "cases"
    ]
    assert (case["well"], case["withheld"]) == (None, ["well"])


def test_who_said_it_and_who_was_told_keep_it(bureau: Bureau) -> None:
    handled_with_trouble(bureau)
    for words in (WHY_LATE, WHY_MORE, WHY_ON):
        assert words in copy_of(bureau, "rina")
    assert WHY_ON in copy_of(bureau, "andi"), "it was written to him"
    assert said(bureau, "maria", "appraise")["well"] is True


def test_who_appraised_a_case_does_not_get_the_report(bureau: Bureau) -> None:
    """What Budi wrote, and from where he forwarded it, are his data; that Maria praised the work is hers."""
    case_id = handled_with_trouble(bureau)
    words = bureau.case(case_id).text
    assert words in copy_of(bureau, "budi")
    assert words not in copy_of(bureau, "maria")

    def read(records: Records) -> dict[str, Any]:
        (case,) = rows_of(records.session, records.session.get_one(Person, bureau["maria"].id))["cases"]
        return case

    case = bureau.work(read)
    assert (case["id"], case["well"], case["text"], case["withheld"]) == (case_id, True, None, ["text"])


def test_a_plh_does_not_get_why_the_other_person_is_away(bureau: Bureau) -> None:
    absence_id = leave.files(bureau, "hendra", leave.THU, leave.FRI)
    leave.asks(bureau, absence_id, "maria")
    leave.answers(bureau, absence_id, "maria")
    bureau.work(lambda records: setattr(records.session.get_one(Absence, absence_id), "reason", WHY_ON))
    assert WHY_ON in copy_of(bureau, "hendra")
    assert WHY_ON not in copy_of(bureau, "maria")


def test_a_paper_that_left_stands_in_the_journals_of_all_whose_report_the_case_is(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    for name in ("dewi", "andi", "siti"):
        joins(bureau, name, case_id)
    leaves(bureau, "siti", case_id)

    def takes(records: Records) -> None:
        registers.take_paper(
            records, records.session.get_one(Case, case_id), "sheet", by=bureau["maria"]._person(records)
        )

    def told(records: Records) -> list[str]:
        """Return in whose journal it stands."""
        names = ("budi", "dewi", "andi", "siti")
        journals = {name: journal_of(records.session, bureau[name]._person(records)) for name in names}
        return [name for name in names if any(one["action"] == "take-paper" for one in journals[name])]

    bureau.work(takes)
    assert bureau.work(told) == ["budi", "dewi", "andi"]
    assert bureau.work(lambda records: verify(records.session)).first is None


def test_a_notice_of_a_breach_counts_all_who_reported(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", case_id)
    bureau.begins("budi", "Printer macet")
    assert "Laporan: 2, dari 2 pelapor" in bureau.work(breach.draft)


def test_the_journal_of_who_was_told_later_of_who_agreed_and_of_whom_rows_tell_is_theirs(bureau: Bureau) -> None:
    leave.leaves_to(bureau, "hendra", "maria", leave.THU, leave.FRI)

    def actions(records: Records) -> set[str]:
        person = records.session.get_one(Person, bureau["maria"].id)
        return {one["action"] for one in journal_of(records.session, person)}

    assert {"state", "ask-plh", "accept-plh"} <= bureau.work(actions)
