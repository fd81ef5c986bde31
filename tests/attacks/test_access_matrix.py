"""Who may do what, whole: every address and method of the pages and of the webhook, each command and press.

What there is to do is taken from the software itself, so that nothing new is forgotten; who is not allowed is refused,
and the database stands as before, row by row.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from starlette.routing import BaseRoute, Route
from typer import Typer

from bot.base.meters import Meters
from bot.base.settings import Staff
from bot.channels.telegram.connection import TelegramConnection, at_work_on, make_bot
from bot.channels.telegram.receiving import Receiver
from bot.channels.telegram.webhook import TOKEN_HEADER, Webhook
from bot.channels.webhook import PushedUpdates, WebhookPlace
from bot.commands.cli import cli
from bot.desk.channel import Inbound
from bot.desk.desk import Desk
from bot.desk.resources import staff_hours
from bot.desk.sign_in import csrf_token
from bot.storage import (
    announcements,
    campaigns,
    conversations,
    drafts,
    phrasings,
    questions,
    ratings,
    schema,
    second_factors,
    staff,
)
from bot.storage.database import Database
from bot.testing.telegram_api import TOKEN, StrictBotApi
from bot.testing.telegram_people import BOT
from bot.watch.application import application as watch_application
from bot.web.application import ROUTES
from bot.web.guard import COOKIE
from handlers.dialogue.context import Resources
from handlers.dialogue.memory import Role
from handlers.dialogue.message import Message, MessageKind
from handlers.dialogue.records import Asked, Offered, Rated
from handlers.handover import staff_commands
from tests.commands import spawned
from tests.conftest import TODAY, Clock, make_delivery, make_desk
from tests.staff_demo import ADMIN, EDITOR, STAFF, VIEWER
from tests.web_house import KEYS, Browser, House, key, make_house

Rows = Mapping[str, list[tuple[object, ...]]]
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
"""Those of the software: what SQLite counts for itself grows with every reply."""


def rows(folder: Path, but: tuple[str, ...] = ()) -> Rows:
    """Every row of every table, but of some tables."""
    with contextlib.closing(sqlite3.connect(folder / "bhxh.sqlite3")) as connection:
        names = [name for (name,) in connection.execute(_TABLES)]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names if name not in but}


async def fill(database: Database) -> None:
    """Something of everything the pages show and change: all of it has the number 1; conversation 2 has ended."""
    async with database.begin() as connection:
        asked = Asked("đóng cho con ở nước ngoài", "unknown", ("abroad",), False)
        await questions.add(connection, "a" * 64, "1", asked, TODAY)
        await ratings.offer(connection, "a" * 64, Offered("1", "answer", "abroad"), TODAY)
        await ratings.rate(connection, "a" * 64, Rated("1", 2), TODAY)
        await conversations.open_new(connection, 1, "a" * 64, "k1", "sổ ghi sai năm sinh", TODAY)
        await conversations.add(connection, 1, "staff", "s1", "bà con mang sổ đến xã", TODAY)
        await phrasings.add(connection, "abroad", "đóng cho cháu ở nước ngoài", "lan", TODAY)
        await drafts.add(connection, "group", "Đóng cho con ở nước ngoài?", (), "lan", TODAY)
        await staff.put(connection, "e" * 64, "editor", "Anh Ba", TODAY)
        await conversations.note(connection, 1, "lan", "sổ ghi sai: đồng nghiệp xem", TODAY)
        await conversations.open_new(connection, 2, "b" * 64, "k2", "hỏi và xong", TODAY)
        await conversations.add(connection, 2, "staff", "s2", "bà con ra xã", TODAY)
        await conversations.close(connection, 2, "staff", TODAY)
        await drafts.add_reply(connection, "hỏi và xong", "bà con ra xã", "lan", TODAY)
        await campaigns.add(connection, campaigns.Campaign("cho", "Chợ Anh Ba", "xã A"), TODAY)
        await announcements.add(connection, "sổ ghi sai thì ra xã", announcements.Audience(), "Anh Ba", TODAY)


# --- the pages -----------------------------------------------------------------------------------

SAMPLES = {
    "{number:int}": "1",
    "{key}": "e" * 64,
    "{code}": "cho",
    "{token}": "x" * 43,
    "{name}": "satisfaction",
    "{ending}": "csv",
}
FIELDS = {
    "entry": "pension_min_years",
    "text": "đóng mấy năm",
    "question": "Đóng mấy năm?",
    "answer": "x",
    "reply": "k1",
    "person": "555",
    "role": "editor",
    "name": "Chị Lan",
    "seen": "2",
    "to": "",
    "topic": "pension",
    "place": "xã A",
}
OPEN = ("/vao/", "/style.css", "/icon.svg")
"""What anybody may ask for: the way in, and the looks of the pages."""
FOR_ANY_STAFF = ("/ra", "/cau-hoi/hoi-thu", "/ma", "/tai-khoan/tat")
"""What is sent by a form and any of the staff may do: leave, ask what would be said, give a code, end that."""
BEFORE_CODE = ("/ra", "/ma")
"""All that whose code is due may do: give it, or leave."""
FOR_ADMINS = ("/quan-tri", "/gui-tin")
"""Who may do what, who did, and what is announced to people: read and changed by admins alone."""
FOR_EDITORS = ("/chien-dich/moi", "/chien-dich/ma/cho/sua")
"""Forms that editors and admins alone are shown."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


