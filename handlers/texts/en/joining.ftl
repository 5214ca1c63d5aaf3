## Reports of the same: one case, several reporters.

# The button on a draft; { $number } is a short number such as 0147.
button-me-too = 🙋 Me too ({ $number })
draft-alike = 🙋 This may have been reported. If it is the same, tap “Me too”; if not, tap Send as usual.
# { $since } is when that report came in, { $words } the words that this draft has too.
draft-alike-line = • <b>{ $number }</b> · since { $since } · both mention: { $words }
draft-alike-whole = • <b>{ $number }</b> · since { $since } · “{ $words }”
draft-joined = 🙋 Your report was joined to <b>{ $number }</b>.
report-joined = 🙋 Your report was joined to { $number }

status-received-joined = 🙋 Your report was joined to <b>{ $number }</b>. You are told until it is finished.
status-reporters = 👥 { $count } reporters
status-left = ↩️ Your report was withdrawn from <b>{ $number }</b>. It goes on for the other reporters.
prompt-leaving = Withdraw your report from { $number }? It goes on for the other reporters.
done-left = ↩️ Your report was withdrawn from { $number }
button-leave = 🚫 Withdraw my report

news-joined = 🙋 { $name } reports { $number } too: “{ $answer }”{ $files ->
    [0] {""}
   *[other] {" "}· 📎 { $files }
}
action-join = reporting it too
action-leave = withdrawing their report
happened-join = 🙋 { $who } reports it too
happened-leave = ↩️ { $who } withdraws their report; the case goes on

card-reporters = 👥 { $count } reporters: { $names }
card-remark-fellow = { $name } (reports it too)

refusal-not-joinable = Nothing can be joined to { $number } any more. Send your report as usual.
refusal-already-joined = You are a reporter of { $number } already.
refusal-others-joined = { $number } cannot be withdrawn: { $count } other reporters wait for its result.

## Merging reports that were sent, and parting them again (the first step).

button-merge = 🔗 Merge with another report
button-merge-alike = 🔗 { $number } · alike · { $subject }
button-merge-into = 🔗 { $number } · { $subject }
button-part-report = ↩️ Part { $whose }
turned-merge = Choose the same report.
prompt-merge = 🔗 This report becomes a part of the one you choose: its card is closed, its reporter is told and gets the result. It can be parted again from /status of that report.
done-merged = 🔗 { $number } was merged with { $to }
done-parted = ↩️ { $number } was parted from { $from } and goes on by itself
news-merged = 🔗 Your report { $number } was merged with { $to }, which is about the same. You are told its result.
news-parted = ↩️ Your report { $number } goes on by itself again.
status-merged = 🔗 Report <b>{ $number }</b> was merged with <b>{ $to }</b>, { $time }.
decided-merged = 🔗 Merged with another report by { $who }, { $at }.{ $now }
outcome-merged = merged
flow-merged = Merged with another report
flow-outcome-merged = merged
action-merge = merging the report
action-part = parting a report
action-reopen = reopening the report
happened-merge = 🔗 { $who } merges this report with { $to }
happened-part = ↩️ { $who } parts a report, which goes on as { $to }
happened-taken-in = 🔗 { $who } merges { $to } with this report
happened-reopen = ↩️ { $who } reopens this report at { $to }
list-case-merged = 🔗 <b>{ $number }</b>{ $subject }
button-case-merged = 🔗 { $number }
inline-merged = merged
register-state-merged = merged
register-fellows = Other reporters
register-merged-into = Merged into
refusal-not-joined = That report is no part of { $number } any more.
