"""What officials do on their cards: forward, instruct, choose, write, return; and what a card promises it keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.looking import status
from models.administration import appointment
from models.case.attachment import Attachment, FileRecord
from models.case.case import CaseState
from models.case.evaluation import Part
from models.chase.sweep import chase_due
from models.journal.chain import Entry
from models.office.person import Person
from models.proof import verification
from models.rules.actions import Outcome
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai, Shown

pytestmark = pytest.mark.databases("sqlite")

Photos = Callable[[int], list[FileRecord]]

FIRST, SECOND = "SW-2026-0001", "SW-2026-0002"


def begins(office: Office, text: str = "SIMPEG tidak dapat dibuka") -> str:
    """Let Budi report, and return the case's number."""

    def begin(records: Records) -> str:
        budi = records.session.get_one(Person, office["budi"].id)
        return records.begin(a_report(text), reporter=budi, sop="penanganan-masalah-software").case.number

    number = office.work(begin)
    office.deliver()
    return number


def card(person: Pegawai, number: str) -> Shown:
    """Return the person's newest card of a case's task."""
    return [one for one in person.chat.messages if number in one.text and "langkah" in one.text][-1]


def to_step(office: Office, number: str, step: int) -> None:
    """Let the first officials forward a case, and Maria give it to Rina."""
    for name in ("bambang", "siti", "hendra")[: step - 1]:
        office[name].taps("Teruskan ke", on=card(office[name], number))
    if step > 4:
        office["maria"].taps("Teruskan ke", on=card(office["maria"], number))
        office["maria"].taps("Rina Mokoginta", on=card(office["maria"], number))


def evaluates(office: Office, number: str, words: str = "Isi.") -> None:
    """Let Rina write the Laporan Evaluasi and hand it in."""
    rina = office["rina"]
    rina.taps("Laporan Evaluasi", on=card(rina, number))
    for part in ("Temuan", "Penyebab", "Tindakan", "Hasil", "Rekomendasi"):
        rina.taps(f"Isi {part}")
        rina.writes(f"{part}: {words}")
    rina.taps("Ajukan")


def refusals(office: Office, number: str) -> list[tuple[str, str]]:
    """Return what was asked for and refused in a case, as its journal tells."""

    def read(records: Records) -> list[tuple[str, str]]:
        chain = records.case_numbered(number).case.chain
        entries = select(Entry).where(Entry.chain_id == chain.id, Entry.action == "refuse").order_by(Entry.sequence)
        found = records.session.scalars(entries.options(joinedload(Entry.payload)))
        bodies = [entry.payload.body or {} for entry in found if entry.payload is not None]
        return [(body["asked"], body["refusal"]) for body in bodies]

    return office.work(read)


def attached(office: Office) -> list[str]:
    found = select(Attachment.file_unique_id).order_by(Attachment.id)
    return office.work(lambda records: list(records.session.scalars(found)))


def verified(office: Office) -> bool:
    """Whether the journal tells the cases and their files as they are."""
    return office.work(lambda records: verification.verify(records.session)).verifies


def test_instructions_and_a_note_go_along(office: Office) -> None:
    begins(office)
    bambang, siti = office["bambang"], office["siti"]
    bambang.taps("Instruksi & catatan")
    assert bambang.taps("Tindak lanjuti") == "☑ Tindak lanjuti"
    bambang.taps("Laporkan hasilnya")
    assert bambang.taps("Laporkan hasilnya") == "☐ Laporkan hasilnya"
    bambang.taps("Tulis catatan")
    bambang.writes("Mohon <b>prioritas</b> & segera.")
    assert "Mohon <b>prioritas</b> & segera." in bambang.chat.find("DISPOSISI").text
    bambang.taps("Teruskan ke Kadiv")
    told = card(siti, FIRST).text
    assert "Mohon <b>prioritas</b> & segera." in told
    assert "☑ Tindak lanjuti" in told
    assert "Laporkan hasilnya" not in told


def test_a_reply_to_the_card_is_its_note(office: Office) -> None:
    begins(office)
    bambang = office["bambang"]
    bambang.writes("Mohon segera.", reply_to=bambang.chat.find("DISPOSISI").message_id)
    bambang.taps("Teruskan ke Kadiv")
    assert "Mohon segera." in office["siti"].chat.find("DISPOSISI").text


