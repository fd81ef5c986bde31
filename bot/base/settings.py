"""Everything that can be set, by section: frozen, each key with what it is to hold.

CannotGoOn
    └── BrokenSettings    names the key, and what is expected there
"""

from __future__ import annotations

import datetime
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    IPvAnyNetwork,
    SecretStr,
    create_model,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "BHXH_"


class CannotGoOn(Exception):
    """What ends a command with one line; `code` is its exit status."""

    code = 1


class BrokenSettings(CannotGoOn):
    """Settings that can't be used: one line that names the key and what is expected."""

    code = 2


class SettingsSection(BaseModel):
    """Settings that belong together; every key says by its `description` what is expected."""

    model_config = ConfigDict(frozen=True, extra="forbid")


S = TypeVar("S", bound=SettingsSection)


@dataclass(frozen=True, slots=True)
class WayIn:
    """How people come to a channel by the code of a campaign.

    `link` is its address there and `called` what it is searched for, '' where there is none. `greeted`: the code is
    typed with a greeting, for no link carries it.
    """

    channel: str
    link: str = ""
    called: str = ""
    greeted: bool = False


class ChannelSection(SettingsSection):
    """The settings of a channel, which is served once the key that it `needs` is set."""

    needs: ClassVar[str]
    greeted: ClassVar[bool] = False
    """Whether the code of a campaign reaches it with a greeting that people type, and by no link."""

    @property
    def is_set(self) -> bool:
        return bool(getattr(self, self.needs))

    @property
    def alone(self) -> bool:
        """Whether only one process may serve it, for it asks for what comes in."""
        return True

    def check(self) -> None:
        """Raise BrokenSettings where a key is not set that others need."""

    def link(self, code: str = "") -> str | None:
        """The address by which people come to it, with the code of a campaign; None where there is none."""
        return None

    @property
    def called(self) -> str:
        """What people search for to find it; '' where nothing is found so."""
        return ""


def _in_one_piece(secret: SecretStr) -> SecretStr:
    """A secret without spaces, for it stands in an address."""
    if any(each.isspace() for each in secret.get_secret_value()):
        raise ValueError("a space or a line break in it")
    return secret


def hard_to_guess(secret: SecretStr) -> SecretStr:
    """A secret that is sent along to a webhook, as long as it must be; or none."""
    if not re.fullmatch(r"(?:[A-Za-z0-9_-]{32,256})?", secret.get_secret_value()):
        raise ValueError("too short, or of other characters")
    return secret


class PushedSection(ChannelSection):
    """The settings of a channel that asks for what comes in, or has it sent to a webhook."""

    needs: ClassVar[str] = "token"
    section: ClassVar[str]
    """What the section is called."""

    mode: Annotated[Literal["polling", "webhook"], Field(description="polling or webhook")] = "polling"
    webhook_host: Annotated[str, Field(min_length=1, description="an address of this machine, as in 127.0.0.1")] = (
        "127.0.0.1"
    )

    @property
    def alone(self) -> bool:
        return self.mode == "polling"

    def check(self) -> None:
        """Raise BrokenSettings where there is to be a webhook, and a key that it needs is not set."""
        key = next((each for each in ("webhook_url", "webhook_token") if not getattr(self, each)), None)
        if self.mode == "webhook" and key is not None:
            wanted = f"expected {expected(type(self), key)}, in config.yaml or {variable(self.section, key)}"
            raise BrokenSettings(f"{self.section}.{key}: {self.section}.mode is webhook; {wanted}")


