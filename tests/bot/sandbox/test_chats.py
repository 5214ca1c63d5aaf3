from __future__ import annotations

from datetime import timedelta
from typing import Protocol

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox


class Time(Protocol):
    def passes(self, span: timedelta) -> None: ...


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label.lower())] for label in labels])


async def test_a_tap_travels_and_its_answer_comes_back(bot: Bot, budi: Person) -> None:
    await bot.send_message(budi.user_id, "Kartu", reply_markup=keyboard("Teruskan", "Kembalikan"))
    press = budi.taps("Teruskan")
    assert press.answer is None

    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.from_user.id, query.data) == (1001, "teruskan")
    await query.answer("Diteruskan.", show_alert=True)
    assert await press.answered() == "Diteruskan."
    assert press.alert

    await query.edit_message_text("Sudah diteruskan")
    assert budi.sees("Sudah diteruskan")
    assert budi.last.edited
    assert not budi.last.buttons


async def test_tapping_what_is_not_there_shows_the_chat(bot: Bot, budi: Person) -> None:
    await bot.send_message(budi.user_id, "Kartu", reply_markup=keyboard("Teruskan"))
    with pytest.raises(AssertionError, match=r"sees no button “Setujui”(?s:.*)Kartu(?s:.*)\[Teruskan\]"):
        budi.taps("Setujui")


async def test_the_newest_live_button_is_tapped(bot: Bot, budi: Person) -> None:
    await bot.send_message(budi.user_id, "lama", reply_markup=keyboard("Kirim"))
    newest = await bot.send_message(budi.user_id, "baru", reply_markup=keyboard("Kirim laporan", "Kirim"))
    press = budi.taps("Kirim")
    assert (press.message.message_id, press.data) == (newest.message_id, "kirim")


async def test_forged_data_arrives_as_it_was_made(bot: Bot, budi: Person) -> None:
    await bot.send_message(budi.user_id, "Kartu", reply_markup=keyboard("Teruskan"))
    budi.taps("Teruskan").forged("bukan-milik-saya")
    assert [update.callback_query.data for update in await bot.get_updates() if update.callback_query] == [
        "teruskan",
        "bukan-milik-saya",
    ]


async def test_an_answer_is_refused_when_late_or_repeated(bot: Bot, budi: Person, time: Time) -> None:
    await bot.send_message(budi.user_id, "Kartu", reply_markup=keyboard("Teruskan"))
    first = budi.taps("Teruskan")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    await update.callback_query.answer()
    assert first.answer == ""
    with pytest.raises(BadRequest, match="Query is too old"):
        await update.callback_query.answer()

    budi.taps("Teruskan")
    late = (await bot.get_updates(offset=update.update_id + 1))[0].callback_query
    assert late is not None
    time.passes(timedelta(seconds=151))
    with pytest.raises(BadRequest, match="Query is too old"):
        await late.answer()


async def test_a_toast_has_room_for_200_characters(bot: Bot, budi: Person) -> None:
    await bot.send_message(budi.user_id, "Kartu", reply_markup=keyboard("Teruskan"))
    press = budi.taps("Teruskan")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    with pytest.raises(BadRequest, match=r"(?i)MESSAGE_TOO_LONG"):
        await update.callback_query.answer("x" * 201)
    await update.callback_query.answer("x" * 200)
    assert press.answer == "x" * 200


async def test_a_stranger_must_write_first(bot: Bot, sandbox: Sandbox) -> None:
    siti = sandbox.person(1002, "Siti")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(siti.user_id, "Halo")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(999, "Halo")
    siti.follows("https://t.me/disposisi_demo_bot?start=KODE-1")
    await bot.send_message(siti.user_id, "Halo")
    assert siti.sees("Halo")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start KODE-1"
    assert update.message.parse_entities(["bot_command"]).popitem()[1] == "/start"


