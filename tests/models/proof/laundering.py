"""A column forged just before the bot decides: what the decision tells from that row must not make the forgery hold.

Each `Scene` brings an office to the moment before one decision. There a forger writes another plausible value into one
column, the bot decides, and the record is verified: with the forged value still there, and with the old one put back,
as a forger would who wants only that the decision was taken by it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from models.administration.appointment import relieve
from models.case.attachment import Attachment
from models.journal.chain import Chain, Entry, Payload
from models.proof.verification import verify
from models.refusals import Refusal
from models.repository.told import STATE, STOCK
from models.rules.errors import DisposisiError
from models.rules.office_calendar import EntryKind
from models.rules.sop_file import parse_sop
from models.tables import METADATA
from models.upkeep import archiving
from tests.models.administration import leave
from tests.models.administration.test_calendar import enters, entry
from tests.models.bureau import HARDWARE, SOFTWARE, Bureau
from tests.models.case.test_copies import copied, reads
from tests.models.proof import unproved
from tests.models.proof.eventful import JPEG
from tests.models.proof.mutations import Mutation, Workbench
from tests.models.proof.test_testimony import file
from tests.models.reports_joined import joins, leaves, merges, parts
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from models.rules.rules import Rules

LEFT = {table: condition for table, (condition, _) in unproved.ROWS.items()}
"""A Laporan Evaluasi that is being written is no part of the record: the submission tells what stands in it then."""

_CHASING = {"chase", "overrun"}
_LISTENERS = {"to", "later", "within"}
"""Who was told of a chase, now or later, or with which rung: the keys of its entry."""

_FAILED = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, StopIteration)
_UNDONE = (Refusal, DisposisiError, SQLAlchemyError, *_FAILED)
"""What work raises on rows that the program does not write."""

Act = Callable[[Bureau, int], object]
"""Lets the bot decide, in the case with this number."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What has happened before the decision, and the decision. `bring` returns the number of the case's row."""

    bring: Callable[[Bureau], int]
    act: Act


def _at(step: int) -> Callable[[Bureau], int]:
    def bring(bureau: Bureau) -> int:
        case_id = bureau.begins("budi")
        bureau.walks(case_id, until=step)
        return case_id

    return bring


def _begun(bureau: Bureau) -> int:
    case_id = _at(5)(bureau)
    bureau["rina"].starts(case_id)
    return case_id


def _asked(bureau: Bureau) -> int:
    case_id = _begun(bureau)
    bureau["rina"].asks(case_id)
    return case_id


def _paused(bureau: Bureau) -> int:
    text = bureau.rules.sops[SOFTWARE].text
    bureau.knows(parse_sop(text.replace('standard = "2 hari"', 'standard = "2 hari"\npauses = true'), source="test"))
    return _asked(bureau)


def _second_round(bureau: Bureau) -> int:
    """A case that was returned, with a submitted Laporan Evaluasi and all of another but its submission."""
    case_id = _begun(bureau)
    bureau["rina"].hands_in(case_id)
    bureau["maria"].gives_back(case_id)
    bureau["rina"].attaches(case_id, file("g"))
    bureau["rina"].fills(case_id)
    return case_id


def _reviewed(bureau: Bureau) -> int:
    case_id = _second_round(bureau)
    bureau["rina"].submits(case_id)
    return case_id


def _wants_more_time(bureau: Bureau) -> int:
    case_id = _begun(bureau)
    bureau["rina"].asks_for_more_time(case_id)
    return case_id


def _has_more_time(bureau: Bureau) -> int:
    case_id = _wants_more_time(bureau)
    bureau["maria"].grants(1)
    return case_id


def _consulting(bureau: Bureau) -> int:
    case_id = _begun(bureau)
    bureau["rina"].consults(case_id, post="kabag-p2l")
    return case_id


def _recallable(bureau: Bureau) -> int:
    case_id = _at(2)(bureau)
    bureau["siti"].forwards(case_id)
    return case_id


def _closed(bureau: Bureau) -> int:
    case_id = bureau.begins("budi")
    bureau.finishes(case_id)
    return case_id


def _late(bureau: Bureau) -> int:
    case_id = _at(2)(bureau)
    bureau.works(26)
    bureau.sweeps()
    bureau.works(60)
    return case_id


def _overrunning(bureau: Bureau) -> int:
    case_id = _second_round(bureau)
    bureau.works(60 * 8 * 12)
    return case_id


def _copied(bureau: Bureau) -> int:
    case_id = bureau.begins("siti")
    copied(bureau, case_id, "bambang", "kabag-p2l")
    return case_id


