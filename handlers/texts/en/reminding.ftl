# What reporters are reminded of: questions that wait for their answer, drafts that were not sent.

reminder-title = ⏰ { $count ->
        [1] One question still waits for your answer:
       *[other] { $count } questions still wait for your answer:
    }
reminder-line = <b>{ $number }</b> · { $role } { $name }, since { $since }
    <blockquote>“{ $question }”</blockquote>
reminder-how = Reply to this message or tap ✍️ Answer; a photo may come with it.
reminder-how-many = Tap ✍️ Answer at the question you answer, then write; a photo may come with it.
reminder-which = { " " }· “{ $question }”
reminder-over = ✅ No question waits for your answer.
button-answer-to = ✍️ Answer { $number }
happened-remind = ⏰ The reporter was reminded of a question
draft-unsent = ⏰ <b>This report is not sent yet.</b> Tap 📨 Send once it is complete, or Cancel.
