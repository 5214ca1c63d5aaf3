# The flow of an SOP for one case, as a picture.

flow-heading = Step · who did it
    time taken / standard
flow-here = Step { $step } of { $steps }
flow-here-late = Step { $step } of { $steps } · late
flow-closed = Finished, { $steps } steps
flow-declined = Declined at step { $step }
flow-moved = Moved to another SOP
flow-withdrawn = Withdrawn by the reporter
flow-with = With { $names }, { $role }
flow-due = Due { $due }
flow-was-due = Was due { $due }
flow-over-since = over since { $due }
flow-since = since { $at }
flow-standard = standard { $standard }
flow-round = Pass { $round }
flow-over = { $span } over
flow-late-reason = reason: “{ $reason }”
flow-waiting = waiting for the reporter since { $since }
flow-outcome-sent-back = sent back
flow-outcome-returned = returned
flow-outcome-recalled = recalled
flow-outcome-declined = declined
flow-outcome-moved = moved
flow-outcome-withdrawn = withdrawn by the reporter
flow-in-time = in time
flow-late = over the standard
flow-running = running
flow-foot = As it is since { $at }. Office time, without breaks and holidays.
button-sop-form = 📄 The SOP (PDF)
sop-form = 📄 <b>{ $title }</b>
    { $number }

    The chart is made from the SOP file. What binds is the signed document.
sop-form-unfit = 📄 <b>{ $title }</b>
    { $number }

    This SOP does not fit its form (3–15 steps, 2–8 roles), so it cannot be printed.
