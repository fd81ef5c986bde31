"""The people at the other end of the strict Bot API: what they do, and what they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.testing.telegram_rules import ButtonRows

BOT = {"id": 123456789, "is_bot": True, "first_name": "Trợ lý thử", "username": "bhxh_test_bot"}
DATE = 1_795_500_000

_FILE = {"file_id": "f", "file_unique_id": "u"}
MEDIA: dict[str, Any] = {
    "voice": _FILE | {"duration": 3},
    "video": _FILE | {"duration": 3, "width": 9, "height": 9},
    "sticker": _FILE | {"type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False},
    "photo": [_FILE | {"width": 90, "height": 90}],
    "location": {"latitude": 10.8, "longitude": 106.7},
    "contact": {"phone_number": "+84900000000", "first_name": "Ai đó"},
    "document": _FILE,
    "dice": {"emoji": "🎲", "value": 3},
    "poll": {
        "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
        "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
        "allows_revoting": False, "members_only": False,
    },
    "pinned_message": {"message_id": 1, "date": DATE, "chat": {"id": 1, "type": "private"}},
    "something_of_tomorrow": {"new": True},
}  # fmt: skip


@dataclass(frozen=True)
class SeenMessage:
    """One message as a person sees it at one moment; `edited` when it took the place of an earlier one."""

    message_id: int
    html: str
    plain: str
    buttons: ButtonRows = ()
    menu: tuple[tuple[str, ...], ...] = ()
    photo: bytes | None = None
    document: bytes | None = None
    edited: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for row in self.buttons for label, _ in row)


class Api(Protocol):
    """What people need of the Bot API they write to; `StrictBotApi` is one."""

    chats: dict[int, dict[int, SeenMessage]]
    listed: dict[str, dict[str, Any]]
    blocked: set[int]

    def heard(self, chat: int) -> list[SeenMessage]: ...
    def arrives(self, kind: str, content: Mapping[str, Any]) -> int: ...
    async def until(self, condition: Callable[[], bool], what: str) -> None: ...
    def new_message_id(self) -> int: ...
    def new_query(self) -> str: ...


class Person:
    """Someone with a private chat: what they do becomes an update, what they were shown is in `heard`."""

    def __init__(self, api: Api, number: int, *, is_bot: bool = False) -> None:
        self._api = api
        self.id = number
        self._from = {"id": number, "is_bot": is_bot, "first_name": "Bà con", "language_code": "vi"}
        self._chat: dict[str, Any] = {"id": number, "type": "private", "first_name": "Bà con"}
        self._last_message = 0
        self._awaited = 0

    @property
    def heard(self) -> list[SeenMessage]:
        return self._api.heard(self.id)

    @property
    def screen(self) -> list[SeenMessage]:
        """The bot's messages as they stand now."""
        return list(self._api.chats.get(self.id, {}).values())

    async def hears(self, count: int = 1) -> list[SeenMessage]:
        """Wait until `count` more messages or edits were shown than waited for before, and return them."""
        start, self._awaited = self._awaited, self._awaited + count
        await self._api.until(lambda: len(self.heard) >= start + count, f"{self.id} hears {count} more")
        return self.heard[start : start + count]

    def says(self, text: str, *, group: int | None = None, **more: Any) -> int:
        """Type a text, in a group where one is named; returns the update's id."""
        if len(text) > 4096:
            raise ValueError("a client cuts what is typed at 4096 characters")
        return self._message({"text": text, **more}, group)

    def replies(self, text: str, to: SeenMessage, *, group: int, **more: Any) -> int:
        """Reply to a message of the bot in a group; anything but text goes into `more`."""
        answered = {"message_id": to.message_id, "date": DATE, "chat": {"id": group, "type": "supergroup"}}
        answered |= {"from": BOT, "text": to.plain}
        return self._message(({"text": text} if text else {}) | {"reply_to_message": answered, **more}, group)

    def presses_in(self, group: int, label: str, message: SeenMessage) -> int:
        """Press a button under a message of a group."""
        data = next(data for row in message.buttons for words, data in row if words == label)
        chat = {"id": group, "type": "supergroup", "title": "Cán bộ"}
        shown = {"message_id": message.message_id, "chat": chat, "date": DATE, "from": BOT, "text": message.plain}
        press = {"id": self._api.new_query(), "from": self._from, "chat_instance": "1", "data": data, "message": shown}
        return self._api.arrives("callback_query", press)

    def starts(self, payload: str = "") -> int:
        """Open the bot by a link with this payload, or without one."""
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload):
            raise ValueError("a start link carries at most 64 of A-Z a-z 0-9 _ -")
        self._api.blocked.discard(self.id)
        return self.says(f"/start {payload}".rstrip())

    def forwards(self, text: str) -> int:
        origin = {"type": "hidden_user", "sender_user_name": "Người khác", "date": DATE}
        return self.says(text, forward_origin=origin)

    def sends(self, kind: str, **more: Any) -> int:
        """Send something that is no text: voice, sticker, photo, location, contact, document, dice, poll …"""
        return self._message({kind: MEDIA[kind], **more}, None)

    def edits(self, text: str, message_id: int | None = None) -> int:
        """Change an earlier message of one's own, the last one by default."""
        message = self._head(message_id or self._last_message, None) | {"edit_date": DATE + 1, "text": text}
        return self._api.arrives("edited_message", message)

    def presses(self, wanted: str, message_id: int | None = None) -> int:
        """Press the newest button with this label or data; a message that was deleted has none."""
        for seen in reversed(self.screen):
            if message_id in (None, seen.message_id):
                for label, data in (button for row in seen.buttons for button in row):
                    if wanted in (label, data):
                        return self.presses_data(data, seen.message_id)
        raise LookupError(f"no button {wanted!r} on the screen of {self.id}")

    def presses_data(self, data: str, message_id: int, *, gone: bool = False) -> int:
        """Press a button of any message, also of one that Telegram no longer shows (`gone`)."""
        message = {"message_id": message_id, "chat": self._chat, "date": 0 if gone else DATE}
        if not gone:
            message |= {"from": BOT, "text": "…"}
        query = self._api.new_query()
        press = {"id": query, "from": self._from, "chat_instance": "1", "data": data, "message": message}
        return self._api.arrives("callback_query", press)

    async def types_inline(self, text: str) -> dict[str, Any]:
        """Type «@bot …» in some chat; returns what the bot answered, its list in `results`."""
        query = self._api.new_query()
        content = {"id": query, "from": self._from, "query": text, "offset": "", "chat_type": "group"}
        self._api.arrives("inline_query", content)
        await self._api.until(lambda: query in self._api.listed, f"{self.id} is shown a list for «{text}»")
        return self._api.listed[query]

    def posts(self, result: Mapping[str, Any], typed: str) -> int:
        """Choose one of a list; the bot is told, as where BotFather was asked for inline feedback."""
        chosen = {"result_id": result["id"], "from": self._from, "query": typed}
        return self._api.arrives("chosen_inline_result", chosen)

    def blocks(self) -> int:
        self._api.blocked.add(self.id)
        return self._membership("member", "kicked")

    def unblocks(self) -> int:
        self._api.blocked.discard(self.id)
        return self._membership("kicked", "member")

    def _membership(self, before: str, after: str) -> int:
        def member(status: str) -> dict[str, Any]:
            return {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})

        change = {"chat": self._chat, "from": self._from, "date": DATE}
        change |= {"old_chat_member": member(before), "new_chat_member": member(after)}
        return self._api.arrives("my_chat_member", change)

    def _message(self, content: Mapping[str, Any], group: int | None) -> int:
        if group is None:
            self._api.chats.setdefault(self.id, {})
        self._last_message = self._api.new_message_id()
        return self._api.arrives("message", self._head(self._last_message, group) | dict(content))

    def _head(self, message_id: int, group: int | None) -> dict[str, Any]:
        if group is not None:
            self._api.chats.setdefault(group, {})
        chat = self._chat if group is None else {"id": group, "type": "supergroup", "title": "Hội nông dân"}
        return {"message_id": message_id, "date": DATE, "chat": chat, "from": self._from}
