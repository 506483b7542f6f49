"""What the environment says: every setting, in groups, read once at start.

`.env` in the working folder is read too; a variable of the environment wins over it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

NO_ANCHORS = "off"


class SettingsRefused(Exception):
    """Raised when the environment cannot be worked with; carries one sentence a mistake."""


class SettingsGroup(BaseSettings):
    """Settings that belong together; each field's alias is the name of its variable."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )
    stand_in: ClassVar[Mapping[str, str] | None] = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the environment, or what stands in for it, before the file."""
        del init_settings, file_secret_settings
        if cls.stand_in is not None:
            env_settings = _StandIn(settings_cls, cls.stand_in)
        return env_settings, dotenv_settings


class _StandIn(EnvSettingsSource):
    """A mapping in place of the process's environment."""

    def __init__(self, settings_cls: type[BaseSettings], variables: Mapping[str, str]) -> None:
        super().__init__(settings_cls)
        self.env_vars = {name.lower(): value for name, value in variables.items() if value}


class SlackSettings(SettingsGroup):
    """How to reach Slack, and how Slack reaches us."""

    bot_token: SecretStr | None = Field(None, alias="SLACK_BOT_TOKEN")
    app_token: SecretStr | None = Field(None, alias="SLACK_APP_TOKEN")
    signing_secret: SecretStr | None = Field(None, alias="SLACK_SIGNING_SECRET")
    api_url: str = Field("https://slack.com/api/", alias="SLACK_API_URL")
    command_prefix: str = Field(
        "", alias="BRIDGEWATCH_COMMAND_PREFIX", pattern=r"^([a-z0-9][a-z0-9_-]{0,20})?$"
    )

    @field_validator("api_url")
    @classmethod
    def _ends_with_a_slash(cls, value: str) -> str:
        return _http_url(value).rstrip("/") + "/"

    @property
    def socket_mode(self) -> bool:
        """Say whether Slack's payloads come over a socket that we open (an app token is set)."""
        return self.app_token is not None


class DatabaseSettings(SettingsGroup):
    """Where the journal lives."""

    url: SecretStr = Field(SecretStr("sqlite:///var/bridgewatch.db"), alias="DATABASE_URL")
    keep_days: int = Field(400, alias="BRIDGEWATCH_KEEP_DAYS", ge=30, le=36_500)
    """After how long deliveries and due points of closed records are forgotten."""

    @field_validator("url")
    @classmethod
    def _of_an_engine_we_speak(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        scheme = text.partition("://")[0]
        if scheme in ("postgres", "postgresql"):
            return SecretStr("postgresql+psycopg://" + text.partition("://")[2])
        if scheme not in ("sqlite", "postgresql+psycopg"):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value


class WebSettings(SettingsGroup):
    """Where the bot listens, and by which address others find it."""

    host: str = Field("127.0.0.1", alias="BRIDGEWATCH_HOST")
    port: int = Field(3000, alias="BRIDGEWATCH_PORT", ge=0, le=65535)
    public_url: str | None = Field(None, alias="BRIDGEWATCH_PUBLIC_URL")

    @field_validator("public_url")
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        return value if value is None else _http_url(value).rstrip("/")


class DeskSettings(SettingsGroup):
    """The desk's own files and links."""

    policy: Path | None = Field(None, alias="BRIDGEWATCH_POLICY")
    directory: Path | None = Field(None, alias="BRIDGEWATCH_DIRECTORY")
    call_url: str | None = Field(None, alias="BRIDGEWATCH_CALL_URL")
    drill: bool = Field(False, alias="BRIDGEWATCH_DRILL")

    @field_validator("call_url")
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        return value if value is None else _http_url(value)


class LedgerSettings(SettingsGroup):
    """Where the ends of all chains are noted outside the database, and the key that signs that."""

    anchors: str | None = Field(None, alias="BRIDGEWATCH_ANCHORS")
    key: SecretStr | None = Field(None, alias="BRIDGEWATCH_ANCHOR_KEY")


class LogSettings(SettingsGroup):
    """How the program tells what it does."""

    format: Literal["text", "json"] = Field("text", alias="BRIDGEWATCH_LOG_FORMAT")
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", alias="BRIDGEWATCH_LOG_LEVEL"
    )


class MailSettings(SettingsGroup):
    """How mail leaves. Without a server nothing leaves by mail, and the bot says so at start."""

    url: SecretStr | None = Field(None, alias="SMTP_URL")
    sender: str = Field("support@localhost", alias="BRIDGEWATCH_MAIL_FROM")

    @field_validator("url")
    @classmethod
    def _is_a_mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parts = urlsplit(value.get_secret_value())
            if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
                raise ValueError("must look like smtp://user:password@host:587 or smtps://host")
        return value


class PagerSettings(SettingsGroup):
    """The webhook that wakes people. Without it the bot wakes nobody."""

    url: SecretStr | None = Field(None, alias="BRIDGEWATCH_PAGER_URL")

    @field_validator("url")
    @classmethod
    def _is_a_web_address(cls, value: SecretStr | None) -> SecretStr | None:
        return value if value is None else SecretStr(_http_url(value.get_secret_value()))


