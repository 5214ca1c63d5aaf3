# Consultations: asking a colleague or another post without handing the step over.

action-consult = ask for an opinion
action-advise = give an opinion
button-consult = 💬 Ask for an opinion
prompt-consulting = 💬 Ask for the opinion of (answered within { $standard } of office time; this step stays with you):
turned-consulting = Choose whom to ask.
button-consult-page = ➡️ Others
prompt-expects-consultation = ✍️ Write the question for { $name } and send it. The deadline of this step runs on.
done-consulted = 💬 { $to } is asked about { $number }; the step stays with you.
card-opinion-awaited = 💬 Waiting for the opinion of { $whose } until { $due }
card-opinion = 💬 Opinion of { $name } on “{ $asked }”: “{ $text }”
consultation-card = 💬 <b>YOUR OPINION IS WANTED</b> · { $number } · step { $step } of { $of }
    { $role }, { $name }, asks: “{ $question }”
consultation-due = Answer by: { $due }. Reply to this message, or tap the button.
consultation-late = ⚠️ Was to be answered by { $due }. Your opinion is still wanted.
button-advise = 💬 Give my opinion
prompt-expects-opinion = ✍️ Write your opinion for { $name } and send it. Files may come along.
consultation-answered = ✅ Answered by { $name }, { $at }: “{ $answer }”
consultation-over = ↪️ Not needed any more: this step has been decided.
done-advised = 💬 Your opinion went into { $number }{ $files ->
        [0] { "" }
       *[other] { " " }with 📎 { $files }
    }.
news-advised = 💬 { $number }: opinion of { $name } on “{ $question }”: “{ $answer }”{ $files ->
        [0] { "" }
       *[other] { " " }· 📎 { $files }
    }
opinion-awaited = 💬 { $name } still waits for your opinion on { $number }, until { $due }.
happened-consult = 💬 { $who } asked for the opinion of { $to }
happened-advise = 💬 { $who } gave an opinion
refusal-own-opinion = You cannot ask yourself for an opinion.
refusal-nobody-to-consult = { $name } cannot be reached by the bot yet. Choose somebody else.
refusal-opinion-given = This opinion was given { $at }.
refusal-opinion-over = Not needed any more: this step of { $number } has been decided.
