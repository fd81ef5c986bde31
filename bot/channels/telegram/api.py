"""The Bot API as the library speaks it, but for two things: updates come unread, and every answer is held to be one.

NetworkError
└── Unclear        what came back is no answer to what was asked: whether it was done is not known
    └── Garbage    it is not even in the form of one, so who stands in between sent it
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from telegram import User
from telegram.error import NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.legible import JsonObject
from bot.channels.telegram.pacing import MESSAGES
from bot.channels.telegram.wire import may_have_arrived

_DONE = frozenset(
    {"answerCallbackQuery", "answerInlineQuery", "deleteWebhook", "sendChatAction", "setMyCommands", "setWebhook"}
)
_KNOWN = MESSAGES | _DONE | {"getMe", "getUpdates"}


class Unclear(NetworkError):
    """A 200 that is no answer: whether Telegram did what it was asked is not known."""


class Garbage(Unclear):
    """A 200 with words that are no JSON, a page for one: not Telegram's."""


class TelegramBot(ExtBot[str]):
    """The Bot API; whatever an answer holds, a method raises TelegramError and nothing else.

    Of a message that was sent only its number is read.
    """

    async def raw_updates(self, *, offset: int | None, limit: int, seconds: int, kinds: Sequence[str]) -> list[object]:
        """As `get_updates`, unread: one that the library can't read must not stand before all others for ever."""
        wanted = {"offset": offset, "limit": limit, "timeout": seconds, "allowed_updates": list(kinds)}
        patience = (self._request[0].read_timeout or 0) + seconds
        return cast("list[object]", await self._post("getUpdates", wanted, read_timeout=patience))

    async def _do_post(self, endpoint: str, data: JsonObject, **timeouts: Any) -> bool | JsonObject | list[JsonObject]:
        try:
            return _held_to_be_one(endpoint, await super()._do_post(endpoint, data, **timeouts))
        except TelegramError as error:
            if type(error) is TelegramError:  # JSON was expected
                garbled = getattr(error.__cause__, "doc", "").strip()
                raise (Garbage if garbled else Unclear)("an answer that is none") from None
            if isinstance(error.__cause__, TelegramError):  # a refusal, but not in Telegram's words
                raise NetworkError(f"no answer of Telegram: {type(error).__name__}") from None
            raise
        except Exception as error:  # the library met something it takes for granted
            raise Unclear(f"an answer that is none: {type(error).__name__}") from None


def perhaps_done(error: TelegramError) -> bool:
    """Whether Telegram may have done what it was asked: the answer was lost, or can't be read.

    Not so where the request never left, nor where there is a status: 4xx and 5xx say that it was not done.
    """
    return isinstance(error, Unclear) or may_have_arrived(error)


def _held_to_be_one(endpoint: str, result: Any) -> bool | JsonObject | list[JsonObject]:
    """The result, or what of it is read; raises Unclear, or what the library raises."""
    if endpoint in MESSAGES and isinstance(result, dict) and isinstance(result.get("message_id"), int):
        return {"message_id": result["message_id"], "date": 1, "chat": {"id": 1, "type": "private"}}
    if endpoint == "getMe" and isinstance(result, dict) and isinstance(result.get("id"), int):
        User.de_json(result)
        return result
    if endpoint == "getUpdates" and isinstance(result, list):
        return result
    if endpoint in _DONE and result is True:
        return True
    if endpoint in _KNOWN:
        raise Unclear("an answer to something else")
    return cast("bool | JsonObject | list[JsonObject]", result)
