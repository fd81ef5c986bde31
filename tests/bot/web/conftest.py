"""The staff pages over an empty database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import Database
from handlers.dialogue.context import Resources
from tests.conftest import Clock
from tests.web_house import House, make_house


@pytest.fixture
def house(database: Database, resources: Resources, clock: Clock, tmp_path: Path) -> House:
    return make_house(database, resources, clock, tmp_path / "data")
