from __future__ import annotations

from collections.abc import Sequence

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, EndPointNotFound, InvalidToken

from bot.sandbox.people import Person
from bot.sandbox.server import Address, Sandbox


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([buttons])


async def test_texts_have_their_limits(bot: Bot, budi: Person) -> None:
    await bot.send_message(budi.user_id, "x" * 4096)
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(budi.user_id, "x" * 4097)
    for empty in ("", "  \n ", "<b> </b>"):
        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(budi.user_id, empty, parse_mode=ParseMode.HTML)
    await bot.send_message(budi.user_id, f"<b>{'x' * 4096}</b>", parse_mode=ParseMode.HTML)
    await bot.send_document(budi.user_id, b"isi", caption="x" * 1024)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(budi.user_id, b"isi", caption="x" * 1025)
    assert len(budi.received) == 3


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        (InlineKeyboardButton("Kirim", callback_data="é" * 33), "(?i)BUTTON_DATA_INVALID"),
        (InlineKeyboardButton("Kirim"), "(?i)text buttons are unallowed"),
        (InlineKeyboardButton(" ", callback_data="x"), "non-empty"),
        (InlineKeyboardButton("Buka", url="bukan alamat"), "(?i)wrong HTTP URL"),
        (InlineKeyboardButton("Kirim", callback_data="x", style="hijau"), "style"),
    ],
)
async def test_buttons_are_checked(bot: Bot, budi: Person, button: InlineKeyboardButton, refusal: str) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_message(budi.user_id, "Kartu", reply_markup=keyboard(button))
    assert budi.received == []


async def test_a_message_carries_a_hundred_buttons_and_no_more(bot: Bot, budi: Person) -> None:
    rows = [[InlineKeyboardButton(str(number), callback_data=str(number))] for number in range(101)]
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(budi.user_id, "Kartu", reply_markup=InlineKeyboardMarkup(rows))
    await bot.send_message(budi.user_id, "Kartu", reply_markup=InlineKeyboardMarkup(rows[:100]))
    assert len(budi.last.buttons) == 100


async def test_buttons_keep_their_colour_and_data_up_to_64_bytes(bot: Bot, budi: Person) -> None:
    await bot.send_message(
        budi.user_id,
        "Kartu",
        reply_markup=keyboard(
            InlineKeyboardButton("Teruskan", callback_data="é" * 32, style="success"),
            InlineKeyboardButton("Situs", url="https://t.me/disposisi_demo_bot?start=x"),
        ),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        protect_content=True,
    )
    forward, site = budi.last.buttons[0]
    assert (forward.style, forward.data) == ("success", "é" * 32)
    assert (site.url, site.data) == ("https://t.me/disposisi_demo_bot?start=x", None)
    with pytest.raises(AssertionError, match="opens a link"):
        budi.taps("Situs")


