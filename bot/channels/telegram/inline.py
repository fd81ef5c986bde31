"""Inline mode: while somebody types «@bot …» in any chat, answers are listed that they may post there."""

from __future__ import annotations

import contextlib

from telegram import InlineQuery, InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels import markup
from bot.channels.telegram.api import TelegramBot
from bot.channels.telegram.connection import NAME
from bot.desk.desk import Desk
from bot.storage.database import StorageDown
from handlers.answers.passed_on import InlineAnswer

_SECONDS = 30
"""For so long Telegram shows the same person the same list; what the law changes at midnight is soon said."""
_BETWEEN = "\n\n"


async def offer(bot: TelegramBot, desk: Desk, query: InlineQuery) -> None:
    """List the answers to what is typed; nothing is listed while the database fails, or once the query is too old.

    The list is of this person alone, for its links are.
    """
    with contextlib.suppress(TelegramError, StorageDown):
        found = await desk.offer(NAME, str(query.from_user.id), markup.readable(query.query))
        results = [_result(each) for each in found]
        await bot.answer_inline_query(query.id, results, cache_time=_SECONDS, is_personal=True)


def _result(said: InlineAnswer) -> InlineQueryResultArticle:
    preview = LinkPreviewOptions(is_disabled=True)
    content = InputTextMessageContent(message(said), ParseMode.HTML, link_preview_options=preview)
    return InlineQueryResultArticle(said.entry, said.title, content, description=said.about)


def message(said: InlineAnswer, limit: int = markup.TEXT_LIMIT) -> str:
    """An answer as one message: cut at a paragraph or sentence where it is too long, source and link always whole."""
    (foot,) = markup.pieces(said.foot, limit)
    body, *more = markup.pieces(said.body, limit - markup.units(_BETWEEN + foot) - 2 * len("…"))
    return f"{body}{' …' if more else ''}{_BETWEEN}{foot}"