def test_a_note_awaited_for_one_case_is_still_awaited_after_another_was_forwarded(office: Office) -> None:
    begins(office)
    begins(office, "SAKTI menolak dokumen")
    bambang = office["bambang"]
    bambang.taps("Instruksi & catatan", on=card(bambang, FIRST))
    bambang.taps("Tulis catatan", on=card(bambang, FIRST))
    bambang.taps("Teruskan ke", on=card(bambang, SECOND))
    assert "Tulis catatan untuk Kadiv" in card(bambang, FIRST).text

    bambang.writes("Mohon segera.")

    assert "Mohon segera." in card(bambang, FIRST).text


def test_the_way_back_on_one_card_leaves_what_another_awaits(office: Office) -> None:
    begins(office)
    begins(office, "SAKTI menolak dokumen")
    bambang = office["bambang"]
    bambang.taps("Instruksi & catatan", on=card(bambang, SECOND))
    bambang.taps("Instruksi & catatan", on=card(bambang, FIRST))
    bambang.taps("Tulis catatan", on=card(bambang, FIRST))
    bambang.taps("« Kembali", on=card(bambang, SECOND))
    bambang.writes("Mohon segera.")
    assert "Mohon segera." in card(bambang, FIRST).text


def test_a_second_card_that_asks_takes_over_from_the_first(office: Office) -> None:
    begins(office)
    begins(office, "SAKTI menolak dokumen")
    for number in (FIRST, SECOND):
        to_step(office, number, 5)
    rina = office["rina"]
    rina.taps("Tanya pelapor", on=card(rina, FIRST))
    assert "Ketuk pertanyaan untuk pelapor" in card(rina, FIRST).text

    rina.taps("Laporan Evaluasi", on=card(rina, SECOND))
    rina.taps("Isi Temuan")

    assert "Ketuk pertanyaan untuk pelapor" not in card(rina, FIRST).text
    rina.writes("Sesi basis data menumpuk.")
    assert f"✍️ Penyebab untuk {SECOND}" in rina.chat.last.text
    found = office.case(SECOND).evaluation_draft
    assert found is not None
    assert found.findings == "Sesi basis data menumpuk."


def test_a_card_shown_anew_awaits_nothing_and_the_next_message_is_a_report(office: Office) -> None:
    begins(office)
    bambang = office["bambang"]
    bambang.taps("Tolak")
    bambang.taps("Tulis alasan")
    bambang.sends("/tugas", status.tasks)
    bambang.taps("0001")
    bambang.taps("Teruskan ke")
    bambang.writes("Printer di ruang saya mati.")
    assert "Draf laporan" in bambang.chat.last.text
    assert office.case(FIRST).state is CaseState.OPEN


@pytest.mark.parametrize("step", [1, 2])
def test_a_note_keeps_its_files_until_the_disposition_takes_them_along(
    office: Office, photos: Photos, step: int
) -> None:
    begins(office)
    to_step(office, FIRST, step)
    holder = office[("bambang", "siti")[step - 1]]
    shown = card(holder, FIRST).message_id
    first, second = photos(2)
    holder.writes(file=first, reply_to=shown)
    assert "Catatan dan 📎 1 disimpan." in holder.chat.find("mengirimkannya").text
    holder.writes("Lihat gambar.", file=second, reply_to=shown)
    assert "Catatan dan 📎 2 disimpan." in holder.chat.find("mengirimkannya").text
    assert "Lihat gambar." in holder.chat.find("DISPOSISI").text
    assert attached(office) == []
    holder.taps("Teruskan ke")
    assert attached(office) == ["unique-1", "unique-2"]
    assert verified(office)


def test_a_screenshot_is_a_correction_and_a_reason_to_send_back(office: Office, photos: Photos) -> None:
    begins(office)
    to_step(office, FIRST, 2)
    siti = office["siti"]
    siti.taps("↩️ Kembalikan")
    siti.taps("Tulis alasan")
    siti.writes(file=photos(1)[0])
    assert office.case(FIRST).tasks[1].outcome is Outcome.SENT_BACK
    assert office.case(FIRST).tasks[1].note == "📷 Foto"
    assert attached(office) == ["unique-1"]
    assert verified(office)


