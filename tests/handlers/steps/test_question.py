"""The JFT Prakom asks, the reporter answers: in words, with an album, from a draft, too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.reporting import report
from handlers.steps import question
from models.case.attachment import Attachment, FileRecord
from models.case.case import Case
from models.case.evaluation import Part
from models.case.question import Question
from models.journal.chain import Entry
from models.refusals.work import NotYourTask
from models.repository.records import Records

if TYPE_CHECKING:
    from tests.handlers.conftest import Office, OpenOfficeAt

pytestmark = pytest.mark.databases("sqlite")

Photos = Callable[[int], list[FileRecord]]

NUMBER = "SW-2026-0001"


@pytest.fixture
def asked(open_office_at: OpenOfficeAt) -> Office:
    """A case at the JFT Prakom, whose question has just reached the reporter."""
    return open_office_at("asked", _asks)


def _asks(office: Office) -> None:
    budi, rina = office["budi"], office["rina"]
    budi.writes("SIMPEG tidak dapat dibuka.")
    budi.taps("Kirim")
    for name in ("bambang", "siti", "hendra", "maria"):
        office[name].does(NUMBER, lambda proceeding, task, by: proceeding.forward(task, by=by))
    rina.taps("Tanya pelapor")
    rina.writes("Pesan galat apa yang muncul?")


def questions(office: Office) -> list[Question]:
    return office.work(lambda records: list(records.session.scalars(select(Question).order_by(Question.id))))


def files(office: Office) -> list[str]:
    found = select(Attachment.file_unique_id).order_by(Attachment.id)
    return office.work(lambda records: list(records.session.scalars(found)))


def journal(office: Office) -> list[str]:
    def read(records: Records) -> list[str]:
        chain = records.case_numbered(NUMBER).case.chain
        return list(
            records.session.scalars(chain.entries.select().order_by(Entry.sequence).with_only_columns(Entry.action))
        )

    return office.work(read)


def test_the_question_reaches_the_reporter_and_whoever_asked_goes_on(asked: Office) -> None:
    card = asked["budi"].chat.last
    assert card.text == (
        f"❓ Pertanyaan tentang {NUMBER} dari JFT Prakom Rina Mokoginta:\n"
        "“Pesan galat apa yang muncul?”\nBalas pesan ini; foto boleh."
    )
    assert card.labels == ["✍️ Jawab", "🗺 Alur SOP"]
    rina = asked["rina"]
    assert rina.chat.last.text.startswith(f"❓ Pertanyaan untuk Budi Santoso ({NUMBER}) dikirim.")
    assert rina.chat.last.silent
    assert "❓ Tanya pelapor" in rina.chat.find("PENANGANAN").labels


def test_a_reply_answers_it(asked: Office) -> None:
    budi = asked["budi"]
    card = budi.chat.last
    budi.writes("ORA-00018", reply_to=card.message_id)
    assert card.text.endswith("✅ Jawaban Anda: “ORA-00018”")
    assert card.labels == []
    assert budi.chat.last.text == f"💬 Jawaban untuk {NUMBER} disampaikan."
    assert "ORA-00018" in asked["rina"].chat.find("Jawaban pelapor").text
    assert "ORA-00018" in asked["rina"].chat.find("PENANGANAN").text

    budi.writes("Maaf, ORA-00020", reply_to=card.message_id)
    assert budi.chat.last.text.startswith("Pertanyaan ini sudah dijawab.")
    assert [one.answer for one in questions(asked)] == ["ORA-00018"]


def test_the_flow_of_the_case_is_one_tap_from_an_open_question(asked: Office) -> None:
    budi = asked["budi"]
    card = budi.chat.last
    assert budi.taps("Alur SOP", on=card) == f"{NUMBER}: lihat di bawah."
    assert budi.chat.last.text.startswith(f"🗺 POSISI {NUMBER}")
    budi.taps("✍️ Jawab", on=card)
    budi.writes("ORA-00018")
    assert card.labels == [], "an answered question is no card to tap any more"


def test_the_button_takes_the_next_message_and_can_be_left(asked: Office) -> None:
    budi = asked["budi"]
    card = budi.chat.last
    assert budi.taps("Jawab") == "✍️ Tulis jawaban Anda, lalu kirim; foto boleh."
    assert card.labels == ["« Kembali"]
    budi.taps("Kembali")
    assert card.labels == ["✍️ Jawab", "🗺 Alur SOP"]
    budi.writes("Ada masalah lain")
    assert "Draf laporan" in budi.chat.last.text
    budi.taps("✍️ Jawab", on=card)
    budi.writes("ORA-00018")
    assert [one.answer for one in questions(asked)] == ["ORA-00018"]


def test_an_album_answers_whole_and_what_follows_is_a_report(asked: Office, photos: Photos) -> None:
    budi = asked["budi"]
    budi.taps("Jawab")
    album = "1357924680135792468013579"
    for text, file in zip(("Layar galat", "", ""), photos(3), strict=True):
        budi.writes(text, file=file, album=album)
    assert files(asked) == ["unique-1", "unique-2", "unique-3"]
    assert [one.answer for one in questions(asked)] == ["Layar galat"]
    assert journal(asked)[-3:] == ["answer", "attach", "attach"]
    assert "📎 3" in asked["rina"].chat.find("PENANGANAN").text

    budi.writes("Cetakan juga buram")
    assert budi.chat.last.text == "📝 Draf laporan\n“Cetakan juga buram”"


def test_the_button_of_an_answered_question_asks_for_nothing(asked: Office) -> None:
    budi = asked["budi"]
    card = budi.chat.last
    token = next(key.token or "" for key in card.keys if "Jawab" in key.label)
    budi.writes("ORA-00018", reply_to=card.message_id)

    assert "sudah dijawab" in budi.presses(token, card.message_id)
    budi.writes("Cetakan juga buram")
    assert "Draf laporan" in budi.chat.last.text


def test_another_album_after_the_answer_is_a_report(asked: Office, photos: Photos) -> None:
    budi = asked["budi"]
    budi.taps("Jawab")
    first, second, third = photos(3)
    budi.writes("Layar galat", file=first, album="9")
    for file in (second, third):
        budi.writes(file=file, album="10")
    assert files(asked) == ["unique-1"]
    assert "2 foto" in budi.chat.find("Draf laporan").text


def test_an_album_may_reply_to_the_card(asked: Office, photos: Photos) -> None:
    budi = asked["budi"]
    card = budi.chat.last.message_id
    for file in photos(2):
        budi.writes(file=file, album="9", reply_to=card)
    assert files(asked) == ["unique-1", "unique-2"]
    assert [one.answer for one in questions(asked)] == ["📷 Foto"]


def test_cancelling_after_an_album_has_nothing_to_cancel(asked: Office, photos: Photos) -> None:
    budi = asked["budi"]
    budi.taps("Jawab")
    budi.writes("Layar galat", file=photos(1)[0], album="9")
    budi.sends("/batal", report.cancel)
    assert budi.chat.last.text == "Tidak ada yang perlu dibatalkan."


def test_a_draft_becomes_the_answer(asked: Office, photos: Photos) -> None:
    budi = asked["budi"]
    budi.writes("ORA-00018", file=photos(1)[0])
    assert f"↩️ Jadikan jawaban {NUMBER}" in budi.chat.last.labels
    assert budi.taps("Jadikan jawaban") == f"💬 Jawaban untuk {NUMBER} disampaikan."
    assert budi.chat.last.text == f"↩️ Draf ini menjadi jawaban untuk {NUMBER}."
    assert ([one.answer for one in questions(asked)], files(asked)) == (["ORA-00018"], ["unique-1"])
    assert len(asked.work(lambda records: list(records.session.scalars(select(Case.id))))) == 1

    budi.writes("Laporan lain")
    assert not any("Jadikan jawaban" in label for label in budi.chat.last.labels)


def test_an_answer_too_long_for_a_message_is_asked_for_again(asked: Office) -> None:
    budi = asked["budi"]
    budi.taps("Jawab")
    budi.writes("a" * 20_001)
    assert budi.chat.last.text.startswith("Terlalu panjang: 20.001 huruf, paling banyak 20.000.")
    assert "sebagai dokumen" in budi.chat.last.text
    budi.writes("a" * 20_000)
    assert [len(one.answer or "") for one in questions(asked)] == [20_000]


@pytest.mark.parametrize(("size", "pages"), [(2000, 0), (2001, 1), (20_000, 6)])
def test_an_answer_too_long_for_its_news_follows_it_in_pages(asked: Office, size: int, pages: int) -> None:
    budi, rina = asked["budi"], asked["rina"]
    budi.taps("Jawab")
    budi.writes("a" * size)
    news = rina.chat.find("Jawaban pelapor untuk")
    assert news.text.count("a" * 1999) == 1
    assert ("…" in news.text) == (pages > 0)
    after = rina.chat.messages[rina.chat.messages.index(news) + 1 :]
    assert len(after) == pages
    assert sum(one.text.count("a") for one in after) >= (size if pages else 0)


def test_only_the_reporter_answers(asked: Office) -> None:
    dewi = asked["dewi"]

    def intrude(records: Records) -> None:
        question.answer(records, dewi.message("Saya tahu"), records.known(dewi.account_id), question_id=1)

    with pytest.raises(NotYourTask):
        asked.work(intrude)


def test_the_end_of_the_case_overtakes_the_question(asked: Office) -> None:
    def end(records: Records) -> None:
        proceeding = records.case_numbered(NUMBER)
        while (task := proceeding.case.open_task) is not None:
            tenure = records.lock_office().tenures_of(task.post)[0]
            kind = proceeding.sop.step(task.step).kind
            if kind.rules.handles:
                for part in Part:
                    proceeding.write(task, part, "Selesai.", by=tenure)
                proceeding.submit(task, by=tenure)
            else:
                proceeding.sign_off(task, kind.rules.onward, by=tenure)
            records.session.flush()

    asked.work(end)
    asked.deliver()
    budi = asked["budi"]
    card = budi.chat.find("Pertanyaan tentang")
    assert card.text.endswith(f"{NUMBER} sudah ditutup; pertanyaan ini tidak perlu dijawab lagi.")
    budi.writes("ORA-00018", reply_to=card.message_id)
    assert budi.chat.find("tidak masuk lagi ke sana").text.startswith(f"🏁 {NUMBER} sudah selesai")
    assert budi.chat.last.text == f"📝 Draf laporan lanjutan {NUMBER}\n“ORA-00018”"
    assert [one.answer for one in questions(asked)] == [None]


def test_a_question_needs_words_and_has_a_length(asked: Office, photos: Photos) -> None:
    rina = asked["rina"]
    rina.taps("Tanya pelapor")
    assert "Ketuk pertanyaan untuk pelapor" in rina.chat.find("PENANGANAN").text
    rina.writes(file=photos(1)[0])
    assert rina.chat.last.text.startswith("Tuliskan dengan kata-kata")
    rina.writes("a" * 801)
    assert rina.chat.last.text.startswith("Terlalu panjang: 801 huruf")
    assert "dokumen" not in rina.chat.last.text, "a file was just refused"
    rina.writes("Seperti ini?", file=photos(1)[0])
    assert "dikirim tanpa berkasnya" in rina.chat.last.text
    assert [one.text for one in questions(asked)][1:] == ["Seperti ini?"]


def test_a_reporter_without_an_account_is_named_to_whoever_asks(asked: Office) -> None:
    asked.work(lambda records: setattr(records.known(asked["budi"].account_id), "account_id", None))
    rina = asked["rina"]
    rina.taps("Tanya pelapor")
    rina.writes("Sejak kapan?")
    assert rina.chat.last.text.startswith(f"⚠️ Pertanyaan ({NUMBER}) dicatat, tetapi Budi Santoso tidak dapat")
