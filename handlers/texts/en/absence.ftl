# Being away, and standing in for somebody who is.

days-range = { $first } – { $last }
days-open = from { $first }, until it is ended

prompt-days-away = 🏖 <b>On leave or away</b>
    Tap, or write the days, such as <code>1/12 - 5/12</code>, <code>tomorrow until 5 December</code>, or <code>from 1/12</code> if the end is not known.
absence-replaced = 🏖 This card has no force any more; the newest is at /cuti.
absence-dropped = 🏖 Nothing was filed. Begin again with /cuti.
button-away-today = Today only
button-away-tomorrow = Tomorrow only
button-away-open = From today, end not known

absence-own = 🏖 <b>You are away</b> · { $days }
absence-of = 🏖 <b>{ $name }</b> is away · { $days }
absence-reason = Reason: { $reason }
absence-plh = ✅ Plh.: <b>{ $plh }</b>
absence-decree = By decree (SK) { $decree }, { $day }
absence-post-plh = ✅ Plh. { $post }: <b>{ $plh }</b>
absence-post-free = ▫️ { $post }: nobody stands in yet
absence-choose-post = Who is asked to be Plh. <b>{ $post }</b>? You may ask several; the first to accept stands in.
absence-nobody-post = There is nobody left to ask as Plh. { $post }.
absence-asked = ⏳ Asked: { $name }
absence-refused = ❌ Cannot: { $name }
absence-choose = Who is to be asked to stand in (Plh.)? You may ask several; the first who accepts does. Without a Plh. the cards wait until their time is over, then they go to the superior.
absence-nobody = Nobody else can be asked. Without a Plh. the cards wait until their time is over, then they go to the superior; the superior and the admins will be told.
absence-ahead = On the first day the cards go to the Plh. by themselves, and after the last day they come back.
absence-lasting = It lasts. The cards are with { $plh } (Plh.).
absence-lasting-alone = It lasts, without a Plh.; the cards wait until their time is over, then they go to the superior.
absence-kept = Steps that no Plh. may do by the SOP do not go along: they go up to a superior who is there; where none is, they wait for their holder.
absence-is-over = ✅ It is over.
absence-is-called-off = 🚫 Called off.
prompt-reason-away = ✍️ Write the reason and send it.
button-ask-plh = 🙋 Ask { $name } · { $post }
button-release-plh = 🔁 Another Plh.
button-plh-post = 🪑 Another Plh. for { $post }…
button-release-post = 🔁 Another Plh. { $post }
button-reason-away = ✍️ Reason
button-call-off = 🚫 Call off
button-come-back = 👋 I am back
button-end-absence = 👋 They are back
button-absence = 🏖 Leave / away
away-reason-kept = ✍️ The reason is kept.

request = 🙋 <b>{ $name }</b> asks you to stand in as Plh. { $posts }
    { $days }
request-how = Meanwhile the cards of the post come to you, and what you decide is recorded as Plh.
request-kept = Steps that no Plh. may do by the SOP do not go along.
request-stands-in = ✅ You are Plh. { $posts } for { $name }
    { $days }
request-refused = ❌ You do not stand in as Plh. { $posts } for { $name } ({ $days }).
request-not-needed = 🙋 There is a Plh. { $posts } for { $name } ({ $days }) already, or none is needed.
request-over = 🙋 Plh. { $posts } for { $name } ({ $days }): over.
button-accept-plh = ✅ I will
button-refuse-plh = ❌ I cannot
button-release-own = ↩️ I cannot any longer

toast-below = See the message below.
toast-away-filed = 🏖 Filed. Choose who is asked to stand in.
toast-plh-asked = 🙋 { $name } is asked to stand in.
toast-plh-accepted = ✅ You stand in for { $name }.
toast-plh-refused = ❌ { $name } is told.
toast-plh-given-back = ↩️ You stand in no longer.
toast-plh-released = 🔁 { $name } stands in no longer. Choose somebody else.
toast-away-over-of = 👋 { $name } is back; the cards are with the holder of the post again.
toast-away-over = 👋 Welcome back; the cards are with the holder of the post again.
toast-away-called-off = 🚫 Called off.
turned-absences = Who is away.

plh-accepted = ✅ { $plh } stands in for you.
plh-accepted-at = ✅ { $plh } stands in for you as Plh. { $posts }.
plh-refused = ❌ { $plh } cannot stand in for you. Ask somebody else with /cuti.
plh-refused-at = ❌ { $plh } cannot stand in for you as Plh. { $posts }. Ask somebody else with /cuti.
plh-awaited = ⏳ { $name } waits for your answer: will you be Plh. { $posts }, { $days }? Tap on the card.
plh-named = 🙋 You are named Plh. { $posts } for { $name }, { $days } (SK { $decree }).
plh-named-for-you = 🙋 { $plh } is named to stand in for you, { $days }.
plh-named-for-you-at = 🙋 { $plh } is named to stand in for you as Plh. { $posts }, { $days }.
plh-missing-for-you = ⚠️ You are away, { $days }, and there is no Plh. { $posts } yet.{ $count ->
        [0] { "" }
       *[other] { " " }No answer yet: { $asked }.
    } { $begun ->
        [yes] Your cards wait until their time is over, then they go to your superior.
       *[no] Without a Plh. your cards wait until their time is over, then they go to your superior.
    } Ask somebody with /cuti.
