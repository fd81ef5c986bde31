"""The strict in-process Bot API: a public test double of Telegram that refuses whatever Telegram refuses.

    api = StrictBotApi()                                # hand it to the channel as its `request`
    ba = api.user(7)                                    # a person with a private chat
    ba.starts("XA-1"); ba.says("xin chào"); ba.presses("Chi tiết"); ba.sends("voice"); ba.edits("sửa")
    await ba.hears(2)                                   # wait for two more messages (or edits) to arrive
    api.heard(7)                                        # everything shown to person 7, edits included
    api.inject("sendMessage", flood(3), times=2, chat=7)
    api.inject("getUpdates", Garbled(b"<html>"))        # a 200 that is no answer
    api.arrives_raw({"update_id": 9, "message": [1]})   # an update that is none
    with api.held("sendMessage", chat=7) as gate: ...   # calls wait inside until the block is left

Requests come in as on the wire, every value a string, and are checked by name, type and limit. Refusals carry
Telegram's status and words, and are kept in `refusals`: what the bot did wrong, whether it noticed or not.
Nothing here reads the clock or the network.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.testing.telegram_people import BOT, DATE, Person, SeenMessage
from bot.testing.telegram_rules import (
    METHODS,
    ApiRefusal,
    bad,
    broken,
    check_commands,
    check_inline_results,
    check_webhook,
    flood,
    forbidden,
    inline_buttons,
    menu_labels,
    migrated,
    parameters,
    plain_text,
    units,
)

__all__ = [
    "TOKEN",
    "Call",
    "Garbled",
    "LostAnswer",
    "Person",
    "SeenMessage",
    "StrictBotApi",
    "bad",
    "broken",
    "flood",
    "forbidden",
    "network",
]  # fmt: skip

TOKEN = "123456789:AAStrictBotApi-for-tests-only-0123456"

_PATIENCE = 300
"""Seconds until what never comes is a failure: no measure of speed, so that a busy machine is none either."""
_WITHOUT_ASKING = {"chat_member", "message_reaction", "message_reaction_count"}
_UPDATE_KINDS = _WITHOUT_ASKING | {
    "message", "edited_message", "channel_post", "callback_query", "my_chat_member", "poll", "inline_query",
    "chosen_inline_result",
}  # fmt: skip
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def network() -> NetworkError:
    """The connection breaks before the request arrives."""
    return NetworkError("ClientConnectorError")


@dataclass(frozen=True)
class LostAnswer:
    """The request is carried out, but its answer never arrives."""


@dataclass(frozen=True)
class Garbled:
    """A 200 with a body that is no answer; `done`: the request is carried out before."""

    body: bytes
    done: bool = False


Failure = ApiRefusal | NetworkError | LostAnswer | Garbled


@dataclass(frozen=True)
class Call:
    """One request of the bot: the method, its parameters as on the wire, and the refusal it met, if any."""

    method: str
    parameters: Mapping[str, str]
    refused: str | None = None


@dataclass
class Gate:
    """Where held calls wait: `reached` is set by the first that comes."""

    method: str
    chat: int | None
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    opened: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class _Injection:
    method: str
    error: Failure
    times: int
    chat: int | None


def _number_of(update: Any) -> int:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if type(number) is int and number < 2**32 else -1


class StrictBotApi(BaseRequest):
    """Telegram in the same process, for one bot; see the module's first lines."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.chats: dict[int, dict[int, SeenMessage]] = {}
        self.blocked: set[int] = set()
        self.frozen: set[int] = set()
        """Messages that can't be edited any more."""
        self.calls: list[Call] = []
        self.refusals: list[Call] = []
        self.commands: list[dict[str, str]] = []
        self.listed: dict[str, dict[str, Any]] = {}
        """What was answered to inline queries, by their ids."""
        self.moved: dict[int, int] = {}
        """Groups that became supergroups, by their old ids."""
        self.webhook = False
        self.webhook_info: dict[str, Any] = {}
        """What the bot asked for when it set its webhook."""
        self._people: dict[int, Person] = {}
        self._shown: dict[int, list[SeenMessage]] = {}
        self._injections: list[_Injection] = []
        self._gates: list[Gate] = []
        self._updates: list[Any] = []
        self._past: dict[int, Any] = {}
        self._again: list[Any] = []
        self._queries: set[str] = set()
        self._allowed: set[str] = _UPDATE_KINDS - _WITHOUT_ASKING
        self._ids = {"update": 1000, "message": 0, "query": 0}
        self._poller: object | None = None
        self._changed = asyncio.Event()

    # --- what tests do

    def user(self, number: int, *, is_bot: bool = False) -> Person:
        """The person with this id."""
        if number not in self._people:
            self._people[number] = Person(self, number, is_bot=is_bot)
        return self._people[number]

    def heard(self, chat: int) -> list[SeenMessage]:
        """Everything shown in a chat, in order, each edit as a message of its own."""
        return self._shown.setdefault(chat, [])

    def inject(self, method: str, error: Failure, times: int = 1, chat: int | None = None) -> None:
        """The next `times` calls of a method (in one chat, if named) meet this error."""
        self._injections.append(_Injection(method, error, times, chat))

    def group(self, number: int) -> None:
        """A group of which the bot is a member."""
        self.chats.setdefault(number, {})

    def migrates(self, old: int, new: int, *, told: bool = True) -> None:
        """A group becomes a supergroup; `told`: the service message that says so arrives."""
        self.moved[old] = new
        self.chats[new] = {}
        self.chats.pop(old)
        if told:
            content: dict[str, object] = {"message_id": self.new_message_id(), "date": DATE, "migrate_to_chat_id": new}
            content |= {"chat": {"id": old, "type": "group", "title": "Cán bộ"}}
            self.arrives("message", content)

    def heal(self) -> None:
        """No injected error is left."""
        self._injections.clear()

    @contextlib.contextmanager
    def held(self, method: str, chat: int | None = None) -> Iterator[Gate]:
        """Calls of a method (in one chat, if named) wait until the block is left."""
        gate = Gate(method, chat)
        self._gates.append(gate)
        try:
            yield gate
        finally:
            self._gates.remove(gate)
            gate.opened.set()

    def arrives(self, kind: str, content: Mapping[str, Any]) -> int:
        """Put an update in the queue, if the bot asked for its kind; returns its id."""
        if kind not in self._allowed:
            return 0
        self._ids["update"] += 1
        return self.arrives_raw({"update_id": self._ids["update"], kind: content})

    def arrives_raw(self, update: Any) -> int:
        """Put an update in the queue as it is; one without a number stays there until it is `taken_back`."""
        number = _number_of(update)
        self._updates.append(update)
        self._past[number] = update
        self._change()
        return number

    def taken_back(self) -> None:
        """No update without a number is in the queue any more."""
        self._updates = [update for update in self._updates if _number_of(update) >= 0]
        self._change()

    def redeliver(self, update_id: int) -> None:
        """Bring an update once more, as Telegram does after a failure."""
        self._again.append(self._past[update_id])
        self._change()

    async def pushes(self, post: Callable[[Mapping[str, Any]], Awaitable[int]]) -> list[int]:
        """Send what waits to the webhook by `post`, which returns a status; what is not taken (200) is sent again."""
        assert self.webhook, "no webhook is set"
        statuses = []
        for update in tuple(self._again + self._updates):
            statuses.append(await post(update))
            if statuses[-1] == 200:
                self._again = [each for each in self._again if each is not update]
                self._updates = [each for each in self._updates if each is not update]
        self._change()
        return statuses

    def forget_queries(self) -> None:
        """All presses so far are too old to be answered."""
        self._queries.clear()

    async def drained(self) -> None:
        """Wait until everything was confirmed and the bot polls for more."""

        def waiting() -> bool:
            return not self._updates and not self._again and self._poller is not None

        await self.until(waiting, "the bot polls, and nothing is left")

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for a condition on this API; a test that waits in vain fails with `what`."""
        try:
            async with asyncio.timeout(_PATIENCE):
                while not condition():
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"waited in vain: {what}; refusals: {self.refusals}") from None

    def made(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    def new_message_id(self) -> int:
        self._ids["message"] += 1
        return self._ids["message"]

    def new_query(self) -> str:
        self._ids["query"] += 1
        self._queries.add(str(self._ids["query"]))
        return str(self._ids["query"])

    def _change(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    # --- what python-telegram-bot does

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Answer one request as Telegram would: a status and a JSON body."""
        given = dict(request_data.json_parameters) if request_data else {}
        files = dict(request_data.multipart_data) if request_data else {}
        name = url.rpartition("/")[2]
        try:
            result = await self._answer(url, name, given, files)
        except ApiRefusal as refused:
            self._note(Call(name, given, refused.words))
            body: dict[str, Any] = {"ok": False, "error_code": refused.status, "description": refused.words}
            if refused.parameters:
                body["parameters"] = refused.parameters
            return refused.status, json.dumps(body).encode()
        except NetworkError as error:
            self._note(Call(name, given, str(error)))
            raise
        if isinstance(result, Garbled):
            self._note(Call(name, given, "garbled"))
            return 200, result.body
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _note(self, call: Call) -> None:
        self.refusals.append(call)
        self._change()

    async def _answer(self, url: str, method: str, given: dict[str, str], files: dict[str, Any]) -> Any:
        if url != f"https://api.telegram.org/bot{self.token}/{method}":
            raise ApiRefusal(401, "Unauthorized")
        if method not in METHODS:
            raise ApiRefusal(404, "Not Found")
        self.calls.append(Call(method, given))
        self._change()
        chat = int(given["chat_id"]) if re.fullmatch(r"-?\d+", given.get("chat_id", "")) else None
        for gate in tuple(self._gates):
            if gate.method == method and gate.chat in (None, chat):
                gate.reached.set()
                await gate.opened.wait()
        error = self._injected(method, chat)
        if isinstance(error, Garbled) and not error.done:
            return error
        if error is not None and not isinstance(error, LostAnswer | Garbled):
            raise error
        result = await self._carry_out(method, parameters(method, given | dict.fromkeys(files, "")), files)
        if isinstance(error, Garbled):
            return error
        if error is not None:
            raise NetworkError("ServerDisconnectedError") from aiohttp.ServerDisconnectedError()
        self._change()
        return result

    def _injected(self, method: str, chat: int | None) -> Failure | None:
        for injection in self._injections:
            if injection.method == method and injection.chat in (None, chat):
                injection.times -= 1
                if injection.times == 0:
                    self._injections.remove(injection)
                return injection.error
        return None

    async def _carry_out(self, method: str, p: dict[str, Any], files: Mapping[str, Any]) -> Any:
        match method:
            case "getMe":
                return BOT
            case "getUpdates":
                return await self._get_updates(p)
            case "deleteWebhook":
                self.webhook, self.webhook_info = False, {}
                self._drop(p)
            case "setWebhook":
                check_webhook(p)
                self._allow(p)
                self._drop(p)
                self.webhook, self.webhook_info = bool(p["url"]), p
            case "getWebhookInfo":
                info: dict[str, Any] = {"url": self.webhook_info.get("url", ""), "has_custom_certificate": False}
                return info | {"pending_update_count": len(self._updates)}
            case "setMyCommands":
                scope = p.get("scope", {})
                check_commands(p["commands"], scope)
                if scope.get("chat_id") in self.moved:
                    raise migrated(self.moved[scope["chat_id"]])
                self.commands = p["commands"]
            case "sendMessage":
                return self._show(p, self._seen(p, 4096))
            case "sendPhoto" | "sendDocument":
                return self._show(p, self._seen(p, 1024, self._file(method, files)))
            case "sendChatAction":
                self._reachable(p["chat_id"])
            case "editMessageText" | "editMessageReplyMarkup":
                return self._edit(p)
            case "deleteMessage":
                if self.chats.get(p["chat_id"], {}).pop(p["message_id"], None) is None:
                    raise bad("message to delete not found")
            case "answerInlineQuery":
                check_inline_results(p["results"])
                if p["inline_query_id"] not in self._queries:
                    raise bad(_TOO_OLD)
                self._queries.remove(p["inline_query_id"])
                self.listed[p["inline_query_id"]] = p
            case "answerCallbackQuery":
                if units(p.get("text", "")) > 200:
                    raise bad("MESSAGE_TOO_LONG")
                if p["callback_query_id"] not in self._queries:
                    raise bad(_TOO_OLD)
                self._queries.remove(p["callback_query_id"])
        return True

    async def _get_updates(self, p: dict[str, Any]) -> list[Any]:
        if self.webhook:
            raise ApiRefusal(409, "Conflict: can't use getUpdates method while webhook is active")
        offset, limit, seconds = p.get("offset", 0), p.get("limit", 100), p.get("timeout", 0)
        if offset < 0 or not 1 <= limit <= 100 or not 0 <= seconds <= 50:
            raise bad("offset ≥ 0, limit 1 to 100, timeout 0 to 50")
        self._allow(p)
        self._updates = [each for each in self._updates if _number_of(each) < 0 or _number_of(each) >= offset]
        me = self._poller = object()  # the newer poll takes over, the older one is told of the conflict
        self._change()
        try:
            async with asyncio.timeout(seconds):
                while not self._updates and not self._again and self._poller is me:
                    await self._changed.wait()
        except TimeoutError:
            return []
        finally:
            taken_over, self._poller = self._poller is not me, None if self._poller is me else self._poller
        if taken_over:
            raise ApiRefusal(409, "Conflict: terminated by other getUpdates request")
        again, self._again = self._again, []
        return (again + self._updates)[:limit]

    def _allow(self, p: dict[str, Any]) -> None:
        """The kinds of updates that are sent from now on."""
        if not set(kinds := p.get("allowed_updates", ())) <= _UPDATE_KINDS:
            raise bad("unknown kind in allowed_updates")
        if "allowed_updates" in p:
            self._allowed = set(kinds) or _UPDATE_KINDS - _WITHOUT_ASKING

    def _drop(self, p: dict[str, Any]) -> None:
        if p.get("drop_pending_updates"):
            self._updates.clear()

    def _reachable(self, chat: int) -> None:
        if chat in self.moved:
            raise migrated(self.moved[chat])
        if chat in self.blocked:
            raise forbidden()
        if chat not in self.chats:
            raise bad("chat not found")

    def _seen(self, p: dict[str, Any], limit: int, file: dict[str, Any] | None = None) -> SeenMessage:
        """The message as it would be shown, or a refusal."""
        self._reachable(p["chat_id"])
        written = p.get("text", p.get("caption", ""))
        plain = plain_text(written, p.get("parse_mode")).strip()
        if file is None and not plain:
            raise bad("message text is empty")
        if units(plain) > limit:
            raise bad("message is too long" if file is None else "message caption is too long")
        if not set(p.get("link_preview_options", {})) <= {"is_disabled", "url", "prefer_small_media"}:
            raise bad("unknown key in link_preview_options")
        markup = p.get("reply_markup")
        if markup is not None and "keyboard" in markup:
            return SeenMessage(0, written, plain, menu=menu_labels(markup), **(file or {}))
        return SeenMessage(0, written, plain, () if markup is None else inline_buttons(markup), **(file or {}))

    def _file(self, method: str, files: Mapping[str, Any]) -> dict[str, Any]:
        kind = method.removeprefix("send").lower()
        content = files[kind][1] if kind in files else b""
        if not isinstance(content, bytes) or not content:
            raise bad("there is no file in the request")
        if kind == "photo" and not content.startswith(_IMAGES):
            raise bad("IMAGE_PROCESS_FAILED")
        return {kind: content}

    def _show(self, p: Mapping[str, Any], seen: SeenMessage) -> dict[str, Any]:
        seen = replace(seen, message_id=self.new_message_id())
        return self._keep(p["chat_id"], seen)

    def _keep(self, chat: int, seen: SeenMessage) -> dict[str, Any]:
        self.chats[chat][seen.message_id] = replace(seen, edited=False)
        self.heard(chat).append(seen)
        place = {"id": chat, "type": "private" if chat > 0 else "supergroup"}
        return {"message_id": seen.message_id, "date": DATE, "chat": place, "text": seen.plain}

    def _edit(self, p: dict[str, Any]) -> dict[str, Any]:
        self._reachable(p["chat_id"])
        before = self.chats[p["chat_id"]].get(p["message_id"])
        if before is None:
            raise bad("message to edit not found")
        if before.menu or before.message_id in self.frozen:
            raise bad("message can't be edited")
        if "text" not in p:
            after = replace(before, buttons=inline_buttons(p["reply_markup"]) if "reply_markup" in p else ())
        elif before.photo or before.document:
            raise bad("there is no text in the message to edit")
        else:
            after = replace(self._seen(p, 4096), message_id=before.message_id)
            if after.menu:
                raise bad("inline keyboard expected")
        if after == before:
            raise bad("message is not modified: new content and reply markup are exactly the same as before")
        return self._keep(p["chat_id"], replace(after, edited=True))
