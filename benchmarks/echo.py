"""The least a bot can do: python-telegram-bot as it comes, saying back what it is told.

Run as `python -m benchmarks.echo BASE_URL TOKEN`, until SIGTERM.
"""

from __future__ import annotations

import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters


async def _echo(update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main(base_url: str, token: str) -> None:
    application = Application.builder().token(token).base_url(base_url).build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
