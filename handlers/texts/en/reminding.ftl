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
reminder-questions = <b>{ $count ->
        [1] One question waits
       *[other] { $count } questions wait
    } for your answer.</b>
button-questions = ❓ Questions to you
questions-none = No question waits for your answer.
button-answer-to = ✍️ Answer { $number }
happened-remind = ⏰ The reporter was reminded of a question
draft-unsent = ⏰ <b>This report is not sent yet.</b> Tap 📨 Send once it is complete, or Cancel.

# While the reporter is asked.

card-waiting = ❓ Waiting for the reporter since { $since }; the deadline goes on.
card-paused = ⏸ The clock stands still: waiting for the reporter since { $since } (then { $span } left of { $standard })
card-paused-late = ⏸ The clock stands still: waiting for the reporter since { $since } (then { $span } late, standard { $standard })
list-waiting = { " " }· waiting for the reporter since { $since }
list-task-paused = ⏸ <b>{ $number }</b>{ $subject }{ $holder } · waiting for the reporter since { $since }
button-task-paused = ⏸ { $number } · reporter asked
status-waiting = ❓ Waiting for the reporter’s answer since { $since }.
status-waiting-own = ❓ Waiting for your answer since { $since }.
status-paused = ⏸ The clock of this step stands still until the question is answered.
position-waiting = , waiting for the reporter since { $since }
nudge-paused = ⏸ { $number } still waits for the reporter’s answer, since { $since }. The clock of your step stands still. Call the reporter, or go on without the answer.
nudge-paused-elsewhere = ⏸ { $number } with { $post } waits for the reporter’s answer since { $since }. The clock of the step stands still.
question-asked-paused = ❓ The question to { $name } ({ $number }) is sent. The clock of this step stands still until it is answered.
question-asked-without-file-paused = ❓ The question to { $name } ({ $number }) is sent without its file; a question is words alone. The clock of this step stands still until it is answered.
happened-pause = ⏸ The clock of the step stands still while the reporter is asked
happened-resume = ▶️ The clock of the step goes on
happened-pause-lasts = ⏸ It was told how long the reporter has been awaited
