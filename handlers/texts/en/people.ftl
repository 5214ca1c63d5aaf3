# Becoming a person of the office, administering it, and help.

greeting-unknown = Welcome. This bot serves registered employees.
    To register, ask an admin of your office for an invite link, then open it.

invited-post = You are invited as <b>{ $post }</b>
    { $office }

    Send your NIP (18 digits), then your full name. No NIP yet? Send the office number that an admin gave you, such as PPNPN-07.
invited-admin = You are invited as an <b>admin</b>
    { $office }

    Send your NIP (18 digits), then your full name. No NIP yet? Send the office number that an admin gave you, such as PPNPN-07.
invited-office = You are invited as an <b>employee</b>
    { $office }

    Send your NIP (18 digits), then your full name. No NIP yet? Send the office number that an admin gave you, such as PPNPN-07.

registration-nip = Send your NIP (18 digits), then your full name. No NIP yet? Send the office number that an admin gave you, such as PPNPN-07.
registration-name = Send your full name, with titles if any.
registration-tap = Tap a button on the card above, or send NIP and name again if something is wrong.
registration-check = Please check:
    <b>{ $nip }</b> · <b>{ $name }</b>
    { $purpose }
nip-doubt-appointment = ⚠️ The year of appointment (digits 9 to 12) is not after the year of birth.
nip-doubt-sex = ⚠️ The 15th digit, the sex, is usually 1 or 2.
nip-doubt-rounded = ⚠️ The last three digits are 000: a spreadsheet such as Excel rounds a NIP to that.
registration-doubt = This NIP is unusual. Compare it with your letter of appointment; an admin will check it.
registration-as-post = Post: { $post }, { $office }
registration-as-admin = As an admin, { $office }
registration-as-employee = As an employee, { $office }
registration-correcting = ✏️ Send your NIP (18 digits), or the office number that an admin gave you, then your full name.
registration-waiting = ⏳ <b>{ $nip }</b> · <b>{ $name }</b>
    Waiting for approval. You will be told.
registration-waits = ⏳ Your registration waits for approval. You will be told.
registration-done = ✅ Registered as <b>{ $name }</b>
registration-rejected = ❌ The registration was not accepted.
rejected = ❌ Your registration was not accepted. Contact your office's admin if this is a mistake.
button-confirm = ✅ Yes, this is me
button-correct = ✏️ Change
toast-registered = ✅ Registered as { $name }
toast-waits = ⏳ Waiting for approval.
toast-correct = ✏️ Send NIP and name again.

tenure-ended = { $name } now holds the post { $post }. Task cards of that post no longer serve you.
tenure-over = Your time in the post { $post } has ended. Task cards of that post no longer serve you.
alert-appointed = 👤 { $name } now holds the post { $post }.
alert-admin-made = 👤 { $name } is an admin now.
alert-dismissed = 👤 { $name } is no longer an admin.
alert-relieved = 👤 { $name } no longer holds the post { $post }.{ $count ->
        [0] { "" }
       *[other] { " " }What waited ({ $number }) is now with { $to }.
    }
alert-vacated = ⚠️ { $name } no longer holds the post { $post }, and nobody else who holds it can be reached.{ $count ->
        [0] { "" }
       *[other] { " " }{ $raised ->
            [0] Held up there: { $number }.
           *[other] Its cards ({ $number }) are now with { $to }.
        }
    } An admin can invite a successor with /kelola.
admin-dismissed = You are no longer an admin. Invites that you made and nobody used serve no more.
person-unreachable = ⚠️ The bot cannot reach { $name } ({ $why ->
        [blocked] they have blocked it
        [deleted] their Telegram account is deleted
        [not-started] they have not pressed Start at this account of the bot
       *[unknown] bot blocked or account gone
    }).{ $count ->
        [0] { "" }
       *[other] { " " }Waiting for them: { $number }. An admin can appoint a successor with /kelola.
    }

candidate = 👤 <b>Candidate</b>
    { $name }
    NIP { $nip }
candidate-numbered = 👤 <b>Candidate without a NIP</b>
    { $name }
    Office number { $nip }. Accept only if you gave them this number.
candidate-listed = On the office's list: { $name }
candidate-post = Invited as { $post }
candidate-displaces = Takes the place of { $holders }
candidate-agreeing = { $count ->
        [0] There is nobody else who could agree. The operator of the bot's machine can name them: disposisi invite POST --for NIP.
       *[other] It is not you who agrees, but: { $names }.
    }
candidate-admin = Invited as an admin
candidate-doubt = This NIP is unusual; compare it with the letter of appointment.
candidate-lookalike = ⚠️ The name looks like { $names }, registered under another number; make sure that this is another person.
candidate-foreign = ⚠️ The name is not in Latin letters; make sure whose name it reads as.
candidate-since = Waiting since { $at }
candidate-known = ⚠️ This number is on record as { $name }, without a Telegram account. Whoever is accepted becomes { $name }, with all their reports; ask them in person first.
candidate-known-with-say = ⚠️ This number is on record as { $name } ({ $posts }), without a Telegram account. Whoever is accepted gains that authority and all their reports; ask them in person first.
candidate-registered = Registered employee{ $posts ->
        [none] { "" }
       *[other] : { $posts }
    }
