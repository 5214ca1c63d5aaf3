"""`/privasi` tells what is kept of a person; a request goes to the admins, and the office's journal has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from handlers.people import privacy
from models.administration.privacy import ASKED, Wish
from models.journal.chain import Entry
from models.mail.notice import Notice, NoticeKind

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office

pytestmark = pytest.mark.databases("sqlite")


def asked(office: Office) -> int:
    count = select(func.count()).select_from(Entry).where(Entry.action == ASKED)
    return office.work(lambda records: records.session.scalar(count)) or 0


def alerts(office: Office) -> list[dict[str, object]]:
    def read(records: Records) -> list[dict[str, object]]:
        found = records.session.scalars(select(Notice).where(Notice.kind == NoticeKind.ALERT))
        return [one.body["data"] for one in found if one.body["code"] == "alert-privacy"]

    return office.work(read)


def test_what_is_kept_and_why_and_the_rights_are_told(office: Office) -> None:
    budi = office["budi"]
    budi.sends("/privasi", privacy.command)
    said = budi.chat.last.text
    for word in (
        "NIP",
        "Untuk apa",
        "Berapa lama",
        "Akses",
        "Perbaikan",
        "Penghapusan",
        "Pembatasan",
        "/minta_salinan",
    ):
        assert word in said, word


@pytest.mark.parametrize("wish", Wish)
def test_a_request_goes_to_the_admins_once_a_day_and_is_journalled(office: Office, wish: Wish) -> None:
    budi = office["budi"]
    for _ in range(2):
        budi.sends("/minta", privacy.requesting(wish))
        assert "disampaikan kepada admin" in budi.chat.last.text
    assert [one["wish"] for one in alerts(office)] == [wish.value]
    assert asked(office) == 1


def test_the_only_admin_hears_that_nobody_is_told(office: Office) -> None:
    office["dewi"].sends("/minta_salinan", privacy.requesting(Wish.COPY))
    assert "Belum ada admin" in office["dewi"].chat.last.text
    assert asked(office) == 1
