"""Calls to Zalo, and what their answers mean; never a word of the token.

ZaloFailure
├── ZaloRefusal     Zalo says no, by a code whose meaning is not known: nothing was done
│   └── ZaloLockedOut   it does not know the token (401): it takes nothing before it does
├── ZaloBusy        too many calls (429): nothing was done
├── ZaloUnreached   the call never left, or the server was not well (5xx): nothing was done
└── ZaloUnclear     the answer was lost, or is none: it may have been done
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from bot.base import logs
from bot.base.clock import now_in_vietnam
from bot.base.meters import Meters
from bot.base.retry import again

log = logging.getLogger(__name__)

NAME: Final = "zalo"
MESSAGES: Final = frozenset({"sendMessage", "sendPhoto"})

_SECONDS = 15.0
"""How long an answer may take."""
_CONNECT_SECONDS = 5.0
_CONNECTIONS = 100
_TOO_MANY = 429
_UNAUTHORIZED = 401
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
_CODES = range(-10_000, 10_000)


class ZaloFailure(Exception):
    """A call had no result."""


class ZaloRefusal(ZaloFailure):
    """Zalo says no; its code, of which only 429 is told what it means, and 401 means what it does everywhere."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"code {'not told' if code is None else code}")
        self.code = code


class ZaloLockedOut(ZaloRefusal):
    """The token is none, or no longer one: nothing is wrong with what was asked for."""


class ZaloBusy(ZaloFailure):
    """There were too many calls: the same may be asked again after a while."""


class ZaloUnreached(ZaloFailure):
    """Nothing of it was done; it may be tried again."""


class ZaloUnclear(ZaloFailure):
    """It is not known whether it was done."""


@dataclass(frozen=True, slots=True)
class ZaloConnection:
    """How Zalo is reached; a poll lasts `poll_seconds`."""

    token: str = field(repr=False)
    base_url: str = "https://bot-api.zaloplatforms.com"
    poll_seconds: int = 30


class ZaloApi:
    """The methods of one bot."""

    def __init__(
        self,
        connection: ZaloConnection,
        transport: httpx.AsyncBaseTransport | None = None,
        meters: Meters | None = None,
    ) -> None:
        """`transport` replaces the network."""
        logs.guard(connection.token)
        self._address = f"{connection.base_url.rstrip('/')}/bot{connection.token}"
        self._meters = meters or Meters()
        self._client = httpx.AsyncClient(
            transport=transport,
            timeout=httpx.Timeout(_SECONDS, connect=_CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS),
            follow_redirects=False,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def call(self, method: str, body: Mapping[str, object], more_seconds: float = 0.0) -> Any:
        """The result of a method; `more_seconds` longer it may take. Raises ZaloFailure."""
        patience = httpx.Timeout(_SECONDS + more_seconds, connect=_CONNECT_SECONDS)
        try:
            answer = await self._client.post(f"{self._address}/{method}", json=body, timeout=patience)
        except httpx.TransportError as error:  # whose request holds the address, and so the token
            never_left = isinstance(error, _NEVER_LEFT)
            timed_out = isinstance(error, httpx.TimeoutException)
            self._count(method, "timed_out" if timed_out else "no_connection")
            raise (ZaloUnreached if never_left else ZaloUnclear)(type(error).__name__) from None
        except Exception as error:  # an answer that the library can't take apart
            self._count(method, "no_answer")
            raise ZaloUnclear(type(error).__name__) from None
        return self._result(method, answer)

    def _result(self, method: str, answer: httpx.Response) -> Any:
        envelope = _envelope(answer)
        code = None if envelope is None else envelope.get("error_code")
        code = code if type(code) is int and code in _CODES else None
        if envelope is not None and envelope.get("ok") is True:
            self._count(method, "ok")
            if method in MESSAGES:
                self._meters.last_sent = now_in_vietnam().timestamp()
            return envelope.get("result")
        told = answer.status_code if code is None else code
        self._count(method, str(told))
        if _TOO_MANY in (code, answer.status_code):
            raise ZaloBusy("429")
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise ZaloUnreached(f"status {answer.status_code}")
        if envelope is None and answer.is_success:
            raise ZaloUnclear("an answer that is none")
        if _UNAUTHORIZED in (code, answer.status_code):
            raise ZaloLockedOut(_UNAUTHORIZED)
        raise ZaloRefusal(code if code is not None or answer.is_success else answer.status_code)

    def _count(self, method: str, code: str) -> None:
        self._meters.zalo.labels(method, code).inc()


def _envelope(answer: httpx.Response) -> Mapping[str, Any] | None:
    """The object with `ok` that every answer is; None of anything else."""
    try:
        read = answer.json()
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) and isinstance(read.get("ok"), bool) else None


async def reach(api: ZaloApi, method: str, body: Mapping[str, object]) -> Any:
    """The result of a method, tried until there is one; each failure is a line of the log."""

    async def work() -> Any:
        return await api.call(method, body)

    async def tell(error: BaseException, seconds: float) -> None:
        if isinstance(error, ZaloRefusal):
            log.error("Zalo refuses %s (%s): are zalo.token and the other settings right? again in %g s",
                      method, error, seconds)  # fmt: skip
        else:
            log.warning("no answer from Zalo (%s, %s): again in %g s", type(error).__name__, error, seconds)

    return await again(work, ZaloFailure, meanwhile=tell)


@dataclass(frozen=True, slots=True)
class ZaloOnline:
    """Whether Zalo answers, as whom, where it sends what comes in; and if not, why."""

    why: str
    name: str = ""
    webhook: str = ""

    @property
    def reachable(self) -> bool:
        return self.why == "reachable"


async def check_online(connection: ZaloConnection, transport: httpx.AsyncBaseTransport | None = None) -> ZaloOnline:
    """Ask Zalo once who the bot is, and where it sends to; never raises, and never tells the token."""
    api = ZaloApi(connection, transport)
    try:
        me = await api.call("getMe", {})
        told = await api.call("getWebhookInfo", {})
    except ZaloRefusal as error:
        return ZaloOnline("refused", str(error))
    except ZaloFailure:
        return ZaloOnline("no_connection")
    finally:
        await api.close()
    return ZaloOnline("reachable", text_of(me, "account_name") or text_of(me, "id"), text_of(told, "url"))


def text_of(result: object, name: str) -> str:
    """What stands under a name of a result; '' where there is none."""
    found = result.get(name) if isinstance(result, dict) else None
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def host_of(address: str) -> str:
    """The host of an address, which may be told: a path may hold what is secret."""
    return urlsplit(address).hostname or ""
