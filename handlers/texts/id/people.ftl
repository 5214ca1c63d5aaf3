# Becoming a person of the office, administering it, and help.

greeting-unknown = Selamat datang. Bot ini melayani pegawai yang terdaftar.
    Untuk mendaftar, minta tautan undangan kepada admin kantor Anda, lalu buka tautan itu.

invited-post = Anda diundang sebagai <b>{ $post }</b>
    { $office }

    Kirim NIP Anda (18 angka), lalu nama lengkap. Belum punya NIP? Kirim nomor kantor dari admin, misalnya PPNPN-07.
invited-admin = Anda diundang sebagai <b>admin</b>
    { $office }

    Kirim NIP Anda (18 angka), lalu nama lengkap. Belum punya NIP? Kirim nomor kantor dari admin, misalnya PPNPN-07.
invited-office = Anda diundang sebagai <b>pegawai</b>
    { $office }

    Kirim NIP Anda (18 angka), lalu nama lengkap. Belum punya NIP? Kirim nomor kantor dari admin, misalnya PPNPN-07.

registration-nip = Kirim NIP Anda (18 angka), lalu nama lengkap. Belum punya NIP? Kirim nomor kantor dari admin, misalnya PPNPN-07.
registration-name = Kirim nama lengkap Anda, beserta gelar bila ada.
registration-tap = Ketuk tombol pada kartu di atas, atau kirim lagi NIP dan nama bila ada yang keliru.
registration-check = Periksa data Anda:
    <b>{ $nip }</b> · <b>{ $name }</b>
    { $purpose }
nip-doubt-appointment = ⚠️ Tahun pengangkatan (angka ke-9 sampai ke-12) tidak sesudah tahun lahir.
nip-doubt-sex = ⚠️ Angka ke-15, jenis kelamin, biasanya 1 atau 2.
nip-doubt-rounded = ⚠️ Tiga angka terakhirnya 000: lembar kerja seperti Excel membulatkan NIP menjadi begitu.
registration-doubt = NIP ini tidak lazim. Cocokkan dengan surat keputusan Anda; admin akan memeriksanya.
registration-as-post = Jabatan: { $post }, { $office }
registration-as-admin = Sebagai admin, { $office }
registration-as-employee = Sebagai pegawai, { $office }
registration-correcting = ✏️ Kirim NIP Anda (18 angka) atau nomor kantor dari admin, lalu nama lengkap.
registration-waiting = ⏳ <b>{ $nip }</b> · <b>{ $name }</b>
    Menunggu persetujuan. Anda akan diberi tahu.
registration-waits = ⏳ Data Anda menunggu persetujuan. Anda akan diberi tahu.
registration-done = ✅ Terdaftar sebagai <b>{ $name }</b>
registration-rejected = ❌ Pendaftaran tidak disetujui.
rejected = ❌ Pendaftaran Anda tidak disetujui. Hubungi admin kantor Anda bila ini keliru.
button-confirm = ✅ Benar, ini saya
button-correct = ✏️ Ubah
toast-registered = ✅ Terdaftar sebagai { $name }
toast-waits = ⏳ Menunggu persetujuan.
toast-correct = ✏️ Kirim NIP dan nama lagi.

tenure-ended = { $name } kini memegang jabatan { $post }. Kartu tugas jabatan itu tidak berlaku lagi bagi Anda.
tenure-over = Masa jabatan Anda sebagai { $post } sudah berakhir. Kartu tugas jabatan itu tidak berlaku lagi bagi Anda.
alert-appointed = 👤 { $name } kini memegang jabatan { $post }.
alert-admin-made = 👤 { $name } kini admin.
alert-dismissed = 👤 { $name } bukan lagi admin.
alert-relieved = 👤 { $name } tidak lagi memegang jabatan { $post }.{ $count ->
        [0] { "" }
       *[other] { " " }Kartu yang menunggu ({ $number }) kini pada { $to }.
    }
alert-vacated = ⚠️ { $name } tidak lagi memegang jabatan { $post }, dan tidak ada pemegang lain yang dapat dihubungi.{ $count ->
        [0] { "" }
       *[other] { " " }{ $raised ->
            [0] Tertahan di sana: { $number }.
           *[other] Kartunya ({ $number }) kini pada { $to }.
        }
    } Admin dapat mengundang penggantinya lewat /kelola.
