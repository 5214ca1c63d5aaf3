# The papers of a case: Lembar Disposisi and Laporan Evaluasi.

button-disposition-sheet = 📄 Lembar Disposisi
button-evaluation-report = 📄 Laporan Evaluasi (PDF)
under-disposition-sheet = 📄 <b>Lembar Disposisi { $number }</b>

    Kode QR di halaman terakhir memeriksa keasliannya.
under-evaluation-report = 📄 <b>Laporan Evaluasi { $number }</b>

    Kode QR di halaman terakhir memeriksa keasliannya.
under-evaluation-preview = 📄 <b>Pratinjau Laporan Evaluasi { $number }</b>

    Beginilah cetakannya nanti. Laporan ini belum diajukan.

# Whether a paper is genuine.

paper-unknown = ⛔ <b>Tidak dikenal.</b> Kode ini tidak ada pada naskah mana pun yang diterbitkan kantor ini. Jangan percayai lembarnya.
paper-genuine = ✅ <b>Asli.</b> Kode ini milik { $kind ->
        [laporan-evaluasi] Laporan Evaluasi
       *[lembar-disposisi] Lembar Disposisi
    } { $number } yang diterbitkan kantor ini, keadaan { $at }.

    Cocokkan nomor dan waktu itu dengan lembar Anda: kode dapat disalin ke lembar lain.
paper-genuine-file = ✅ <b>Asli.</b> Berkas ini sama, byte demi byte, dengan { $kind ->
        [laporan-evaluasi] Laporan Evaluasi
       *[lembar-disposisi] Lembar Disposisi
    } { $number } yang diterbitkan kantor ini, keadaan { $at }.
paper-file-unknown = ⛔ <b>Bukan berkas kami.</b> Berkas ini tidak sama, byte demi byte, dengan naskah mana pun yang diterbitkan kantor ini. Isinya diubah, atau program lain menyimpannya ulang. Pindai kode QR-nya, lalu minta naskah aslinya.
paper-not-fetched = Berkas itu tidak dapat diambil: lebih dari 5 MB, atau Telegram tidak memberikannya. Naskah kami jauh lebih kecil.
paper-how = Kirim PDF-nya dengan keterangan <code>/periksa</code>, atau balas PDF itu dengan /periksa. Lembar cetak diperiksa dengan memindai kode QR-nya.
paper-current = ✅ <b>Asli dan terkini.</b> { $kind ->
        [laporan-evaluasi] Laporan Evaluasi
       *[lembar-disposisi] Lembar Disposisi
    } { $number }, keadaan { $at }. Sejak itu tidak ada yang berubah.
paper-older = 🕘 <b>Asli, tetapi lama.</b> { $kind ->
        [laporan-evaluasi] Laporan Evaluasi
       *[lembar-disposisi] Lembar Disposisi
    } { $number }, keadaan { $at }.
paper-subject = Hal: { $subject }
paper-since = Sejak itu { $count } kejadian; yang terakhir:
paper-compare = Lembar di tangan Anda harus sama dengan naskah di bawah ini.
