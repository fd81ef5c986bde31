"""Requests over HTTP: what is sent, what becomes of it when the line breaks, and who stands in between."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.telegram.wire import WireRequest, may_have_arrived

TOKEN = "1:secret"
Served = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@contextlib.asynccontextmanager
async def at(served: Served) -> AsyncIterator[int]:
    """A server of this machine; its port."""
    server = await asyncio.start_server(served, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@contextlib.asynccontextmanager
async def asking(proxy: str | None = None, read_seconds: float = 5.0) -> AsyncIterator[WireRequest]:
    request = WireRequest(2, read_seconds, ssl.create_default_context(), proxy)
    try:
        yield request
    finally:
        await request.shutdown()


async def asked_of(request: WireRequest, port: int, data: RequestData | None = None) -> tuple[int, bytes]:
    return await request.do_request(f"http://127.0.0.1:{port}/bot{TOKEN}/sendMessage", "POST", data)


async def read_whole(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split()[0])
    return head + await reader.readexactly(length)


async def test_words_with_accents_arrive_as_they_are_and_the_connection_is_kept() -> None:
    heard: list[bytes] = []
    opened = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                heard.append(await read_whole(reader))
                writer.write(OK)
        writer.close()

    data = RequestData(
        [RequestParameter("text", "Mức đóng & <b>hỗ trợ</b>", None), RequestParameter("chat_id", 7, None)]
    )
    async with at(serve) as port, asking() as request:
        assert await asked_of(request, port, data) == (200, b"{}")
        assert await asked_of(request, port, data) == (200, b"{}")
    assert opened == 1
    assert heard[0].endswith(b"text=M%E1%BB%A9c+%C4%91%C3%B3ng+%26+%3Cb%3Eh%E1%BB%97+tr%E1%BB%A3%3C%2Fb%3E&chat_id=7")


async def test_an_answer_that_breaks_off_may_have_been_carried_out() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_whole(reader)
        writer.close()

    async with at(serve) as port, asking() as request:
        with pytest.raises(NetworkError) as caught:
            await asked_of(request, port, RequestData([RequestParameter("chat_id", 7, None)]))
    assert may_have_arrived(caught.value)
    assert TOKEN not in str(caught.value)


async def test_an_answer_that_does_not_come_may_have_been_carried_out() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with at(serve) as port, asking(read_seconds=0.05) as request:
        with pytest.raises(TimedOut) as caught:
            await asked_of(request, port)
    assert may_have_arrived(caught.value)
    assert TOKEN not in str(caught.value)


async def test_what_finds_nobody_was_not_carried_out() -> None:
    async with at(lambda *_: asyncio.sleep(0)) as port:
        pass
    async with asking() as request:
        with pytest.raises(NetworkError) as caught:
            await asked_of(request, port)
    assert not may_have_arrived(caught.value)
    assert TOKEN not in str(caught.value)


async def test_a_proxy_that_refuses_was_asked_for_nothing() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with at(serve) as port, asking(f"http://127.0.0.1:{port}") as request:
        with pytest.raises(NetworkError) as caught:
            await request.do_request(f"https://api.example/bot{TOKEN}/getMe", "POST")
    assert not may_have_arrived(caught.value)


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_through_a_socks_proxy_the_name_is_looked_up_there(scheme: str) -> None:
    named: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")  # nobody has to say who they are
        *_, kind, length = await reader.readexactly(5)
        assert kind == 3  # a name and no number
        named.append(await reader.readexactly(length))
        await reader.readexactly(2)
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)

    async with at(serve) as port, asking(f"{scheme}://127.0.0.1:{port}") as request:
        assert await request.do_request(f"http://api.example/bot{TOKEN}/getMe", "GET") == (200, b"{}")
    assert named == [b"api.example"]


async def test_a_socks_proxy_that_is_gone_was_asked_for_nothing() -> None:
    async with at(lambda *_: asyncio.sleep(0)) as port:
        pass
    async with asking(f"socks5://127.0.0.1:{port}") as request:
        with pytest.raises(NetworkError) as caught:
            await request.do_request(f"http://api.example/bot{TOKEN}/getMe", "POST")
    assert not may_have_arrived(caught.value)


async def test_a_request_after_the_end_opens_nothing_that_nobody_closes() -> None:
    opened = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        await read_whole(reader)
        writer.write(OK)
        writer.close()

    data = RequestData([RequestParameter("chat_id", 7, None)])
    async with at(serve) as port:
        async with asking() as request:
            assert await asked_of(request, port, data) == (200, b"{}")
        with pytest.raises(NetworkError) as caught:
            await asked_of(request, port, data)
        assert not may_have_arrived(caught.value)
        assert opened == 1
        await request.initialize()
        assert await asked_of(request, port, data) == (200, b"{}")
        await request.shutdown()