class Telegram(PushedSection):
    """How Telegram is reached."""

    section: ClassVar[str] = "telegram"

    token: Annotated[
        SecretStr,
        Field(description="the bot's token, as BotFather gives it: 123456:ABC…, without a space or line break"),
        AfterValidator(_in_one_piece),
    ] = SecretStr("")
    username: Annotated[
        str | None,
        Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{3,31}$", description="the bot's name without @, for links"),
    ] = None
    base_url: Annotated[str, Field(pattern=r"^https?://", description="an http(s) address")] = (
        "https://api.telegram.org/bot"
    )
    base_file_url: Annotated[str, Field(pattern=r"^https?://", description="an http(s) address")] = (
        "https://api.telegram.org/file/bot"
    )
    proxy: Annotated[
        str | None,
        Field(pattern=r"^(https?|socks5h?)://", description="http://host:port or socks5://host:port"),
    ] = None
    inline_feedback: Annotated[bool, Field(description="true or false")] = False
    messages_a_second: Annotated[int, Field(ge=0, description="messages, 0 or more; 0: no limits are kept")] = 30
    webhook_url: Annotated[
        str | None,
        Field(
            pattern=r"^https://[^/\s?#]+/[^\s?#]+$",
            description="the https address with a path that Telegram sends to, as in https://tro-ly.example.vn/telegram",
        ),
    ] = None
    webhook_port: Annotated[int, Field(ge=1, le=65535, description="1 to 65535")] = 8082
    webhook_token: Annotated[
        SecretStr,
        Field(description="32 to 256 of the characters A-Z a-z 0-9 _ -, which only Telegram is told"),
        AfterValidator(hard_to_guess),
    ] = SecretStr("")

    def link(self, code: str = "") -> str | None:
        """`https://t.me/<bot>`, with the code of a campaign; None while the bot's name is not set."""
        if self.username is None:
            return None
        return f"https://t.me/{self.username}" + (f"?start={code}" if code else "")

    def group_link(self, code: str) -> str | None:
        """The link that adds the bot to a group of whoever follows it, with the code of a campaign; None as above."""
        return None if self.username is None else f"https://t.me/{self.username}?startgroup={code}"


class LocalSupport(SettingsSection):
    """What the province adds to the State's support."""

    local_top_up: Annotated[int, Field(ge=0, description="whole dong a month, 0 or more")] = 0


_HOURS = r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"
_People = tuple[Annotated[int, Field(gt=0)], ...]


class Staff(SettingsSection):
    """Who answers and who reads the pages: Telegram ids by role, and the group questions are handed to."""

    channel: ClassVar[str] = "telegram"
    """The channel these are ids of: the one place that says so."""

    viewers: Annotated[_People, Field(description="a list of Telegram ids, which /id tells")] = ()
    editors: Annotated[_People, Field(description="a list of Telegram ids, which /id tells")] = ()
    admins: Annotated[_People, Field(description="a list of Telegram ids, which /id tells")] = ()
    group: Annotated[int | None, Field(lt=0, description="the id of a Telegram group, which /id tells there")] = None
    on_pages: Annotated[
        bool,
        Field(description="true: without a group too, questions for a person are taken, for the pages"),
    ] = False
    office_days: Annotated[
        tuple[Annotated[int, Field(ge=1, le=7)], ...],
        Field(description="days of the week, 1 (Monday) to 7, as in [1, 2, 3, 4, 5]"),
    ] = ()
    office_hours: Annotated[
        tuple[Annotated[str, Field(pattern=_HOURS)], ...],
        Field(description='hours of a day, as in ["07:30-11:30", "13:30-17:00"]'),
    ] = ()

    @property
    def answer(self) -> bool:
        """Whether somebody answers citizens: in the group, or on the pages alone."""
        return self.group is not None or self.on_pages


