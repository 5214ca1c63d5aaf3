# Buku register: lembar kerja, dan layar /register.

register-title = Buku Register
register-yes = ya
register-no = tidak
register-sheet-notes = Keterangan
register-sheet-sums = Ringkasan
register-sheet-cases = Laporan
register-sheet-steps = Langkah
register-sheet-chases = Pengingat
register-sheet-tenures = Pejabat

register-number = Nomor laporan
register-sop = SOP
register-version = Versi SOP
register-opened = Diterima ({ $zone })
register-closed = Selesai ({ $zone })
register-state = Keadaan
register-waits-at = Menunggu di
register-reporter = Pelapor
register-unit = Unit kerja
register-urgency = Sifat
register-confidential = Rahasia
register-text = Uraian masalah
register-round = Putaran
register-steps = Jumlah langkah
register-late-steps = Langkah terlambat
register-took = Lama (jam kantor)
register-result = Hasil (Laporan Evaluasi)
register-helped = Membantu pelapor

register-step = Langkah ke-
register-activity = Kegiatan
register-post = Jabatan
register-person = Pegawai
register-capacity = Sebagai
register-late-by = Terlambat (jam kantor)
register-used = Terpakai (jam kantor)
register-standard = Mutu baku
register-waited = Menunggu pelapor
register-extensions = Perpanjangan
register-received = Masuk ({ $zone })
register-started = Mulai ({ $zone })
register-due = Batas waktu ({ $zone })
register-decided = Diputus ({ $zone })
register-outcome = Keputusan
register-given-to = Ditunjuk
register-raised-from = Menggantikan jabatan
register-because = Karena
register-instructions = Petunjuk
register-note = Catatan

register-rung = Pengingat
register-rung-due = Jatuh tempo ({ $zone })
register-fired = Terjadi ({ $zone })

register-post-title = Nama jabatan
register-name = Nama
register-nip = NIP
register-since = Sejak ({ $zone })
register-until = Sampai ({ $zone })
register-stands-for = Menggantikan

register-stays = Jumlah langkah
register-late-stays = Terlambat
register-late-in-all = Jumlah keterlambatan
register-latest = Terlama

register-state-open = berjalan
register-state-closed = selesai
register-state-declined = ditolak
register-state-moved = dipindahkan
register-state-withdrawn = ditarik pelapor
register-capacity-definitive = definitif
register-capacity-plt = Plt.
register-capacity-plh = Plh.
register-capacity-admin = Admin
register-because-vacant = jabatan lowong
register-because-unreachable = tidak dapat dihubungi
register-because-absent = tidak di tempat, tanpa Plh.
register-because-mandate = bukan untuk Plh.
register-rung-warn = peringatan (80 % waktu)
register-rung-late = terlambat
register-rung-escalate = diteruskan ke atasan
register-rung-repeat = diulang

