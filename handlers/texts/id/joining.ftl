## Laporan yang sama: satu laporan, beberapa pelapor.

# Tombol pada draf; { $number } adalah nomor pendek seperti 0147.
button-me-too = 🙋 Saya juga ({ $number })
draft-alike = 🙋 Mungkin sudah dilaporkan. Jika masalahnya sama, ketuk “Saya juga”; jika tidak, ketuk Kirim seperti biasa.
# { $since } adalah saat laporan itu masuk, { $words } kata-kata yang sama dengan draf ini.
draft-alike-line = • <b>{ $number }</b> · sejak { $since } · sama-sama menyebut: { $words }
draft-alike-whole = • <b>{ $number }</b> · sejak { $since } · “{ $words }”
draft-joined = 🙋 Laporan Anda digabung ke <b>{ $number }</b>.
report-joined = 🙋 Laporan Anda digabung ke { $number }

status-received-joined = 🙋 Laporan Anda digabung ke <b>{ $number }</b>. Anda ikut diberi tahu sampai selesai.
status-reporters = 👥 { $count } pelapor
status-left = ↩️ Laporan Anda sudah ditarik dari <b>{ $number }</b>. Laporan itu tetap berjalan untuk pelapor lain.
prompt-leaving = Tarik laporan Anda dari { $number }? Laporan itu tetap berjalan untuk pelapor lain.
done-left = ↩️ Laporan Anda ditarik dari { $number }
button-leave = 🚫 Tarik laporan saya

news-joined = 🙋 { $name } ikut melaporkan { $number }: “{ $answer }”{ $files ->
    [0] {""}
   *[other] {" "}· 📎 { $files }
}
action-join = ikut melaporkan
action-leave = menarik laporannya
happened-join = 🙋 { $who } ikut melaporkan masalah ini
happened-leave = ↩️ { $who } menarik laporannya; laporan tetap berjalan

card-reporters = 👥 { $count } pelapor: { $names }
card-remark-fellow = { $name } (ikut melapor)

refusal-not-joinable = Laporan { $number } tidak dapat digabungi lagi. Kirim laporan Anda seperti biasa.
refusal-already-joined = Anda sudah menjadi pelapor { $number }.
refusal-others-joined = { $number } tidak dapat ditarik: { $count } pelapor lain masih menunggu hasilnya.

## Menggabungkan laporan yang sudah terkirim, dan memisahkannya lagi (langkah pertama).

button-merge = 🔗 Gabungkan dengan laporan lain
button-merge-alike = 🔗 { $number } · mirip · { $subject }
button-merge-into = 🔗 { $number } · { $subject }
button-part-report = ↩️ Pisahkan { $whose }
turned-merge = Pilih laporan yang sama.
prompt-merge = 🔗 Laporan ini menjadi bagian dari laporan yang dipilih: kartunya ditutup, pelapornya diberi tahu dan ikut menerima hasilnya. Dapat dipisahkan lagi dari /status laporan itu.
done-merged = 🔗 { $number } digabung ke { $to }
done-parted = ↩️ { $number } dipisahkan dari { $from } dan berjalan sendiri
news-merged = 🔗 Laporan Anda { $number } digabung ke { $to }, karena masalahnya sama. Anda diberi tahu hasilnya.
news-parted = ↩️ Laporan Anda { $number } berjalan sendiri lagi.
status-merged = 🔗 Laporan <b>{ $number }</b> digabung ke <b>{ $to }</b>, { $time }.
decided-merged = 🔗 Digabung ke laporan lain oleh { $who }, { $at }.{ $now }
outcome-merged = digabung
flow-merged = Digabung ke laporan lain
flow-outcome-merged = digabung
action-merge = menggabungkan laporan
action-part = memisahkan laporan
action-reopen = membuka laporan lagi
happened-merge = 🔗 { $who } menggabungkan laporan ini ke { $to }
happened-part = ↩️ { $who } memisahkan satu laporan, yang berjalan sendiri sebagai { $to }
happened-taken-in = 🔗 { $who } menggabungkan { $to } ke laporan ini
happened-reopen = ↩️ { $who } membuka laporan ini lagi di { $to }
list-case-merged = 🔗 <b>{ $number }</b>{ $subject }
button-case-merged = 🔗 { $number }
inline-merged = digabung
register-state-merged = digabung
register-fellows = Pelapor lain
register-merged-into = Digabung ke
refusal-not-joined = Laporan itu tidak lagi menjadi bagian dari { $number }.
