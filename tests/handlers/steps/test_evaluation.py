"""Writing the Laporan Evaluasi in chat: part by part, with files, handed in, returned and handed in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.screens.evaluation import REPORT, changed_parts, report_lines
from handlers.texts.catalogue import Texts
from handlers.texts.shorten import length
from handlers.views.evaluation import evaluation_view
from models.case.attachment import FileRecord
from models.case.evaluation import Evaluation, Part
from models.mail.conversation import Conversation, Expects
from models.office.person import Person
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, OpenOfficeAt, Pegawai

pytestmark = pytest.mark.databases("sqlite")

NUMBER = "SW-2026-0001"
PARTS = ("Temuan", "Penyebab", "Tindakan", "Hasil", "Rekomendasi")


@pytest.fixture
def rina(office: Office) -> Pegawai:
    return office["rina"]


@pytest.fixture
def office(open_office_at: OpenOfficeAt) -> Office:
    """An office with a case that was just given to Rina."""
    return open_office_at("given to Rina", _gives)


def _gives(office: Office) -> None:
    def begin(records: Records) -> None:
        budi = records.session.get_one(Person, office["budi"].id)
        records.begin(a_report("SIMPEG tidak dapat dibuka"), reporter=budi, sop="penanganan-masalah-software")

    office.work(begin)
    office.deliver()
    for name in ("bambang", "siti", "hendra"):
        office[name].does(NUMBER, lambda proceeding, task, by: proceeding.forward(task, by=by))
    chosen = office["rina"].id

    def give(records: Records) -> None:
        maria = records.session.get_one(Person, office["maria"].id)
        proceeding = records.case_numbered(NUMBER)
        task = proceeding.case.open_task
        assert task is not None
        to = next(person for person in proceeding.candidates(task) if person.id == chosen)
        proceeding.forward(task, by=records.tenure(maria, task), to=to)

    office.work(give)
    office.deliver()


def fills(rina: Pegawai, *, words: str = "Isi") -> None:
    """Write every part, from the card as it stands or from the editor."""
    if not any("Ajukan" in label for label in rina.chat.last.labels):
        rina.taps("Laporan Evaluasi")
    for part in PARTS:
        label = next(label for label in rina.chat.last.labels if label.endswith(part))
        rina.taps(label)
        rina.writes(f"{words} {part}")


def awaited(office: Office, person: Pegawai) -> Expects:
    """Return what the person's next message will be taken for."""
    return office.work(lambda records: records.session.get_one(Conversation, person.account_id).expects)


def draft(office: Office) -> Evaluation:
    found = office.case(NUMBER).evaluation_draft
    assert found is not None
    return found


def cards(rina: Pegawai) -> list[str]:
    """Return the first line of each of the chat's messages that have buttons."""
    return [shown.text.partition("\n")[0] for shown in rina.chat.messages if shown.keyboard]


def test_parts_are_written_in_any_order_and_the_editor_follows_the_words(office: Office, rina: Pegawai) -> None:
    rina.taps("Laporan Evaluasi")
    assert "Temuan untuk SW-2026-0001: tulis lalu kirim" in rina.chat.last.text
    rina.taps("Kembali")
    assert rina.chat.last.text.startswith("📝 LAPORAN EVALUASI SW-2026-0001\nrevisi 1 · draf tersimpan 08.30 WITA")
    assert rina.chat.last.labels[:5] == [f"Isi {part}" for part in PARTS]

    card = rina.chat.last.message_id
    rina.taps("Isi Hasil")
    assert "Hasil untuk SW-2026-0001: tulis lalu kirim" in rina.chat.last.text
    rina.writes("SIMPEG dapat dibuka.")

    assert rina.chat.last.message_id > card
    assert len(cards(rina)) == 1
    assert "Rekomendasi untuk SW-2026-0001: tulis lalu kirim" in rina.chat.last.text
    rina.taps("Kembali")
    assert "☑ Hasil: SIMPEG dapat dibuka." in rina.chat.last.text
    assert "☐ Temuan" in rina.chat.last.text
    assert "Belum diisi: Temuan, Penyebab, Tindakan, dan Rekomendasi." in rina.chat.last.text
    assert "Ubah Hasil" in rina.chat.last.labels
    assert awaited(office, rina) == Expects.NOTHING


def test_a_written_part_is_shown_to_be_copied_and_written_anew(office: Office, rina: Pegawai) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Isi Temuan")
    rina.writes("Sesi <b>penuh</b> & macet.")
    rina.taps("Ubah Temuan")
    assert "<pre>Sesi &lt;b&gt;penuh&lt;/b&gt; &amp; macet.</pre>" in rina.chat.last.html
    rina.writes("Sesi basis data penuh.")
    assert draft(office).findings == "Sesi basis data penuh."


