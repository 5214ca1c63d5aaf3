# The Laporan Evaluasi: written part by part, previewed, handed in, judged.

evaluation-title = 📝 <b>LAPORAN EVALUASI { $number }</b>
    revisi { $revision } · draf tersimpan { $saved }
evaluation-background = <blockquote expandable>{ $lines }</blockquote>
evaluation-tick = ☑ { $part }
evaluation-no-tick = ☐ { $part }
evaluation-correction = ↩️ Koreksi { $name }:
    <blockquote expandable>{ $text }</blockquote>
evaluation-part-written = ☑ <b>{ $part }</b>: { $text }
evaluation-part-empty = ☐ <b>{ $part }</b>
evaluation-files = 📎 { $count ->
    [0] Belum ada lampiran
   *[other] { $count } lampiran
    }
evaluation-missing = Belum diisi: { $parts }.
evaluation-complete = Semua bagian terisi; siap diajukan.
evaluation-current = Isi sekarang (ketuk untuk menyalin):
    <pre>{ $text }</pre>
evaluation-current-folded = Isi sekarang:
    <blockquote expandable>{ $text }</blockquote>
evaluation-current-cut = Teks dipotong di sini; selengkapnya ada di Pratinjau.

prompt-expects-empty-part = ✍️ <b>{ $part }</b> untuk { $number }: tulis lalu kirim. Bagian berikutnya ditanyakan sesudahnya.
prompt-expects-evaluation-part = ✍️ <b>{ $part }</b> untuk { $number }: tulis lalu kirim. Kiriman Anda menggantikan isi sebelumnya.
prompt-expects-evaluation-file = 📎 Kirim foto, dokumen, atau video untuk Laporan Evaluasi { $number }{ $part }. Boleh beberapa sekaligus; ketuk Cukup bila sudah.

button-part-write = Isi { $part }
button-part-change = Ubah { $part }
button-attach = 📎 Lampiran
button-preview = 📄 Pratinjau
button-submit = 📨 Ajukan
button-evaluation-back = « Kembali
button-evaluation-done = ✅ Cukup

evaluation-report = 📝 <b>LAPORAN EVALUASI</b> · revisi { $revision }
evaluation-report-changed = ✏️ Berubah sejak revisi sebelumnya: { $parts }
evaluation-report-unchanged = Tidak ada bagian yang berubah sejak revisi sebelumnya.
evaluation-report-part = <b>{ $part }</b>: { $text }
evaluation-part-changed = ✏️ <b>{ $part }</b>: <s>{ $before }</s> → kini: { $now }
evaluation-part-blank = –
evaluation-whole = 📄 <b>LAPORAN EVALUASI { $number }</b> · revisi { $revision }

    <b>Temuan</b>
    { $findings }

    <b>Penyebab</b>
    { $cause }

    <b>Tindakan</b>
    { $action }

    <b>Hasil</b>
    { $result }

    <b>Rekomendasi</b>
    { $recommendation }
evaluation-page = 📄 <b>LAPORAN EVALUASI { $number }</b> · revisi { $revision } · { $part ->
    [findings] Temuan
    [cause] Penyebab
    [action] Tindakan
    [result] Hasil
   *[recommendation] Rekomendasi
    }

    { $text }

evaluation-file-expected = Yang ditunggu adalah lampiran untuk { $number }. Kirim foto, dokumen, atau video, atau ketuk Cukup pada kartu.
evaluation-words-expected = 📎 Lampiran untuk { $number } disimpan. Sekarang kirim teks bagian yang diminta.

done-evaluation = Pilih bagian yang akan ditulis.
done-part = Tulis lalu kirim.
done-attach = Kirim lampirannya.
done-preview = 📄 Pratinjau dikirim di bawah.
done-submitted = 📨 Laporan Evaluasi diajukan ke { $to }.
