# The register: the spreadsheet, and the screen of /register.

register-title = Register
register-yes = yes
register-no = no
register-sheet-notes = About
register-sheet-sums = Summary
register-sheet-cases = Cases
register-sheet-steps = Steps
register-sheet-chases = Reminders
register-sheet-tenures = Officials

register-number = Case number
register-sop = SOP
register-version = SOP version
register-opened = Received ({ $zone })
register-closed = Ended ({ $zone })
register-state = State
register-waits-at = Waits at
register-reporter = Reporter
register-unit = Unit
register-urgency = Urgency
register-confidential = Confidential
register-text = Problem
register-round = Round
register-steps = Steps
register-late-steps = Late steps
register-took = Took (office time)
register-result = Result (evaluation)
register-helped = Helped the reporter

register-step = Step
register-activity = Activity
register-post = Post
register-person = Official
register-capacity = As
register-late-by = Late by (office time)
register-used = Used (office time)
register-standard = Standard
register-waited = Waited for reporter
register-extensions = Extension
register-received = Came in ({ $zone })
register-started = Started ({ $zone })
register-due = Due ({ $zone })
register-decided = Decided ({ $zone })
register-outcome = Decision
register-given-to = Assigned to
register-raised-from = In place of post
register-because = Because
register-instructions = Instructions
register-note = Note

register-rung = Reminder
register-rung-due = Due ({ $zone })
register-fired = Given ({ $zone })

register-post-title = Name of post
register-name = Name
register-nip = NIP
register-since = Since ({ $zone })
register-until = Until ({ $zone })
register-stands-for = Stands in for

register-stays = Steps
register-late-stays = Late
register-late-in-all = Late in all
register-latest = Longest

register-state-open = under way
register-state-closed = finished
register-state-declined = declined
register-state-moved = moved
register-state-withdrawn = withdrawn
register-capacity-definitive = own holder
register-capacity-plt = Plt.
register-capacity-plh = Plh.
register-capacity-admin = admin
register-because-vacant = post vacant
register-because-unreachable = cannot be reached
register-because-absent = away, without a Plh.
register-because-mandate = not for a Plh.
register-rung-warn = warning (80 % of the time)
register-rung-late = late
register-rung-escalate = told the superior
register-rung-repeat = repeated

register-label-period = Period
register-label-post = Post
register-label-sop = SOP
register-label-only = Filter
register-label-maker = Made by
register-label-made = Made at
register-label-checkpoint = Checkpoint
register-label-zone = Time zone
register-label-rows = Contents
register-label-confidential = Confidential cases
register-every-time = all time
register-every-post = all posts
register-every-sop = all SOPs
register-only-late = only steps that were late in this period
register-only-none = no other filter
register-note-checkpoint = Number { $number }, { $at }, { $size } leaves, root { $root }. What happened after it is not sealed yet.
register-note-no-checkpoint = There is no checkpoint yet.
register-note-zone = { $zone } ({ $offset }); every time in this file is in that zone.
register-note-rows = { $cases } cases, { $stays } steps ({ $late } late), { $chases } reminders, { $tenures } times in posts
register-confidential-whole = The words of confidential cases stand in it. Guard this file.
register-confidential-makers = The words of a confidential case stand in it only where the maker may read them; of others the number and the place.
register-confidential-position = Of confidential cases only the number and the place stand in it.
register-rule-period = What the period takes
register-rule-period-words = Cases, steps and times in posts that lie in the period at least partly: begun before its end, and not over before its start. Reminders: those given in it.
register-rule-used = Used
register-rule-used-words = Office time from when the step came in until it was decided (or until the file was made), without the time in which its clock stood still. Nights, breaks and days off do not count. Shown as hours:minutes.
register-rule-waited = Waited for reporter
register-rule-waited-words = Office time in which the clock of the step stood still because the reporter was asked; no part of what was used.
register-rule-late = Late by
register-rule-late-words = Office time after the standard was over. Empty means in time. No later calendar changes the verdict on a step that is over.
register-rule-extension = Extension
register-rule-extension-words = An extension moves the deadline, not the standard: what exceeded the standard stays late.
register-rule-calendar = Calendar
register-rule-calendar-words = Office time is counted by the calendar that was in force when the file was made.
register-rule-personal = Personal data
register-rule-personal-words = This file has names and NIPs. The office's journal tells that it was made: by whom, when, and of what. Keep and delete it by the rules of the office.

command-register = Register: get it as XLSX
register-card = 📒 <b>REGISTER</b>
    Choose a period. An XLSX file is sent into this chat.
    🔐 It holds names and NIPs. The office's journal tells who took it, and for which period.
    Others: <code>/register 2026-08 late</code>; also <code>csv</code>, <code>json</code>, or the code of a post.
register-months = 📒 <b>REGISTER</b>
    Which month?
button-register-late = ⏰ Who was late last month ({ $month })
button-register-this-month = This month ({ $month })
button-register-last-month = Last month ({ $month })
button-register-this-year = This year ({ $year })
button-register-months = 📅 Choose a month
toast-register = 📒 { $period } is being made and will be sent here.
toast-register-lately = 📒 { $period } was asked for just now; the file will come.
register-making = 📒 { $period } is being made and will be sent here.
register-made-lately = 📒 { $period } was asked for just now; the file will come.
register-caption = 📒 <b>Register</b> · { $period }
register-caption-late = 📒 <b>Register</b> · { $period } · who was late
register-counted = { $cases } cases, { $stays } steps, { $late } late
register-late-line = ⏰ { $post }, { $name }: { $count }×, { $span } hours of office time
register-late-more = … and { $count } more; see the sheet Summary.
register-nobody-late = ✅ Nobody was late.
register-too-large = 📒 The file has { $size } MB; Telegram takes { $most } MB only. Choose a shorter period or one post, or ask an admin to run <code>disposisi register</code> on the bot's machine.
refusal-register-not-yours = The register is for the head of the office, those who keep the SOP, and admins.
refusal-period-unreadable = “{ $words }” is unknown. Example: /register 2026-10 late
