# Laporan Evaluasi dari laporan serupa yang sudah selesai, sebagai awal bagi yang sedang ditulis.

button-offered = 💡 Laporan serupa
button-offered-one = 💡 { $number }
button-take-offered = ✅ Pakai sebagai awal
offered-title = 💡 <b>Serupa dengan { $number }</b>
    Sudah selesai ditangani. Ketuk salah satu untuk membacanya.
offered-none = Tidak ada lagi laporan serupa yang dapat ditawarkan.
# { $closed } adalah tanggal laporan itu selesai.
offered-line = 💡 <b>{ $number }</b> · selesai { $closed }
offered-part = <b>{ $part }</b>: { $text }
offered-fills = “Pakai sebagai awal” mengisi yang masih kosong pada { $number }: { $parts }. Yang sudah Anda tulis tetap. Periksa dan ubah sebelum diajukan.
offered-fills-nothing = Semua bagian laporan Anda sudah terisi; tidak ada yang diganti.
turned-offered = Pilih laporan yang serupa.
turned-offered-one = 💡 { $number }
done-taken-offered = { $count ->
    [0] Tidak ada bagian kosong yang dapat diisi.
   *[other] 💡 { $count } bagian terisi dari { $number }. Periksa dan ubah sebelum diajukan.
    }
