# Being away, and standing in for somebody who is.

days-range = { $first } – { $last }
days-open = mulai { $first }, sampai diakhiri

prompt-days-away = 🏖 <b>Cuti atau tidak di tempat</b>
    Ketuk, atau tulis tanggalnya, misalnya <code>1/12 - 5/12</code>, <code>besok sampai 5 Desember</code>, atau <code>mulai 1/12</code> bila belum tahu sampai kapan.
absence-replaced = 🏖 Kartu ini tidak berlaku lagi; yang terbaru ada pada /cuti.
absence-dropped = 🏖 Tidak jadi dicatat. Mulai lagi dengan /cuti.
button-away-today = Hari ini saja
button-away-tomorrow = Besok saja
button-away-open = Mulai hari ini, belum tahu sampai kapan

absence-own = 🏖 <b>Anda tidak di tempat</b> · { $days }
absence-of = 🏖 <b>{ $name }</b> tidak di tempat · { $days }
absence-reason = Alasan: { $reason }
absence-plh = ✅ Plh.: <b>{ $plh }</b>
absence-decree = Menurut SK { $decree }, { $day }
absence-post-plh = ✅ Plh. { $post }: <b>{ $plh }</b>
absence-post-free = ▫️ { $post }: belum ada Plh.
absence-choose-post = Siapa yang diminta menjadi Plh. <b>{ $post }</b>? Boleh lebih dari satu; yang pertama bersedia menjadi Plh.
absence-nobody-post = Tidak ada lagi yang dapat diminta menjadi Plh. { $post }.
absence-asked = ⏳ Sudah diminta: { $name }
absence-refused = ❌ Tidak bersedia: { $name }
absence-choose = Siapa yang diminta menjadi Plh.? Boleh lebih dari satu; yang pertama bersedia menjadi Plh. Tanpa Plh., kartu menunggu sampai batas waktunya, lalu naik ke atasan.
absence-nobody = Tidak ada lagi yang dapat diminta. Tanpa Plh., kartu menunggu sampai batas waktunya, lalu naik ke atasan; atasan dan admin akan diberi tahu.
absence-ahead = Pada hari pertama kartu berpindah sendiri kepada Plh., dan sesudah hari terakhir kembali sendiri.
absence-lasting = Sedang berlangsung. Kartu ada pada Plh. { $plh }.
absence-lasting-alone = Sedang berlangsung tanpa Plh.; kartu menunggu sampai batas waktunya, lalu naik ke atasan.
absence-kept = Langkah yang menurut SOP bukan untuk Plh. tidak ikut: naik ke atasan yang di tempat; bila tidak ada, menunggu pemegangnya kembali.
absence-is-over = ✅ Sudah berakhir.
absence-is-called-off = 🚫 Dibatalkan.
prompt-reason-away = ✍️ Tulis alasannya, lalu kirim.
button-ask-plh = 🙋 Minta { $name } · { $post }
button-release-plh = 🔁 Ganti Plh.
button-plh-post = 🪑 Plh. lain untuk { $post }…
button-release-post = 🔁 Ganti Plh. { $post }
button-reason-away = ✍️ Alasan
button-call-off = 🚫 Batalkan
button-come-back = 👋 Saya sudah kembali
button-end-absence = 👋 Sudah kembali
button-absence = 🏖 Cuti / tidak di tempat
away-reason-kept = ✍️ Alasan disimpan.

request = 🙋 <b>{ $name }</b> meminta Anda menjadi Plh. { $posts }
    { $days }
request-how = Selama itu kartu jabatannya datang kepada Anda, dan yang Anda putuskan tercatat sebagai Plh.
request-kept = Langkah yang menurut SOP bukan untuk Plh. tidak ikut.
request-stands-in = ✅ Anda Plh. { $posts } menggantikan { $name }
    { $days }
request-refused = ❌ Anda tidak bersedia menjadi Plh. { $posts } menggantikan { $name } ({ $days }).
request-not-needed = 🙋 Plh. { $posts } menggantikan { $name } ({ $days }) sudah ada, atau tidak diperlukan lagi.
request-over = 🙋 Plh. { $posts } menggantikan { $name } ({ $days }): sudah selesai.
button-accept-plh = ✅ Bersedia
button-refuse-plh = ❌ Tidak
button-release-own = ↩️ Tidak dapat lagi

toast-below = Lihat pesan di bawah.
toast-away-filed = 🏖 Dicatat. Pilih siapa yang diminta menjadi Plh.
toast-plh-asked = 🙋 { $name } diminta menjadi Plh.
toast-plh-accepted = ✅ Anda Plh. menggantikan { $name }.
toast-plh-refused = ❌ { $name } diberi tahu.
toast-plh-given-back = ↩️ Anda tidak lagi menjadi Plh.
toast-plh-released = 🔁 { $name } tidak lagi menjadi Plh. Pilih yang lain.
toast-away-over-of = 👋 { $name } dicatat sudah kembali; kartu kembali kepada pemegang jabatan.
toast-away-over = 👋 Selamat datang kembali; kartu kembali kepada pemegang jabatan.
toast-away-called-off = 🚫 Dibatalkan.
turned-absences = Siapa yang tidak di tempat.

