"""Messages leave within Telegram's limits, and chats that are slow or flooded hold up themselves only."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

import pytest
from telegram.request import BaseRequest

from bot.channels.telegram.announcing import Commands
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.connection import TelegramConnection
from bot.channels.telegram.pacing import _SLOW_AT_ONCE, Pace
from bot.channels.telegram.spread import SpreadRequest
from bot.testing.telegram_api import TOKEN, StrictBotApi, flood
from handlers.dialogue.turn import Text
from tests.conftest import TODAY
from tests.noting_desk import APOLOGY, NotingDesk, all_done, draw, serving


class LimitedApi(StrictBotApi):
    """Takes 30 messages in any second, in a chat a few at once and one a second, in a group twenty in any minute."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[float] = []
        self.by_chat: dict[int, list[float]] = defaultdict(list)

    async def _carry_out(self, method: str, p: dict[str, Any], files: Mapping[str, Any]) -> Any:
        if method in ("sendMessage", "sendPhoto", "sendDocument"):
            now, chat = asyncio.get_running_loop().time(), p["chat_id"]
            if sum(1 for each in self.sent if each > now - 1) >= 30:
                raise flood(1)
            if chat < 0 and sum(1 for each in self.by_chat[chat] if each > now - 60) >= 20:
                raise flood(10)
            if sum(1 for each in self.by_chat[chat] if each > now - 5) >= 8:  # three at once, and one a second
                raise flood(2)
            self.sent.append(now)
            self.by_chat[chat].append(now)
        return await super()._carry_out(method, p, files)


def paced_channel(api: StrictBotApi, notes: NotingDesk, among: int = 1) -> TelegramChannel:
    return TelegramChannel(
        TelegramConnection(TOKEN, among=lambda: among),
        notes,  # type: ignore[arg-type]
        notes,  # type: ignore[arg-type]
        clock=lambda: TODAY,
        pictures=draw,
        commands=Commands(()),
        apology=APOLOGY,
        request=api,
    )


@pytest.mark.slow
async def test_three_hundred_people_at_once_meet_no_limit_of_telegram() -> None:
    api, notes = LimitedApi(), NotingDesk()
    for person in range(1, 301):
        api.user(person).says("xin chào")
    channel = paced_channel(api, notes)
    async with serving(channel):
        await all_done(api, channel)
    assert all(len(api.heard(person)) == 1 for person in range(1, 301))
    assert [call for call in api.refusals if call.method == "sendMessage"] == []


async def test_a_flood_from_one_chat_waits_for_itself_and_nobody_waits_for_it() -> None:
    api, notes = LimitedApi(), NotingDesk()
    for number in range(40):
        api.user(1).says(str(number))
    for person in range(2, 12):
        api.user(person).says("xin chào")
    async with serving(paced_channel(api, notes)):
        for person in range(2, 12):
            await api.user(person).hears()
        assert len(api.heard(1)) < 20
    assert [call for call in api.refusals if call.method == "sendMessage"] == []


async def test_processes_that_send_for_one_bot_keep_its_limit_together() -> None:
    api = LimitedApi()
    channels = [paced_channel(api, NotingDesk(), among=2) for _ in range(2)]
    people = range(1, 51)
    for person in people:
        api.user(person).says("xin chào")
    await asyncio.gather(*(channels[each % 2].send(str(each), Text("chào"), None) for each in people))
    assert all(len(api.heard(person)) == 1 for person in people)
    assert [call for call in api.refusals if call.method == "sendMessage"] == []


async def test_in_a_group_a_few_messages_leave_at_once_and_the_rest_wait() -> None:
    api, notes = LimitedApi(), NotingDesk()
    api.group(-900)
    channel = paced_channel(api, notes)
    sending = [asyncio.create_task(channel.send("-900", Text(str(number)), None)) for number in range(25)]
    await api.until(lambda: len(api.heard(-900)) >= 3, "the first leave")
    assert len(api.heard(-900)) < 10
    for each in sending:
        each.cancel()
    await asyncio.gather(*sending, return_exceptions=True)
    assert [heard.plain for heard in api.heard(-900)] == [str(number) for number in range(len(api.heard(-900)))]