def test_a_reporter_is_told_in_words_why_and_gets_the_files_with_them(office: Office, photos: Photos) -> None:
    begins(office)
    bambang, budi = office["bambang"], office["budi"]
    bambang.taps("Tolak")
    bambang.taps("Tulis alasan")
    bambang.writes(file=photos(1)[0])
    assert bambang.chat.last.text.startswith("Tuliskan dengan kata-kata; berkas saja tidak cukup")
    assert office.case(FIRST).state is CaseState.OPEN
    bambang.writes("Lihat formulir ini.", file=photos(1)[0])
    assert office.case(FIRST).state is CaseState.DECLINED
    assert [file["file_unique_id"] for file in budi.chat.files[-1].files] == ["unique-1"]
    assert verified(office)


def test_a_note_beside_a_running_step_keeps_its_files(office: Office, photos: Photos) -> None:
    begins(office)
    to_step(office, FIRST, 5)
    rina = office["rina"]
    rina.writes("Lihat gambar.", file=photos(1)[0], reply_to=card(rina, FIRST).message_id)
    assert rina.chat.last.text == f"🗒 Catatan dan 📎 1 untuk {FIRST} disimpan."
    assert attached(office) == ["unique-1"]
    assert verified(office)


def test_work_is_not_offered_to_whoever_has_no_account(office: Office) -> None:
    begins(office)
    office.work(lambda records: setattr(records.session.get_one(Person, office["andi"].id), "account_id", None))
    to_step(office, FIRST, 4)

    assert office["maria"].taps("Teruskan ke") == "✅ Diteruskan ke JFT Prakom."
    assert card(office["rina"], FIRST).labels


def test_a_colleagues_card_says_who_took_the_case(office: Office) -> None:
    begins(office)
    to_step(office, FIRST, 4)
    office["maria"].taps("Teruskan ke")
    office["maria"].taps("Siapa saja")
    office["rina"].taps("Mulai tangani")
    left = card(office["andi"], FIRST)
    assert "Ditangani oleh Rina Mokoginta" in left.text
    assert left.labels == []


def test_a_refused_message_is_noted_in_the_journal_and_leaves_what_is_awaited_elsewhere(office: Office) -> None:
    begins(office)
    begins(office, "SAKTI menolak dokumen")
    bambang = office["bambang"]
    decided = card(bambang, FIRST).message_id
    bambang.taps("Teruskan ke", on=card(bambang, FIRST))
    bambang.taps("Instruksi & catatan", on=card(bambang, SECOND))
    bambang.taps("Tulis catatan", on=card(bambang, SECOND))

    bambang.writes("Tambahan: mohon segera.", reply_to=decided)

    assert "Sudah diputuskan (diteruskan) oleh Bambang Wijaya" in bambang.chat.last.text
    assert refusals(office, FIRST) == [("note", "task-already-decided")]
    bambang.writes("Mohon segera.")
    assert "Mohon segera." in card(bambang, SECOND).text
    assert refusals(office, SECOND) == []


def test_a_reason_for_a_case_that_was_decided_meanwhile_is_refused_and_noted(office: Office) -> None:
    begins(office)
    bambang = office["bambang"]
    bambang.taps("Tolak")
    bambang.taps("Tulis alasan")
    bambang.does(FIRST, lambda proceeding, task, by: proceeding.forward(task, by=by))
    bambang.writes("Bukan urusan kami.")
    assert "Sudah diputuskan (diteruskan)" in bambang.chat.last.text
    assert refusals(office, FIRST) == [("decline-reason", "task-already-decided")]
    assert office.case(FIRST).state is CaseState.OPEN


def test_a_refused_answer_is_noted_in_the_journal(office: Office) -> None:
    begins(office)
    to_step(office, FIRST, 5)
    budi, rina = office["budi"], office["rina"]
    rina.taps("Tanya pelapor")
    rina.writes("Sejak kapan?")
    question = budi.chat.find("Sejak kapan?").message_id
    budi.writes("Sejak pagi.", reply_to=question)
    budi.writes("Eh, sejak kemarin.", reply_to=question)
    assert refusals(office, FIRST) == [("answer", "question-already-answered")]


