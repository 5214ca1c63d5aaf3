# What the reporter says beside 👍, and what a superior says of a finished case.

rating-ask = Only if you like: how was it handled? (until { $until })
rating-said = Your word: { $words }.
rating-beside = { " " }{ $words }.
rating-count = { $label } { $count }
button-rating-quick = ⚡ Fast
button-rating-slow = 🐢 Slow
button-rating-clear = 💡 Clear
button-rating-unclear = ❔ Unclear
rating-chosen = ☑ { $label }
rated-quick = ⚡ Noted: fast.
rated-slow = 🐢 Noted: slow.
rated-clear = 💡 Noted: clear.
rated-unclear = ❔ Noted: unclear.
action-rate = rate the handling
happened-quick = ⚡ { $who } calls it fast
happened-slow = 🐢 { $who } calls it slow
happened-clear = 💡 { $who } calls the result clear
happened-unclear = ❔ { $who } calls the result unclear

appraisal-title = 🏁 <b>{ $number }</b> is closed · handled by { $name }
appraisal-subject = { $subject }
appraisal-in-time = ⏱ { $span } of { $standard }, in time
appraisal-late = ⚠️ { $span } of { $standard }, late
appraisal-reporter-silent = The reporter has said nothing yet.
appraisal-ask = Your feedback as the direct superior (one tap, for the monthly record of { $name }):
appraisal-given = Feedback: { $said } ({ $name }).
appraisal-until = { " " }It can be changed until { $until }.
button-appraisal-well = 👍 Good
button-appraisal-improve = 🔁 To improve
appraisal-of = { $number }: { $label }
appraisal-withdrawn = 🏁 <b>{ $number }</b> is closed. Its feedback is not yours to give any more.
appraised-well = 👍 Feedback on { $number } noted: good.
appraised-improve = 🔁 Feedback on { $number } noted: to improve.
action-appraise = give feedback on the work

refusal-verdict-over = What was said of { $number } stands; it could be changed until { $at }.