candidate-misnamed = ⚠️ This invite was made for another number.
candidate-taken = ⚠️ This number is bound to the Telegram account of { $name } by now; this request cannot be accepted.
candidate-accepted = ✅ { $name } was accepted by { $by }
candidate-rejected = ❌ { $name } was rejected by { $by }
candidate-withdrawn = This request is no longer valid.
button-accept = ✅ Accept
button-reject = ❌ Reject
button-look-at = 👤 { $name }
toast-candidate = 👤 { $name }: see the message below.
toast-accepted = ✅ { $name } was accepted and told.
toast-rejected = ❌ { $name } was rejected and told.

invitation-post = 🔗 Invite as <b>{ $post }</b>
invitation-nip = For the NIP { $nip }
invitation-office = 🔗 Registration link for employees
invitation-once = Forward this message to that person only. Serves one person, until { $until }; { $asks ->
        [others] another admin, the present holder or the superior confirms who uses it.
        [nobody] if they write that NIP, nobody needs to confirm.
       *[admin] an admin confirms who uses it.
    }
invitation-many = May be shared with all employees, until { $until }. Each waits for an admin, unless their NIP is on the office's list and was never registered.
invitation-link = Open: { $link }
invitation-code = Or send to this bot: <code>{ $command }</code>
invitation-opened = ⏳ Opened; the registration is not finished.
invitation-used = ✅ Used by { $name }
invitation-expired = ⌛ Expired. Make a new one with /kelola.
invitation-withdrawn = 🚫 This invite serves no more.
toast-invited = 🔗 Invite made; see the message below.

administration-post = • { $post }: { $holders }
administration-vacant = • { $post }: <i>vacant</i>
administration-candidates = { "" }
    <b>Waiting to be accepted</b>
administration-unreachable = { "" }
    <b>Cannot be reached</b>
administration-line = • { $name }
administration-since = • { $name }, since { $since }{ $why ->
        [blocked] : bot blocked
        [deleted] : account deleted
        [not-started] : has not pressed Start
       *[unknown] { "" }
    }
administration-more = … and { $count } more
button-invite-office = 🔗 Registration link for employees
toast-relieved = ⏹ { $name } no longer holds { $post }.{ $count ->
        [0] { "" }
        [one] { " " }{ $count } card is now with { $to }.
       *[other] { " " }{ $count } cards are now with { $to }.
    }
toast-vacated = ⏹ { $name } no longer holds { $post }. Nobody who holds it can be reached{ $count ->
        [0] { "" }
        [one] ; { $count } card waits there
       *[other] ; { $count } cards wait there
    }. Invite a successor.

welcome = Welcome, <b>{ $name }</b>!{ $count ->
        [0] { "" }
       *[other] { "\u000A" }Post: { $posts }
    }

    • A problem? Just send a message, a photo or a document here, then tap 📨 Send.
    • /status: your reports and where they are{ $official ->
        [yes] { "\u000A" }• Dispositions for you come as cards; all of them are under /tugas.
       *[no] { "" }
    }{ $handler ->
        [yes] { "\u000A" }• Work for you comes as cards; the evaluation report is written there.
       *[no] { "" }
    }{ $admin ->
        [yes] { "\u000A" }• /kelola: posts, invites, candidates
       *[no] { "" }
    }
    • /bantuan: the full explanation

    🔏 Your name, NIP, Telegram account and what you send are kept to keep the SOP and to account for it. Your rights: /privasi

guide = <b>What you can do</b>

    <b>Report</b>
    • Send text, a photo, a document, voice or video here; check the draft, then tap 📨 Send.
    • In a group: reply to somebody's message with /lapor.
    • /status: your reports, where they are, and their timeline; a number alone (0147) opens one
    • Answer questions by replying to their message.{ $board ->
        [yes] { "\u000A" }• /papan: all that is under way, the worst first, and who has it
       *[no] { "" }
    }{ $official ->
        [yes] { "\u000A\u000A" }<b>Dispositions</b>{ "\u000A" }• /tugas: everything that waits for you{ "\u000A" }• One tap on a card forwards, sends back or approves.{ "\u000A" }• Reply to a card to add a note.{ "\u000A" }• /cuti: when you are away; somebody stands in (Plh.).
       *[no] { "" }
    }{ $handler ->
        [yes] { "\u000A\u000A" }<b>Handling</b>{ "\u000A" }• /tugas: your queue{ "\u000A" }• On the card: ▶️ start, ❓ ask the reporter, 📝 evaluation report.
       *[no] { "" }
    }{ $admin ->
        [yes] { "\u000A\u000A" }<b>Admin</b>{ "\u000A" }• /kelola: posts and holders, invites, candidates, who cannot be reached{ "\u000A" }• /kelola POST NIP: an invite for that person only{ "\u000A" }• /libur: days off, working days and Ramadan hours
       *[no] { "" }
    }

    /libur: office hours and days off · /bahasa: change the language · /batal: drop what you are writing
unknown-command = There is no such command. /bantuan tells what you can do; to report, just send a message.

command-lapor = Report a problem
command-lapor-group = Report the message replied to
command-tugas = What waits for you
command-libur = Office hours and days off
command-status = Reports and where they are
command-cari = Find reports: words, number, name
command-bahasa = Change the language
command-bantuan = What you can do
