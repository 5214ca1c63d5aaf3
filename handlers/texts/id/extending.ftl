# Perpanjangan: lebih banyak waktu untuk satu langkah.

action-extend = meminta perpanjangan
action-grant-extension = memberi perpanjangan
action-deny-extension = menolak perpanjangan
button-extend = ⏳ Minta perpanjangan
prompt-spans = ⏳ Minta perpanjangan kepada { $above }. Berapa lama (waktu kerja)?
turned-spans = Pilih lamanya.
prompt-reasons-extend = ⏳ Minta { $span } kepada { $above }. Batas waktu tetap sampai disetujui. Alasan:
turned-reasons-extend = Pilih atau tulis alasan.
prompt-expects-extend-reason = ✍️ Tulis alasan perpanjangan { $span }, lalu kirim. Permintaan langsung sampai di { $above }.
reasons-extend-1 = Menunggu pihak lain
reasons-extend-2 = Masalahnya lebih luas dari dugaan
reasons-extend-3 = Ada tugas yang lebih mendesak
done-extension-asked = ⏳ Perpanjangan { $span } untuk { $number } diminta kepada { $to }; batas waktu tetap sampai disetujui.
card-extension-asked = ⏳ Perpanjangan { $span } diminta; menunggu { $above }.
card-extended = ⏳ Diperpanjang sampai { $due } oleh { $name }
card-not-extended = ⏳ Perpanjangan ditolak oleh { $name } { $note }
extension-card = ⏳ <b>PERMINTAAN PERPANJANGAN</b> · { $number } · langkah { $step } dari { $of }
    { $role }, { $name }, meminta <b>{ $span }</b>: “{ $reason }”
extension-until = Bila disetujui: sampai { $until }. Mutu baku tetap tercatat.
extension-until-late = Bila disetujui sekarang: sampai { $until }. Mutu baku tetap tercatat.
button-grant-extension = ✅ Setujui { $span }
button-deny-extension = ✖️ Tolak
button-deny-because = ✍️ Tolak, beri alasan
prompt-expects-denial-reason = ✍️ Tulis alasan penolakan untuk { $name }, lalu kirim.
done-extended = ✅ Perpanjangan { $span } untuk { $number } disetujui.
done-not-extended = ✖️ Perpanjangan untuk { $number } ditolak.
extension-granted = ✅ Disetujui oleh { $name }, { $at }.
extension-denied = ✖️ Ditolak oleh { $name }, { $at }. { $note }
extension-over = ↪️ Tidak diperlukan lagi: langkah ini sudah diputus.
news-extended = ✅ Perpanjangan { $number } disetujui { $name } ({ $post }): batas waktu sampai { $due }.
news-not-extended = ✖️ Perpanjangan { $number } ditolak { $name } ({ $post }).{ $answer ->
        [0] { "" }
       *[other] { " " }“{ $answer }”
    }
happened-extend = ⏳ { $who } meminta perpanjangan { $to }
happened-grant-extension = ⏳ { $who } memberi perpanjangan { $to }
happened-deny-extension = ⏳ { $who } menolak perpanjangan
refusal-clock-stands = Waktu langkah ini sedang berhenti karena menunggu pelapor, jadi belum perlu diperpanjang.
refusal-extension-asked = Perpanjangan sudah diminta { $since } dan masih menunggu keputusan.
refusal-extension-decided = Permintaan ini sudah diputus { $at }.
refusal-extension-over = Tidak diperlukan lagi: langkah { $number } ini sudah diputus.
refusal-nobody-above = Tidak ada atasan { $post } yang dapat memberi perpanjangan.
