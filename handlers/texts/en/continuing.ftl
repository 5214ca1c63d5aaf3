# Reports that follow an earlier one, and what its closer hears.

earlier-line = ↪️ Follows <b>{ $numbers }</b>
earlier-folded = <blockquote expandable>↪️ { $number }, closed, but not solved
    { $lines }</blockquote>
earlier-report = <b>Report</b>: “{ $text }”
earlier-confidential = 🔒 { $number } is confidential: only those who handle it may read it.
earlier-title = ↪️ <b>{ $number }</b> follows an earlier report:
earlier-told = <b>{ $number }</b>
    <blockquote expandable>{ $lines }</blockquote>
button-earlier = 🔎 { $number }
happened-continued = 📨 { $who } reported, after { $to }

feedback-card-not-helped = 👎 <b>{ $number }</b> was closed, but its reporter says that the problem is not solved.
feedback-card-helped = 👍 The reporter of <b>{ $number }</b> now says that the problem is solved.
feedback-card-continued = ↪️ They reported again: <b>{ $number }</b>.
