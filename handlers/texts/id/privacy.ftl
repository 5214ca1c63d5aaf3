# What is kept of people, and what they may ask for (UU 27/2022).

privacy-stranger = 🔏 Bot ini mencatat laporan dan disposisi { $office }. Sebelum Anda terdaftar, pesan Anda disimpan paling lama 7 hari. Setelah terdaftar, /privasi menjelaskan apa yang disimpan dan hak Anda.
privacy = 🔏 <b>Data pribadi Anda</b>

    <b>Yang disimpan</b>
    Nama, NIP atau nomor kantor, unit kerja, nomor akun Telegram, masa jabatan dan cuti; laporan, jawaban, catatan, keputusan, dan berkas yang Anda kirim di sini, beserta waktunya.

    <b>Untuk apa</b>
    Menjalankan SOP { $office } dan mempertanggungjawabkannya: siapa memutuskan apa, kapan, dan dalam jabatan apa.

    <b>Berapa lama</b>
    { $words ->
        [0] Catatan kasus disimpan selama kantor memerlukannya
       *[other] Tulisan dan berkas pelapor dihapus { $words } tahun setelah kasusnya selesai
    }{ $files ->
        [0] .
       *[other] ; berkas di arsip dihapus { $files } tahun setelah kasusnya selesai.
    } Keputusan dan waktunya tetap tercatat.

    <b>Hak Anda</b> (UU 27/2022)
    • Akses: /minta_salinan untuk salinan data Anda
    • Perbaikan: beri tahu admin bila nama atau unit Anda keliru
    • Penghapusan: /minta_penghapusan; tidak dapat dibatalkan setelah dilakukan
    • Pembatasan: /minta_pembatasan agar tulisan Anda tidak ditampilkan di luar kasus yang berjalan

    Permintaan sampai kepada admin kantor Anda dan dicatat. Pertanyaan lain: tanyakan kepada admin.
privacy-asked = 🔏 Permintaan Anda { $wish ->
        [copy] atas salinan data
        [erasure] untuk menghapus data
       *[restriction] untuk membatasi data
    } dicatat{ $told ->
        [yes] { " " }dan disampaikan kepada admin. Admin akan menghubungi Anda.
       *[no] . Belum ada admin yang dapat dihubungi; sampaikan juga secara langsung.
    }
alert-privacy = 🔏 { $name } ({ $nip }) meminta { $wish ->
        [copy] salinan data pribadinya. Pengelola server membuatnya dengan: disposisi person export
        [erasure] agar data pribadinya dihapus. Bila disetujui, pengelola server menjalankan: disposisi person erase
       *[restriction] agar data pribadinya dibatasi. Anda sendiri dapat melakukannya: /kelola, 👥 Pegawai, lalu 🔏 Batasi pengolahan
    }. Permintaan ini tercatat; jawab paling lambat 3 × 24 jam.
command-privasi = Data pribadi Anda dan hak Anda

person-restricted = 🔏 Pengolahan datanya dibatasi.
button-restrict = 🔏 Batasi pengolahan…
button-lift-restriction = 🔏 Cabut pembatasan…
restricting = { $restricted ->
        [yes] 🔏 <b>Cabut pembatasan data { $name }?</b>
            Tulisannya ditampilkan lagi dalam riwayat, register, rekap, dan lembar kasus yang sudah selesai.
       *[no] 🔏 <b>Batasi pengolahan data { $name }?</b>
            Tulisannya tidak ditampilkan lagi dalam riwayat, register, rekap, dan lembar kasus yang sudah selesai, kecuali kepada dirinya sendiri. Kasus yang berjalan tetap memuatnya, karena memerlukannya. Tidak ada yang dihapus, dan pembatasan dapat dicabut.
    }
    Ia diberi tahu, dan buku catatan kantor memuatnya.
restricting-own = Ini data Anda sendiri: orang kedua menyetujuinya dahulu.
button-restrict-now = 🔏 Batasi sekarang
button-lift-restriction-now = 🔏 Cabut sekarang
toast-restricted = 🔏 Pengolahan data { $name } dibatasi.
toast-restriction-lifted = 🔏 Pembatasan data { $name } dicabut.
restriction-begun = 🔏 Pengolahan data pribadi Anda dibatasi: tulisan Anda tidak ditampilkan lagi dalam kasus yang sudah selesai. Kasus yang berjalan tetap memuatnya. /privasi
restriction-over = 🔏 Pembatasan data pribadi Anda dicabut: tulisan Anda ditampilkan lagi dalam kasus yang sudah selesai. /privasi
