"""An address of this machine: who keeps it waiting is hung up on, others are served, and only one proxy is believed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import socket
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from bot.base.listening import Limits, bound, listening


async def who(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.client.host if request.client else "")


async def told(request: Request) -> PlainTextResponse:
    try:
        return PlainTextResponse(str(len(await request.body())))
    except ClientDisconnect:
        return PlainTextResponse("")


APPLICATION = Starlette(routes=[Route("/", who), Route("/tell", told, methods=["POST"])])
WAYS = {
    "silent": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    "half a body": b"POST /tell HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\ncsrf=",
}
PATIENCE = 300
"""Seconds until what never comes is a failure: no measure of speed."""


async def rest(reader: asyncio.StreamReader) -> bytes:
    """All that comes until the connection is closed."""
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize("said", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "])
async def test_a_connection_that_does_not_say_what_it_wants_is_closed(said: bytes) -> None:
    listener = bound("127.0.0.1", 0)
    async with listening(listener, APPLICATION, limits=Limits(head_seconds=0.05)):
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(said)
        async with asyncio.timeout(PATIENCE):
            assert await rest(reader) == b""
        writer.close()


async def test_a_second_request_that_never_ends_its_head_is_closed_too() -> None:
    listener = bound("127.0.0.1", 0)
    async with listening(listener, APPLICATION, limits=Limits(head_seconds=0.2)):
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        writer.write(b"GET / HT")
        async with asyncio.timeout(PATIENCE):
            assert b"400" not in await rest(reader)
        writer.close()


@pytest.mark.parametrize(
    ("proxy", "seen"),
    [
        (None, "127.0.0.1"),
        ("127.0.0.1", "192.0.2.9"),
        ("127.0.0.1/32", "192.0.2.9"),
        ("127.0.0.0/8", "192.0.2.9"),
        ("10.0.0.1", "127.0.0.1"),
        ("10.0.0.0/8", "127.0.0.1"),
    ],
)
async def test_only_the_proxy_of_the_settings_is_believed(proxy: str | None, seen: str) -> None:
    listener = bound("127.0.0.1", 0)
    async with listening(listener, APPLICATION, proxy=proxy), httpx.AsyncClient() as client:
        port = listener.getsockname()[1]
        answer = await client.get(f"http://127.0.0.1:{port}/", headers={"X-Forwarded-For": "192.0.2.9"})
    assert answer.text == seen


@pytest.fixture
def many_files() -> Iterator[None]:
    """As many files as the system lets a process open."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize("said", WAYS.values(), ids=WAYS)
async def test_1200_who_keep_it_waiting_keep_nobody_else_waiting(
    said: bytes, many_files: None, caplog: pytest.LogCaptureFixture
) -> None:
    listener = bound("127.0.0.1", 0)
    limits = Limits(connections=40, head_seconds=PATIENCE, body_seconds=PATIENCE)
    async with listening(listener, APPLICATION, proxy="127.0.0.1", limits=limits), contextlib.AsyncExitStack() as held:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        loop, opened = asyncio.get_running_loop(), []
        for number in range(1_200):
            client = held.enter_context(contextlib.closing(socket.socket()))
            client.setblocking(False)
            await loop.sock_connect(client, listener.getsockname())
            await loop.sock_sendall(client, said)
            opened.append(client)
            if number % 300 == 299:
                async with httpx.AsyncClient(timeout=PATIENCE) as reader:
                    assert (await reader.get(address)).text == "127.0.0.1"
                    assert (await reader.post(f"{address}/tell", content=bytes(500))).text == "500"
        left = 0
        for client in opened:
            try:
                left += client.recv(1) != b""
            except BlockingIOError:
                left += 1
            except ConnectionResetError:
                pass
        assert left <= limits.connections
    assert [each for each in caplog.records if each.levelno >= logging.INFO and each.name != "httpx"] == []


async def test_a_body_that_comes_a_letter_at_a_time_is_not_waited_for() -> None:
    listener = bound("127.0.0.1", 0)
    async with listening(listener, APPLICATION, limits=Limits(body_seconds=0.3)):
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(WAYS["half a body"])
        with contextlib.suppress(ConnectionError):
            async with asyncio.timeout(PATIENCE):
                while not reader.at_eof():
                    writer.write(b"a")
                    await writer.drain()
                    with contextlib.suppress(TimeoutError):
                        assert b"200" not in await asyncio.wait_for(reader.read(100), 0.02)
        writer.close()


async def test_who_does_not_take_the_answer_is_hung_up_on_and_who_takes_it_is_not() -> None:
    ended = asyncio.Event()

    async def pieces() -> AsyncIterator[bytes]:
        try:
            while True:
                yield bytes(100_000)
                await asyncio.sleep(0)
        finally:
            ended.set()

    async def much(request: Request) -> StreamingResponse:
        return StreamingResponse(pieces())

    listener = bound("127.0.0.1", 0)
    application = Starlette(routes=[Route("/", much)])
    async with listening(listener, application, limits=Limits(head_seconds=0.1, taking_seconds=1)):
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        for _ in range(10):
            await asyncio.sleep(0.1)
            await reader.readexactly(1_000_000)
        assert not ended.is_set()
        async with asyncio.timeout(PATIENCE):
            await ended.wait()
        writer.close()


async def test_one_peer_that_is_no_proxy_has_only_so_many() -> None:
    listener = bound("127.0.0.1", 0)
    async with listening(listener, APPLICATION, limits=Limits(of_one_peer=3)):
        pairs = [await asyncio.open_connection(*listener.getsockname()) for _ in range(4)]
        async with asyncio.timeout(PATIENCE):
            assert await rest(pairs[0][0]) == b""
        for reader, writer in pairs[1:]:
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert (await rest(reader)).startswith(b"HTTP/1.1 200")
        for _, writer in pairs:
            writer.close()


@pytest.mark.parametrize("proxy", ["127.0.0.1", "127.0.0.0/8"])
async def test_behind_a_proxy_is_everybody(proxy: str) -> None:
    listener = bound("127.0.0.1", 0)
    async with listening(listener, APPLICATION, proxy=proxy, limits=Limits(of_one_peer=1)):
        pairs = [await asyncio.open_connection(*listener.getsockname()) for _ in range(3)]
        for reader, writer in pairs:
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert (await rest(reader)).startswith(b"HTTP/1.1 200")
            writer.close()
