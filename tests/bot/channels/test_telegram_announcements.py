"""Announcements on Telegram: apart from answers, within its limits, and each refusal told for what it is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.desk.channel import Announces, Barred, NeverTaken, TryLater, Unreachable
from bot.testing.telegram_api import Failure, LostAnswer, StrictBotApi, bad, broken, flood, network
from handlers.dialogue.turn import Button, Text
from tests.bot.channels.test_telegram_pace import LimitedApi, paced_channel
from tests.noting_desk import NotingDesk

NEWS = Text("📢 <b>Tin</b>", ((Button("🔕 Dừng nhận tin", "news|stop|1"),),))
ANSWER = Text("đáp")


@pytest.fixture
def channel(api: StrictBotApi) -> TelegramChannel:
    api.user(7).starts()
    return paced_channel(api, NotingDesk())


async def test_it_arrives_with_its_button(api: StrictBotApi, channel: TelegramChannel) -> None:
    assert isinstance(channel, Announces)
    await channel.announce("7", NEWS)
    (seen,) = api.heard(7)
    assert seen.plain == "📢 Tin"
    assert seen.labels == ("🔕 Dừng nhận tin",)


@pytest.mark.parametrize(
    ("failure", "raised"),
    [
        (bad("chat not found"), Unreachable),
        (bad("not enough rights to send text messages to the chat"), Barred),
        (bad("message is too long"), NeverTaken),
    ],
)
async def test_a_refusal_is_told_for_what_it_is(
    api: StrictBotApi, channel: TelegramChannel, failure: Failure, raised: type[Exception]
) -> None:
    api.inject("sendMessage", failure)
    with pytest.raises(raised):
        await channel.announce("7", NEWS)


async def test_who_blocked_the_bot_is_gone(api: StrictBotApi, channel: TelegramChannel) -> None:
    api.blocked.add(7)
    with pytest.raises(Unreachable):
        await channel.announce("7", NEWS)


@pytest.mark.parametrize(
    ("failure", "perhaps", "seconds"),
    [(flood(5), False, 5.0), (network(), False, 1.0), (broken(), False, 1.0), (LostAnswer(), True, 30.0)],
    ids=["429", "no connection", "502", "lost answer"],
)
async def test_only_a_lost_answer_may_have_been_taken(
    api: StrictBotApi, channel: TelegramChannel, failure: Failure, perhaps: bool, seconds: float
) -> None:
    api.inject("sendMessage", failure)
    with pytest.raises(TryLater) as later:
        await channel.announce("7", NEWS)
    assert (later.value.perhaps_taken, later.value.seconds) == (perhaps, seconds)


async def test_a_429_of_an_announcement_holds_up_no_answer(api: StrictBotApi, channel: TelegramChannel) -> None:
    api.inject("sendMessage", flood(3600))
    with pytest.raises(TryLater):
        await channel.announce("7", NEWS)
    await channel.send("7", ANSWER, None)
    assert [seen.plain for seen in api.heard(7)] == ["đáp"]


class FloodsTheSecond(StrictBotApi):
    """Takes one message, refuses the next, and takes all after it."""

    async def _carry_out(self, method: str, p: dict[str, Any], files: Mapping[str, Any]) -> Any:
        if method == "sendMessage" and len(self.made("sendMessage")) == 2:
            raise flood(1)
        return await super()._carry_out(method, p, files)


async def test_what_was_broken_off_in_the_chat_goes_on_where_it_was() -> None:
    api = FloodsTheSecond()
    api.user(7).starts()
    channel = paced_channel(api, NotingDesk())
    long = Text("\n\n".join(f"{number} " + "chữ " * 900 for number in range(3)))
    with pytest.raises(TryLater):
        await channel.send("7", long, None)
    await channel.announce("7", NEWS)
    await channel.send("7", long, None)
    assert [seen.plain.split()[0] for seen in api.heard(7)] == ["0", "📢", "1", "2"]


async def test_answers_leave_before_the_announcements_that_wait() -> None:
    api = LimitedApi()
    for person in range(1, 62):
        api.user(person).starts()
    channel = paced_channel(api, NotingDesk())
    news = [asyncio.ensure_future(channel.announce(str(person), NEWS)) for person in range(1, 41)]
    await api.until(lambda: len(api.sent) >= 2, "announcements leave")
    await asyncio.gather(*(channel.send(str(person), ANSWER, None) for person in range(41, 62)))
    waiting = sum(not each.done() for each in news)
    assert waiting > 10, "21 answers and a few announcements, in the time of 40 announcements"
    await asyncio.gather(*news)
    assert [call for call in api.refusals if call.method == "sendMessage"] == []


async def test_where_no_turn_is_to_spare_it_was_not_taken_and_is_asked_for_anew(
    api: StrictBotApi, channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.pacing._SPARE_SECONDS", 0.05)
    people = range(10, 40)
    for person in people:
        api.user(person).starts()
    answers = [asyncio.ensure_future(channel.send(str(person), ANSWER, None)) for person in people]
    await api.until(lambda: len(api.made("sendMessage")) >= 3, "answers leave")
    with pytest.raises(TryLater) as later:
        await channel.announce("7", NEWS)
    assert not later.value.perhaps_taken
    assert api.heard(7) == []
    await asyncio.gather(*answers)


async def test_processes_that_announce_keep_the_limit_together() -> None:
    api = LimitedApi()
    for person in range(1, 41):
        api.user(person).starts()
    channels = [paced_channel(api, NotingDesk(), among=2) for _ in range(2)]
    await asyncio.gather(*(channels[person % 2].announce(str(person), NEWS) for person in range(1, 41)))
    assert all(len(api.heard(person)) == 1 for person in range(1, 41))
    assert api.refusals == []
