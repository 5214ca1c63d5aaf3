# Sifat laporan: seberapa segera, dan apakah rahasia. Keduanya berdiri sendiri.

urgency-biasa = biasa
urgency-segera = segera
urgency-sangat-segera = sangat segera
urgency-number = { $number } ({ $sign } { $word })
sifat-confidential = { " " }· 🔒 <b>rahasia</b>
card-sifat = Sifat: { $words }{ $files }
status-sifat = Sifat: { $words }

button-urgency = ⚡ Sifat: { $urgency }
button-confidential = 🔒 Rahasia: ya
button-not-confidential = 🔓 Rahasia: tidak
draft-urgency = ⚡ Sifat: { $urgency }
draft-confidential = 🔒 Rahasia: hanya pejabat yang dilalui laporan ini yang dapat membacanya.
draft-open = 🔓 Tidak rahasia: atasan, pengawas SOP, dan admin juga dapat membacanya.