async def test_a_deleted_account_is_refused_without_a_word_before(bot: Bot, budi: Person) -> None:
    budi.leaves_telegram()
    assert not await bot.get_updates()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(budi.user_id, "Halo")


async def test_a_blocked_bot_is_told_and_then_refused(bot: Bot, budi: Person) -> None:
    budi.blocks_bot()
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(budi.user_id, "Halo")
    budi.unblocks()
    await bot.send_message(budi.user_id, "Halo")
    assert budi.sees("Halo")


async def test_attachments_travel_by_file_id(bot: Bot, sandbox: Sandbox, budi: Person) -> None:
    siti = sandbox.person(1002, "Siti", started=True)
    budi.sends_album(2, "dua tangkapan layar")
    budi.sends_document("galat.log", "text/plain", 13, content=b"baris pertama")
    budi.sends_voice(seconds=30)
    budi.sends_video("rekaman")
    updates = await bot.get_updates()
    messages = [update.message for update in updates if update.message]
    assert messages[0].media_group_id == messages[1].media_group_id is not None
    assert messages[0].caption == "dua tangkapan layar"

    photos = [InputMediaPhoto(message.photo[-1].file_id) for message in messages[:2]]
    sent = await bot.send_media_group(siti.user_id, photos, caption="<b>Lampiran</b>", parse_mode=ParseMode.HTML)
    assert len(sent) == 2
    document, voice, video = messages[2].document, messages[3].voice, messages[4].video
    assert document is not None
    assert voice is not None
    assert voice.duration == timedelta(seconds=30)
    assert video is not None
    await bot.send_document(siti.user_id, document.file_id)
    await bot.send_voice(siti.user_id, voice.file_id)
    await bot.send_video(siti.user_id, video.file_id)
    assert [message.media.kind.value for message in siti.received if message.media] == [
        "photo",
        "photo",
        "document",
        "voice",
        "video",
    ]
    assert siti.received[0].caption == "Lampiran"
    assert bytes(await (await document.get_file()).download_as_bytearray()) == b"baris pertama"


async def test_the_small_size_of_a_photo_is_another_file(bot: Bot, budi: Person) -> None:
    budi.sends_photo()
    (update,) = await bot.get_updates()
    assert update.message is not None
    small, large = update.message.photo
    await bot.send_photo(budi.user_id, small.file_id)
    await bot.send_photo(budi.user_id, large.file_id)
    assert [message.media.name for message in budi.received if message.media] == ["kecil-photo-1.png", "photo-1.png"]


async def test_an_upload_can_be_sent_on(bot: Bot, budi: Person) -> None:
    sent = await bot.send_document(budi.user_id, b"\r\n--isi\r\nbiner\x00\xff\r\n", filename="Laporan akhir.pdf")
    assert sent.document is not None
    assert sent.document.file_name == "Laporan akhir.pdf"
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"\r\n--isi\r\nbiner\x00\xff\r\n"
    album = [InputMediaDocument(b"satu", filename="1.txt"), InputMediaDocument(b"dua", filename="2.txt")]
    await bot.send_media_group(budi.user_id, album)
    assert [message.media.content for message in budi.received[1:] if message.media] == [b"satu", b"dua"]


async def test_wrong_files_are_refused(bot: Bot, budi: Person) -> None:
    document = budi.sends_document(size=21 * 1024 * 1024)
    assert document.media is not None
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_photo(budi.user_id, "tidak-ada")
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type Document as Photo"):
        await bot.send_photo(budi.user_id, document.media.file_id)
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(document.media.file_id)
    photo = budi.sends_photo().media
    assert photo is not None
    with pytest.raises(BadRequest, match="2-10 items"):
        await bot.send_media_group(budi.user_id, [InputMediaPhoto(photo.file_id)])


