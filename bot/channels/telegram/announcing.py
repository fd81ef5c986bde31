"""Which commands Telegram shows to whom: those of people in every private chat, those of the staff in theirs only."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from telegram import BotCommand, BotCommandScope, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram import error as errors
from telegram.error import TelegramError

from bot.base.retry import again
from bot.channels.telegram.api import TelegramBot
from bot.channels.telegram.reaching import FOR_GOOD, asked_to_wait

log = logging.getLogger(__name__)

Described = Sequence[tuple[str, str]]
"""(command, description), without the slash."""


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of people, and those of the staff with the chats in which they are shown."""

    people: Described
    staff: Described = ()
    staff_chats: Sequence[int] = ()


async def announce(bot: TelegramBot, commands: Commands) -> None:
    """Have Telegram show the commands, each list tried until it is taken or refused."""
    await _announce(bot, commands.people, BotCommandScopeAllPrivateChats())
    for chat in commands.staff_chats if commands.staff else ():
        shown = commands.staff if chat < 0 else (*commands.people, *commands.staff)
        await _announce(bot, shown, BotCommandScopeChat(chat))


async def _announce(bot: TelegramBot, shown: Described, scope: BotCommandScope) -> None:
    commands = [BotCommand(name, description) for name, description in shown]
    try:
        await again(
            partial(bot.set_my_commands, commands, scope=scope),
            TelegramError,
            never=FOR_GOOD,
            asked=asked_to_wait,
        )
    except errors.ChatMigrated as moved:
        await _announce(bot, shown, BotCommandScopeChat(moved.new_chat_id))
    except TelegramError as error:  # or a chat that never wrote to the bot
        log.error("Telegram refuses a list of commands: %s", error.message.partition(":")[0])
