"""Telegram by webhook, on a real address: 200 only after the commit, and nothing for who does not know the token."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from bot.base.meters import Meters
from bot.base.settings import CannotGoOn
from bot.channels.telegram.announcing import Commands
from bot.channels.telegram.api import TelegramBot
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.connection import TelegramConnection, WrongToken
from bot.channels.telegram.receiving import ALLOWED_UPDATES, Receiver
from bot.channels.telegram.webhook import TOKEN_HEADER, Webhook
from bot.channels.webhook import WebhookPlace
from bot.charts import pictures
from bot.storage import schema
from bot.storage.database import Database, StorageDown
from bot.testing.telegram_api import TOKEN, Garbled, StrictBotApi, bad, network
from bot.testing.telegram_rules import ApiRefusal
from handlers.dialogue.context import Resources
from tests.conftest import Clock, make_delivery, make_desk
from tests.ports import free_port

SECRET = "Only_Telegram-is-told-this-0123456789"
URL = "https://tro-ly.example.vn/telegram/updates"
PATH = "/telegram/updates"
PATIENCE = 300
"""Seconds until what never comes is a failure: no measure of speed."""


class Noting:
    """The receiver, which tells whom it was handed an update."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self.handed: asyncio.Queue[object] = asyncio.Queue()

    async def take(self, raw: object, tries: int | None = None) -> None:
        self.handed.put_nowait(raw)
        await self._receiver.take(raw, tries)


@dataclass
class Hooked:
    """The channel on its address, Telegram behind it, and who sends to it."""

    api: StrictBotApi
    client: httpx.AsyncClient
    database: Database
    meters: Meters
    port: int
    stop: asyncio.Event
    ended: asyncio.Task[None]
    channel: TelegramChannel
    receivers: list[Noting]

    async def handed(self) -> object:
        """The next update that reached the receiver."""
        async with asyncio.timeout(PATIENCE):
            return await self.receivers[0].handed.get()

    async def post(self, update: object, **options: Any) -> int:
        """The status for one update, as Telegram sends it."""
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        headers = {"Content-Type": "application/json", TOKEN_HEADER: SECRET} | options.pop("headers", {})
        return (await self.client.post(PATH, content=body, headers=headers, **options)).status_code

    async def pushed(self) -> list[int]:
        """What waits at Telegram is sent, and what is owed for it arrives."""
        statuses = await self.api.pushes(self.post)
        await self.channel.settled()
        return statuses

    async def kept(self) -> int:
        """How many deliveries are in the database."""
        async with self.database.read() as connection:
            found = await connection.execute(sa.select(sa.func.count()).select_from(schema.deliveries))
            count: int = found.scalar_one()
            return count

    async def questions(self) -> list[str]:
        async with self.database.read() as connection:
            rows = await connection.execute(sa.select(schema.questions.c.text).order_by(schema.questions.c.id))
            return list(rows.scalars())


Run = Callable[..., contextlib.AbstractAsyncContextManager[Hooked]]


@pytest.fixture
def api() -> StrictBotApi:
    return StrictBotApi()


@pytest.fixture
async def running(api: StrictBotApi, database: Database, resources: Resources, clock: Clock) -> AsyncIterator[Run]:
    """A channel by webhook on the real desk; `by_polling`: the same bot by long polling."""
    channels: list[TelegramChannel] = []

    @contextlib.asynccontextmanager
    async def run(by_polling: bool = False, **changed: Any) -> AsyncIterator[Hooked]:
        place = replace(WebhookPlace(URL, "127.0.0.1", free_port(), SECRET), **changed)
        meters = Meters()
        desk = make_desk(database, resources, clock, meters=meters)
        receivers: list[Noting] = []

        def by_webhook(bot: TelegramBot, receiver: Receiver) -> Webhook:
            receivers.append(Noting(receiver))
            return Webhook(bot, receivers[0], place, meters)  # type: ignore[arg-type]

        channel = TelegramChannel(
            TelegramConnection(TOKEN),
            desk,
            make_delivery(desk, database, resources, clock),
            clock=clock,
            pictures=pictures.make,
            commands=Commands([("trogiup", "Trợ giúp")]),
            apology="Xin lỗi",
            request=api,
            intake=None if by_polling else by_webhook,
            meters=meters,
        )
        channels.append(channel)
        before, stop = len(api.made("setWebhook")), asyncio.Event()
        task = asyncio.create_task(channel.run(stop))
        limits = httpx.Limits(max_connections=50)
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{place.port}", limits=limits, timeout=PATIENCE
        ) as client:
            try:
                set_ = partial(api.until, lambda: len(api.made("setWebhook")) > before, "the webhook is set")
                ready = asyncio.create_task(api.drained() if by_polling else set_())
                await asyncio.wait((task, ready), return_when=asyncio.FIRST_COMPLETED)
                ready.cancel()
                yield Hooked(api, client, database, meters, place.port, stop, task, channel, receivers)
            finally:
                stop.set()
                await task

    yield run
    for channel in channels:  # what is sent beside uses the database
        await channel.settled()