async def test_edits_must_change_something_and_belong_to_the_bot(bot: Bot, budi: Person) -> None:
    card = await bot.send_message(
        budi.user_id, "<b>Kartu</b>", parse_mode=ParseMode.HTML, reply_markup=keyboard(_button())
    )
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup"):
        await card.edit_text("<strong>Kartu</strong>", parse_mode=ParseMode.HTML, reply_markup=keyboard(_button()))
    with pytest.raises(BadRequest, match="not modified"):
        await card.edit_reply_markup(keyboard(_button()))
    await card.edit_text("Kartu", reply_markup=keyboard(_button()))
    await card.edit_reply_markup(None)
    assert (budi.last.buttons, budi.last.entities) == ([], [])

    own = budi.says("punya saya")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("bukan", budi.user_id, own.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("bukan", budi.user_id, 99)
    with pytest.raises(BadRequest, match="There is no caption"):
        await card.edit_caption("bukan")
    picture = await bot.send_document(budi.user_id, b"isi", caption="lama")
    with pytest.raises(BadRequest, match="There is no text"):
        await picture.edit_text("bukan")
    await picture.edit_caption("baru")
    assert budi.last.caption == "baru"


async def test_a_changed_keyboard_alone_is_no_edit_people_see(bot: Bot, budi: Person) -> None:
    card = await bot.send_message(budi.user_id, "Kartu", reply_markup=keyboard(_button()))
    await card.edit_reply_markup(None)
    assert budi.last.edited is None


async def test_what_telegram_would_ignore_is_complained_of(bot: Bot, sandbox: Sandbox, budi: Person) -> None:
    await bot.send_message(budi.user_id, "Kartu", api_kwargs={"disable_notifications": True})
    await bot.send_message(
        budi.user_id,
        "Kartu",
        reply_markup=keyboard(InlineKeyboardButton("Kirim", callback_data="x", api_kwargs={"colour": "red"})),
    )
    assert sandbox.complaints == [
        "sendMessage: unknown parameter 'disable_notifications'",
        "sendMessage: inline button: unknown field 'colour'",
    ]


@pytest.mark.parametrize(
    ("method", "parameters", "refusal"),
    [
        ("send_message", {"chat_id": "sepuluh", "text": "x"}, "chat_id"),
        ("send_message", {"text": "x"}, "Chat_id is empty"),
        ("send_message", {"chat_id": 1001}, "Message text is empty"),
        ("send_message", {"chat_id": 1001, "text": "x", "disable_notification": "ya"}, "boolean"),
        ("send_message", {"chat_id": 1001, "text": "x", "reply_markup": "{"}, "can't parse reply_markup"),
        ("send_message", {"chat_id": 1001, "text": "x", "reply_markup": [1]}, "object"),
        ("send_message", {"chat_id": "@kanal", "text": "x"}, "Chat not found"),
        ("delete_message", {"chat_id": 1001}, "Message identifier is not specified"),
    ],
)
async def test_wrong_parameters_are_refused(
    bot: Bot, budi: Person, method: str, parameters: dict[str, object], refusal: str
) -> None:
    endpoint = method.replace("_", "")
    with pytest.raises(BadRequest, match=f"(?i){refusal}"):
        await bot.do_api_request(endpoint, parameters)
    assert budi.received == []


async def test_a_method_it_does_not_know_is_refused_and_noted(bot: Bot, sandbox: Sandbox) -> None:
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendGiftOfGold")
    assert sandbox.complaints == ["sendGiftOfGold: method not in the stand-in"]
    assert sandbox.calls[-1].error == "Not Found: method not in the stand-in"


@pytest.mark.parametrize("token", ["123456:another-token", "999:x"])
async def test_a_wrong_token_opens_nothing(address: Address, token: str) -> None:
    stranger = Bot(token, base_url=address.base_url)
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_every_call_is_kept_with_its_outcome(bot: Bot, sandbox: Sandbox, budi: Person) -> None:
    sandbox.world.calls.clear()
    await bot.send_message(budi.user_id, "Kartu")
    with pytest.raises(BadRequest):
        await bot.send_message(999, "Kartu")
    assert [(call.method, call.params["chat_id"], call.error) for call in sandbox.calls] == [
        ("sendMessage", "1001", None),
        ("sendMessage", "999", "Bad Request: chat not found"),
    ]


async def test_commands_and_descriptions_are_remembered(bot: Bot, budi: Person) -> None:
    commands: Sequence[BotCommand] = [BotCommand("lapor", "Laporkan masalah")]
    await bot.set_my_commands(commands)
    await bot.set_my_commands(
        [BotCommand("kelola", "Kelola")], scope=BotCommandScopeChat(budi.user_id), language_code="id"
    )
    assert await bot.get_my_commands() == tuple(commands)
    assert (await bot.get_my_commands(BotCommandScopeChat(budi.user_id), "id"))[0].command == "kelola"
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand("Lapor!", "x")])
    await bot.set_my_description("Bot disposisi")
    await bot.set_my_short_description("Bot")
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_short_description("x" * 121)


async def test_a_chat_can_be_looked_up(bot: Bot, sandbox: Sandbox, budi: Person) -> None:
    sandbox.group(-100777, "Kepegawaian", [budi])
    assert (await bot.get_chat(budi.user_id)).first_name == "Budi Santoso"
    assert (await bot.get_chat(-100777)).title == "Kepegawaian"
    await bot.send_chat_action(budi.user_id, "typing")
    with pytest.raises(BadRequest, match="action"):
        await bot.send_chat_action(budi.user_id, "sleeping")


def _button() -> InlineKeyboardButton:
    return InlineKeyboardButton("Teruskan", callback_data="x")
