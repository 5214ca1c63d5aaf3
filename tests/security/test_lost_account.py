"""What a lost phone, a former holder or the next owner of an account can still get out of the cards in the chat."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from handlers.delivery.plan import Key
from handlers.looking import status
from handlers.people import administration, registration
from models.administration import admission, appointment
from models.case.draft import DispositionDraft, ReportDraft
from models.mail.conversation import Expects
from models.mail.notice import Notice
from models.office.invitation import InviteKind
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.repository.records import Records
from tests.handlers.conftest import APPOINTED, Office, Pegawai, Shown, Stranger
from tests.handlers.people.kelola import invites, manages
from tests.reports import a_report

SOFTWARE = "penanganan-masalah-software"
SECRET = "Sandi pejabat beredar di grup"


def reports(office: Office, text: str, *, confidential: bool = False) -> str:
    """Let Budi report; returns the case's number."""

    def begin(records: Records) -> str:
        budi = records.session.get_one(Person, office["budi"].id)
        return records.begin(a_report(text, confidential=confidential), reporter=budi, sop=SOFTWARE).case.number

    number = office.work(begin)
    office.deliver()
    return number


def unbinds(office: Office, who: Pegawai) -> None:
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, who.id)))
    office.deliver()


def hands_over(office: Office, post: str, to: str) -> None:
    office.work(lambda records: appointment.appoint(records, records.session.get_one(Person, office[to].id), post))
    office.deliver()


def keys(who: Pegawai) -> list[tuple[Shown, Key]]:
    """Return every button that stands in the chat, with its message."""
    return [(shown, key) for shown in who.chat.messages for key in shown.keys if key.token]


def as_is(who: Pegawai) -> list[tuple[int, str]]:
    return [(shown.message_id, shown.html) for shown in who.chat.messages]


@pytest.mark.parametrize("who", ["bambang", "budi", "dewi", "maria"])
def test_no_button_in_the_chat_of_a_lost_phone_shows_anything_new(office: Office, who: str) -> None:
    thief = office[who]
    account = thief.account_id
    reports(office, "SIMPEG tidak dapat dibuka")
    for command in (status.tasks, status.command):
        thief.sends("/perintah", command)
    if who == "dewi":
        thief.sends("/kelola", administration.command)
    tokens = keys(thief)
    assert tokens

    unbinds(office, thief)
    reports(office, SECRET)
    stolen = Stranger(office, "Eka", account)
    before = as_is(stolen)
    for shown, key in tokens:
        toast = stolen.presses(key.token or "", shown.message_id)
        assert "belum terdaftar" in toast, f"{key.label}: {toast}"

    assert as_is(stolen) == before
    assert not any(SECRET in html for _, html in before)


def test_whoever_gets_an_account_later_gets_none_of_its_cards(office: Office) -> None:
    bambang = office["bambang"]
    account, chat = bambang.account_id, bambang.chat
    reports(office, "SIMPEG tidak dapat dibuka", confidential=True)
    bambang.sends("/tugas", status.tasks)
    tokens = keys(bambang)
    unbinds(office, bambang)
    code = office.work(
        lambda records: admission.invite(records, InviteKind.POST, post="jft-prakom", nip="197001011995032002").renew()
    )
    heir = Stranger(office, "Eka", account)
    heir.sends(f"/start {code}", registration.start)
    heir.writes("19700101 199503 2 002 Eka Sumual")
    heir.taps("Benar, ini saya")
    before = [(one.message_id, one.html) for one in chat.messages]

    for shown, key in tokens:
        assert "tidak berlaku" in heir.presses(key.token or "", shown.message_id)

    assert [(one.message_id, one.html) for one in chat.messages] == before


def test_a_former_holder_learns_nothing_of_what_came_after(office: Office) -> None:
    siti = office["siti"]
    number = reports(office, "SIMPEG tidak dapat dibuka", confidential=True)
    office["bambang"].taps("Teruskan ke")
    tokens = keys(siti)
    hands_over(office, "kadiv", "budi")
    for who in ("budi", "hendra", "maria"):
        office[who].does(number, lambda proceeding, task, by: proceeding.forward(task, by=by))
    office["rina"].does(number, lambda proceeding, task, by: proceeding.ask(task, by=by, text=SECRET))
    assert any(SECRET in one.text for one in office["rina"].chat.messages)

    for shown, key in tokens:
        siti.presses(key.token or "", shown.message_id)

    assert not any(SECRET in one.text for one in siti.chat.messages)
    assert [task.step for task in office.case(number).tasks if task.is_open] == [5]


