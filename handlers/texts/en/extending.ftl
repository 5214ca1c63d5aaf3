# Extensions: more time for one step.

action-extend = ask for more time
action-grant-extension = grant more time
action-deny-extension = refuse more time
button-extend = ⏳ Ask for more time
prompt-spans = ⏳ Ask { $above } for more time. How much office time?
turned-spans = Choose how much.
prompt-reasons-extend = ⏳ Ask { $above } for { $span }. The deadline stays until it is granted. Reason:
turned-reasons-extend = Choose or write a reason.
prompt-expects-extend-reason = ✍️ Write the reason for { $span } more and send it. The request reaches { $above } at once.
reasons-extend-1 = Waiting for others
reasons-extend-2 = The problem is wider than expected
reasons-extend-3 = Something more urgent came in
done-extension-asked = ⏳ { $to } is asked for { $span } more for { $number }; the deadline stays until it is granted.
card-extension-asked = ⏳ { $span } more asked for; waits for { $above }.
card-extended = ⏳ Extended until { $due } by { $name }
card-not-extended = ⏳ More time was refused by { $name } { $note }
extension-card = ⏳ <b>MORE TIME ASKED FOR</b> · { $number } · step { $step } of { $of }
    { $role }, { $name }, asks for <b>{ $span }</b>: “{ $reason }”
extension-until = If granted: until { $until }. The standard stays in the record.
extension-until-late = If granted now: until { $until }. The standard stays in the record.
button-grant-extension = ✅ Grant { $span }
button-deny-extension = ✖️ Refuse
button-deny-because = ✍️ Refuse with a reason
prompt-expects-denial-reason = ✍️ Write the reason of the refusal for { $name } and send it.
done-extended = ✅ { $span } more for { $number } was granted.
done-not-extended = ✖️ More time for { $number } was refused.
extension-granted = ✅ Granted by { $name }, { $at }.
extension-denied = ✖️ Refused by { $name }, { $at }. { $note }
extension-over = ↪️ Not needed any more: this step has been decided.
news-extended = ✅ More time for { $number } was granted by { $name } ({ $post }): until { $due }.
news-not-extended = ✖️ More time for { $number } was refused by { $name } ({ $post }).{ $answer ->
        [0] { "" }
       *[other] { " " }“{ $answer }”
    }
happened-extend = ⏳ { $who } asked for { $to } more
happened-grant-extension = ⏳ { $who } granted { $to } more
happened-deny-extension = ⏳ { $who } refused more time
refusal-clock-stands = The clock of this step stands while the reporter is asked, so it needs no more time yet.
refusal-extension-asked = More time was asked for { $since } and still waits for a decision.
refusal-extension-decided = This request was decided { $at }.
refusal-extension-over = Not needed any more: this step of { $number } has been decided.
refusal-nobody-above = Nobody above { $post } could grant more time.