def test_what_is_refused_again_and_again_is_noted_once_a_minute(office: Office) -> None:
    begins(office)
    to_step(office, FIRST, 5)
    budi, rina = office["budi"], office["rina"]
    rina.taps("Tanya pelapor")
    rina.writes("Sejak kapan?")
    card = budi.chat.find("Sejak kapan?")
    button = card.keys[0]
    budi.writes("Sejak pagi.", reply_to=card.message_id)
    for number in range(40):
        budi.writes(f"Lagi {number}", reply_to=card.message_id)
        budi.presses(button.token or "", card.message_id)
    again = ("answer", "question-already-answered")
    assert refusals(office, FIRST) == [again], "of taps and messages alike"
    office.passes(timedelta(minutes=1))
    budi.writes("Sekali lagi", reply_to=card.message_id)
    assert refusals(office, FIRST) == [again, again]


def test_whoever_judges_sees_the_report_however_much_was_said_before(office: Office) -> None:
    begins(office, "Masalah yang panjang. " * 60)
    to_step(office, FIRST, 5)
    budi, rina = office["budi"], office["rina"]
    for index in range(4):
        rina.taps("Tanya pelapor", on=card(rina, FIRST))
        rina.writes(f"Pertanyaan {index}: " + "apa lagi? " * 60)
        question = budi.chat.find(f"Pertanyaan {index}").message_id
        budi.writes(f"Jawaban {index}: " + "tidak tahu. " * 60, reply_to=question)
    evaluates(office, FIRST, "kata " * 200)

    judged = card(office["maria"], FIRST).text
    assert "LAPORAN EVALUASI · revisi 1" in judged
    assert "Rekomendasi: Rekomendasi: kata" in judged

    office["maria"].taps("Lampiran")
    said = "\n".join(one.text for one in office["maria"].chat.messages)
    assert "Masalah yang panjang. " * 50 in said
    assert ("kata " * 200).strip() in said
    for index in range(4):
        assert f"Jawaban {index}: " + ("tidak tahu. " * 60).strip() in said


def test_a_long_note_is_read_whole_by_whoever_gets_it(office: Office) -> None:
    begins(office)
    bambang, siti = office["bambang"], office["siti"]
    note = "Mohon diperhatikan. " * 90
    bambang.writes(note, reply_to=bambang.chat.find("DISPOSISI").message_id)
    bambang.taps("Teruskan ke Kadiv")
    assert note.strip() in siti.chat.find("DISPOSISI").text, "the fold has it"
    siti.taps("Lampiran")
    assert note.strip() in "\n".join(one.text for one in siti.chat.messages)


def test_a_returned_report_names_the_reason_and_begins_a_new_round(office: Office) -> None:
    begins(office)
    to_step(office, FIRST, 5)
    evaluates(office, FIRST)
    maria, rina = office["maria"], office["rina"]
    maria.taps("Kembalikan dengan koreksi")
    maria.taps("Tulis alasan")
    maria.writes("Penyebab belum jelas.")
    assert "Penyebab belum jelas." in card(rina, FIRST).text
    assert office.case(FIRST).round == 2


def test_a_tap_on_the_reminder_of_a_decided_task_is_noted_in_its_journal(office: Office) -> None:
    begins(office)
    bambang = office["bambang"]
    office.passes(timedelta(minutes=25))
    office.work(chase_due)
    office.deliver()
    reminder = bambang.chat.find("jatuh tempo")
    button = next(key for key in reminder.keys if "Buka kartu" in key.label)
    bambang.taps("Teruskan ke")
    assert "Sudah diputuskan" in bambang.presses(button.token or "", reminder.message_id)
    assert refusals(office, FIRST) == [("open-card", "task-already-decided")]


def test_a_stale_way_back_on_a_draft_that_was_sent_changes_nothing(office: Office) -> None:
    budi = office["budi"]
    budi.writes("SIMPEG tidak dapat dibuka")
    budi.taps("Ubah")
    shown = budi.chat.find("Draf laporan")
    back = next(key for key in shown.keys if "Kembali" in key.label)
    budi.presses(back.token or "", shown.message_id)
    budi.taps("Kirim")
    assert "Keadaan sudah berubah" in budi.presses(back.token or "", shown.message_id)
    assert f"Draf ini terkirim sebagai {FIRST}" in budi.chat.find("Draf ini").text


