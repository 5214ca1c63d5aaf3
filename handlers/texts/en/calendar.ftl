# Days off, working days and other hours; deadlines that move with them.

alert-not-late = 📅 The office calendar has changed: { $number } is not late after all. What you were told of the delay is taken back.

card-moved = 📅 The deadline has moved: { $because }
moved-off = { $days } is a day off
moved-working = { $days } is a working day
moved-hours = other office hours on { $days }
moved-zone = the office now follows the zone { $zone }
moved-calendar = the office calendar has changed
happened-reschedule = 📅 The deadline of { $to } has moved: { $because }. It is { $due } now

alert-calendar-changed = 📅 { $name } has changed the office calendar. { $count ->
        [0] No deadline moves.
        [one] { $count } deadline of a running step moves.
       *[other] { $count } deadlines of running steps move.
    } See /libur.
alert-calendar-follows = 📅 { $name } has changed the office calendar. The deadlines of running steps follow little by little; you are told when that is done. See /libur.
alert-calendar-followed = 📅 The deadlines of all running steps are those of the new office calendar now.

calendar-title = 📅 <b>Office calendar</b>
calendar-today = Today, { $day }: { $hours }
calendar-today-off = Today, { $day }: <b>off</b>
calendar-today-holiday = Today, { $day }: <b>off</b> ({ $reason })
calendar-coming = <b>Coming days off</b>
calendar-line = • { $day }: { $reason }
calendar-seasons = <b>Other office hours</b>
calendar-season = • { $days }: { $name }, { $hours }
calendar-season-estimated = • { $days }: { $name } (an estimate, not decided yet), { $hours }
calendar-entries = <b>Entered by admins</b>
calendar-entered-day-off = • { $days }: off. { $reason } ({ $by })
calendar-entered-working-day = • { $days }: working day { $hours }. { $reason } ({ $by })
calendar-entered-season = • { $days }: { $hours }. { $reason } ({ $by })
calendar-follows = ⏳ { $count } running steps have yet to follow with their deadlines. Nobody has to wait: a card that is tapped follows first.
calendar-more = … and { $count } more
calendar-how = Each change says which deadlines move before it counts. For several days at once, send a calendar file (.ics) to this chat, with the decree as its caption.

calendar-prompt-day-off = ✍️ Write the day off and its decree, and send it. For example:
    <code>26-11-2026 Governor's decree 12/2026</code>
    <code>24-12-2026 - 26-12-2026 Joint decree</code>
calendar-prompt-working-day = ✍️ Write the working day and its decree, and send it; the hours may be written too. For example:
    <code>5-12-2026 Circular 7/2026</code>
    <code>5-12-2026 07.30-12.00 Circular 7/2026</code>
calendar-prompt-season = ✍️ Write the first and the last day, then the name and the decree, and send it; the hours may be written too. For example:
    <code>8 February - 9 March 2027 Ramadan 1448 H, circular 3/2027</code>
calendar-prompt-hours = ✍️ Write the office hours, and send them. For example:
    <code>07.30-12.00, 13.00-16.00</code>
    <code>Monday-Thursday 08.00-12.00, 12.30-15.00; Friday 08.00-11.30, 12.30-15.30</code>
calendar-which-hours = 🕘 Office hours on <b>{ $days }</b>?
    { $reason }
calendar-removing = 🗑 <b>Remove an entry of the calendar</b>
    Tap the one to remove. Before it counts you see which deadlines move.

calendar-confirm-day-off = 📅 Make <b>{ $days }</b> a day off?
    Decree: { $reason }
calendar-confirm-working-day = 📅 Make <b>{ $days }</b> a working day, { $hours }?
    Decree: { $reason }
calendar-confirm-season = 🌙 Other office hours on <b>{ $days }</b>?
    { $hours }
    Decree: { $reason }
calendar-confirm-remove = 🗑 Remove the entry <b>{ $days }</b>?
    { $reason }
calendar-import = 📅 Make { $count ->
        [one] the ticked day a day off?
       *[other] the { $count } ticked days days off?
    }
