"""The pages of `/kelola` on a phone, however long the names and however many there are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.screens import absence, inviting, managing, officials, phone, relieving, seconding, unit
from handlers.screens.absence import AwayLine
from handlers.screens.inviting import INVITES, InviteLine, InvitesView
from handlers.screens.managing import (
    GLANCED,
    UNREACHED,
    CandidateLine,
    ExpectedLine,
    ExpectedView,
    Glance,
    PeopleView,
    PersonLine,
    PostLine,
    Unreached,
)
from handlers.screens.officials import EndedLine, PersonView, PostView, TenureLine
from handlers.screens.paging import PAGE, Page, slice_of, within
from handlers.screens.relieving import RelievedView, RelievingView
from handlers.screens.screen import Button, Screen, Touch
from handlers.screens.seconding import ProposalView
from handlers.screens.unit import AskingUnit, UnitView
from handlers.texts.catalogue import Say, Texts
from handlers.texts.shorten import visible
from models.office.person import Obstacle
from models.office.proposal import ProposalKind, ProposalState
from models.office.tenure import Capacity

NOW = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
TEXTS = Texts.load(ZoneInfo("Asia/Makassar"))
LONG = "R&D Sitti Rahmawati Wulandari Kartikasari Prawirodirdjo Notonegoro, S.Kom., M.Si., Ph.D., CISA, CISM"
UNIT = "Subbagian Kepegawaian, Tata Usaha, Rumah Tangga, Hubungan Masyarakat dan Teknologi Informasi " * 2
MANY = Page(1, 200)

CANDIDATES = [CandidateLine(one, LONG) for one in range(PAGE)]
LOST = [Unreached(one, LONG, NOW, Obstacle.NOT_STARTED, 12, NOW, trying=False) for one in range(PAGE)]
PEOPLE = [PersonLine(one, LONG, ("Kasubbag Humas, RB & IT", "JFT Prakom"), UNIT, admin=True) for one in range(PAGE)]
TENURES = [TenureLine(one, one, LONG, Capacity.PLH, LONG) for one in range(PAGE)]
ENDED = [EndedLine(one, LONG, NOW + timedelta(minutes=10)) for one in range(3)]


def glance(count: int) -> Glance:
    few = min(count, GLANCED)
    return Glance(
        office="Kantor Wilayah Kementerian Hukum Sulawesi Utara",
        candidates=CANDIDATES[:few],
        candidate_count=count,
        unreached=LOST[: min(count, 1)],
        unreached_count=count,
        posts=60,
        vacant=7,
        people=2000,
        expected=1200,
        admins=3,
        invites=12,
        now=NOW,
    )


def post(*, several: bool, page: Page = MANY) -> PostView:
    lines = TENURES if page.total else []
    return PostView("jabatan", LONG * 2, LONG, several, lines, page, ENDED, NOW, invites=12)


def invites() -> list[InviteLine]:
    said = (LONG, "1" * 18, LONG, NOW, NOW + timedelta(hours=24))
    kinds = [(kind, waits) for kind in ("post", "admin", "office") for waits in ("", LONG)]
    return [InviteLine(place, kind, *said, opened=True, waiting=waits) for place, (kind, waits) in enumerate(kinds)]


def person(**changed: bool) -> PersonView:
    held = [(TenureLine(one, 1, LONG, Capacity.PLH, "" if one else LONG), LONG) for one in range(5)]
    said = {"admin": True, "last_admin": False, "bound": True, "own": False, **changed}
    return PersonView(
        1, LONG, "1" * 18, UNIT, "P" * 60, held, since=NOW, obstacle=Obstacle.NOT_STARTED, now=NOW, **said
    )


def proposal(kind: ProposalKind, state: ProposalState) -> ProposalView:
    day = date(2026, 12, 1)
    said = (LONG, LONG, LONG, LONG, day, day + timedelta(days=9), "W.25-KP.04-12/" * 7)
    return ProposalView(kind, False, *said, state, LONG, decides=True, until=NOW + timedelta(hours=24), now=NOW)


def pages_of_invites(say: Say) -> Iterator[tuple[str, Screen]]:
    for code in ("", "jabatan"):
        part = Page(1, 200, INVITES)
        yield "open invites", inviting.open_invites(InvitesView(code, LONG, invites()[:INVITES], part, NOW), say)
    for line in invites():
        yield f"an invite {line.kind}", inviting.withdrawing(line, say, listed="", now=NOW)


def pages(say: Say) -> Iterator[tuple[str, Screen]]:
    for count in (0, 1, 2, 40):
        yield f"glance {count}", managing.glance(glance(count), say)
    lines = [PostLine(f"jabatan-{one}", LONG * 2, LONG, (LONG, LONG)) for one in range(PAGE)]
    yield "posts", managing.posts(lines, MANY, say, searched="")
    yield "posts that were looked for", managing.posts(lines, MANY, say, searched=LONG)
    for several in (True, False):
        yield f"a post {several=}", officials.post(post(several=several), say)
        yield f"a vacant post {several=}", officials.post(post(several=several, page=Page(0, 0)), say)
        for replaces in ("", LONG):
            yield f"an invite {several=}", officials.inviting(post(several=several), say, replaces=replaces)
    yield "an invite for a post of several", officials.choosing_replaced(post(several=True), say)
    for searched in ("", LONG):
        yield "people", managing.people(PeopleView(PEOPLE, MANY, searched), say)
        listed = [ExpectedLine("1" * 18, LONG, UNIT) for _ in range(PAGE)]
        yield "expected", managing.expected(ExpectedView(listed, MANY, searched), say)
    yield "expected one", managing.expected_one(ExpectedLine("1" * 18, LONG, UNIT), say)
    yield "expected no more", managing.expected_one(None, say)
    yield "admins", managing.admins(PEOPLE, MANY, say)
    yield "candidates", managing.candidates(CANDIDATES, MANY, say)
    yield "unreached", managing.unreached(LOST[:UNREACHED], Page(1, 200, UNREACHED), say, now=NOW)
    yield "nobody unreached", managing.unreached([], Page(0, 0), say, now=NOW)
    for view in (person(), person(own=True), person(admin=False), person(bound=False), person(last_admin=True)):
        yield "a person", officials.person(view, say)
        yield "a lost phone", officials.unbinding(view, say, waiting=12)
    for part in ("search", "expect", "invite", "plh", "plt", "unit", "rank"):
        yield part, managing.asking(part, say, about=LONG * 2, back=Button("« Kembali", Touch.OPEN_LIST, "main"))
    numbers = [f"SW-2026-{one:04d}" for one in range(20)]
    for left, superiors in (([LONG] * 3, []), ([], [LONG] * 3), ([], [])):
        ending = RelievingView(1, "kadiv", 7, LONG, LONG, Capacity.PLH, numbers, left, superiors)
        yield "the end of a tenure", relieving.relieving(ending, say)
    for until, again in ((NOW + timedelta(minutes=1), False), (NOW, False), (None, True)):
        yield "an ended tenure", relieving.relieved(RelievedView(1, "kadiv", 7, LONG, LONG, until, again, NOW), say)
    for kind in ProposalKind:
        for state in ProposalState:
            yield f"proposal {kind} {state}", seconding.proposal_card(proposal(kind, state), say)
    away = [AwayLine(one, LONG, date(2026, 12, 1), date(2026, 12, 9), LONG) for one in range(PAGE)]
    yield "absences", absence.list_of_absences(away, MANY, say)
    for face in AskingUnit:
        yield "unit", unit.unit_card(UnitView(face, [UNIT[:64]] * 4, UNIT[:100]), say)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_stands_on_one_screen_of_a_phone(language: str) -> None:
    found = [*pages(TEXTS.say(language)), *pages_of_invites(TEXTS.say(language))]
    assert {name: phone.height(screen) for name, screen in found if not phone.fits(screen)} == {}
    for name, screen in found:
        assert visible(screen.text) <= 4096, name
        assert all(len(button.argument) <= 64 for row in screen.rows for button in row), name


@pytest.mark.parametrize(
    ("asked", "total", "page", "lines"),
    [(None, 0, 0, 0), (0, 6, 0, 6), (1, 6, 0, 6), (1, 7, 1, 1), (99, 13, 2, 1), (-3, 13, 0, 6)],
)
def test_a_page_that_is_not_there_any_more_is_the_last_one(
    asked: int | None, total: int, page: int, lines: int
) -> None:
    found = within(asked, total)
    assert (found.page, len(range(total)[slice_of(found)])) == (page, lines)


def test_long_lists_can_be_searched_and_short_ones_need_not() -> None:
    say = TEXTS.say("id")
    labels = [
        [button.label for row in managing.people(PeopleView(PEOPLE, page, ""), say).rows for button in row]
        for page in (Page(0, PAGE), Page(0, PAGE + 1))
    ]
    assert ["🔎 Cari…" in one for one in labels] == [False, True]
    assert ["Berikutnya ›" in one for one in labels] == [False, True]