def test_going_back_from_a_part_leaves_it_as_it_was(office: Office, rina: Pegawai) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Isi Temuan")
    rina.taps("Kembali")
    assert "☐ Temuan" in rina.chat.last.text
    assert awaited(office, rina) == Expects.NOTHING
    rina.taps("Kembali")
    assert "PENANGANAN SW-2026-0001" in rina.chat.last.text


def test_a_report_with_empty_parts_is_not_taken_and_names_them(office: Office, rina: Pegawai) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Isi Temuan")
    rina.writes("Sesi basis data penuh.")
    rina.taps("Kembali")
    toast = rina.taps("Ajukan")
    assert toast == "Laporan Evaluasi belum lengkap: Penyebab, Tindakan, Hasil, dan Rekomendasi."
    assert office.case(NUMBER).submitted is None
    assert draft(office).findings == "Sesi basis data penuh."
    assert "☑ Temuan" in rina.chat.last.text


def test_a_whole_report_goes_to_the_corrector_and_the_editor_is_gone(office: Office, rina: Pegawai) -> None:
    fills(rina)
    assert "Semua bagian terisi; siap diajukan." in rina.chat.last.text
    assert rina.taps("Ajukan") == "📨 Laporan Evaluasi diajukan ke Kasubbag Humas, RB & IT."

    assert office.case(NUMBER).submitted is not None
    assert rina.chat.last.labels == ["🗺 Alur SOP", "🕘 Riwayat"]
    assert "Laporan Evaluasi diajukan oleh Rina Mokoginta (JFT Prakom)" in rina.chat.last.text
    assert "Temuan: Isi Temuan" in office["maria"].chat.last.text


def test_a_report_that_changed_since_the_button_was_drawn_is_not_handed_in(office: Office, rina: Pegawai) -> None:
    fills(rina)
    shown = rina.chat.last
    token = next(key.token or "" for key in shown.keys if "Ajukan" in key.label)
    rina.taps("Ubah Hasil")
    rina.writes("SIMPEG dapat dibuka lagi.")

    assert "sudah berubah" in rina.presses(token, shown.message_id)
    assert draft(office).submitted_at is None


def test_a_returned_report_is_written_on_and_what_changed_is_marked(office: Office, rina: Pegawai) -> None:
    fills(rina)
    rina.taps("Ajukan")
    note = "Simpulan belum memuat penyebab."
    office["maria"].does(NUMBER, lambda proceeding, task, by: proceeding.give_back(task, by=by, note=note))

    rina.taps("Laporan Evaluasi")
    assert "revisi 2" in rina.chat.last.text
    assert f"Koreksi Maria Tangka:\n{note}" in rina.chat.last.text
    assert "☑ Temuan: Isi Temuan" in rina.chat.last.text
    rina.taps("Ubah Penyebab")
    rina.writes("Batas sesi terlalu kecil.")
    rina.taps("Ajukan")

    judged = office["maria"].chat.last.text
    assert "Berubah sejak revisi sebelumnya: Penyebab" in judged
    assert "✏️ Penyebab: Isi Penyebab → kini: Batas sesi terlalu kecil." in judged
    assert "✏️ Temuan" not in judged


def test_an_album_is_attached_whole_below_one_card(
    office: Office, rina: Pegawai, photos: Callable[[int], list[FileRecord]]
) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Lampiran")
    for file in photos(4):
        rina.writes(file=file, album="77")
    assert "📎 4 lampiran" in rina.chat.last.text
    assert len(cards(rina)) == 1
    rina.taps("Cukup")
    assert "📎 4 lampiran" in rina.chat.last.text
    assert awaited(office, rina) == Expects.NOTHING


def test_an_album_that_answers_the_card_is_attached_whole(
    rina: Pegawai, photos: Callable[[int], list[FileRecord]]
) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Lampiran")
    card = rina.chat.last.message_id
    for file in photos(3):
        rina.writes(file=file, album="78", reply_to=card)
    assert "📎 3 lampiran" in rina.chat.last.text
    assert not [shown for shown in rina.chat.messages if "tidak dapat disimpan" in shown.text]


def test_words_on_an_album_fill_the_part_and_its_pictures_are_attached(
    office: Office, rina: Pegawai, photos: Callable[[int], list[FileRecord]]
) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Isi Temuan")
    first, *others = photos(3)
    rina.writes("Layar galat seperti ini.", file=first, album="79")
    for file in others:
        rina.writes(file=file, album="79")
    assert draft(office).findings == "Layar galat seperti ini."
    assert "☑ Temuan ☐ Penyebab ☐ Tindakan ☐ Hasil ☐ Rekomendasi · 📎 3" in rina.chat.last.text


