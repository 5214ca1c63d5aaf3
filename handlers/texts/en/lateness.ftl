# The reason of a lateness: why a step took longer than its standard.

action-explain = say why a step is late
button-explain = 📝 Reason for the delay
button-explain-again = 📝 Replace the reason for the delay
prompt-expects-late-reason = ✍️ Step { $step } is { $late } over its standard of { $standard }. Write the reason ({ $limit } characters at most) and send it. It stands on the Lembar Disposisi and the Laporan Evaluasi; the verdict on the time stays.{ $before ->
        [yes] { " " }It replaces the earlier reason; the journal keeps both.
       *[no] { "" }
    }
done-explained = 📝 The reason for the delay of { $number } is noted.{ $files ->
        [0] { "" }
       *[other] { " " }Files are not kept: a reason is made of words.
    }
card-late-reason = 📝 Reason for the delay, { $who }: “{ $reason }”
happened-explain = 📝 { $who } said why it was late
refusal-not-late-in-record = Step { $step } of { $number } is within its standard, so there is no delay that needs a reason.
refusal-reason-over = The reason for the delay of { $number } stands; it could be given or replaced until { $at }.
register-late-reason = Reason for the delay
register-late-reason-by = Reason given by
register-late-reason-as = As
