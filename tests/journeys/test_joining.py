"""How people come in: by a link for a post, by the office's link, and not at all without one."""

from models.administration import admission
from models.office.invitation import ExpectedPerson, InviteKind
from tests.journeys.demo_office import DemoOffice

LINK = "https://t.me/disposisi_bot?start="
_NIP = "197001011995031002"


async def _invited(office: DemoOffice, kind: InviteKind, post: str | None = None) -> str:
    return LINK + await office.asks(lambda records: admission.invite(records, kind, post=post, nip=_NIP).renew())


async def test_a_stranger_sees_nothing_and_learns_how_to_be_invited(office: DemoOffice) -> None:
    stranger = office.newcomer("Orang Asing", 9001)
    await office.report("Budi", "SIMPEG tidak dapat dibuka")

    for text in ("Halo?", "/tugas", "/status SW-2026-0001", "/kelola", "/lapor rusak"):
        await stranger.says(text)

    assert stranger.sees("undangan")
    assert not stranger.sees("SIMPEG")
    assert not stranger.sees("Contoh")
    assert await office.cases() == ["SW-2026-0001"]


async def test_a_new_kadiv_registers_by_link_and_finds_the_waiting_card(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Teruskan ke")
    successor = office.newcomer("Tono Contoh", 9002)

    successor.person.follows(await _invited(office, InviteKind.POST, "kadiv"))
    await office.settle()
    assert successor.sees("Anda diundang sebagai Kepala Divisi Administrasi")
    await successor.says("bukan nip")
    assert successor.sees("18 angka")
    await successor.says("19700101 199503 1 002")
    await successor.says("Tono Contoh, S.H.")
    assert successor.sees("19700101 199503 1 002")
    await successor.taps("Benar, ini saya")

    assert successor.sees("DISPOSISI SW-2026-0001")
    assert not office["Kadiv"].sees("Teruskan ke"), "the card of the one who left has lost its force"
    await successor.taps("Teruskan ke")
    assert office["Kabag"].sees("DISPOSISI SW-2026-0001")
    assert await office.verified()


async def test_who_corrects_a_nip_by_an_edit_is_taken_at_the_corrected_word(office: DemoOffice) -> None:
    tono = office.newcomer("Tono Contoh", 9005)
    tono.person.follows(await _invited(office, InviteKind.POST, "kadiv"))
    await office.settle()
    written = await tono.says("bukan nip")
    tono.person.edits(written, "19700101 199503 1 002 Tono Contoh")
    await office.settle()
    assert tono.sees("19700101 199503 1 002")
    await tono.taps("Benar, ini saya")
    assert tono.sees("Kepala Divisi Administrasi")


async def test_an_edit_of_a_stranger_is_met_with_silence(office: DemoOffice) -> None:
    stranger = office.newcomer("Orang Asing", 9006)
    written = await stranger.says("Halo?")
    await office.passes(minutes=5)
    stranger.person.edits(written, "Halo!")
    await office.settle()
    assert len(stranger.person.received) == 1


async def test_an_invite_for_a_post_serves_one_person_only(office: DemoOffice) -> None:
    link = await _invited(office, InviteKind.POST, "jft-prakom")
    first, second = office.newcomer("Satu", 9003), office.newcomer("Dua", 9004)
    first.person.follows(link)
    await office.settle()
    second.person.follows(link)
    await office.settle()
    assert first.sees("Anda diundang")
    assert not second.sees("Anda diundang")
    assert second.sees("tidak berlaku")


async def test_many_use_the_offices_link_and_an_admin_accepts_each(office: DemoOffice) -> None:
    link = await _invited(office, InviteKind.OFFICE)
    new = office.newcomer("Umar Contoh", 9005)
    new.person.follows(link)
    await office.settle()
    await new.says("199001012015031004")
    await new.says("Umar Contoh")
    await new.taps("Benar, ini saya")
    assert new.sees("Menunggu persetujuan")
    await new.says("SIMPEG mati")
    assert not new.sees("Draf laporan")

    await office["Kasubbag"].taps("Terima")

    assert new.sees("Terdaftar")
    await new.says("SIMPEG mati")
    assert new.sees("Draf laporan")


async def test_whoever_is_on_the_offices_list_is_accepted_without_a_tap(office: DemoOffice) -> None:
    listed = ExpectedPerson(nip="199001012015031004", name="Umar Contoh", unit="Subbagian Umum")
    await office.asks(lambda records: records.session.add(listed))
    new = office.newcomer("Umar", 9006)
    new.person.follows(await _invited(office, InviteKind.OFFICE))
    await office.settle()
    await new.says("199001012015031004")
    if new.sees("Kirim nama lengkap"):
        await new.says("Umar Contoh")
    await new.taps("Benar, ini saya")
    assert new.sees("Terdaftar sebagai Umar Contoh")


async def test_somebody_without_a_nip_comes_in_with_a_number_that_an_admin_gave(office: DemoOffice) -> None:
    new = office.newcomer("Umar Contoh", 9007)
    new.person.follows(await _invited(office, InviteKind.OFFICE))
    await office.settle()
    await new.says("saya honorer, belum punya NIP")
    assert new.sees("NIP terdiri atas 18 angka")
    assert new.sees("Belum punya NIP? Minta nomor kantor kepada admin, misalnya PPNPN-07.")
    await new.says("7171012345678901")
    assert new.sees("pesan Anda memuat 16 angka. NIK tidak dipakai di sini.")
    await new.says("ppnpn-07 Umar Contoh")
    assert new.sees("PPNPN-07 · Umar Contoh")
    await new.taps("Benar, ini saya")
    assert new.sees("Menunggu persetujuan")

    assert office["Kasubbag"].sees("Nomor kantor PPNPN-07. Terima hanya bila nomor ini Anda berikan kepadanya.")
    await office["Kasubbag"].taps("Terima")
    assert new.sees("Terdaftar")
    await office.report("Umar Contoh", "SIMPEG mati")
    assert await office.verified()


async def test_a_number_on_the_list_can_be_guessed_so_an_admin_is_asked(office: DemoOffice) -> None:
    listed = ExpectedPerson(nip="PPNPN-07", name="Umar Contoh", unit="Subbagian Umum")
    await office.asks(lambda records: records.session.add(listed))
    new = office.newcomer("Bukan Umar", 9008)
    new.person.follows(await _invited(office, InviteKind.OFFICE))
    await office.settle()
    await new.says("PPNPN-07 Bukan Umar")
    await new.taps("Benar, ini saya")
    assert new.sees("Menunggu persetujuan")
    assert office["Kasubbag"].sees("Pada daftar kantor: Umar Contoh")


async def test_an_invite_that_names_the_number_asks_nobody(office: DemoOffice) -> None:
    code = await office.asks(
        lambda records: admission.invite(records, InviteKind.POST, post="jft-prakom", nip="PPNPN-07").renew()
    )
    new = office.newcomer("Umar Contoh", 9009)
    new.person.follows(LINK + code)
    await office.settle()
    await new.says("PPNPN-07 Umar Contoh")
    await new.taps("Benar, ini saya")
    assert new.sees("Terdaftar sebagai Umar Contoh")
