"""What every page shares: the running app, the entrance, and the templates with their filters."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import jinja2

from bot.base.clock import Clock
from bot.base.content import read_file
from bot.base.settings import Settings, Web
from bot.curating import Trials
from bot.desk.desk import Desk
from bot.desk.reload import Freshener
from bot.desk.roles import Roles
from bot.desk.sign_in import Entrance
from bot.reports import rounding
from bot.reports.plain import signed
from bot.reports.records import Records
from bot.reports.words import read_words as read_report_words
from bot.storage.database import Database
from bot.web.attempts import Attempts
from faq.engine import checks
from handlers.dialogue.context import Resources
from vietnamese import wording


@dataclass(frozen=True, slots=True)
class Site:
    """Made once at start."""

    settings: Settings
    desk: Desk
    freshener: Freshener
    database: Database
    records: Records
    roles: Roles
    entrance: Entrance
    clock: Clock
    wake: Callable[[Iterable[str]], None]
    """Has what waits under these keys sent, where this process sends anything."""
    environment: jinja2.Environment
    words: Mapping[str, str]
    """Single words and short labels; sentences stand in the templates."""
    attempts: Attempts = field(default_factory=Attempts)
    trials: Trials = field(default_factory=Trials)
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by who has a file written."""

    @property
    def resources(self) -> Resources:
        """What conversations are given now, phrasings that staff just assigned included."""
        return self.desk.resources

    @property
    def today(self) -> datetime.date:
        return self.clock().date()

    @property
    def prefix(self) -> str:
        """The path of the public address, which stands before every path of the pages."""
        return prefix(self.settings)

    def render(self, template: str, **context: object) -> str:
        """A page; every value is escaped, a missing one is an error."""
        return self.environment.get_template(template).render(context)


def own_names(web: Web) -> list[str]:
    """The names by which the pages may be asked for: a page of another site can't make a browser use its own name."""
    public = urlsplit(web.public_url or "").hostname
    return [name for name in (public, web.host, "127.0.0.1", "localhost", "[::1]", f"[{web.host}]") if name]


def prefix(settings: Settings) -> str:
    """«/bhxh» of https://example.vn/bhxh; empty where the pages stand at the root."""
    return urlsplit(settings.web.public_url or "").path.rstrip("/")


def read_words() -> Mapping[str, str]:
    """The labels of the pages."""
    words = read_file("bot.web", "texts.yaml")
    assert isinstance(words, Mapping)
    return words


def environment(
    settings: Settings, resources: Resources, words: Mapping[str, str], today: Callable[[], datetime.date]
) -> jinja2.Environment:
    """The templates of the pages: autoescaped, strict, with the words of numbers and dates."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("bot.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        number=wording.number,
        day=wording.day,
        time=lambda at: f"{wording.day(at)} {at:%H:%M}",
        share=rounding.said,
        minutes=lambda of: span(datetime.timedelta(minutes=of), words),
        points=lambda of: signed(of * 100),
        signed=signed,
        span=lambda of: span(of, words),
        query=query,
    )
    made.globals.update(
        root=prefix(settings),
        bot_link=settings.telegram.link(),
        office=settings.office.name,
        label=resources.texts.label,
        today=today,
        words=words,
        report=read_report_words(),
        shown_of=checks.told,
    )
    return made


def span(of: datetime.timedelta, words: Mapping[str, str]) -> str:
    """«2 ngày 3 giờ», «3 giờ 5 phút», «5 phút»: the two greatest units."""
    minutes = max(0, int(of.total_seconds())) // 60
    counts = ((minutes // 1440, "days"), (minutes // 60 % 24, "hours"), (minutes % 60, "minutes"))
    said = [f"{n} {words[name]}" for n, name in counts if n][:2]
    return " ".join(said) or words["just_now"]


def query(values: Mapping[str, object], **changed: object) -> str:
    """The query of an address: what is set, with some of it changed."""
    wanted = {name: value for name, value in {**values, **changed}.items() if value not in (None, "")}
    return f"?{urlencode(wanted)}" if wanted else "?"
