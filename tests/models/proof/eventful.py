"""An office in whose record every table that is proved has rows: each kind of decision was made there once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models.administration import expectation, seconding
from models.administration.appointment import act_for_vacant, relieve
from models.administration.calendar import adopt_calendar
from models.administration.expectation import Expected
from models.administration.posts import adopt_posts
from models.case.attachment import Attachment, Keeping
from models.case.case import Case
from models.case.issued_paper import PaperKind
from models.case.verdict import Appraisal, Rating
from models.checkpoint.note import PrivateKey
from models.checkpoint.sealing import seal
from models.office.invitation import InviteKind
from models.office.proposal import ProposalKind
from models.rules.media_type import MediaType
from models.rules.office_calendar import EntryKind
from models.upkeep import archiving, issuing
from tests.models.administration import joining, leave
from tests.models.administration.test_calendar import enters, entry
from tests.models.bureau import HARDWARE, SOFTWARE
from tests.models.case.test_copies import copied, reads
from tests.models.chase.test_escalation import blocks
from tests.models.proof.test_testimony import file, says_much
from tests.models.reports_joined import joins, leaves
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

KEY = PrivateKey("kantor.example/log", bytes(range(32)))
JPEG = MediaType("image/jpeg", "jpg")


def lives_through_everything(bureau: Bureau) -> None:
    """Play it: from a week in which all are there to one in which posts are vacant and people away."""
    bureau.work(adopt_posts)
    bureau.work(adopt_calendar)
    bureau.work(_expects)
    says_much(bureau)
    _keeps_files(bureau)
    _is_chased_and_helped(bureau)
    _decides_differently(bureau)
    _goes_away(bureau)
    _changes_hands(bureau)
    bureau.work(lambda records: seal(records.session, KEY, at=records.at))


def _expects(records: Records) -> None:
    expectation.expect(records, [Expected("198501012010012001", "Wulan Sari", "Humas"), Expected(joining.NIP, "", "")])


def _keeps_files(bureau: Bureau) -> None:
    def waiting(records: Records) -> list[int]:
        return list(records.session.scalars(select(Attachment.id).order_by(Attachment.id)))

    first, second, third, *_ = bureau.work(waiting)
    for attachment_id, digit in ((first, "1"), (second, "2")):

        def keep(records: Records, attachment_id: int = attachment_id, digit: str = digit) -> object:
            return archiving.keep(records, attachment_id, digest=digit * 64, size=9, media_type=JPEG)

        bureau.work(keep)
    bureau.work(lambda records: archiving.pass_over(records, [third], Keeping.TOO_LARGE))
    bureau.work(lambda records: archiving.erase(records, "2" * 64, because="diminta pelapor"))
    bureau.work(lambda records: archiving.removed(records.session, "2" * 64, at=records.at))


def _is_chased_and_helped(bureau: Bureau) -> None:
    """Let a case be chased, urged, extended, asked about, copied, and closed."""
    case_id = bureau.begins("siti", "Email tidak dapat dikirim")
    bureau.works(26)
    bureau.sweeps()
    bureau["siti"].urges(case_id)
    bureau["siti"].adds(case_id, files=(file("h"),))
    reads(bureau, copied(bureau, case_id, "bambang", "kabag-p2l", "kasubbag-humas"), "hendra")
    bureau.walks(case_id, until=5)
    rina = bureau["rina"]
    rina.starts(case_id)
    bureau["maria"].grants(rina.asks_for_more_time(case_id))
    bureau["maria"].denies(rina.asks_for_more_time(case_id, "2 hari"), "Sudah cukup.")
    bureau["hendra"].advises(rina.consults(case_id, post="kabag-p2l"))
    rina.consults(case_id, person="andi")
    rina.hands_on(case_id, to="andi")
    bureau.finishes(case_id)
    bureau["siti"].says_whether_it_helped(case_id, helped=False)
    bureau["maria"].appraises(case_id, Appraisal.IMPROVE)
    judged = bureau.begins("budi", "Pemindai macet")
    bureau.finishes(judged)
    bureau["budi"].says_whether_it_helped(judged, helped=True)
    for rating in (Rating.QUICK, Rating.UNCLEAR):
        bureau["budi"].rates(judged, rating)
    bureau["maria"].appraises(judged)
    _is_joined(bureau)
    following = replace(a_report("Belum selesai"), previous_case_id=case_id)
    bureau.work(
        lambda records: records.begin(following, reporter=bureau["siti"]._person(records), sop=SOFTWARE).case.number
    )


def _is_joined(bureau: Bureau) -> None:
    """Let others report the same: one of them says what they think of the result, another leaves before."""
    case_id = bureau.begins("budi", "SIMPEG mati")
    for name in ("dewi", "andi"):
        joins(bureau, name, case_id)
    leaves(bureau, "andi", case_id)
    bureau.finishes(case_id)
    bureau["dewi"].says_whether_it_helped(case_id, helped=True)
    for rating in (Rating.SLOW, Rating.CLEAR):
        bureau["dewi"].rates(case_id, rating)


def _issues(bureau: Bureau, case_id: int, kind: PaperKind) -> None:
    told: dict[str, Any] = {"kind": kind, "case_id": case_id, "code": kind.value, "sequence": 1, "file": kind.value * 4}
    assert bureau.work(lambda records: issuing.issue(records, **told))


def _decides_differently(bureau: Bureau) -> None:
    bureau["bambang"].declines(bureau.begins("budi", "Tolong belikan printer"))
    bureau["bambang"].moves(bureau.begins("budi", "Monitor mati"), to=HARDWARE)
    bureau["budi"].withdraws(bureau.begins("budi", "Sudah hidup lagi"))
    late = bureau.begins("budi", "Telepon berderau")
    bureau.works(60)
    bureau["bambang"].explains(late)
    bureau["bambang"].forwards(late)
    recalled = bureau.begins("budi", "Wifi lambat")
    bureau["bambang"].forwards(recalled, instructions=("Tindak lanjuti",), note="Mohon prioritas.")
    bureau["bambang"].recalls(recalled)
    origin = {"chat": "Grup Humas", "chat_id": -1001, "author": "Budi", "message_id": 7}
    grouped = replace(a_report("Proyektor redup"), origin=origin)
    bureau.work(lambda records: records.begin(grouped, reporter=bureau["budi"]._person(records), sop=SOFTWARE))
    enters(bureau, entry(EntryKind.DAY_OFF, date(2026, 12, 3)))


def _goes_away(bureau: Bureau) -> None:
    """Let people be away: with a Plh. who accepted, by decree, at one post alone, without one; one not after all."""
    case_id = bureau.begins("budi", "Aplikasi absensi lambat")
    bureau.walks(case_id, until=3)
    absence_id = leave.files(bureau, "hendra", date(2026, 11, 26), date(2026, 11, 27))
    leave.asks(bureau, absence_id, "andi")
    leave.answers(bureau, absence_id, "andi", accepts=False)
    leave.asks(bureau, absence_id, "maria")
    leave.answers(bureau, absence_id, "maria")
    leave.is_named(bureau, leave.files(bureau, "siti", date(2026, 11, 26), None, by="dewi"), "hendra", by="dewi")
    parts = leave.files(bureau, "bambang", date(2026, 12, 7), None)
    leave.asks(bureau, parts, "siti", post="kakanwil")
    leave.answers(bureau, parts, "siti", post="kakanwil")
    leave.ends(bureau, leave.files(bureau, "rina", date(2026, 11, 30), date(2026, 12, 1)), "rina")
    leave.comes(bureau, date(2026, 11, 26))
    bureau["maria"].forwards(case_id)
    leave.comes(bureau, date(2026, 11, 30))


def _changes_hands(bureau: Bureau) -> None:
    """Let posts become vacant, a Plt. act, invites be used and left, and admins be proposed."""
    for kind, post in ((InviteKind.POST, "jft-prakom"), (InviteKind.ADMIN, None), (InviteKind.OFFICE, None)):
        joining.code_for(bureau, kind, post, by="dewi", nip=joining.NIP if post else None)
    bureau["andi"].is_unbound()
    bureau["andi"].comes_back()
    blocks(bureau, "budi")
    case_id = bureau.begins("rina", "Printer bersama macet")
    bureau.walks(case_id, until=3)

    def person(records: Records, name: str) -> Any:  # noqa: ANN401 - a person, without another import
        return bureau[name]._person(records)

    bureau.work(lambda records: relieve(records, person(records, "hendra"), "kabag-p2l", by=person(records, "dewi")))
    bureau.walks(case_id, until=4)
    decree = leave.SK
    bureau.work(lambda records: act_for_vacant(records, person(records, "andi"), "kabag-p2l", decree=decree))

    def propose(records: Records, name: str, kind: ProposalKind) -> None:
        seconding.propose(records, kind, person(records, name), by=person(records, "dewi"))

    bureau.work(lambda records: propose(records, "maria", ProposalKind.MAKE_ADMIN))
    bureau.work(lambda records: seconding.decide(records, 1, by=person(records, "bambang"), agrees=True))
    bureau.work(lambda records: propose(records, "rina", ProposalKind.MAKE_ADMIN))
    for paper in PaperKind:
        _issues(bureau, case_id, paper)
    newest = bureau.work(lambda records: records.session.scalar(select(Case.id).order_by(Case.id.desc()).limit(1)))
    assert newest == case_id