def addresses(routes: Sequence[BaseRoute]) -> dict[str, set[str]]:
    """The addresses of an application with the methods they answer to, with samples for what changes in them."""
    found: dict[str, set[str]] = {}
    for route in routes:
        assert isinstance(route, Route), f"{route} is something that this test does not know: teach it"
        path = route.path
        for part, value in SAMPLES.items():
            path = path.replace(part, value)
        assert "{" not in path, f"{path}: a sample is missing"
        found.setdefault(path, set()).update(route.methods or ())
    return found


EVERY_ADDRESS = addresses(ROUTES)


@dataclass(frozen=True)
class Visitor:
    """Somebody at the door: how they come to a browser, and which role counts for them."""

    name: str
    comes: Callable[[House], Awaitable[Browser]]
    role: Role | None
    csrf: str | None = None
    """The token of their forms; None for the right one."""
    headers: Mapping[str, str] | None = None
    waits: bool = False
    """Whether the code of their second factor is due."""


async def outside(house: House) -> Browser:
    return house.browser()


async def forged(house: House) -> Browser:
    browser = house.browser()
    browser.client.cookies.set(COOKIE, "forged", domain="127.0.0.1")
    return browser


async def expired(house: House) -> Browser:
    browser = await house.inside("admin")
    house.clock.forward(hours=8)
    return browser


async def signed_out(house: House) -> Browser:
    browser = await house.inside("admin")
    session = browser.session
    await browser.post("/ra")
    browser.client.cookies.set(COOKIE, session, domain="127.0.0.1")
    return browser


async def removed(house: House) -> Browser:
    """An editor whose id the settings no longer name: the process was started again since."""
    browser = await house.inside("editor")
    app = house.app
    later = make_house(app.database, app.resources, house.clock, house.folder, staff=Staff(viewers=(VIEWER,)))
    same = later.browser()
    same.client.cookies.set(COOKIE, browser.session, domain="127.0.0.1")
    return same


async def code_due(house: House) -> Browser:
    """An admin who opened the link, and has not given the code that they asked to be asked for."""
    async with house.app.database.begin() as connection:
        await second_factors.put(connection, key("admin"), KEYS.seal("A" * 32, "second_factors", key("admin")))
        await second_factors.confirm(connection, key("admin"), ["0" * 64])
    return await house.inside("admin")


def inside(role: Role) -> Callable[[House], Awaitable[Browser]]:
    return lambda house: house.inside(role)


VISITORS = (
    Visitor("nobody", outside, None),
    Visitor("a forged session", forged, None, csrf_token("forged")),
    Visitor("an expired session", expired, None),
    Visitor("a session that was left", signed_out, None),
    Visitor("who is staff no more", removed, None),
    Visitor("admin whose code is due", code_due, "admin", waits=True),
    Visitor("viewer", inside("viewer"), "viewer"),
    Visitor("editor", inside("editor"), "editor"),
    Visitor("admin", inside("admin"), "admin"),
    Visitor("admin, without a token", inside("admin"), "admin", ""),
    Visitor("admin, with a token of another session", inside("admin"), "admin", csrf_token("another")),
    Visitor("admin, by another site", inside("admin"), "admin", None, {"Origin": "https://evil.example"}),
    Visitor("admin, by a page of elsewhere", inside("admin"), "admin", None, {"Sec-Fetch-Site": "cross-site"}),
)


