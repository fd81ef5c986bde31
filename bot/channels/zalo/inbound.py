"""What people do on Zalo, read from an update of any shape, in the words of the desk."""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass
from typing import Any, Final, Literal

from bot.channels import markup
from bot.channels.zalo.api import NAME
from bot.desk.channel import Inbound
from handlers.dialogue.message import Message, MessageKind

_KINDS: Final[dict[str, MessageKind]] = {
    "message.text.received": "text",
    "message.image.received": "media",
    "message.sticker.received": "media",
    "message.voice.received": "media",
    "message.unsupported.received": "withheld",
}
_START = re.compile(r"/start(?:\s+(.*))?", re.DOTALL)
_LONGEST = 128
"""Characters of the number of a chat or a message: more than any has."""
_DELIVERY_DIGITS = 24

WhyNot = Literal["unreadable", "unknown", "group", "bot"]


@dataclass(frozen=True, slots=True)
class NobodyToAnswer:
    """An update that leads to nothing, and why: it can't be read, its kind is not known, or nobody of ours wrote it."""

    why: WhyNot
    event: str = ""


def read(raw: object, at: datetime.datetime) -> Inbound | NobodyToAnswer:
    """What a person did; the object of a webhook, or its `result` alone, as a poll hands it out.

    A private chat is one person: who they are is the number of the chat, to which they are answered.
    """
    update = raw.get("result", raw) if isinstance(raw, dict) else None
    message = update.get("message") if isinstance(update, dict) else None
    event = update.get("event_name") if isinstance(update, dict) else None
    if not isinstance(message, dict) or not isinstance(event, str):
        return NobodyToAnswer("unreadable")
    if event not in _KINDS:
        return NobodyToAnswer("unknown", event if re.fullmatch(r"[a-z_.]{1,64}", event) else "")
    chat, writer = message.get("chat"), message.get("from")
    number, id = _id(chat), _text(message.get("message_id"))
    if not number or not id:
        return NobodyToAnswer("unreadable")
    if isinstance(writer, dict) and writer.get("is_bot") is True:
        return NobodyToAnswer("bot")
    if isinstance(chat, dict) and chat.get("chat_type", "PRIVATE") != "PRIVATE":
        return NobodyToAnswer("group")
    return Inbound(NAME, number, number, _message(event, message, _delivery(event, id), at))


def _message(event: str, given: dict[str, Any], delivery: str, at: datetime.datetime) -> Message:
    kind = _KINDS[event]
    written = given.get("text" if kind == "text" else "caption")
    text = markup.readable(written) if isinstance(written, str) else ""
    if kind == "media" and text.strip():
        return Message("text", delivery, at, text, with_media=True)
    if kind != "text":
        return Message(kind, delivery, at)
    start = _START.fullmatch(text.strip())
    return Message("text", delivery, at, text) if start is None else Message("start", delivery, at, start[1] or "")


def _id(place: object) -> str:
    return _text(place.get("id")) if isinstance(place, dict) else ""


def _text(id: object) -> str:
    """A number as it is written; '' of what can be none."""
    known = str(id) if isinstance(id, str | int) and not isinstance(id, bool) else ""
    return known if 0 < len(known) <= _LONGEST and known.isprintable() else ""


def _delivery(event: str, id: str) -> str:
    """By what it is known when it comes again: its kind and its number, as short as a button has room for."""
    return hashlib.sha256(f"{event} {id}".encode()).hexdigest()[:_DELIVERY_DIGITS]
