# A post in which nobody can decide: where its cards go, and how that is told.

capacity-admin = Admin
capacity-raised = { $capacity }, karena { $because }

raised-vacant = jabatan { $post } lowong
raised-unreachable = pemegang jabatan { $post } tidak dapat dihubungi
raised-absent = pemegang jabatan { $post } tidak di tempat tanpa Plh.
raised-mandate = pemegang jabatan { $post } tidak di tempat dan langkah ini bukan untuk Plh.

card-raised-vacant = 🪑 Naik ke meja ini karena jabatan { $post } lowong.
card-raised-unreachable = 🪑 Naik ke meja ini karena batas waktunya lewat dan pemegang jabatan { $post } tidak dapat dihubungi.
card-raised-absent = 🪑 Naik ke meja ini karena batas waktunya lewat dan pemegang jabatan { $post } tidak di tempat tanpa Plh.
card-raised-mandate = 🪑 Naik ke meja ini karena pemegang jabatan { $post } tidak di tempat dan langkah ini bukan untuk Plh.
card-awaits-return = 🏖 Anda tidak di tempat, dan langkah ini bukan untuk Plh.: menunggu Anda.
status-awaits-return = 🏖 Pemegangnya tidak di tempat, dan langkah ini bukan untuk Plh.: menunggu sampai kembali.
card-raised-admins = { " " }Tidak ada atasan yang dapat dihubungi; yang memutuskan admin.

happened-rehome = 🪑 Berpindah ke { $to }{ $why }
happened-rehome-why = , karena { $because }

alert-raised = ⚠️ Jabatan { $post } lowong: { $number }, langkah { $step }, kini pada { $to }. Admin dapat mengundang pemegang barunya lewat /kelola.

card-visits = 🔁 Kali ke-{ $count } di meja ini.
nudge-overrun = 🔁 Laporan ini sudah { $count } kali di meja itu, dan sejak dibuka sudah melewati jumlah mutu baku seluruh langkah SOP.
happened-overrun = 🔁 Kali ke-{ $count } di meja ini dan melewati jumlah mutu baku seluruh langkah: diberitahukan kepada atasan
happened-told = { " " }({ $names })
