# What is answered when the rules refuse; one sentence, and what to do.

refusal-not-registered = Anda belum terdaftar. Minta tautan undangan kepada admin kantor Anda.
refusal-not-your-task = Ini bukan tugas Anda sekarang; yang berwenang: { $holder }.
refusal-task-already-decided = Sudah diputuskan ({ $outcome }) oleh { $by }, { $at }.
refusal-card-out-of-date = Keadaan sudah berubah; kartu telah diperbarui. Silakan periksa lalu ketuk lagi.
refusal-unknown-button = Tombol ini tidak berlaku lagi. Buka /tugas atau /status untuk yang terbaru.
refusal-step-forbids = SOP tidak membolehkannya pada langkah { $step } ({ $action }).
refusal-reason-missing = Alasan perlu ditulis.
refusal-not-a-holder = { $name } tidak memegang jabatan yang dituju.
refusal-already-started = Sudah ditangani oleh { $by }.
refusal-evaluation-incomplete = Laporan Evaluasi belum lengkap: { $missing }.
refusal-question-already-answered = Pertanyaan ini sudah dijawab. Kirim tambahan sebagai laporan baru bila perlu.
refusal-case-closed = { $number } sudah ditutup; tidak ada lagi yang dapat diubah.
refusal-case-open = { $number } masih berjalan.
refusal-unknown-case = Laporan { $number } tidak ditemukan, atau bukan untuk Anda.
refusal-draft-missing = Draf ini sudah dikirim atau dibatalkan.
refusal-report-empty = Draf ini masih kosong. Tuliskan masalahnya, atau kirim foto, berkas, atau rekaman suara.
refusal-words-missing = Tuliskan dengan kata-kata; berkas saja tidak cukup di sini, dan belum disimpan.
refusal-too-many-attachments = Paling banyak { $limit } lampiran; selebihnya tidak ikut disimpan.
refusal-file-too-large = Berkas lebih besar dari { $limit } MB, jadi tidak disimpan. Perkecil, atau kirim bagian yang perlu saja.
refusal-file-not-accepted = Berkas jenis { $ending } tidak diterima, jadi tidak disimpan. Kirim sebagai gambar, PDF, dokumen, lembar kerja, teks, atau ZIP.
refusal-rich-media-not-kept = Gambar atau berkas di dalam teks berformat, jajak pendapat, atau media berbayar tidak ikut disimpan. Kirim masing-masing sebagai foto atau berkas.
refusal-text-too-long = Terlalu panjang: { $length } huruf, paling banyak { $limit }. Ringkas, lalu kirim lagi.
refusal-report-too-long = Terlalu panjang: { $length } huruf, paling banyak { $limit }. Ringkas, atau kirim sebagai dokumen.
refusal-invite-withdrawn = Undangan ini sudah dicabut dan tidak berlaku lagi. Bila Anda masih perlu mendaftar, minta yang baru kepada admin.
refusal-invite-over = Undangan itu tidak berlaku lagi: sudah dipakai, sudah dicabut, atau lewat waktunya. Tidak ada yang perlu dicabut.
refusal-invite-awaits-answer = Undangan itu sudah dipakai { $name }, yang menunggu persetujuan. Tolak pendaftarannya lewat /kelola.
refusal-invite-invalid = Undangan ini tidak berlaku: salah, sudah dipakai, dicabut, atau lewat waktunya. Minta yang baru kepada admin.
refusal-nip-invalid = { $fault ->
        [birth] Delapan angka pertama NIP adalah tanggal lahir (tahun, bulan, hari), misalnya 19700101; yang Anda kirim bukan tanggal.
        [of-another] NIP terdiri atas 18 angka, misalnya 19700101 199503 2 002; pesan Anda memuat { $digits } angka. Bagi yang belum punya NIP, tulis nomor kantor yang Anda berikan kepadanya: 3–18 huruf dan angka, diawali huruf, misalnya PPNPN-07.
        [words] Kirim NIP (18 angka berurutan) dan nama lengkap saja; pesan Anda memuat tulisan lain.
       *[length] NIP terdiri atas 18 angka, misalnya 19700101 199503 2 002; pesan Anda memuat { $digits } angka.{ $digits ->
            [16] { " " }NIK tidak dipakai di sini.
           *[other] { "" }
        } Belum punya NIP? Minta nomor kantor kepada admin, misalnya PPNPN-07.
    } Silakan kirim lagi.
refusal-nip-taken = NIP atau nomor ini sudah terikat pada akun Telegram lain. Hubungi admin bila ganti ponsel.
refusal-name-invalid = { $fault ->
        [scripts] Nama tidak dapat dibaca, karena hurufnya dari lebih dari satu aksara.
        [marks] Nama tidak dapat dibaca, karena ada huruf dengan lebih dari dua tanda, atau tanda tanpa huruf.
       *[form] Nama tidak dapat dibaca.
    } Kirim nama lengkap Anda dalam satu baris, 2 sampai 100 huruf.
refusal-already-registered = Anda sudah terdaftar sebagai { $name }.
refusal-not-admin = Hanya admin yang dapat melakukannya.
refusal-last-admin = Admin terakhir tidak dapat diberhentikan. Undang admin lain lebih dahulu.
refusal-not-holding = { $name } tidak memegang jabatan { $post }, atau tidak lagi.
refusal-not-for-oneself = Permohonan Anda sendiri diputuskan admin lain; jabatan yang masih dipegang, juga oleh pemegang atau atasannya. Bila tidak ada: disposisi invite JABATAN --for NIP.
refusal-others-must-agree = Undangannya dari Anda, dan jabatan ini masih dipegang atau Anda akhiri sendiri. { $count ->
        [0] Tidak ada orang lain yang dapat menyetujui; pengelola mesin bot: disposisi invite JABATAN --for NIP.
       *[other] Yang menyetujui: { $names }.
    }
refusal-candidate-gone = Permohonan ini sudah diputuskan atau tidak berlaku lagi. Yang terbaru ada pada /kelola.
refusal-nothing-to-attach = Kirim teks, foto, dokumen, video, atau rekaman suara; jenis pesan ini tidak dapat disimpan.
