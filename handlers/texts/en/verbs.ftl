# The verbs of daily work beside the straight path: handing on, recalling, withdrawing, urging, adding.

button-more = ⋯ More
prompt-more = ⋯ What is seldom wanted:
turned-more = Choose what to do.

action-transfer = hand to a colleague
button-transfer = 🔀 Hand to a colleague
prompt-colleagues = 🔀 Hand this step of { $role } to:
prompt-reasons-transfer = 🔀 Hand to { $name }; deadline, draft and questions go along. Reason:
prompt-expects-transfer-reason = ✍️ Write the reason for handing it to { $name } and send it. The step goes there at once; the deadline stays.
reasons-transfer-1 = Not in the office
reasons-transfer-2 = Too much work at hand
reasons-transfer-3 = Closer to their field
turned-colleagues = Choose the colleague.
turned-reasons-transfer = Choose or write a reason.
done-transferred = 🔀 { $number } was handed to { $to }; its deadline stays.
card-transfer = 🔀 { $name } → { $to }: “{ $text }”
happened-transfer = 🔀 { $who } handed it to { $to }
refusal-no-colleague = Nobody else at the post { $post } could get this step now.
refusal-colleague-unable = { $name } is away or cannot be reached. Choose another colleague.

button-back-to = ○ to { $role }
button-back-to-chosen = ◉ to { $role }
turned-back-to = Goes back to { $role }; choose or write a reason.

action-recall = recall the disposition
button-recall = ↩️ Recall
decided-taken-back = ↩️ This disposition was recalled afterwards.
decided-recalled = ↩️ Recalled by { $who }, { $at }.{ $now }
outcome-recalled = recalled
happened-recall = ↩️ { $who } recalled the disposition
done-recalled = ↩️ { $number } was recalled; its card is below.
refusal-recall-too-late = Too late: { $by } has acted on this disposition.

action-withdraw = withdraw the report
button-withdraw = 🚫 Withdraw
button-withdraw-now = 🚫 Yes, withdraw this report
prompt-withdrawing = 🚫 Withdraw report { $number }? It is closed for all officials; this cannot be undone.
turned-withdrawing = Sure? Tap once more to withdraw.
done-withdrawn = 🚫 { $number } was withdrawn and closed.
decided-withdrawn = 🚫 This report was withdrawn by { $who }, { $at }. Nothing more is to be done.
outcome-withdrawn = withdrawn by the reporter
happened-withdraw = 🚫 { $who } withdrew the report
status-withdrawn = 🚫 Report <b>{ $number }</b> was withdrawn by its reporter, { $time }.
list-case-withdrawn = 🚫 <b>{ $number }</b>{ $subject }
button-case-withdrawn = 🚫 { $number }
refusal-handling-begun = { $by } is handling this report, so it cannot be withdrawn any more. Reply to its receipt if there is something to say.

action-urge = urge
button-urge = 🔔 Remind
done-urged = 🔔 Noted on the card of { $number } and in the next reminder. You may urge again from { $at }.
status-urged = 🔔 You urged last { $at }.
card-urged = 🔔 The reporter has urged { $count }×, last { $at }
nudge-urged = 🔔 The reporter has urged { $count }×.
happened-urge = 🔔 { $who } urged
refusal-urged-lately = You have just urged. Once in an office hour; again from { $at }.

action-add = add to the report
status-how = 💬 Reply to this message to add words or files.
done-added = ➕ Added to { $number }{ $files ->
        [0] { "" }
       *[other] { " " }with 📎 { $files }
    }; the official who has it is told.
news-added = ➕ The reporter added to { $number }: “{ $answer }”{ $files ->
        [0] { "" }
       *[other] { " " }· 📎 { $files }
    }
happened-add = ➕ { $who } added to the report

decided-by-reporter = { $name } ({ $capacity }, reported it)
post-of-reporter = { $post }, the reporter
list-urged = { " " }· 🔔 { $count }×
card-own = 👤 <b>You reported this yourself.</b>
card-instead-of = 👤 In the place of { $post }, whose holder reported this.