admin-dismissed = Anda bukan lagi admin. Undangan yang Anda buat dan belum dipakai tidak berlaku lagi.
person-unreachable = ⚠️ { $name } tidak dapat dihubungi bot ({ $why ->
        [blocked] memblokir bot
        [deleted] akun Telegramnya sudah dihapus
        [not-started] belum mengetuk Mulai (Start) pada akun bot ini
       *[unknown] memblokir bot atau akunnya hilang
    }).{ $count ->
        [0] { "" }
       *[other] { " " }Menunggunya: { $number }. Admin dapat menunjuk pengganti lewat /kelola.
    }

candidate = 👤 <b>Pendaftar</b>
    { $name }
    NIP { $nip }
candidate-numbered = 👤 <b>Pendaftar tanpa NIP</b>
    { $name }
    Nomor kantor { $nip }. Terima hanya bila nomor ini Anda berikan kepadanya.
candidate-listed = Pada daftar kantor: { $name }
candidate-post = Diundang sebagai { $post }
candidate-displaces = Menggantikan { $holders }
candidate-agreeing = { $count ->
        [0] Tidak ada orang lain yang dapat menyetujui. Pengelola mesin bot dapat menunjuknya: disposisi invite JABATAN --for NIP.
       *[other] Bukan Anda yang menyetujui, melainkan: { $names }.
    }
candidate-admin = Diundang sebagai admin
candidate-doubt = NIP ini tidak lazim; cocokkan dengan surat keputusannya.
candidate-lookalike = ⚠️ Namanya serupa dengan { $names }, pegawai yang sudah terdaftar dengan nomor lain; pastikan ini orang yang berbeda.
candidate-foreign = ⚠️ Namanya tidak ditulis dengan huruf Latin; pastikan dibaca sebagai nama siapa.
candidate-since = Menunggu sejak { $at }
candidate-known = ⚠️ Nomor ini sudah tercatat atas nama { $name }, tanpa akun Telegram. Siapa yang diterima menjadi { $name } beserta seluruh laporannya; pastikan dahulu langsung kepada yang bersangkutan.
candidate-known-with-say = ⚠️ Nomor ini tercatat atas nama { $name } ({ $posts }), tanpa akun Telegram. Siapa yang diterima memperoleh wewenang itu beserta seluruh laporannya; pastikan dahulu langsung kepada yang bersangkutan.
candidate-registered = Pegawai terdaftar{ $posts ->
        [none] { "" }
       *[other] : { $posts }
    }
candidate-misnamed = ⚠️ Undangan ini dibuat untuk nomor lain.
candidate-taken = ⚠️ Nomor ini sudah terikat pada akun Telegram { $name }; permohonan ini tidak dapat diterima.
candidate-accepted = ✅ { $name } diterima oleh { $by }
candidate-rejected = ❌ { $name } ditolak oleh { $by }
candidate-withdrawn = Permohonan ini tidak berlaku lagi.
button-accept = ✅ Terima
button-reject = ❌ Tolak
button-look-at = 👤 { $name }
toast-candidate = 👤 { $name }: lihat pesan di bawah.
toast-accepted = ✅ { $name } diterima dan diberi tahu.
toast-rejected = ❌ { $name } ditolak dan diberi tahu.

invitation-post = 🔗 Undangan sebagai <b>{ $post }</b>
invitation-nip = Untuk NIP { $nip }
invitation-office = 🔗 Tautan pendaftaran pegawai
invitation-once = Teruskan pesan ini kepada yang bersangkutan saja. Berlaku untuk satu orang, sampai { $until }; { $asks ->
        [others] admin lain, pemegang jabatan itu sekarang, atau atasannya menyetujui siapa yang memakainya.
        [nobody] bila NIP yang ia tulis sama, tidak ada yang perlu menyetujui.
       *[admin] admin menyetujui siapa yang memakainya.
    }
invitation-many = Boleh dibagikan kepada semua pegawai, sampai { $until }. Setiap pendaftar menunggu persetujuan admin, kecuali NIP-nya ada pada daftar kantor dan belum pernah terdaftar.
invitation-link = Buka: { $link }
invitation-code = Atau kirim kepada bot ini: <code>{ $command }</code>
invitation-opened = ⏳ Sudah dibuka; pendaftaran belum selesai.
invitation-used = ✅ Dipakai oleh { $name }
invitation-expired = ⌛ Lewat waktunya. Buat yang baru lewat /kelola.
invitation-withdrawn = 🚫 Undangan ini tidak berlaku lagi.
toast-invited = 🔗 Undangan dibuat; lihat pesan di bawah.

administration-post = • { $post }: { $holders }
administration-vacant = • { $post }: <i>lowong</i>
administration-candidates = { "" }
    <b>Menunggu persetujuan</b>
