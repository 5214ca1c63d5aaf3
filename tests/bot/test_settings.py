"""Settings come from the environment and `.env`; what is wrong is named by its variable, without its secret."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings
from bot.stopped import InvalidSettings

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"


def env(folder: Path, text: str) -> Path:
    path = folder / ".env"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_but_the_token_needs_to_be_set(tmp_path: Path) -> None:
    settings = Settings.load(env(tmp_path, f"TELEGRAM_BOT_TOKEN={TOKEN}\n"))
    assert settings.token.get_secret_value() == TOKEN
    assert settings.telegram_base_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///disposisi.db"
    assert settings.office_file.is_file()
    assert list(settings.sop_dir.glob("*.toml"))
    assert settings.log_level == "INFO"


def test_the_example_can_be_copied_as_it_is() -> None:
    settings = Settings.load(Path(".env.example"))
    assert settings.telegram_bot_token is None


def test_a_missing_file_is_no_error_and_a_missing_token_only_where_it_is_needed(tmp_path: Path) -> None:
    settings = Settings.load(tmp_path / ".env")
    with pytest.raises(InvalidSettings, match=r"TELEGRAM_BOT_TOKEN is not set.*@BotFather"):
        settings.token  # noqa: B018 - reading it is the test


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///from-environment.db")
    settings = Settings.load(env(tmp_path, "DATABASE_URL=sqlite:///from-file.db\nLOG_LEVEL=debug\n"))
    assert settings.database_url == "sqlite:///from-environment.db"
    assert settings.log_level == "DEBUG"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("TELEGRAM_BOT_TOKEN=12:short-secret", r"TELEGRAM_BOT_TOKEN: it does not have the shape.*@BotFather"),
        ("TELEGRAM_BOT_TOKEN=bot with words that are long enough to be one", "TELEGRAM_BOT_TOKEN: it does not"),
        ("TELEGRAM_BASE_URL=api.telegram.org", "TELEGRAM_BASE_URL: it is not a web address"),
        ("LOG_LEVEL=LOUD", "LOG_LEVEL: Input should be 'DEBUG'"),
        ("DATABASE_URL=x\nthis is no setting\n", r"\.env, line 2: not of the form NAME=value"),
    ],
)
def test_what_is_wrong_is_named_without_its_value(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidSettings, match=said) as caught:
        Settings.load(env(tmp_path, text))
    assert "secret" not in str(caught.value)
    assert "words" not in str(caught.value)


def test_everything_wrong_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings) as caught:
        Settings.load(env(tmp_path, "TELEGRAM_BASE_URL=nowhere\nLOG_LEVEL=LOUD\n"))
    assert len(str(caught.value).splitlines()) == 2


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"\xff\xfe\x00binary")
    with pytest.raises(InvalidSettings, match=r"\.env cannot be read \(UnicodeDecodeError\)"):
        Settings.load(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(InvalidSettings, match=r"\.env cannot be read \(IsADirectoryError\)"):
        Settings.load(path)


def test_they_do_not_change_and_do_not_show_the_token() -> None:
    settings = Settings.load(None, telegram_bot_token=TOKEN, telegram_base_url="http://127.0.0.1:8081/")
    assert settings.telegram_base_url == "http://127.0.0.1:8081"
    assert TOKEN not in repr(settings)
    with pytest.raises(ValidationError):
        settings.log_level = "DEBUG"
