"""What is counted is what the record and the stand-in know of: a day with a late step and a blocked official."""

from collections import Counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.sandbox.faults import Fault, Trouble
from models.case.task import Chase
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeState
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice


async def counted(office: DemoOffice, column: InstrumentedAttribute[Any]) -> Counter[str]:
    def work(records: Records) -> Counter[str]:
        found = records.session.execute(select(column, func.count()).group_by(column))
        return Counter({str(getattr(value, "value", value)): number for value, number in found})

    return await office.asks(work)


async def test_what_is_counted_is_what_happened(office: DemoOffice) -> None:
    office.sandbox.faults.next("sendMessage", Fault(Trouble.TOO_MANY_REQUESTS, 1))
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.passes(minutes=25)
    office["Kadiv"].person.blocks_bot()
    await office["Kakanwil"].taps("Teruskan ke")
    await office.passes(minutes=90)

    metrics = office.program.metrics
    handled = await counted(office, InboxUpdate.state)
    assert metrics.value("disposisi_updates_handled_total", outcome="done") == handled[InboxState.DONE]
    assert metrics.value("disposisi_updates_taken_in_total", way="poll") == handled.total()
    assert metrics.value("disposisi_update_handling_seconds_count") == handled.total()

    owed = await counted(office, Notice.state)
    assert owed[NoticeState.UNDELIVERABLE] > 0
    assert metrics.value("disposisi_notices_settled_total", outcome="sent") == owed[NoticeState.SENT]
    assert metrics.value("disposisi_notices_settled_total", outcome="unreachable") == owed[NoticeState.UNDELIVERABLE]

    sent = Counter(call.error is None for call in office.sandbox.calls if call.method == "sendMessage")
    assert metrics.value("disposisi_calls_total", method="sendMessage", fate="ok") == sent[True]
    assert metrics.value("disposisi_calls_total", method="sendMessage", fate="limited") == 1
    assert metrics.value("disposisi_calls_total", method="sendMessage", fate="unreachable") == sent[False] - 1

    rungs = await counted(office, Chase.kind)
    assert rungs.total() > 0
    assert metrics.value("disposisi_rungs_climbed_total") == rungs.total()
    assert metrics.value("disposisi_rung_lateness_seconds_count") > 0
    assert metrics.value("disposisi_transaction_seconds_count") > handled.total()
    assert metrics.value("disposisi_commit_pieces_sum") == metrics.value("disposisi_transaction_seconds_count")
