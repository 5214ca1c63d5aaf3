"""What the environment and the `.env` file decide, read once into one frozen object. See `.env.example`."""

import os
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from dotenv.parser import parse_stream
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.stopped import InvalidSettings

ENV_FILE = Path(".env")

_NEARLY = 0.85
"""From which likeness on (`difflib`) a name is taken for a misspelt one, as TELEGRAM_TOKEN is."""

TELEGRAM = "https://api.telegram.org"
"""Telegram's own Bot API server."""

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
_CALLED_WITH = re.compile(r"(/file)?/bot(\d+:.*)?$")
_FROM_BOTFATHER = "Copy it from @BotFather; it looks like 123456789:AAF… with 30 or more characters after the colon."

_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_MAKE_ONE = 'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
BUCKET = "s3://"
"""What ARCHIVE begins with where it names a bucket."""

_BUCKET_AND_PREFIX = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._/-]*)?")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_PROXIES = frozenset({"http", "https", "socks5", "socks5h"})
_CALLED_PORTS = (443, 80, 88, 8443)
"""The ports of a webhook that Telegram calls."""

OWN_PATHS = ("/healthz", "/readyz", "/metrics")
"""What the web server answers besides the webhook."""


class Listen(NamedTuple):
    """Where the web server listens. Port 0 takes a free one."""

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
    telegram_proxy: SecretStr | None = None
    database_url: str = Field(default="sqlite:///disposisi.db", repr=False)
    archive: str | None = None
    archive_endpoint: str | None = None
    archive_key_id: str | None = None
    archive_secret: SecretStr | None = None
    archive_quota_mb: int | None = Field(default=None, ge=1)
    office_file: Path = Field(default_factory=lambda: _packaged("offices") / "sulawesi-utara.toml")
    sop_dir: Path = Field(default_factory=lambda: _packaged("sops"))
    paper_templates: Path | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    web_listen: str | None = None
    health_listen: str | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = Field(default=None, validate_default=True)
    checkpoint_dir: Path | None = None
    checkpoint_key_file: Path | None = None
    checkpoint_key: SecretStr | None = None
    checkpoint_chat: int | None = None
    checkpoint_url: str | None = Field(default=None, repr=False)

    @classmethod
    def load(cls, env_file: Path | None = ENV_FILE, **given: Any) -> Self:
        """Read the settings from the environment, then from `env_file` if it exists, then from systemd's credentials.

        Each of these is a file named like its setting, in the folder CREDENTIALS_DIRECTORY (`LoadCredential=`). `given`
        wins over all of them. Raises `InvalidSettings`, which names each variable that is wrong.
        """
        credentials = os.environ.get("CREDENTIALS_DIRECTORY")
        held_ready = credentials if credentials and Path(credentials).is_dir() else None
        try:
            in_file = _names_in(env_file) if env_file is not None and env_file.exists() else set()
            _check_names({*in_file, *os.environ}, given=given)
            return cls(**{"_env_file": env_file, "_secrets_dir": held_ready, **given})
        except ValidationError as error:
            raise InvalidSettings("\n".join(_sentence(one) for one in error.errors(include_input=False))) from None
        except (OSError, UnicodeDecodeError) as error:
            which = f"{env_file}, or a file in {held_ready}," if held_ready else f"{env_file}"
            raise InvalidSettings(
                f"{which} cannot be read ({type(error).__name__}). It must be a text file in UTF-8."
            ) from None

    @property
    def token(self) -> SecretStr:
        """The bot's token. Raises `InvalidSettings` when there is none."""
        if self.telegram_bot_token is None:
            raise InvalidSettings(f"TELEGRAM_BOT_TOKEN is not set in the environment or .env. {_FROM_BOTFATHER}")
        return self.telegram_bot_token

    @property
    def proxy(self) -> SecretStr | None:
        """The proxy on the way to Telegram: TELEGRAM_PROXY, else the environment's; None where calls go directly.

        The environment's (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY) counts for no server on this machine. Raises
        `InvalidSettings` for one that cannot be used.
        """
        if self.telegram_proxy is not None:
            return self.telegram_proxy
        parts = urlsplit(self.telegram_base_url)
        host = parts.hostname or ""
        given = getproxies()
        name = parts.scheme if given.get(parts.scheme) else "all"
        if host in _LOOPBACK or not given.get(name) or proxy_bypass(host):
            return None
        url = given[name] if "://" in given[name] else f"http://{given[name]}"
        try:
            _check_proxy(url)
        except ValueError as error:
            raise InvalidSettings(f"{name.upper()}_PROXY: {error} Or set TELEGRAM_PROXY, which comes first.") from None
        return SecretStr(url)

    @property
    def archive_quota(self) -> int | None:
        """How many bytes the archive may keep, None for as many as there is room."""
        return None if self.archive_quota_mb is None else self.archive_quota_mb * 1024 * 1024

    @property
    def listen(self) -> Listen | None:
        """Where the web server listens; None where there is none."""
        if self.web_listen is None:
            return None if self.webhook_url is None else BESIDE_A_PROXY
        return _listen(self.web_listen)

    @property
    def health(self) -> Listen | None:
        """The address of /healthz, /readyz and /metrics alone; None where they are answered at that of the webhook."""
        return None if self.health_listen is None else _listen(self.health_listen)

    @field_validator("telegram_bot_token")
    @classmethod
    def _shaped(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError(f"it does not have the shape of a bot's token. {_FROM_BOTFATHER}")
        return token

    @field_validator("telegram_base_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^/\s?#]+(/[^\s?#]*)?", url) or not _has_port_of_use(url):
            raise ValueError("it is not a web address. Write it like https://api.telegram.org.")
        if "@" in urlsplit(url).netloc:
            raise ValueError("it holds a user or a password, which no Bot API server asks for.")
        # Telegram's own pages write addresses with /bot and the token at their end; both are added to each call.
        return _CALLED_WITH.sub("", url.rstrip("/"))

    @field_validator("telegram_proxy")
    @classmethod
    def _passable(cls, proxy: SecretStr | None) -> SecretStr | None:
        if proxy is not None:
            _check_proxy(proxy.get_secret_value())
        return proxy

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("log_format", mode="before")
    @classmethod
    def _small_letters(cls, layout: object) -> object:
        return layout.lower() if isinstance(layout, str) else layout

    @field_validator("archive")
    @classmethod
    def _folder_or_bucket(cls, place: str | None) -> str | None:
        if place is not None and "://" in place and not _BUCKET_AND_PREFIX.fullmatch(place):
            raise ValueError("it is neither a folder nor a bucket. Write it like /srv/files or s3://bucket/prefix.")
        return place

    @field_validator("archive_endpoint")
    @classmethod
    def _encrypted(cls, url: str | None) -> str | None:
        """Take HTTPS; plain HTTP only within this machine."""
        if url is None:
            return None
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            host, parts = None, urlsplit("")
        if not host or "@" in parts.netloc or not (parts.scheme == "https" or host in _LOOPBACK):
            raise ValueError("it is no address of a server. Write it like https://s3.example.go.id.")
        return url

    @field_validator("web_listen", "health_listen")
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

    @field_validator("checkpoint_url")
    @classmethod
    def _private(cls, url: str | None) -> str | None:
        """Take an address of https; plain HTTP only within this machine."""
        if url is None:
            return None
        parts = urlsplit(url) if _has_port_of_use(url) else urlsplit("")
        secret = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        if not secret or parts.fragment:
            raise ValueError("it is not an address of https. Write it like https://arsip.example.go.id/checkpoints.")
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


def _has_port_of_use(url: str) -> bool:
    """Whether a web address has a host, and no port or one that there is."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _check_proxy(url: str) -> None:
    """Raise `ValueError` for what is not the address of a proxy, without quoting it: it may hold a password."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if not host or parts.scheme not in _PROXIES or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(
            "it is not the address of a proxy that can be used. Write it like "
            "http://user:password@proxy.example.go.id:3128, or with https or socks5 in front, and each of : / @ # ? % "
            "in the password as %3A %2F %40 %23 %3F %25."
        )


