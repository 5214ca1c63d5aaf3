# The card of a task, and the words that go with every decision.

work-time = { $span } kerja
tap-failed = Maaf, terjadi gangguan. Ketukan Anda dicatat dan akan dicoba lagi; periksa /tugas sebentar lagi.
message-set-aside = Maaf, pesan Anda tidak dapat diproses karena gangguan: “{ $held }”. Admin sudah diberi tahu; kirim lagi nanti.
tap-set-aside = Maaf, ketukan Anda tidak dapat diproses karena gangguan. Admin sudah diberi tahu; buka /tugas atau /status, lalu ketuk lagi nanti.
report-set-aside = Maaf, pesan Anda kepada bot di grup “{ $title }” tidak dapat diproses karena gangguan: “{ $held }”. Tidak ada laporan yang dicatat darinya. Admin sudah diberi tahu; kirim masalahnya di obrolan ini.
message-flood = Terlalu banyak pesan Anda yang menunggu, sehingga sebagian belum kami proses. Mohon tunggu sebentar, lalu kirim ulang yang belum dijawab.
report-flood = Terlalu banyak laporan yang menunggu di grup, sehingga /lapor Anda di sana belum kami proses. Mohon kirim laporan itu di sini.

card-title-assign = 📋 <b>DISPOSISI { $number }</b> · langkah { $step } dari { $of }
card-title-handle = 🛠 <b>PENANGANAN { $number }</b> · langkah { $step } dari { $of }
card-title-correct = 🔎 <b>KOREKSI { $number }</b> · langkah { $step } dari { $of }
card-title-approve = 🖋 <b>PERSETUJUAN { $number }</b> · langkah { $step } dari { $of }
card-title-acknowledge = 📥 <b>LAPORAN { $number }</b> · langkah { $step } dari { $of }
card-subject = <b>{ $subject }</b>
card-text = <blockquote expandable>{ $text }</blockquote>
card-reporter = Pelapor: { $name }{ $unit }
card-unit = , { $unit }
card-marked = <b>{ $words }</b>
card-files = { " " }· 📎 { $count }
card-due = Batas waktu: { $due }{ $standard }
card-late = ⚠️ Lewat batas waktu: { $due }{ $standard }
card-holder = Petugas: { $name }
card-exchange = ❓ “{ $question }”
    ↳ { $answer }
card-standard = { " " }· mutu baku { $standard }
card-awaited = menunggu jawaban pelapor
card-remark = 🗒 { $name }: “{ $text }”
card-tick = ☑ { $instruction }
card-prepared = Disiapkan: { $ticks } { $note }
card-note = “{ $note }”
card-no-note = { "" }
card-words = { $sign }<b>{ $post }</b>, { $at }: { $words }
card-words-back = ↩️{ " " }
card-folded = <blockquote expandable>{ $lines }</blockquote>
card-folded-text = <b>Isi laporan:</b> { $text }
card-folded-exchanges = <b>Tanya jawab dengan pelapor ({ $count })</b>
card-folded-history = <b>Riwayat</b>
card-decision = { $who }, { $at } · { $outcome }{ $said }
card-replaced = ↪️ Kartu ini tidak berlaku lagi. Kartu terbaru ada pada /tugas.
card-taken = ▶️ Ditangani oleh { $name }.
card-withdrawn = ↪️ Kartu ini tidak berlaku lagi bagi Anda.
card-acting = 🪑 Anda memutuskannya sebagai { $capacity }.
card-stood-in = ↪️ Selama Anda tidak di tempat, kartu ini pada Plh. { $name }.
card-left-out = … Selengkapnya: 📎 Lampiran dan 🕘 Riwayat.
card-now-at = { " " }Kini pada { $role }.

decided-by = { $name } ({ $capacity })
capacity-definitive = { $post }
capacity-plt = Plt. { $post }
capacity-plh = Plh. { $post }