plh-lost-for-you = ⚠️ { $plh }, who stands in for you, has no Telegram account any more. The cards go back to you until there is another Plh. or the account is back. Ask somebody else with /cuti.
plh-begins = 🏖 From now on you are Plh. { $posts } for { $name }, { $days }. What you decide is recorded as Plh.
plh-begins-kept = 🏖 From now on you are Plh. { $posts } for { $name }, { $days }. What you decide is recorded as Plh. Steps that no Plh. may do by the SOP do not come to you.
plh-over = 👋 { $name } is back. You stand in no longer; the cards are with them again.
plh-not-needed = 🙋 You are not needed any more as Plh. for { $name }.
absence-begins = 🏖 You are away, { $days }. The cards of { $posts } are with { $plh } (Plh.). Back already? Tap 👋 on /cuti.
absence-begins-kept = 🏖 You are away, { $days }. The cards of { $posts } are with { $plh } (Plh.), except steps that no Plh. may do by the SOP: they go up to a superior who is there; where none is, they wait for you. Back already? Tap 👋 on /cuti.
absence-begins-alone = 🏖 You are away, { $days }, without a Plh. The cards wait for you until their time is over, then they go to your superior; you can still ask somebody with /cuti.
absence-begins-asked = 🏖 You are away, { $days }. Nobody stands in as { $posts } yet; asked: { $asked }. Until somebody agrees, the cards wait for you until their time is over, then they go to your superior.
absence-begins-partly = 🏖 You are away, { $days }, and nobody stands in as { $posts }. The cards of that post wait for you until their time is over, then they go to your superior; you can still ask somebody with /cuti.
absence-over = 👋 Welcome back. The cards of your post are with you again.
absence-called-off = 🚫 Your absence ({ $days }) was called off.
acting-begins = 🗂 From now on you are Plt. { $post }. The cards of the post come to you.
acting-named = 🗂 { $name } is Plt. { $post } now.

alert-acting = 🗂 { $name } is Plt. { $post } now.
alert-absent = 🏖 { $name } is away, { $days }. Plh. { $posts }: { $plh }.
alert-plh-missing = ⚠️ { $name } is away, { $days }, and there is no Plh. { $posts } yet.{ $count ->
        [0] { "" }
       *[other] { " " }No answer yet: { $asked }.
    } { $begun ->
        [yes] The cards wait until their time is over, then they go to the superior.
       *[no] Without a Plh. the cards wait until their time is over, then they go to the superior.
    } Ask somebody with /cuti; an admin names somebody with /kelola.
alert-plh-lost = ⚠️ { $plh }, who stands in for { $name }, has no Telegram account any more. The cards go back to { $name } until there is another Plh. or the account is back.

administration-away = { $name } (away; Plh. { $plh })
absences = 🏖 <b>Leave, Plh. and Plt.</b>
absences-none = Nobody is away.
absences-line = • { $name }: { $days }; { $plh }
absences-plh = Plh. { $plh }
absences-no-plh = ⚠️ no Plh. yet
absences-how = { "" }
    By decree (SK): open the person under 👥 People (Plh.), or the vacant post under 🪑 Posts (Plt.). Or write:
    <code>/kelola plh NIP-OF-OFFICIAL NIP-OF-PLH 1/12 - 5/12; SK-NUMBER; SK-DATE</code>
    (for one of several posts: <code>NIP-OFFICIAL POST-CODE NIP-PLH …</code>)
    <code>/kelola plt POST-CODE NIP-OF-PLT; SK-NUMBER; SK-DATE</code>
button-absences = 🏖 Leave, Plh. and Plt.…
button-absence-of = 🏖 { $name }

refusal-post-held = { $post } is not vacant: { $holder } holds it. A Plt. acts for a vacant post only.
refusal-days-invalid = { $fault ->
        [impossible] The calendar has no such day. Write for example 1/12 - 5/12, tomorrow, or from 1/12.
        [past] The first day is over. Write today or a later day.
        [reversed] The last day lies before the first. Write for example 1/12 - 5/12, tomorrow, or from 1/12.
        [too-far] Too far: it begins within a year, and lasts five years at most.
       *[unreadable] These days cannot be read. Write for example 1/12 - 5/12, tomorrow, or from 1/12.
    }
refusal-decree-missing = Write three parts with semicolons between them: who and when; the number of the SK; its date. /kelola shows an example.
refusal-decree-day-invalid = { $fault ->
        [impossible] No calendar has the date of the SK, “{ $said }”.
       *[unreadable] The date of the SK, “{ $said }”, cannot be read.
    } Write one date, such as 20/11/2026 or 20 November 2026.
refusal-plt-has-no-days = “{ $said }” is not needed: a Plt. acts from now until the post is filled. Write the code of the post and their NIP only; then the number of the SK; then its date.
refusal-post-unknown = { $said ->
        [none] The post is missing.
       *[other] There is no post “{ $said }”.
    } Write the code of a post, then the NIP, such as kadiv 19700101 199503 2 002. Codes of posts: { $posts }.
refusal-number-missing = { $whose ->
        [away] The NIP of the person who is away
        [plh] The NIP of the Plh.
       *[plt] The NIP of the Plt.
    } { $said ->
        [none] is missing.
       *[other] cannot be read: “{ $said }”.
    } Write 18 digits, such as 19700101 199503 2 002, or their office number, such as PPNPN-07.
refusal-person-unknown = Nobody with the number { $nip } is registered. Look the number up in /kelola, 👥 People.
refusal-nothing-to-stand-in-for = { $name } holds no post, so nobody need stand in.
refusal-already-away = { $name } is away already since { $since }. Call that off first.
refusal-absence-over = This is over or was called off.
refusal-own-plh = Nobody stands in for themselves. Choose somebody else.
refusal-plh-circle = Impossible: they would stand in for each other ({ $names }), and nobody would act.
refusal-plh-away = { $name } is away on these days, and has no Plh.
refusal-plh-unreachable = { $name } has no Telegram account at this bot.
refusal-plh-found = There is a Plh. already: { $name }.
refusal-request-over = This was answered already, or is not needed any more.
