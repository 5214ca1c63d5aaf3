# /kelola: the office at a glance, its lists, and what an admin does on each page.

administration = 🗂 <b>Kelola</b> · { $office }
administration-counts = { "" }
    { $posts } jabatan{ $vacant ->
        [0] { "" }
       *[other] , <b>{ $vacant } lowong</b>
    } · { $people } pegawai · { $expected } belum mendaftar · { $admins } admin
button-posts = 🪑 Jabatan
button-people = 👥 Pegawai
button-expected = 📋 Belum mendaftar
button-admins = 🛡 Admin
button-candidates = 👤 Semua pendaftar ({ $count })
button-unreached = 📮 Tidak terkirim ({ $count })
page-of = <i>Halaman { $page } dari { $pages }</i>
button-search = 🔎 Cari…
button-show-all = ✖️ Tampilkan semua
list-searched = 🔎 “{ $words }”: { $count ->
        [0] tidak ada yang cocok.
       *[other] { $count } yang cocok.
    }

list-of-posts = 🪑 <b>Jabatan</b> ({ $count })
list-of-people = 👥 <b>Pegawai terdaftar</b> ({ $count })
list-of-expected = 📋 <b>Belum mendaftar</b> ({ $count })
list-of-admins = 🛡 <b>Admin</b> ({ $count })
list-of-candidates = 👤 <b>Menunggu persetujuan</b> ({ $count })
list-of-unreached = 📮 <b>Tidak terkirim</b> ({ $count })

people-line = • { $name }{ $admin ->
        [yes] { " " }🛡
       *[no] { "" }
    }{ $said ->
        [none] { "" }
       *[other] : { $said }
    }
admins-how = { "" }
    Menambah admin: buka orangnya pada 👥 Pegawai, lalu 🛡 Jadikan admin. Orang kedua menyetujuinya.

post = 🪑 <b>{ $post }</b>
post-vacant = 🪑 <b>{ $post }</b>
    <i>lowong</i>
post-ended = ⏹ Masa jabatan { $name } baru diakhiri; dapat diurungkan sampai { $until }.
tenure-definitive = • { $name }
tenure-plt = • { $name } (Plt.)
tenure-plh = • { $name } (Plh.)
tenure-stands-in = • { $name } (Plh. { $away })
button-invite = ✉️ Undang { $post }
button-invite-successor = 🔁 Ganti { $post }
button-name-plt = 📝 Plt. menurut SK…
button-name-plh = 📝 Plh. menurut SK…
naming-plh = 📝 <b>{ $name }</b> memegang beberapa jabatan.
    Untuk jabatan mana Plh. ditunjuk?
button-plh-everywhere = 🪑 Semua jabatannya
button-plh-at = 🪑 { $post }
button-relieve-of = ⏹ Akhiri: { $name }
button-undo-relief = ↩️ Urungkan: { $name }

inviting-adds = ✉️ <b>Undangan sebagai { $post }</b>
    Tidak ada yang digantikan.
inviting-replaces = 🔁 <b>Undangan sebagai { $post }</b>
    Menggantikan <b>{ $name }</b>: masa jabatannya berakhir begitu penggantinya diterima, dan kartunya berpindah.
inviting-choose = ✉️ <b>Undangan sebagai { $post }</b>
    Siapa yang digantikan?
button-replace = 🔁 { $name }
button-replace-nobody = ➕ Tidak ada, tambahan
button-invite-anybody = 🔗 Buat undangan
button-invite-nip = 🔢 Undang satu NIP…
invitation-replaces = Menggantikan { $names }

turned-renamed = 🪑 Kode jabatan itu berubah; ini { $post }.
refusal-post-gone = Jabatan itu tidak ada lagi pada berkas kantor. Halaman ini diperbarui.
turned-relieving = Belum berakhir. Baca dahulu, lalu ketuk sekali lagi.
relieving = ⏹ <b>Akhiri masa jabatan?</b>
    { $name } · { $post }

    { $count ->
        [0] Tidak ada kartu yang menunggunya.
       *[other] { $count } kartu menunggunya ({ $numbers }).
    } { $kind ->
        [left] Sesudah ini jabatan itu pada { $to }{ $count ->
            [0] .
           *[other] ; kartunya berpindah ke sana.
        }
        [superiors] Tidak ada pemegang lain: jabatan itu lowong. Yang menunggu di sana naik kepada atasannya ({ $to }) sampai penggantinya ada; admin diberi tahu.
       *[nobody] Tidak ada pemegang lain, dan tidak ada atasannya: yang menunggu di sana beralih kepada wakil yang disebut berkas kantor, atau kepada admin, sampai penggantinya ada.
    }
    Selama 10 menit dapat diurungkan. Bila penggantinya sudah ada, cukup undang penggantinya.
