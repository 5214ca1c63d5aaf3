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
button-answer-to = ✍️ Jawab { $number }
happened-remind = ⏰ Pelapor diingatkan akan pertanyaan
draft-unsent = ⏰ <b>Laporan ini belum terkirim.</b> Ketuk 📨 Kirim bila sudah lengkap, atau Batal.
