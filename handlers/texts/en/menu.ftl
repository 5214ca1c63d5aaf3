# Telegram's menu of commands; plain text, 256 characters at most.

command-lapor = Report a problem (or just send a message)
command-lapor-group = Report the message you reply to
command-tugas = What waits for your decision
command-status = Where a report is now
command-bahasa = Change the language: Indonesian or English
command-bantuan = What you may do
