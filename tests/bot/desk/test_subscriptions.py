"""Who agreed to be sent announcements: kept while they do, with where they are written to, and no longer."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from bot.storage import subscriptions
from bot.storage.database import Database
from bot.testing.channel import ChannelInMemory
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message, MessageKind
from tests.conftest import KEYS, Clock, make_delivery, make_desk, rows_of

PERSON = "7"
AGREES: tuple[tuple[MessageKind, str], ...] = (("text", "cho tôi nhận tin"), ("press", "news|add|scams"))


async def does(database: Database, resources: Resources, clock: Clock, *deeds: tuple[MessageKind, str]) -> str:
    """What the last deed of a person is answered."""
    return await on(ChannelInMemory("letters"), database, resources, clock, *deeds)


async def on(
    channel: ChannelInMemory, database: Database, resources: Resources, clock: Clock, *deeds: tuple[MessageKind, str]
) -> str:
    desk = make_desk(database, resources, clock)
    delivery = make_delivery(desk, database, resources, clock)
    delivery.connect(channel)
    for kind, text in deeds:
        clock.forward(seconds=1)
        message = Message(kind, f"{clock().timestamp()}", clock(), text)
        await delivery.send(await desk.take(channel.inbound(PERSON, message)))
    return channel.to(PERSON)[-1]


@pytest.mark.parametrize("deed", [("text", "cho tôi nhận tin"), ("press", "news|all"), ("press", "news|add|scams")])
async def test_where_nobody_can_be_written_to_first_it_is_said_and_nothing_is_kept(
    database: Database, resources: Resources, clock: Clock, deed: tuple[MessageKind, str]
) -> None:
    page = ChannelInMemory("letters", writes_first=False)
    assert "không tự nhắn cho bà con trước được" in await on(page, database, resources, clock, deed)
    assert await rows_of(database, "subscriptions") == []
    assert await rows_of(database, "addresses") == []


@pytest.mark.parametrize("text", ["cho tôi nhận tin", "nhắc tôi đóng tiền"])
@pytest.mark.parametrize("link", ["https://t.me/tro_ly_bot", None])
async def test_where_they_can_be_written_to_is_said_only_where_there_is_such_a_place(
    database: Database, resources: Resources, clock: Clock, text: str, link: str | None
) -> None:
    there = dataclasses.replace(resources, manner=dataclasses.replace(resources.manner, link=link))
    page = ChannelInMemory("letters", writes_first=False)
    said = await on(page, database, there, clock, ("text", text))
    assert "không tự nhắn cho bà con trước được" in said
    assert ("Telegram" in said) is (link is not None)
    assert link is None or link in said


async def test_the_address_is_kept_sealed_as_long_as_they_agree(
    database: Database, resources: Resources, clock: Clock
) -> None:
    await does(database, resources, clock, *AGREES)
    clock.forward(days=30)
    await make_desk(database, resources, clock).tidy()
    (row,) = await rows_of(database, "addresses")
    assert row["address"] != PERSON
    await does(database, resources, clock, ("text", "đừng gửi tin nữa"))
    assert await rows_of(database, "addresses") == []


async def test_what_was_agreed_to_ends_after_its_days_and_choosing_again_renews_it(
    database: Database, resources: Resources, clock: Clock
) -> None:
    days = resources.manner.kept.people
    await does(database, resources, clock, *AGREES)
    clock.forward(days=days - 10)
    await does(database, resources, clock, ("press", "news|add|policy"))
    clock.forward(days=20)
    await make_desk(database, resources, clock).tidy()
    async with database.read() as connection:
        assert await subscriptions.of(connection, KEYS.of("letters", PERSON)) == ("policy", "scams")
    clock.now += datetime.timedelta(days=days)
    await make_desk(database, resources, clock).tidy()
    assert await rows_of(database, "subscriptions") == []
    assert await rows_of(database, "addresses") == []


@pytest.mark.parametrize("data", ["news|add|weather", "news|drop|", "news|stop|x", "news|stop|9999999999", "news|"])
async def test_a_button_that_nobody_made_changes_nothing(
    database: Database, resources: Resources, clock: Clock, data: str
) -> None:
    await does(database, resources, clock, *AGREES)
    assert "Nút này đã cũ" in await does(database, resources, clock, ("press", data))
    assert len(await rows_of(database, "subscriptions")) == 1
