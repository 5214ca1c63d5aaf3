# Alasan keterlambatan: mengapa satu langkah melewati mutu bakunya.

action-explain = memberi alasan keterlambatan
button-explain = 📝 Alasan keterlambatan
button-explain-again = 📝 Ganti alasan keterlambatan
prompt-expects-late-reason = ✍️ Langkah { $step } lewat { $late } dari mutu baku { $standard }. Tulis alasannya (paling banyak { $limit } huruf), lalu kirim. Alasan tercantum pada Lembar Disposisi dan Laporan Evaluasi; penilaian waktu tidak berubah.{ $before ->
        [yes] { " " }Alasan yang lama diganti; jurnal menyimpan keduanya.
       *[no] { "" }
    }
done-explained = 📝 Alasan keterlambatan { $number } dicatat.{ $files ->
        [0] { "" }
       *[other] { " " }Berkas tidak ikut disimpan: alasan terdiri atas kata-kata.
    }
card-late-reason = 📝 Alasan keterlambatan, { $who }: “{ $reason }”
happened-explain = 📝 { $who } memberi alasan keterlambatan
refusal-not-late-in-record = Langkah { $step } dari { $number } tidak melewati mutu bakunya, jadi tidak ada keterlambatan yang perlu alasan.
refusal-reason-over = Alasan keterlambatan { $number } sudah tetap; dapat diberikan atau diganti sampai { $at }.
register-late-reason = Alasan keterlambatan
register-late-reason-by = Alasan diberikan oleh
register-late-reason-as = Sebagai
