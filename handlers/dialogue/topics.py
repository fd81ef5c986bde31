"""What the topics of answers are called, on buttons and in lists."""

from __future__ import annotations

from faq.library import TOPICS
from handlers.dialogue.texts import OneOf

TOPIC_NAMES = OneOf("ask.topic_{}", TOPICS["questions"])
"""The text that names each, in the order a menu shows them."""