administration-unreachable = { "" }
    <b>Tidak dapat dihubungi</b>
administration-line = • { $name }
administration-since = • { $name }, sejak { $since }{ $why ->
        [blocked] : memblokir bot
        [deleted] : akun dihapus
        [not-started] : belum mengetuk Mulai
       *[unknown] { "" }
    }
administration-more = … dan { $count } lagi
button-invite-office = 🔗 Tautan pendaftaran pegawai
toast-relieved = ⏹ { $name } tidak lagi memegang { $post }.{ $count ->
        [0] { "" }
       *[other] { " " }{ $count } kartu kini pada { $to }.
    }
toast-vacated = ⏹ { $name } tidak lagi memegang { $post }. Tidak ada pemegang yang dapat dihubungi{ $count ->
        [0] { "" }
       *[other] ; { $count } kartu menunggu di sana
    }. Undang penggantinya.

welcome = Selamat datang, <b>{ $name }</b>!{ $count ->
        [0] { "" }
       *[other] { "\u000A" }Jabatan: { $posts }
    }

    • Ada masalah? Kirim saja pesan, foto, atau dokumen di sini, lalu ketuk 📨 Kirim.
    • /status: laporan Anda dan posisinya{ $official ->
        [yes] { "\u000A" }• Disposisi untuk Anda datang sebagai kartu; semuanya ada pada /tugas.
       *[no] { "" }
    }{ $handler ->
        [yes] { "\u000A" }• Penugasan untuk Anda datang sebagai kartu; Laporan Evaluasi ditulis di sana.
       *[no] { "" }
    }{ $admin ->
        [yes] { "\u000A" }• /kelola: jabatan, undangan, pendaftar
       *[no] { "" }
    }
    • /bantuan: penjelasan lengkap

    🔏 Nama, NIP, akun Telegram, dan yang Anda kirim disimpan untuk menjalankan SOP dan mempertanggungjawabkannya. Hak Anda: /privasi

guide = <b>Yang dapat Anda lakukan</b>

    <b>Melapor</b>
    • Kirim teks, foto, dokumen, suara, atau video di sini; periksa drafnya, lalu ketuk 📨 Kirim.
    • Di grup: balas pesan seseorang dengan /lapor.
    • /status: laporan Anda, posisinya, dan riwayatnya; nomornya saja (0147) membuka satu laporan
    • Balas pertanyaan petugas langsung pada pesannya.{ $board ->
        [yes] { "\u000A" }• /papan: semua yang berjalan, terparah dahulu, dan siapa yang memegangnya
       *[no] { "" }
    }{ $official ->
        [yes] { "\u000A\u000A" }<b>Disposisi</b>{ "\u000A" }• /tugas: semua yang menunggu Anda{ "\u000A" }• Satu ketukan pada kartu meneruskan, mengembalikan, atau menyetujui.{ "\u000A" }• Balas kartu untuk menambah catatan.{ "\u000A" }• /cuti: bila Anda tidak di tempat; seseorang menjadi Plh.
       *[no] { "" }
    }{ $handler ->
        [yes] { "\u000A\u000A" }<b>Penanganan</b>{ "\u000A" }• /tugas: antrean Anda{ "\u000A" }• Pada kartu: ▶️ mulai tangani, ❓ tanya pelapor, 📝 Laporan Evaluasi.
       *[no] { "" }
    }{ $admin ->
        [yes] { "\u000A\u000A" }<b>Admin</b>{ "\u000A" }• /kelola: jabatan dan pemegangnya, undangan, pendaftar, yang tidak dapat dihubungi{ "\u000A" }• /kelola JABATAN NIP: undangan untuk orang itu saja{ "\u000A" }• /libur: hari libur, hari kerja, dan jam Ramadan
       *[no] { "" }
    }

    /libur: jam kerja dan hari libur · /bahasa: ganti bahasa · /batal: batalkan yang sedang ditulis
unknown-command = Perintah itu tidak dikenal. /bantuan menyebutkan yang dapat Anda lakukan; untuk melapor, kirim saja pesan biasa.

command-lapor = Laporkan masalah
command-lapor-group = Laporkan pesan yang dibalas
command-tugas = Yang menunggu Anda
command-libur = Jam kerja dan hari libur
command-status = Laporan dan posisinya
command-cari = Cari laporan: kata, nomor, nama
command-bahasa = Ganti bahasa
command-bantuan = Yang dapat Anda lakukan