calendar-passed = Not taken from the file: { $what }.
calendar-passed-timed = { $count } that do not last a whole day
calendar-passed-recurring = { $count } that repeat (write their dates one by one)
calendar-passed-cancelled = { $count } that are cancelled
calendar-passed-unreadable = { $count } that cannot be read
calendar-passed-known = { $count } that are off already
calendar-passed-far = { $count } that are too long ago or too far ahead
calendar-passed-beyond = { $count } more (send the file again after this)
calendar-past = ⚠️ The day is past. Only deadlines of steps that still run move; what is closed stays as it was recorded.
calendar-moves = { $count ->
        [0] No deadline moves.
        [one] <b>{ $count } deadline moves:</b>
       *[other] <b>{ $count } deadlines move:</b>
    }
calendar-moves-at-least = { $count ->
        [0] More steps are open than can be counted here. No deadline moves among those that were looked at; the others are looked at once this is in force.
       *[other] <b>At least { $count } deadlines move</b>, among them (more steps are open than can be counted here):
    }
calendar-more-at-least = … and at least { $count } more
calendar-move = • { $number }: { $before } → { $due }

button-calendar-day-off = ➕ Day off
button-calendar-working-day = ➕ Working day
button-calendar-season = 🌙 Ramadan hours
button-calendar-remove = 🗑 Remove…
button-calendar-remove-of = 🗑 { $days } · { $reason }
button-calendar-undo = ↩️ Undo the last change
button-calendar-full = Whole day: { $hours }
button-calendar-half = Half a day: { $hours }
button-calendar-week = { $name } hours: { $hours } …
button-calendar-own = ✍️ Other hours…
button-calendar-confirm = ✅ Yes, put it into force

turned-calendar-confirming = Check it, then put it into force.
turned-calendar-removing = Choose the entry to remove.
toast-calendar-in-force = ✅ In force. { $count ->
        [0] No deadline moved.
        [one] { $count } deadline moved.
       *[other] { $count } deadlines moved.
    } It can be undone within 10 minutes.
toast-calendar-follows = ✅ In force. { $count } deadlines moved; { $left } more steps follow. You are told when that is done.
toast-calendar-undone = ↩️ Undone. { $count ->
        [0] No deadline moved.
        [one] { $count } deadline moved back.
       *[other] { $count } deadlines moved back.
    }

refusal-calendar-day-invalid = { $fault ->
        [date] Begin with the date, such as 26-11-2026 or 24-12-2026 - 26-12-2026, then the decree.
        [nonexistent] There is no such date. Check it, and send it again.
        [order] The last day comes before the first. Check it, and send it again.
        [long] Too long: { $limit } days at once at most.
        [past] Too long ago: { $limit } days at most, because no running step would change.
        [far] Too far ahead: { $limit } days at most.
        [hours] These hours cannot be used. Write 07.30-12.00, 13.00-16.00 for example, in order.
        [reason] Name the decree after the date too.
       *[begun] Office hours that are past cannot be added: nobody can work by hours that they did not know. Only later hours can be added.
    }
refusal-calendar-unchanged = Nothing changes: the calendar says so already, or it was undone. See /libur.
refusal-seasons-overlap = Some of these days belong to “{ $name }” already. Remove that one first, in /libur.
refusal-undo-too-late = More than { $limit } minutes have passed. The change can still be removed with 🗑 Remove in /libur.
refusal-calendar-file-invalid = { $fault ->
        [large] The calendar file is larger than { $limit } KB and was not read. Send one that holds days off alone.
        [empty] The calendar file holds no events.
        [fetch] The file could not be fetched from Telegram. Please send it again.
       *[foreign] The file is no calendar (.ics) that can be read.
    }

calendar-entered-year = • { $reason } ({ $by })
calendar-confirm-year = 📅 { $reason }? All its days are in the calendar, and the bot asks for them no more.
button-calendar-year = ✅ Joint leave { $year } complete
