# Tanggapan pelapor sesudah 👍, dan umpan balik atasan atas laporan yang selesai.

rating-ask = Boleh dilewati: bagaimana penanganannya? (sampai { $until })
rating-said = Tanggapan Anda: { $words }.
rating-beside = { " " }{ $words }.
rating-count = { $label } { $count }
button-rating-quick = ⚡ Cepat
button-rating-slow = 🐢 Lambat
button-rating-clear = 💡 Jelas
button-rating-unclear = ❔ Tidak jelas
rating-chosen = ☑ { $label }
rated-quick = ⚡ Dicatat: cepat.
rated-slow = 🐢 Dicatat: lambat.
rated-clear = 💡 Dicatat: jelas.
rated-unclear = ❔ Dicatat: tidak jelas.
action-rate = menilai penanganan
happened-quick = ⚡ { $who } menilai penanganannya cepat
happened-slow = 🐢 { $who } menilai penanganannya lambat
happened-clear = 💡 { $who } menilai hasilnya jelas
happened-unclear = ❔ { $who } menilai hasilnya tidak jelas

appraisal-title = 🏁 <b>{ $number }</b> selesai · ditangani { $name }
appraisal-subject = { $subject }
appraisal-in-time = ⏱ { $span } dari { $standard }, tepat waktu
appraisal-late = ⚠️ { $span } dari { $standard }, terlambat
appraisal-reporter-silent = Pelapor belum menanggapi.
appraisal-ask = Umpan balik Anda sebagai atasan langsung (satu ketukan, masuk rekap kinerja { $name }):
appraisal-given = Umpan balik: { $said } ({ $name }).
appraisal-until = { " " }Dapat diubah sampai { $until }.
button-appraisal-well = 👍 Baik
button-appraisal-improve = 🔁 Perlu perbaikan
appraisal-of = { $number }: { $label }
appraisal-withdrawn = 🏁 <b>{ $number }</b> selesai. Umpan baliknya kini bukan dari Anda.
appraised-well = 👍 Umpan balik untuk { $number } dicatat: baik.
appraised-improve = 🔁 Umpan balik untuk { $number } dicatat: perlu perbaikan.
action-appraise = memberi umpan balik atas pekerjaan

refusal-verdict-over = Tanggapan atas { $number } sudah tetap; dapat diubah sampai { $at }.
