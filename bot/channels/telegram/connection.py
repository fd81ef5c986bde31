"""How the Bot API is reached, and whether it answers.

WrongToken        Telegram does not know the token
WrongProxy        the address of the proxy, set or of the environment, is none
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal
from urllib.parse import urlsplit

import httpx
from telegram import error as errors
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.base import logs
from bot.base.meters import Meters
from bot.base.settings import BrokenSettings
from bot.channels.at_work import AtWork
from bot.channels.telegram.api import TelegramBot
from bot.channels.telegram.counted import CountedRequest
from bot.channels.telegram.pacing import Pace
from bot.channels.telegram.spread import SpreadRequest
from bot.channels.telegram.wire import WireRequest, is_of_the_connection, proxy_of_environment

NAME = "telegram"

_PLACES, _MOST = 16, 256
"""Connections for sending: Telegram takes 30 messages a second in all and answers within a fifth of a second. A request
gives its place to another after half a second, so that as many can leave where none is answered."""


class WrongToken(BrokenSettings):
    """Telegram does not know the token; the token itself is not in the message."""

    def __init__(self) -> None:
        super().__init__("telegram.token: Telegram does not know it; expected one from @BotFather")


class WrongProxy(BrokenSettings):
    """The proxy can't be one; its address, which may hold a password, is not in the message."""

    def __init__(self) -> None:
        super().__init__(
            "telegram.proxy, or HTTPS_PROXY or ALL_PROXY of the environment: expected http://host:port or "
            "socks5://host:port"
        )


@dataclass(frozen=True, slots=True)
class TelegramConnection:
    """How Telegram is reached. An address that is only a host gets the usual path; polls last up to 50 s.

    `proxy` None: that of the environment, where there is one.

    `messages_a_second` are sent at most, `among` so many processes, and in one chat as many as Telegram takes; 0: no
    limits are kept.
    """

    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    proxy: str | None = field(default=None, repr=False)
    poll_seconds: int = 30
    messages_a_second: int = 30
    among: Callable[[], int] = field(default=lambda: 1, repr=False)


@dataclass(frozen=True, slots=True)
class Online:
    """Whether the Bot API answers, as whom, and if not why."""

    why: Literal["reachable", "wrong_token", "wrong_proxy", "timed_out", "no_connection", "refused"]
    username: str | None = None

    @property
    def reachable(self) -> bool:
        return self.why == "reachable"


async def check_online(connection: TelegramConnection, request: BaseRequest | None = None) -> Online:
    """Ask the Bot API once who the bot is; never raises, and never tells the token."""
    logs.guard(connection.token)
    try:
        bot = make_bot(connection, request)
    except InvalidToken:
        return Online("wrong_token")
    except WrongProxy:
        return Online("wrong_proxy")
    try:
        await bot.initialize()
        return Online("reachable", bot.username)
    except InvalidToken:
        return Online("wrong_token")
    except errors.TimedOut:
        return Online("timed_out")
    except TelegramError as error:
        return Online("no_connection" if is_of_the_connection(error) else "refused")
    finally:
        await bot.shutdown()


def make_bot(connection: TelegramConnection, request: BaseRequest | None, meters: Meters | None = None) -> TelegramBot:
    """A bot that speaks over this connection; `request` replaces the network. Raises InvalidToken and WrongProxy."""
    counted, trusted = partial(CountedRequest, meters=meters or Meters()), httpx.create_ssl_context()
    proxy = connection.proxy or proxy_of_environment(connection.base_url)
    try:
        sending = request or SpreadRequest(WireRequest(_MOST, 15.0, trusted, proxy), _PLACES, _MOST)
        polling = request or WireRequest(2, 10.0, trusted, proxy)
    except ValueError:
        raise WrongProxy from None
    return TelegramBot(
        connection.token,
        base_url=_with_path(connection.base_url, "/bot"),
        base_file_url=_with_path(connection.base_file_url, "/file/bot"),
        request=counted(sending),
        get_updates_request=counted(polling),
        rate_limiter=Pace(connection.messages_a_second, connection.among) if connection.messages_a_second else None,
    )


def at_work_on(bot: TelegramBot) -> AtWork:
    """Shows on Telegram that something is being made."""
    return AtWork(lambda chat, action: bot.send_chat_action(int(chat), action), TelegramError)


def _with_path(address: str, usual: str) -> str:
    return address.rstrip("/") + ("" if urlsplit(address).path.strip("/") else usual)