def test_a_former_admin_sees_the_office_no_more(office: Office, stranger: Stranger) -> None:
    dewi = office["dewi"]
    dewi.sends("/kelola", administration.command)
    tokens = keys(dewi)

    def dismiss(records: Records) -> None:
        records.session.get_one(Person, dewi.id).is_admin = False

    office.work(dismiss)
    code = office.work(lambda records: admission.invite(records, InviteKind.OFFICE).renew())
    stranger.sends(f"/start {code}", registration.start)
    stranger.writes("19700101 199503 2 002 Eka Sumual")
    stranger.taps("Benar, ini saya")
    before = as_is(dewi)

    for shown, key in tokens:
        assert "Hanya admin" in dewi.presses(key.token or "", shown.message_id)

    assert as_is(dewi) == before


def told_code(admin: Pegawai) -> str:
    """Return the code of the invite that the newest message tells."""
    return admin.chat.last.text.rpartition("/start ")[2].strip()


def comes_by(account: Pegawai, code: str) -> str:
    """Try an invite; returns the answer."""
    account.sends(f"/start {code}", registration.start)
    return account.chat.last.text


def test_an_invite_told_on_a_lost_phone_opens_nothing(office: Office, stranger: Stranger, another: Stranger) -> None:
    dewi = office["dewi"]
    codes = []
    for short in ("Kadiv", "Kabag P2L"):
        invites(dewi, short)
        codes.append(told_code(dewi))
    assert "Anda diundang" in comes_by(another, codes[1]), "begun before the loss is noticed"
    another.writes("19700101 199503 2 002 Eka Sumual")
    unbinds(office, dewi)

    assert "tidak berlaku" in comes_by(stranger, codes[0])
    assert "tidak berlaku" in another.taps("Benar, ini saya")
    assert office.work(lambda records: records.session.scalar(select(func.count(Tenure.id)))) == len(APPOINTED)


@pytest.mark.parametrize("kind", [InviteKind.ADMIN, InviteKind.POST])
@pytest.mark.parametrize("words", ["/start", "/start {code}", "halo"])
def test_an_invite_that_was_opened_on_a_lost_phone_lets_nobody_in(office: Office, kind: InviteKind, words: str) -> None:
    budi, account = office["budi"], office["budi"].account_id
    post = "jft-prakom" if kind is InviteKind.POST else None
    code = office.work(lambda records: admission.invite(records, kind, post=post).renew())
    budi.sends(f"/start {code}", registration.start)
    assert budi.chat.last.labels == ["✅ Benar, ini saya"], "shown with NIP and name, not tapped yet"
    confirming = keys(budi)
    unbinds(office, budi)

    thief = Stranger(office, "Pencuri", account)
    sent = words.format(code=code)
    if sent.startswith("/start"):
        thief.sends(sent, registration.start)
    else:
        thief.writes(sent)
    for shown, key in confirming + keys(thief):
        thief.presses(key.token or "", shown.message_id)

    assert thief.known is None
    assert not office.work(lambda records: records.session.get_one(Person, budi.id)).is_admin
    assert office.work(lambda records: records.registration(account)) is None
    assert office.work(lambda records: records.conversation(account)).expects is Expects.NOTHING
    assert not any("1980" in one.text for one in thief.chat.messages[1:]), "no NIP is told anew"
    another = Stranger(office, "Eka", 9998)
    assert "tidak berlaku" in comes_by(another, code), "nor does it serve anybody else"


def test_what_was_written_on_a_lost_phone_is_not_sent_in_the_name_of_its_owner(office: Office) -> None:
    budi, bambang = office["budi"], office["bambang"]
    task_id = office.case(reports(office, SECRET)).tasks[0].id
    budi.writes("tulisan pencuri")
    prepared = DispositionDraft(person_id=bambang.id, task_id=task_id, instructions=[], note="catatan pencuri")
    office.work(lambda records: records.session.add(prepared))
    unbinds(office, budi)
    unbinds(office, bambang)

    def left(records: Records) -> list[object]:
        return [*records.session.scalars(select(ReportDraft)), *records.session.scalars(select(DispositionDraft))]

    assert office.work(left) == []


