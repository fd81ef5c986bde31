"""What Zalo takes and what it refuses, as far as that is told: methods, fields, lengths; all else is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_LONGEST_TEXT = 2000
_LONGEST_POLL = 60
_SECRET = range(8, 257)


@dataclass(frozen=True)
class ZaloField:
    """A field of a call: what it is, and whether it must be there."""

    kind: type
    needed: bool = True


_CHAT = ZaloField(str)
ZALO_METHODS: Mapping[str, Mapping[str, ZaloField]] = {
    "getMe": {},
    "getUpdates": {"timeout": ZaloField(int, needed=False)},
    "setWebhook": {"url": ZaloField(str), "secret_token": ZaloField(str)},
    "deleteWebhook": {},
    "getWebhookInfo": {},
    "sendMessage": {"chat_id": _CHAT, "text": ZaloField(str), "parse_mode": ZaloField(str, needed=False)},
    "sendPhoto": {"chat_id": _CHAT, "photo": ZaloField(str), "caption": ZaloField(str, needed=False)},
    "sendChatAction": {"chat_id": _CHAT, "action": ZaloField(str)},
    "sendVoice": {"chat_id": _CHAT, "voice_url": ZaloField(str)},
    "sendSticker": {"chat_id": _CHAT, "sticker": ZaloField(str)},
}


class ZaloSaysNo(Exception):
    """A refusal: its code and words, and the status of the answer, which is 200 for most."""

    def __init__(self, code: int, words: str, status: int = 200) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.status = status

    @property
    def envelope(self) -> dict[str, Any]:
        return {"ok": False, "error_code": self.code, "description": self.words}


def checked(method: str, given: object) -> dict[str, Any]:
    """The fields of a call; raises ZaloSaysNo."""
    if method not in ZALO_METHODS:
        raise ZaloSaysNo(404, f"no such method: {method}")
    if not isinstance(given, dict):
        raise ZaloSaysNo(400, "a JSON object is wanted")
    fields = ZALO_METHODS[method]
    strange = given.keys() - fields.keys()
    if strange:
        raise ZaloSaysNo(400, f"unknown fields: {sorted(strange)}")
    for name, field in fields.items():
        if name not in given and field.needed:
            raise ZaloSaysNo(400, f"{name} is missing")
        if name in given and type(given[name]) is not field.kind:
            raise ZaloSaysNo(400, f"{name} is no {field.kind.__name__}")
    for name in ("text", "caption"):
        if name in given and not 1 <= _length(given[name]) <= _LONGEST_TEXT:
            raise ZaloSaysNo(400, f"{name} has {_length(given[name])} letters")
    if given.get("chat_id") == "":
        raise ZaloSaysNo(400, "chat_id is empty")
    _check_words(method, given)
    return given


def _check_words(method: str, given: Mapping[str, Any]) -> None:
    if method == "sendPhoto" and not _is_address(given["photo"], ("http", "https")):
        raise ZaloSaysNo(400, "photo is no URL")
    if method == "sendChatAction" and given["action"] != "typing":
        raise ZaloSaysNo(400, "no such action")
    if method == "getUpdates" and not 0 <= given.get("timeout", 0) <= _LONGEST_POLL:
        raise ZaloSaysNo(400, "timeout")
    if method == "setWebhook" and not _is_address(given["url"], ("https",)):
        raise ZaloSaysNo(400, "url is no https address")
    if method == "setWebhook" and len(given["secret_token"]) not in _SECRET:
        raise ZaloSaysNo(400, "secret_token has 8 to 256 letters")


def _is_address(given: str, schemes: tuple[str, ...]) -> bool:
    return urlsplit(given).scheme in schemes and bool(urlsplit(given).hostname) and not re.search(r"\s", given)


def _length(text: str) -> int:
    """As whoever counts most counts: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
