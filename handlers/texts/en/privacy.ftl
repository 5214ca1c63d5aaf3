# What is kept of people, and what they may ask for (UU 27/2022).

privacy-stranger = 🔏 This bot records reports and dispositions of { $office }. Before you are registered, your messages are kept for 7 days at most. Once you are, /privasi says what is kept and what your rights are.
privacy = 🔏 <b>Your personal data</b>

    <b>What is kept</b>
    Name, NIP or office number, unit, the number of your Telegram account, posts and absences; reports, answers, notes, decisions and files that you send here, and when.

    <b>What for</b>
    To keep the SOP of { $office } and to account for it: who decided what, when, and in which post.

    <b>For how long</b>
    { $words ->
        [0] The record of a case is kept for as long as the office needs it
       *[other] Words and files of the reporter are erased { $words } years after the end of the case
    }{ $files ->
        [0] .
       *[other] ; files in the archive are erased { $files } years after the end of the case.
    } Decisions and their times stay.

    <b>Your rights</b> (UU 27/2022)
    • Access: /minta_salinan for a copy of your data
    • Correction: tell an admin where your name or unit is wrong
    • Erasure: /minta_penghapusan; it cannot be undone
    • Restriction: /minta_pembatasan so that your words are not shown beyond cases that are under way

    A request goes to the admins of your office and is recorded. Other questions: ask an admin.
privacy-asked = 🔏 Your request { $wish ->
        [copy] for a copy of your data
        [erasure] to erase your data
       *[restriction] to restrict your data
    } is recorded{ $told ->
        [yes] { " " }and was passed on to the admins. An admin will get in touch with you.
       *[no] . There is no admin who can be reached yet; please say it in person, too.
    }
alert-privacy = 🔏 { $name } ({ $nip }) asks { $wish ->
        [copy] for a copy of their personal data. The operator of the server makes it with: disposisi person export
        [erasure] that their personal data be erased. If it is agreed to, the operator of the server runs: disposisi person erase
       *[restriction] that their personal data be restricted. You can do it yourself: /kelola, 👥 People, then 🔏 Restrict
    }. The request is recorded; answer it within 3 × 24 hours.
command-privasi = Your personal data and your rights

person-restricted = 🔏 The use of their data is restricted.
button-restrict = 🔏 Restrict…
button-lift-restriction = 🔏 Lift the restriction…
restricting = { $restricted ->
        [yes] 🔏 <b>Lift the restriction of { $name }?</b>
            Their words are shown again in the history, the register, the months and the papers of cases that are over.
       *[no] 🔏 <b>Restrict the use of the data of { $name }?</b>
            Their words are not shown any more in the history, the register, the months and the papers of cases that are over, except to themselves. Open cases show them, because they need them. Nothing is erased, and the restriction can be lifted.
    }
    They are told, and the office's journal has it.
restricting-own = These are your own data: a second person agrees first.
button-restrict-now = 🔏 Restrict now
button-lift-restriction-now = 🔏 Lift it now
toast-restricted = 🔏 The use of the data of { $name } is restricted.
toast-restriction-lifted = 🔏 The restriction of { $name } is lifted.
restriction-begun = 🔏 The use of your personal data is restricted: your words are not shown any more in cases that are over. Open cases show them. /privasi
restriction-over = 🔏 The restriction of your personal data is lifted: your words are shown again in cases that are over. /privasi