def says(number: int, text: str, person: int = 7) -> Mapping[str, Any]:
    """An update as Telegram sends it."""
    who = {"id": person, "is_bot": False, "first_name": "Ba"}
    chat = {"id": person, "type": "private", "first_name": "Ba"}
    message = {"message_id": number, "date": 1_790_000_000, "chat": chat, "from": who, "text": text}
    return {"update_id": number, "message": message}


# --- what Telegram is told -----------------------------------------------------------------------


async def test_telegram_is_told_where_and_by_what_and_drops_nothing(running: Run, api: StrictBotApi) -> None:
    ba = api.user(7)
    ba.says("dong may nam thi co luong huu")
    async with running() as hooked:
        (call,) = api.made("setWebhook")
        assert call.parameters["url"] == URL
        assert call.parameters["secret_token"] == SECRET
        assert json.loads(call.parameters["allowed_updates"]) == list(ALLOWED_UPDATES)
        assert 1 <= int(call.parameters["max_connections"]) <= 100
        assert "drop_pending_updates" not in call.parameters
        assert await hooked.pushed() == [200]
        assert "15 năm" in api.heard(7)[0].plain
    assert api.refusals == []


async def test_to_polling_and_back_loses_nothing_and_doubles_nothing(running: Run, api: StrictBotApi) -> None:
    ba = api.user(7)
    async with running() as hooked:
        ba.says("dong may nam thi co luong huu")
        assert await hooked.pushed() == [200]
        ba.says("muc dong thap nhat la bao nhieu")  # and nobody listens any more
    async with running(by_polling=True):
        await api.drained()
        ba.says("the con nam thi sao")
        await api.drained()
    assert not api.webhook
    ba.says("dong o dau")
    async with running() as hooked:
        assert api.webhook
        assert await hooked.pushed() == [200]
        assert len(await hooked.questions()) == 4
    assert not any(
        "drop_pending_updates" in c.parameters and c.parameters["drop_pending_updates"] == "true" for c in api.calls
    )


