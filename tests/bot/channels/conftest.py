"""What tests of the channels share: Telegram as it is strict, and a desk that notes what it is handed."""

from __future__ import annotations

import pytest

from bot.testing.telegram_api import StrictBotApi
from tests.noting_desk import NotingDesk


@pytest.fixture
def api() -> StrictBotApi:
    return StrictBotApi()


@pytest.fixture
def notes() -> NotingDesk:
    return NotingDesk()
