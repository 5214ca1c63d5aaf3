"""Joining an office: an invite, the link that is opened, and what a newcomer writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.people import registration
from models.administration import admission, appointment
from models.office.invitation import ExpectedPerson, InviteKind
from models.office.person import Person
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai, Stranger

NIP = "19700101 199503 2 002"
EKA = "197001011995032002"
SOFTWARE = "penanganan-masalah-software"


def code_for(office: Office, kind: InviteKind, post: str | None = None, *, nip: str | None = EKA) -> str:
    """Return the code of a new invite, as the command line issues it: for a post or an admin it names Eka."""
    named = None if kind is InviteKind.OFFICE else nip
    return office.work(lambda records: admission.invite(records, kind, post=post, nip=named).renew())


def opens(account: Pegawai, code: str) -> None:
    account.sends(f"/start {code}", registration.start)


def joins(account: Stranger, code: str, words: str = f"{NIP} Eka Sumual, S.Kom.") -> str:
    opens(account, code)
    account.writes(words)
    return account.taps("Benar, ini saya")


def posts(office: Office, account: Pegawai) -> list[str]:
    person_id = account.person.id
    return office.work(lambda records: records.lock_office().posts_of(records.session.get_one(Person, person_id)))


def expects(office: Office, nip: str, name: str = "", unit: str = "") -> None:
    office.work(lambda records: records.session.add(ExpectedPerson(nip=nip, name=name, unit=unit)))


def reported(office: Office) -> str:
    """Let Budi report a problem; return the case's number."""

    def report(records: Records) -> str:
        person = records.session.get_one(Person, office["budi"].id)
        return records.begin(a_report("SIMPEG tidak dapat dibuka"), reporter=person, sop=SOFTWARE).case.number

    number = office.work(report)
    office.deliver()
    return number


def loses_phone(office: Office, name: str) -> None:
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, office[name].id)))
    office.deliver()
