"""The draft of the notice after a breach of personal data (UU 27/2022, pasal 46): what is known of whom.

The notice goes to the persons and to the authority within 3 times 24 hours. What only people know stays in brackets.
"""

from sqlalchemy import func, select, union

from models.case.attachment import Attachment, Keeping
from models.case.case import Case
from models.case.joined_report import JoinedReport
from models.office.person import Person
from models.repository.records import Records

_DRAFT = """PEMBERITAHUAN KEGAGALAN PELINDUNGAN DATA PRIBADI
(UU Nomor 27 Tahun 2022, Pasal 46: paling lambat 3 x 24 jam)

Konsep dibuat pada {at} oleh sistem disposisi {office}.

1. Kejadian
   Kapan dan bagaimana data terungkap: [diisi]
   Diketahui pada: [diisi]

2. Data pribadi yang dikelola sistem ini
   Identitas (nama, NIP atau nomor kantor, unit kerja): {people} orang
   Nomor akun Telegram: {accounts} orang
   Laporan: {cases}, dari {reporters} pelapor, {secret} di antaranya rahasia
   Berkas lampiran: {files}, {kept} di antaranya ada di arsip kantor
   Yang benar-benar terungkap: [diisi]

3. Upaya penanganan dan pemulihan
   [diisi]

4. Narahubung
   [diisi]

5. Orang yang datanya dikelola (nama, NIP, unit kerja)
{listed}
"""


def draft(records: Records) -> str:
    """Return the draft, in Indonesian, with counts, kinds of data and the list of the persons; none that was erased."""
    session, at = records.session, records.at.astimezone(records.calendar.zone)
    present = Person.erased_in.is_(None)
    rows = session.execute(select(Person.name, Person.nip, Person.unit).where(present).order_by(Person.name, Person.id))
    listed = [f"   {name}, {nip}{f', {unit}' if unit else ''}" for name, nip, unit in rows]

    accounts = select(func.count(Person.account_id)).where(present)
    reporters = union(select(Case.reporter_id.label("person")), select(JoinedReport.person_id.label("person")))
    secret = select(func.count(Case.id)).where(Case.confidential)
    files = select(func.count(Attachment.id)).where(Attachment.file_id != "")
    return _DRAFT.format(
        at=f"{at:%d-%m-%Y %H.%M %Z}",
        office=records.rules.office.name,
        people=len(listed),
        accounts=session.scalar(accounts),
        cases=session.scalar(select(func.count(Case.id))),
        reporters=session.scalar(select(func.count()).select_from(reporters.subquery())),
        secret=session.scalar(secret),
        files=session.scalar(files),
        kept=session.scalar(files.where(Attachment.keeping == Keeping.KEPT)),
        listed="\n".join(listed) or "   –",
    )
