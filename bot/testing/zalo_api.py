"""The strict Zalo in the same process: a public test double that refuses what Zalo refuses, as far as that is told.

    api = StrictZaloApi()                       # hand it to the channel as its `transport`
    api.leads_to(channel.intake, SECRET, URL)   # the webhook, and where pictures are fetched from
    assert await api.says("7", "xin chào") == 200
    api.heard("7")                              # everything shown to person 7
    api.inject("sendMessage", ZaloSaysNo(429, "too many"), times=2)
    api.inject("sendMessage", Lost())           # carried out, and its answer never arrives

Nothing here reads the clock or the network. Refusals are kept in `refusals`: what the bot did wrong.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.testing.zalo_rules import ZaloSaysNo, checked

ZALO_TOKEN = "987654321:strict-zalo-for-tests-only-0123456789"
ZALO_BOT = {"id": "900", "account_name": "bot.trolybhxh", "account_type": "BASIC", "can_join_groups": False}
SECRET_HEADER = "X-Bot-Api-Secret-Token"
A_MOMENT = 1_764_300_000_000
"""Milliseconds: when everything is said here."""
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True)
class ShownOnZalo:
    """One message that a person was shown; of a picture its bytes, as they were fetched."""

    text: str
    photo: bytes | None = None


@dataclass(frozen=True)
class Lost:
    """The call is carried out, but its answer never arrives; not `done`, the connection is never made."""

    done: bool = True


@dataclass(frozen=True)
class Strange:
    """An answer that is none."""

    status: int
    body: bytes


ZaloFault = ZaloSaysNo | Lost | Strange


@dataclass
class _Planned:
    method: str
    fault: ZaloFault
    times: int
    chat: str | None


@dataclass(frozen=True)
class ZaloCall:
    """A call of the bot, and the refusal it met, if any."""

    method: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    refused: str | None = None


class StrictZaloApi(httpx.AsyncBaseTransport):
    """Zalo for one bot; see the module's first lines."""

    def __init__(self, token: str = ZALO_TOKEN) -> None:
        self.token = token
        self.calls: list[ZaloCall] = []
        self.refusals: list[ZaloCall] = []
        self.webhook = ""
        self._secret = ""
        self._shown: dict[str, list[ShownOnZalo]] = {}
        self._planned: list[_Planned] = []
        self._updates: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._polls = 0
        self._numbers = 0
        self._place: httpx.AsyncClient | None = None

    # --- what tests do

    def leads_to(self, application: Callable[..., Any], secret: str, url: str) -> None:
        """The webhook's address is served by this application: updates go there, pictures are fetched there."""
        self._place = httpx.AsyncClient(transport=httpx.ASGITransport(application))
        self.webhook, self._secret = url, secret

    def heard(self, chat: str) -> list[ShownOnZalo]:
        """Everything shown to a person, in order."""
        return self._shown.setdefault(chat, [])

    def inject(self, method: str, fault: ZaloFault, times: int = 1, chat: str | None = None) -> None:
        """The next `times` calls of a method (in one chat, if named) meet this fault."""
        self._planned.append(_Planned(method, fault, times, chat))

    async def says(self, chat: str, text: str) -> int:
        """A person types; the status that the webhook answers with, 0 where it is polled."""
        return await self.arrives("message.text.received", chat, text=text)

    async def arrives(self, event: str, chat: str, **content: Any) -> int:
        """Something happens in a private chat."""
        return await self.happens(self.update(event, chat, **content))

    def update(self, event: str, chat: str, **content: Any) -> dict[str, Any]:
        """An update with a number of its own."""
        self._numbers += 1
        head = {"from": {"id": chat, "display_name": "Bà con", "is_bot": False}, "date": A_MOMENT}
        head |= {"chat": {"id": chat, "chat_type": "PRIVATE"}, "message_id": f"m{self._numbers:06}"}
        return {"event_name": event, "message": head | content}

    async def happens(self, update: Mapping[str, Any]) -> int:
        """An update as it is: sent to the webhook, or kept for who asks; it comes again where it is given again."""
        if self._place is None or not self.webhook:
            self._updates.put_nowait(dict(update))
            return 0
        return await self.posts({"ok": True, "result": update})

    async def posts(self, body: object, secret: str | None = None) -> int:
        """What is sent to the webhook; the status of its answer."""
        assert self._place is not None
        headers = {SECRET_HEADER: self._secret if secret is None else secret}
        return (await self._place.post(self.webhook, json=body, headers=headers)).status_code

    # --- what a bot does

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The transport of the bot's client."""
        method = request.url.path.rpartition("/")[2]
        if request.url.path != f"/bot{self.token}/{method}" or request.method != "POST":
            return _answered(ZaloSaysNo(401, "unauthorized", 401).envelope, 401)
        given = json.loads(await request.aread() or b"null")
        fault = self._fault(method, given)
        if isinstance(fault, Strange):
            return httpx.Response(fault.status, content=fault.body)
        if isinstance(fault, Lost) and not fault.done:
            raise httpx.ConnectError("nobody there", request=request)
        try:
            if isinstance(fault, ZaloSaysNo):
                raise fault
            fields = checked(method, given)
            self.calls.append(ZaloCall(method, fields))
            result = await self._carried_out(method, fields)
        except ZaloSaysNo as refused:
            call = ZaloCall(method, given if isinstance(given, dict) else {}, refused.words)
            if fault is None:
                self.refusals.append(call)
            return _answered(refused.envelope, refused.status)
        if isinstance(fault, Lost):
            raise httpx.ReadTimeout("lost", request=request)
        return _answered({"ok": True, "result": result}, 200)

    def _fault(self, method: str, given: object) -> ZaloFault | None:
        chat = given.get("chat_id") if isinstance(given, dict) else None
        for each in self._planned:
            if each.method in (method, "*") and each.chat in (None, chat):
                each.times -= 1
                if not each.times:
                    self._planned.remove(each)
                return each.fault
        return None

    async def _carried_out(self, method: str, fields: dict[str, Any]) -> object:
        match method:
            case "getMe":
                return ZALO_BOT
            case "getUpdates":
                return await self._next_update()
            case "setWebhook":
                self.webhook = fields["url"]
                return {"url": self.webhook, "updated_at": A_MOMENT}
            case "deleteWebhook" | "getWebhookInfo":
                self.webhook = "" if method == "deleteWebhook" else self.webhook
                return {"url": self.webhook, "updated_at": A_MOMENT}
            case "sendMessage":
                return self._show(fields["chat_id"], ShownOnZalo(fields["text"]))
            case "sendPhoto":
                photo = await self._fetched(fields["photo"])
                return self._show(fields["chat_id"], ShownOnZalo(fields.get("caption", ""), photo))
        return {"ok": True}

    async def _next_update(self) -> object:
        if self.webhook:
            raise ZaloSaysNo(400, "a webhook is set")
        self._polls += 1
        return await self._updates.get()

    async def _fetched(self, address: str) -> bytes:
        """A picture, as Zalo fetches it."""
        if self._place is None:
            raise ZaloSaysNo(400, "the photo can't be fetched")
        answer = await self._place.get(address)
        if answer.status_code != httpx.codes.OK or not answer.content.startswith(_IMAGES):
            raise ZaloSaysNo(400, f"the photo can't be fetched: {answer.status_code}")
        return answer.content

    def _show(self, chat: str, message: ShownOnZalo) -> dict[str, Any]:
        self._numbers += 1
        self.heard(chat).append(message)
        return {"message_id": f"b{self._numbers:06}", "date": A_MOMENT}


def _answered(envelope: Mapping[str, Any], status: int) -> httpx.Response:
    return httpx.Response(status, json=envelope)