def _absent(bureau: Bureau) -> int:
    """A case at the desk of one who is away from Thursday on, with a Plh."""
    case_id = _at(3)(bureau)
    leave.leaves_to(bureau, "hendra", "maria", leave.THU, leave.FRI)
    leave.comes(bureau, leave.THU)
    return case_id


def _leaving(bureau: Bureau) -> int:
    case_id = _at(3)(bureau)
    absence_id = leave.files(bureau, "hendra", leave.THU, leave.FRI)
    leave.asks(bureau, absence_id, "maria")
    return case_id


def _filed(bureau: Bureau) -> int:
    """A report with files, one of which is kept by the archive."""

    def report(records: Records) -> int:
        budi = bureau["budi"]._person(records)
        origin = {"chat": "Grup Humas", "chat_id": -1001, "author": "Budi", "message_id": 7}
        report = replace(a_report("Wifi", files=[file("a"), file("b")]), origin=origin)
        begun = records.begin(report, reporter=budi, sop=SOFTWARE)
        records.session.flush()
        return begun.case.id

    case_id = bureau.work(report)
    bureau.work(lambda records: archiving.keep(records, _files(records)[0], digest="1" * 64, size=9, media_type=JPEG))
    return case_id


def _files(records: Records) -> Sequence[int]:
    return records.session.scalars(select(Attachment.id).order_by(Attachment.id)).all()


def _keeps(bureau: Bureau, _: int) -> None:
    bureau.work(lambda records: archiving.keep(records, _files(records)[1], digest="2" * 64, size=9, media_type=JPEG))


def _erases(bureau: Bureau, _: int) -> None:
    bureau.work(lambda records: archiving.erase(records, "1" * 64, because="diminta pelapor"))


def _continues(bureau: Bureau, case_id: int) -> None:
    following = replace(a_report("Belum selesai"), previous_case_id=case_id)
    bureau.work(lambda records: records.begin(following, reporter=bureau["budi"]._person(records), sop=SOFTWARE))


def _detaches(bureau: Bureau, case_id: int) -> None:
    def detach(records: Records) -> None:
        proceeding = records.case(case_id)
        task = proceeding.case.open_task
        assert task is not None
        newest = records.session.get_one(Attachment, _files(records)[-1])
        records.detach(proceeding, task, newest, by=bureau["rina"]._tenure(records, task))

    bureau.work(detach)


def _encloses(bureau: Bureau, case_id: int) -> None:
    bureau.work(lambda records: records.case(case_id).enclose([file("e")], by=bureau["budi"]._person(records)))


def _changes_unit(name: str) -> Act:
    def change(records: Records, bureau: Bureau) -> None:
        bureau[name]._person(records).unit = "Humas"

    return lambda bureau, _: bureau.work(lambda records: change(records, bureau))


def _relieves(bureau: Bureau, _: int) -> None:
    def end(records: Records) -> None:
        relieve(records, bureau["hendra"]._person(records), "kabag-p2l", by=bureau["dewi"]._person(records))

    bureau.work(end)


def _with_a_fellow(bureau: Bureau) -> int:
    case_id = _begun(bureau)
    joins(bureau, "dewi", case_id)
    return case_id


def _two_alike(bureau: Bureau) -> int:
    bureau.begins("budi", "SIMPEG mati")
    return bureau.begins("andi", "SIMPEG error")


def _merged(bureau: Bureau) -> int:
    case_id = _two_alike(bureau)
    merges(bureau, "bambang", case_id, case_id - 1)
    return case_id


