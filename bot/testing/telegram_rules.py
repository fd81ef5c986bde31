"""What Telegram refuses: parameters, HTML, keyboards and commands, each with its status and words."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "a"}
_WITH_ATTRIBUTES = ("a", "code", "blockquote")
_TAG = re.compile(r'<(/?)([a-z]+)((?:\s+[a-z-]+="[^"<>]*")*)\s*>')
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")

ButtonRows = tuple[tuple[tuple[str, str], ...], ...]


class ApiRefusal(Exception):
    """An answer that is not ok: the status, Telegram's words, and its parameters (retry_after, migrate_to_chat_id)."""

    def __init__(self, status: int, words: str, **parameters: int) -> None:
        super().__init__(f"{status} {words}")
        self.status = status
        self.words = words
        self.parameters = parameters


def bad(words: str) -> ApiRefusal:
    """400, with these words."""
    return ApiRefusal(400, f"Bad Request: {words}")


def flood(seconds: int) -> ApiRefusal:
    """429: wait so many seconds."""
    return ApiRefusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def forbidden(words: str = "bot was blocked by the user") -> ApiRefusal:
    """403."""
    return ApiRefusal(403, f"Forbidden: {words}")


def migrated(new: int) -> ApiRefusal:
    """400: the group became the supergroup `new`."""
    return ApiRefusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new)


def broken(status: int = 500) -> ApiRefusal:
    """A server that fails."""
    return ApiRefusal(status, "Internal Server Error")


def plain_text(text: str, parse_mode: str | None) -> str:
    """What is shown of a text; refused where the HTML is not Telegram's."""
    if parse_mode is None:
        return text
    if parse_mode != "HTML":
        raise bad("unsupported parse_mode")
    shown: list[str] = []
    open_tags: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "<":
            tag = _TAG.match(text, at)
            if tag is None or tag[2] not in _TAGS or (tag[3] and tag[2] not in _WITH_ATTRIBUTES):
                raise bad(f"can't parse entities: Unsupported start tag at offset {at}")
            if not tag[1]:
                open_tags.append(tag[2])
            elif not open_tags or open_tags.pop() != tag[2]:
                raise bad(f'can\'t parse entities: Unmatched end tag "{tag[2]}"')
            at = tag.end()
        elif text[at] == "&":
            entity = _ENTITY.match(text, at)
            if entity is None:
                raise bad("can't parse entities: loose & must be written &amp;")
            shown.append(html.unescape(entity[0]))
            at = entity.end()
        elif text[at] == ">":
            raise bad("can't parse entities: loose > must be written &gt;")
        else:
            shown.append(text[at])
            at += 1
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\"")
    return "".join(shown)


def units(text: str) -> int:
    """The length in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


# --- parameters: how each is written on the wire


def _text(value: str) -> str:
    value.encode("utf-8")
    return value


def _number(value: str) -> int:
    if not re.fullmatch(r"-?\d+", value):
        raise bad(f"an integer was expected, got {value[:20]!r}")
    return int(value)


def _flag(value: str) -> bool:
    if value not in ("true", "false"):
        raise bad("a boolean was expected")
    return value == "true"


def _json(kind: type) -> Callable[[str], Any]:
    def read(value: str) -> Any:
        try:
            parsed = json.loads(value)
        except ValueError:
            raise bad("can't parse JSON object") from None
        if not isinstance(parsed, kind):
            raise bad(f"a JSON {kind.__name__} was expected")
        return parsed

    return read


_SENDING = {
    "chat_id!": _number, "parse_mode": _text, "reply_markup": _json(dict), "disable_notification": _flag,
    "protect_content": _flag,
}  # fmt: skip
METHODS: dict[str, dict[str, Callable[[str], Any]]] = {
    "getMe": {},
    "getUpdates": {"offset": _number, "limit": _number, "timeout": _number, "allowed_updates": _json(list)},
    "deleteWebhook": {"drop_pending_updates": _flag},
    "setWebhook": {
        "url!": _text, "ip_address": _text, "max_connections": _number, "allowed_updates": _json(list),
        "drop_pending_updates": _flag, "secret_token": _text,
    },
    "getWebhookInfo": {},
    "setMyCommands": {"commands!": _json(list), "scope": _json(dict), "language_code": _text},
    "sendMessage": _SENDING | {"text!": _text, "link_preview_options": _json(dict)},
    "sendPhoto": _SENDING | {"photo!": _text, "caption": _text},
    "sendDocument": _SENDING | {"document!": _text, "caption": _text},
    "sendChatAction": {"chat_id!": _number, "action!": _text},
    "editMessageText": {
        "chat_id!": _number, "message_id!": _number, "text!": _text, "parse_mode": _text,
        "reply_markup": _json(dict), "link_preview_options": _json(dict),
    },
    "editMessageReplyMarkup": {"chat_id!": _number, "message_id!": _number, "reply_markup": _json(dict)},
    "deleteMessage": {"chat_id!": _number, "message_id!": _number},
    "answerInlineQuery": {
        "inline_query_id!": _text, "results!": _json(list), "cache_time": _number, "is_personal": _flag,
        "next_offset": _text, "button": _json(dict),
    },
    "answerCallbackQuery": {
        "callback_query_id!": _text, "text": _text, "show_alert": _flag, "cache_time": _number,
    },
}  # fmt: skip


def parameters(method: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of a request by name, each read as what it is; unknown and missing ones are refused."""
    known = {name.rstrip("!"): read for name, read in METHODS[method].items()}
    for name in given:
        if name not in known:
            raise bad(f"unknown parameter {name} of {method}")
    for name in METHODS[method]:
        if name.endswith("!") and name.rstrip("!") not in given:
            raise bad(f"parameter {name.rstrip('!')} of {method} is required")
    return {name: known[name](value) for name, value in given.items()}