def test_a_picture_instead_of_words_is_kept_and_the_words_still_awaited(
    office: Office, rina: Pegawai, photos: Callable[[int], list[FileRecord]]
) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Isi Temuan")
    for file in photos(3):
        rina.writes(file=file, album="80")
    told = [shown.text for shown in rina.chat.messages if "Sekarang kirim teks" in shown.text]
    assert told == ["📎 Lampiran untuk SW-2026-0001 disimpan. Sekarang kirim teks bagian yang diminta."]
    rina.writes("Sesi penuh.")
    assert draft(office).findings == "Sesi penuh."
    assert "Rekomendasi · 📎 3" in rina.chat.last.text


def test_words_where_files_are_awaited_are_answered(office: Office, rina: Pegawai) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Lampiran")
    rina.writes("Sebentar, saya cari fotonya.")
    assert rina.chat.last.text.startswith("Yang ditunggu adalah lampiran untuk SW-2026-0001.")
    assert awaited(office, rina) == Expects.EVALUATION_FILE


def test_a_hundred_pictures_are_cut_at_the_limit_and_told_once(
    office: Office, rina: Pegawai, photos: Callable[[int], list[FileRecord]]
) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Lampiran")
    for index, file in enumerate(photos(100)):
        rina.writes(file=file, album=str(index // 10))
    assert "📎 20 lampiran" in rina.chat.find("Kirim foto").text
    told = [shown for shown in rina.chat.messages if "Paling banyak 20 lampiran" in shown.text]
    assert len(told) == 8
    assert office.case(NUMBER).open_task is not None


def test_words_that_are_too_long_are_refused_and_still_awaited(office: Office, rina: Pegawai) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Isi Temuan")
    rina.writes("x" * 20_001)
    assert "Terlalu panjang: 20.001 huruf, paling banyak 20.000" in rina.chat.last.text
    assert awaited(office, rina) == Expects.EVALUATION_PART
    rina.writes("y" * 20_000)
    assert draft(office).findings == "y" * 20_000


def test_a_long_report_is_previewed_in_pages_and_shown_short_to_its_judges(office: Office, rina: Pegawai) -> None:
    rina.taps("Laporan Evaluasi")
    for part in PARTS:
        rina.taps(f"Isi {part}")
        rina.writes(f"{part} <abc> " * 200)
    before = len(rina.chat.messages)
    rina.taps("Pratinjau")
    *pages, paper = rina.chat.messages[before:]
    assert "Beginilah cetakannya nanti" in paper.text
    headings = [page.text.partition("\n")[0].rpartition(" · ")[2] for page in pages]
    assert list(dict.fromkeys(headings)) == list(PARTS)
    assert sum(page.text.count("Temuan <abc>") for page in pages) == 200
    rina.taps("Ajukan")
    assert "Rekomendasi: Rekomendasi <abc>" in office["maria"].chat.last.text


def test_a_short_report_is_previewed_in_one_message(rina: Pegawai) -> None:
    fills(rina)
    before = len(rina.chat.messages)
    assert rina.taps("Pratinjau") == "📄 Pratinjau dikirim di bawah."
    page, _ = rina.chat.messages[before:]
    assert [part for part in PARTS if f"{part}\nIsi {part}" in page.text] == list(PARTS)


def test_a_report_in_letters_that_count_twice_is_previewed_in_messages_that_fit(rina: Pegawai) -> None:
    """Telegram counts a letter outside the basic plane as two."""
    rina.taps("Laporan Evaluasi")
    for part in PARTS:
        rina.taps(f"Isi {part}")
        rina.writes("😀" * 690)
    before = len(rina.chat.messages)
    rina.taps("Pratinjau")
    pages = rina.chat.messages[before:]
    assert sum(page.text.count("😀") for page in pages) == 5 * 690
    assert max(length(page.text) for page in pages) <= 4096


def test_words_that_are_too_long_by_what_telegram_counts_are_refused(rina: Pegawai) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Isi Temuan")
    rina.writes("😀" * 10_001)
    assert "Terlalu panjang: 20.002 huruf, paling banyak 20.000" in rina.chat.last.text


def test_words_for_a_report_that_was_taken_away_are_refused_once(office: Office, rina: Pegawai) -> None:
    rina.taps("Laporan Evaluasi")
    rina.taps("Isi Temuan")

    def leave(records: Records) -> None:
        for tenure in records.lock_office().tenures:
            if tenure.person_id == rina.id:
                tenure.ends_at = records.at

    office.work(leave)
    rina.writes("Sesi basis data penuh.")
    assert "Ini bukan tugas Anda sekarang; yang berwenang: Andi Pratama." in rina.chat.last.text
    assert awaited(office, rina) == Expects.NOTHING
    assert draft(office).findings == ""


def test_a_button_of_an_editor_long_gone_says_who_handed_the_report_in(rina: Pegawai) -> None:
    fills(rina)
    editor = rina.chat.last
    token = next(key.token for key in editor.keys if key.label == "Ubah Temuan")
    rina.taps("Ajukan")
    toast = rina.presses(token or "", editor.message_id)
    assert "oleh Rina Mokoginta, 08.30 WITA" in toast


def test_only_whoever_holds_the_task_may_write(office: Office, rina: Pegawai) -> None:
    rina.taps("Laporan Evaluasi")
    key = next(key for key in rina.chat.last.keys if key.label == "Isi Temuan")
    assert "tidak berlaku" in office["andi"].presses(key.token or "", rina.chat.last.message_id)
    assert draft(office).author_id == rina.id


def test_an_old_card_is_left_standing_without_buttons_where_it_cannot_be_deleted(office: Office, rina: Pegawai) -> None:
    old = rina.chat.last
    office.passes(timedelta(days=3))
    rina.taps("Laporan Evaluasi")
    rina.taps("Isi Temuan")
    rina.writes("Sesi basis data penuh.")
    assert old in rina.chat.messages
    assert not old.keyboard
    assert "☑ Temuan" in rina.chat.last.text


def test_words_of_nothing_but_signs_are_drawn_whole(office: Office, rina: Pegawai) -> None:
    fills(rina, words="<&>" * 1000)
    rina.taps("Ubah Hasil")
    assert rina.chat.last.text.count("<&>") == 1000
    rina.taps("Kembali")
    rina.taps("Pratinjau")
    assert sum(shown.text.count("<&>") for shown in rina.chat.messages if "revisi 1 · Hasil" in shown.text) > 900
    rina.taps("Ajukan")
    note = "&" * 2000
    office["maria"].does(NUMBER, lambda proceeding, task, by: proceeding.give_back(task, by=by, note=note))
    rina.taps("Laporan Evaluasi")
    assert "Koreksi Maria Tangka:\n&&&" in rina.chat.last.text


def test_the_report_for_judges_gives_long_parts_what_short_ones_leave(office: Office) -> None:
    at = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    report = Evaluation.after(None, author_id=1, at=at)
    for part, letters in zip(Part, (10, 10, 10, 10, 9000), strict=True):
        report.write(part, "kata " * (letters // 5), at=at)
    say = Texts.load(office.rules.office.calendar.zone).say("id")
    text = "\n".join(report_lines(evaluation_view(report, None), say, room=2200, limit=100))
    assert 2000 < len(text) <= 2600
    assert "Berubah" not in text
    assert "Temuan" in text

    again = Evaluation.after(report, author_id=1, at=at)
    unchanged = "\n".join(report_lines(evaluation_view(again, report), say, room=REPORT, limit=100))
    assert "Tidak ada bagian yang berubah" in unchanged


def test_a_revision_shows_old_beside_new_and_folds_the_rest(office: Office) -> None:
    at = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    report = Evaluation.after(None, author_id=1, at=at)
    for part in Part:
        report.write(part, f"Isi {part.value}.", at=at)
    again = Evaluation.after(report, author_id=1, at=at)
    again.write(Part.RESULT, "SIMPEG dapat dibuka kembali.", at=at)
    again.write(Part.CAUSE, "Sesi menumpuk. " * 20, at=at)
    view, say = evaluation_view(again, report), Texts.load(office.rules.office.calendar.zone).say("id")

    cause, result = changed_parts(view, say, limit=100)
    assert result == "✏️ <b>Hasil</b>: <s>Isi result.</s> → kini: SIMPEG dapat dibuka kembali."
    assert "kini: Sesi menumpuk. " in cause
    assert cause.endswith("…")

    folded = "\n".join(report_lines(view, say, room=REPORT, limit=100))
    assert "Berubah sejak revisi sebelumnya: Penyebab dan Hasil" in folded
    assert "<b>Temuan</b>: Isi findings." in folded, "what did not change can be unfolded"
    assert f"→ kini: {('Sesi menumpuk. ' * 20).strip()}" in folded, "what is cut above is whole below"
    assert "SIMPEG dapat dibuka kembali." not in folded


def test_a_part_that_was_empty_before_says_so(office: Office) -> None:
    at = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    report = Evaluation.after(None, author_id=1, at=at)
    again = Evaluation.after(report, author_id=1, at=at)
    again.write(Part.RESULT, "Pulih.", at=at)
    say = Texts.load(office.rules.office.calendar.zone).say("id")
    (result,) = changed_parts(evaluation_view(again, report), say, limit=100)
    assert "<s>–</s> → kini: Pulih." in result
