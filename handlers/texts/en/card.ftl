# The card of a task, and the words that go with every decision.

work-time = { $span } of office time
tap-failed = Sorry, something went wrong. Your tap is kept and will be tried again; look at /tugas in a moment.
message-set-aside = Sorry, your message could not be processed because of a fault: “{ $held }”. The admins have been told; send it again later.
tap-set-aside = Sorry, your tap could not be processed because of a fault. The admins have been told; open /tugas or /status and tap again later.
report-set-aside = Sorry, your message to the bot in the group “{ $title }” could not be processed because of a fault: “{ $held }”. No report was made of it. The admins have been told; send the problem here.
message-flood = Too many of your messages are waiting, so some were not taken. Please wait a moment, then send again what was not answered.
report-flood = Too many reports are waiting in the group, so your /lapor there was not taken. Please send that report here.

card-title-assign = 📋 <b>DISPOSITION { $number }</b> · step { $step } of { $of }
card-title-handle = 🛠 <b>HANDLING { $number }</b> · step { $step } of { $of }
card-title-correct = 🔎 <b>CORRECTION { $number }</b> · step { $step } of { $of }
card-title-approve = 🖋 <b>APPROVAL { $number }</b> · step { $step } of { $of }
card-title-acknowledge = 📥 <b>REPORT { $number }</b> · step { $step } of { $of }
card-subject = <b>{ $subject }</b>
card-text = <blockquote expandable>{ $text }</blockquote>
card-reporter = Reporter: { $name }{ $unit }
card-unit = , { $unit }
card-marked = <b>{ $words }</b>
card-files = { " " }· 📎 { $count }
card-due = Due: { $due }{ $standard }
card-late = ⚠️ Was due: { $due }{ $standard }
card-holder = In charge: { $name }
card-exchange = ❓ “{ $question }”
    ↳ { $answer }
card-standard = { " " }· standard { $standard }
card-awaited = waiting for the reporter
card-remark = 🗒 { $name }: “{ $text }”
card-tick = ☑ { $instruction }
card-prepared = Prepared: { $ticks } { $note }
card-note = “{ $note }”
card-no-note = { "" }
card-words = { $sign }<b>{ $post }</b>, { $at }: { $words }
card-words-back = ↩️{ " " }
card-folded = <blockquote expandable>{ $lines }</blockquote>
card-folded-text = <b>The report:</b> { $text }
card-folded-exchanges = <b>Questions to the reporter ({ $count })</b>
card-folded-history = <b>History</b>
card-decision = { $who }, { $at } · { $outcome }{ $said }
card-replaced = ↪️ This card is no longer valid. The newest one is under /tugas.
card-taken = ▶️ Handled by { $name }.
card-withdrawn = ↪️ This card is no longer yours.
card-acting = 🪑 You decide it as { $capacity }.
card-stood-in = ↪️ While you are away, this card is with { $name }, who stands in for you (Plh.).
card-left-out = … In full: 📎 Attachments and 🕘 Timeline.
card-now-at = { " " }Now with { $role }.

decided-by = { $name } ({ $capacity })
capacity-definitive = { $post }
capacity-plt = Plt. { $post }
capacity-plh = Plh. { $post }

decided-forwarded = ✅ Forwarded by { $who }, { $at }.{ $now }
decided-sent-back = ↩️ Sent back by { $who }, { $at }.{ $now }
decided-declined = ⛔ Declined by { $who }, { $at }.{ $now }
decided-moved = ➡️ Moved to a related SOP by { $who }, { $at }.{ $now }
decided-submitted = 📨 Evaluation report submitted by { $who }, { $at }.{ $now }
decided-passed = ✅ Corrected and passed on by { $who }, { $at }.{ $now }
decided-approved = ✅ Approved by { $who }, { $at }.{ $now }
decided-returned = ↩️ Returned with a correction by { $who }, { $at }.{ $now }
decided-acknowledged = ✅ Received by { $who }, { $at }.{ $now }

outcome-forwarded = forwarded
outcome-sent-back = sent back
outcome-declined = declined
outcome-moved = moved
outcome-submitted = report submitted
outcome-passed = corrected, passed on
outcome-approved = approved
outcome-returned = returned with a correction
outcome-acknowledged = received

