# What people type and send without being asked, and files that are taken out again.

button-remove = 🗑 Keluarkan berkas…
button-remove-file = 🗑 { $position }. { $file }
button-restore-file = ↩️ Sertakan lagi { $file }
removal-draft = 🗑 <b>Draf laporan</b>
removal-note = 🗑 Catatan untuk <b>{ $number }</b>
removal-evaluation = 🗑 Laporan Evaluasi <b>{ $number }</b>
removal-choose = Ketuk berkas yang tidak jadi disertakan; urutannya seperti saat dikirim.
removal-none = Tidak ada berkas lagi di sini.
turned-remove = Ketuk berkas yang dikeluarkan.
done-file-removed = 🗑 { $file } dikeluarkan.
done-file-restored = ↩️ { $file } disertakan lagi.

attachments-said = 📎 Lampiran { $number } · { $name } { $action }, { $at }

draft-ask-note = 🗒 Bila ini catatan untuk kartu yang menunggu Anda, ketuk Jadikan catatan.
draft-noted = 🗒 Draf ini menjadi catatan untuk <b>{ $number }</b>.
button-as-note = 🗒 Jadikan catatan { $number }
unasked-unknown = Laporan { $number } tidak ditemukan, atau bukan untuk Anda. Untuk melapor, tuliskan masalahnya.
unasked-nothing = 👍 Tidak ada yang dicatat dari pesan ini.
unasked-nothing-draft-left = 👍 Tidak ada yang dicatat dari pesan ini. Draf laporan Anda belum terkirim: ketuk 📨 Kirim, atau /batal.

replied-afterwards = { $state ->
        [declined] ⛔ { $number } sudah ditolak
        [moved] ➡️ { $number } sudah dilanjutkan sebagai { $to }, dan itu pun sudah berakhir
        [merged] 🔗 { $number } sudah digabung ke { $to }
       *[closed] 🏁 { $number } sudah selesai
    } ({ $at }), jadi balasan ini tidak masuk lagi ke sana. Isinya kini draf laporan lanjutan di bawah; ketuk 📨 Kirim bila memang perlu ditangani.
replied-afterwards-busy = { $state ->
        [declined] ⛔ { $number } sudah ditolak
        [moved] ➡️ { $number } sudah dilanjutkan sebagai { $to }
        [merged] 🔗 { $number } sudah digabung ke { $to }
       *[closed] 🏁 { $number } sudah selesai
    } ({ $at }), jadi balasan ini tidak masuk lagi ke sana. Isinya masuk ke draf laporan di bawah, yang belum terkirim.

greeting-unknown-kept = Selamat datang. Bot ini melayani pegawai yang terdaftar.
    Untuk mendaftar, minta tautan undangan kepada admin kantor Anda, lalu buka tautan itu. Pesan Anda disimpan paling lama { $days } hari: begitu Anda terdaftar, pesan itu menjadi draf laporan.
registration-waits-kept = ⏳ Data Anda menunggu persetujuan. Anda akan diberi tahu. Pesan Anda disimpan: begitu Anda diterima dalam { $days } hari, pesan itu menjadi draf laporan.
first-words = 📝 Pesan yang Anda kirim sebelum terdaftar ada pada draf di bawah. Draf itu belum terkirim: periksa, lalu ketuk 📨 Kirim.
