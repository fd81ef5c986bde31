"""A small Bot API over HTTP, in a process of its own: it writes to a bot as many people and times their replies.

Run as `python -m benchmarks.bot_api`, it prints its port and serves until it is ended. Bots are told apart by
their tokens. `POST /write` (JSON: token, texts, each_seconds) has each text written by a person of its own, all
at once or one every `each_seconds`, and answers with an `Outcome` once everybody has a reply and the bot is quiet.

It knows what the bots of the benchmark need and refuses nothing; that it costs little is what it is for.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

_PATIENCE = 60.0
"""Seconds without a new reply after which those who still wait for one are given up."""
_QUIET = 0.5
"""Seconds without a request after which a bot is taken to have done everything."""

_BATCH = 100
_FIRST_PERSON = 1_000
_DATE = 1_795_000_000
_BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "benchmark_bot"}
_IN_A_FORM = re.compile(rb'name="(\w+)"\r\n(?:Content-Type: text/plain[^\r]*\r\n)?\r\n([^\r]*)\r\n')
_SAYS = {"sendMessage", "sendPhoto", "sendDocument", "editMessageText"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a block of messages; times in seconds, a person who heard nothing is in `without_reply`."""

    seconds: float
    """From the first message to the last reply of all."""
    waits: list[float]
    """From each message to its first reply, in the order they were written."""
    first_replies: list[str]
    replies: int
    without_reply: int


@dataclass(slots=True)
class _Block:
    last: float
    wrote: dict[int, float] = field(default_factory=dict)
    heard: dict[int, tuple[float, str]] = field(default_factory=dict)
    replies: int = 0


class _Bot:
    """What the Bot API knows of one bot."""

    def __init__(self) -> None:
        self._updates: list[dict[str, Any]] = []
        self._arrived = asyncio.Event()
        self._update = self._message = 0
        self._called = 0.0
        self._block = _Block(last=0.0)

    async def written_to(self, texts: Sequence[str], each_seconds: float) -> Outcome:
        """Each text from another person; returns when the bot has replied to all and is quiet."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        block = self._block = _Block(last=began)
        for number, text in enumerate(texts):
            if each_seconds:
                await asyncio.sleep(began + number * each_seconds - loop.time())
            self._write(_FIRST_PERSON + number, text)
        while loop.time() - max(block.last, *block.wrote.values()) < _PATIENCE:
            await asyncio.sleep(_QUIET / 5)
            if len(block.heard) == len(texts) and loop.time() - self._called > _QUIET:
                break
        heard = [block.heard[person] for person in block.wrote if person in block.heard]
        return Outcome(
            seconds=block.last - began,
            waits=[block.heard[person][0] - at for person, at in block.wrote.items() if person in block.heard],
            first_replies=[text for _, text in heard],
            replies=block.replies,
            without_reply=len(texts) - len(heard),
        )

    def _write(self, person: int, text: str) -> None:
        self._update += 1
        self._message += 1
        message = {
            "message_id": self._message,
            "date": _DATE,
            "chat": {"id": person, "type": "private", "first_name": "Ba"},
            "from": {"id": person, "is_bot": False, "first_name": "Ba", "language_code": "vi"},
            "text": text,
        }
        self._block.wrote[person] = asyncio.get_running_loop().time()
        self._updates.append({"update_id": self._update, "message": message})
        self._arrived.set()

    def call(self, method: str, given: Mapping[str, str]) -> object | Awaitable[object]:
        """The result of a method, at once except of a long poll."""
        self._called = asyncio.get_running_loop().time()
        if method == "getUpdates":
            return self._poll(given)
        if method == "getMe":
            return _BOT
        return self._said(method, given) if method in _SAYS else True

    async def _poll(self, given: Mapping[str, str]) -> list[dict[str, Any]]:
        confirmed = int(given.get("offset", 0))
        self._updates = [each for each in self._updates if each["update_id"] >= confirmed]
        if not self._updates:
            self._arrived.clear()
            try:
                async with asyncio.timeout(float(given.get("timeout", 0))):
                    await self._arrived.wait()
            except TimeoutError:
                return []
        return self._updates[: int(given.get("limit", _BATCH))]

    def _said(self, method: str, given: Mapping[str, str]) -> dict[str, Any]:
        person, text = int(given["chat_id"]), given.get("text", given.get("caption", ""))
        block = self._block
        block.replies += 1
        block.last = self._called
        if person in block.wrote:
            block.heard.setdefault(person, (self._called, text))
        self._message += 1
        said: dict[str, Any] = {
            "message_id": self._message,
            "date": _DATE,
            "chat": {"id": person, "type": "private", "first_name": "Ba"},
            "from": _BOT,
        }
        if method in {"sendMessage", "editMessageText"}:
            said["text"] = text
        if "inline_keyboard" in given.get("reply_markup", ""):
            said["reply_markup"] = json.loads(given["reply_markup"])
        return said


class _Server:
    """All bots, by their tokens."""

    def __init__(self) -> None:
        self._bots: dict[str, _Bot] = {}

    def answer(self, path: str, content_type: bytes, body: bytes) -> object | Awaitable[object]:
        """The result of one request."""
        if path == "/write":
            wanted = json.loads(body)
            return self._written(self._bot(wanted["token"]), wanted["texts"], wanted["each_seconds"])
        _, token, method = path.split("/")
        return self._bot(token.removeprefix("bot")).call(method, _parameters(content_type, body))

    def _bot(self, token: str) -> _Bot:
        return self._bots.setdefault(token, _Bot())

    async def _written(self, bot: _Bot, texts: Sequence[str], each_seconds: float) -> object:
        return dataclasses.asdict(await bot.written_to(texts, each_seconds))


class _Connection(asyncio.Protocol):
    """One connection, kept open; the next request comes once the last one is answered."""

    def __init__(self, answer: Callable[[str, bytes, bytes], object | Awaitable[object]]) -> None:
        self._answer = answer
        self._read = b""
        self._waiting: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        if self._waiting is not None:
            self._waiting.cancel()

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, ended, rest = self._read.partition(b"\r\n\r\n")
        if not ended:
            return
        request, *lines = head.split(b"\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        length = int(headers.get(b"content-length", 0))
        if len(rest) < length:
            return
        self._read = rest[length:]
        path = request.split(b" ")[1].decode()
        result = self._answer(path, headers.get(b"content-type", b""), rest[:length])
        if isinstance(result, Awaitable):
            self._waiting = asyncio.ensure_future(self._later(result))
        else:
            self._respond(result)

    async def _later(self, result: Awaitable[object]) -> None:
        try:
            self._respond(await result)
        except Exception:
            self._transport.abort()  # who asked must not wait for ever
            raise

    def _respond(self, result: object) -> None:
        body = json.dumps({"ok": True, "result": result}).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        self._transport.write(head + body)


def _parameters(content_type: bytes, body: bytes) -> dict[str, str]:
    """What a request of a bot gives, without its files."""
    if content_type.startswith(b"multipart/"):
        return {name.decode(): value.decode() for name, value in _IN_A_FORM.findall(body)}
    return dict(parse_qsl(body.decode()))


async def serve() -> None:
    """Serve on a free port of this machine, which is printed."""
    server = _Server()
    listening = await asyncio.get_running_loop().create_server(lambda: _Connection(server.answer), "127.0.0.1", 0)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