def test_an_invite_for_the_first_admin_outlives_the_lost_phone_of_somebody_else(office: Office) -> None:
    admin = Stranger(office, "Ira", 9997)
    unbinds(office, office["dewi"])
    code = office.work(lambda records: admission.invite(records, InviteKind.ADMIN).renew())
    unbinds(office, office["budi"])
    assert "tidak berlaku" not in comes_by(admin, code)


def test_the_admin_who_sent_it_sees_that_an_invite_opened_on_a_lost_phone_is_over(office: Office) -> None:
    dewi, budi = office["dewi"], office["budi"]
    invites(dewi, "Kadiv")
    shown = dewi.chat.last
    comes_by(budi, told_code(dewi))
    unbinds(office, budi)

    assert "Undangan ini tidak berlaku lagi" in shown.text
    assert "/start" not in shown.text


def test_a_dismissed_admin_does_not_become_one_by_an_invite_opened_before(office: Office) -> None:
    dewi = office["dewi"]
    office.hires("eko", "Eko Lumban", admin=True)
    code = office.work(lambda records: admission.invite(records, InviteKind.ADMIN).renew())
    dewi.sends(f"/start {code}", registration.start)
    office.work(lambda records: appointment.dismiss_admin(records, records.session.get_one(Person, dewi.id)))
    office.deliver()

    assert "tidak berlaku" in dewi.taps("Benar, ini saya")
    assert not dewi.person.is_admin


def test_a_dismissed_admin_keeps_neither_names_nor_invites(office: Office, stranger: Stranger) -> None:
    dewi = office["dewi"]
    office.hires("eko", "Eko Lumban", admin=True)
    code = office.work(lambda records: admission.invite(records, InviteKind.OFFICE).renew())
    stranger.sends(f"/start {code}", registration.start)
    stranger.writes("19700101 199503 2 002 Eka Sumual")
    stranger.taps("Benar, ini saya")
    invites(dewi, "Kadiv")
    codes = [told_code(dewi)]
    manages(dewi)
    dewi.taps("Tautan pendaftaran")
    codes.append(told_code(dewi))
    tokens = keys(dewi)

    recalled = office.work(lambda records: appointment.dismiss_admin(records, records.session.get_one(Person, dewi.id)))
    office.deliver()
    before = as_is(dewi)

    assert recalled == len(codes)
    assert keys(dewi) == []
    assert not any(word in html for _, html in before for word in ("Eka Sumual", "Bambang", "/start"))
    for shown, key in tokens:
        assert "Hanya admin" in dewi.presses(key.token or "", shown.message_id)
    assert as_is(dewi) == before
    guest = Stranger(office, "Fajar", 9999)
    for told in codes:
        assert "tidak berlaku" in comes_by(guest, told)
    assert office["eko"].chat.find("Eka Sumual").labels == ["✅ Terima", "❌ Tolak"], "another admin still decides"


def test_the_status_of_a_case_stays_with_those_who_may_see_it(office: Office) -> None:
    number = reports(office, "SIMPEG tidak dapat dibuka")
    hendra = office["hendra"]
    office.work(
        lambda records: records.session.add(
            Tenure.begin(
                records.session.get_one(Person, hendra.id), "kasubbag-humas", capacity=Capacity.PLH, at=records.at
            )
        )
    )
    hendra.sends(f"/status {number}", status.command)
    assert "SIMPEG" in hendra.chat.last.text

    def end(records: Records) -> None:
        for tenure in records.lock_office().tenures:
            if tenure.person_id == hendra.id and tenure.post == "kasubbag-humas":
                tenure.ends_at = records.at

    office.work(end)
    office["bambang"].taps("Tolak")
    office["bambang"].taps("Tulis alasan")
    office["bambang"].writes(SECRET)

    assert not any(SECRET in one.text or "ditolak" in one.text.lower() for one in hendra.chat.messages)


def test_nothing_is_owed_to_a_lost_account_but_the_end_of_its_cards(office: Office) -> None:
    bambang = office["bambang"]
    account = bambang.account_id
    reports(office, "SIMPEG tidak dapat dibuka")
    unbinds(office, bambang)
    last = office.work(lambda records: records.session.scalars(select(Notice.id).order_by(Notice.id.desc())).first())
    reports(office, SECRET)

    def owed(records: Records) -> list[Notice]:
        later = select(Notice).where(Notice.chat_id == account, Notice.id > (last or 0))
        return list(records.session.scalars(later))

    assert office.work(owed) == []