async def test_messages_are_copied_forwarded_pinned_and_deleted(bot: Bot, budi: Person, time: Time) -> None:
    original = budi.says("laporan saya")
    copied = await bot.copy_message(budi.user_id, budi.user_id, original.message_id)
    forwarded = await bot.forward_message(budi.user_id, budi.user_id, original.message_id)
    assert forwarded.forward_origin is not None
    assert [message.text for message in budi.received] == ["laporan saya", "laporan saya"]
    await bot.pin_chat_message(budi.user_id, copied.message_id)
    assert budi.received[0].pinned

    await bot.delete_message(budi.user_id, copied.message_id)
    assert [message.message_id for message in budi.received] == [forwarded.message_id]
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(budi.user_id, copied.message_id)
    time.passes(timedelta(hours=49))
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(budi.user_id, forwarded.message_id)


async def test_replies_are_kept_and_checked(bot: Bot, budi: Person) -> None:
    card = await bot.send_message(budi.user_id, "Kartu")
    nudge = await bot.send_message(
        budi.user_id, "Jatuh tempo", reply_to_message_id=card.message_id, disable_notification=True
    )
    assert nudge.reply_to_message is not None
    assert budi.last.reply_to is not None
    assert budi.last.reply_to.text == "Kartu"
    assert budi.last.silent
    budi.says("catatan", reply_to=budi.last)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message == nudge

    await bot.delete_message(budi.user_id, card.message_id)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(budi.user_id, "?", reply_to_message_id=card.message_id)
    await bot.send_message(budi.user_id, "tetap", reply_to_message_id=card.message_id, allow_sending_without_reply=True)
    assert budi.last.reply_to is None


async def test_a_group_hides_from_the_bot_what_is_not_meant_for_it(bot: Bot, sandbox: Sandbox, budi: Person) -> None:
    group = sandbox.group(-100777, "Kepegawaian", [budi])
    talk = budi.says("SIMPEG mati lagi", into=group)
    budi.says("/lapor@bot_lain", reply_to=talk, into=group)
    budi.says("/lapor", reply_to=talk, into=group)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.text == "SIMPEG mati lagi"
    assert update.message.chat.type == "supergroup"

    await bot.send_message(group.chat_id, "Dicatat.")
    assert group.sees("Dicatat.")
    group.moves(-100888)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.chat_id, "Masih di sini?")
    assert moved.value.new_chat_id == -100888


async def test_what_stands_in_a_topic_seems_to_reply_to_what_began_it(bot: Bot, sandbox: Sandbox, budi: Person) -> None:
    group = sandbox.group(-100777, "Kepegawaian", [budi])
    topic = group.opens_topic("Masalah TI", budi)
    in_topic = budi.says("/lapor SIMPEG mati", into=topic)
    first, second = [update.message for update in await bot.get_updates()]
    assert first is not None
    assert first.forum_topic_created is not None
    assert (first.forum_topic_created.name, first.chat.is_forum, first.reply_to_message) == ("Masalah TI", True, None)
    assert second is not None
    assert (second.message_thread_id, second.is_topic_message) == (first.message_id, True)
    assert second.reply_to_message is not None
    assert second.reply_to_message.forum_topic_created is not None

    said = await bot.send_message(group.chat_id, "Dicatat.", reply_to_message_id=second.message_id)
    assert said.reply_to_message is not None
    assert (said.reply_to_message.message_id, said.message_thread_id) == (second.message_id, first.message_id)
    said = await bot.send_message(group.chat_id, "Di sini.", message_thread_id=first.message_id)
    assert said.message_thread_id == first.message_id
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.chat_id, "Di mana?", message_thread_id=second.message_id)
    with pytest.raises(ValueError, match="in the topic of what it replies to"):
        budi.says("/lapor", reply_to=in_topic, into=group)


async def test_people_wait_for_what_they_expect(bot: Bot, budi: Person) -> None:
    await bot.send_message(budi.user_id, "Diterima", reply_markup=keyboard("Status"))
    assert (await budi.awaits("Status")).text == "Diterima"
    with pytest.raises(AssertionError, match="never sees “Selesai”"):
        await budi.awaits("Selesai", within=0.01)
