"""An address of this machine: who says nothing is hung up on, and only one proxy is believed."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.base.listening import bound, listening


async def who(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.client.host if request.client else "")


APPLICATION = Starlette(routes=[Route("/", who)])
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
    async with listening(listener, APPLICATION, head_seconds=0.05):
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(said)
        async with asyncio.timeout(PATIENCE):
            assert await rest(reader) == b""
        writer.close()


async def test_a_second_request_that_never_ends_its_head_is_closed_too() -> None:
    listener = bound("127.0.0.1", 0)
    async with listening(listener, APPLICATION, head_seconds=0.2):
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        writer.write(b"GET / HT")
        async with asyncio.timeout(PATIENCE):
            assert b"400" not in await rest(reader)
        writer.close()


@pytest.mark.parametrize(
    ("proxy", "seen"), [(None, "127.0.0.1"), ("127.0.0.1", "192.0.2.9"), ("10.0.0.1", "127.0.0.1")]
)
async def test_only_the_proxy_of_the_settings_is_believed(proxy: str | None, seen: str) -> None:
    listener = bound("127.0.0.1", 0)
    async with listening(listener, APPLICATION, proxy=proxy), httpx.AsyncClient() as client:
        port = listener.getsockname()[1]
        answer = await client.get(f"http://127.0.0.1:{port}/", headers={"X-Forwarded-For": "192.0.2.9"})
    assert answer.text == seen