def _packaged(folder: str) -> Path:
    return Path(str(files("models") / folder))


def _names_in(path: Path) -> set[str]:
    """Return the names that a `.env` sets. Refuses a line that is no assignment; the library would only log it."""
    with path.open(encoding="utf-8") as stream:
        lines = list(parse_stream(stream))
    if broken := [line.original.line for line in lines if line.error]:
        where = ", ".join(map(str, broken))
        raise InvalidSettings(f"{path}, line {where}: not of the form NAME=value. Correct or remove it.")
    return {line.key for line in lines if line.key}


def _check_names(names: Iterable[str], *, given: Mapping[str, object]) -> None:
    """Refuse a name that is nearly that of a setting which is not set: its default would be taken without a word."""
    capitals = {name.upper() for name in (*names, *given)}
    ours = {name.upper() for name in Settings.model_fields}
    unset = sorted(ours - capitals)
    sentences = [
        f"{name}: there is no such setting. Is {near[0]} meant? If it belongs to another program, set {near[0]} too."
        for name in sorted(capitals - ours)
        if (near := get_close_matches(name, unset, n=1, cutoff=_NEARLY))
    ]
    if sentences:
        raise InvalidSettings("\n".join(sentences))


def _sentence(error: Any) -> str:  # noqa: ANN401 - pydantic's own shape of an error, a TypedDict it does not export
    name = str(error["loc"][0]).upper() if error["loc"] else "Settings"
    reason = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {reason}"
