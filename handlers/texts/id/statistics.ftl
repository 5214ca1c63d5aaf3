# Statistik: angka-angka kantor, jabatan, dan pegawai; setiap angka membuka laporan yang membentuknya.

command-statistik = Statistik kepatuhan SOP
refusal-statistics-not-yours = Statistik hanya untuk pegawai yang memegang jabatan.

statistics-title = 📊 <b>Statistik</b> · { $period }
statistics-of = <i>{ $what }</i>
statistics-whole-office = Seluruh kantor
statistics-below = Jabatan di bawah Anda
statistics-one-step = langkah { $step }
statistics-cases = Laporan masuk <b>{ $came }</b>, selesai <b>{ $ended }</b>
statistics-stays = Langkah dibuka <b>{ $came }</b>, selesai <b>{ $ended }</b>
statistics-in-time = Tepat waktu <b>{ $share } %</b>: { $part } dari { $whole } langkah
statistics-in-time-few = Tepat waktu <b>{ $part }</b> dari { $whole } langkah
statistics-times = Waktu kerja: separuhnya ≤ <b>{ $half }</b>, 9 dari 10 ≤ <b>{ $most }</b>
statistics-standard = Mutu baku: { $standard }
statistics-rounds = Perbaikan: { $cases } laporan, { $rounds } putaran; dikembalikan { $returned } kali
statistics-returned = Dikembalikan untuk diperbaiki: { $returned } kali
statistics-waited = Menunggu pelapor: jam berhenti { $waited }, ditanya sambil berjalan { $asked }
statistics-reminded = Pengingat: { $count }
statistics-verdicts = Kata pelapor: 👍 { $helped } · 👎 { $not }
statistics-late-heading = Lewat batas di tangan:
statistics-late-by = { $how } { $count } ({ $span })
statistics-open = Kini terbuka <b>{ $count }</b>, lewat batas <b>{ $late }</b>
statistics-oldest = Tertua { $number }, sejak { $since }
statistics-behind = ⏳ { $count } langkah yang selesai belum terhitung; angka ini belum lengkap.
statistics-nothing = Belum ada yang selesai pada masa ini.

statistics-person-held = Dipegang <b>{ $held }</b>, lewat batas di tangannya <b>{ $late }</b>
statistics-person-share = Tepat waktu di tangannya <b>{ $share } %</b>
statistics-person-late = Lama lewat batas di tangannya: { $span }
statistics-person-decided = Diputus <b>{ $decided }</b>

statistics-how-own = pemegang jabatan
statistics-how-plh = Plh.
statistics-how-raised = atasan yang menggantikan
statistics-how-admins = admin
statistics-how-shared = belum diambil siapa pun
statistics-how-absent = tidak di tempat, tanpa Plh.
statistics-how-vacant = jabatan lowong

statistics-numbers = Ketuk angka untuk melihat laporan yang membentuknya.
statistics-number-came = Masuk
statistics-number-ended = Selesai
statistics-number-corrected = Diperbaiki
statistics-number-stays = Langkah selesai
statistics-number-late = Terlambat
statistics-number-in-time = Tepat waktu
statistics-number-returned = Dikembalikan
statistics-number-reminded = Diingatkan
statistics-number-waited = Menunggu pelapor
statistics-number-open = Kini terbuka
statistics-number-open-late = Kini lewat batas
statistics-number-helped = 👍
statistics-number-not-helped = 👎
statistics-number-held = Dipegang
statistics-number-turned-late = Lewat batas di tangan
statistics-number-decided = Diputus
statistics-number-late-own = Terlambat: pemegang
statistics-number-late-plh = Terlambat: Plh.
statistics-number-late-raised = Terlambat: atasan
statistics-number-late-admins = Terlambat: admin
statistics-number-late-shared = Terlambat: belum diambil
statistics-number-late-absent = Terlambat: tanpa Plh.
statistics-number-late-vacant = Terlambat: lowong
button-statistics-number = { $name } { $count }

statistics-listed = <b>{ $name }</b>: { $count }
statistics-line = { $number } · { $at }{ $more }
statistics-line-step = { " · langkah " }{ $step }
statistics-line-late = { " · +" }{ $span }

statistics-choose-period = Pilih masa, atau ketik: <code>/statistik 2026-10..2026-12</code>
statistics-choose = Ketuk untuk melihat angkanya saja.
statistics-group = <b>{ $name }</b>: { $share }{ $times }
statistics-group-share = { $share } % dari { $whole }
statistics-group-few = { $part } dari { $whole }
statistics-group-times = { " · ½ ≤ " }{ $half }{ ", 9/10 ≤ " }{ $most }
statistics-group-person = <b>{ $name }</b> ({ $post }): dipegang { $held }, lewat batas { $late }{ $span }, diputus { $decided }
statistics-group-legend = <i>Angka: langkah yang tepat waktu.</i>
statistics-group-times-legend = <i>½: separuhnya selesai dalam waktu ini; 9/10: sembilan dari sepuluh.</i>

button-statistics-numbers = 🔎 Buka angka
button-statistics-period = 📅 Masa
button-statistics-sops = SOP
button-statistics-steps = Langkah
button-statistics-posts = Jabatan
button-statistics-people = Orang
button-statistics-own = 🙋 Saya
button-statistics-all = ↩️ Semua
button-statistics-quarter = Triwulan { $quarter } { $year }
