# Copies of a decision (tembusan).

action-copy = memberi tembusan
action-read = membaca tembusan
button-copy = 👁 Tembusan
button-copy-open = ☐ { $name }
button-copy-chosen = ☑️ { $name }
button-copy-vacant = ⚠️ { $name } (kosong)
button-read = 👁 Sudah dibaca
prompt-copying = 👁 Tembusan kepada siapa? Terkirim bersama keputusan Anda, untuk diketahui saja.
turned-copying = Pilih penerima tembusan.
turned-copy-to = { $count ->
        [0] Tanpa tembusan.
       *[other] { $count } penerima tembusan; terkirim bersama keputusan Anda.
    }
card-copies = 👁 Tembusan: { $names }
copy-read = { $name }: dibaca { $at }
copy-unread = { $name }: belum dibaca
copy-missed = ⚠️ { $name } tidak terkirim, tidak ada pejabat yang terhubung
copy-title = 👁 <b>TEMBUSAN { $number }</b> · langkah { $step } dari { $of }
copy-for-information = Untuk Anda ketahui; tidak ada yang perlu Anda putuskan.
copy-read-by-you = 👁 Anda baca { $at }.
done-read = 👁 { $number } dibaca { $at }.
done-forwarded-missed = ✅ Diteruskan ke { $to }. ⚠️ Tembusan tidak terkirim, tidak ada pejabat yang terhubung: { $missed }.
happened-copy = 👁 { $who } memberi tembusan kepada { $to }
happened-read = 👁 { $who } membaca tembusannya
refusal-no-copy = { $why ->
        [self] Anda sendiri tidak memerlukan tembusan.
        [reporter] { $name } pelapor masalah ini; tembusan hanya untuk pejabat lain.
        [nobody] { $name }: tidak ada pejabat yang terhubung, jadi tembusan tidak dapat dikirim ke sana.
       *[other] { $name } menerimanya juga tanpa dipilih.
    }
refusal-too-many-copies = Paling banyak { $limit } penerima tembusan.
