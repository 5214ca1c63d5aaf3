# Days that the calendar does not know: what the admins are asked.

alert-holidays-unknown = 📅 The office's calendar does not have the cuti bersama of { $name } yet{ $days ->
        [0] , although that year has begun
       *[other] ; that year begins in { $days } days
    }. Until then deadlines are counted without them. Once the decree is out, enter the days with /libur, or ask the operator to write them into the office file: <code>[[removed_days]]</code>, and then the year into <code>confirmed_years</code>.
alert-ramadan-unknown = 🌙 The office's calendar does not have the dates of { $name } yet. They are expected to be { $first_day } to { $last_day }, a day more or less{ $days ->
        [0] { "" }
       *[other] ; in { $days } days
    }. Until they are entered, deadlines are counted by the usual hours, and a reminder may come after the office has closed. Enter the dates and hours with /libur, or ask the operator to write them into the office file: <code>[[seasons]]</code>.
alert-season-estimated = 🌙 { $name } is an estimate in the office's calendar: { $first_day } to { $last_day }. After the sidang isbat compare the dates: change them with /libur, or ask the operator to correct them in the office file and to remove <code>estimated</code>.