def inline_buttons(markup: Mapping[str, Any]) -> ButtonRows:
    """The rows of (label, data) of an inline keyboard."""
    rows = markup.get("inline_keyboard")
    if set(markup) != {"inline_keyboard"} or not isinstance(rows, list):
        raise bad("inline keyboard expected")
    if sum(map(len, rows)) > 100 or any(not row or len(row) > 8 for row in rows):
        raise bad("reply markup is too long, or has an empty row")
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(button: Any) -> tuple[str, str]:
    if not isinstance(button, dict) or set(button) not in ({"text", "callback_data"}, {"text", "url"}):
        raise bad("a button has a text and exactly one action")
    if not isinstance(button["text"], str) or not button["text"].strip():
        raise bad("text buttons must be non-empty")
    data = button.get("callback_data", button.get("url"))
    if not isinstance(data, str) or not data or ("callback_data" in button and len(data.encode()) > 64):
        raise bad("BUTTON_DATA_INVALID")
    return button["text"], data


def check_inline_results(results: Sequence[Any]) -> None:
    """Refuse a list of results that Telegram would not show; articles with a text are known here."""
    if len(results) > 50:
        raise bad("RESULTS_TOO_MUCH")
    ids = [each.get("id") for each in results if isinstance(each, dict)]
    if len(ids) != len(results) or len(set(ids)) != len(ids):
        raise bad("RESULT_ID_DUPLICATE")
    for each in results:
        if not isinstance(each["id"], str) or not 1 <= len(each["id"].encode()) <= 64:
            raise bad("RESULT_ID_INVALID")
        known = {"type", "id", "title", "description", "input_message_content", "reply_markup", "url"}
        if each.get("type") != "article" or not set(each) <= known:
            raise bad("RESULT_TYPE_INVALID")
        if not isinstance(each.get("title"), str) or not each["title"].strip():
            raise bad("ARTICLE_TITLE_EMPTY")
        posted_text(each)


def posted_text(result: Mapping[str, Any]) -> tuple[str, str]:
    """The message that a result posts: as it is written, and as it is shown."""
    content = result.get("input_message_content")
    if not isinstance(content, dict) or not set(content) <= {"message_text", "parse_mode", "link_preview_options"}:
        raise bad("input message content is not specified")
    shown = plain_text(content.get("message_text", ""), content.get("parse_mode")).strip()
    if not shown:
        raise bad("MESSAGE_EMPTY")
    if units(shown) > 4096:
        raise bad("MESSAGE_TOO_LONG")
    return content["message_text"], shown


def menu_labels(markup: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """The labels of a reply keyboard."""
    flags = {"resize_keyboard", "is_persistent", "one_time_keyboard", "selective"}
    if not set(markup) <= {"keyboard", "input_field_placeholder", *flags}:
        raise bad("unknown key in the reply keyboard")
    if not all(isinstance(markup[flag], bool) for flag in flags & set(markup)):
        raise bad("a boolean was expected in the reply keyboard")
    rows = markup["keyboard"]
    if not isinstance(rows, list) or not rows or not all(isinstance(row, list) and row for row in rows):
        raise bad("reply keyboard has no buttons")
    labels = tuple(tuple(key if isinstance(key, str) else key.get("text", "") for key in row) for row in rows)
    if not all(label.strip() for row in labels for label in row):
        raise bad("text buttons must be non-empty")
    return labels


def check_webhook(p: Mapping[str, Any]) -> None:
    """Refuse a webhook that Telegram would not send to."""
    if not re.match(r"https://", p["url"]):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if re.match(r"https://[^/]+:(?!(?:443|80|88|8443)(?:/|$))\d+", p["url"]):
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if not 1 <= p.get("max_connections", 40) <= 100:
        raise bad("bad webhook: max_connections must be 1 to 100")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", p.get("secret_token", "")):
        raise bad("bad webhook: secret token contains unallowed characters")


def check_commands(commands: Sequence[Any], scope: Mapping[str, Any]) -> None:
    """Refuse a list of commands that Telegram would not show."""
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    if scope.get("type", "default") not in ("default", "all_private_chats", "all_group_chats", "chat"):
        raise bad("BotCommandScope is invalid")
