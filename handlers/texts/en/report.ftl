# The reporter: drafts, receipts, questions, results, reports from groups.

report-invitation = 📝 Describe the problem in one message; photos, documents, videos and voice messages may go with it, and are enough by themselves. The report is sent only when you press Send.
report-sent = 📨 Sent as { $number }.
report-edited-late = { $number } was sent as it was; this change of the message is not in it. Send a new message if something is to be added.
edited-late = ✏️ The change of this message is not taken: what was noted stays as it was. Send a new message to add something.

draft-title = 📝 <b>Draft report</b>
draft-title-linked = 📝 <b>Draft report following { $number }</b>
draft-files = { " " }· { $files }
draft-text = <blockquote expandable>“{ $text }”</blockquote>
draft-describe = ✍️ Describe the problem before you send it.
draft-wordless = { $subject }
    ✍️ It can be sent as it is. Words that you add become its subject.
draft-still-wrong = ✍️ Describe what is still wrong; a photo may go with it.
draft-ask-sop = 📘 Is this { $title }? If not, tap the button Kind.
draft-waits = ⏳ You have sent { $limit } reports within an hour. This one is kept as a draft and can be sent from { $at } on; nothing is lost.
draft-rewrite = ✍️ Write the report anew and send it. It replaces the text above; the files stay.
draft-sent = 📨 This draft was sent as <b>{ $number }</b>.
draft-answered = ↩️ This draft became the answer for <b>{ $number }</b>.
draft-discarded-card = 🗑 This draft was discarded.
draft-replaced = ↪️ This draft is no longer valid; the newest one is below.
draft-sop = 📘 Kind: { $title }

count-photo = { $count ->
    [one] { $count } photo
   *[other] { $count } photos
}
count-document = { $count ->
    [one] { $count } document
   *[other] { $count } documents
}
count-video = { $count ->
    [one] { $count } video
   *[other] { $count } videos
}
count-voice = { $count ->
    [one] { $count } voice message
   *[other] { $count } voice messages
}
count-audio = { $count ->
    [one] { $count } audio file
   *[other] { $count } audio files
}
count-video-note = { $count ->
    [one] { $count } round video
   *[other] { $count } round videos
}

button-send-report = 📨 Send
button-choose-sop = 📘 Kind: { $title }
button-edit-report = ✏️ Change
button-discard = Discard
button-as-answer = ↩️ Answer { $number } with it

cancelled-draft = 🗑 The draft report was discarded.
cancelled-writing = Cancelled; your next message begins a report.
cancelled-writing-draft-left = Cancelled. Your draft report is still there; /batal once more discards it.
cancelled-nothing = There is nothing to cancel.

status-received = ✅ Report <b>{ $number }</b> received.
status-title = 📋 Report <b>{ $number }</b>
status-closed = 🏁 Report <b>{ $number }</b> finished, { $time }.
status-declined = ⛔ Report <b>{ $number }</b> declined by { $role }, { $time }.
status-moved = ➡️ Report <b>{ $number }</b> goes on as <b>{ $to }</b>, { $time }.
status-subject = { $subject }
status-previous = Follows { $number }.
status-progress = { $dots } { $done }/{ $steps }
status-round = The evaluation report is in round { $round }, after a correction.
status-position = Now with { $role }{ $holder }; standard { $standard }.
status-desk-assign = Your report is now on the desk of { $role }{ $holder } (step { $step } of { $steps }), waiting to be passed on.
status-desk-handle = Your report is now on the desk of { $role }{ $holder } (step { $step } of { $steps }), waiting to be handled.
status-desk-begun = Your report is being handled by { $role }{ $holder } (step { $step } of { $steps }).
status-desk-correct = What was done about your report is now on the desk of { $role }{ $holder } (step { $step } of { $steps }), waiting to be checked.
status-desk-approve = What was done about your report is now on the desk of { $role }{ $holder } (step { $step } of { $steps }), waiting to be approved.
status-desk-acknowledge = What was done about your report is now on the desk of { $role }{ $holder } (step { $step } of { $steps }), waiting to be received.
status-desk-holder = , { $name }
status-own-due = This desk has { $standard } by the SOP: until { $due }.
status-own-late = ⚠️ The time of this desk by the SOP ({ $standard }) is over since { $due }.
status-own-extended-due = This desk was given more time: until { $due } (by the SOP { $standard }).
status-own-extended-late = ⚠️ The time of this desk is over since { $due }, with the time that was added (by the SOP { $standard }).
status-own-round = What was done has been checked and must be mended first.
status-holder = { " " }({ $name })
status-due = Due: { $due }.
status-late = ⚠️ Late; it was due { $due }.
status-counts-from = 🌙 The office is closed; time counts from { $time }.
status-reason = Reason: “{ $reason }”
status-helped = 👍 Reporter: solved.
status-not-helped = 👎 Reporter: still a problem.
status-heard = 👥 { $given } of { $reporters } reporters say: 👍 { $helped } · 👎 { $not }.

