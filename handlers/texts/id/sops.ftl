# The SOPs of the office: their form and their chart.

command-sop = Naskah dan bagan SOP
sops-heading =
    { $count ->
        [1] 📚 <b>SOP kantor</b>
       *[other] 📚 <b>SOP kantor</b> ({ $count })
    }
sops-line =
    <b>{ $title }</b>
    { $number }
    { $counts }. { $since }.
sop-counts = { $steps } langkah, { $roles } pelaksana
sop-since = Berlaku sejak { $date }
button-sop-form-of = 📄 { $title }
button-sop-chart = 🗺 Bagan
sop-chart =
    🗺 <b>{ $title }</b>
    { $number }
sop-chart-step = { $step }. { $short } — { $role } · { $time }
sop-chart-decision = { $step }. { $short } — { $role } · { $time } · tidak: kembali ke { $back }
sop-chart-brief = { $step }. { $short }
sop-chart-heading = Langkah · mutu baku waktu
sop-chart-foot = Kotak ialah pekerjaan, belah ketupat keputusan. Disusun dari berkas SOP; yang mengikat ialah naskah yang ditandatangani.
sop-chart-no = Tidak
