# Segel atas seluruh catatan, untuk obrolan arsip.

checkpoint-sealed =
    🔏 Segel nomor { $number } atas seluruh catatan, { $at }. Simpan pesan ini: dengannya dapat dibuktikan bahwa tidak ada laporan yang dihapus, dipotong, atau ditulis ulang.

    <pre>{ $note }</pre>
