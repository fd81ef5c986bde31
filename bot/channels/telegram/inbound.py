"""What people do on Telegram, in the words of the desk."""

from __future__ import annotations

import datetime
import re

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage
from telegram.constants import ChatType
from telegram.ext import ExtBot, filters

from bot.channels import markup
from bot.channels.telegram.connection import NAME
from bot.desk import channel
from handlers.dialogue.message import Message, MessageKind

_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_LONGEST = 64
"""Characters of what a delivery is known by."""
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


def in_private(update: Update, at: datetime.datetime) -> channel.Inbound | None:
    """What a person did in a private chat, in the words of the desk; None for what nobody need answer."""
    user, chat, query = update.effective_user, update.effective_chat, update.callback_query
    if chat is None or chat.type != ChatType.PRIVATE or (user is not None and user.is_bot):
        return None
    did = _did(update)
    if did is None:
        return None
    kind, text = did
    shown = _shows_more(update, kind)
    message = Message(kind, _delivery(update, kind), at, markup.readable(text), with_media=shown)
    person = chat.id if user is None else user.id  # the same number in a private chat
    return channel.Inbound(NAME, str(person), str(chat.id), message, _pressed(query))


def in_group(update: Update, at: datetime.datetime, bot: ExtBot[str]) -> channel.Inbound | None:
    """What somebody did in a group that is meant for the bot: a press, a reply to the bot, a command to it."""
    chat, query = update.effective_chat, update.callback_query
    if chat is None or chat.type not in _GROUPS:
        return None
    if query is not None:
        if not query.data or query.from_user.is_bot:
            return None
        message = Message("press", str(update.update_id), at, markup.readable(query.data))
        return channel.Inbound(NAME, str(query.from_user.id), str(chat.id), message, _pressed(query), group=True)
    said = update.message or update.edited_message
    did = None if said is None or _is_to_another(said, bot) else _did(update)
    if said is None or did is None:
        return None
    to = said.reply_to_message
    replied = "" if to is None or to.from_user is None or to.from_user.id != bot.id else to.text or to.caption or ""
    kind: MessageKind = "text" if did[0] == "start" else did[0]
    text = said.text or said.caption or ""
    if not replied and not text.startswith("/"):
        return None
    writer = said.sender_chat or said.from_user  # a group writes for an admin who stays unknown
    if writer is None or (said.sender_chat is None and said.from_user is not None and said.from_user.is_bot):
        return None
    text = _COMMAND.sub(lambda found: f"/{found[1]} {found[3] or ''}".rstrip(), text) if text[:1] == "/" else text
    shown, about = _shows_more(update, kind), markup.readable(replied)
    message = Message(kind, str(update.update_id), at, markup.readable(text), replied=about, with_media=shown)
    return channel.Inbound(NAME, str(writer.id), str(chat.id), message, group=True)


def posted(update: Update, at: datetime.datetime) -> channel.Inbound | None:
    """An answer that somebody posted in another chat, which Telegram tells where the bot is set to learn it."""
    chosen = update.chosen_inline_result
    if chosen is None or chosen.from_user.is_bot:
        return None
    text = markup.readable(f"{chosen.result_id}|{chosen.query}")
    person = str(chosen.from_user.id)
    return channel.Inbound(NAME, person, person, Message("posted", str(update.update_id), at, text))


def _delivery(update: Update, kind: MessageKind) -> str:
    """By what it is known when it comes again; the pictures of an album without words are one, to every process."""
    album = None if update.message is None else update.message.media_group_id
    return f"album {album}"[:_LONGEST] if kind == "media" and album is not None else str(update.update_id)


def _pressed(query: CallbackQuery | None) -> str | None:
    """The number of the message whose button was pressed; None where it is none."""
    number = None if query is None or query.message is None else query.message.message_id
    return str(number) if type(number) is int else None


def _is_to_another(message: TelegramMessage, bot: ExtBot[str]) -> bool:
    """Whether a command names another bot of the group."""
    called = _COMMAND.fullmatch(message.text or message.caption or "")
    return called is not None and called[2] is not None and called[2].lower() != (bot.bot.username or "").lower()


def _did(update: Update) -> tuple[MessageKind, str] | None:
    """The kind of message, and its text; a caption is one."""
    if update.callback_query is not None:
        return ("press", update.callback_query.data) if update.callback_query.data else None
    if update.edited_message is not None:  # a place that moves is an edit every few seconds: silence
        changed = update.edited_message
        return None if changed.location else ("edit", changed.text or changed.caption or "")
    if update.message is None or filters.StatusUpdate.ALL.check_update(update):
        return None
    text = update.message.text or update.message.caption or ""
    if not text.strip():
        return "media", ""
    command = _COMMAND.fullmatch(text)
    if command is None:
        return "text", text
    name, addressed_to, rest = command[1], command[2], (command[3] or "").strip()
    if name.lower() == "start":
        return "start", rest
    return "text", f"/{name} {rest}".rstrip() if addressed_to else text


def _shows_more(update: Update, kind: MessageKind) -> bool:
    """Whether the text stands under a picture or a file, which nobody reads."""
    return kind in ("text", "start") and update.message is not None and not update.message.text
