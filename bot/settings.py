"""What the environment and the `.env` file decide, read once into one frozen object. See `.env.example`."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Self

from dotenv.parser import parse_stream
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.stopped import InvalidSettings

ENV_FILE = Path(".env")

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
_FROM_BOTFATHER = "Copy it from @BotFather; it looks like 123456789:AAF… with 30 or more characters after the colon."


class Settings(BaseSettings):
    """The settings of one process. Read them with `load`, which explains what is wrong."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, env_file_encoding="utf-8", hide_input_in_errors=True
    )

    telegram_bot_token: SecretStr | None = None
    telegram_base_url: str = "https://api.telegram.org"
    database_url: str = "sqlite:///disposisi.db"
    office_file: Path = Field(default_factory=lambda: _packaged("offices") / "sulawesi-utara.toml")
    sop_dir: Path = Field(default_factory=lambda: _packaged("sops"))
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

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