SCENES: Mapping[str, Scene] = {
    "report": Scene(_at(2), lambda bureau, _: bureau.begins("budi", "Lagi")),
    "report-again": Scene(_closed, _continues),
    "forward": Scene(_at(2), lambda bureau, case_id: bureau["siti"].forwards(case_id, note="Mohon.")),
    "forward-to-several": Scene(_at(4), lambda bureau, case_id: bureau["maria"].forwards(case_id, to="rina")),
    "send-back": Scene(_at(3), lambda bureau, case_id: bureau["hendra"].sends_back(case_id)),
    "decline": Scene(_at(1), lambda bureau, case_id: bureau["bambang"].declines(case_id)),
    "move": Scene(_at(1), lambda bureau, case_id: bureau["bambang"].moves(case_id, to=HARDWARE)),
    "withdraw": Scene(_at(3), lambda bureau, case_id: bureau["budi"].withdraws(case_id)),
    "recall": Scene(_recallable, lambda bureau, case_id: bureau["siti"].recalls(case_id)),
    "start": Scene(_at(5), lambda bureau, case_id: bureau["rina"].starts(case_id)),
    "ask": Scene(_begun, lambda bureau, case_id: bureau["rina"].asks(case_id)),
    "ask-and-pause": Scene(_paused, lambda bureau, case_id: bureau["rina"].asks(case_id)),
    "answer": Scene(_asked, lambda bureau, _: bureau["budi"].answers(1, files=(file("c"),))),
    "answer-and-resume": Scene(_paused, lambda bureau, _: bureau["budi"].answers(1)),
    "attach": Scene(_second_round, lambda bureau, case_id: bureau["rina"].attaches(case_id, file("h"))),
    "detach": Scene(_second_round, _detaches),
    "enclose": Scene(_asked, _encloses),
    "note": Scene(_begun, lambda bureau, case_id: bureau["rina"].remarks(case_id)),
    "add": Scene(_begun, lambda bureau, case_id: bureau["budi"].adds(case_id)),
    "urge": Scene(_begun, lambda bureau, case_id: bureau["budi"].urges(case_id)),
    "join": Scene(_begun, lambda bureau, case_id: joins(bureau, "dewi", case_id)),
    "leave": Scene(_with_a_fellow, lambda bureau, case_id: leaves(bureau, "dewi", case_id)),
    "merge": Scene(_two_alike, lambda bureau, case_id: merges(bureau, "bambang", case_id, case_id - 1)),
    "part": Scene(_merged, lambda bureau, case_id: parts(bureau, "bambang", case_id - 1) and None),
    "transfer": Scene(_begun, lambda bureau, case_id: bureau["rina"].hands_on(case_id, to="andi")),
    "ask-for-time": Scene(_begun, lambda bureau, case_id: bureau["rina"].asks_for_more_time(case_id)),
    "grant": Scene(_wants_more_time, lambda bureau, _: bureau["maria"].grants(1)),
    "deny": Scene(_wants_more_time, lambda bureau, _: bureau["maria"].denies(1, "Cukup.")),
    "submit-extended": Scene(_has_more_time, lambda bureau, case_id: bureau["rina"].hands_in(case_id)),
    "consult": Scene(_begun, lambda bureau, case_id: bureau["rina"].consults(case_id, post="kabag-p2l")),
    "advise": Scene(_consulting, lambda bureau, _: bureau["hendra"].advises(1)),
    "submit": Scene(_second_round, lambda bureau, case_id: bureau["rina"].submits(case_id)),
    "pass": Scene(_reviewed, lambda bureau, case_id: bureau["maria"].passes_on(case_id)),
    "return": Scene(_reviewed, lambda bureau, case_id: bureau["maria"].gives_back(case_id)),
    "approve": Scene(_at(8), lambda bureau, case_id: bureau["siti"].approves(case_id)),
    "acknowledge": Scene(_at(9), lambda bureau, case_id: bureau["bambang"].acknowledges(case_id)),
    "feedback": Scene(_closed, lambda bureau, case_id: bureau["budi"].says_whether_it_helped(case_id, helped=True)),
    "chase": Scene(_late, lambda bureau, _: bureau.sweeps()),
    "overrun": Scene(_overrunning, lambda bureau, _: bureau.sweeps()),
    "read-copy": Scene(_copied, lambda bureau, _: reads(bureau, 1, "hendra")),
    "forward-as-plh": Scene(_absent, lambda bureau, case_id: bureau["maria"].forwards(case_id)),
    "absence-begins": Scene(_leaving, lambda bureau, _: leave.answers(bureau, 1, "maria")),
    "absence-ends": Scene(_absent, lambda bureau, _: leave.ends(bureau, 1, "hendra")),
    "relieve": Scene(_at(3), _relieves),
    "calendar": Scene(_at(5), lambda bureau, _: enters(bureau, entry(EntryKind.DAY_OFF, date(2026, 11, 24)))),
    "keep-file": Scene(_filed, _keeps),
    "erase-file": Scene(_filed, _erases),
    "person": Scene(_at(2), _changes_unit("budi")),
    "person-in-office": Scene(_at(2), _changes_unit("hendra")),
}


@dataclass(frozen=True, slots=True)
class Laundered:
    """A forgery that the record does not show after the decision; `put_back` says whether the row is as it was.

    `leaves_out` says that the journals tell nothing else than without it, only less: a chase is not told, or told to
    fewer people or later ones. No chain proves that it was owed: the program may have been down, and who is above a
    post stands in the office file.
    """

    scene: str
    mutation: Mutation
    put_back: bool
    leaves_out: bool = False