plh-accepted = ✅ { $plh } bersedia menjadi Plh. menggantikan Anda.
plh-accepted-at = ✅ { $plh } bersedia menjadi Plh. { $posts } menggantikan Anda.
plh-refused = ❌ { $plh } tidak dapat menjadi Plh. menggantikan Anda. Minta yang lain lewat /cuti.
plh-refused-at = ❌ { $plh } tidak dapat menjadi Plh. { $posts } menggantikan Anda. Minta yang lain lewat /cuti.
plh-awaited = ⏳ { $name } menunggu jawaban Anda: bersediakah menjadi Plh. { $posts }, { $days }? Ketuk Bersedia atau Tidak pada kartunya.
plh-named = 🙋 Anda ditunjuk sebagai Plh. { $posts } menggantikan { $name }, { $days } (SK { $decree }).
plh-named-for-you = 🙋 { $plh } ditunjuk sebagai Plh. menggantikan Anda, { $days }.
plh-named-for-you-at = 🙋 { $plh } ditunjuk sebagai Plh. { $posts } menggantikan Anda, { $days }.
plh-missing-for-you = ⚠️ Anda tidak di tempat, { $days }, dan belum ada Plh. { $posts }.{ $count ->
        [0] { "" }
       *[other] { " " }Belum menjawab: { $asked }.
    } { $begun ->
        [yes] Kartu Anda menunggu sampai batas waktunya, lalu naik ke atasan.
       *[no] Tanpa Plh., kartu Anda menunggu sampai batas waktunya, lalu naik ke atasan.
    } Minta seseorang lewat /cuti.
plh-lost-for-you = ⚠️ { $plh }, Plh. yang menggantikan Anda, tidak lagi mempunyai akun Telegram. Kartunya kembali kepada Anda sampai ada Plh. lain atau akunnya kembali. Minta yang lain lewat /cuti.
plh-begins = 🏖 Sejak kini Anda Plh. { $posts } menggantikan { $name }, { $days }. Yang Anda putuskan tercatat sebagai Plh.
plh-begins-kept = 🏖 Sejak kini Anda Plh. { $posts } menggantikan { $name }, { $days }. Yang Anda putuskan tercatat sebagai Plh. Langkah yang menurut SOP bukan untuk Plh. tidak datang kepada Anda.
plh-over = 👋 { $name } sudah kembali. Anda tidak lagi menjadi Plh.; kartunya kembali kepadanya.
plh-not-needed = 🙋 Anda tidak diperlukan lagi sebagai Plh. menggantikan { $name }.
absence-begins = 🏖 Anda tidak di tempat, { $days }. Kartu { $posts } kini pada Plh. { $plh }. Sudah kembali? Ketuk 👋 pada /cuti.
absence-begins-kept = 🏖 Anda tidak di tempat, { $days }. Kartu { $posts } kini pada Plh. { $plh }, kecuali langkah yang menurut SOP bukan untuk Plh.: naik ke atasan yang di tempat; bila tidak ada, menunggu Anda. Sudah kembali? Ketuk 👋 pada /cuti.
absence-begins-alone = 🏖 Anda tidak di tempat, { $days }, tanpa Plh. Kartu tetap menunggu Anda sampai batas waktunya, lalu naik ke atasan; Plh. masih dapat diminta lewat /cuti.
absence-begins-asked = 🏖 Anda tidak di tempat, { $days }. Belum ada Plh. { $posts }; sudah diminta: { $asked }. Sampai ada yang bersedia, kartu tetap menunggu Anda sampai batas waktunya, lalu naik ke atasan.
absence-begins-partly = 🏖 Anda tidak di tempat, { $days }, dan belum ada Plh. { $posts }. Kartu jabatan itu tetap menunggu Anda sampai batas waktunya, lalu naik ke atasan; Plh. masih dapat diminta lewat /cuti.
absence-over = 👋 Selamat datang kembali. Anda tercatat di tempat lagi; kartu jabatan Anda kembali kepada Anda.
absence-called-off = 🚫 Catatan bahwa Anda tidak di tempat ({ $days }) dibatalkan.
acting-begins = 🗂 Sejak kini Anda Plt. { $post }. Kartu jabatan itu datang kepada Anda.
acting-named = 🗂 { $name } kini Plt. { $post }.

alert-acting = 🗂 { $name } kini Plt. { $post }.
alert-absent = 🏖 { $name } tidak di tempat, { $days }. Plh. { $posts }: { $plh }.
alert-plh-missing = ⚠️ { $name } tidak di tempat, { $days }, dan belum ada Plh. { $posts }.{ $count ->
        [0] { "" }
       *[other] { " " }Belum menjawab: { $asked }.
    } { $begun ->
        [yes] Kartunya menunggu sampai batas waktunya, lalu naik ke atasan.
       *[no] Tanpa Plh., kartunya menunggu sampai batas waktunya, lalu naik ke atasan.
    } Plh. diminta lewat /cuti; admin menunjuk lewat /kelola.