def allowed(visitor: Visitor, path: str, methods: set[str], method: str) -> bool:
    """The whole of what may be done: any of the staff looks, editors and admins change, by their own forms only."""
    if method not in methods:
        return False
    if path.startswith(OPEN) and method in ("GET", "HEAD"):
        return True
    if visitor.role is None:
        return False
    if visitor.waits:
        return path in BEFORE_CODE
    for_admins = path.startswith(FOR_ADMINS)
    if method in ("GET", "HEAD"):
        return staff_commands.may(
            visitor.role, "admin" if for_admins else "editor" if path in FOR_EDITORS else "viewer"
        )
    least: Role = "admin" if for_admins else "viewer" if path in FOR_ANY_STAFF else "editor"
    return staff_commands.may(visitor.role, least) and visitor.csrf is None and visitor.headers is None


@pytest.fixture
def house(database: Database, resources: Resources, clock: Clock, tmp_path: Path) -> House:
    return make_house(database, resources, clock, tmp_path / "data")


def test_every_address_of_the_pages_that_run_is_in_the_matrix(house: House) -> None:
    assert addresses(house.pages.routes).keys() - EVERY_ADDRESS.keys() <= set(OPEN)


@pytest.mark.parametrize("visitor", VISITORS, ids=lambda visitor: visitor.name)
async def test_who_is_not_allowed_is_refused_and_changes_nothing(
    house: House, database: Database, visitor: Visitor
) -> None:
    await fill(database)
    browser = await visitor.comes(house)
    csrf = csrf_token(browser.client.cookies.get(COOKIE) or "") if visitor.csrf is None else visitor.csrf
    before, tried = rows(house.folder), 0
    for (path, methods), method in itertools.product(EVERY_ADDRESS.items(), METHODS):
        if path.startswith("/vao/") and method == "POST":
            continue  # a link that was made up is tried below
        if allowed(visitor, path, methods, method):
            continue
        form = {"csrf": csrf, **FIELDS} if method not in ("GET", "HEAD") else None
        answer = await browser.client.request(method, path, data=form, headers=visitor.headers)
        assert answer.status_code in (401, 403, 404, 405), (visitor.name, method, path, answer.status_code)
        assert "sổ ghi sai" not in answer.text
        assert "nước ngoài" not in answer.text
        assert "Anh Ba" not in answer.text
        tried += 1
    assert tried > 80
    assert rows(house.folder) == before


@pytest.mark.parametrize("role", ["viewer", "editor", "admin"])
async def test_who_is_allowed_is_let_in(house: House, database: Database, role: Role) -> None:
    await fill(database)
    browser = await house.inside(role)
    who = next(each for each in VISITORS if each.name == role)
    for path, methods in EVERY_ADDRESS.items():
        if path.startswith("/vao/") or path in FOR_ANY_STAFF:
            continue
        for method in methods & {"GET", "POST"}:
            if allowed(who, path, methods, method):
                sent = {"csrf": csrf_token(browser.session), **FIELDS}
                answer = await browser.client.request(method, path, data=sent if method == "POST" else None)
                assert answer.status_code in (200, 303, 400, 404, 409, 422), (method, path, answer.status_code)


@pytest.mark.parametrize("link", ["", "x" * 43, "A" * 5000, "%00", "..%2f..%2f", "'", "é", "1'--"])
async def test_a_link_that_nobody_made_opens_nothing(house: House, database: Database, link: str) -> None:
    browser = house.browser()
    before = rows(house.folder)
    for headers in ({}, {"Origin": "https://evil.example"}):
        answer = await browser.client.post(f"/vao/{link}", data={"csrf": csrf_token("")}, headers=headers)
        assert answer.status_code in (403, 404, 429)
    assert rows(house.folder) == before
    assert COOKIE not in browser.client.cookies


# --- the chats -----------------------------------------------------------------------------------

GROUP, FOREIGN = STAFF.group, -2002
CITIZEN, GONE = 104, 105
PEOPLE: Mapping[str, tuple[int, Role | None]] = {
    "citizen": (CITIZEN, None),
    "staff no more": (GONE, None),
    "viewer": (VIEWER, "viewer"),
    "editor": (EDITOR, "editor"),
    "admin": (ADMIN, "admin"),
}
PLACES: Mapping[str, int | None] = {"private": None, "staff group": GROUP, "foreign group": FOREIGN}
GIVEN_TO_STAFF = ("Report", "StaffLink")
"""The kinds of replies that only the staff are given."""
OF_CONVERSATIONS = ("conversations", "conversation_messages", "conversation_notes", "drafts")
OF_TRAFFIC = ("deliveries", "outbox", "addresses", "states")
"""What any message leaves for a while."""

