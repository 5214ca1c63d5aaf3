# The papers of a case: disposition sheet and evaluation report.

button-disposition-sheet = 📄 Disposition sheet
button-evaluation-report = 📄 Evaluation report (PDF)
under-disposition-sheet = 📄 <b>Disposition sheet { $number }</b>

    The QR code on the last page checks whether it is genuine.
under-evaluation-report = 📄 <b>Evaluation report { $number }</b>

    The QR code on the last page checks whether it is genuine.
under-evaluation-preview = 📄 <b>Preview of the evaluation report { $number }</b>

    This is how it will be printed. The report is not handed in yet.
