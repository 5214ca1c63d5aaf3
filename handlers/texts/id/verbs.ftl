# The verbs of daily work beside the straight path: handing on, recalling, withdrawing, urging, adding.

button-more = ⋯ Lainnya
prompt-more = ⋯ Yang jarang diperlukan:
turned-more = Pilih tindakannya.

action-transfer = mengalihkan kepada rekan
button-transfer = 🔀 Alihkan ke rekan
prompt-colleagues = 🔀 Alihkan langkah { $role } ini kepada:
prompt-reasons-transfer = 🔀 Alihkan kepada { $name }; batas waktu, draf, dan pertanyaan ikut. Alasan:
prompt-expects-transfer-reason = ✍️ Tulis alasan pengalihan kepada { $name }, lalu kirim. Langkah ini langsung dialihkan; batas waktunya tetap.
reasons-transfer-1 = Sedang tidak di tempat
reasons-transfer-2 = Beban tugas sedang penuh
reasons-transfer-3 = Lebih sesuai bidangnya
turned-colleagues = Pilih rekannya.
turned-reasons-transfer = Pilih atau tulis alasan.
done-transferred = 🔀 { $number } dialihkan kepada { $to }; batas waktunya tetap.
card-transfer = 🔀 { $name } → { $to }: “{ $text }”
happened-transfer = 🔀 { $who } mengalihkan kepada { $to }
refusal-no-colleague = Tidak ada rekan lain pada jabatan { $post } yang dapat menerima langkah ini sekarang.
refusal-colleague-unable = { $name } sedang tidak di tempat atau tidak dapat dihubungi. Pilih rekan lain.

button-back-to = ○ ke { $role }
button-back-to-chosen = ◉ ke { $role }
turned-back-to = Dikembalikan ke { $role }; pilih atau tulis alasan.

action-recall = menarik kembali disposisi
button-recall = ↩️ Tarik kembali
decided-taken-back = ↩️ Disposisi ini kemudian ditarik kembali.
decided-recalled = ↩️ Ditarik kembali oleh { $who }, { $at }.{ $now }
outcome-recalled = ditarik kembali
happened-recall = ↩️ { $who } menarik kembali disposisinya
done-recalled = ↩️ { $number } ditarik kembali; kartunya ada di bawah.
refusal-recall-too-late = Terlambat: disposisi ini sudah ditindaklanjuti { $by }.

action-withdraw = menarik laporan
button-withdraw = 🚫 Tarik laporan
button-withdraw-now = 🚫 Ya, tarik laporan ini
prompt-withdrawing = 🚫 Tarik laporan { $number }? Laporan ditutup bagi semua pejabat; tidak dapat dibatalkan.
turned-withdrawing = Yakin? Ketuk sekali lagi untuk menarik.
done-withdrawn = 🚫 { $number } ditarik dan ditutup.
decided-withdrawn = 🚫 Laporan ini ditarik oleh { $who }, { $at }. Tidak ada lagi yang perlu dilakukan.
outcome-withdrawn = ditarik pelapor
happened-withdraw = 🚫 { $who } menarik laporannya
status-withdrawn = 🚫 Laporan <b>{ $number }</b> ditarik oleh pelapor, { $time }.
list-case-withdrawn = 🚫 <b>{ $number }</b>{ $subject }
button-case-withdrawn = 🚫 { $number }
refusal-handling-begun = Laporan ini sudah ditangani { $by }, jadi tidak dapat ditarik lagi. Balas tanda terimanya bila ada yang perlu disampaikan.

action-urge = mengingatkan
button-urge = 🔔 Ingatkan
done-urged = 🔔 Dicatat pada kartu { $number } dan pengingat berikutnya. Anda dapat mengingatkan lagi mulai { $at }.
status-urged = 🔔 Terakhir Anda ingatkan { $at }.
card-urged = 🔔 Pelapor mengingatkan { $count }×, terakhir { $at }
nudge-urged = 🔔 Pelapor sudah mengingatkan { $count }×.
happened-urge = 🔔 { $who } mengingatkan
refusal-urged-lately = Anda baru saja mengingatkan. Pejabat dapat diingatkan sekali dalam satu jam kerja; berikutnya mulai { $at }.

action-add = menambah laporan
status-how = 💬 Balas pesan ini untuk menambah keterangan atau berkas.
done-added = ➕ Ditambahkan ke { $number }{ $files ->
        [0] { "" }
       *[other] { " " }dengan 📎 { $files }
    }; pejabat yang memegangnya diberi tahu.
news-added = ➕ Pelapor menambah { $number }: “{ $answer }”{ $files ->
        [0] { "" }
       *[other] { " " }· 📎 { $files }
    }
happened-add = ➕ { $who } menambah keterangan

decided-by-reporter = { $name } ({ $capacity }, pelapor sendiri)
post-of-reporter = { $post }, pelapor sendiri
list-urged = { " " }· 🔔 { $count }×
card-own = 👤 <b>Anda sendiri pelapor masalah ini.</b>
card-instead-of = 👤 Menggantikan { $post }, yang melaporkan masalah ini sendiri.
