# Looking: lists, timeline, position, reminders.

span-none = less than a minute

list-tasks-empty = ✅ Nothing waits for you at the moment.
list-tasks = <b>Waiting for you: { $count }</b>
    { $lines }
list-cases-empty = You have no reports yet. Send a problem to this chat to make one.
list-cases = <b>Reports: { $count }</b>
    { $lines }
list-summary-empty = ✅ All that was waiting has been decided.
list-summary = { $heading }
    { $lines }
list-digest-empty = ✅ No step is late.
list-digest = 📋 <b>Today’s digest: { $count } late</b>
    { $lines }
list-folded = <blockquote expandable>{ $lines }</blockquote>
list-subject = { " " }· { $subject }
list-holder = { " " }· with { $holder }
list-task-late = ⚠️ <b>{ $number }</b>{ $subject }{ $holder } · was due { $due }
list-task-due = ⏳ <b>{ $number }</b>{ $subject }{ $holder } · due { $due }
list-case-place = { " " }· with { $place } since { $since }
list-case-ended = { " " }· { $since }
list-case-open = ▶️ <b>{ $number }</b>{ $subject }
list-case-closed = ✅ <b>{ $number }</b>{ $subject }
list-case-declined = ⛔ <b>{ $number }</b>{ $subject }
list-case-moved = ➡️ <b>{ $number }</b>{ $subject }

button-task-late = ⚠️ { $number }{ $subject }
button-task = { $number }{ $subject }
button-case-open = 🔎 { $number }
button-case-closed = ✅ { $number }
button-case-declined = ⛔ { $number }
button-case-moved = ➡️ { $number }
button-status-of = 🔎 { $number }
button-status = 🔎 Status
button-open-card = 📋 Open card
button-open-next = ➡️ Next
toast-following = { $said } Next: { $following }
turned-page = Page { $page }.
button-page-before = ‹ Previous
button-page-after = Next ›

nudge-warn = ⏰ { $number } is due { $due }.
nudge-late = ⚠️ { $number } was due { $due } (standard { $standard }).
nudge-held = ⏳ { $number } has been with { $post } since { $since }, due { $due }.
nudge-held-up = ⚠️ { $number } has been held up at { $post } since { $since }, was due { $due }.

reminder-heading = ⏰ { $told }
reminder-morning = Good morning.
reminder-waiting = <b>Waiting for you: { $count }.</b>
reminder-late = <b>Waiting for you: { $count }, of which late: { $late }.</b>
reminder-held-up = <b>Held up by others: { $count }.</b>

timeline = 🕘 <b>TIMELINE { $number }</b>
    <blockquote expandable>{ $lines }</blockquote>
timeline-left-out = … { $count } older entries are left out here.
timeline-day = <b>{ $day }</b>{ "\u000A" }
timeline-line = { $heading }{ $clock } { $what }{ $said }{ $taken }
timeline-said = : “{ $words }”
timeline-taken = { " " }· { $span } ({ $standard })
timeline-taken-late = { " " }· ⚠️ { $span } ({ $standard })
standard-of-official = standard { $standard }
standard-of-reporter = time by the SOP { $standard }
standard-by-sop = SOP: { $standard }
timeline-program = The bot
timeline-reporter = { $name } (reporter)

happened-report = 📨 { $who } reported
happened-forward = ✅ { $who } forwarded to { $to }
happened-send-back = ↩️ { $who } sent back to { $to }
happened-decline = ⛔ { $who } declined
happened-move = ➡️ { $who } moved it to { $to }
happened-start = ▶️ { $who } began handling
happened-ask = ❓ { $who } asked the reporter
happened-answer = 💬 { $who } answered
happened-submit = 📝 { $who } submitted the evaluation report to { $to }
happened-pass = ✅ { $who } corrected and passed on to { $to }
happened-approve = ✅ { $who } approved and passed on to { $to }
happened-return = ↩️ { $who } returned it with a correction to { $to }
happened-acknowledge = 📥 { $who } received it
happened-note = 🗒 { $who } noted
happened-attach = 📎 { $who } attached { $count ->
    [1] a file
   *[other] { $count } files
    }
happened-detach = 🗑 { $who } took a wrong file out
happened-helped = 👍 { $who } said it is solved
happened-not-helped = 👎 { $who } said it is not solved
happened-warn = ⏰ { $to } reminded
happened-late = ⚠️ { $to } told that it is late
happened-escalate = ⚠️ Superiors and keepers of the SOP told that { $to } is late
happened-repeat = ⏰ { $to } reminded again
happened-undelivered = 📵 A notice was not delivered

position = 🗺 <b>POSITION OF { $number }</b>
    { $title }

    { $lines }
position-again = 🗺 <b>POSITION OF { $number }</b> · round { $round }
    { $title }

    { $lines }
position-step = { $sign } { $step }. { $short } — { $role }{ $names } · { $time }
position-here = <b>{ $step }</b>
position-names = { ": " }{ $names }
position-left-out = … { $count } more steps are not shown here.
position-standard = { $standard }
position-took = { $span } of { $standard }
position-took-late = ⚠️ { $span } ({ $standard })
position-due = due { $due } ({ $standard })
position-late-reason = { " " }· reason: “{ $reason }”
position-due-late = ⚠️ was due { $due } ({ $standard })

words-said = 📄 { $number } · { $name }:
    <blockquote expandable>{ $text }</blockquote>
words-of = 📄 Report { $number }:
    <blockquote expandable>{ $text }</blockquote>
attachments-of = 📎 Attachments of { $number }
lost-file = • { $kind ->
        [photo] photo
        [document] document
        [video] video
        [voice] voice message
        [audio] audio file
        [video-note] round video
       *[other] file
    } no. { $position }{ $name } (Telegram: { $why })
lines-more = … and { $count } more
files-lost = ⚠️ Attachments of { $number } that Telegram does not hand out:
    { $lost }
    The others have been sent. Ask for the missing ones to be sent again.
no-attachments = { $number } has no attachments.
done-card-below = 📋 The card of { $number } is below.
done-shown = { $number }: see below.
