# Papan kantor: /papan, saringannya, dan pengingat bagi semua yang terlambat.

command-papan = Papan kantor: yang berjalan, terparah dahulu
list-as-of = <i>per { $time }</i>

board-title = 📊 <b>PAPAN KANTOR</b> · { $count } berjalan, { $late } terlambat
board-title-below = 📊 <b>PAPAN BAWAHAN</b> · { $count } berjalan, { $late } terlambat
board-filters = 🔎 { $named }
board-filter-late = terlambat
board-filter-urgent = segera
board-filter-month = bulan ini
board-filter-step = langkah { $step }
board-empty = ✅ Tidak ada laporan yang berjalan.
board-empty-filtered = Tidak ada yang cocok. Ketuk saringan yang bertanda ✓ untuk melepasnya.
board-line-late = ⚠️ <b>{ $number }</b>{ $subject }
    { $place } { $holder } · <b>terlambat { $late }</b>{ $age }
board-line-due = ⏳ <b>{ $number }</b>{ $subject }
    { $place } { $holder } · batas { $due }{ $age }
board-line-paused = ⏸ <b>{ $number }</b>{ $subject }
    { $place } { $holder } · menunggu pelapor sejak { $since }{ $age }
board-age = { " " }· umur { $age }
board-holder = { $post }: { $names }
board-nobody = { $post }: belum ada pemegang
board-because = { " " }(karena { $because })
board-holder-deaf = 📵 { $name }
board-holder-away = { $name } (tidak di tempat)
board-folded = <blockquote expandable>{ $lines }</blockquote>
board-more-holders = { $name } +{ $count }
board-which-step = Pilih langkah:
board-which-post = Pilih jabatan:
board-step-name = { $step }. { $name }
button-board-counted = { $name } ({ $count })

button-board-mine = 📋 { $number }
button-board-late = Terlambat
button-board-urgent = Segera
button-board-month = Bulan ini
button-board-step = Langkah
button-board-post = Jabatan
button-board-again = 🔄 Perbarui
button-board-set = ✓ { $label }
button-board-every-step = Semua langkah
button-board-every-post = Semua jabatan
button-board-remind = 🔔 Ingatkan semua yang terlambat
button-board-remind-now = 🔔 Ingatkan { $people } orang
button-board-cases = 📄 Laporan saya

board-remind-title = 🔔 <b>Ingatkan semua yang terlambat?</b> ({ $late } langkah)
board-remind-now = Diingatkan sekarang: <b>{ $people } orang</b> tentang { $tasks } langkah.
board-remind-nobody = Saat ini tidak ada yang dapat diingatkan.
board-remind-later = Tidak sekarang: { $people } orang baru saja diingatkan; mereka mendapatkannya dengan pengingat berikutnya.
board-remind-deaf = 📵 { $people } orang tidak dapat dihubungi.
board-remind-own = Yang menunggu Anda sendiri tidak ikut diingatkan.
board-remind-closed = Kantor tutup; pengingat hanya keluar pada jam kerja, mulai { $opens }.
toast-reminded = 🔔 { $people } orang diingatkan tentang { $tasks } langkah; { $left } orang tidak sekarang.
toast-reminded-nobody = Tidak ada yang diingatkan: semua baru saja diingatkan atau tidak dapat dihubungi.

action-remind-late = mengingatkan semua yang terlambat
happened-remind-late = 🔔 { $who } mengingatkan { $to }
refusal-board-not-yours = Papan kantor hanya untuk pimpinan, pengelola SOP, admin, dan atasan bagi jabatan di bawahnya.
refusal-not-late = { $number } tidak terlambat (lagi).
