# Files in the office's archive: those that cannot be kept, those that were erased, and an archive that has stopped.
unkept-file = • { $kind ->
        [photo] photo
        [document] document
        [video] video
        [voice] voice message
        [audio] audio
        [video-note] round video
       *[other] file
    }{ $name }{ $megabytes ->
        [0] {""}
       *[other] , { $megabytes } MB
    }
file-too-large = 📎 Not kept in the office's archive, because Telegram gives bots no more than 20 MB ({ $number }):
    { $unkept }
    It is attached all the same, and opens in Telegram as long as this account of the bot is used. If it must be kept, send it again in smaller parts.
file-gone = 📎 Not kept in the office's archive, because Telegram gives it to the bot no more ({ $number }):
    { $unkept }
    If it is still needed, send it again.
alert-archive-stopped = ⚠️ Attachments cannot be kept in the office's archive at present: { $reason } The bot tries again; reports go on. Tell those who run the server.
happened-pass-over-file = 📎 A file was not kept in the archive
happened-erase-file = 🗑 A file was erased from the archive
happened-erase = 🗑 Words and files of a person were erased
