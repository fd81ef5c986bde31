"""Reading an update of any shape: what some Bot API servers leave out is filled in, and what is no update is none.

Telegram itself sends all of it; local servers, proxies and test servers do not always. Nobody goes unheard for a
missing field, and nothing that comes ever raises.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from telegram import Bot, Chat, Update, User

JsonObject = dict[str, Any]

_HIGHEST_NUMBER = 2**32
"""Numbers of updates have 32 bits; to confirm a higher one would confirm all that come before it, unseen."""
_HIGHEST_ID = 2**63

_WRITTEN = ("message", "edited_message")
_HEAD = ("message_id", "date", "chat", "from", "text")
_ANY_DATE = 1
"""When it was written is not read; 0 would say that the message can't be seen any more."""


def number_of(raw: object) -> int | None:
    """The number of an update, by which it is confirmed; None where it has none that can be one."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if isinstance(number, str) and number.isascii() and number.isdecimal():
        number = int(number) if len(number) <= len(str(_HIGHEST_NUMBER)) else None
    is_one = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < _HIGHEST_NUMBER
    return number if is_one else None


def read(raw: object, bot: Bot) -> Update | None:
    """The update, as far as it can be read; None where it can't at all, or is of no person or chat there can be."""
    number = number_of(raw)
    if not isinstance(raw, dict) or number is None:
        return None
    with contextlib.suppress(Exception):
        for content in _legible(raw | {"update_id": number}):
            with contextlib.suppress(Exception):
                update = Update.de_json(content, bot)
                if _is_of_somebody(update.effective_chat) and _is_of_somebody(update.effective_user):
                    return update
    return None


def _is_of_somebody(place: Chat | User | None) -> bool:
    return place is None or (type(place.id) is int and abs(place.id) < _HIGHEST_ID)


def _legible(update: Mapping[str, Any]) -> Iterator[JsonObject]:
    """The update as it came, with what is missing filled in, and of a message only its head and text."""
    yield dict(update)
    whole = dict(update)
    for kind in _WRITTEN:
        if isinstance(update.get(kind), dict):
            whole[kind] = _message(update[kind])
    if isinstance(update.get("callback_query"), dict):
        whole["callback_query"] = _query(update["callback_query"])
    yield whole
    bare = dict(whole)
    for kind in _WRITTEN:
        if isinstance(whole.get(kind), dict):
            bare[kind] = {key: value for key, value in whole[kind].items() if key in _HEAD} | {"date": _ANY_DATE}
    yield bare


def _message(given: Mapping[str, Any]) -> JsonObject:
    message = {"message_id": 0, "date": _ANY_DATE, **given}
    if isinstance(given.get("chat"), dict):
        message["chat"] = _chat(given["chat"])
    if isinstance(message.get("from"), dict):
        message["from"] = _person(message["from"])
    return message


def _query(given: Mapping[str, Any]) -> JsonObject:
    query = {"chat_instance": "", **given}
    if not isinstance(given.get("from"), dict):
        return query
    query["from"] = _person(given["from"])
    if "inline_message_id" not in given:  # pressed in the person's own chat, whichever message it was under
        message = given["message"] if isinstance(given.get("message"), dict) else {}
        query["message"] = _message({"chat": {"id": given["from"].get("id")}, **message})
    return query


def _person(given: Mapping[str, Any]) -> JsonObject:
    return {"is_bot": False, "first_name": "", **given}


def _chat(given: Mapping[str, Any]) -> JsonObject:
    number = given.get("id")
    return {"type": "group" if isinstance(number, int) and number < 0 else "private", **given}
