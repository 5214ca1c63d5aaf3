# The papers of a case: Lembar Disposisi and Laporan Evaluasi.

button-disposition-sheet = 📄 Lembar Disposisi
button-evaluation-report = 📄 Laporan Evaluasi (PDF)
under-disposition-sheet = 📄 <b>Lembar Disposisi { $number }</b>

    Kode QR di halaman terakhir memeriksa keasliannya.
under-evaluation-report = 📄 <b>Laporan Evaluasi { $number }</b>

    Kode QR di halaman terakhir memeriksa keasliannya.
under-evaluation-preview = 📄 <b>Pratinjau Laporan Evaluasi { $number }</b>

    Beginilah cetakannya nanti. Laporan ini belum diajukan.
