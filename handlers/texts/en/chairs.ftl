# A post in which nobody can decide: where its cards go, and how that is told.

capacity-admin = Admin
capacity-raised = { $capacity }, because { $because }

raised-vacant = the post { $post } is vacant
raised-unreachable = the holder of the post { $post } cannot be reached
raised-absent = the holder of the post { $post } is away without a Plh.
raised-mandate = the holder of the post { $post } is away and this step is not for a Plh.

card-raised-vacant = 🪑 It came up to this desk because the post { $post } is vacant.
card-raised-unreachable = 🪑 It came up to this desk because its time is over and the holder of the post { $post } cannot be reached.
card-raised-absent = 🪑 It came up to this desk because its time is over and the holder of the post { $post } is away without a Plh.
card-raised-mandate = 🪑 It came up to this desk because the holder of the post { $post } is away and this step is not for a Plh.
card-awaits-return = 🏖 You are away, and no Plh. may do this step: it waits for you.
status-awaits-return = 🏖 Its holder is away, and no Plh. may do this step: it waits until they are back.
card-raised-admins = { " " }No superior can be reached; the admins decide.

happened-rehome = 🪑 Moved to { $to }{ $why }
happened-rehome-why = , because { $because }

alert-raised = ⚠️ The post { $post } is vacant: { $number }, step { $step }, is now with { $to }. An admin can invite its new holder with /kelola.

card-visits = 🔁 { $count ->
        [2] Here for the second time.
        [3] Here for the third time.
       *[other] Here for the { $count }th time.
    }
nudge-overrun = 🔁 This report has been at that desk { $count } times, and since it was opened has taken longer than all steps of the SOP may together.
happened-overrun = 🔁 At this desk { $count } times, and longer under way than all steps of the SOP may take: the superior was told
happened-told = { " " }({ $names })
