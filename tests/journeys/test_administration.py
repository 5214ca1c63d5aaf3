"""An admin runs the office from `/kelola`, and every chat tells its part of it."""

from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice

NUMBER = "SW-2026-0001"


async def test_a_tenure_is_ended_by_mistake_and_given_back(office: DemoOffice) -> None:
    admin, kadiv, kakanwil = office["Kasubbag"], office["Kadiv"], office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.taps("Teruskan ke")
    await admin.says("/kelola")
    await admin.taps("Jabatan")
    await admin.taps("Kadiv")
    assert "sekali lagi" in await admin.taps("⏹ Akhiri: Dina Contoh")
    assert admin.sees(f"1 kartu menunggunya ({NUMBER})")
    assert admin.sees("naik kepada atasannya (Karel Contoh) sampai penggantinya ada")
    assert not kadiv.sees("sudah berakhir")
    await admin.taps("Akhiri sekarang")
    assert kadiv.sees("Masa jabatan Anda sebagai Kepala Divisi Administrasi sudah berakhir")
    assert kakanwil.message("karena jabatan").button("Teruskan ke")

    await office.passes(minutes=4)
    assert "Dina Contoh memegang Kadiv lagi. 1 kartu kembali kepadanya." in await admin.taps("Urungkan")
    assert kadiv.sees("Anda memegang jabatan Kepala Divisi Administrasi lagi")
    await kadiv.taps("Teruskan ke Kabag P2L")
    assert (await office.case()).tasks[1].decided_as == "definitive:kadiv"
    assert await office.verified()


async def test_undoing_survives_a_restart_and_ends_after_ten_minutes(office: DemoOffice) -> None:
    admin = office["Kasubbag"]
    await admin.says("/kelola")
    await admin.taps("Jabatan")
    await admin.taps("Kadiv")
    await admin.taps("⏹ Akhiri: Dina Contoh")
    await admin.taps("Akhiri sekarang")
    await office.stops()
    await office.starts()
    await office.passes(minutes=11)
    assert "Sudah lewat 10 menit" in await admin.taps("Urungkan")
    assert not admin.message("tidak lagi memegang Kepala Divisi").button("Urungkan")


async def test_an_only_admin_makes_another_with_the_word_of_the_head(office: DemoOffice) -> None:
    admin, head = office["Kasubbag"], office["Kakanwil"]
    await admin.says("/kelola")
    await admin.taps("Pegawai")
    await admin.taps("Rina Contoh")
    assert "Karel Contoh" in await admin.taps("Jadikan admin")
    assert head.sees("Sari Contoh mengusulkan Rina Contoh menjadi admin")
    await office.stops()
    await office.starts()
    await head.taps("Setujui")
    assert office["Rina"].sees("Anda kini admin")
    assert admin.sees("Karel Contoh menyetujui usulan Anda")
    await office["Rina"].says("/kelola")
    assert office["Rina"].sees("2 admin")
    assert await office.verified()


async def test_a_lost_phone_is_reported_and_its_owner_comes_back(office: DemoOffice) -> None:
    admin, superior = office["Kasubbag"], office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Teruskan ke")
    account = office["Kadiv"].person.account.account_id
    nip = await office.asks(lambda records: records.known(account).nip)
    await admin.says("/kelola")
    await admin.taps("Pegawai")
    await admin.taps("Dina Contoh")
    await admin.taps("Ponsel hilang")
    assert admin.sees("1 kartu yang menunggunya tidak berlaku lagi di sana")
    assert "dilepas" in await admin.taps("Lepaskan akunnya")
    await admin.says(f"/kelola kadiv {nip}")
    code = admin.message("Undangan sebagai").words.rpartition("/start ")[2].strip()
    again = office.newcomer("Dina Contoh", 9100)
    await again.says(f"/start {code}")
    await again.says(f"{nip} Dina Contoh")
    await again.taps("Benar, ini saya")
    assert again.sees("Menunggu persetujuan")
    assert admin.sees("Bukan Anda yang menyetujui, melainkan: Karel Contoh")
    await office["Kakanwil"].taps("Terima")
    assert not superior.sees("Pendaftar")
    await again.taps("Teruskan ke Kabag P2L")
    assert await office.verified()


async def test_what_cannot_be_delivered_is_tried_again(office: DemoOffice) -> None:
    admin, kadiv = office["Kasubbag"], office["Kadiv"]
    kadiv.person.blocks_bot()
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Teruskan ke")
    await admin.says("/kelola")
    await admin.taps("Tidak terkirim (1)")
    listed = admin.message("Tidak terkirim")
    assert "Dina Contoh, sejak 08.30 WITA: memblokir bot; 1 menunggunya" in listed.words
    assert "Bot mencoba menghubungi Dina Contoh" in await admin.taps("🔁 Dina Contoh", listed)
    assert "dicoba 08.30 WITA, belum berhasil" in admin.message("Tidak terkirim").words

    kadiv.person.unblocks()
    await office.settle()
    assert "Dina Contoh" not in admin.message("Tidak terkirim").words
    assert kadiv.message(f"DISPOSISI {NUMBER}").button("Teruskan ke")


async def test_who_lets_the_bot_in_unnoticed_is_found_by_trying(office: DemoOffice) -> None:
    admin, kadiv = office["Kasubbag"], office["Kadiv"]
    account = kadiv.person.account.account_id

    def lose(records: Records) -> None:
        person = records.known(account)
        person.unreachable_since = records.at

    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Teruskan ke")
    await office.asks(lose)
    await admin.says("/kelola")
    await admin.taps("Tidak terkirim (1)")
    await admin.taps("🔁 Dina Contoh")
    assert kadiv.sees("Bot mencoba menghubungi Anda lagi")
    assert kadiv.message(f"DISPOSISI {NUMBER}").button("Teruskan ke")
    assert "Tidak terkirim (0)" in admin.message("Tidak terkirim").words
    assert "sudah dapat dihubungi" not in kadiv.chat
    assert await office.verified()


async def test_two_admins_end_the_same_tenure_at_once(office: DemoOffice) -> None:
    admin, second = office["Kasubbag"], office["Rina"]
    account = second.person.account.account_id
    await office.asks(lambda records: setattr(records.known(account), "is_admin", True))
    for one in (admin, second):
        await one.says("/kelola")
        await one.taps("Jabatan")
        await one.taps("Kadiv")
        await one.taps("⏹ Akhiri: Dina Contoh")
    presses = [one.person.taps("Akhiri sekarang") for one in (admin, second)]
    toasts = [await admin.toast_of(press) for press in presses]
    assert sorted("tidak lagi memegang Kadiv" in one for one in toasts) == [False, True]
    assert any("Dina Contoh tidak memegang jabatan Kadiv" in one for one in toasts)
    assert await office.verified()
