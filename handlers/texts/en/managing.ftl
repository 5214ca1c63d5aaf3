# /kelola: the office at a glance, its lists, and what an admin does on each page.

administration = 🗂 <b>Administration</b> · { $office }
administration-counts = { "" }
    { $posts } posts{ $vacant ->
        [0] { "" }
       *[other] , <b>{ $vacant } vacant</b>
    } · { $people } people · { $expected } expected · { $admins } admins
button-posts = 🪑 Posts
button-people = 👥 People
button-expected = 📋 Expected
button-admins = 🛡 Admins
button-candidates = 👤 All candidates ({ $count })
button-unreached = 📮 Not delivered ({ $count })
page-of = <i>Page { $page } of { $pages }</i>
button-search = 🔎 Search…
button-show-all = ✖️ Show all
list-searched = 🔎 “{ $words }”: { $count ->
        [0] nothing found.
       *[other] { $count } found.
    }

list-of-posts = 🪑 <b>Posts</b> ({ $count })
list-of-people = 👥 <b>Registered people</b> ({ $count })
list-of-expected = 📋 <b>Expected, not registered yet</b> ({ $count })
list-of-admins = 🛡 <b>Admins</b> ({ $count })
list-of-candidates = 👤 <b>Waiting for consent</b> ({ $count })
list-of-unreached = 📮 <b>Not delivered</b> ({ $count })

people-line = • { $name }{ $admin ->
        [yes] { " " }🛡
       *[no] { "" }
    }{ $said ->
        [none] { "" }
       *[other] : { $said }
    }
admins-how = { "" }
    To add an admin: open the person under 👥 People, then 🛡 Make admin. A second person agrees.

post = 🪑 <b>{ $post }</b>
post-vacant = 🪑 <b>{ $post }</b>
    <i>vacant</i>
post-ended = ⏹ { $name } was just relieved; it can be undone until { $until }.
tenure-definitive = • { $name }
tenure-plt = • { $name } (Plt.)
tenure-plh = • { $name } (Plh.)
tenure-stands-in = • { $name } (Plh. of { $away })
button-invite = ✉️ Invite { $post }
button-invite-successor = 🔁 Replace { $post }
button-name-plt = 📝 Plt. by decree…
button-name-plh = 📝 Plh. by decree…
naming-plh = 📝 <b>{ $name }</b> holds several posts.
    For which of them is a Plh. named?
button-plh-everywhere = 🪑 All of them
button-plh-at = 🪑 { $post }
button-relieve-of = ⏹ End: { $name }
button-undo-relief = ↩️ Undo: { $name }

inviting-adds = ✉️ <b>Invite as { $post }</b>
    Nobody is replaced.
inviting-replaces = 🔁 <b>Invite as { $post }</b>
    Replaces <b>{ $name }</b>, whose time in the post ends as soon as the successor is accepted; the cards move along.
inviting-choose = ✉️ <b>Invite as { $post }</b>
    Who is replaced?
button-replace = 🔁 { $name }
button-replace-nobody = ➕ Nobody, one more
button-invite-anybody = 🔗 Make an invite
button-invite-nip = 🔢 Invite one NIP…
invitation-replaces = Replaces { $names }

turned-renamed = 🪑 The post has another code now; this is { $post }.
refusal-post-gone = The office file has this post no more. The page is drawn again.
turned-relieving = Not ended yet. Read first, then tap once more.
relieving = ⏹ <b>End the tenure?</b>
    { $name } · { $post }

    { $count ->
        [0] No card waits for them.
       *[other] { $count } cards wait for them ({ $numbers }).
    } { $kind ->
        [left] After that the post is with { $to }{ $count ->
            [0] .
           *[other] ; the cards go there.
        }
        [superiors] Nobody else holds it: the post is vacant. What waits there goes up to the superior ({ $to }) until there is a successor; the admins are told.
       *[nobody] Nobody else holds it, and nobody is above: what waits there goes to the deputy whom the office file names, or to the admins, until there is a successor.
    }
    It can be undone for 10 minutes. With a successor at hand, inviting them is enough.
button-relieve-now = ⏹ End it now
relieved = ⏹ { $name } no longer holds { $post }.
relieved-undoable = ⏹ { $name } no longer holds { $post }.
    A mistake? Until { $until } it can be undone: the post comes back, with the cards that nobody else has decided.
relieved-undone = ↩️ { $name } holds { $post } again.
button-undo = ↩️ Undo
toast-undone = ↩️ { $name } holds { $post } again.{ $count ->
        [0] { "" }
       *[other] { " " }{ $count } cards are back with them.
    }