decided-forwarded = ✅ Diteruskan oleh { $who }, { $at }.{ $now }
decided-sent-back = ↩️ Dikembalikan oleh { $who }, { $at }.{ $now }
decided-declined = ⛔ Ditolak oleh { $who }, { $at }.{ $now }
decided-moved = ➡️ Dipindahkan ke SOP terkait oleh { $who }, { $at }.{ $now }
decided-submitted = 📨 Laporan Evaluasi diajukan oleh { $who }, { $at }.{ $now }
decided-passed = ✅ Dikoreksi dan diteruskan oleh { $who }, { $at }.{ $now }
decided-approved = ✅ Disetujui oleh { $who }, { $at }.{ $now }
decided-returned = ↩️ Dikembalikan dengan koreksi oleh { $who }, { $at }.{ $now }
decided-acknowledged = ✅ Diterima dan diketahui oleh { $who }, { $at }.{ $now }

outcome-forwarded = diteruskan
outcome-sent-back = dikembalikan
outcome-declined = ditolak
outcome-moved = dipindahkan
outcome-submitted = laporan diajukan
outcome-passed = dikoreksi, diteruskan
outcome-approved = disetujui
outcome-returned = dikembalikan dengan koreksi
outcome-acknowledged = diterima dan diketahui

part-findings = Temuan
part-cause = Penyebab
part-action = Tindakan
part-result = Hasil
part-recommendation = Rekomendasi

action-report = melaporkan
action-forward = meneruskan
action-send-back = mengembalikan
action-decline = menolak
action-move = memindahkan
action-start = mulai menangani
action-ask = bertanya kepada pelapor
action-answer = menjawab
action-submit = mengajukan laporan
action-pass = meneruskan hasil koreksi
action-approve = menyetujui
action-return = mengembalikan dengan koreksi
action-acknowledge = menerima
action-note = mencatat
action-attach = melampirkan
action-detach = mengeluarkan berkas
action-write = menulis laporan
action-feedback = memberi tanggapan

button-back = « Kembali
button-forward = ✅ Teruskan ke { $role }
button-instruct = 📝 Instruksi & catatan
button-send-back = ↩️ Kembalikan
button-decline = ⛔ Tolak
button-move = ➡️ Pindahkan ke SOP lain
button-candidate = { $name } · { $count } aktif
button-anyone = Siapa saja
button-ticked = ☑ { $instruction }
button-unticked = ☐ { $instruction }
button-write-note = ✍️ Tulis catatan
button-write-reason = ✍️ Tulis alasan…
button-start = ▶️ Mulai tangani
button-ask = ❓ Tanya pelapor
button-evaluation = 📝 Laporan Evaluasi
button-pass-on-last = ✅ Benar, selesaikan
button-approve-last = ✅ Setujui, selesaikan
button-acknowledge-last = ✅ Diketahui, selesaikan
button-pass-on = ✅ Benar, teruskan
button-approve = ✅ Setujui
button-give-back = ↩️ Kembalikan dengan koreksi
button-acknowledge = ✅ Diketahui, teruskan
button-attachments = 📎 Lampiran{ $count ->
        [0] { "" }
       *[other] { " " }({ $count })
    }
button-position = 🗺 Alur SOP
button-timeline = 🕘 Riwayat

prompt-choose = 👥 Tunjuk { $next }:
prompt-move = ➡️ Pindahkan ke SOP terkait. Laporan ini ditutup dan dibuka lagi di sana:
prompt-instruct = 📝 Centang instruksi atau tulis catatan untuk { $next }:
prompt-reasons-send-back = ↩️ Kembalikan ke { $previous }. Alasan:
prompt-reasons-decline = ⛔ Tolak laporan ini; tidak dapat dibatalkan. Alasan:
prompt-reasons-return = ↩️ Kembalikan ke { $back } dengan koreksi; tidak dapat dibatalkan. Alasan:
prompt-expects-note = ✍️ Tulis catatan untuk { $next }, lalu kirim; foto atau berkas boleh.
prompt-expects-send-back-reason = ✍️ Tulis alasan pengembalian ke { $previous }, lalu kirim. Disposisi langsung dikembalikan.
prompt-expects-decline-reason = ✍️ Tulis alasan penolakan, lalu kirim. Laporan langsung ditutup.
prompt-expects-return-reason = ✍️ Tulis koreksi untuk { $back }, lalu kirim; foto atau berkas boleh. Laporan langsung dikembalikan.
prompt-expects-question = ❓ Ketuk pertanyaan untuk pelapor, atau tulis lalu kirim.