button-relieve-now = ⏹ Akhiri sekarang
relieved = ⏹ { $name } tidak lagi memegang { $post }.
relieved-undoable = ⏹ { $name } tidak lagi memegang { $post }.
    Keliru? Sampai { $until } dapat diurungkan: jabatannya kembali, beserta kartu yang belum diputuskan orang lain.
relieved-undone = ↩️ { $name } memegang { $post } lagi.
button-undo = ↩️ Urungkan
toast-undone = ↩️ { $name } memegang { $post } lagi.{ $count ->
        [0] { "" }
       *[other] { " " }{ $count } kartu kembali kepadanya.
    }
tenure-restored = ↩️ Anda memegang jabatan { $post } lagi; kartu yang menunggu datang kembali.
alert-reinstated = ↩️ { $name } memegang jabatan { $post } lagi: { $by } mengurungkan pengakhirannya.
refusal-not-undoable = { $name } memegang jabatan { $post } lagi, atau masa jabatannya tidak diakhiri lewat /kelola.
refusal-relief-stands = Sudah lewat { $limit } menit, jadi tidak dapat diurungkan lagi. Undang { $name } kembali lewat 🪑 Jabatan pada /kelola.

person = 👤 <b>{ $name }</b>
    { $nip }
    Unit: { $unit }
person-rank = Pangkat: { $rank }
person-tenure = • { $post }
person-admin = 🛡 Admin
person-unbound = ⚠️ Tanpa akun Telegram: belum masuk lagi sejak ponselnya hilang.
person-unreachable-since = ⚠️ Tidak dapat dihubungi sejak { $since }{ $why ->
        [blocked] : memblokir bot
        [deleted] : akun dihapus
        [not-started] : belum mengetuk Mulai
       *[unknown] { "" }
    }
button-write-unit = 🏢 Unit…
button-write-rank = 🎖 Pangkat…
button-open-invites = ✉️ Undangan ({ $count })
open-invites = ✉️ <b>Undangan yang masih berlaku</b>{ $post ->
        [all] { "" }
       *[other] { " " }· { $post }
    }{ $count ->
        [0] { "" }. Tidak ada.
       *[other] { "" }
    }
open-invite = <b>{ $number }.</b> { $about }
open-invite-post = { $post }
open-invite-admin = Admin
open-invite-office = Tautan pendaftaran pegawai
open-invite-nip = { " " }· untuk NIP { $nip }
open-invite-by = { " " }· dibuat { $by ->
        [none] pengelola mesin bot
       *[other] { $by }
    }, { $at }
open-invite-until = { " " }· berlaku sampai { $until }
open-invite-opened = { " " }· ⏳ sudah dibuka, pendaftaran belum selesai
open-invite-waits = { " " }· 🙋 dipakai { $name }, menunggu persetujuan (👤 pada /kelola)
button-withdraw-invite = 🚫 Cabut { $number }
withdrawing-invite = 🚫 <b>Cabut undangan ini?</b>
    { $about }
    Tautan dan kodenya seketika tidak berlaku lagi; yang membukanya diberi tahu bahwa undangannya dicabut. { $many ->
        [yes] Yang sudah terdaftar, dan yang sudah menunggu persetujuan, tidak terpengaruh.
       *[no] Bila masih perlu, buat undangan baru.
    }
button-withdraw-invite-now = 🚫 Ya, cabut
toast-invite-withdrawn = 🚫 Undangan dicabut; tautannya tidak berlaku lagi.
button-invite-back = ✉️ Undang kembali
button-lost-phone = 📵 Ponsel hilang…
button-make-admin = 🛡 Jadikan admin
button-dismiss-admin = 🛡 Berhentikan sebagai admin
button-resign-admin = 🛡 Berhenti sebagai admin

