# Telegram's menu of commands; plain text, 256 characters at most.

command-lapor = Laporkan masalah (atau kirim saja pesannya)
command-lapor-group = Laporkan pesan yang Anda balas
command-tugas = Yang menunggu keputusan Anda
command-status = Di mana laporan sekarang
command-bahasa = Ganti bahasa: Indonesia atau Inggris
command-bantuan = Apa yang dapat Anda lakukan