tenure-restored = ↩️ You hold the post { $post } again; the cards that wait come back.
alert-reinstated = ↩️ { $name } holds the post { $post } again: { $by } has undone its end.
refusal-not-undoable = { $name } holds { $post } again, or the tenure was not ended with /kelola.
refusal-relief-stands = More than { $limit } minutes have passed, so it cannot be undone any more. Invite { $name } back under 🪑 Posts in /kelola.

person = 👤 <b>{ $name }</b>
    { $nip }
    Unit: { $unit }
person-rank = Rank: { $rank }
person-tenure = • { $post }
person-admin = 🛡 Admin
person-unbound = ⚠️ Without a Telegram account: not back yet since the phone was lost.
person-unreachable-since = ⚠️ Out of reach since { $since }{ $why ->
        [blocked] : has blocked the bot
        [deleted] : account deleted
        [not-started] : has not pressed Start
       *[unknown] { "" }
    }
button-write-unit = 🏢 Unit…
button-write-rank = 🎖 Rank…
button-open-invites = ✉️ Invites ({ $count })
open-invites = ✉️ <b>Open invites</b>{ $post ->
        [all] { "" }
       *[other] { " " }· { $post }
    }{ $count ->
        [0] { "" }. There are none.
       *[other] { "" }
    }
open-invite = <b>{ $number }.</b> { $about }
open-invite-post = { $post }
open-invite-admin = Admin
open-invite-office = Link for employees to register
open-invite-nip = { " " }· for NIP { $nip }
open-invite-by = { " " }· made by { $by ->
        [none] who runs the bot
       *[other] { $by }
    }, { $at }
open-invite-until = { " " }· until { $until }
open-invite-opened = { " " }· ⏳ opened, the registration is not complete
open-invite-waits = { " " }· 🙋 used by { $name }, who waits to be accepted (👤 on /kelola)
button-withdraw-invite = 🚫 Withdraw { $number }
withdrawing-invite = 🚫 <b>Withdraw this invite?</b>
    { $about }
    Link and code serve nobody from then on; a person who opens it reads that it was withdrawn. { $many ->
        [yes] Those who are registered, and those who wait to be accepted, stay.
       *[no] Make a new one if it is needed.
    }
button-withdraw-invite-now = 🚫 Yes, withdraw
toast-invite-withdrawn = 🚫 Withdrawn; the link serves nobody any more.
button-invite-back = ✉️ Invite back
button-lost-phone = 📵 Lost phone…
button-make-admin = 🛡 Make admin
button-dismiss-admin = 🛡 Dismiss as admin
button-resign-admin = 🛡 Resign as admin

unbinding = 📵 <b>Has { $name } lost the phone?</b>
    The Telegram account is taken at once. { $count ->
        [0] No card waits for them.
       *[other] { $count } cards that wait have no force there any more, and come again once they are back with a new account.
    }
    { $kind ->
        [own] This is your own account: afterwards you come back by an invite.
        [admin] They are an admin: a second person agrees first.
       *[other] Invite them back afterwards, to their post or by the employees' link. Not you agree that they are in again, but another admin, a superior, or the head of the office.
    }
button-unbind-now = 📵 Take the account
toast-unbound = 📵 The account of { $name } is taken. Invite them back.
alert-unbound = 📵 { $by } has taken the Telegram account of { $name }.

expected-line = • { $name }{ $unit ->
        [none] { "" }
       *[other] : { $unit }
    }
expected-one = 📋 <b>{ $name }</b>
    { $nip }
    Unit: { $unit }
    Comes in without consent when registering with this NIP by the employees' link.
expected-gone = 📋 This number is not on the list any more.
expected-kept = 📋 { $name } is on the list. Give them the registration link for employees.
button-expect = ➕ Add…
button-forget = ✖️ Take off the list
toast-forgotten = ✖️ { $name } is expected no longer.

write-search = 🔎 Write part of a name, or the beginning of a NIP, and send it.
write-expect = 📋 Write the NIP or office number, the full name, then a semicolon and the unit (which may be left out). For example:
    <code>19900101 201503 1 004 Umar Contoh; Subbagian Umum</code>
write-invite = 🔢 Write the NIP or office number of the person who is invited as <b>{ $name }</b>.
write-plh = 📝 Plh. of <b>{ $name }</b>. Write the NIP of the Plh. and the days; the number of the decree; its date. For example:
    <code>19800101 200501 2 003 1/12 - 5/12; W.25-KP.04-12; 20/11/2026</code>
write-plt = 📝 Plt. <b>{ $name }</b> until the post is filled. Write the NIP of the Plt.; the number of the decree; its date. For example:
    <code>19800101 200501 2 003; W.25-KP.04-13; 20/11/2026</code>