class Web(ChannelSection):
    """Where the staff pages and the chat page are served, and the addresses people reach them by."""

    needs: ClassVar[str] = "chat_url"

    public_url: Annotated[
        str | None,
        Field(pattern=r"^https://[^/\s]+(/[^\s?#]*)?$", description="the https address staff reach the pages by"),
    ] = None
    host: Annotated[str, Field(min_length=1, description="an address of this machine, as in 127.0.0.1")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="1 to 65535; 0: no pages are served")] = 8080
    apart: Annotated[
        bool, Field(description="true: `bhxh pages` serves them, a process of its own, and `bhxh run` does not")
    ] = False
    proxy: Annotated[
        IPvAnyNetwork,
        Field(
            description="the address of the reverse proxy, as in 127.0.0.1, or the network it is in, as in "
            "10.244.0.0/16: nobody else's word is believed"
        ),
    ] = ipaddress.IPv4Network("127.0.0.1")

    chat_url: Annotated[
        str | None,
        Field(
            pattern=r"^https://[^/\s?#]+/?$",
            description="the https address people reach the chat page by, without a path, as in https://tro-ly.example.vn",
        ),
    ] = None
    chat_port: Annotated[int, Field(ge=1, le=65535, description="1 to 65535")] = 8090
    embed_hosts: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?$")], ...],
        Field(description="a list of hosts whose pages may show the chat page in a frame, as in [xa.example.vn]"),
    ] = ()

    @property
    def alone(self) -> bool:
        return False

    def link(self, code: str = "") -> str | None:
        """The address of the chat page, or of the page of a campaign there; None where it is not served."""
        if self.chat_url is None:
            return None
        return self.chat_url.rstrip("/") + (f"/c/{code}" if code else "/")

    def missing(self) -> str:
        """The setting without which no link to the pages can be sent; '' when all are there."""
        return "web.port" if self.port == 0 else "web.public_url" if self.public_url is None else ""


class Watch(SettingsSection):
    """Where the state of the service is told to what watches over it, and what the group of the staff is told of."""

    host: Annotated[str, Field(min_length=1, description="an address of this machine, as in 127.0.0.1")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="1 to 65535; 0: nothing is told")] = 8081
    errors: Annotated[int, Field(ge=0, description="errors in ten minutes, 1 or more; 0: not told")] = 10
    waiting_minutes: Annotated[int, Field(ge=0, description="minutes, 1 or more; 0: not told")] = 10
    free_megabytes: Annotated[int, Field(ge=0, description="megabytes of the disk, 1 or more; 0: not told")] = 500
    conversation_hours: Annotated[
        int, Field(ge=0, description="hours a citizen waits for the staff, 1 or more; 0: not told")
    ] = 24
    alive_at: Annotated[
        str | None, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description='an hour of the day, as in "07:30"')
    ] = None


def _of_postgresql(url: SecretStr) -> SecretStr:
    """An address of PostgreSQL with the name of a database; or none."""
    said = url.get_secret_value()
    if not said:
        return url
    parts = urlsplit(said)
    asked = dict(parse_qsl(parts.query))
    if parts.scheme not in ("postgresql", "postgresql+asyncpg", "postgres") or len(parts.path) < 2:
        raise ValueError("no address of PostgreSQL")
    if not (parts.hostname or asked.get("host")) or not asked.keys() <= {"host", "port", "ssl", "sslmode"}:
        raise ValueError("no host, or what is not known behind it")
    _ = parts.port  # raises ValueError where it is none
    return url


class DatabasePlace(SettingsSection):
    """Where the database is: in the data folder, or in PostgreSQL for more than one process or machine."""

    url: Annotated[
        SecretStr,
        Field(
            description="postgresql+asyncpg://user:password@host:5432/name, percent-encoded, with ?ssl=require or "
            "nothing behind it; or nothing: SQLite in the data folder"
        ),
        AfterValidator(_of_postgresql),
    ] = SecretStr("")
    connections: Annotated[int, Field(ge=2, le=100, description="connections of a process, 2 to 100")] = 10

    @property
    def password(self) -> str:
        """The one in the address; '' where there is none."""
        return unquote(urlsplit(self.url.get_secret_value()).password or "")


class Reminders(SettingsSection):
    """When nobody is reminded of anything."""

    quiet: Annotated[str, Field(pattern=_HOURS, description='hours of a day or a night, as in "21:00-06:00"')] = (
        "21:00-06:00"
    )
    holidays: Annotated[
        tuple[datetime.date, ...],
        Field(
            max_length=400, description="a list of days, as in [2027-02-05, 2027-02-06]: those of the lunar new year"
        ),
    ] = ()


class Log(SettingsSection):
    """How the log is written, and how much of it."""

    format: Annotated[Literal["text", "json"], Field(description="text or json")] = "text"
    level: Annotated[
        Literal["debug", "info", "warning", "error"], Field(description="debug, info, warning or error")
    ] = "info"


