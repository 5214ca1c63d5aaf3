# Copies of a decision (tembusan).

action-copy = sending a copy
action-read = reading a copy
button-copy = 👁 Copies
button-copy-open = ☐ { $name }
button-copy-chosen = ☑️ { $name }
button-copy-vacant = ⚠️ { $name } (nobody)
button-read = 👁 Read
prompt-copying = 👁 Who gets a copy? It goes out with your decision, for information only.
turned-copying = Choose who gets a copy.
turned-copy-to = { $count ->
        [0] No copies.
       *[other] { $count } get a copy; it goes out with your decision.
    }
card-copies = 👁 Copies: { $names }
copy-read = { $name }: read { $at }
copy-unread = { $name }: not read yet
copy-missed = ⚠️ { $name } not sent, no official can be reached there
copy-title = 👁 <b>COPY { $number }</b> · step { $step } of { $of }
copy-for-information = For your information; there is nothing for you to decide.
copy-read-by-you = 👁 You read it { $at }.
done-read = 👁 { $number } read { $at }.
done-forwarded-missed = ✅ Forwarded to { $to }. ⚠️ No copy was sent, no official can be reached there: { $missed }.
happened-copy = 👁 { $who } sent a copy to { $to }
happened-read = 👁 { $who } read their copy
refusal-no-copy = { $why ->
        [self] You need no copy yourself.
        [reporter] { $name } reported this problem; copies are for other officials.
        [nobody] { $name }: no official can be reached there, so no copy can be sent.
       *[other] { $name } gets it without being chosen.
    }
refusal-too-many-copies = At most { $limit } can get a copy.