write-rank = 🎖 Write the rank (pangkat/golongan) of <b>{ $name }</b> as papers print it, such as: Penata (III/c). A - takes it away.
write-unit = 🏢 Write the unit of <b>{ $name }</b>.

toast-proposed = ⏳ Waits for a second person: { $names }.
proposed = ⏳ This gives yourself power, so a second person agrees first: { $names }. Valid for 24 hours.
proposed-for-another = ⏳ This gives power over admins or the head of the office, so a second person agrees first: { $names }. Valid for 24 hours.
proposal-done = ✅ Done. There is no other admin, and you head the office; the journal says so.
proposal-make-admin = 🛡 <b>{ $by }</b> proposes that <b>{ $name }</b> be an admin.
proposal-dismiss-admin = 🛡 <b>{ $by }</b> proposes that <b>{ $name }</b> be an admin no longer.
proposal-unbind = 📵 <b>{ $by }</b> proposes that the Telegram account of the admin <b>{ $name }</b> be taken, because the phone is lost.
proposal-name-plh = 📝 <b>{ $by }</b> proposes { $own ->
        [yes] to be
       *[no] that <b>{ $name }</b> be
    } Plh. of <b>{ $away }</b>, { $days }, by decree { $decree }.
proposal-act-plt = 📝 <b>{ $by }</b> proposes { $own ->
        [yes] to be
       *[no] that <b>{ $name }</b> be
    } Plt. <b>{ $post }</b>, by decree { $decree }.
proposal-restrict = 🔏 <b>{ $by }</b> proposes that the use of their own personal data be restricted: their words are not shown any more in cases that are over.
proposal-lift-restriction = 🔏 <b>{ $by }</b> proposes that the restriction of their own personal data be lifted.
proposal-why = A change of admins, power for oneself, a Plh. or Plt. of the head a Plh. of an admin, and a restriction of an admin's own data need a second person's agreement. Valid until { $until }.
proposal-is-agreed = ✅ { $name } has agreed.
proposal-is-refused = ❌ { $name } has refused.
proposal-is-over = Does not wait for you any more.
button-agree = ✅ Agree
button-disagree = ❌ Refuse
toast-agreed = ✅ Agreed: { $name }.
toast-disagreed = ❌ Refused; { $name } is told.
proposal-agreed = ✅ { $name } has agreed to your proposal: { $what ->
        [make-admin] { $person } is an admin now
        [dismiss-admin] { $person } is an admin no longer
        [unbind] the account of { $person } is taken
        [name-plh] { $person } is Plh.
        [restrict] the data of { $person } are restricted
        [lift-restriction] the data of { $person } are not restricted any more
       *[act-plt] { $person } is Plt.
    }.
proposal-refused = ❌ { $name } has refused your proposal: { $what ->
        [make-admin] { $person } as an admin
        [dismiss-admin] { $person } no longer an admin
        [unbind] to take the account of { $person }
        [name-plh] you as Plh.
        [restrict] to restrict the data of { $person }
        [lift-restriction] to lift the restriction of { $person }
       *[act-plt] you as Plt.
    }.
toast-admin-made = 🛡 { $name } is an admin now.
toast-dismissed = 🛡 { $name } is an admin no longer.
toast-resigned = 🛡 You are an admin no longer.
admin-made-you = 🛡 You are an admin now. /kelola: posts, people, invites, candidates.
refusal-second-missing = This needs a second person, and neither another admin nor the head of the office can be asked. The operator of the bot's machine can do it with the command disposisi.
refusal-proposal-over = This proposal was decided, is older than 24 hours, or is not yours to agree to.

unreached-waiting = ; { $count } wait for them
unreached-trying = ; <i>being tried…</i>
unreached-tried = ; tried { $at }, without success
unreached-how = { "" }
    Tap 🔁 and a name to try again now. A person who is reached leaves this list.
button-try-again = 🔁 { $name }
button-try-person-again = 🔁 Try again
toast-trying = 🔁 Trying to reach { $name }; what comes of it shows here.
toast-reachable = ✅ { $name } can be reached again.
try-again = 📮 The bot tries to reach you again. What waits for you follows.

unit-asked = 🏢 In which unit do you work? Its name shows on your reports. You are asked only once.
write-own-unit = 🏢 Write the name of your unit, and send it.
unit-kept = 🏢 Your unit: { $unit }
unit-skipped = 🏢 The unit is left open.
button-type-unit = ✍️ Write…
button-skip-unit = Skip
toast-unit = 🏢 { $unit }
command-kelola = Posts, people, invites
command-cuti = When you are away
