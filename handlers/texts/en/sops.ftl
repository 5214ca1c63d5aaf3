# The SOPs of the office: their form and their chart.

command-sop = The form and chart of an SOP
sops-heading =
    { $count ->
        [1] 📚 <b>The SOP of the office</b>
       *[other] 📚 <b>The SOPs of the office</b> ({ $count })
    }
sops-line =
    <b>{ $title }</b>
    { $number }
    { $counts }. { $since }.
sop-counts = { $steps } steps, { $roles } roles
sop-since = In effect since { $date }
button-sop-form-of = 📄 { $title }
button-sop-chart = 🗺 Chart
sop-chart =
    🗺 <b>{ $title }</b>
    { $number }
sop-chart-step = { $step }. { $short } — { $role } · { $time }
sop-chart-decision = { $step }. { $short } — { $role } · { $time } · no: back to { $back }
sop-chart-brief = { $step }. { $short }
sop-chart-heading = Step · standard time
sop-chart-foot = A box is work, a diamond a decision. Drawn from the SOP file; what binds is the signed document.
sop-chart-no = No