FOR_ADMINS_CHAT = ("them", "thongbao")
"""Commands for admins alone, held below."""
ORDERS: Mapping[str, tuple[MessageKind, str, str, Role]] = {
    **{
        f"/{name}": ("text", f"/{name}", "", "viewer")
        for name in staff_commands.COMMANDS
        if name not in FOR_ADMINS_CHAT
    },
    "a report by its button": ("press", "export|use|2026|csv", "", "viewer"),
    "the list of files": ("press", "export|use", "", "viewer"),
    "an answer to a citizen": ("text", "Bà con mang sổ đến xã nhé", "#K1 sổ ghi sai", "editor"),
    "words that close": ("text", "đóng lại", "#K1 sổ ghi sai", "editor"),
    "the button that closes": ("press", "staff|close|1", "", "editor"),
    "the button that takes": ("press", "staff|take|1", "", "editor"),
    "the button that gives": ("press", f"staff|give|1|{KEYS.of('telegram', str(ADMIN))[:8]}", "", "editor"),
    "the button that sends a canned answer": ("press", "staff|send|1|scam", "", "editor"),
    "the button of a topic": ("press", "staff|sort|1|pension", "", "editor"),
    "a note": ("text", "/ghichu nhớ gọi lại", "#K1 sổ ghi sai", "editor"),
    "a note without its stroke": ("text", "Ghi chú: nhớ gọi lại", "#K1 sổ ghi sai", "editor"),
    "words that take up again": ("text", "mở lại", "#K2 hỏi và xong", "editor"),
    "the button that takes up again": ("press", "staff|reopen|2", "", "editor"),
    "the button that undoes keeping": ("press", "staff|unkeep|2|s2", "", "editor"),
    "the button that keeps": ("press", "staff|keep|1|s1", "", "editor"),
}
"""What the staff do in chats, by what it is; and the least role."""


@pytest.fixture
def staffed(database: Database, resources: Resources, clock: Clock) -> Desk:
    manner = dataclasses.replace(resources.manner, staff=staff_hours(STAFF), pages_need="")
    return make_desk(database, dataclasses.replace(resources, manner=manner), clock, STAFF)


async def waiting(database: Database) -> str:
    async with database.read() as connection:
        return "\n".join((await connection.execute(sa.select(schema.outbox.c.reply))).scalars())


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("person", PEOPLE)
async def test_what_the_staff_do_in_chats_is_done_for_them_alone_and_where_it_belongs(
    staffed: Desk, database: Database, tmp_path: Path, person: str, place: str, order: str
) -> None:
    await fill(database)
    number, role = PEOPLE[person]
    group = PLACES[place]
    kind, text, replied, least = ORDERS[order]
    belongs = place == "staff group" if least == "editor" else place != "foreign group"
    may = belongs and staff_commands.may(role, least)
    before = rows(tmp_path / "data", OF_TRAFFIC)
    asked_of_the_assistant = place == "private" and least == "editor"  # words of a person as any other's
    message = Message(kind, "order", TODAY, text, replied=replied)
    address = str(number if group is None else group)
    await staffed.take(Inbound("telegram", str(number), address, message, group=group is not None))
    after, said = rows(tmp_path / "data", OF_TRAFFIC), await waiting(database)
    if least == "viewer":
        given = any(f'"type":"{each}"' in said for each in GIVEN_TO_STAFF) or "export|" in said
        private_only = text == "/bangdieukhien" and place == "staff group"
        assert given == (may and not private_only), said
        assert {**after, "audit": before["audit"]} == before
        assert len(after["audit"]) - len(before["audit"]) <= given
    elif asked_of_the_assistant:
        assert [after[name] for name in OF_CONVERSATIONS] == [before[name] for name in OF_CONVERSATIONS]
    else:
        assert (after != before) == may, said


def test_every_command_for_staff_is_one_that_anybody_else_is_refused() -> None:
    assert set(staff_commands.COMMANDS) <= {order.removeprefix("/") for order in ORDERS} | set(FOR_ADMINS_CHAT)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("person", PEOPLE)