part-findings = Findings
part-cause = Cause
part-action = Action
part-result = Result
part-recommendation = Recommendation

action-report = report
action-forward = forward
action-send-back = send back
action-decline = decline
action-move = move
action-start = start handling
action-ask = ask the reporter
action-answer = answer
action-submit = submit the report
action-pass = pass on
action-approve = approve
action-return = return with a correction
action-acknowledge = receive
action-note = add a note
action-attach = attach
action-detach = take a file out
action-write = write the report
action-feedback = give feedback

button-back = « Back
button-forward = ✅ Forward to { $role }
button-instruct = 📝 Instructions & note
button-send-back = ↩️ Send back
button-decline = ⛔ Decline
button-move = ➡️ Move to another SOP
button-candidate = { $name } · { $count } open
button-anyone = Anyone
button-ticked = ☑ { $instruction }
button-unticked = ☐ { $instruction }
button-write-note = ✍️ Write a note
button-write-reason = ✍️ Write a reason…
button-start = ▶️ Start handling
button-ask = ❓ Ask the reporter
button-evaluation = 📝 Evaluation report
button-pass-on-last = ✅ Right, close
button-approve-last = ✅ Approve, close
button-acknowledge-last = ✅ Received, close
button-pass-on = ✅ Correct, pass on
button-approve = ✅ Approve
button-give-back = ↩️ Return with a correction
button-acknowledge = ✅ Received, pass on
button-attachments = 📎 Attachments{ $count ->
        [0] { "" }
       *[other] { " " }({ $count })
    }
button-position = 🗺 SOP flow
button-timeline = 🕘 Timeline

prompt-choose = 👥 Appoint a { $next }:
prompt-move = ➡️ Move to a related SOP. This report is closed and opened again there:
prompt-instruct = 📝 Tick instructions or write a note for { $next }:
prompt-reasons-send-back = ↩️ Send back to { $previous }. Reason:
prompt-reasons-decline = ⛔ Decline this report; this cannot be undone. Reason:
prompt-reasons-return = ↩️ Return to { $back } with a correction; this cannot be undone. Reason:
prompt-expects-note = ✍️ Write the note for { $next } and send it; photos and files are welcome.
prompt-expects-send-back-reason = ✍️ Write the reason for { $previous } and send it. The disposition goes back at once.
prompt-expects-decline-reason = ✍️ Write the reason for declining and send it. The report is closed at once.
prompt-expects-return-reason = ✍️ Write the correction for { $back } and send it; photos and files are welcome. The report goes back at once.
prompt-expects-question = ❓ Tap a question for the reporter, or write one and send it.

questions-1 = Since when has this happened?
questions-2 = Does it still happen now?
questions-3 = Can you send a photo or a file?

reasons-send-back-1 = Not within our authority
reasons-send-back-2 = The disposition is unclear
reasons-send-back-3 = Data incomplete
reasons-decline-1 = Outside this SOP
reasons-decline-2 = The report is unclear
reasons-decline-3 = Reported before
reasons-return-1 = Data incomplete
reasons-return-2 = The action does not fit
reasons-return-3 = Improve the wording

turned-back = Back to the card.
turned-back-list = Back to the list.
turned-choose = Choose who gets it.
turned-move = Choose the SOP.
turned-instruct = Tick instructions, then forward.
turned-reasons-send-back = Choose or write a reason.
turned-reasons-decline = Choose or write a reason.
turned-reasons-return = Choose or write a reason.
turned-expects = Write it and send it.

done-forwarded = ✅ Forwarded to { $to }.
done-closed = ✅ { $number } is closed; the reporter is told.
done-closed-untold = ✅ { $number } is closed, but the reporter is no longer connected to the bot. Tell them the result yourself.
done-closed-partly-untold = ✅ { $number } is closed, but { $names } can no longer be reached by the bot. Tell them the result yourself.
done-returned = ↩️ { $number } returned to { $to }.
done-declined = ⛔ { $number } declined; the reporter is told why.
done-declined-untold = ⛔ { $number } declined, but the reporter is no longer connected to the bot. Tell them why yourself.
done-declined-partly-untold = ⛔ { $number } declined, but { $names } can no longer be reached by the bot. Tell them why yourself.
done-moved = ➡️ Opened again as { $number }.
done-started = ▶️ You are handling { $number }; the reporter is told.
done-started-untold = ▶️ You are handling { $number }. The reporter is no longer connected to the bot; contact them directly.
done-started-partly-untold = ▶️ You are handling { $number }. { $names } can no longer be reached by the bot; contact them directly.
done-note = 🗒 Note{ $files ->
        [0] { "" }
       *[other] { " " }and 📎 { $files }
    } for { $number } kept.
