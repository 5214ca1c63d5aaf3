"""The moments before each kind of decision, and the decision: in them the laundering tests forge columns.

Each `Scene` brings an office to the moment before one decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.administration.appointment import appoint, relieve
from models.administration.undoing import reinstate
from models.case.attachment import Attachment
from models.office.tenure import Tenure
from models.rules.office_calendar import EntryKind
from models.rules.sop_file import parse_sop
from models.upkeep import archiving
from tests.models.administration import leave
from tests.models.administration.test_calendar import enters, entry
from tests.models.bureau import HARDWARE, SOFTWARE, Bureau
from tests.models.case.test_copies import copied, reads
from tests.models.proof.eventful import JPEG
from tests.models.proof.test_testimony import file
from tests.models.reports_joined import joins, leaves, merges, parts
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records

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


def _on_leave_soon(bureau: Bureau) -> int:
    """The same before Thursday has come."""
    case_id = _at(3)(bureau)
    leave.leaves_to(bureau, "hendra", "maria", leave.THU, leave.FRI)
    return case_id


def _relieved(bureau: Bureau) -> int:
    """The Plh. was relieved of the post in which she stood in, which can be undone still."""
    case_id = _absent(bureau)
    _relieves("maria")(bureau, case_id)
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


def _relieves(name: str) -> Act:
    def end(records: Records, bureau: Bureau) -> None:
        relieve(records, bureau[name]._person(records), "kabag-p2l", by=bureau["dewi"]._person(records))

    return lambda bureau, _: bureau.work(lambda records: end(records, bureau))


def _undoes(bureau: Bureau, _: int) -> None:
    def undo(records: Records) -> None:
        ended = select(Tenure.id).where(Tenure.post == "kabag-p2l", Tenure.ends_at.is_not(None))
        tenure_id = records.session.scalars(ended.order_by(Tenure.id.desc())).first()
        reinstate(records, tenure_id or 0, by=bureau["dewi"]._person(records))

    bureau.work(undo)


def _replaces(bureau: Bureau, _: int) -> None:
    """Appoint somebody in the place of one of several holders."""

    def appointed(records: Records) -> None:
        appoint(records, leave.person(records, bureau, "budi"), "jft-prakom", replaces=bureau["rina"].id)

    bureau.work(appointed)


def _appoints(bureau: Bureau, _: int) -> None:
    bureau.work(lambda records: appoint(records, bureau["budi"]._person(records), "kabag-p2l"))


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
    "absence-comes": Scene(_on_leave_soon, lambda bureau, _: leave.comes(bureau, leave.THU)),
    "relieve": Scene(_at(3), _relieves("hendra")),
    "calendar": Scene(_at(5), lambda bureau, _: enters(bureau, entry(EntryKind.DAY_OFF, date(2026, 11, 24)))),
    "keep-file": Scene(_filed, _keeps),
    "erase-file": Scene(_filed, _erases),
    "person": Scene(_at(2), _changes_unit("budi")),
    "person-in-office": Scene(_at(2), _changes_unit("hendra")),
    "name-plh": Scene(_leaving, lambda bureau, _: leave.is_named(bureau, 1, "maria", by="dewi")),
    "release-plh": Scene(_absent, lambda bureau, _: leave.gives_back(bureau, 1, "maria")),
    "relieve-plh": Scene(_absent, _relieves("maria")),
    "undo-relieve": Scene(_relieved, _undoes),
    "appoint": Scene(_at(3), _appoints),
    "appoint-in-place": Scene(_at(5), _replaces),
}
