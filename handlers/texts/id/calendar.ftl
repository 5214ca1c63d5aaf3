# Days off, working days and other hours; deadlines that move with them.

alert-not-late = 📅 Kalender kantor berubah: { $number } ternyata belum terlambat. Pemberitahuan keterlambatannya ditarik kembali.

card-moved = 📅 Batas waktu berubah: { $because }
moved-off = { $days } diliburkan
moved-working = { $days } menjadi hari kerja
moved-hours = jam kerja { $days } berubah
moved-zone = jam kantor kini menurut zona { $zone }
moved-calendar = kalender kantor berubah
happened-reschedule = 📅 Batas waktu { $to } berubah: { $because }. Kini { $due }

alert-calendar-changed = 📅 { $name } mengubah kalender kantor. { $count ->
        [0] Tidak ada batas waktu yang berubah.
       *[other] { $count } batas waktu langkah yang berjalan berubah.
    } Lihat /libur.
alert-calendar-follows = 📅 { $name } mengubah kalender kantor. Batas waktu langkah yang berjalan menyesuaikan sedikit demi sedikit; Anda diberi tahu bila selesai. Lihat /libur.
alert-calendar-followed = 📅 Batas waktu semua langkah yang berjalan kini menurut kalender kantor yang baru.

calendar-title = 📅 <b>Kalender kantor</b>
calendar-today = Hari ini, { $day }: { $hours }
calendar-today-off = Hari ini, { $day }: <b>libur</b>
calendar-today-holiday = Hari ini, { $day }: <b>libur</b> ({ $reason })
calendar-coming = <b>Libur mendatang</b>
calendar-line = • { $day }: { $reason }
calendar-seasons = <b>Jam kerja khusus</b>
calendar-season = • { $days }: { $name }, { $hours }
calendar-season-estimated = • { $days }: { $name } (perkiraan, belum ditetapkan), { $hours }
calendar-entries = <b>Dicatat admin</b>
calendar-entered-day-off = • { $days }: libur. { $reason } ({ $by })
calendar-entered-working-day = • { $days }: hari kerja { $hours }. { $reason } ({ $by })
calendar-entered-season = • { $days }: { $hours }. { $reason } ({ $by })
calendar-follows = ⏳ { $count } langkah yang berjalan belum menyesuaikan batas waktunya. Tidak perlu menunggu: kartu yang diketuk menyesuaikan lebih dahulu.
calendar-more = … dan { $count } lagi
calendar-how = Sebelum berlaku, setiap perubahan menyebutkan batas waktu yang ikut berubah. Untuk beberapa hari sekaligus, kirim berkas kalender (.ics) ke obrolan ini, dengan nomor SK sebagai keterangannya.

calendar-prompt-day-off = ✍️ Tulis tanggal yang diliburkan dan dasarnya, lalu kirim. Misalnya:
    <code>26-11-2026 Keputusan Gubernur 12/2026</code>
    <code>24 s.d. 26 Desember 2026 SKB 3 Menteri</code>
calendar-prompt-working-day = ✍️ Tulis tanggal yang menjadi hari kerja dan dasarnya, lalu kirim; jamnya boleh ditulis juga. Misalnya:
    <code>5-12-2026 Surat Edaran 7/2026</code>
    <code>5-12-2026 07.30-12.00 Surat Edaran 7/2026</code>
calendar-prompt-season = ✍️ Tulis hari pertama dan terakhir, lalu nama dan dasarnya, lalu kirim; jamnya boleh ditulis juga. Misalnya:
    <code>8 Februari s.d. 9 Maret 2027 Ramadan 1448 H, SE Sekjen 3/2027</code>
calendar-prompt-hours = ✍️ Tulis jam kerjanya, lalu kirim. Misalnya:
    <code>07.30-12.00, 13.00-16.00</code>
    <code>Senin-Kamis 08.00-12.00, 12.30-15.00; Jumat 08.00-11.30, 12.30-15.30</code>
calendar-which-hours = 🕘 Jam kerja pada <b>{ $days }</b>?
    { $reason }
calendar-removing = 🗑 <b>Cabut catatan kalender</b>
    Ketuk yang dicabut. Sebelum berlaku, batas waktu yang ikut berubah disebutkan.

calendar-confirm-day-off = 📅 Liburkan <b>{ $days }</b>?
    Dasar: { $reason }
calendar-confirm-working-day = 📅 Jadikan <b>{ $days }</b> hari kerja, { $hours }?
    Dasar: { $reason }
calendar-confirm-season = 🌙 Jam kerja khusus <b>{ $days }</b>?
    { $hours }
    Dasar: { $reason }
calendar-confirm-remove = 🗑 Cabut catatan <b>{ $days }</b>?
    { $reason }
