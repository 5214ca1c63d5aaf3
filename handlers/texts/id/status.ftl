# Looking: lists, timeline, position, reminders.

span-none = kurang dari semenit

list-tasks-empty = ✅ Tidak ada yang menunggu Anda saat ini.
list-tasks = <b>{ $count } menunggu Anda</b>
    { $lines }
list-cases-empty = Belum ada laporan Anda. Kirim masalahnya ke obrolan ini untuk membuatnya.
list-cases = <b>{ $count } laporan</b>
    { $lines }
list-summary-empty = ✅ Semua yang tadi menunggu sudah diputuskan.
list-summary = { $heading }
    { $lines }
list-digest-empty = ✅ Tidak ada langkah yang terlambat.
list-digest = 📋 <b>Ringkasan hari ini: { $count } langkah terlambat</b>
    { $lines }
list-folded = <blockquote expandable>{ $lines }</blockquote>
list-subject = { " " }· { $subject }
list-holder = { " " }· pada { $holder }
list-task-late = ⚠️ <b>{ $number }</b>{ $subject }{ $holder } · lewat batas waktu { $due }
list-task-due = ⏳ <b>{ $number }</b>{ $subject }{ $holder } · batas waktu { $due }
list-case-place = { " " }· pada { $place } sejak { $since }
list-case-ended = { " " }· { $since }
list-case-open = ▶️ <b>{ $number }</b>{ $subject }
list-case-closed = ✅ <b>{ $number }</b>{ $subject }
list-case-declined = ⛔ <b>{ $number }</b>{ $subject }
list-case-moved = ➡️ <b>{ $number }</b>{ $subject }

button-task-late = ⚠️ { $number }{ $subject }
button-task = { $number }{ $subject }
button-case-open = 🔎 { $number }
button-case-closed = ✅ { $number }
button-case-declined = ⛔ { $number }
button-case-moved = ➡️ { $number }
button-status-of = 🔎 { $number }
button-status = 🔎 Status
button-open-card = 📋 Buka kartu
button-open-next = ➡️ Berikutnya
toast-following = { $said } Berikutnya: { $following }
turned-page = Halaman { $page }.
button-page-before = ‹ Sebelumnya
button-page-after = Berikutnya ›

nudge-warn = ⏰ { $number } jatuh tempo { $due }.
nudge-late = ⚠️ { $number } lewat batas waktu { $due } (mutu baku { $standard }).
nudge-held = ⏳ { $number } pada { $post } sejak { $since }, batas waktu { $due }.
nudge-held-up = ⚠️ { $number } tertahan di { $post } sejak { $since }, lewat batas waktu { $due }.

reminder-heading = ⏰ { $told }
reminder-morning = Selamat pagi.
reminder-waiting = <b>{ $count } disposisi menunggu Anda.</b>
reminder-late = <b>{ $count } disposisi menunggu Anda, { $late } lewat batas waktu.</b>
reminder-held-up = <b>{ $count } langkah tertahan pada pejabat lain.</b>

timeline = 🕘 <b>RIWAYAT { $number }</b>
    <blockquote expandable>{ $lines }</blockquote>
timeline-left-out = … { $count } catatan yang lebih lama tidak dimuat di sini.
timeline-day = <b>{ $day }</b>{ "\u000A" }
timeline-line = { $heading }{ $clock } { $what }{ $said }{ $taken }
timeline-said = : “{ $words }”
timeline-taken = { " " }· { $span } ({ $standard })
timeline-taken-late = { " " }· ⚠️ { $span } ({ $standard })
standard-of-official = mutu baku { $standard }
standard-of-reporter = batas waktu SOP { $standard }
standard-by-sop = SOP: { $standard }
timeline-program = Bot
timeline-reporter = { $name } (pelapor)

happened-report = 📨 { $who } melaporkan
happened-forward = ✅ { $who } meneruskan ke { $to }
happened-send-back = ↩️ { $who } mengembalikan ke { $to }
happened-decline = ⛔ { $who } menolak
happened-move = ➡️ { $who } memindahkan menjadi { $to }
happened-start = ▶️ { $who } mulai menangani
happened-ask = ❓ { $who } bertanya kepada pelapor
happened-answer = 💬 { $who } menjawab
happened-submit = 📝 { $who } mengajukan Laporan Evaluasi ke { $to }
happened-pass = ✅ { $who } mengoreksi dan meneruskan ke { $to }
happened-approve = ✅ { $who } menyetujui dan meneruskan ke { $to }
happened-return = ↩️ { $who } mengembalikan dengan koreksi ke { $to }
happened-acknowledge = 📥 { $who } menerima dan mengetahui
happened-note = 🗒 { $who } mencatat
happened-attach = 📎 { $who } melampirkan { $count } berkas
happened-detach = 🗑 { $who } mengeluarkan berkas yang keliru
happened-helped = 👍 { $who } menyatakan sudah teratasi
happened-not-helped = 👎 { $who } menyatakan masih bermasalah
happened-warn = ⏰ { $to } diingatkan
happened-late = ⚠️ { $to } diberi tahu sudah terlambat
happened-escalate = ⚠️ Keterlambatan { $to } diberitahukan kepada atasan dan pengelola SOP
happened-repeat = ⏰ { $to } diingatkan lagi
happened-undelivered = 📵 Satu pemberitahuan tidak sampai

position = 🗺 <b>POSISI { $number }</b>
    { $title }

    { $lines }
position-again = 🗺 <b>POSISI { $number }</b> · putaran { $round }
    { $title }

    { $lines }
position-step = { $sign } { $step }. { $short } — { $role }{ $names } · { $time }
position-here = <b>{ $step }</b>
position-names = { ": " }{ $names }
position-left-out = … { $count } langkah lain tidak dimuat di sini.
position-standard = { $standard }
position-took = { $span } dari { $standard }
position-took-late = ⚠️ { $span } ({ $standard })
position-due = batas waktu { $due } ({ $standard })
position-late-reason = { " " }· alasan: “{ $reason }”
position-due-late = ⚠️ lewat batas waktu { $due } ({ $standard })

words-said = 📄 { $number } · { $name }:
    <blockquote expandable>{ $text }</blockquote>
words-of = 📄 Laporan { $number }:
    <blockquote expandable>{ $text }</blockquote>
attachments-of = 📎 Lampiran { $number }
lost-file = • { $kind ->
        [photo] foto
        [document] dokumen
        [video] video
        [voice] rekaman suara
        [audio] audio
        [video-note] video bulat
       *[other] berkas
    } ke-{ $position }{ $name } (Telegram: { $why })
lines-more = … dan { $count } lagi
files-lost = ⚠️ Lampiran { $number } yang tidak dapat diambil dari Telegram:
    { $lost }
    Lampiran lainnya sudah dikirim. Minta pengirimnya mengirim ulang yang hilang.
no-attachments = { $number } tidak memiliki lampiran.
done-card-below = 📋 Kartu { $number } ada di bawah.
done-shown = { $number }: lihat di bawah.
