# Several cards are chosen on /tugas and forwarded with one instruction.

button-select = ☑️ Teruskan beberapa
button-select-short = ☑️ Beberapa
button-select-open = ☐ { $number }
button-select-chosen = ☑️ { $number }
button-select-all = ☑️ Pilih semua ({ $count })
button-select-nothing = ☐ Lepas semua ({ $count })
button-select-note = ✍️ Instruksi
button-select-before = ‹ Hal.
button-select-after = Hal. ›
button-forward-selected = ✅ Teruskan { $count }
selection = <b>Pilih yang diteruskan bersama · { $chosen } dari { $count }</b>
selection-open = ☐ { $number }{ $subject }{ $role }
selection-chosen = ☑️ <b>{ $number }</b>{ $subject }{ $role }
selection-to = { " " }→ { $role }
selection-others = { $count } lainnya: teruskan dari kartunya.
selection-note = Instruksi: “{ $note }”
selection-none = Tidak ada lagi yang dapat diteruskan bersama.
prompt-expects-selection-note = ✍️ Tulis satu instruksi untuk { $count } kartu ini, lalu kirim; foto atau berkas boleh. Belum ada yang diteruskan.
turned-selecting = Pilih kartunya.
turned-select-one = { $count } dipilih.
turned-select-none = { $count ->
        [0] Tidak ada yang dipilih.
       *[other] { $count } dipilih.
    }
turned-select-most = { $limit } yang paling mendesak dipilih; paling banyak { $limit } sekali teruskan.
done-selection-note = ✍️ Instruksi disimpan. Ketuk [✅ Teruskan { $count }] pada daftar di atas.
done-together = { $together }
together-went = ✅ { $count } diteruskan ke { $to }: { $numbers }
together-stayed = ⛔ { $number } tidak diteruskan. { $why }
toast-together = ✅ { $count } diteruskan.
toast-together-left = ✅ { $count } diteruskan, { $left } tidak; sebabnya ada di bawah.
refusal-too-many-selected = Paling banyak { $limit } kartu sekali teruskan.
refusal-nothing-selected = Pilihan ini sudah tidak berlaku; belum ada yang diteruskan. Buka /tugas untuk memilih lagi.
refusal-changed-since-selected = Ada yang baru sejak dipilih; buka kartunya dahulu.
refusal-own-report = Anda sendiri pelapornya; teruskan dari kartunya.
