"""An admin withdraws an invite that is open: in `/kelola`, confirmed, told by the journal and by the link itself."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.administration import admission
from models.journal.chain import Entry
from models.office.invitation import Invite, InviteKind
from models.office.person import Person
from models.repository.office_lock import locked_office_chain
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice, Employee

LINK = "https://t.me/disposisi_bot?start="
WITHDRAWN = "Undangan ini sudah dicabut dan tidak berlaku lagi."


async def invited(office: DemoOffice, kind: InviteKind, post: str | None = None, nip: str | None = None) -> str:
    """Let Sari, who is an admin, issue an invite; returns its code."""

    def issue(records: Records) -> str:
        sari = records.session.scalars(select(Person).where(Person.name == "Sari Contoh")).one()
        return admission.invite(records, kind, post=post, nip=nip, by=sari).renew()

    return await office.asks(issue)


async def follows(office: DemoOffice, newcomer: Employee, code: str) -> None:
    newcomer.person.follows(LINK + code)
    await office.settle()


async def opens(admin: Employee, post: str) -> None:
    await admin.says("/kelola")
    await admin.taps("Jabatan")
    await admin.taps(post)


async def told(office: DemoOffice, action: str) -> list[dict[str, object]]:
    """Return what the office's chain tells under an action."""

    def read(records: Records) -> list[dict[str, object]]:
        entries = locked_office_chain(records.session).entries.select().where(Entry.action == action)
        found = records.session.scalars(entries.options(joinedload(Entry.payload)).order_by(Entry.sequence))
        return [dict(one.payload.body or {}) for one in found if one.payload is not None]

    return await office.asks(read)


async def test_an_open_invite_is_shown_and_withdrawn_and_its_link_says_so(office: DemoOffice) -> None:
    sari = office["Kasubbag"]
    code = await invited(office, InviteKind.POST, "kadiv", nip="197001011995032002")
    await opens(sari, "Kadiv")
    await sari.taps("✉️ Undangan (1)")
    shown = sari.message("Undangan yang masih berlaku")
    assert "1. Kadiv · untuk NIP 19700101 199503 2 002 · dibuat Sari Contoh" in shown.words
    assert "berlaku sampai Sel 24 Nov 08.30 WITA" in shown.words

    await sari.taps("🚫 Cabut 1")
    asked = sari.message("Cabut undangan ini?")
    assert "Tautan dan kodenya seketika tidak berlaku lagi" in asked.words
    assert await told(office, "withdraw-invite") == [], "nothing is withdrawn yet"
    assert await sari.taps("Ya, cabut") == "🚫 Undangan dicabut; tautannya tidak berlaku lagi."
    assert sari.sees("Undangan yang masih berlaku · Kadiv. Tidak ada.")
    await sari.taps("« Kembali", sari.message("Tidak ada."))
    assert not sari.message("Kepala Divisi Administrasi").button("✉️ Undangan (")

    tono = office.newcomer("Tono Contoh", 9002)
    await follows(office, tono, code)
    assert tono.sees(WITHDRAWN)
    number = await office.asks(lambda records: records.session.scalars(select(Invite.id)).one())
    (entry,) = await told(office, "withdraw-invite")
    assert entry["invite"] == number
    assert await office.verified()


async def test_the_card_that_told_the_link_says_that_it_serves_no_more(office: DemoOffice) -> None:
    sari = office["Kasubbag"]
    await opens(sari, "Kadiv")
    await sari.taps("Ganti Kadiv")
    await sari.taps("Buat undangan")
    assert sari.sees("Undangan sebagai Kepala Divisi Administrasi")
    await sari.says("/kelola")
    await sari.taps("✉️ Undangan (1)")
    await sari.taps("🚫 Cabut 1")
    await sari.taps("Ya, cabut")
    card = sari.message("Undangan sebagai Kepala Divisi Administrasi")
    assert "🚫 Undangan ini tidak berlaku lagi." in card.words
    assert "/start" not in card.words
    assert await office.verified()


async def test_back_leads_to_the_list_and_nothing_is_withdrawn(office: DemoOffice) -> None:
    sari = office["Kasubbag"]
    code = await invited(office, InviteKind.POST, "kadiv")
    await opens(sari, "Kadiv")
    await sari.taps("✉️ Undangan (1)")
    await sari.taps("🚫 Cabut 1")
    await sari.taps("« Kembali")
    assert sari.message("Undangan yang masih berlaku · Kadiv").button("🚫 Cabut 1")
    await sari.taps("« Kembali")
    assert sari.message("✉️ Undangan (1)").button("✉️ Undangan (1)")
    tono = office.newcomer("Tono Contoh", 9002)
    await follows(office, tono, code)
    assert tono.sees("Anda diundang sebagai")