class Laundry:
    """One scene, played with each forgery. `image` is an office in which nothing has happened."""

    def __init__(self, name: str, image: bytes, rules: Rules) -> None:
        self.name, self._act = name, SCENES[name].act
        with closing(_copy(image)) as connection:
            bureau = Bureau(_engine(connection), rules)
            self._case_id = SCENES[name].bring(bureau)
            self._at, self._rules = bureau.at, bureau.rules
            self._image = connection.serialize()
        self._told = self._play(None)[0]

    def laundered(self, tables: Sequence[str], *, every_row: bool) -> Iterator[Laundered]:
        """Yield what is not found, of the columns of these tables."""
        with closing(_copy(self._image)) as connection:
            bench = Workbench(connection)
            mutations = [
                one
                for name in tables
                for one in bench.mutations(METADATA.tables[name], every_row=every_row, without=LEFT.get(name, "FALSE"))
            ]
        for mutation in mutations:
            told, left, put_back = self._play(mutation)
            if told == self._told:
                # What is told does not come from this column: the row is held against the journal as always.
                continue
            less = _is_less(told, self._told)
            if left:
                yield Laundered(self.name, mutation, put_back=False, leaves_out=less)
            if put_back:
                yield Laundered(self.name, mutation, put_back=True, leaves_out=less)

    def _play(self, mutation: Mutation | None) -> tuple[list[Any], bool, bool]:
        """Return what the journals tell of the decision, and whether the record holds so, and with the old value."""
        with closing(_copy(self._image)) as connection:
            if mutation is not None:
                _write(connection, mutation, mutation.before, mutation.after)
            engine = _engine(connection)
            bureau = Bureau(engine, self._rules)
            bureau.at = self._at
            try:
                self._act(bureau, self._case_id)
            except _UNDONE:  # A decision that is refused, or fails, tells nothing.
                return self._told, False, False
            told = _told(engine)
            if mutation is None or told == self._told:
                return told, False, False
            left = _holds(engine)
            try:
                _write(connection, mutation, mutation.after, mutation.before)
            except sqlite3.IntegrityError:
                return told, left, False
            return told, left, _holds(engine)


def _is_less(told: Sequence[Any], whole: Sequence[Any]) -> bool:
    """Whether `told` tells the same entries as `whole` but for chases that it leaves out, or tells to other people."""
    left = iter([_without_listeners(one) for one in whole])
    return all(_without_listeners(one) in left for one in told) and all(
        one[5] in _CHASING for one in _beyond(whole, told)
    )


def _beyond(whole: Sequence[Any], told: Sequence[Any]) -> Iterator[Any]:
    """Go through the entries of `whole` that `told` does not have."""
    kept = [_without_listeners(one) for one in told]
    return (one for one in whole if _without_listeners(one) not in kept)


def _without_listeners(entry: Any) -> Any:  # noqa: ANN401
    """Return an entry without its number, and a chase without who was told, and when."""
    subject, _, at, actor, capacity, action, body = entry
    if action in _CHASING:
        body = {key: value for key, value in body.items() if key not in _LISTENERS}
    return subject, at, actor, capacity, action, body


def _copy(image: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.deserialize(image)
    return connection


def _engine(connection: sqlite3.Connection) -> Engine:
    return create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)


def _write(connection: sqlite3.Connection, mutation: Mutation, old: object, new: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    statement = f'UPDATE {mutation.table} SET "{mutation.column}" = ? WHERE rowid = ? AND "{mutation.column}" IS ?'
    connection.execute(statement, (new, mutation.rowid, old))
    connection.commit()


def _told(engine: Any) -> list[Any]:  # noqa: ANN401
    with Session(engine) as session:
        entries = session.execute(
            select(Chain.subject, Entry).join(Chain, Chain.id == Entry.chain_id).order_by(Chain.id, Entry.sequence)
        )
        known = dict[tuple[str, str], dict[str, Any]]()
        return [
            (subject, one.sequence, one.at, one.actor_id, one.capacity, one.action, _body(session, one, known))
            for subject, one in entries
        ]


def _body(session: Session, entry: Entry, known: dict[tuple[str, str], dict[str, Any]]) -> Any:  # noqa: ANN401
    """Return what an entry tells: of rows all that is known by then. A column may be told twice, for nothing."""
    payload = session.get(Payload, (entry.chain_id, entry.sequence))
    body = payload.body if payload else None
    if entry.action not in {STATE, STOCK} or body is None:
        return body
    whole = []
    for table, key, columns in body["rows"]:
        before = known.pop((table, str(key)), {})
        if columns is not None:
            known[table, str(key)] = before | columns
        whole.append([table, key, columns and before | columns])
    return body | {"rows": whole}


def _holds(engine: Any) -> bool:  # noqa: ANN401
    with Session(engine) as session:
        return verify(session).verifies