class Office(SettingsSection):
    """What stands at the head and foot of a report on paper; what is not set is printed as a dotted line."""

    name: Annotated[str | None, Field(description="the office that reports")] = None
    parent: Annotated[str | None, Field(description="the body above the office")] = None
    place: Annotated[str | None, Field(description="the place in the line of the date")] = None
    signer: Annotated[str | None, Field(description="the name of who signs")] = None
    signer_title: Annotated[str | None, Field(description="the title of who signs")] = None
    recipients: Annotated[tuple[str, ...], Field(description="a list of who receives the report")] = ()


_Days = Annotated[int, Field(ge=1, description="days, 1 or more")]


class Retention(SettingsSection):
    """For how many days what people wrote is kept; afterwards only anonymous facts remain."""

    questions: _Days = 180
    comments: _Days = 365
    conversations: _Days = 90
    people: _Days = 730
    """Until records lose the key of their person."""


class Settings(BaseSettings):
    """Everything that can be set. Without a file, the defaults serve every command except `run`."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        nested_model_default_partial_update=True,
    )

    data_folder: Annotated[Path, Field(description="a folder that can be written to")] = Path("data")
    secret: Annotated[SecretStr | None, Field(description="at least 32 bytes; environment only")] = None
    database: DatabasePlace = DatabasePlace()
    telegram: Telegram = Telegram()
    support: LocalSupport = LocalSupport()
    staff: Staff = Staff()
    web: Web = Web()
    watch: Watch = Watch()
    reminders: Reminders = Reminders()
    log: Log = Log()
    office: Office = Office()
    retention: Retention = Retention()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file."""
        return env_settings, init_settings

    @classmethod
    def with_sections(cls, sections: Mapping[str, type[SettingsSection]]) -> type[Settings]:
        """The same with more sections: those that channels declare."""
        fields: dict[str, Any] = {name: (section, section()) for name, section in sections.items()}
        return create_model("Settings", __base__=cls, **fields)

    @property
    def given_secret(self) -> str | None:
        """The secret of the environment; None where the one in the data folder is used."""
        return None if self.secret is None else self.secret.get_secret_value()

    def ways(self, code: str = "") -> tuple[WayIn, ...]:
        """How people come to each channel that has an address or takes a code, with the code of a campaign."""
        sections = ((name, each) for name, each in self if isinstance(each, ChannelSection))
        found = ((each, WayIn(name, each.link(code) or "", each.called, each.greeted)) for name, each in sections)
        return tuple(way for each, way in found if way.link or way.called or (each.greeted and each.is_set))

    def qr_link(self, code: str = "") -> str | None:
        """Where a QR code leads: to the page that offers every way, else to Telegram; None where there is neither."""
        return self.web.link(code) or self.telegram.link(code)

    def of(self, section: type[S]) -> S:
        """The section of this kind."""
        return next(each for _, each in self if isinstance(each, section))


def variable(*path: str) -> str:
    """The environment variable of a key or a section."""
    return f"{PREFIX}{'__'.join(path)}".upper()


def made_folder(settings: Settings) -> Path:
    """The data folder, made where there is none; raises BrokenSettings where none can be made."""
    folder = settings.data_folder
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        expected = Settings.model_fields["data_folder"].description
        raise BrokenSettings(f"data_folder: {folder}: {error.strerror}; expected {expected}") from None
    return folder


def known_in(kind: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel]:
    """The model of the section that a path leads into, as far as it leads."""
    model = kind
    for part in path:
        found = model.model_fields[str(part)].annotation if str(part) in model.model_fields else None
        if not (isinstance(found, type) and issubclass(found, BaseModel)):
            return model
        model = found
    return model


def expected(kind: type[BaseModel], *path: int | str) -> str | None:
    """What the key at a path is to hold; of an item, what its list is to hold."""
    keys = [part for part in path if isinstance(part, str)]
    field = known_in(kind, tuple(keys[:-1])).model_fields.get(keys[-1]) if keys else None
    if field is None:
        return None
    annotation = field.annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "keys and values: " + ", ".join(annotation.model_fields)
    return field.description
