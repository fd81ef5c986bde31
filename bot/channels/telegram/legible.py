"""What some Bot API servers leave out of an update, filled in, so that nobody goes unheard for a missing field.

Telegram itself sends all of it; local servers, proxies and test servers do not always.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

JsonObject = dict[str, Any]

_WRITTEN = ("message", "edited_message")
_HEAD = ("message_id", "date", "chat", "from", "text")
_ANY_DATE = 1
"""When it was written is not read; 0 would say that the message can't be seen any more."""


def legible(update: Mapping[str, Any]) -> tuple[JsonObject, ...]:
    """The update as it came, with what is missing filled in, and of a message only its head and text."""
    whole = dict(update)
    for kind in _WRITTEN:
        if isinstance(update.get(kind), dict):
            whole[kind] = _message(update[kind])
    if isinstance(update.get("callback_query"), dict):
        whole["callback_query"] = _query(update["callback_query"])
    bare = dict(whole)
    for kind in _WRITTEN:
        if isinstance(whole.get(kind), dict):
            bare[kind] = {key: value for key, value in whole[kind].items() if key in _HEAD}
    return dict(update), whole, bare


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