questions-1 = Sejak kapan masalahnya terjadi?
questions-2 = Apakah masih terjadi sampai sekarang?
questions-3 = Boleh kirim foto atau berkasnya?

reasons-send-back-1 = Bukan kewenangan kami
reasons-send-back-2 = Disposisi kurang jelas
reasons-send-back-3 = Data kurang lengkap
reasons-decline-1 = Di luar lingkup SOP ini
reasons-decline-2 = Laporan kurang jelas
reasons-decline-3 = Sudah dilaporkan sebelumnya
reasons-return-1 = Data kurang lengkap
reasons-return-2 = Tindakan belum tepat
reasons-return-3 = Perbaiki redaksi

turned-back = Kembali ke kartu.
turned-back-list = Kembali ke daftar.
turned-choose = Pilih penerimanya.
turned-move = Pilih SOP tujuannya.
turned-instruct = Centang instruksi, lalu teruskan.
turned-reasons-send-back = Pilih atau tulis alasan.
turned-reasons-decline = Pilih atau tulis alasan.
turned-reasons-return = Pilih atau tulis alasan.
turned-expects = Tulis, lalu kirim.

done-forwarded = ✅ Diteruskan ke { $to }.
done-closed = ✅ { $number } selesai; pelapor diberi tahu.
done-closed-untold = ✅ { $number } selesai, tetapi pelapor tidak terhubung lagi dengan bot. Sampaikan hasilnya langsung.
done-closed-partly-untold = ✅ { $number } selesai, tetapi { $names } tidak terhubung lagi dengan bot. Sampaikan hasilnya langsung.
done-returned = ↩️ { $number } dikembalikan ke { $to }.
done-declined = ⛔ { $number } ditolak; pelapor diberi tahu alasannya.
done-declined-untold = ⛔ { $number } ditolak, tetapi pelapor tidak terhubung lagi dengan bot. Sampaikan alasannya langsung.
done-declined-partly-untold = ⛔ { $number } ditolak, tetapi { $names } tidak terhubung lagi dengan bot. Sampaikan alasannya langsung.
done-moved = ➡️ Dibuka lagi sebagai { $number }.
done-started = ▶️ { $number } kini Anda tangani; pelapor diberi tahu.
done-started-untold = ▶️ { $number } kini Anda tangani. Pelapor tidak terhubung lagi dengan bot; hubungi langsung.
done-started-partly-untold = ▶️ { $number } kini Anda tangani. { $names } tidak terhubung lagi dengan bot; hubungi langsung.
done-note = 🗒 Catatan{ $files ->
        [0] { "" }
       *[other] { " " }dan 📎 { $files }
    } untuk { $number } disimpan.
done-note-kept = 🗒 Catatan{ $files ->
        [0] { "" }
       *[other] { " " }dan 📎 { $files }
    } disimpan. Ketuk Teruskan pada kartu { $number } untuk mengirimkannya.
late-file-kept = 📎 Berkas yang menyusul dari album yang sama ditambahkan ke { $number }.
late-file-kept-without-words = 📎 Berkas yang menyusul dari album yang sama ditambahkan ke { $number }, tetapi keterangannya tidak ikut. Kirim keterangan itu sebagai pesan tersendiri.

news-started = 🛠 { $number } sedang ditangani { $name } ({ $capacity ->
        [plh] Plh.{ " " }
        [plt] Plt.{ " " }
       *[definitive] { "" }
    }{ $role }).
news-declined = ⛔ { $number } ditolak { $capacity ->
        [plh] Plh.{ " " }
        [plt] Plt.{ " " }
       *[definitive] { "" }
    }{ $role }: “{ $reason }”
    Kirim laporan baru bila keadaannya berbeda.
