"""Requests to the Bot API by aiohttp: each takes a quarter of the processor time it takes the library's own client.

What goes wrong is raised as the library raises it, TimedOut or NetworkError, from the error of the connection; by that
`may_have_arrived` tells whether the request was sent.
"""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

_CONNECT_SECONDS, _WRITE_SECONDS, _UPLOAD_SECONDS = 10.0, 15.0, 20.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_HTTP, _SOCKS = ("http", "https"), ("socks5", "socks5h")
_OF_A_PROXY = (ProxyError, ProxyConnectionError, ProxyTimeoutError)
_BROKEN = (aiohttp.ClientError, OSError, *_OF_A_PROXY)
_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    *_OF_A_PROXY,
)


def is_of_the_connection(error: TelegramError) -> bool:
    """Whether no answer came at all."""
    return isinstance(error.__cause__, _BROKEN)


def may_have_arrived(error: TelegramError) -> bool:
    """Whether what was asked may have been read although no answer came."""
    return is_of_the_connection(error) and not isinstance(error.__cause__, _NEVER_LEFT)


def proxy_of_environment(address: str) -> str | None:
    """The proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names for an address; None where NO_PROXY names its host.

    As curl and most programs read them. A client that left one out would go around the proxy without a word.
    """
    parts, named = urlsplit(address), getproxies()
    proxy = named.get(parts.scheme) or named.get("all")
    if not proxy or proxy_bypass(parts.hostname or ""):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


class WireRequest(BaseRequest):
    """Over at most `most` connections, which are kept for the next request; one that finds none free waits."""

    def __init__(self, most: int, read_seconds: float, trusted: ssl.SSLContext, proxy: str | None = None) -> None:
        """`read_seconds`: how long an answer may take by default; `trusted`: the certificates that are believed.

        Raises ValueError for a proxy that is neither of http nor of SOCKS 5, or has no host or an impossible port.
        """
        if proxy is not None:
            parts = urlsplit(proxy)
            if parts.scheme not in (*_HTTP, *_SOCKS) or not parts.hostname or parts.port == 0:
                raise ValueError("expected the address of a proxy of http or SOCKS 5")
        self._most = most
        self._read_seconds = read_seconds
        self._trusted = trusted
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._ended = False

    @property
    def read_timeout(self) -> float | None:
        return self._read_seconds

    async def initialize(self) -> None:
        self._ended = False
        if self._session is None:
            self._session = self._opened()

    async def shutdown(self) -> None:
        self._ended = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _opened(self) -> aiohttp.ClientSession:
        """A name is looked up for each connection: an address kept for a while may be that of yesterday's server."""
        proxy, connector = self._proxy, aiohttp.TCPConnector(limit=self._most, ssl=self._trusted, use_dns_cache=False)
        if proxy is not None and urlsplit(proxy).scheme in _SOCKS:  # which the library of requests does not speak
            named = proxy.replace("socks5h:", "socks5:", 1)
            connector = ProxyConnector.from_url(named, rdns=True, limit=self._most, ssl=self._trusted)
            proxy = None
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            proxy=proxy,
        )

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer; raises TimedOut and NetworkError."""
        if self._ended:  # one opened anew would be closed by nobody
            raise NetworkError("the connections were closed")
        await self.initialize()
        assert self._session is not None
        body, headers = _written(request_data)
        connect = _or(connect_timeout, _CONNECT_SECONDS)
        read = _or(read_timeout, self._read_seconds)
        write = _or(write_timeout, _UPLOAD_SECONDS if isinstance(body, aiohttp.FormData) else _WRITE_SECONDS)
        known = None not in (connect, read, write)
        patience = aiohttp.ClientTimeout(
            total=connect + read + write if known else None, connect=connect, sock_connect=connect, sock_read=read
        )
        address = URL(url, encoded=True)
        try:
            async with self._session.request(
                method, address, data=body, headers=headers, timeout=patience, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except _BROKEN as error:
            raise NetworkError(type(error).__name__) from error  # its words may hold the address, and so the token


def _written(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """The body of a request and what its headers say of it."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return data.url_encoded_parameters().encode(), _FORM
    form = aiohttp.FormData(data.json_parameters)
    for name, (file, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file, content_type=kind)
    return form, {}


def _or(given: Any, usual: float) -> Any:
    """What a caller set, None for as long as it takes, or what is usual."""
    return usual if given is BaseRequest.DEFAULT_NONE else given
