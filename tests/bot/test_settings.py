"""Settings come from the environment and `.env`; what is wrong is named by its variable, without its secret."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Listen, Settings
from bot.stopped import InvalidSettings

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"


SECRET = "WEBHOOK_SECRET=a-secret_of-16-or-more\n"


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
    assert settings.log_format == "text"
    assert settings.listen is None


def test_the_example_can_be_copied_as_it_is() -> None:
    settings = Settings.load(Path(".env.example"))
    assert settings.telegram_bot_token is None


def test_the_example_explains_every_setting_and_every_word_that_compose_asks_for() -> None:
    explained = set(re.findall(r"^#?([A-Z_]+)=", Path(".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    asked = set(re.findall(r"\$\{([A-Z_]+)", Path("compose.yaml").read_text(encoding="utf-8")))
    # The last is read by Python itself.
    assert explained == {name.upper() for name in Settings.model_fields} | asked | {"SSL_CERT_FILE"}


def test_a_missing_file_is_no_error_and_a_missing_token_only_where_it_is_needed(tmp_path: Path) -> None:
    settings = Settings.load(tmp_path / ".env")
    with pytest.raises(InvalidSettings, match=r"TELEGRAM_BOT_TOKEN is not set.*@BotFather"):
        settings.token  # noqa: B018 - reading it is the test


def test_what_systemd_holds_ready_is_read_and_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = tmp_path / "credentials"
    held.mkdir()
    (held / "telegram_bot_token").write_text(f"{TOKEN}\n", encoding="utf-8")
    (held / "log_level").write_text("ERROR\n", encoding="utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(held))
    settings = Settings.load(env(tmp_path, "TELEGRAM_BOT_TOKEN=\nLOG_LEVEL=debug\n"))
    assert settings.token.get_secret_value() == TOKEN
    assert settings.log_level == "DEBUG"

    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "gone"))
    assert Settings.load(env(tmp_path, "LOG_LEVEL=debug\n")).telegram_bot_token is None


def test_a_token_held_ready_that_is_none_is_named_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "telegram_bot_token").write_text("12:short-canary", encoding="utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    with pytest.raises(InvalidSettings, match="TELEGRAM_BOT_TOKEN: it does not have the shape") as refusal:
        Settings.load(None)
    assert "canary" not in str(refusal.value)


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
        ("TELEGRAM_BASE_URL=https://10.0.0.1:99999", "TELEGRAM_BASE_URL: it is not a web address"),
        ("TELEGRAM_BASE_URL=https://10.0.0.1:port", "TELEGRAM_BASE_URL: it is not a web address"),
        ("TELEGRAM_BASE_URL=http://[::1", "TELEGRAM_BASE_URL: it is not a web address"),
        ("TELEGRAM_BASE_URL=https://10.0.0.1?canary=1", "TELEGRAM_BASE_URL: it is not a web address"),
        ("TELEGRAM_BASE_URL=https://words:canary@10.0.0.1", "TELEGRAM_BASE_URL: it holds a user or a password"),
        ("TELEGRAM_PROXY=proxy:3128", "TELEGRAM_PROXY: it is not the address of a proxy"),
        ("TELEGRAM_PROXY=socks4://words:canary@proxy:1080", "TELEGRAM_PROXY: it is not the address of a proxy"),
        ("TELEGRAM_PROXY=http://words:can/ary@proxy:3128", "TELEGRAM_PROXY: it is not the address of a proxy"),
        ("TELEGRAM_PROXY=http://words:canary@proxy:port", "TELEGRAM_PROXY: it is not the address of a proxy"),
        ("LOG_LEVEL=LOUD", "LOG_LEVEL: Input should be 'DEBUG'"),
        ("LOG_FORMAT=xml", "LOG_FORMAT: Input should be 'text'"),
        ("HEALTH_LISTEN=8081", "HEALTH_LISTEN: it is not an address with a port"),
        ("WEB_LISTEN=8080", "WEB_LISTEN: it is not an address with a port"),
        ("WEB_LISTEN=127.0.0.1:70000", "WEB_LISTEN: it is not an address with a port"),
        (f"{SECRET}WEBHOOK_URL=http://bot.example.go.id/telegram", "WEBHOOK_URL: Telegram calls only https"),
        (f"{SECRET}WEBHOOK_URL=bot.example.go.id/telegram", "WEBHOOK_URL: Telegram calls only https"),
        (f"{SECRET}WEBHOOK_URL=https://bot.example.go.id:9000/telegram", "WEBHOOK_URL: Telegram calls only the ports"),
        (f"{SECRET}WEBHOOK_URL=https://bot.example.go.id:x/telegram", "WEBHOOK_URL: Telegram calls only https"),
        (f"{SECRET}WEBHOOK_URL=https://bot.example.go.id", "WEBHOOK_URL: it needs a path of its own"),
        (f"{SECRET}WEBHOOK_URL=https://words@bot.example.go.id/x", "WEBHOOK_URL: it needs a path of its own"),
        (f"{SECRET}WEBHOOK_URL=https://bot.example.go.id/metrics", "WEBHOOK_URL: /metrics is answered by the program"),
        ("WEBHOOK_URL=https://bot.example.go.id/x", "WEBHOOK_SECRET: it is needed with WEBHOOK_URL.*token_urlsafe"),
        ("WEBHOOK_SECRET=canary", "WEBHOOK_SECRET: it needs 16 to 256"),
        ("WEBHOOK_SECRET=a canary of words, not of the alphabet", "WEBHOOK_SECRET: it needs 16 to 256"),
        ("DATABASE_URL=x\nthis is no setting\n", r"\.env, line 2: not of the form NAME=value"),
    ],
)
def test_what_is_wrong_is_named_without_its_value(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidSettings, match=said) as caught:
        Settings.load(env(tmp_path, text))
    assert "short" not in str(caught.value)
    assert "canary" not in str(caught.value)
    assert "words" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://bot.example.go.id/telegram",
        "https://bot.example.go.id:8443/a/path-of_its.own",
        "http://127.0.0.1:8080/telegram",
        "http://[::1]:8080/telegram",
    ],
)
def test_a_webhook_is_https_or_stays_on_this_machine(tmp_path: Path, url: str) -> None:
    settings = Settings.load(env(tmp_path, f"{SECRET}WEBHOOK_URL={url}\n"))
    assert settings.webhook_url == url
    assert settings.listen == Listen("127.0.0.1", 8080)


@pytest.mark.parametrize(
    "ending", ["/bot", "/bot/", "/file/bot", f"/bot{TOKEN}", f"/bot{TOKEN}/", f"/bot{TOKEN}/getMe"]
)
def test_what_belongs_to_a_call_is_taken_off_the_address(ending: str) -> None:
    settings = Settings.load(None, telegram_base_url=f"https://api.telegram.org{ending}")
    assert settings.telegram_base_url == "https://api.telegram.org"


def test_a_server_of_ones_own_in_telegrams_place_may_call_any_port(tmp_path: Path) -> None:
    lines = "TELEGRAM_BASE_URL=http://10.0.0.1:8081\nWEBHOOK_URL=https://bot.example.go.id:9000/telegram\n"
    assert Settings.load(env(tmp_path, SECRET + lines)).webhook_url


def test_how_it_stands_is_told_elsewhere_only_where_that_is_asked(tmp_path: Path) -> None:
    assert Settings.load(env(tmp_path, "WEB_LISTEN=127.0.0.1:8080\n")).health is None
    assert Settings.load(env(tmp_path, "HEALTH_LISTEN=127.0.0.1:8081\n")).health == Listen("127.0.0.1", 8081)


@pytest.mark.parametrize(
    ("given", "listen"),
    [("192.0.2.1:80", Listen("192.0.2.1", 80)), ("[::1]:0", Listen("::1", 0)), ("localhost:1", Listen("localhost", 1))],
)
def test_the_web_server_listens_where_it_is_told(tmp_path: Path, given: str, listen: Listen) -> None:
    assert Settings.load(env(tmp_path, f"WEB_LISTEN={given}\n")).listen == listen


@pytest.mark.parametrize(
    ("written", "meant"),
    [("OFICE_FILE", "OFFICE_FILE"), ("DATABSE_URL", "DATABASE_URL"), ("TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN")],
)
def test_a_misspelt_setting_is_named_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, meant: str
) -> None:
    said = rf"{written}: there is no such setting\. Is {meant} meant\?"
    with pytest.raises(InvalidSettings, match=said) as caught:
        Settings.load(env(tmp_path, f"{written}=canary\n"))
    assert "canary" not in str(caught.value)
    monkeypatch.setenv(written, "canary")
    with pytest.raises(InvalidSettings, match=said):
        Settings.load(None)


def test_the_names_of_other_programs_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FILE", "/var/log/other")
    monkeypatch.setenv("LOGLEVEL", "loud")
    lines = "POSTGRES_PASSWORD=x\nDATABASE_URL=sqlite:///a.db\nOLD_DATABASE_URL=sqlite:///b.db\nLOG_LEVEL=INFO\n"
    assert Settings.load(env(tmp_path, lines)).database_url == "sqlite:///a.db"


@pytest.mark.parametrize("ending", ["/", "/bot", "/bot/", f"/bot{TOKEN}", f"/bot{TOKEN}/"])
def test_what_is_added_to_each_call_is_taken_off_the_address(tmp_path: Path, ending: str) -> None:
    settings = Settings.load(env(tmp_path, f"TELEGRAM_BASE_URL=http://10.0.0.1:8081/api{ending}\n"))
    assert settings.telegram_base_url == "http://10.0.0.1:8081/api"


@pytest.fixture
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def proxy_of(settings: Settings) -> str | None:
    return None if settings.proxy is None else settings.proxy.get_secret_value()


@pytest.mark.usefixtures("_no_proxy")
@pytest.mark.parametrize("scheme", ["http", "https", "socks5", "socks5h"])
def test_telegram_is_reached_through_the_proxy_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://other:3128")
    address = f"{scheme}://bot:canary@proxy.example.go.id:3128"
    settings = Settings.load(env(tmp_path, f"TELEGRAM_PROXY={address}\n"))
    assert proxy_of(settings) == address
    assert "canary" not in repr(settings)


@pytest.mark.usefixtures("_no_proxy")
def test_without_one_the_proxy_of_the_environment_counts_but_not_for_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert proxy_of(Settings.load(None)) is None
    monkeypatch.setenv("ALL_PROXY", "all:1080")
    assert proxy_of(Settings.load(None)) == "http://all:1080"
    monkeypatch.setenv("HTTPS_PROXY", "http://bot:x@secure:3128")
    assert proxy_of(Settings.load(None)) == "http://bot:x@secure:3128"
    assert proxy_of(Settings.load(None, telegram_base_url="http://10.0.0.1:8081")) == "http://all:1080"
    assert proxy_of(Settings.load(None, telegram_base_url="http://127.0.0.1:8081")) is None
    monkeypatch.setenv("NO_PROXY", "api.telegram.org")
    assert proxy_of(Settings.load(None)) is None


@pytest.mark.usefixtures("_no_proxy")
def test_a_proxy_of_the_environment_that_cannot_be_used_is_named_by_its_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks4://bot:canary@proxy:1080")
    with pytest.raises(
        InvalidSettings, match=r"ALL_PROXY: it is not the address of a proxy.*Or set TELEGRAM_PROXY"
    ) as caught:
        Settings.load(None).proxy  # noqa: B018 - reading it is the test
    assert "canary" not in str(caught.value)


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


@pytest.mark.parametrize("url", ["https://arsip.example.go.id/c?key=1", "http://127.0.0.1:8080/c", "http://localhost/"])
def test_checkpoints_go_to_https_or_this_machine(tmp_path: Path, url: str) -> None:
    assert Settings.load(env(tmp_path, f"CHECKPOINT_URL={url}\n")).checkpoint_url == url


@pytest.mark.parametrize(
    "url", ["http://arsip.example.go.id/", "ftp://127.0.0.1/", "arsip", "https://", "https://a/#b"]
)
def test_checkpoints_go_nowhere_in_the_open(tmp_path: Path, url: str) -> None:
    with pytest.raises(InvalidSettings, match="CHECKPOINT_URL: it is not an address of https"):
        Settings.load(env(tmp_path, f"CHECKPOINT_URL={url}\n"))