unbinding = 📵 <b>Ponsel { $name } hilang?</b>
    Akun Telegramnya dilepas seketika. { $count ->
        [0] Tidak ada kartu yang menunggunya.
       *[other] { $count } kartu yang menunggunya tidak berlaku lagi di sana, dan tampil kembali saat ia masuk dengan akun baru.
    }
    { $kind ->
        [own] Ini akun Anda sendiri: sesudahnya Anda masuk kembali lewat undangan.
        [admin] Ia admin: orang kedua menyetujuinya dahulu.
       *[other] Sesudahnya undang ia kembali lewat jabatannya, atau dengan tautan pegawai. Yang menyetujui ia masuk kembali bukan Anda, melainkan admin lain, atasannya, atau pimpinan kantor.
    }
button-unbind-now = 📵 Lepaskan akunnya
toast-unbound = 📵 Akun { $name } dilepas. Undang ia kembali.
alert-unbound = 📵 { $by } melepas akun Telegram { $name }.

expected-line = • { $name }{ $unit ->
        [none] { "" }
       *[other] : { $unit }
    }
expected-one = 📋 <b>{ $name }</b>
    { $nip }
    Unit: { $unit }
    Masuk tanpa persetujuan bila mendaftar dengan NIP ini lewat tautan pegawai.
expected-gone = 📋 Nomor ini tidak ada lagi pada daftar.
expected-kept = 📋 { $name } ada pada daftar. Berikan tautan pendaftaran pegawai kepadanya.
button-expect = ➕ Tambah…
button-forget = ✖️ Keluarkan dari daftar
toast-forgotten = ✖️ { $name } dikeluarkan dari daftar.

write-search = 🔎 Tulis sebagian nama, atau awal NIP, lalu kirim.
write-expect = 📋 Tulis NIP atau nomor kantor, nama lengkap, lalu titik koma dan unit kerja (boleh dikosongkan). Misalnya:
    <code>19900101 201503 1 004 Umar Contoh; Subbagian Umum</code>
write-invite = 🔢 Tulis NIP atau nomor kantor orang yang diundang sebagai <b>{ $name }</b>.
write-plh = 📝 Plh. menggantikan <b>{ $name }</b>. Tulis NIP Plh. dan tanggalnya; nomor SK; tanggal SK. Misalnya:
    <code>19800101 200501 2 003 1/12 - 5/12; W.25-KP.04-12; 20/11/2026</code>
write-plt = 📝 Plt. <b>{ $name }</b> sampai jabatan itu terisi. Tulis NIP Plt.; nomor SK; tanggal SK. Misalnya:
    <code>19800101 200501 2 003; W.25-KP.04-13; 20/11/2026</code>
write-rank = 🎖 Tulis pangkat dan golongan <b>{ $name }</b> seperti pada naskah dinas, misalnya: Penata (III/c). Tanda - menghapusnya.
write-unit = 🏢 Tulis unit kerja <b>{ $name }</b>.

toast-proposed = ⏳ Menunggu persetujuan orang kedua: { $names }.
proposed = ⏳ Ini memberi Anda sendiri wewenang, jadi orang kedua menyetujuinya dahulu: { $names }. Berlaku 24 jam.
proposed-for-another = ⏳ Ini memberi wewenang atas admin atau pimpinan kantor, jadi orang kedua menyetujuinya dahulu: { $names }. Berlaku 24 jam.
proposal-done = ✅ Dilakukan. Tidak ada admin lain, dan Anda pimpinan kantor; buku catatan menyebutkannya.
proposal-make-admin = 🛡 <b>{ $by }</b> mengusulkan <b>{ $name }</b> menjadi admin.
proposal-dismiss-admin = 🛡 <b>{ $by }</b> mengusulkan <b>{ $name }</b> berhenti sebagai admin.
proposal-unbind = 📵 <b>{ $by }</b> mengusulkan akun Telegram admin <b>{ $name }</b> dilepas, karena ponselnya hilang.
proposal-name-plh = 📝 <b>{ $by }</b> mengusulkan { $own ->
        [yes] dirinya sendiri
       *[no] <b>{ $name }</b>
    } sebagai Plh. menggantikan <b>{ $away }</b>, { $days }, menurut SK { $decree }.
