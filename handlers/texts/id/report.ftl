# The reporter: drafts, receipts, questions, results, reports from groups.

report-invitation = 📝 Tuliskan masalahnya dalam satu pesan; foto, dokumen, video, atau rekaman suara boleh disertakan, dan tanpa tulisan pun cukup. Laporan baru terkirim setelah Anda mengetuk Kirim.
report-sent = 📨 Terkirim sebagai { $number }.
report-edited-late = { $number } sudah terkirim seperti semula; perubahan pesan ini tidak ikut. Kirim pesan baru bila ada yang perlu ditambahkan.
edited-late = ✏️ Perubahan pesan ini tidak ikut: yang sudah dicatat tetap seperti semula. Kirim pesan baru bila ada yang perlu ditambahkan.

draft-title = 📝 <b>Draf laporan</b>
draft-title-linked = 📝 <b>Draf laporan lanjutan { $number }</b>
draft-files = { " " }· { $files }
draft-text = <blockquote expandable>“{ $text }”</blockquote>
draft-describe = ✍️ Tuliskan masalahnya sebelum mengirim.
draft-wordless = { $subject }
    ✍️ Sudah dapat dikirim. Kata-kata yang Anda tambahkan menjadi judulnya.
draft-still-wrong = ✍️ Tuliskan apa yang masih bermasalah; foto boleh disertakan.
draft-ask-sop = 📘 Apakah ini { $title }? Bila bukan, ketuk tombol Jenis.
draft-waits = ⏳ Batas { $limit } laporan per jam tercapai. Laporan ini tersimpan sebagai draf dan dapat dikirim mulai { $at }; tidak ada yang hilang.
draft-rewrite = ✍️ Tulis ulang masalahnya, lalu kirim. Teks di atas akan diganti; lampiran tetap.
draft-sent = 📨 Draf ini terkirim sebagai <b>{ $number }</b>.
draft-answered = ↩️ Draf ini menjadi jawaban untuk <b>{ $number }</b>.
draft-discarded-card = 🗑 Draf ini dibatalkan.
draft-replaced = ↪️ Draf ini tidak berlaku lagi; yang terbaru ada di bawah.
draft-sop = 📘 Jenis: { $title }

count-photo = { $count } foto
count-document = { $count } dokumen
count-video = { $count } video
count-voice = { $count } rekaman suara
count-audio = { $count } audio
count-video-note = { $count } video bulat

button-send-report = 📨 Kirim
button-choose-sop = 📘 Jenis: { $title }
button-edit-report = ✏️ Ubah
button-discard = Batal
button-as-answer = ↩️ Jadikan jawaban { $number }

cancelled-draft = 🗑 Draf laporan dibatalkan.
cancelled-writing = Dibatalkan; pesan berikutnya menjadi laporan baru.
cancelled-writing-draft-left = Dibatalkan. Draf laporan Anda masih ada; /batal sekali lagi untuk membuangnya.
cancelled-nothing = Tidak ada yang perlu dibatalkan.

status-received = ✅ Laporan <b>{ $number }</b> diterima.
status-title = 📋 Laporan <b>{ $number }</b>
status-closed = 🏁 Laporan <b>{ $number }</b> selesai, { $time }.
status-declined = ⛔ Laporan <b>{ $number }</b> ditolak { $role }, { $time }.
status-moved = ➡️ Laporan <b>{ $number }</b> dilanjutkan sebagai <b>{ $to }</b>, { $time }.
status-subject = { $subject }
status-previous = Lanjutan dari { $number }.
status-progress = { $dots } { $done }/{ $steps }
status-round = Laporan Evaluasi pada putaran { $round }, setelah dikembalikan dengan koreksi.
status-position = Kini pada { $role }{ $holder }; mutu baku { $standard }.
status-desk-assign = Laporan Anda kini di meja { $role }{ $holder } (langkah { $step } dari { $steps }), menunggu diteruskan.
status-desk-handle = Laporan Anda kini di meja { $role }{ $holder } (langkah { $step } dari { $steps }), menunggu ditangani.
status-desk-begun = Laporan Anda sedang ditangani { $role }{ $holder } (langkah { $step } dari { $steps }).
status-desk-correct = Hasil penanganan laporan Anda kini di meja { $role }{ $holder } (langkah { $step } dari { $steps }), menunggu diperiksa.
status-desk-approve = Hasil penanganan laporan Anda kini di meja { $role }{ $holder } (langkah { $step } dari { $steps }), menunggu disetujui.
status-desk-acknowledge = Hasil penanganan laporan Anda kini di meja { $role }{ $holder } (langkah { $step } dari { $steps }), menunggu diketahui.
status-desk-holder = , { $name }
status-own-due = Batas waktu SOP di meja ini { $standard }: { $due }.
status-own-late = ⚠️ Batas waktu SOP di meja ini ({ $standard }) sudah lewat: { $due }.
status-own-extended-due = Batas waktu di meja ini diperpanjang sampai { $due } (batas waktu SOP { $standard }).
status-own-extended-late = ⚠️ Batas waktu di meja ini sudah lewat, juga setelah diperpanjang: { $due } (batas waktu SOP { $standard }).
status-own-round = Hasil penanganannya sudah diperiksa dan perlu diperbaiki dulu.
status-holder = { " " }({ $name })
status-due = Batas waktu: { $due }.
status-late = ⚠️ Lewat batas waktu: { $due }.
status-counts-from = 🌙 Kantor tutup; waktu dihitung mulai { $time }.
status-reason = Alasan: “{ $reason }”
status-helped = 👍 Pelapor: sudah teratasi.
status-not-helped = 👎 Pelapor: masih bermasalah.
status-heard = 👥 { $given } dari { $reporters } pelapor menanggapi: 👍 { $helped } · 👎 { $not }.

