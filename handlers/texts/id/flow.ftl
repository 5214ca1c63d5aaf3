# The flow of an SOP for one case, as a picture.

flow-heading = Langkah · pelaksana
    waktu nyata / mutu baku
flow-here = Langkah { $step } dari { $steps }
flow-here-late = Langkah { $step } dari { $steps } · terlambat
flow-closed = Selesai, { $steps } langkah
flow-declined = Ditolak di langkah { $step }
flow-moved = Dipindahkan ke SOP lain
flow-withdrawn = Ditarik oleh pelapor
flow-with = Pada { $names }, { $role }
flow-due = Batas waktu { $due }
flow-was-due = Lewat batas waktu { $due }
flow-over-since = lewat sejak { $due }
flow-since = sejak { $at }
flow-standard = mutu baku { $standard }
flow-round = Kali ke-{ $round }
flow-over = lewat { $span }
flow-late-reason = alasan: “{ $reason }”
flow-waiting = menunggu pelapor sejak { $since }
flow-outcome-sent-back = dikembalikan
flow-outcome-returned = dikembalikan
flow-outcome-recalled = ditarik kembali
flow-outcome-declined = ditolak
flow-outcome-moved = dipindahkan
flow-outcome-withdrawn = ditarik pelapor
flow-in-time = tepat waktu
flow-late = lewat mutu baku
flow-running = berjalan
flow-foot = Keadaan sejak { $at }. Waktu kerja kantor, tanpa istirahat dan hari libur.
button-sop-form = 📄 Naskah SOP (PDF)
sop-form = 📄 <b>{ $title }</b>
    { $number }

    Bagan disusun dari berkas SOP. Yang mengikat ialah naskah yang ditandatangani.
sop-form-unfit = 📄 <b>{ $title }</b>
    { $number }

    SOP ini tidak muat pada formulir (3–15 langkah, 2–8 pelaksana), jadi tidak dapat dicetak.