done-note-kept = 🗒 Note{ $files ->
        [0] { "" }
       *[other] { " " }and 📎 { $files }
    } kept; tap Forward on the card of { $number } to send it.
late-file-kept = 📎 The file that came later, of the same album, was added to { $number }.
late-file-kept-without-words = 📎 The file that came later, of the same album, was added to { $number }, but not its caption. Send the caption as a message of its own.

news-started = 🛠 { $number } is being handled by { $name } ({ $capacity ->
        [plh] Plh.{ " " }
        [plt] Plt.{ " " }
       *[definitive] { "" }
    }{ $role }).
news-declined = ⛔ { $number } was declined by { $capacity ->
        [plh] Plh.{ " " }
        [plt] Plt.{ " " }
       *[definitive] { "" }
    }{ $role }: “{ $reason }”
    Send a new report if things are different.
news-moved = ➡️ { $number } goes on as { $to } under the SOP { $title }.
news-answered = 💬 The reporter's answer for { $number }
    ❓ “{ $question }”
    ↳ “{ $answer }”{ $files ->
        [0] { "" }
       *[other] { " " }· 📎 { $files }
    }

alert-vacant = ⚠️ { $number } is held up at step { $step }: nobody who holds the post { $post } can be reached. Once its time is over, the card goes up to the superior. An admin can invite someone through /kelola.
alert-unreachable = ⚠️ The bot cannot reach { $name } ({ $why ->
        [blocked] they have blocked it
        [deleted] their Telegram account is deleted
        [not-started] they have not pressed Start at this account of the bot
       *[unknown] it is blocked, or the account is gone
    }). { $number } waits for them: reach them directly or, if they hold a post, have an admin appoint someone through /kelola.
alert-set-aside = ⚠️ { $what ->
        [tap] A tap on a button
        [message] A message
       *[other] News
    } of “{ $name }”{ $place ->
        [group] { " " }in the group “{ $title }”
       *[private] { "" }
    } could not be processed and was set aside: { $place ->
        [secret] what it held belongs to a confidential report
       *[other] “{ $held }”
    }. The log calls it { $update }.
alert-undeliverable = ⚠️ One message to { $name } about { $number } could not be sent and was set aside: { $reason }. The log calls it { $notice }.
alert-files-lost = ⚠️ Attachments of { $number } that could not be sent to { $name }:
    { $lost }
alert-stuck = ⚠️ { $number } stands still and cannot go on by itself. Check /status { $number } and the log.
alert-throttled = ⚠️ Telegram has let the bot send almost nothing for more than a minute. Messages are late; none is lost. Urgent matters: call.
alert-webhook-taken-away = ⚠️ Another program at { $host } had this bot's messages sent to itself (a webhook). That was ended. Messages sent meanwhile may be lost: what the bot has not answered must be sent again. If nobody knows { $host }, have the operator get a new token from @BotFather.
alert-webhook-stays = ⚠️ Another program at { $host } has this bot's messages sent to itself again, and the bot does not end it a second time. Reports and taps do not arrive. Have the operator stop that program or get a new token from @BotFather, then start the bot again.
alert-account-changed = ⚠️ The bot has the account @{ $name } now. Everybody must open it once and press Start: https://t.me/{ $name }. Before that the bot cannot send them anything.{ $files ->
        [0] { "" }
       *[other] { " " }Older attachments ({ $files }) are with the former account only and cannot be sent again.
    }
alert-token-shared = ⚠️ Another program fetches this bot's messages with the same token. Some reports and taps may be lost. Have the operator stop that program; if nobody knows it, the token must be replaced at @BotFather.
alert-clock = ⚠️ Times in { $number }, and perhaps in others, lie more than a day after the present: the machine's clock was ahead, or is behind now. Check it. Reminders whose time has not come were taken back. Deadlines set by the wrong clock stay; /status shows them.
alert-not-helped = ⚠️ The reporter of { $number } says the problem persists.