async def test_a_webhook_that_was_taken_away_is_set_again(
    running: Run, api: StrictBotApi, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.channels.telegram.webhook._LOOK_AGAIN_SECONDS", 0.01)
    async with running():
        api.inject("getWebhookInfo", network())
        api.webhook, api.webhook_info = False, {}
        await api.until(lambda: api.webhook, "the webhook is set again")
    assert any("taken away" in each.getMessage() for each in caplog.records if each.levelno == logging.ERROR)


ODD = {"url": URL, "has_custom_certificate": False, "pending_update_count": 1}
ODD_ANSWERS: tuple[object, ...] = (
    ODD | {"last_error_date": 10**20, "last_error_message": "x"},
    ODD | {"last_error_date": "x"},
    ODD | {"pending_update_count": "many", "last_error_message": "x"},
    [],
    "x",
)


async def test_an_answer_that_is_none_does_not_end_the_watch(
    running: Run, api: StrictBotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.webhook._LOOK_AGAIN_SECONDS", 0.01)
    async with running():
        for answer in ODD_ANSWERS:
            api.inject("getWebhookInfo", Garbled(json.dumps({"ok": True, "result": answer}).encode()))
        await api.until(lambda: len(api.made("getWebhookInfo")) > len(ODD_ANSWERS), "it looks on")
        api.webhook, api.webhook_info = False, {}
        await api.until(lambda: api.webhook, "the webhook is set again")


@pytest.mark.parametrize("taken_away", [False, True])
async def test_a_token_that_is_revoked_ends_it(
    running: Run, api: StrictBotApi, monkeypatch: pytest.MonkeyPatch, taken_away: bool
) -> None:
    """Whether that is found out by looking, or by setting it again."""
    monkeypatch.setattr("bot.channels.telegram.webhook._LOOK_AGAIN_SECONDS", 0.01)

    async def revoked() -> None:
        async with running() as hooked:
            if taken_away:
                api.inject("setWebhook", ApiRefusal(401, "Unauthorized"))
                api.webhook, api.webhook_info = False, {}
            else:
                api.token = "1:other"
            await asyncio.wait((hooked.ended,), timeout=PATIENCE)
            assert hooked.ended.done()

    with pytest.raises(WrongToken):
        await revoked()


@pytest.mark.parametrize("path", ["/tr%E1%BB%A3-l%C3%BD/a%2Bb", "/a%3Fb%23c", "/trợ-lý"])
async def test_an_address_with_signs_of_its_own_is_where_updates_arrive(running: Run, path: str) -> None:
    async with running(url=f"https://tro-ly.example.vn{path}") as hooked:
        headers = KNOWN | JSON
        answer = await hooked.client.post(path, content=json.dumps(says(1, "xin chào")), headers=headers)
        assert answer.status_code == 200
        assert (await hooked.client.post("/a", content=b"{}", headers=headers)).status_code == 404


async def test_an_address_telegram_refuses_is_named_and_tried_again(
    running: Run, api: StrictBotApi, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def at_once(seconds: float) -> None:
        """Waiting takes no time."""

    monkeypatch.setattr("bot.base.retry.again.__kwdefaults__", again_at_once(at_once), raising=True)
    api.inject("setWebhook", bad("bad webhook: Failed to resolve host: Name or service not known"))
    async with running() as hooked:
        assert await hooked.post(says(1, "xin chào")) == 200
    assert any("telegram.webhook_url: Bad webhook: failed" in each.getMessage() for each in caplog.records)


def again_at_once(wait: Callable[[float], Any]) -> dict[str, Any]:
    from bot.base.retry import again

    return (again.__kwdefaults__ or {}) | {"sleep": wait}


async def test_a_port_that_is_taken_ends_with_one_line(running: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(CannotGoOn, match=r"telegram\.webhook_port"):
        async with running(port=taken.getsockname()[1]):
            pass


# --- who is let in -------------------------------------------------------------------------------

METHODS = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "POST", "TRACE", "PROPFIND")
KNOWN = {TOKEN_HEADER: SECRET}
JSON = {"Content-Type": "application/json; charset=utf-8"}
REFUSED: dict[str, tuple[int, str, str, dict[str, str], bytes]] = {
    **{f"{m} without the token": (403, m, PATH, {"Content-Type": "application/json"}, b"{}") for m in METHODS},
    **{f"{m} elsewhere without": (403, m, "/metrics", {}, b"") for m in METHODS},
    **{f"{m} with the token": (405, m, PATH, KNOWN, b"") for m in METHODS if m != "POST"},
    "an empty token": (403, "POST", PATH, {TOKEN_HEADER: ""}, b"{}"),
    "a beginning of the token": (403, "POST", PATH, {TOKEN_HEADER: SECRET[:-1]}, b"{}"),
    "more than the token": (403, "POST", PATH, {TOKEN_HEADER: SECRET + "x"}, b"{}"),
    "the token in other letters": (403, "POST", PATH, {TOKEN_HEADER: SECRET.upper()}, b"{}"),
    "the token of the bot": (403, "POST", PATH, {TOKEN_HEADER: TOKEN}, b"{}"),
    "the token as a password": (403, "POST", PATH, {"Authorization": f"Bearer {SECRET}"}, b"{}"),
    "the token in the address": (403, "POST", f"{PATH}?secret_token={SECRET}", {}, b"{}"),
    "another path": (404, "POST", "/", KNOWN | {"Content-Type": "application/json"}, b"{}"),
    "the path and more": (404, "POST", f"{PATH}/x", KNOWN | {"Content-Type": "application/json"}, b"{}"),
    "no type": (415, "POST", PATH, KNOWN, b"{}"),
    "a form": (415, "POST", PATH, KNOWN | {"Content-Type": "application/x-www-form-urlencoded"}, b"a=1"),
    "text": (415, "POST", PATH, KNOWN | {"Content-Type": "text/plain"}, b"{}"),
    "nothing": (400, "POST", PATH, KNOWN | {"Content-Type": "application/json"}, b""),
    "half of it": (400, "POST", PATH, KNOWN | {"Content-Type": "application/json"}, b'{"update_id": 1'),
    "no UTF-8": (400, "POST", PATH, KNOWN | {"Content-Type": "application/json"}, b'{"update_id": "\xff"}'),
    "deep": (400, "POST", PATH, KNOWN | {"Content-Type": "application/json"}, b"[" * 200_000),
    "too large": (413, "POST", PATH, KNOWN | {"Content-Type": "application/json"}, b" " * 1_000_001),
}


@pytest.fixture
async def hooked(running: Run) -> AsyncIterator[Hooked]:
    async with running() as found:
        yield found


async def test_whatever_is_no_update_of_telegram_is_refused_and_changes_nothing(hooked: Hooked) -> None:
    for name, (status, method, path, headers, body) in REFUSED.items():
        answer = await hooked.client.request(method, path, headers=headers, content=body)
        assert (name, answer.status_code) == (name, status)
        assert answer.content == b"", "no hint of why"
        assert answer.headers["connection"] == "close"
        assert "server" not in answer.headers
    assert await hooked.kept() == 0
    assert hooked.meters.in_progress == 0
    assert hooked.meters.webhook.labels("403")._value.get() > 20


async def test_a_body_of_unknown_length_that_grows_too_large_is_cut_off(hooked: Hooked) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield b" " * 10_000

    with contextlib.suppress(httpx.WriteError, httpx.ReadError):  # hung up on while it still sends
        await hooked.client.post(PATH, content=endless(), headers=KNOWN | JSON)
    assert hooked.meters.webhook.labels("413")._value.get() == 1
    assert await hooked.kept() == 0


async def test_two_tokens_are_none(hooked: Hooked) -> None:
    headers = [(TOKEN_HEADER, "x"), (TOKEN_HEADER, SECRET), ("Content-Type", "application/json")]
    assert (await hooked.client.post(PATH, content=b"{}", headers=headers)).status_code == 403


async def test_who_sends_slowly_is_told_so_and_cut_off(running: Run) -> None:
    async with running(body_seconds=0.05) as hooked:
        reader, writer = await asyncio.open_connection("127.0.0.1", hooked.port)
        head = f"POST {PATH} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{TOKEN_HEADER}: {SECRET}\r\n"
        writer.write(f"{head}Content-Length: 500\r\n\r\n".encode() + b'{"upda')
        async with asyncio.timeout(PATIENCE):
            answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 408")
        writer.close()
        assert await hooked.post(says(1, "xin chào")) == 200


async def test_no_secret_is_logged(running: Run, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with running() as hooked:
        await hooked.post(says(1, "xin chào, tôi là Bảy"))
        await hooked.post(b"{")
        await hooked.post({"update_id": "x"}, headers={TOKEN_HEADER: SECRET + "x"})
    said = "\n".join(each.getMessage() for each in caplog.records if not each.name.startswith("hpack"))
    assert URL in said, "how updates come in is said"
    assert SECRET not in said
    assert TOKEN.partition(":")[2] not in said
    assert "Bảy" not in said


# --- what is sent --------------------------------------------------------------------------------


async def test_what_is_confirmed_is_committed_and_the_same_again_changes_nothing(hooked: Hooked) -> None:
    hooked.api.user(7).says("")  # opens the chat
    update = says(5001, "dong may nam thi co luong huu")
    for _ in range(3):
        assert await hooked.post(update) == 200
        assert len(await hooked.questions()) == 1
    await hooked.channel.settled()
    assert len([each for each in hooked.api.heard(7) if "15 năm" in each.plain]) == 1


async def test_what_cannot_be_kept_is_not_confirmed_and_comes_again(
    hooked: Hooked, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooked.api.user(7).says("dong may nam thi co luong huu")

    async def full(self: Database, work: object) -> Any:
        raise StorageDown("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Database, "write", full)
        for _ in range(2):
            assert await hooked.api.pushes(hooked.post) == [503]
    assert await hooked.questions() == []
    assert await hooked.pushed() == [200]
    assert len(await hooked.questions()) == 1
    assert len(hooked.api.heard(7)) >= 1


async def test_what_is_tried_for_long_shows_its_age_from_the_first_try(
    running: Run, api: StrictBotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds, ages, real = [1_000.0], list[tuple[int, float]](), Database.write

    async def at_once(pause: float) -> None:
        seconds[0] += 600

    monkeypatch.setattr("bot.base.retry.again.__kwdefaults__", again_at_once(at_once), raising=True)
    monkeypatch.setattr("bot.base.meters.time", SimpleNamespace(monotonic=lambda: seconds[0]))
    async with running(by_polling=True) as hooked:
        await hooked.channel.settled()

        async def full(self: Database, work: Any) -> Any:
            ages.append((hooked.meters.in_progress, hooked.meters.longest()))
            if len(ages) < 4:
                raise StorageDown("database or disk is full")
            monkeypatch.setattr(Database, "write", real)
            return await real(self, work)

        monkeypatch.setattr(Database, "write", full)
        api.user(7).says("dong may nam thi co luong huu")
        await api.drained()
        await hooked.channel.settled()
    assert ages == [(1, 0.0), (1, 600.0), (1, 1200.0), (1, 1800.0)]
    assert hooked.meters.in_progress == 0


@contextlib.contextmanager
def held_before_commit(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Whatever is to be written waits until the block is left."""
    opened, real = asyncio.Event(), Database.write

    async def waiting(self: Database, work: Any) -> Any:
        await opened.wait()
        return await real(self, work)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "write", waiting)
        try:
            yield
        finally:
            opened.set()


async def test_stopped_before_the_commit_nothing_is_confirmed_and_nothing_lost(
    running: Run, api: StrictBotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.user(7).says("dong may nam thi co luong huu")
    monkeypatch.setattr("bot.base.listening._GRACE_SECONDS", 0)
    with held_before_commit(monkeypatch):
        async with running() as hooked:
            sent = asyncio.create_task(api.pushes(hooked.post))
            await hooked.handed()
            hooked.stop.set()
            await hooked.ended
            result = (await asyncio.gather(sent, return_exceptions=True))[0]
            assert result != [200]
    async with running() as hooked:
        assert await hooked.pushed() == [200]
        assert len(await hooked.questions()) == 1


async def test_more_than_can_be_under_way_must_come_again(running: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(at_once=2) as hooked:
        with held_before_commit(monkeypatch):
            first = [asyncio.create_task(hooked.post(says(n, "xin chào", person=n))) for n in (1, 2)]
            for _ in first:
                await hooked.handed()
            assert await hooked.post(says(3, "xin chào", person=3)) == 503
        assert await asyncio.gather(*first) == [200, 200]
        assert await hooked.post(says(3, "xin chào", person=3)) == 200
        assert await hooked.kept() == 3


POISON: tuple[object, ...] = (
    {"update_id": 1, "message": [1, 2]},
    {"update_id": 2, "message": ""},
    {"update_id": 3, "message": {"from": {"id": []}, "date": []}},
    {"update_id": 4, "callback_query": 5},
    {"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": {}}, "from": 3, "text": {}}},
    {"update_id": 6},
    {"update_id": "seven"},
    {"update_id": None},
    {},
    [],
    [{"update_id": 1}],
    "x",
    5,
    None,
)


async def test_a_poisonous_update_is_noted_and_stands_before_nobody(
    hooked: Hooked, caplog: pytest.LogCaptureFixture
) -> None:
    for poison in POISON:
        assert (poison, await hooked.post(poison)) == (poison, 200)
    assert any(each.levelno >= logging.WARNING for each in caplog.records)
    assert await hooked.post(says(5001, "dong may nam thi co luong huu")) == 200
    assert len(await hooked.questions()) == 1


async def test_what_comes_at_once_from_one_chat_stays_in_order(hooked: Hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["dong may nam thi co luong huu", "muc dong thap nhat", "dong o dau", "ai duoc dong", "bao gio co the"]
    sent = []
    with held_before_commit(monkeypatch):  # all of them wait, each on a connection of its own
        for place, text in enumerate(asked):
            sent.append(asyncio.create_task(hooked.post(says(6000 + place, text))))
            await hooked.handed()
    assert await asyncio.gather(*sent) == [200] * len(asked)
    assert await hooked.questions() == asked
