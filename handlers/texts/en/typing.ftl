# What people type and send without being asked, and files that are taken out again.

button-remove = 🗑 Take out a file…
button-remove-file = 🗑 { $position }. { $file }
button-restore-file = ↩️ Put back { $file }
removal-draft = 🗑 <b>Draft report</b>
removal-note = 🗑 Note for <b>{ $number }</b>
removal-evaluation = 🗑 Laporan Evaluasi <b>{ $number }</b>
removal-choose = Tap the file that shall not go with it; they stand as they were sent.
removal-none = There is no file here any more.
turned-remove = Tap the file to take out.
done-file-removed = 🗑 { $file } was taken out.
done-file-restored = ↩️ { $file } goes with it again.

attachments-said = 📎 Attachments of { $number } · { $name }: { $action }, { $at }

draft-ask-note = 🗒 If this is a note for a card that waits for you, tap Make it a note.
draft-noted = 🗒 This draft became a note for <b>{ $number }</b>.
button-as-note = 🗒 Make it a note for { $number }
unasked-unknown = There is no report { $number }, or it is not for you. To report, describe the problem.
unasked-nothing = 👍 Nothing is noted of this message.
unasked-nothing-draft-left = 👍 Nothing is noted of this message. Your draft report is not sent yet: tap 📨 Send, or /batal.

replied-afterwards = { $state ->
        [declined] ⛔ { $number } was declined
        [moved] ➡️ { $number } went on as { $to }, which has ended too
        [merged] 🔗 { $number } was merged with { $to }
       *[closed] 🏁 { $number } is closed
    } ({ $at }), so this reply is no longer part of it. Its words are a draft below that follows it; tap 📨 Send if it needs to be handled.
replied-afterwards-busy = { $state ->
        [declined] ⛔ { $number } was declined
        [moved] ➡️ { $number } went on as { $to }
        [merged] 🔗 { $number } was merged with { $to }
       *[closed] 🏁 { $number } is closed
    } ({ $at }), so this reply is no longer part of it. Its words went into the draft report below, which is not sent yet.

greeting-unknown-kept = Welcome. This bot serves registered employees.
    To register, ask your office's admin for an invite link and open it. Your message is kept for { $days } days at most: once you are registered, it becomes a draft report.
registration-waits-kept = ⏳ Your registration waits for approval. You will be told. Your message is kept: once you are accepted within { $days } days, it becomes a draft report.
first-words = 📝 What you wrote before you were registered is in the draft below. It is not sent yet: check it, then tap 📨 Send.
