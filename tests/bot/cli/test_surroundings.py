"""What the commands share: here, which words of the settings may stand in no log."""

import pytest

from bot.cli import surroundings
from bot.settings import Settings
from tests.bot.cli.command_line import TOKEN

SECRET = "a-secret_of-16-or-more"


def test_every_secret_of_the_settings_is_known_to_be_one() -> None:
    settings = Settings.load(
        None,
        telegram_bot_token=TOKEN,
        webhook_secret=SECRET,
        archive_secret="archive-word",
        database_url="postgresql://bot:pass%20word@db/disposisi",
        telegram_proxy="http://bot:proxy%20word@proxy:3128",
        checkpoint_url="https://bot:url%20word@arsip.example.go.id/in?key=query-word",
    )
    found = surroundings.secrets(settings)
    passwords = ["pass word", "proxy word", "url word", "key=query-word"]
    assert [one.get_secret_value() for one in found] == [TOKEN, SECRET, "archive-word", *passwords]
    assert "pass" not in repr(found)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://bot:pass%20word@db:port/disposisi",
        "postgresql://bot:pass word@db:543x/disposisi",
        "postgresql://bot@db/disposisi?password=pass%20word",
    ],
)
def test_the_password_of_an_address_is_a_secret_wherever_it_stands(url: str) -> None:
    found = surroundings.secrets(Settings.load(None, database_url=url))
    assert [one.get_secret_value() for one in found] == ["pass word"]


def test_settings_without_secrets_have_none_to_hide() -> None:
    assert surroundings.secrets(Settings.load(None, database_url="no URL")) == []