result-title = ✅ <b>{ $number }</b> selesai{ $said }
result-words = : “{ $result }”
result-words-folded = <blockquote expandable>“{ $result }”</blockquote>
result-ask = Apakah masalahnya sudah teratasi?
result-helped = 👍 Terima kasih, tanggapan Anda dicatat.
result-not-helped = 👎 Dicatat: masih bermasalah. Tuliskan apa yang masih salah pada draf laporan lanjutan.

button-helped = 👍 Sudah teratasi
button-helped-chosen = ☑ 👍 Sudah teratasi
button-not-helped = 👎 Masih bermasalah
button-not-helped-chosen = ☑ 👎 Masih bermasalah

feedback-helped = 👍 Terima kasih, tanggapan Anda dicatat.
feedback-not-helped = 👎 Dicatat. Tuliskan apa yang masih bermasalah, lalu ketuk Kirim.
feedback-draft-busy = 👎 Dicatat. Kirim atau batalkan dulu draf Anda yang lain, lalu ketuk lagi untuk laporan lanjutan { $number }.

question-card = ❓ Pertanyaan tentang <b>{ $number }</b> dari { $role } { $name }:
    <blockquote>“{ $question }”</blockquote>
question-how = Balas pesan ini; foto boleh.
question-answered-folded = ✅ Jawaban Anda:
    <blockquote expandable>{ $answer }</blockquote>
question-answered = ✅ Jawaban Anda: “{ $answer }”
question-closed = { $number } sudah ditutup; pertanyaan ini tidak perlu dijawab lagi.
question-asked = ❓ Pertanyaan untuk { $name } ({ $number }) dikirim. Batas waktu tetap berjalan.
question-asked-without-file = ❓ Pertanyaan untuk { $name } ({ $number }) dikirim tanpa berkasnya; pertanyaan hanya berupa kata-kata. Batas waktu tetap berjalan.
question-asked-unreachable = ⚠️ Pertanyaan ({ $number }) dicatat, tetapi { $name } tidak dapat dihubungi lewat bot. Hubungi langsung.
prompt-expects-answer = ✍️ Tulis jawaban Anda, lalu kirim; foto boleh.
button-answer = ✍️ Jawab
answer-sent = 💬 Jawaban untuk { $number } disampaikan.

group-reported = Laporan { $number } dicatat dari pesan { $author }.
group-reported-own = Laporan { $number } dicatat.
group-reported-before = Pesan itu sudah dicatat sebagai { $number }.
group-waits = ⏳ Batas { $limit } laporan per jam dari Anda tercapai. Laporan ini tersimpan sebagai draf di obrolan pribadi Anda dan dapat dikirim mulai { $at }; tidak ada yang hilang.
group-not-registered = Hanya pegawai terdaftar yang dapat melapor. Minta tautan undangan kepada admin kantor Anda.
group-anonymous = Pesan ini dikirim atas nama grup atau kanal, sehingga bot tidak tahu siapa pelapornya. Matikan mode anonim (atau pilih akun Anda sendiri sebagai pengirim), lalu kirim /lapor lagi. Atau laporkan di obrolan pribadi.
group-hint = Balas pesan yang memuat masalahnya dengan /lapor, atau tulis /lapor diikuti masalahnya.
text-cut = ✂️ Pesan ini sambungan pesan panjang Anda sebelumnya, tetapi datang terlambat, jadi tidak ikut disimpan. Kirim lanjutan itu sebagai dokumen, atau kirim ulang seluruhnya.
group-album-in-part = 📎 Dari album di grup itu baru satu berkas yang masuk ke { $number }; berkas lainnya tidak sampai ke bot. Balas masing-masing di grup dengan /lapor: semuanya masuk ke laporan yang sama.
group-text-in-part = ✂️ Teks dari grup itu sepanjang satu pesan Telegram. Bila ada sambungannya, sambungan itu tidak ikut dalam { $number }: laporkan juga, atau tulis laporan panjang di sini.
group-piece-late = ✂️ Kiriman Anda di grup yang menyusul laporannya tidak ikut disimpan. Kirim di sini bila diperlukan.
group-no-words = Pesan itu tidak memuat kata-kata atau berkas. Balas lagi dengan /lapor diikuti masalahnya.
button-private-chat = Lihat di obrolan pribadi
