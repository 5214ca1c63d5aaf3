"""Who hears that somebody is no longer an admin: every other admin who did not do it themselves, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.administration import appointment
from models.mail.notice import Notice, NoticeKind
from models.office.person import Person
from models.office.proposal import Seconded

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

ALERT = "alert-dismissed"


@pytest.fixture
def three(bureau: Bureau) -> Bureau:
    """The office of the tests with Dewi, Eko and Gita as admins who can be reached, and Hana who has lost her phone."""
    bureau.hires("eko", "Eko Lumban", admin=True)
    bureau.hires("gita", "Gita Wowor", admin=True)
    bureau.hires("hana", "Hana Sumual", admin=True, account=False)
    return bureau


def dismisses(bureau: Bureau, name: str, *, by: str | None = None) -> None:
    def dismiss(records: Records) -> None:
        one = records.session.get_one(Person, bureau[name].id)
        other = records.session.get_one(Person, bureau[by].id) if by is not None else None
        appointment.dismiss_admin(records, one, by=other)

    bureau.work(dismiss)


def alerts(bureau: Bureau) -> list[Notice]:
    return [one for one in bureau.notices(NoticeKind.ALERT) if one.body["code"] == ALERT]


def told(bureau: Bureau) -> list[str]:
    return sorted(bureau.named(one.person_id) or "" for one in alerts(bureau))


def test_by_another_admin_the_third_hears_of_it(three: Bureau) -> None:
    dismisses(three, "dewi", by="eko")
    assert told(three) == ["gita"]
    assert three.codes("eko") == [], "who did it knows"
    assert three.codes("dewi") == ["admin-dismissed"], "who it happened to hears it of themselves"


def test_who_gives_it_up_is_not_told_as_one_of_the_others(three: Bureau) -> None:
    dismisses(three, "dewi", by="dewi")
    assert told(three) == ["eko", "gita"]
    assert three.codes("dewi") == ["admin-dismissed"]


def test_from_the_command_line_all_others_hear_of_it(three: Bureau) -> None:
    dismisses(three, "dewi")
    assert told(three) == ["eko", "gita"]


def test_the_alert_names_the_person_and_goes_to_their_own_chats(three: Bureau) -> None:
    dismisses(three, "dewi", by="eko")
    (alert,) = alerts(three)
    gita = three.work(lambda records: records.session.get_one(Person, three["gita"].id))
    assert alert.body == {"code": ALERT, "data": {"name": gita_sees(three, "dewi")}}
    assert (alert.chat_id, alert.owed_at) == (gita.account_id, three.at)


def gita_sees(bureau: Bureau, name: str) -> str:
    return bureau.work(lambda records: records.session.get_one(Person, bureau[name].id)).name


def test_it_says_no_more_of_one_who_is_made_an_admin_again(three: Bureau) -> None:
    """Each change is told once: what was said before stays as it was said."""
    dismisses(three, "dewi", by="eko")

    def make(records: Records) -> None:
        dewi, eko = (records.session.get_one(Person, three[name].id) for name in ("dewi", "eko"))
        gita = records.session.get_one(Person, three["gita"].id)
        appointment.make_admin(records, dewi, by=eko, seconded=Seconded(gita))

    three.work(make)
    assert told(three) == ["gita"]
    assert [one for one in three.codes("gita") if one.startswith("alert-")] == [ALERT, "alert-admin-made"]
    dismisses(three, "dewi", by="gita")
    assert told(three) == ["eko", "gita"]