alert-plh-lost = ⚠️ { $plh }, Plh. yang menggantikan { $name }, tidak lagi mempunyai akun Telegram. Kartunya kembali kepada { $name } sampai ada Plh. lain atau akunnya kembali.

administration-away = { $name } (tidak di tempat; Plh. { $plh })
absences = 🏖 <b>Cuti, Plh., dan Plt.</b>
absences-none = Tidak ada yang tidak di tempat.
absences-line = • { $name }: { $days }; { $plh }
absences-plh = Plh. { $plh }
absences-no-plh = ⚠️ belum ada Plh.
absences-how = { "" }
    Menurut SK: buka pegawainya pada 👥 Pegawai (Plh.), atau jabatan lowongnya pada 🪑 Jabatan (Plt.). Atau tulis:
    <code>/kelola plh NIP-PEJABAT NIP-PLH 1/12 - 5/12; NOMOR-SK; TANGGAL-SK</code>
    (untuk satu dari beberapa jabatannya: <code>NIP-PEJABAT KODE-JABATAN NIP-PLH …</code>)
    <code>/kelola plt KODE-JABATAN NIP-PLT; NOMOR-SK; TANGGAL-SK</code>
button-absences = 🏖 Cuti, Plh., dan Plt.…
button-absence-of = 🏖 { $name }

refusal-post-held = { $post } tidak lowong: dipegang { $holder }. Plt. hanya untuk jabatan yang lowong.
refusal-days-invalid = { $fault ->
        [impossible] Tanggal itu tidak ada pada kalender. Tulis misalnya 1/12 - 5/12, besok, atau mulai 1/12.
        [past] Hari pertama sudah lewat. Tulis mulai hari ini atau sesudahnya.
        [reversed] Hari terakhir mendahului hari pertama. Tulis misalnya 1/12 - 5/12, besok, atau mulai 1/12.
        [too-far] Terlalu jauh: mulai paling lambat setahun lagi, paling lama lima tahun.
       *[unreadable] Tanggalnya tidak terbaca. Tulis misalnya 1/12 - 5/12, besok, atau mulai 1/12.
    }
refusal-decree-missing = Tulis tiga bagian yang dipisahkan titik koma: siapa dan kapan; nomor SK; tanggal SK. Contohnya ada pada /kelola, 🏖 Cuti, Plh., dan Plt.
refusal-decree-day-invalid = { $fault ->
        [impossible] Tanggal SK “{ $said }” tidak ada pada kalender.
       *[unreadable] Tanggal SK “{ $said }” tidak terbaca.
    } Tulis satu tanggal, misalnya 20/11/2026 atau 20 November 2026.
refusal-plt-has-no-days = “{ $said }” tidak diperlukan: Plt. bertindak sejak ditunjuk sampai jabatannya terisi. Tulis kode jabatan dan NIP-nya saja; lalu nomor SK; lalu tanggal SK.
refusal-post-unknown = { $said ->
        [none] Jabatannya belum ditulis.
       *[other] Tidak ada jabatan “{ $said }”.
    } Tulis kode jabatan, lalu NIP, misalnya kadiv 19700101 199503 2 002. Kode jabatan: { $posts }.
refusal-number-missing = { $whose ->
        [away] NIP pejabat yang tidak di tempat
        [plh] NIP Plh.
       *[plt] NIP Plt.
    } { $said ->
        [none] belum ditulis.
       *[other] tidak terbaca: “{ $said }”.
    } Tulis 18 angka, misalnya 19700101 199503 2 002, atau nomor kantornya, misalnya PPNPN-07.
refusal-person-unknown = Tidak ada pegawai terdaftar dengan nomor { $nip }. Periksa nomornya pada /kelola, 👥 Pegawai.
refusal-nothing-to-stand-in-for = { $name } tidak memegang jabatan, jadi tidak ada yang perlu digantikan.
refusal-already-away = { $name } sudah tercatat tidak di tempat sejak { $since }. Batalkan dahulu yang itu.
refusal-absence-over = Yang ini sudah berakhir atau dibatalkan.
refusal-own-plh = Tidak ada yang menjadi Plh. bagi dirinya sendiri. Pilih orang lain.
refusal-plh-circle = Tidak dapat: mereka akan saling menggantikan ({ $names }), dan tidak ada yang bertindak.
refusal-plh-away = { $name } sendiri tidak di tempat pada hari-hari itu, dan tidak ada Plh. baginya.
refusal-plh-unreachable = { $name } tidak mempunyai akun Telegram pada bot ini.
refusal-plh-found = Sudah ada Plh.: { $name }.
refusal-request-over = Permintaan ini sudah dijawab atau tidak diperlukan lagi.
