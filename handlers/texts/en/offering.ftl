# Evaluation reports of similar closed cases, as a start for the one being written.

button-offered = 💡 Similar reports
button-offered-one = 💡 { $number }
button-take-offered = ✅ Use as a start
offered-title = 💡 <b>Reports similar to { $number }</b>
    These are closed. Tap one to read it.
offered-none = There are no similar reports to offer any more.
# { $closed } is the day on which that report was closed.
offered-line = 💡 <b>{ $number }</b> · closed { $closed }
offered-part = <b>{ $part }</b>: { $text }
offered-fills = “Use as a start” fills what is still empty in { $number }: { $parts }. What you have written stays. Check and change it before you submit.
offered-fills-nothing = All parts of your report are written; nothing is replaced.
turned-offered = Choose a similar report.
turned-offered-one = 💡 { $number }
done-taken-offered = { $count ->
    [0] There is no empty part to fill.
    [1] 💡 1 part filled from { $number }. Check and change it before you submit.
   *[other] 💡 { $count } parts filled from { $number }. Check and change them before you submit.
    }
