# The Laporan Evaluasi: written part by part, previewed, handed in, judged.

evaluation-title = 📝 <b>EVALUATION REPORT { $number }</b>
    revision { $revision } · draft saved { $saved }
evaluation-background = <blockquote expandable>{ $lines }</blockquote>
evaluation-tick = ☑ { $part }
evaluation-no-tick = ☐ { $part }
evaluation-correction = ↩️ Correction by { $name }:
    <blockquote expandable>{ $text }</blockquote>
evaluation-part-written = ☑ <b>{ $part }</b>: { $text }
evaluation-part-empty = ☐ <b>{ $part }</b>
evaluation-files = 📎 { $count ->
    [0] No attachments yet
    [1] 1 attachment
   *[other] { $count } attachments
    }
evaluation-missing = Still empty: { $parts }.
evaluation-complete = Every part is written; ready to submit.
evaluation-current = As it stands (tap to copy):
    <pre>{ $text }</pre>
evaluation-current-folded = As it stands:
    <blockquote expandable>{ $text }</blockquote>
evaluation-current-cut = The text is cut here; the whole is in the preview.

prompt-expects-empty-part = ✍️ <b>{ $part }</b> of { $number }: write and send. The next part is asked for after it.
prompt-expects-evaluation-part = ✍️ <b>{ $part }</b> of { $number }: write and send. What you send replaces what stands there.
prompt-expects-evaluation-file = 📎 Send photos, documents or videos for the evaluation report { $number }{ $part }. Several at once are fine; tap Enough when that is all.

button-part-write = Write { $part }
button-part-change = Change { $part }
button-attach = 📎 Attachments
button-preview = 📄 Preview
button-submit = 📨 Submit
button-evaluation-back = « Back
button-evaluation-done = ✅ Enough

evaluation-report = 📝 <b>EVALUATION REPORT</b> · revision { $revision }
evaluation-report-changed = ✏️ Changed since the previous revision: { $parts }
evaluation-report-unchanged = No part changed since the previous revision.
evaluation-report-part = <b>{ $part }</b>: { $text }
evaluation-part-changed = ✏️ <b>{ $part }</b>: <s>{ $before }</s> → now: { $now }
evaluation-part-blank = –
evaluation-whole = 📄 <b>EVALUATION REPORT { $number }</b> · revision { $revision }

    <b>Findings</b>
    { $findings }

    <b>Cause</b>
    { $cause }

    <b>Action</b>
    { $action }

    <b>Result</b>
    { $result }

    <b>Recommendation</b>
    { $recommendation }
evaluation-page = 📄 <b>EVALUATION REPORT { $number }</b> · revision { $revision } · { $part ->
    [findings] Findings
    [cause] Cause
    [action] Action
    [result] Result
   *[recommendation] Recommendation
    }

    { $text }

evaluation-file-expected = An attachment for { $number } is expected. Send a photo, document or video, or tap Enough on the card.
evaluation-words-expected = 📎 The attachment for { $number } is kept. Now send the words of the part that was asked for.

done-evaluation = Choose the part to write.
done-part = Write and send.
done-attach = Send the attachments.
done-preview = 📄 The preview is sent below.
done-submitted = 📨 Evaluation report submitted to { $to }.
