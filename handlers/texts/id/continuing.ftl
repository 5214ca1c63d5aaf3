# Reports that follow an earlier one, and what its closer hears.

earlier-line = ↪️ Lanjutan dari <b>{ $numbers }</b>
earlier-folded = <blockquote expandable>↪️ { $number }, dinyatakan selesai tetapi belum teratasi
    { $lines }</blockquote>
earlier-report = <b>Laporan</b>: “{ $text }”
earlier-confidential = 🔒 { $number } bersifat rahasia: isinya hanya terbuka bagi yang menanganinya.
earlier-title = ↪️ <b>{ $number }</b> melanjutkan laporan sebelumnya:
earlier-told = <b>{ $number }</b>
    <blockquote expandable>{ $lines }</blockquote>
button-earlier = 🔎 { $number }
happened-continued = 📨 { $who } melaporkan, lanjutan dari { $to }

feedback-card-not-helped = 👎 <b>{ $number }</b> sudah dinyatakan selesai, tetapi menurut pelapornya masalahnya belum teratasi.
feedback-card-helped = 👍 Pelapor <b>{ $number }</b> kini menyatakan masalahnya sudah teratasi.
feedback-card-continued = ↪️ Ia melapor lagi: <b>{ $number }</b>.