calendar-import = 📅 Liburkan { $count } hari yang dicentang?
calendar-passed = Tidak diambil dari berkas: { $what }.
calendar-passed-timed = { $count } acara yang tidak sehari penuh
calendar-passed-recurring = { $count } acara berulang (tulis tanggalnya satu per satu)
calendar-passed-cancelled = { $count } acara yang dibatalkan
calendar-passed-unreadable = { $count } acara yang tidak dapat dibaca
calendar-passed-known = { $count } hari yang memang sudah libur
calendar-passed-far = { $count } hari yang terlalu lama lewat atau terlalu jauh
calendar-passed-beyond = { $count } hari lain (kirim berkasnya lagi sesudah ini)
calendar-past = ⚠️ Harinya sudah lewat. Yang berubah hanya batas waktu langkah yang masih berjalan; langkah yang sudah selesai tetap seperti tercatat.
calendar-moves = { $count ->
        [0] Tidak ada batas waktu yang berubah.
       *[other] <b>{ $count } batas waktu berubah:</b>
    }
calendar-moves-at-least = { $count ->
        [0] Langkah yang berjalan terlalu banyak untuk dihitung semua di sini. Di antara yang diperiksa, tidak ada batas waktu yang berubah; yang lain diperiksa sesudah diberlakukan.
       *[other] <b>Sekurang-kurangnya { $count } batas waktu berubah</b>, antara lain (langkah yang berjalan terlalu banyak untuk dihitung semua di sini):
    }
calendar-more-at-least = … dan sekurang-kurangnya { $count } lagi
calendar-move = • { $number }: { $before } → { $due }

button-calendar-day-off = ➕ Hari libur
button-calendar-working-day = ➕ Hari kerja
button-calendar-season = 🌙 Jam Ramadan
button-calendar-remove = 🗑 Cabut…
button-calendar-remove-of = 🗑 { $days } · { $reason }
button-calendar-undo = ↩️ Batalkan perubahan terakhir
button-calendar-full = Sehari penuh: { $hours }
button-calendar-half = Setengah hari: { $hours }
button-calendar-week = Jam { $name }: { $hours } …
button-calendar-own = ✍️ Jam lain…
button-calendar-confirm = ✅ Ya, berlakukan

turned-calendar-confirming = Periksa, lalu berlakukan.
turned-calendar-removing = Pilih catatan yang dicabut.
toast-calendar-in-force = ✅ Berlaku. { $count ->
        [0] Tidak ada batas waktu yang berubah.
       *[other] { $count } batas waktu berubah.
    } Dapat dibatalkan dalam 10 menit.
toast-calendar-follows = ✅ Berlaku. { $count } batas waktu berubah; { $left } langkah lain menyusul. Anda diberi tahu bila selesai.
toast-calendar-undone = ↩️ Dibatalkan. { $count ->
        [0] Tidak ada batas waktu yang berubah.
       *[other] { $count } batas waktu kembali.
    }

refusal-calendar-day-invalid = { $fault ->
        [date] Awali dengan tanggalnya, misalnya 26-11-2026 atau 24 s.d. 26 Desember 2026, lalu dasarnya.
        [nonexistent] Tanggal itu tidak ada dalam kalender. Periksa, lalu kirim lagi.
        [order] Hari terakhirnya mendahului hari pertama. Periksa, lalu kirim lagi.
        [long] Terlalu panjang: paling banyak { $limit } hari sekaligus.
        [past] Terlalu lama lewat: paling lama { $limit } hari yang lalu, karena tidak ada lagi langkah berjalan yang terpengaruh.
        [far] Terlalu jauh: paling jauh { $limit } hari ke depan.
        [hours] Jamnya tidak dapat dipakai. Tulis misalnya 07.30-12.00, 13.00-16.00, berurutan.
        [reason] Sebutkan juga dasarnya sesudah tanggal, misalnya nomor SK atau surat edaran.
       *[begun] Jam kerja yang sudah lewat tidak dapat ditambah: orang tidak dapat bekerja menurut jam yang belum mereka ketahui. Yang dapat ditambah hanya jam sesudah ini.
    }
refusal-calendar-unchanged = Tidak ada yang berubah: harinya memang sudah demikian pada kalender, atau sudah dibatalkan. Lihat /libur.
refusal-seasons-overlap = Sebagian harinya sudah termasuk “{ $name }”. Cabut yang itu lebih dahulu lewat /libur.
refusal-undo-too-late = Sudah lewat { $limit } menit. Perubahan itu masih dapat dicabut lewat 🗑 Cabut pada /libur.
refusal-calendar-file-invalid = { $fault ->
        [large] Berkas kalender lebih besar dari { $limit } KB, jadi tidak dibaca. Kirim berkas yang hanya memuat hari libur.
        [empty] Berkas kalender itu tidak memuat acara.
        [fetch] Berkas itu tidak dapat diambil dari Telegram. Silakan kirim lagi.
       *[foreign] Berkas itu bukan kalender (.ics) yang dapat dibaca.
    }

calendar-entered-year = • { $reason } ({ $by })
calendar-confirm-year = 📅 { $reason }? Semua harinya sudah tercatat pada kalender, dan bot tidak menanyakannya lagi.
button-calendar-year = ✅ Cuti bersama { $year } lengkap