register-label-period = Periode
register-label-post = Jabatan
register-label-sop = SOP
register-label-only = Penyaring
register-label-maker = Dibuat oleh
register-label-made = Dibuat pada
register-label-checkpoint = Segel (checkpoint)
register-label-zone = Zona waktu
register-label-rows = Isi
register-label-confidential = Laporan rahasia
register-every-time = seluruh waktu
register-every-post = semua jabatan
register-every-sop = semua SOP
register-only-late = hanya langkah yang terlambat dalam periode ini
register-only-none = tanpa penyaring lain
register-note-checkpoint = Nomor { $number }, { $at }, { $size } daun, akar { $root }. Yang terjadi sesudahnya belum disegel.
register-note-no-checkpoint = Belum ada segel.
register-note-zone = { $zone } ({ $offset }); semua jam dalam berkas ini memakai zona itu.
register-note-rows = { $cases } laporan, { $stays } langkah ({ $late } terlambat), { $chases } pengingat, { $tenures } masa jabatan
register-confidential-whole = Isi laporan rahasia ikut tercantum. Jaga berkas ini.
register-confidential-makers = Isi laporan rahasia tercantum hanya bila pembuat berkas berhak membacanya; selebihnya nomor dan kedudukannya saja.
register-confidential-position = Dari laporan rahasia hanya nomor dan kedudukannya yang tercantum.
register-rule-period = Isi periode
register-rule-period-words = Laporan, langkah, dan masa jabatan yang berlangsung dalam periode: sudah mulai sebelum periode berakhir dan belum selesai sebelum periode mulai. Pengingat: yang terjadi dalam periode.
register-rule-used = Terpakai
register-rule-used-words = Jam kantor sejak langkah masuk sampai diputus (atau sampai berkas dibuat), tanpa waktu ketika jam langkah berhenti. Malam, istirahat, dan hari libur tidak dihitung. Ditampilkan sebagai jam:menit.
register-rule-waited = Menunggu pelapor
register-rule-waited-words = Jam kantor ketika jam langkah berhenti karena pelapor ditanya; tidak termasuk dalam Terpakai.
register-rule-late = Terlambat
register-rule-late-words = Jam kantor sesudah mutu baku habis. Kosong berarti tepat waktu. Putusan tentang langkah yang sudah selesai tidak berubah oleh kalender yang datang kemudian.
register-rule-extension = Perpanjangan
register-rule-extension-words = Perpanjangan memindahkan batas waktu, bukan mutu baku: yang melewati mutu baku tetap tercatat terlambat.
register-rule-calendar = Kalender
register-rule-calendar-words = Jam kantor dihitung dengan kalender yang berlaku ketika berkas dibuat.
register-rule-personal = Data pribadi
register-rule-personal-words = Berkas ini memuat nama dan NIP. Pembuatannya tercatat dalam buku catatan kantor: siapa, kapan, dan untuk apa saja. Simpan dan hapus sesuai aturan kantor.

command-register = Buku register: unduh sebagai XLSX
register-card = 📒 <b>BUKU REGISTER</b>
    Pilih periode. Berkas XLSX dikirim ke percakapan ini.
    🔐 Isinya nama dan NIP. Siapa yang mengambilnya dan untuk periode apa tercatat dalam buku catatan kantor.
    Yang lain: <code>/register 2026-08 terlambat</code>; boleh ditambah <code>csv</code>, <code>json</code>, atau kode jabatan.
register-months = 📒 <b>BUKU REGISTER</b>
    Bulan yang mana?
button-register-late = ⏰ Yang terlambat bulan lalu ({ $month })
button-register-this-month = Bulan ini ({ $month })
button-register-last-month = Bulan lalu ({ $month })
button-register-this-year = Tahun ini ({ $year })
button-register-months = 📅 Pilih bulan
toast-register = 📒 { $period } sedang dibuat dan dikirim ke sini.
toast-register-lately = 📒 { $period } baru saja diminta; tunggu berkasnya.
register-making = 📒 { $period } sedang dibuat dan dikirim ke sini.
register-made-lately = 📒 { $period } baru saja diminta; tunggu berkasnya.
register-caption = 📒 <b>Buku register</b> · { $period }
register-caption-late = 📒 <b>Buku register</b> · { $period } · yang terlambat
register-counted = { $cases } laporan, { $stays } langkah, { $late } terlambat
register-late-line = ⏰ { $post }, { $name }: { $count }×, { $span } jam kantor
register-late-more = … dan { $count } lagi; lihat lembar Ringkasan.
register-nobody-late = ✅ Tidak ada yang terlambat.
register-too-large = 📒 Berkasnya { $size } MB; Telegram hanya menerima { $most } MB. Pilih periode yang lebih pendek atau satu jabatan, atau minta admin menjalankan <code>disposisi register</code> di mesin bot.
refusal-register-not-yours = Buku register hanya untuk pimpinan kantor, pengelola SOP, dan admin.
refusal-period-unreadable = “{ $words }” tidak dikenal. Contoh: /register 2026-10 terlambat
