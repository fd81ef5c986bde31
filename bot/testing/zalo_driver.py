"""Carries a dialogue over Zalo: what a person types there, and what they read, page by page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels import choices
from bot.channels.webhook import WebhookPlace
from bot.channels.zalo.api import NAME, ZaloConnection
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.webhook import ZaloWebhook
from bot.channels.zalo.writing import spoken
from bot.charts import pictures
from bot.desk.channel import Inbound
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.desk.plain_chats import PlainChats
from bot.testing.drivers import Heard, OnTelegram
from bot.testing.zalo_api import ZALO_TOKEN, StrictZaloApi
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Said, Text

ZALO_PLACE = WebhookPlace("https://tro-ly.example.vn/zalo", "127.0.0.1", 8083, "Only_Zalo-is-told-this-0123456789")

_PERSON = "6ede9afa66b88fe6d6a9"
_LINE = re.compile(r"^\[(\d{1,2}|[a-z])\] (.+)$", re.MULTILINE)


class NotingZalo(ZaloChannel):
    """The channel, which notes what it is given to send."""

    def note(self) -> None:
        self.given: list[Said] = []

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        self.given.append(reply)
        await super().send(address, reply, replaces)


def zalo_channel(
    desk: Desk, delivery: Delivery, resources: Resources, clock: Callable[[], datetime.datetime], api: StrictZaloApi
) -> NotingZalo:
    """The channel by webhook on the strict Zalo, connected; nothing is listened to."""
    channel = NotingZalo(
        ZaloConnection(ZALO_TOKEN),
        PlainChats(desk),
        delivery,
        clock=clock,
        pictures=pictures.make,
        texts=resources.texts,
        place=ZALO_PLACE,
        transport=api,
    )
    channel.note()
    assert isinstance(channel.intake, ZaloWebhook)
    api.leads_to(channel.intake, ZALO_PLACE.token, ZALO_PLACE.url)
    delivery.connect(channel)
    return channel


class OnZalo:
    """A private chat on Zalo; the group of the staff, where there is one, is on Telegram, as everywhere."""

    def __init__(
        self,
        desk: Desk,
        delivery: Delivery,
        resources: Resources,
        clock: Callable[[], datetime.datetime],
        group: int | None = None,
    ) -> None:
        self.api = StrictZaloApi()
        self._resources, self._clock = resources, clock
        self._seen = 0
        self._presses = 0
        self._marks: dict[str, str] = {}
        """What is typed for the data of a button, as long as its line holds."""
        self._office = None if group is None else OnTelegram(desk, delivery, resources, clock, group)
        self._start(desk, delivery)

    def _start(self, desk: Desk, delivery: Delivery) -> None:
        self._desk, self._delivery = desk, delivery
        self._channel = zalo_channel(desk, delivery, self._resources, self._clock, self.api)

    async def restarts(self, desk: Desk, delivery: Delivery) -> None:
        """The process is killed, without a word, and started again."""
        if self._office is not None:
            await self._office.restarts(desk, delivery)
        self._start(desk, delivery)

    async def ends(self) -> None:
        if self._office is not None:
            await self._office.ends()
        assert self.api.refusals == [], "Zalo refused something"

    # --- what the person does

    async def says(self, text: str) -> Heard:
        assert await self.api.says(_PERSON, text) == 200
        return await self._heard()

    async def starts(self, payload: str) -> Heard:
        return await self.says(f"/start {payload}".rstrip())

    async def presses(self, data: str) -> Heard:
        """Type the mark of the line, or the words that steer; a button that was overtaken comes as its press would."""
        if data in self._marks:
            return await self.says(self._marks[data])
        self._presses += 1
        message = Message("press", f"press {self._presses}", self._clock(), data)
        self._delivery.wake(await self._desk.take(Inbound(NAME, _PERSON, _PERSON, message)))
        return await self._heard()

    async def sends(self, kind: str) -> Heard:
        event = {"sticker": "sticker", "voice": "voice"}.get(kind, "image")
        assert await self.api.arrives(f"message.{event}.received", _PERSON) == 200
        return await self._heard()

    # --- what the staff do, and the clock

    async def staff(self, turn: dict[str, Any]) -> Heard:
        """What a member of the staff does in their group on Telegram."""
        assert self._office is not None
        await self._office.staff(turn)
        return await self._heard()

    async def group_moves(self, new: int, told: bool) -> Heard:
        assert self._office is not None
        await self._office.group_moves(new, told)
        return await self._heard()

    async def ticks(self, due: Awaitable[None]) -> Heard:
        """The clock hands in what is due."""
        await due
        self._delivery.resume()
        return await self._heard()

    def heard_by_staff(self) -> Heard:
        assert self._office is not None
        return self._office.heard_by_staff()

    # --- what they read

    async def _heard(self) -> Heard:
        """All that came, read to its end: who is told to type «tiếp» does."""
        more = self._resources.texts.label("zalo.more")
        await self._settled()
        fresh = self.api.heard(_PERSON)[self._seen :]
        self._seen += len(fresh)
        buttons = self._buttons("\n".join(each.text for each in fresh))
        heard = Heard(
            "\n".join(each.text for each in fresh),
            buttons,
            tuple(each.photo for each in fresh if each.photo is not None),
        )
        if not any(more in each.text for each in fresh):
            return heard
        rest = await self.says("tiếp")
        return Heard(f"{heard.text}\n{rest.text}", heard.buttons | rest.buttons, heard.pictures + rest.pictures)

    async def _settled(self) -> None:
        if self._office is not None:
            await self._office.settled()
        await self._channel.settled()

    def _buttons(self, shown: str) -> dict[str, str]:
        """The buttons of what was sent just now, each of which must be on the screen; their marks are remembered."""
        texts = [said for said in self._channel.given if isinstance(said, Text)]
        self._channel.note()
        picked = [each for text in texts for each in choices.to_pick(text)]
        typed = [each for text in texts for each in choices.to_type(text)]
        lines = {label: mark for mark, label in _LINE.findall(shown)}
        words = {each.data: spoken(each.label) for each in typed}
        assert all(f"«{each}»" in shown for each in words.values()), "what steers is told"
        if picked or typed:
            self._marks = words | {each.data: lines[each.label] for each in picked}
        return {each.label: each.data for each in (*picked, *typed)}