news-moved = ➡️ { $number } dilanjutkan sebagai { $to } menurut SOP { $title }.
news-answered = 💬 Jawaban pelapor untuk { $number }
    ❓ “{ $question }”
    ↳ “{ $answer }”{ $files ->
        [0] { "" }
       *[other] { " " }· 📎 { $files }
    }

alert-vacant = ⚠️ { $number } tertahan di langkah { $step }: tidak ada pemegang jabatan { $post } yang dapat dihubungi. Bila batas waktunya lewat, kartunya naik ke atasan. Admin dapat mengundang penggantinya lewat /kelola.
alert-unreachable = ⚠️ { $name } tidak dapat dihubungi bot ({ $why ->
        [blocked] memblokir bot
        [deleted] akun Telegramnya sudah dihapus
        [not-started] belum mengetuk Mulai (Start) pada akun bot ini
       *[unknown] memblokir bot atau akunnya hilang
    }). { $number } menunggunya: hubungi langsung, atau, bila ia pejabat, minta admin menunjuk pengganti lewat /kelola.
alert-set-aside = ⚠️ { $what ->
        [tap] Ketukan tombol
        [message] Pesan
       *[other] Kabar
    } dari “{ $name }”{ $place ->
        [group] { " " }di grup “{ $title }”
       *[private] { "" }
    } tidak dapat diproses dan disisihkan: { $place ->
        [secret] isinya termasuk laporan rahasia
       *[other] “{ $held }”
    }. Log menyebutnya { $update }.
alert-undeliverable = ⚠️ Satu pesan untuk { $name } tentang { $number } tidak dapat dikirim dan disisihkan: { $reason }. Log menyebutnya { $notice }.
alert-files-lost = ⚠️ Lampiran { $number } yang tidak dapat dikirim kepada { $name }:
    { $lost }
alert-stuck = ⚠️ { $number } terhenti dan tidak dapat berlanjut sendiri. Periksa /status { $number } dan catatan log.
alert-throttled = ⚠️ Telegram hampir tidak mengizinkan bot mengirim pesan selama lebih dari semenit. Pesan terlambat, tetapi tidak ada yang hilang. Untuk yang mendesak, hubungi langsung.
alert-webhook-taken-away = ⚠️ Program lain di { $host } mengalihkan pesan-pesan bot ini kepadanya (webhook). Pengalihan itu sudah dicabut. Pesan yang dikirim sementara itu mungkin tidak sampai: yang belum dijawab bot perlu dikirim ulang. Bila { $host } tidak dikenal, minta pengelola bot mengganti token di @BotFather.
alert-webhook-stays = ⚠️ Program lain di { $host } lagi-lagi mengalihkan pesan-pesan bot ini, dan bot tidak mencabutnya lagi. Selama itu laporan dan ketukan tombol tidak sampai. Minta pengelola bot menghentikan program itu atau mengganti token di @BotFather, lalu menjalankan ulang bot.
alert-account-changed = ⚠️ Bot ini kini memakai akun @{ $name }. Setiap pegawai perlu membukanya sekali dan mengetuk Mulai (Start): https://t.me/{ $name }. Sebelum itu bot tidak dapat mengirim apa pun kepadanya.{ $files ->
        [0] { "" }
       *[other] { " " }Lampiran lama ({ $files }) hanya ada pada akun sebelumnya dan tidak dapat dikirim lagi.
    }
alert-token-shared = ⚠️ Program lain mengambil pesan-pesan bot ini dengan token yang sama. Sebagian laporan dan ketukan tombol mungkin tidak sampai. Minta pengelola bot menghentikan program itu; bila tidak dikenal, token perlu diganti di @BotFather.
alert-clock = ⚠️ Waktu pada { $number }, dan mungkin pada laporan lain, lebih dari sehari setelah saat ini: jam mesin tadinya terlalu cepat, atau sekarang terlambat. Periksa jamnya. Pengingat yang belum waktunya sudah ditarik kembali. Batas waktu dari jam yang salah tetap; lihat /status.
alert-not-helped = ⚠️ Pelapor { $number } menyatakan masalahnya belum teratasi.
