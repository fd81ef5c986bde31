"""Requests to Telegram are counted by method and code, and nothing of the address is told."""

from __future__ import annotations

import asyncio

import pytest
from prometheus_client import generate_latest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.base.meters import Meters
from bot.channels.telegram.connection import TelegramConnection, make_bot
from bot.testing.telegram_api import TOKEN, StrictBotApi, broken, flood, forbidden, network


async def counts(api: StrictBotApi, meters: Meters) -> dict[tuple[str, str], float]:
    found = meters.registry.collect()
    return {
        (each.labels["method"], each.labels["code"]): each.value
        for family in found
        for each in family.samples
        if each.name == "bhxh_telegram_requests_total"
    }


async def test_each_answer_and_each_silence_counts_by_its_code() -> None:
    api, meters = StrictBotApi(), Meters()
    bot = make_bot(TelegramConnection(TOKEN), api, meters)
    await bot.initialize()
    api.user(7).starts("")
    met: list[type[TelegramError]] = []
    for error in (flood(3), broken(), forbidden(), network(), TimedOut(), None):
        if error is not None:
            api.inject("sendMessage", error)
        try:
            await bot.send_message(7, "xin chào")
        except TelegramError as refused:
            met.append(type(refused))
    with pytest.raises(BadRequest):
        await bot.send_message(999, "xin chào")
    await bot.shutdown()
    assert met == [RetryAfter, NetworkError, Forbidden, NetworkError, TimedOut]
    assert await counts(api, meters) == {
        ("getMe", "200"): 1,
        ("sendMessage", "200"): 1,
        ("sendMessage", "400"): 1,
        ("sendMessage", "403"): 1,
        ("sendMessage", "429"): 1,
        ("sendMessage", "500"): 1,
        ("sendMessage", "no_connection"): 1,
        ("sendMessage", "timed_out"): 1,
    }


async def test_the_token_and_the_name_of_a_file_are_in_no_label() -> None:
    api, meters = StrictBotApi(), Meters()
    bot = make_bot(TelegramConnection(TOKEN), api, meters)
    with pytest.raises(InvalidToken):
        await bot.request.retrieve(f"https://api.telegram.org/file/bot{TOKEN}/photos/nguyen-van-bay.jpg")
    told = generate_latest(meters.registry).decode()
    assert 'method="file"' in told
    assert "bay" not in told
    assert TOKEN.partition(":")[2] not in told
    await asyncio.sleep(0)
