"""What the environment and the `.env` file decide, read once into one frozen object. See `.env.example`."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.stopped import InvalidSettings

ENV_FILE = Path(".env")

TELEGRAM = "https://api.telegram.org"
"""Telegram's own Bot API server."""

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
_FROM_BOTFATHER = "Copy it from @BotFather; it looks like 123456789:AAF… with 30 or more characters after the colon."

_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_MAKE_ONE = 'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_CALLED_PORTS = (443, 80, 88, 8443)
"""The ports of a webhook that Telegram calls."""

OWN_PATHS = ("/healthz", "/readyz", "/metrics")
"""What the web server answers besides the webhook."""


class Listen(NamedTuple):
    """Where the web server listens; port 0 takes a free one."""

    host: str
    port: int


BESIDE_A_PROXY = Listen("127.0.0.1", 8080)
"""Where it listens for a webhook without WEB_LISTEN. The web server in front of it runs on the same machine."""


class Settings(BaseSettings):
    """The settings of one process. Read them with `load`, which explains what is wrong."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, env_file_encoding="utf-8", hide_input_in_errors=True
    )

    telegram_bot_token: SecretStr | None = None
    telegram_base_url: str = TELEGRAM
    database_url: str = Field(default="sqlite:///disposisi.db", repr=False)
    office_file: Path = Field(default_factory=lambda: _packaged("offices") / "sulawesi-utara.toml")
    sop_dir: Path = Field(default_factory=lambda: _packaged("sops"))
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    web_listen: str | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = Field(default=None, validate_default=True)

    @classmethod
    def load(cls, env_file: Path | None = ENV_FILE, **given: Any) -> Self:
        """Read the settings from the environment, then from `env_file` if it exists; `given` wins over both.

        Raises `InvalidSettings`, which names each variable that is wrong.
        """
        try:
            if env_file is not None and env_file.exists():
                _check_lines(env_file)
            return cls(**{"_env_file": env_file, **given})
        except ValidationError as error:
            raise InvalidSettings("\n".join(_sentence(one) for one in error.errors(include_input=False))) from None
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidSettings(
                f"{env_file} cannot be read ({type(error).__name__}). It must be a text file in UTF-8."
            ) from None

    @property
    def token(self) -> SecretStr:
        """The bot's token. Raises `InvalidSettings` when there is none."""
        if self.telegram_bot_token is None:
            raise InvalidSettings(f"TELEGRAM_BOT_TOKEN is not set in the environment or .env. {_FROM_BOTFATHER}")
        return self.telegram_bot_token

    @property
    def listen(self) -> Listen | None:
        """Where the web server listens; None where there is none."""
        if self.web_listen is None:
            return None if self.webhook_url is None else BESIDE_A_PROXY
        return _listen(self.web_listen)

    @field_validator("telegram_bot_token")
    @classmethod
    def _shaped(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError(f"it does not have the shape of a bot's token. {_FROM_BOTFATHER}")
        return token

    @field_validator("telegram_base_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^/\s]+(/[^\s]*)?", url):
            raise ValueError("it is not a web address. Write it like https://api.telegram.org.")
        return url.rstrip("/")

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("log_format", mode="before")
    @classmethod
    def _small_letters(cls, layout: object) -> object:
        return layout.lower() if isinstance(layout, str) else layout

    @field_validator("web_listen")
    @classmethod
    def _host_and_port(cls, place: str | None) -> str | None:
        if place is not None:
            _listen(place)
        return place

    @field_validator("webhook_url")
    @classmethod
    def _callable(cls, url: str | None, info: ValidationInfo) -> str | None:
        """Take what Telegram can call: HTTPS on one of its ports; plain HTTP only within this machine."""
        if url is None:
            return None
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port or 443
        except ValueError:
            host, port, parts = None, 0, urlsplit("")
        if host in _LOOPBACK and parts.scheme in {"http", "https"}:
            pass
        elif not host or parts.scheme != "https":
            raise ValueError("Telegram calls only https. Write it like https://bot.example.go.id/telegram.")
        elif port not in _CALLED_PORTS and info.data.get("telegram_base_url") == TELEGRAM:
            raise ValueError(f"Telegram calls only the ports {', '.join(map(str, _CALLED_PORTS))}.")
        if parts.username or parts.query or parts.fragment or not re.fullmatch(r"/[A-Za-z0-9._~/-]+", parts.path):
            raise ValueError(
                "it needs a path of its own and nothing after it, like https://bot.example.go.id/telegram."
            )
        if parts.path in OWN_PATHS:
            raise ValueError(f"{parts.path} is answered by the program itself. Choose another path.")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _hard_to_guess(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if secret is None and info.data.get("webhook_url") is not None:
            raise ValueError(f"it is needed with WEBHOOK_URL. {_MAKE_ONE}")
        if secret is not None and not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError(f"it needs 16 to 256 of the characters A-Z a-z 0-9 _ -. {_MAKE_ONE}")
        return secret


def _listen(place: str) -> Listen:
    match = re.fullmatch(r"(?:\[(?P<six>[0-9A-Fa-f:]+)\]|(?P<host>[A-Za-z0-9.-]+)):(?P<port>[0-9]{1,5})", place)
    if match is None or int(match["port"]) >= 2**16:
        raise ValueError("it is not an address with a port. Write it like 127.0.0.1:8080.")
    return Listen(match["six"] or match["host"], int(match["port"]))


def _packaged(folder: str) -> Path:
    return Path(str(files("models") / folder))


def _check_lines(path: Path) -> None:
    """Refuse a `.env` with a line that is no assignment; the library would only log it and go on without."""
    with path.open(encoding="utf-8") as stream:
        broken = [line.original.line for line in parse_stream(stream) if line.error]
    if broken:
        where = ", ".join(map(str, broken))
        raise InvalidSettings(f"{path}, line {where}: not of the form NAME=value. Correct or remove it.")


def _sentence(error: Any) -> str:  # noqa: ANN401 - pydantic's own shape of an error, a TypedDict it does not export
    name = str(error["loc"][0]).upper() if error["loc"] else "Settings"
    reason = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {reason}"
