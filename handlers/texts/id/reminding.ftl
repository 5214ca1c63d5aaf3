# What reporters are reminded of: questions that wait for their answer, drafts that were not sent.

reminder-title = ⏰ { $count ->
        [1] Satu pertanyaan masih menunggu jawaban Anda:
       *[other] { $count } pertanyaan masih menunggu jawaban Anda:
    }
reminder-line = <b>{ $number }</b> · { $role } { $name }, sejak { $since }
    <blockquote>“{ $question }”</blockquote>
reminder-how = Balas pesan ini atau ketuk ✍️ Jawab; foto boleh.
reminder-how-many = Ketuk ✍️ Jawab pada pertanyaan yang Anda jawab, lalu tulis; foto boleh.
reminder-which = { " " }· “{ $question }”
reminder-over = ✅ Tidak ada pertanyaan yang menunggu jawaban Anda.
reminder-questions = <b>{ $count ->
        [1] Satu pertanyaan
       *[other] { $count } pertanyaan
    } menunggu jawaban Anda.</b>
button-questions = ❓ Pertanyaan untuk Anda
questions-none = Tidak ada pertanyaan yang menunggu jawaban Anda.
button-answer-to = ✍️ Jawab { $number }
happened-remind = ⏰ Pelapor diingatkan akan pertanyaan
draft-unsent = ⏰ <b>Laporan ini belum terkirim.</b> Ketuk 📨 Kirim bila sudah lengkap, atau Batal.

# While the reporter is asked.

card-waiting = ❓ Menunggu pelapor sejak { $since }; batas waktu tetap berjalan.
card-paused = ⏸ Waktu berhenti: menunggu pelapor sejak { $since } (saat itu sisa { $span } dari { $standard })
card-paused-late = ⏸ Waktu berhenti: menunggu pelapor sejak { $since } (saat itu terlambat { $span }, mutu baku { $standard })
list-waiting = { " " }· menunggu pelapor sejak { $since }
list-task-paused = ⏸ <b>{ $number }</b>{ $subject }{ $holder } · menunggu pelapor sejak { $since }
button-task-paused = ⏸ { $number } · menunggu pelapor
status-waiting = ❓ Menunggu jawaban pelapor sejak { $since }.
status-waiting-own = ❓ Menunggu jawaban Anda sejak { $since }.
status-paused = ⏸ Waktu langkah ini berhenti sampai pertanyaannya dijawab.
position-waiting = , menunggu pelapor sejak { $since }
nudge-paused = ⏸ { $number } masih menunggu jawaban pelapor sejak { $since }. Waktu langkah Anda berhenti selama itu. Hubungi pelapor langsung, atau lanjutkan tanpa jawabannya.
nudge-paused-elsewhere = ⏸ { $number } pada { $post } menunggu jawaban pelapor sejak { $since }. Waktu langkahnya berhenti selama itu.
question-asked-paused = ❓ Pertanyaan untuk { $name } ({ $number }) dikirim. Waktu langkah ini berhenti sampai dijawab.
question-asked-without-file-paused = ❓ Pertanyaan untuk { $name } ({ $number }) dikirim tanpa berkasnya; pertanyaan hanya berupa kata-kata. Waktu langkah ini berhenti sampai dijawab.
happened-pause = ⏸ Waktu langkah berhenti selama pelapor ditanya
happened-resume = ▶️ Waktu langkah berjalan lagi
happened-pause-lasts = ⏸ Lamanya menunggu pelapor diberitahukan
