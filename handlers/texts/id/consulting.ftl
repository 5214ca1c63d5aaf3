# Minta pendapat: bertanya kepada rekan atau jabatan lain tanpa menyerahkan langkahnya.

action-consult = meminta pendapat
action-advise = memberi pendapat
button-consult = 💬 Minta pendapat
prompt-consulting = 💬 Minta pendapat kepada (dijawab dalam { $standard } kerja; langkah ini tetap pada Anda):
turned-consulting = Pilih siapa yang ditanya.
button-consult-page = ➡️ Lainnya lagi
prompt-expects-consultation = ✍️ Tulis pertanyaan untuk { $name }, lalu kirim. Batas waktu langkah ini tetap berjalan.
done-consulted = 💬 Pendapat { $to } tentang { $number } diminta; langkahnya tetap pada Anda.
card-opinion-awaited = 💬 Menunggu pendapat { $whose } sampai { $due }
card-opinion = 💬 Pendapat { $name } atas “{ $asked }”: “{ $text }”
consultation-card = 💬 <b>DIMINTA PENDAPAT</b> · { $number } · langkah { $step } dari { $of }
    { $role }, { $name }, bertanya: “{ $question }”
consultation-due = Dijawab sampai: { $due }. Balas pesan ini, atau ketuk tombolnya.
consultation-late = ⚠️ Seharusnya dijawab sampai { $due }. Pendapat Anda masih ditunggu.
button-advise = 💬 Beri pendapat
prompt-expects-opinion = ✍️ Tulis pendapat Anda untuk { $name }, lalu kirim. Boleh dengan berkas.
consultation-answered = ✅ Dijawab oleh { $name }, { $at }: “{ $answer }”
consultation-over = ↪️ Tidak diperlukan lagi: langkah ini sudah diputus.
done-advised = 💬 Pendapat Anda masuk ke { $number }{ $files ->
        [0] { "" }
       *[other] { " " }dengan 📎 { $files }
    }.
news-advised = 💬 { $number }: pendapat { $name } atas “{ $question }”: “{ $answer }”{ $files ->
        [0] { "" }
       *[other] { " " }· 📎 { $files }
    }
opinion-awaited = 💬 Pendapat Anda tentang { $number } masih ditunggu { $name } sampai { $due }.
happened-consult = 💬 { $who } meminta pendapat { $to }
happened-advise = 💬 { $who } memberi pendapat
refusal-own-opinion = Anda tidak dapat meminta pendapat kepada diri sendiri.
refusal-nobody-to-consult = { $name } belum dapat dihubungi lewat bot. Pilih yang lain.
refusal-opinion-given = Pendapat ini sudah diberikan { $at }.
refusal-opinion-over = Tidak diperlukan lagi: langkah { $number } ini sudah diputus.
