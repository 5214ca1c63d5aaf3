# The board: /papan, its filters, and the reminder of all who are late.

command-papan = Board: what is under way, the worst first
list-as-of = <i>as of { $time }</i>

board-title = 📊 <b>BOARD</b> · { $count } under way, { $late } late
board-title-below = 📊 <b>BOARD OF YOUR POSTS</b> · { $count } under way, { $late } late
board-filters = 🔎 { $named }
board-filter-late = late
board-filter-urgent = urgent
board-filter-month = this month
board-filter-step = step { $step }
board-empty = ✅ No report is under way.
board-empty-filtered = Nothing fits. Tap the filter with the ✓ to take it off.
board-line-late = ⚠️ <b>{ $number }</b>{ $subject }
    { $place } { $holder } · <b>late by { $late }</b>{ $age }
board-line-due = ⏳ <b>{ $number }</b>{ $subject }
    { $place } { $holder } · due { $due }{ $age }
board-line-paused = ⏸ <b>{ $number }</b>{ $subject }
    { $place } { $holder } · waits for the reporter since { $since }{ $age }
board-age = { " " }· age { $age }
board-holder = { $post }: { $names }
board-nobody = { $post }: nobody holds it
board-because = { " " }(because { $because })
board-holder-deaf = 📵 { $name }
board-holder-away = { $name } (away)
board-folded = <blockquote expandable>{ $lines }</blockquote>
board-more-holders = { $name } +{ $count }
board-which-step = Choose a step:
board-which-post = Choose a post:
board-step-name = { $step }. { $name }
button-board-counted = { $name } ({ $count })

button-board-mine = 📋 { $number }
button-board-late = Late
button-board-urgent = Urgent
button-board-month = This month
button-board-step = Step
button-board-post = Post
button-board-again = 🔄 Refresh
button-board-set = ✓ { $label }
button-board-every-step = Every step
button-board-every-post = Every post
button-board-remind = 🔔 Remind all who are late
button-board-remind-now = 🔔 Remind: { $people }
button-board-cases = 📄 My reports

board-remind-title = 🔔 <b>Remind all who are late?</b> (steps: { $late })
board-remind-now = Reminded now: <b>{ $people }</b>, of { $tasks } late.
board-remind-nobody = Nobody can be reminded at the moment.
board-remind-later = Not now: { $people } reminded a moment ago; they get it with their next reminder.
board-remind-deaf = 📵 Cannot be written to: { $people }.
board-remind-own = What waits for you is left out.
board-remind-closed = The office is closed; reminders go out in office hours, from { $opens } on.
toast-reminded = 🔔 Reminded: { $people }, of { $tasks } late; not now: { $left }.
toast-reminded-nobody = Nobody was reminded: all were reminded a moment ago, or cannot be written to.

action-remind-late = remind all who are late
happened-remind-late = 🔔 { $who } had { $to } reminded
refusal-board-not-yours = The board is for the head of the office, those who keep the SOP, admins, and superiors of a post.
refusal-not-late = { $number } is not late (any more).
