# The papers of a case: disposition sheet and evaluation report.

button-disposition-sheet = 📄 Disposition sheet
button-evaluation-report = 📄 Evaluation report (PDF)
under-disposition-sheet = 📄 <b>Disposition sheet { $number }</b>

    The QR code on the last page checks whether it is genuine.
under-evaluation-report = 📄 <b>Evaluation report { $number }</b>

    The QR code on the last page checks whether it is genuine.
under-evaluation-preview = 📄 <b>Preview of the evaluation report { $number }</b>

    This is how it will be printed. The report is not handed in yet.

# Whether a paper is genuine.

paper-unknown = ⛔ <b>Unknown.</b> This code stands on no paper that this office has issued. Do not trust the sheet.
paper-genuine = ✅ <b>Genuine.</b> This code belongs to the { $kind ->
        [laporan-evaluasi] evaluation report
       *[lembar-disposisi] disposition sheet
    } { $number } that this office has issued, as of { $at }.

    Hold that number and time against your sheet: a code can be copied to another sheet.
paper-genuine-file = ✅ <b>Genuine.</b> This file is, byte for byte, the { $kind ->
        [laporan-evaluasi] evaluation report
       *[lembar-disposisi] disposition sheet
    } { $number } that this office has issued, as of { $at }.
paper-file-unknown = ⛔ <b>Not our file.</b> This file is, byte for byte, no paper that this office has issued. It was changed, or another program has saved it again. Scan its QR code, then ask for the genuine paper.
paper-not-fetched = That file cannot be fetched: it has more than 5 MB, or Telegram does not hand it out. Our papers are much smaller.
paper-how = Send the PDF with the caption <code>/periksa</code>, or reply to the PDF with /periksa. A printed sheet is checked by scanning its QR code.
paper-current = ✅ <b>Genuine and current.</b> { $kind ->
        [laporan-evaluasi] Evaluation report
       *[lembar-disposisi] Disposition sheet
    } { $number }, as of { $at }. Nothing has changed since.
paper-older = 🕘 <b>Genuine, but older.</b> { $kind ->
        [laporan-evaluasi] Evaluation report
       *[lembar-disposisi] Disposition sheet
    } { $number }, as of { $at }.
paper-subject = Subject: { $subject }
paper-since = { $count ->
        [one] One thing has happened since:
       *[other] { $count } things have happened since; the last of them:
    }
paper-compare = The sheet in your hand must be the same as the paper below.
