# What is answered when the rules refuse; one sentence, and what to do.

refusal-not-registered = You are not registered. Ask your office's admin for an invite link.
refusal-not-your-task = This is not your task now; it is with { $holder }.
refusal-task-already-decided = Already decided ({ $outcome }) by { $by }, { $at }.
refusal-card-out-of-date = Things have changed; the card has been redrawn. Please look, then tap again.
refusal-unknown-button = This button is no longer valid. Open /tugas or /status for the newest.
refusal-step-forbids = The SOP does not allow this at step { $step } ({ $action }).
refusal-reason-missing = A reason must be written.
refusal-not-a-holder = { $name } does not hold the post of the next step.
refusal-already-started = { $by } is handling it already.
refusal-evaluation-incomplete = The evaluation report is incomplete: { $missing }.
refusal-question-already-answered = This question has been answered. Send more as a new report if need be.
refusal-case-closed = { $number } is closed; nothing can be changed any more.
refusal-case-open = { $number } is still under way.
refusal-unknown-case = There is no report { $number }, or it is not for you.
refusal-draft-missing = This draft has been sent or discarded.
refusal-report-empty = Write first what is wrong; a file alone does not explain the problem.
refusal-too-many-attachments = At most { $limit } attachments; the rest is not kept.
refusal-text-too-long = Too long: { $length } characters, at most { $limit }. Shorten it, or send it as a document.
refusal-invite-invalid = This invite is not valid: wrong, used, or out of date. Ask the admin for a new one.
refusal-nip-invalid = A NIP has 18 digits, such as 19700101 199503 2 002. Please send it again.
refusal-nip-taken = This NIP is bound to another Telegram account. Ask the admin if you changed your phone.
refusal-name-invalid = The name cannot be read. Send your full name on one line, 2 to 100 letters.
refusal-already-registered = You are registered as { $name } already.
refusal-not-admin = Only an admin may do this.
refusal-candidate-gone = This request has been decided already.
refusal-nothing-to-attach = Send text, a photo, a document, a video or a voice message; this kind of message cannot be kept.