proposal-act-plt = 📝 <b>{ $by }</b> mengusulkan { $own ->
        [yes] dirinya sendiri
       *[no] <b>{ $name }</b>
    } sebagai Plt. <b>{ $post }</b>, menurut SK { $decree }.
proposal-restrict = 🔏 <b>{ $by }</b> mengusulkan pengolahan data pribadinya sendiri dibatasi: tulisannya tidak ditampilkan lagi dalam kasus yang sudah selesai.
proposal-lift-restriction = 🔏 <b>{ $by }</b> mengusulkan pembatasan data pribadinya sendiri dicabut.
proposal-why = Perubahan admin, wewenang untuk diri sendiri, serta Plh. atau Plt. pimpinan dan Plh. admin, juga pembatasan data sendiri oleh admin, memerlukan persetujuan orang kedua. Berlaku sampai { $until }.
proposal-is-agreed = ✅ Disetujui { $name }.
proposal-is-refused = ❌ Ditolak { $name }.
proposal-is-over = Usulan ini tidak menunggu persetujuan Anda lagi.
button-agree = ✅ Setujui
button-disagree = ❌ Tolak
toast-agreed = ✅ Disetujui: { $name }.
toast-disagreed = ❌ Ditolak; { $name } diberi tahu.
proposal-agreed = ✅ { $name } menyetujui usulan Anda: { $what ->
        [make-admin] { $person } kini admin
        [dismiss-admin] { $person } bukan lagi admin
        [unbind] akun { $person } dilepas
        [name-plh] { $person } Plh.
        [restrict] data { $person } dibatasi
        [lift-restriction] pembatasan data { $person } dicabut
       *[act-plt] { $person } Plt.
    }.
proposal-refused = ❌ { $name } menolak usulan Anda: { $what ->
        [make-admin] { $person } menjadi admin
        [dismiss-admin] { $person } berhenti sebagai admin
        [unbind] akun { $person } dilepas
        [name-plh] { $person } sebagai Plh.
        [restrict] data { $person } dibatasi
        [lift-restriction] pembatasan data { $person } dicabut
       *[act-plt] { $person } sebagai Plt.
    }.
toast-admin-made = 🛡 { $name } kini admin.
toast-dismissed = 🛡 { $name } bukan lagi admin.
toast-resigned = 🛡 Anda bukan lagi admin.
admin-made-you = 🛡 Anda kini admin. /kelola: jabatan, pegawai, undangan, pendaftar.
refusal-second-missing = Ini memerlukan orang kedua, dan tidak ada admin lain maupun pimpinan kantor yang dapat dimintai. Pengelola mesin bot dapat melakukannya dengan perintah disposisi.
refusal-proposal-over = Usulan ini sudah diputuskan, lewat 24 jam, atau bukan Anda yang menyetujuinya.

unreached-waiting = ; { $count } menunggunya
unreached-trying = ; <i>sedang dicoba…</i>
unreached-tried = ; dicoba { $at }, belum berhasil
unreached-how = { "" }
    Ketuk 🔁 nama untuk mencoba lagi sekarang. Yang berhasil hilang dari daftar ini.
button-try-again = 🔁 { $name }
button-try-person-again = 🔁 Coba lagi
toast-trying = 🔁 Bot mencoba menghubungi { $name }; hasilnya tampil di sini.
toast-reachable = ✅ { $name } sudah dapat dihubungi.
try-again = 📮 Bot mencoba menghubungi Anda lagi. Yang menunggu Anda menyusul.

unit-asked = 🏢 Di unit kerja mana Anda bertugas? Nama unit tampil pada laporan Anda. Ini hanya ditanyakan sekali.
write-own-unit = 🏢 Tulis nama unit kerja Anda, lalu kirim.
unit-kept = 🏢 Unit kerja Anda: { $unit }
unit-skipped = 🏢 Unit kerja tidak diisi.
button-type-unit = ✍️ Tulis…
button-skip-unit = Lewati
toast-unit = 🏢 { $unit }
command-kelola = Jabatan, pegawai, undangan
command-cuti = Bila Anda tidak di tempat