# --- chats that hang

MANY = {*range(1, 201)}
PATIENCE = 300
"""Seconds until what never comes is a failure: no measure of speed."""


class Client(BaseRequest):
    """Hangs for some chats until it is let go, and counts what is under way."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.under_way = self.most = 0
        self.all_three = asyncio.Event()

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, *request: Any, **options: Any) -> tuple[int, bytes]:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        if self.under_way == 3:
            self.all_three.set()
        try:
            await (self.go_on.wait() if request[0] == "hangs" else asyncio.sleep(0))
        finally:
            self.under_way -= 1
        return 200, b""


async def test_requests_that_hang_hold_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.spread._SLOW_SECONDS", 0.0)
    client = Client()
    spread = SpreadRequest(client, places=8, most=256)
    hanging = [asyncio.create_task(spread.do_request("hangs")) for _ in range(150)]
    for _ in range(100):
        assert await spread.do_request("answers") == (200, b"")
    assert not any(each.done() for each in hanging)
    client.go_on.set()
    await asyncio.gather(*hanging)
    assert client.most <= 160


async def test_requests_that_do_not_hang_leave_a_few_at_a_time() -> None:
    client = Client()
    spread = SpreadRequest(client, places=8, most=256)
    await asyncio.gather(*(spread.do_request("answers") for _ in range(100)))
    assert client.most == 8


async def test_places_are_free_again_after_what_hung(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.spread._SLOW_SECONDS", 0.0)
    client = Client()
    spread = SpreadRequest(client, places=1, most=3)
    for _ in range(3):
        hanging = [asyncio.create_task(spread.do_request("hangs")) for _ in range(3)]
        await client.all_three.wait()
        client.all_three.clear()
        for each in hanging:
            each.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
    assert await spread.do_request("answers") == (200, b"")


class Chats:
    """Sends to chats by a pace; where it hangs, until it is let go."""

    def __init__(self) -> None:
        self.pace = Pace(3_000.0)
        self.sent: list[int] = []
        self.wanted = 0
        self.reached = asyncio.Event()
        self.go_on = asyncio.Event()

    async def _request(self, chat: int, hangs: bool) -> bool:
        self.sent.append(chat)
        if len(self.sent) == self.wanted:
            self.reached.set()
        if hangs:
            await self.go_on.wait()
        return True

    async def send(self, chat: int, hangs: bool = False) -> None:
        await self.pace.process_request(self._request, (chat, hangs), {}, "sendMessage", {"chat_id": chat}, None)

    @contextlib.asynccontextmanager
    async def hanging(self, chats: Iterable[int], sent: int) -> AsyncIterator[None]:
        """These chats hang meanwhile; inside, so many of them are sent to."""
        self.go_on.clear()
        self.sent.clear()
        self.wanted, self.reached = sent, asyncio.Event()
        under_way = [asyncio.create_task(self.send(chat, hangs=True)) for chat in chats]
        async with asyncio.timeout(PATIENCE):
            await self.reached.wait()
        yield
        self.go_on.set()
        await asyncio.gather(*under_way)


async def test_chats_that_are_slow_while_others_are_quick_get_a_small_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.pacing._SLOW_SECONDS", 0.2)
    chats, others = Chats(), itertools.count(1_000)
    async with asyncio.timeout(PATIENCE):
        while quick := MANY - chats.pace._slow:  # more than once on a machine on which the others are not quick either
            async with chats.hanging(quick, sent=len(quick)):
                for other in itertools.islice(others, 900):
                    await chats.send(other)
    async with chats.hanging(MANY, sent=_SLOW_AT_ONCE):
        await chats.send(999)
        assert 999 in chats.sent
        for _ in range(50):
            await asyncio.sleep(0)
        assert len(chats.sent) == _SLOW_AT_ONCE + 1  # and the other


async def test_after_an_outage_in_which_all_hung_nobody_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.pacing._SLOW_SECONDS", -1.0)  # nobody is quick
    chats = Chats()
    for _ in range(2):  # the second time they would be in the lane of the slow ones, which is narrower
        async with chats.hanging(MANY, sent=len(MANY)):
            for _ in range(50):
                await asyncio.sleep(0)
