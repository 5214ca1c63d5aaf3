# Statistics: the figures of the office, of posts and of people; every number opens the cases it was made of.

command-statistik = How the SOP is kept
refusal-statistics-not-yours = Statistics are for those who hold a post.

statistics-title = 📊 <b>Statistics</b> · { $period }
statistics-of = <i>{ $what }</i>
statistics-whole-office = The whole office
statistics-below = The posts below yours
statistics-one-step = step { $step }
statistics-cases = Reports: <b>{ $came }</b> came, <b>{ $ended }</b> ended
statistics-stays = Steps: <b>{ $came }</b> opened, <b>{ $ended }</b> closed
statistics-in-time = In time <b>{ $share } %</b>: { $part } of { $whole } steps
statistics-in-time-few = In time <b>{ $part }</b> of { $whole } steps
statistics-times = Time worked: half ≤ <b>{ $half }</b>, 9 of 10 ≤ <b>{ $most }</b>
statistics-standard = Standard: { $standard }
statistics-rounds = Corrections: { $cases } reports, { $rounds } rounds; returned { $returned } times
statistics-returned = Returned for correction: { $returned } times
statistics-waited = Waiting for the reporter: clock stopped { $waited }, asked while it ran { $asked }
statistics-reminded = Reminders: { $count }
statistics-verdicts = Reporters say: 👍 { $helped } · 👎 { $not }
statistics-late-heading = Turned late with:
statistics-late-by = { $how } { $count } ({ $span })
statistics-open = Open now <b>{ $count }</b>, late <b>{ $late }</b>
statistics-oldest = Oldest { $number }, since { $since }
statistics-behind = ⏳ { $count } closed steps are not counted yet; these figures are not complete.
statistics-nothing = Nothing was closed in this time yet.

statistics-person-held = Held <b>{ $held }</b>, turned late there <b>{ $late }</b>
statistics-person-share = In time there <b>{ $share } %</b>
statistics-person-late = Late there for { $span }
statistics-person-decided = Decided <b>{ $decided }</b>

statistics-how-own = the holder
statistics-how-plh = a Plh.
statistics-how-raised = the next authority up
statistics-how-admins = the admins
statistics-how-shared = nobody who had taken it
statistics-how-absent = somebody away, without a Plh.
statistics-how-vacant = a vacant post

statistics-numbers = Tap a number to see the reports it was made of.
statistics-number-came = Came
statistics-number-ended = Ended
statistics-number-corrected = Corrected
statistics-number-stays = Steps closed
statistics-number-late = Late
statistics-number-in-time = In time
statistics-number-returned = Returned
statistics-number-reminded = Reminded of
statistics-number-waited = Waited for reporter
statistics-number-open = Open now
statistics-number-open-late = Late now
statistics-number-helped = 👍
statistics-number-not-helped = 👎
statistics-number-held = Held
statistics-number-turned-late = Turned late
statistics-number-decided = Decided
statistics-number-late-own = Late: holder
statistics-number-late-plh = Late: Plh.
statistics-number-late-raised = Late: authority
statistics-number-late-admins = Late: admins
statistics-number-late-shared = Late: not taken
statistics-number-late-absent = Late: no Plh.
statistics-number-late-vacant = Late: vacant
button-statistics-number = { $name } { $count }

statistics-listed = <b>{ $name }</b>: { $count }
statistics-line = { $number } · { $at }{ $more }
statistics-line-step = { " · step " }{ $step }
statistics-line-late = { " · +" }{ $span }

statistics-choose-period = Choose a time, or type: <code>/statistik 2026-10..2026-12</code>
statistics-choose = Tap to see its figures alone.
statistics-group = <b>{ $name }</b>: { $share }{ $times }
statistics-group-share = { $share } % of { $whole }
statistics-group-few = { $part } of { $whole }
statistics-group-times = { " · ½ ≤ " }{ $half }{ ", 9/10 ≤ " }{ $most }
statistics-group-person = <b>{ $name }</b> ({ $post }): held { $held }, turned late { $late }{ $span }, decided { $decided }
statistics-group-legend = <i>Numbers: steps in time.</i>
statistics-group-times-legend = <i>½: half took no longer; 9/10: nine of ten.</i>

button-statistics-numbers = 🔎 Open a number
button-statistics-period = 📅 Time
button-statistics-sops = SOP
button-statistics-steps = Step
button-statistics-posts = Post
button-statistics-people = People
button-statistics-own = 🙋 Me
button-statistics-all = ↩️ All
button-statistics-quarter = Quarter { $quarter } { $year }
