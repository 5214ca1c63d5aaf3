# Looking for cases: /cari, and searching from the message field.

search-asks = 🔎 What do you look for? Send words of a report, a number, or the name of a reporter. For example: <i>printer counter</i>, <i>0147</i>, <i>november 2026</i>.
search-no-words = 🔎 “{ $words }” cannot be looked for. Send a more telling word, of two letters at least, or the number of a report.
search-nothing = 🔎 There is no report with <b>{ $words }</b> that you may read.
search-filling = 🔎 There is no report with <b>{ $words }</b> yet. Older reports are still being taken into the search; try again in a few minutes.
search-found = 🔎 <b>{ $words }</b> · { $more ->
        [yes] the newest { $count } reports
       *[other] reports: { $count }
    }
search-partly = <i>None has all of the words; these have some.</i>
search-joined = <i>Of the reports of others that you joined (“saya juga”) the newest { $count } alone were looked through.</i>
search-at = { " " }· step { $step }, { $post }{ $holder }
search-holder = { " " }({ $holder })
button-search-again = 🔎 Other words
button-search-state = { $state ->
        [open] Open only
        [over] Over only
       *[other] Open and over
    }
button-search-month = { $month ->
        [all] 📅 Any time
       *[other] 📅 { $month }
    }
button-search-sop = { $sop ->
        [all] Every SOP
       *[other] SOP { $sop }
    }
button-search-mine = { $mine ->
        [yes] ☑ My part
       *[other] ☐ My part
    }
inline-open = open, step { $step }, { $post }
inline-closed = closed
inline-declined = declined
inline-moved = moved
inline-withdrawn = withdrawn
inline-more = 🔎 Search in the bot’s chat