class StatusPageSettings(SettingsGroup):
    """The webhook that publishes released texts on a status page."""

    url: SecretStr | None = Field(None, alias="BRIDGEWATCH_STATUSPAGE_URL")

    @field_validator("url")
    @classmethod
    def _is_a_web_address(cls, value: SecretStr | None) -> SecretStr | None:
        return value if value is None else SecretStr(_http_url(value.get_secret_value()))


class RecordsSettings(SettingsGroup):
    """The key with which other systems sign what they say of accounts. Without it none may."""

    key: SecretStr | None = Field(None, alias="BRIDGEWATCH_RECORDS_KEY", min_length=16)


GROUPS: tuple[type[SettingsGroup], ...] = (
    SlackSettings,
    DatabaseSettings,
    WebSettings,
    DeskSettings,
    LogSettings,
    MailSettings,
    PagerSettings,
    StatusPageSettings,
    LedgerSettings,
    RecordsSettings,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of one run."""

    slack: SlackSettings
    database: DatabaseSettings
    web: WebSettings
    desk: DeskSettings
    log: LogSettings
    mail: MailSettings
    pager: PagerSettings
    status_page: StatusPageSettings
    ledger: LedgerSettings
    records: RecordsSettings

    def secrets(self) -> tuple[str, ...]:
        """Return every secret value that is set, for the log's redaction."""
        return tuple(
            value.get_secret_value()
            for group in self._groups()
            for _, value in group
            if isinstance(value, SecretStr)
        )

    @property
    def anchors(self) -> Path | None:
        """Return the folder of anchors: beside the database if none is named; None for none.

        A rehearsal has none unless one is named.
        """
        named = self.ledger.anchors
        if named is not None:
            return None if named == NO_ANCHORS else Path(named)
        if self.desk.drill:
            return None
        address = self.database.url.get_secret_value()
        if address.startswith("sqlite:///"):
            return Path(address.removeprefix("sqlite:///") + ".anchors")
        return Path("var") / f"{urlsplit(address).path.strip('/') or 'bridgewatch'}.anchors"

    def check_to_run(self) -> None:
        """Refuse a set of values that cannot run together.

        Raises:
            SettingsRefused: No way in from Slack, or a drill that others could reach.
        """
        mistakes = list(self._mistakes())
        if mistakes:
            raise SettingsRefused("\n".join(mistakes))

    def _mistakes(self) -> Iterator[str]:
        if self.slack.bot_token is None:
            yield "SLACK_BOT_TOKEN is not set: the bot cannot speak in Slack."
        if self.slack.app_token is None and self.slack.signing_secret is None:
            yield (
                "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set: "
                "nothing can come in from Slack."
            )
        if self.desk.drill and not is_loopback(self.web.host):
            yield "BRIDGEWATCH_DRILL=1 needs BRIDGEWATCH_HOST to be this machine (127.0.0.1)."
        if self.desk.drill and not is_loopback(urlsplit(self.slack.api_url).hostname or ""):
            yield "BRIDGEWATCH_DRILL=1 needs SLACK_API_URL to be this machine (the local Slack)."

    def _groups(self) -> tuple[SettingsGroup, ...]:
        return (
            *(self.slack, self.database, self.web, self.desk),
            *(self.log, self.mail, self.pager, self.status_page, self.ledger, self.records),
        )


def load(
    environ: Mapping[str, str] | None = None, *, env_file: Path | None = Path(".env")
) -> Settings:
    """Read every setting.

    Args:
        environ: Stands in for the process's environment; None reads the real one.
        env_file: A file of NAME=value lines; read when it exists, never required.

    Returns:
        All settings, each valid by itself; `Settings.check_to_run` judges them together.

    Raises:
        SettingsRefused: Names each variable that was refused and why, never its value.
    """
    mistakes: list[str] = []

    def read(group: type[_Group]) -> _Group | None:
        source = group if environ is None else _fed(group, environ)
        try:
            return source(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings' own
        except ValidationError as refused:
            mistakes.extend(_sentences(refused))
            return None

    values = [read(group) for group in GROUPS]
    if mistakes:
        raise SettingsRefused("\n".join(mistakes))
    return Settings(*values)  # type: ignore[arg-type]  # one of each group, in the order of GROUPS


_Group = TypeVar("_Group", bound=SettingsGroup)


def variables() -> dict[str, str]:
    """Return every variable the program reads, and its default as text ("" for none)."""
    found: dict[str, str] = {}
    for group in GROUPS:
        for field in group.model_fields.values():
            default = field.default
            shown = default.get_secret_value() if isinstance(default, SecretStr) else default
            found[str(field.alias)] = "" if shown is None else str(shown)
    return found


def is_loopback(host: str) -> bool:
    """Return whether a host name or address can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _fed(group: type[_Group], environ: Mapping[str, str]) -> type[_Group]:
    return type(group.__name__, (group,), {"stand_in": environ, "__module__": group.__module__})


def _sentences(refused: ValidationError) -> list[str]:
    return [
        f"{'.'.join(str(part) for part in mistake['loc'])}: "
        + mistake["msg"].removeprefix("Value error, ").rstrip(".")
        + "."
        for mistake in refused.errors(include_input=False, include_url=False)
    ]


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a web address that starts with https:// or http://")
    return value
