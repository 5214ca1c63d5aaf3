"""Rows and a heading of a register, all of them invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from handlers.exports.heading import Confidential, Heading
from handlers.texts.catalogue import Say, Texts
from models.case.case import CaseState
from models.office.seating import Because
from models.office.tenure import Capacity
from models.queries.register.rows import CaseRow, ChaseRow, Row, StepRow, TenureRow
from models.queries.register.sealed import Sealed
from models.queries.register.wanted import Wanted
from models.rules.actions import Outcome
from models.rules.ladder import RungKind
from models.rules.period import Period
from models.rules.urgency import Urgency

ZONE = ZoneInfo("Asia/Makassar")
MADE = datetime(2026, 11, 30, 1, 2, 3, 999999, tzinfo=UTC)
SAY = Texts.load(ZONE).say("id")

HEADING = Heading(
    office="Kantor Wilayah Contoh",
    wanted=Wanted(Period(date(2026, 10, 1), date(2026, 10, 31)), late=True),
    post="",
    sop="",
    maker="Dewi Kartika (Admin)",
    made_at=MADE,
    zone=ZONE,
    checkpoint=Sealed(7, 41, "q83vEjRWeJA=", datetime(2026, 11, 30, 1, 0, tzinfo=UTC)),
    confidential=Confidential.MAKERS,
)


def english() -> Say:
    return Texts.load(ZONE).say("en")


def a_case(text: str = "SIMPEG tidak dapat dibuka", *, number: int = 1) -> CaseRow:
    return CaseRow(
        number=f"SW-2026-{number:04d}",
        sop="penanganan-masalah-software",
        version=1,
        reporter="Budi Santoso",
        unit="Subbagian Umum",
        urgency=Urgency.URGENT,
        confidential=False,
        text=text,
        opened_at=datetime(2026, 10, 1, 23, 30, 1, tzinfo=UTC),
        closed_at=None,
        state=CaseState.OPEN,
        round=1,
        steps=2,
        late=1,
        took=5400,
        waits_at="Kadiv",
        result="",
        helped=None,
        fellows=["Andi Pratama", "Rina Mokoginta"],
        merged_into="",
        fellows_helped=0,
        fellows_not_helped=0,
    )


def a_step(note: str = "Mohon prioritas.", *, person: str = "Siti Rahmawati", late_by: int = 93_784) -> StepRow:
    return StepRow(
        number="SW-2026-0001",
        sop="penanganan-masalah-software",
        round=1,
        step=2,
        activity="Disposisi ke Kabag",
        post="Kadiv",
        raised_from="Kabag P2L",
        raised_because=Because.VACANT,
        given_to="",
        person=person,
        capacity=Capacity.PLH,
        opened_at=datetime(2026, 10, 2, 0, 0, tzinfo=UTC),
        started_at=None,
        due_at=datetime(2026, 10, 2, 0, 30, tzinfo=UTC),
        closed_at=datetime(2026, 10, 9, 3, 4, tzinfo=UTC),
        standard="30 menit",
        extensions=["1 jam", "1 hari"],
        used=95_584,
        waited=60,
        late_by=late_by,
        outcome=Outcome.FORWARDED,
        instructions=["Tindak lanjuti", "Laporkan hasilnya"],
        note=note,
        late_reason="Menunggu izin penyedia.",
        late_reason_by="Siti Rahmawati",
        late_reason_as=Capacity.PLH,
    )


def a_chase() -> ChaseRow:
    at = datetime(2026, 10, 2, 0, 30, tzinfo=UTC)
    return ChaseRow(
        number="SW-2026-0001",
        sop="penanganan-masalah-software",
        round=1,
        step=2,
        post="Kadiv",
        kind=RungKind.LATE,
        due_at=at,
        fired_at=at,
    )


def a_tenure(person: str = "Siti Rahmawati") -> TenureRow:
    return TenureRow(
        post="Kadiv",
        title="Kepala Divisi Contoh",
        person=person,
        nip="198001012005021004",
        capacity=Capacity.DEFINITIVE,
        starts_at=datetime(2026, 1, 1, tzinfo=UTC),
        ends_at=None,
        stands_for="",
    )


def rows() -> list[Row]:
    return [a_case(), a_step(), a_step(person="Bambang Wijaya", late_by=0), a_chase(), a_tenure()]
