# The monthly list of one person's work: /rekap, its paper, its spreadsheet, and the calculator of credits.

command-rekap = Your work of a month: PDF and XLSX
recap-title = 🗂 <b>WORK OF { $month }</b>
    { $name }
recap-title-plain = Work of { $month }
recap-empty = No Laporan Evaluasi was submitted in this month.
recap-totals = { $handled ->
        [one] { $handled } report
       *[other] { $handled } reports
    } handled · { $intime } in time · corrected { $corrections ->
        [one] once
       *[other] { $corrections } times
    }
recap-said = Reporters: { $helped } 👍, { $nothelped } 👎 · Superior: { $well } 👍, { $improve } 🔁
recap-case = <b>{ $number }</b> · { $subject }
recap-number = <b>{ $number }</b>
recap-confidential = 🔒 Confidential: its words are left out.
recap-erased = The reporter's words were erased.
recap-by = { $name } ({ $post })
recap-assigned = 📝 Assigned by { $by }, { $at }
recap-assigned-words = 📝 Assigned by { $by }, { $at }: “{ $words }”
recap-findings = 🔎 Findings: { $words }
recap-result = ✅ Result: { $words }
recap-round = Round { $round }:{ " " }
recap-in-time = ⏱ { $used } of { $standard }, in time
recap-late = ⚠️ { $used } of { $standard }, late by { $late }
recap-late-before = {" "}({ $before } of it before it came from { $name })
recap-late-reason = 📝 Reason for the delay: { $reason }
recap-late-reason-own = “{ $reason }”
recap-late-reason-of = “{ $reason }” ({ $name })
recap-given-by = {" "}(it came from { $name })
recap-plh = {" "}· as { $capacity }
recap-state = State: { $state }.
recap-ended-by = { $name } ended it; what was said of that work is on their list.
recap-appraised = Superior: { $word } ({ $name }).
recap-handed-on = ↪️ Handed to colleagues (not counted): { $lines }.
recap-handed-one = { $number } to { $name }
recap-hours = { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
recap-minutes = { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
recap-months = 🗂 Which month? ({ $name })
recap-people = 🗂 Whose work?
recap-nobody = Nobody holds a post below yours that handles reports.
button-recap-take-pdf = 📄 PDF
button-recap-take-xlsx = 📊 XLSX
button-recap-choose-month = 🗓 Month
button-recap-credit = 🧮 Credit
button-recap-others = 👤 Somebody else
toast-recap-pdf = 📄 { $period }.pdf is being made and will be sent here.
toast-recap-xlsx = 📊 { $period }.xlsx is being made and will be sent here.
toast-recap-lately = { $period }.xlsx was asked for just now; wait a moment.
refusal-recap-not-yours = A person's work of a month is for that person and their superiors.
refusal-month-unreadable = “{ $words }” is no month. Example: /rekap 2026-11

recap-helped = solved
recap-not-helped = still a problem
recap-heard = { $given } of { $reporters } reporters: { $helped } solved, { $not } still a problem
recap-rated-count = { $word } { $count }
recap-rated-quick = fast
recap-rated-slow = slow
recap-rated-clear = clear
recap-rated-unclear = unclear
recap-feedback-well = good
recap-feedback-improve = to improve
recap-silent = nothing yet

recap-knowing = Seen by
recap-reporting = Reported by
recap-foot = Work of { $month } · { $name } · as the SOP bot has it on { $day }
recap-foot-counted = Evidence for the SKP; neither an appraisal nor a grant of credit. Times are office time against the standard of the SOP; waiting for the reporter is taken off only where the SOP stops the clock.
recap-figure-handled = reports handled
recap-figure-of = { $some } of { $all }
recap-figure-in-time = in time
recap-figure-corrections = corrections
recap-figure-helped = reporters: solved
recap-figure-well = superior: good
recap-paper-round = Round { $round }
recap-paper-standard = standard { $standard }
recap-paper-in-time = in time
recap-paper-late = late by { $late }
recap-paper-before = { $before } before it came from { $name }
recap-paper-given = it came from { $name }
recap-paper-as = as { $capacity }
recap-label-title = Work of a month
recap-label-name = Name
recap-label-nip = NIP
recap-label-post = Post
recap-label-unit = Unit
recap-label-case = Report
recap-label-assignment = Assignment (disposition)
recap-label-work = Findings and result
recap-label-time = Time and standard
recap-label-verdict = Reporter's verdict
recap-label-feedback = Superior's feedback
recap-label-findings = Findings
recap-label-result = Result
recap-label-late = Reason for the delay
recap-label-direct = Direct, without a disposition
recap-label-handed-on = Handed to colleagues before it was submitted (not counted above)
recap-paper-confidential = Confidential: its words are left out.
recap-paper-erased = The reporter's words were erased.

recap-sheet-notes = Notes
recap-sheet-passes = Laporan Evaluasi
recap-sheet-handed-on = Handed on
recap-name = Name
recap-nip = NIP
recap-post = Post
recap-unit = Unit
recap-made = Made
recap-counted = What counts
recap-counted-words = A row for each Laporan Evaluasi that this person submitted in the month, also as Plh. What was handed to colleagues before that is on the sheet “Handed on”.
recap-time = Time
recap-time-words = Office time on the clock of the step. A delay from before the task came from a colleague is told apart.
recap-hidden = Left out
recap-hidden-words = The words of confidential reports, and words that were erased.
recap-no-credit = Credit
recap-no-credit-words = Not here: credit follows the predicate of the appraisal, and the official who is entitled to sets it.
recap-subject = Problem
recap-assigned-by = Assigned by
recap-assigned-at = Assigned ({ $zone })
recap-instruction = Instructions and note
recap-revision = Revision
recap-received = Received ({ $zone })
recap-given-by-head = Came from
recap-submitted = Submitted ({ $zone })
recap-late-before-head = Before it came
recap-findings-head = Findings
recap-action-head = Action
recap-result-head = Result
recap-verdict = Reporter's verdict
recap-feedback = Superior's feedback
recap-feedback-by = By
recap-handed-at = Handed on ({ $zone })
recap-handed-to = To

credit-card = 🧮 <b>An estimate of credit</b>, no official figure
    { $predicate } { $percent } % × { $level } { $coefficient } × { $months }/12 = <b>{ $credit }</b>
    What counts is set by the official who is entitled to, from the predicate of the appraisal (Permenpan RB 1/2023).
credit-chosen = ☑ { $label }
decimal-mark = .
predicate-sangat-baik = Sangat baik
predicate-baik = Baik
predicate-butuh-perbaikan = Butuh perbaikan
predicate-kurang = Kurang
predicate-sangat-kurang = Sangat kurang
level-pemula = Pemula
level-terampil = Terampil
level-mahir = Mahir
level-penyelia = Penyelia
level-ahli-pertama = Ahli pertama
level-ahli-muda = Ahli muda
level-ahli-madya = Ahli madya
level-ahli-utama = Ahli utama
