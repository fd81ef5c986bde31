"""The staff pages over a database of their own, and browsers that keep their cookies."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from starlette.applications import Starlette

from bot.app import App
from bot.base.keys import Keys
from bot.base.settings import Settings, Staff, Telegram, Web
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.desk.reload import Freshener
from bot.desk.rendering import Renderer
from bot.desk.roles import Roles
from bot.desk.sign_in import Entrance
from bot.desk.staff_group import StaffGroup
from bot.reports.records import Records, Topics, read_targets
from bot.storage.database import Database
from bot.web.application import application
from bot.web.guard import COOKIE
from handlers.dialogue.context import Resources
from handlers.dialogue.memory import Role
from tests.conftest import Clock
from tests.staff_demo import ADMIN, EDITOR, STAFF, VIEWER

KEYS = Keys(b"0" * 32)
IDS = {"viewer": VIEWER, "editor": EDITOR, "admin": ADMIN}


class Browser:
    """A browser: keeps its cookies, follows nothing by itself, and fills forms as the page gives them."""

    def __init__(self, pages: Starlette, host: str = "127.0.0.1") -> None:
        transport = httpx.ASGITransport(app=pages, client=("192.0.2.7", 1234))
        self.client = httpx.AsyncClient(transport=transport, base_url=f"https://{host}")

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def post(self, path: str, csrf: str | None = None, **form: str) -> httpx.Response:
        """Send a form; `csrf` is the token of the last page unless given."""
        return await self.client.post(path, data={"csrf": csrf if csrf is not None else await self.token(), **form})

    async def token(self) -> str:
        """The token that the forms of this browser's session carry."""
        return token_of((await self.client.get("/tham-so")).text)

    async def enter(self, link: str) -> httpx.Response:
        """Open a link and press the one button of its page."""
        path = "/" + link.split("/", 3)[3]
        shown = await self.client.get(path)
        return await self.client.post(path, data={"csrf": token_of(shown.text)})

    @property
    def session(self) -> str:
        return self.client.cookies[COOKIE]


def token_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    return found[1] if found else ""


@dataclass
class House:
    """The pages, what they stand on, and people at the door."""

    app: App
    pages: Starlette
    clock: Clock
    folder: Path

    @property
    def entrance(self) -> Entrance:
        return Entrance(self.app.database, self.app.roles, self.clock, self.app.settings.web)

    def browser(self, host: str = "127.0.0.1") -> Browser:
        return Browser(self.pages, host)

    async def link(self, role: Role) -> str:
        """The link that a member of staff with this role is sent in the chat."""
        found = await self.entrance.link_for(key(role))
        assert found is not None
        return found

    async def inside(self, role: Role) -> Browser:
        """A browser that is signed in."""
        browser = self.browser()
        entered = await browser.enter(await self.link(role))
        assert entered.status_code == 303
        return browser

    def kept(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of what staff may change."""
        with contextlib.closing(sqlite3.connect(self.folder / "bhxh.sqlite3")) as connection:
            return {
                table: connection.execute(f"SELECT * FROM {table}").fetchall()
                for table in (
                    "phrasings",
                    "drafts",
                    "verdicts",
                    "questions",
                    "ratings",
                    "staff_sessions",
                    "staff_links",
                    "staff",
                    "campaigns",
                    "announcements",
                )
            }


def key(role: Role) -> str:
    return KEYS.of("telegram", str(IDS[role]))


def make_house(
    database: Database,
    resources: Resources,
    clock: Clock,
    folder: Path,
    staff: Staff = STAFF,
    web: Web | None = None,
    telegram: Telegram | None = None,
) -> House:
    """The pages as the app makes them, without reading the content again."""
    settings = Settings(data_folder=folder, staff=staff, web=web or Web(), telegram=telegram or Telegram())
    roles = Roles(staff, KEYS)
    group = StaffGroup(staff, KEYS)
    desk = Desk(database, KEYS, resources, clock, roles, group)
    delivery = Delivery(database, KEYS, desk, group, Renderer(resources.texts))
    records = Records(database, Topics.of(resources.library, resources.texts), read_targets())
    app = App(settings, resources, database, desk, delivery, roles, Freshener(database, desk, (0, 0)), records)
    return House(app, application(app, clock), clock, folder)


@contextlib.contextmanager
def full_log(folder: Path) -> Iterator[None]:
    """Meanwhile the audit log takes no line."""
    with contextlib.closing(sqlite3.connect(folder / "bhxh.sqlite3")) as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END")
    yield
    with contextlib.closing(sqlite3.connect(folder / "bhxh.sqlite3")) as connection:
        connection.execute("DROP TRIGGER full")