async def test_only_an_admin_adds_to_the_staff_and_in_their_own_chat(
    staffed: Desk, database: Database, tmp_path: Path, person: str, place: str
) -> None:
    number, role = PEOPLE[person]
    group = PLACES[place]
    before = rows(tmp_path / "data", OF_TRAFFIC)
    message = Message("text", "order", TODAY, "/them 555 quantri Chị Lan")
    address = str(number if group is None else group)
    await staffed.take(Inbound("telegram", str(number), address, message, group=group is not None))
    after = rows(tmp_path / "data", OF_TRAFFIC)
    assert (after != before) == (role == "admin" and place == "private")
    assert "555" not in str(rows(tmp_path / "data"))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("person", PEOPLE)
async def test_only_an_admin_sees_how_far_an_announcement_is_and_stops_it(
    staffed: Desk, database: Database, tmp_path: Path, person: str, place: str
) -> None:
    await fill(database)
    async with database.begin() as connection:
        await announcements.begin(connection, 1, "Anh Ba", TODAY)
    number, role = PEOPLE[person]
    group = PLACES[place]
    may = role == "admin" and place != "foreign group"
    before = rows(tmp_path / "data", OF_TRAFFIC)
    for delivery, kind, text in (("1", "text", "/thongbao"), ("2", "press", "announce|stop|1")):
        message = Message(kind, delivery, TODAY, text)  # type: ignore[arg-type]
        address = str(number if group is None else group)
        await staffed.take(Inbound("telegram", str(number), address, message, group=group is not None))
        assert ("Tin số 1" in await waiting(database)) == may
    async with database.read() as connection:
        found = await announcements.find(connection, 1)
    assert found is not None
    assert found.state == ("stopping" if may else "sending")
    after = rows(tmp_path / "data", OF_TRAFFIC)
    assert (after != before) == may
    assert len(after["audit"]) - len(before["audit"]) == may


# --- the webhook ---------------------------------------------------------------------------------

WEBHOOK_TOKEN = "Only_Telegram-is-told-this-0123456789"
PLACE = WebhookPlace("https://tro-ly.example.vn/telegram/updates", "127.0.0.1", 8082, WEBHOOK_TOKEN)
SENDERS: Mapping[str, tuple[list[tuple[str, str]], str]] = {
    "nobody": ([], ""),
    "an empty token": ([(TOKEN_HEADER, "")], ""),
    "the beginning of the token": ([(TOKEN_HEADER, WEBHOOK_TOKEN[:-1])], ""),
    "more than the token": ([(TOKEN_HEADER, f"{WEBHOOK_TOKEN}x")], ""),
    "the token in other letters": ([(TOKEN_HEADER, WEBHOOK_TOKEN.swapcase())], ""),
    "two tokens": ([(TOKEN_HEADER, WEBHOOK_TOKEN), (TOKEN_HEADER, "x")], ""),
    "the token of the bot": ([(TOKEN_HEADER, TOKEN)], ""),
    "the token as a password": ([("Authorization", f"Bearer {WEBHOOK_TOKEN}")], ""),
    "the token in the address": ([], f"?secret_token={WEBHOOK_TOKEN}"),
    "a session of the pages": ([("Cookie", f"{COOKIE}=x")], ""),
    "Telegram": ([(TOKEN_HEADER, WEBHOOK_TOKEN)], ""),
}
"""Who sends, by what they show: headers, and what stands behind the path."""


def update_of(person: int, group: int | None = None) -> dict[str, object]:
    """An update that is kept if it is believed: of the staff in their group, of a citizen in private."""
    who = {"id": person, "is_bot": False, "first_name": "Ba"}
    chat = {"id": group or person, "type": "supergroup" if group else "private", "title": "Cán bộ"}
    message = {"message_id": 1, "date": 1_790_000_000, "chat": chat, "from": who, "text": "đóng mấy năm"}
    if group:
        said = {"message_id": 9, "date": 1_790_000_000, "chat": chat, "from": BOT, "text": "#K1 sổ ghi sai"}
        message["reply_to_message"] = said
    return {"update_id": person, "message": message}


UPDATES = (update_of(CITIZEN), update_of(EDITOR, GROUP))


@pytest.fixture
async def webhook(staffed: Desk, database: Database, resources: Resources, clock: Clock) -> PushedUpdates:
    bot = make_bot(TelegramConnection(TOKEN), StrictBotApi())
    await bot.initialize()

    async def apologise(chat: int) -> None:
        raise AssertionError("nothing fails")

    delivery = make_delivery(staffed, database, resources, clock, STAFF)
    return Webhook(bot, Receiver(bot, at_work_on(bot), staffed, delivery, clock, apologise), PLACE, Meters()).updates