result-title = ✅ <b>{ $number }</b> is finished{ $said }
result-words = : “{ $result }”
result-words-folded = <blockquote expandable>“{ $result }”</blockquote>
result-ask = Is the problem solved?
result-helped = 👍 Thank you, your answer is noted.
result-not-helped = 👎 Noted: still a problem. Describe what is still wrong in the draft of the following report.

button-helped = 👍 Solved
button-helped-chosen = ☑ 👍 Solved
button-not-helped = 👎 Still a problem
button-not-helped-chosen = ☑ 👎 Still a problem

feedback-helped = 👍 Thank you, your answer is noted.
feedback-not-helped = 👎 Noted. Describe what is still wrong, then press Send.
feedback-draft-busy = 👎 Noted. Send or discard your other draft first, then tap again for a report following { $number }.

question-card = ❓ Question about <b>{ $number }</b> from { $role } { $name }:
    <blockquote>“{ $question }”</blockquote>
question-how = Reply to this message; a photo is welcome.
question-answered-folded = ✅ Your answer:
    <blockquote expandable>{ $answer }</blockquote>
question-answered = ✅ Your answer: “{ $answer }”
question-closed = { $number } is closed; this question needs no answer any more.
question-asked = ❓ Your question to { $name } ({ $number }) is sent. The deadline goes on.
question-asked-without-file = ❓ Your question to { $name } ({ $number }) is sent without the file; a question has words only. The deadline goes on.
question-asked-unreachable = ⚠️ Your question ({ $number }) is noted, but { $name } cannot be reached through the bot. Please get in touch directly.
prompt-expects-answer = ✍️ Write your answer and send it; a photo is welcome.
button-answer = ✍️ Answer
answer-sent = 💬 Your answer for { $number } was passed on.

group-reported = Report { $number } taken from the message of { $author }.
group-reported-own = Report { $number } taken.
group-reported-before = That message was reported already as { $number }.
group-waits = ⏳ You have sent { $limit } reports within an hour. This one is kept as a draft in your private chat and can be sent from { $at } on; nothing is lost.
group-not-registered = Only registered people can report. Ask your office's admin for an invite link.
group-anonymous = This message was sent in the name of the group or of a channel, so the bot does not know who reports. Turn anonymous mode off (or choose your own account as the sender), then send /lapor again. Or report in the private chat.
group-hint = Reply with /lapor to the message that tells the problem, or write /lapor followed by the problem.
text-cut = ✂️ This message is the rest of the long one before it, but it came late and is not kept. Send the rest as a document, or all of it again.
group-album-in-part = 📎 Of that album in the group only one file came into { $number }; the others do not reach the bot. Reply to each of them in the group with /lapor: all go into the same report.
group-text-in-part = ✂️ That text from the group is as long as one Telegram message. If it goes on, the rest is not in { $number }: report it too, or write long reports here.
group-piece-late = ✂️ What you sent in the group after your report is not kept. Send it here if it is needed.
group-no-words = That message has neither words nor a file. Reply again with /lapor followed by the problem.
button-private-chat = See it in the private chat
