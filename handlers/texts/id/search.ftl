# Mencari laporan: /cari, dan pencarian dari kolom pesan.

search-asks = 🔎 Apa yang dicari? Kirim kata dari laporan, nomor, atau nama pelapor. Contoh: <i>printer loket</i>, <i>0147</i>, <i>november 2026</i>.
search-no-words = 🔎 “{ $words }” tidak dapat dicari. Kirim kata yang lebih khas, sedikitnya dua huruf, atau nomor laporan.
search-nothing = 🔎 Tidak ada laporan dengan <b>{ $words }</b> yang dapat Anda baca.
search-filling = 🔎 Belum ada laporan dengan <b>{ $words }</b>. Laporan lama masih dimasukkan ke dalam pencarian; coba lagi beberapa menit lagi.
search-found = 🔎 <b>{ $words }</b> · { $more ->
        [yes] { $count } laporan terbaru
       *[other] { $count } laporan
    }
search-partly = <i>Tidak ada yang memuat semua kata; ini yang memuat sebagian.</i>
search-joined = <i>Dari laporan orang lain yang Anda ikuti (“saya juga”), { $count } yang terbaru saja dicari.</i>
search-at = { " " }· langkah { $step }, { $post }{ $holder }
search-holder = { " " }({ $holder })
button-search-again = 🔎 Cari kata lain
button-search-state = { $state ->
        [open] Buka saja
        [over] Selesai saja
       *[other] Buka dan selesai
    }
button-search-month = { $month ->
        [all] 📅 Kapan saja
       *[other] 📅 { $month }
    }
button-search-sop = { $sop ->
        [all] Semua SOP
       *[other] SOP { $sop }
    }
button-search-mine = { $mine ->
        [yes] ☑ Bagian saya
       *[other] ☐ Bagian saya
    }
inline-open = berjalan, langkah { $step }, { $post }
inline-closed = selesai
inline-declined = ditolak
inline-moved = dipindahkan
inline-withdrawn = ditarik
inline-more = 🔎 Cari di obrolan bot