@pytest.mark.parametrize("sender", SENDERS)
async def test_who_is_not_telegram_sends_nothing_and_telegram_to_one_address_only(
    webhook: PushedUpdates, house: House, database: Database, sender: str
) -> None:
    await fill(database)
    shown, behind = SENDERS[sender]
    paths = (PLACE.path, f"{PLACE.path}/", f"{PLACE.path}/x", *EVERY_ADDRESS, *watched_at(house))
    headers = [("Content-Type", "application/json"), *shown]
    before, tried = rows(house.folder), 0
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=webhook), base_url="https://tro-ly.example.vn"
    ) as client:
        for path, method, update in itertools.product(paths, METHODS, UPDATES):
            if (sender, method, path) == ("Telegram", "POST", PLACE.path):
                continue
            answer = await client.request(method, f"{path}{behind}", json=update, headers=headers)
            refused = (404, 405) if sender == "Telegram" else (403,)
            assert answer.status_code in refused, (method, path, answer.status_code)
            assert answer.content == b""
            tried += 1
        assert tried > 300
        assert rows(house.folder) == before
        if sender == "Telegram":
            for update in UPDATES:
                assert (await client.post(PLACE.path, json=update, headers=headers)).status_code == 200
            changed = {name for name, now in rows(house.folder).items() if now != before[name]}
            assert {"questions", "conversation_messages"} <= changed, "what is believed does change something"


# --- what watches over it ------------------------------------------------------------------------


def watched_at(house: House) -> set[str]:
    """Where the state of the service is told."""
    return set(addresses(watch_application(house.app, house.clock, ()).routes))


async def test_where_the_world_comes_nobody_is_told_the_state_of_the_service(
    house: House, webhook: PushedUpdates
) -> None:
    """Neither an admin on the pages, nor Telegram at the webhook."""
    state = watched_at(house)
    assert state == {"/metrics", "/healthz", "/readyz"}
    admin = (await house.inside("admin")).client
    telegram = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=webhook), base_url="https://x", headers={TOKEN_HEADER: WEBHOOK_TOKEN}
    )
    for client, path, method in itertools.product((admin, telegram), state, METHODS):
        answer = await client.request(method, path)
        assert answer.status_code in (403, 404, 405), (path, method, answer.status_code)
        assert "bhxh_" not in answer.text
    await telegram.aclose()


# --- the command line ----------------------------------------------------------------------------

WITH_SECRET: Mapping[str, tuple[str, ...]] = {
    "chat": ("chat",),
    "web": ("web",),
    "run": ("run",),
    "delete-person": ("delete-person", "7"),
    "staff link": ("staff", "link"),
    "pages": ("pages",),
}
"""Commands that make keys of people, or a way in, with what they are called with."""
WITHOUT_SECRET = frozenset(
    (
        "ask", "evaluate", "cases", "estimate", "report", "check", "migrate", "campaign", "questions",
        "signed", "backup", "restore", "announcement",
    )
)  # fmt: skip
"""Commands that know no person, or carry the folder as a whole; those of a group by its name."""


def commands(of: Typer, *path: str) -> Iterator[str]:
    """Every command by the words it is called with."""
    for command in of.registered_commands:
        assert command.callback is not None
        yield " ".join((*path, command.name or command.callback.__name__))
    for group in of.registered_groups:
        assert group.typer_instance is not None
        yield from commands(group.typer_instance, *path, str(group.name))


def test_of_every_command_it_is_known_whether_it_needs_the_secret() -> None:
    known = set(WITH_SECRET) | WITHOUT_SECRET
    assert [each for each in commands(cli) if not {each, each.split()[0]} & known] == []


@pytest.mark.parametrize("name", WITH_SECRET)
def test_a_command_that_needs_the_secret_does_nothing_without_a_good_one(
    name: str, migrated: Path, tmp_path: Path
) -> None:
    shutil.copytree(migrated, tmp_path / "data")
    before = rows(tmp_path / "data")
    token = "123456:" + "a" * 35
    ended = spawned(tmp_path, *WITH_SECRET[name], BHXH_SECRET="too short", BHXH_TELEGRAM__TOKEN=token)
    assert "BHXH_SECRET has 9 bytes" in ended.complaint
    assert token not in ended.complaint
    assert rows(tmp_path / "data") == before
