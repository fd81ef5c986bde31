"""What a button hands to another chat of Telegram: its own page picks the chat, and the words can be read before."""

from __future__ import annotations

from urllib.parse import quote

from telegram import InlineKeyboardButton

from handlers.dialogue.turn import PassOn

_PICKS_A_CHAT = "https://t.me/share/url"
_LONGEST = 1800
"""Characters of an address of a button: no bound is published, and a message that is refused is lost."""


def pass_on_button(passed: PassOn) -> InlineKeyboardButton | None:
    """The button; None for words that are too long for it, which are forwarded by hand."""
    address = f"{_PICKS_A_CHAT}?url={quote(passed.link, safe='')}&text={quote(passed.words, safe='')}"
    return InlineKeyboardButton(passed.label, url=address) if len(address) <= _LONGEST else None