def test_reasons_fit_a_button_in_every_language(office: Office) -> None:
    for language in office.texts.languages:
        say = office.texts.say(language)
        codes = [f"reasons-{what}-{index}" for what in ("send-back", "decline", "return") for index in (1, 2, 3)]
        assert max(len(say.plain(code)) for code in codes) <= 64


def loses_account(office: Office, name: str) -> None:
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, office[name].id)))
    office.deliver()


def reads(office: Office, name: str, language: str) -> None:
    office.work(lambda records: setattr(records.session.get_one(Person, office[name].id), "language", language))


UNTOLD = {"id": ("pelapor diberi tahu", "tidak terhubung lagi dengan bot"), "en": ("is told", "no longer connected")}
"""What is said of a reporter who is told, and of one who has no account any more."""


@pytest.mark.parametrize("language", UNTOLD)
@pytest.mark.parametrize("lost", [False, True])
def test_only_a_reporter_with_an_account_is_said_to_be_told_that_it_has_begun_or_ended(
    office: Office, language: str, *, lost: bool
) -> None:
    begins(office)
    to_step(office, FIRST, 5)
    if lost:
        loses_account(office, "budi")
    rina, bambang = office["rina"], office["bambang"]
    reads(office, "rina", language)
    started = rina.taps("Mulai tangani")
    rina.does(FIRST, lambda proceeding, task, by: [proceeding.write(task, part, "Isi.", by=by) for part in Part])
    rina.does(FIRST, lambda proceeding, task, by: proceeding.submit(task, by=by))
    office["maria"].taps("Benar, teruskan")
    office["hendra"].taps("Benar, teruskan")
    office["siti"].taps("Setujui")
    reads(office, "bambang", language)
    shown = bambang.chat.find(FIRST)
    closed = bambang.presses(shown.keys[0].token or "", shown.message_id)
    assert office.case(FIRST).state is CaseState.CLOSED
    for toast in (started, closed):
        assert [words in toast for words in UNTOLD[language]] == [not lost, lost]


@pytest.mark.parametrize("language", UNTOLD)
@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("written", [False, True])
def test_only_a_reporter_with_an_account_is_said_to_be_told_why_it_was_declined(
    office: Office, language: str, *, lost: bool, written: bool
) -> None:
    begins(office)
    if lost:
        loses_account(office, "budi")
    bambang = office["bambang"]
    bambang.taps("Tolak")
    if written:
        bambang.taps("Tulis alasan")
        reads(office, "bambang", language)
        bambang.writes("Bukan masalah software.")
        said = bambang.chat.last.text
    else:
        shown = bambang.chat.find(FIRST)
        reads(office, "bambang", language)
        key = next(key for key in shown.keys if "Sudah dilaporkan" in key.label)
        said = bambang.presses(key.token or "", shown.message_id)
    assert office.case(FIRST).state is CaseState.DECLINED
    assert [words in said for words in UNTOLD[language]] == [not lost, lost]


def dewi_joins(office: Office) -> None:
    def join(records: Records) -> None:
        records.case_numbered(FIRST).join(by=records.session.get_one(Person, office["dewi"].id), text="Saya juga.")

    office.work(join)
    office.deliver()


ALL_TOLD = "pelapor diberi tahu alasannya."
NONE_TOLD = "pelapor tidak terhubung lagi dengan bot. Sampaikan alasannya langsung."


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ((), ALL_TOLD),
        (("budi",), "Budi Santoso tidak terhubung lagi dengan bot. Sampaikan alasannya langsung."),
        (("dewi",), "Dewi Kartika tidak terhubung lagi dengan bot. Sampaikan alasannya langsung."),
        (("budi", "dewi"), NONE_TOLD),
    ],
)
def test_of_several_reporters_those_are_named_who_are_not_told(
    office: Office, lost: tuple[str, ...], said: str
) -> None:
    begins(office)
    dewi_joins(office)
    for name in lost:
        loses_account(office, name)
    bambang = office["bambang"]
    bambang.taps("Tolak")
    toast = bambang.taps("Sudah dilaporkan")
    assert said in toast
    assert (NONE_TOLD in toast) is (len(lost) == 2)
