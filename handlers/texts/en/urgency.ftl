# Sifat of a report: how urgent it is, and whether it is confidential. Each stands by itself.

urgency-biasa = ordinary
urgency-segera = urgent
urgency-sangat-segera = very urgent
urgency-number = { $number } ({ $sign } { $word })
sifat-confidential = { " " }· 🔒 <b>confidential</b>
card-sifat = Urgency: { $words }{ $files }
status-sifat = Urgency: { $words }

button-urgency = ⚡ Urgency: { $urgency }
button-confidential = 🔒 Confidential: yes
button-not-confidential = 🔓 Confidential: no
draft-urgency = ⚡ Urgency: { $urgency }
draft-confidential = 🔒 Confidential: only the officials whom this report passes can read it.
draft-open = 🔓 Not confidential: superiors, watchers of the SOP and admins can read it too.
