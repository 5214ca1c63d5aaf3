# Hari yang belum diketahui kalender: yang ditanyakan kepada admin.

alert-holidays-unknown = 📅 Cuti bersama { $name } belum ada pada kalender kantor{ $days ->
        [0] , padahal tahunnya sudah berjalan
       *[other] ; tahunnya mulai { $days } hari lagi
    }. Selama itu batas waktu dihitung tanpa cuti bersama. Bila SKB sudah terbit, catat hari-harinya dengan /libur, atau minta pengelola bot menulisnya pada berkas kantor: <code>[[removed_days]]</code>, lalu tahunnya pada <code>confirmed_years</code>.
alert-ramadan-unknown = 🌙 Tanggal { $name } belum ada pada kalender kantor. Perkiraannya { $first_day } sampai { $last_day }, dapat bergeser sehari{ $days ->
        [0] { "" }
       *[other] ; { $days } hari lagi
    }. Selama belum dicatat, batas waktu dihitung dengan jam kerja biasa, dan pengingat dapat datang setelah kantor tutup. Catat tanggal dan jamnya dengan /libur, atau minta pengelola bot menulisnya pada berkas kantor: <code>[[seasons]]</code>.
alert-season-estimated = 🌙 { $name } pada kalender kantor masih perkiraan: { $first_day } sampai { $last_day }. Setelah sidang isbat, cocokkan tanggalnya: ubah dengan /libur, atau minta pengelola bot membetulkannya pada berkas kantor dan menghapus <code>estimated</code>.
