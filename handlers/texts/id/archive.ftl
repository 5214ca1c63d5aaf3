# Berkas di arsip kantor: yang tidak dapat disimpan, yang dihapus, dan arsip yang berhenti.
unkept-file = • { $kind ->
        [photo] foto
        [document] dokumen
        [video] video
        [voice] rekaman suara
        [audio] audio
        [video-note] video bulat
       *[other] berkas
    }{ $name }{ $megabytes ->
        [0] {""}
       *[other] , { $megabytes } MB
    }
file-too-large = 📎 Tidak tersimpan di arsip kantor karena lebih besar dari 20 MB, batas Telegram untuk bot ({ $number }):
    { $unkept }
    Berkasnya tetap terlampir dan dapat dibuka di Telegram selama akun bot ini dipakai. Bila isinya harus tersimpan, kirim lagi dalam bagian yang lebih kecil.
file-gone = 📎 Tidak tersimpan di arsip kantor karena Telegram tidak lagi memberikannya kepada bot ({ $number }):
    { $unkept }
    Bila isinya masih diperlukan, kirim lagi.
alert-archive-stopped = ⚠️ Lampiran untuk sementara tidak dapat disimpan di arsip kantor: { $reason } Bot mencobanya lagi; laporan tetap berjalan. Hubungi pengelola server.
happened-pass-over-file = 📎 Satu berkas tidak tersimpan di arsip
happened-erase-file = 🗑 Satu berkas dihapus dari arsip
happened-erase = 🗑 Tulisan dan berkas seseorang dihapus
