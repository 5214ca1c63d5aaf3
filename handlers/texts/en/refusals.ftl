# What is answered when the rules refuse; one sentence, and what to do.

refusal-not-registered = You are not registered. Ask your office's admin for an invite link.
refusal-not-your-task = This is not your task now; it is with { $holder }.
refusal-task-already-decided = Already decided ({ $outcome }) by { $by }, { $at }.
refusal-card-out-of-date = Things have changed; the card has been redrawn. Please look, then tap again.
refusal-unknown-button = This button is no longer valid. Open /tugas or /status for the newest.
refusal-step-forbids = The SOP does not allow this at step { $step } ({ $action }).
refusal-reason-missing = A reason must be written.
refusal-not-a-holder = { $name } does not hold the post that it is for.
refusal-already-started = { $by } is handling it already.
refusal-evaluation-incomplete = The evaluation report is incomplete: { $missing }.
refusal-question-already-answered = This question has been answered. Send more as a new report if need be.
refusal-case-closed = { $number } is closed; nothing can be changed any more.
refusal-case-open = { $number } is still under way.
refusal-unknown-case = There is no report { $number }, or it is not for you.
refusal-draft-missing = This draft has been sent or discarded.
refusal-report-empty = This draft is still empty. Describe the problem, or send a photo, a file or a voice message.
refusal-words-missing = Please write it in words; a file alone is not enough here, and is not kept yet.
refusal-too-many-attachments = At most { $limit } attachments; the rest is not kept.
refusal-file-too-large = The file is larger than { $limit } MB, so it is not kept. Make it smaller, or send the part that matters.
refusal-file-not-accepted = Files of the kind { $ending } are not taken, so it is not kept. Send a picture, PDF, document, sheet, text or ZIP.
refusal-rich-media-not-kept = Pictures and files in a formatted text, a poll or paid media were not kept. Send each as a photo or a file.
refusal-text-too-long = Too long: { $length } characters, at most { $limit }. Shorten it, then send it again.
refusal-report-too-long = Too long: { $length } characters, at most { $limit }. Shorten it, or send it as a document.
refusal-invite-withdrawn = This invite was withdrawn and serves no more. If you still need to register, ask the admin for a new one.
refusal-invite-over = That invite serves nobody any more: it was used, withdrawn, or is out of date.
refusal-invite-awaits-answer = { $name } has used that invite and waits to be accepted. Turn the registration down on /kelola.
refusal-invite-invalid = This invite is not valid: wrong, used, withdrawn, or out of date. Ask the admin for a new one.
refusal-nip-invalid = { $fault ->
        [birth] The first eight digits of a NIP are a date of birth (year, month, day), such as 19700101; what you sent is no date.
        [of-another] A NIP has 18 digits, such as 19700101 199503 2 002; your message has { $digits }. For those who have no NIP, write the office number that you give them: 3–18 letters and digits, a letter first, such as PPNPN-07.
        [words] Send your NIP (18 digits in a row) and your full name only; your message holds other words.
       *[length] A NIP has 18 digits, such as 19700101 199503 2 002; your message has { $digits }.{ $digits ->
            [16] { " " }A NIK is not used here.
           *[other] { "" }
        } No NIP yet? Ask an admin for an office number, such as PPNPN-07.
    } Please send it again.
refusal-nip-taken = This NIP or number is bound to another Telegram account. Ask the admin if you changed your phone.
refusal-name-invalid = { $fault ->
        [scripts] The name cannot be read, because its letters are of more than one script.
        [marks] The name cannot be read, because a letter has more than two marks, or a mark stands on no letter.
       *[form] The name cannot be read.
    } Send your full name on one line, 2 to 100 letters.
refusal-already-registered = You are registered as { $name } already.
refusal-not-admin = Only an admin may do this.
refusal-last-admin = The last admin cannot be dismissed. Invite another one first.
refusal-not-holding = { $name } does not hold the post { $post }, or no longer does.
refusal-not-for-oneself = Another admin decides on your own request; on a held post also its holder or the superior. If there is none: disposisi invite POST --for NIP.
refusal-others-must-agree = The invite is yours, and somebody holds this post, or you ended their time. { $count ->
        [0] There is nobody else who could agree; the operator of the bot's machine: disposisi invite POST --for NIP.
       *[other] One of these must agree: { $names }.
    }
refusal-candidate-gone = This request has been decided, or is no longer valid. The newest are in /kelola.
refusal-nothing-to-attach = Send text, a photo, a document, a video or a voice message; this kind of message cannot be kept.
