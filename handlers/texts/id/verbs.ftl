# The verbs of daily work beside the straight path: handing on, recalling, withdrawing, urging, adding.

button-more = ⋯ Lainnya
prompt-more = ⋯ Yang jarang diperlukan:
turned-more = Pilih tindakannya.

action-transfer = mengalihkan kepada rekan
button-transfer = 🔀 Alihkan ke rekan
prompt-colleagues = 🔀 Alihkan langkah { $role } ini kepada:
prompt-reasons-transfer = 🔀 Alihkan kepada { $name }; tenggat, draf, dan pertanyaan ikut. Alasan:
prompt-expects-transfer-reason = ✍️ Tulis alasan pengalihan kepada { $name }, lalu kirim. Langkah ini langsung dialihkan; tenggat tetap.
reasons-transfer-1 = Sedang tidak di tempat
reasons-transfer-2 = Beban tugas sedang penuh
reasons-transfer-3 = Lebih sesuai bidangnya
turned-colleagues = Pilih rekannya.
turned-reasons-transfer = Pilih atau tulis alasan.
done-transferred = 🔀 { $number } dialihkan kepada { $to }; tenggatnya tetap.
card-transfer = 🔀 { $name } → { $to }: “{ $text }”
happened-transfer = 🔀 { $who } mengalihkan kepada { $to }
refusal-no-colleague = Tidak ada rekan lain pada jabatan { $post } yang dapat menerima langkah ini.

button-back-to = ○ ke { $role }
button-back-to-chosen = ◉ ke { $role }
turned-back-to = Dikembalikan ke { $role }; pilih atau tulis alasan.

action-recall = menarik kembali disposisi
button-recall = ↩️ Tarik kembali
decided-recalled = ↩️ Ditarik kembali oleh { $who }, { $at }.{ $now }
outcome-recalled = ditarik kembali
happened-recall = ↩️ { $who } menarik kembali disposisinya
done-recalled = ↩️ { $number } ditarik kembali; kartunya ada di bawah.
refusal-recall-too-late = Terlambat: disposisi ini sudah ditindaklanjuti { $by }.
