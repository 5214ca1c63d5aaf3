# Several cards are chosen on /tugas and forwarded with one instruction.

button-select = ☑️ Forward several
button-select-short = ☑️ Several
button-select-open = ☐ { $number }
button-select-chosen = ☑️ { $number }
button-select-all = ☑️ Choose all ({ $count })
button-select-nothing = ☐ Choose none ({ $count })
button-select-note = ✍️ Instruction
button-select-before = ‹ Page
button-select-after = Page ›
button-forward-selected = ✅ Forward { $count }
selection = <b>Choose what to forward together · { $chosen } of { $count }</b>
selection-open = ☐ { $number }{ $subject }{ $role }
selection-chosen = ☑️ <b>{ $number }</b>{ $subject }{ $role }
selection-to = { " " }→ { $role }
selection-others = { $count } more only from their cards.
selection-note = Instruction: “{ $note }”
selection-none = Nothing is left that can be forwarded together.
prompt-expects-selection-note = ✍️ Write one instruction for these { $count } cards and send it; photos and files are welcome. Nothing has been forwarded yet.
turned-selecting = Choose the cards.
turned-select-one = { $count } chosen.
turned-select-none = { $count ->
        [0] Nothing is chosen.
       *[other] { $count } chosen.
    }
turned-select-most = The { $limit } most urgent are chosen; { $limit } can be forwarded at once.
done-selection-note = ✍️ Instruction kept. Tap [✅ Forward { $count }] on the list above.
done-together = { $together }
together-went = ✅ { $count } forwarded to { $to }: { $numbers }
together-stayed = ⛔ { $number } was not forwarded. { $why }
toast-together = ✅ { $count } forwarded.
toast-together-left = ✅ { $count } forwarded, { $left } not; the reasons are below.
refusal-too-many-selected = At most { $limit } cards can be forwarded at once.
refusal-nothing-selected = This choice no longer holds; nothing was forwarded. Open /tugas to choose again.
refusal-changed-since-selected = Something is new since it was chosen; open its card first.
refusal-own-report = You reported this yourself; forward it from its card.
