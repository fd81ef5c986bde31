"""What every conversation shares: the content, and the settings that change what is said."""

from __future__ import annotations

from bot.content import Content
from bot.settings import Settings
from handlers.exchange import Manner, Resources


def resources_of(content: Content, settings: Settings) -> Resources:
    """What every conversation shares."""
    manner = Manner(settings.support.local_top_up, settings.telegram.link())
    return Resources(content.law, content.library, content.matcher, content.texts, manner)