async def test_somebody_in_the_midst_of_registering_reads_it_when_they_confirm(office: DemoOffice) -> None:
    sari = office["Kasubbag"]
    code = await invited(office, InviteKind.POST, "kadiv", nip="197001011995032002")
    tono = office.newcomer("Tono Contoh", 9002)
    await follows(office, tono, code)
    await opens(sari, "Kadiv")
    await sari.taps("✉️ Undangan (1)")
    assert sari.sees("⏳ sudah dibuka, pendaftaran belum selesai")
    await sari.taps("🚫 Cabut 1")
    await sari.taps("Ya, cabut")
    await tono.says("197001011995032002")
    await tono.says("Tono Contoh")
    said = await tono.taps("Benar, ini saya")
    assert said.startswith("Undangan ini tidak berlaku: salah, sudah dipakai, dicabut, atau lewat waktunya.")
    assert await office.asks(lambda records: records.person(9002)) is None
    assert await office.verified()


async def test_an_invite_whose_user_waits_is_decided_by_the_word_on_them(office: DemoOffice) -> None:
    sari = office["Kasubbag"]
    code = await invited(office, InviteKind.POST, "kadiv")
    await opens(sari, "Kadiv")
    await sari.taps("✉️ Undangan (1)")
    await sari.taps("🚫 Cabut 1")
    tono = office.newcomer("Tono Contoh", 9002)
    await follows(office, tono, code)
    await tono.says("197001011995032002")
    await tono.says("Tono Contoh")
    await tono.taps("Benar, ini saya")
    said = await sari.taps("Ya, cabut", sari.message("Cabut undangan ini?"))
    assert "Undangan itu sudah dipakai Tono Contoh, yang menunggu persetujuan." in said
    await sari.taps("« Kembali", sari.message("Cabut undangan ini?"))
    listed = sari.message("menunggu persetujuan (👤 pada /kelola)")
    assert not listed.button("Cabut")
    assert await told(office, "withdraw-invite") == []


async def test_the_offices_own_link_is_withdrawn_and_who_waits_by_it_still_does(office: DemoOffice) -> None:
    sari = office["Kasubbag"]
    code = await invited(office, InviteKind.OFFICE)
    tono, lina = office.newcomer("Tono Contoh", 9002), office.newcomer("Lina Contoh", 9003)
    await follows(office, tono, code)
    await tono.says("197001011995032002")
    await tono.says("Tono Contoh")
    await tono.taps("Benar, ini saya")
    await sari.says("/kelola")
    await sari.taps("✉️ Undangan (1)")
    assert sari.sees("1. Tautan pendaftaran pegawai · dibuat Sari Contoh")
    await sari.taps("🚫 Cabut 1")
    assert sari.sees("yang sudah menunggu persetujuan, tidak terpengaruh")
    await sari.taps("Ya, cabut")
    await follows(office, lina, code)
    assert lina.sees(WITHDRAWN)
    await sari.says("/kelola")
    await sari.taps("Tono Contoh")
    await sari.taps("Terima")
    assert await office.asks(lambda records: records.person(9002)) is not None
    assert await office.verified()


async def test_of_two_admins_who_tap_at_once_the_second_reads_that_it_is_done(office: DemoOffice) -> None:
    sari, bram = office["Kasubbag"], office["Kabag"]

    def both(records: Records) -> None:
        records.known(bram.person.account.account_id).is_admin = True

    await office.asks(both)
    await invited(office, InviteKind.POST, "kadiv")
    for admin in (sari, bram):
        await admin.says("/kelola")
        await admin.taps("✉️ Undangan (1)")
        await admin.taps("🚫 Cabut 1")
    taps = [admin.person.taps("Ya, cabut", admin.message("Cabut undangan ini?")) for admin in (sari, bram)]
    await office.settle()
    said = sorted([await one.answered() for one in taps])
    assert said[0].startswith("Undangan itu tidak berlaku lagi: sudah dipakai, sudah dicabut, atau lewat waktunya.")
    assert said[1] == "🚫 Undangan dicabut; tautannya tidak berlaku lagi."
    assert all(admin.sees("Undangan yang masih berlaku. Tidak ada.") for admin in (sari, bram))
    assert len(await told(office, "withdraw-invite")) == 1
