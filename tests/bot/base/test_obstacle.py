"""A log that can be read: what stands in the way is one line however often it is met."""

from __future__ import annotations

import logging

import pytest

from bot.base.obstacle import Obstacle, ToldAlready
from bot.base.retry import again
from tests.conftest import no_wait

log = logging.getLogger("way")


def test_a_cause_is_named_once_and_again_only_when_it_is_another_or_was_over(caplog: pytest.LogCaptureFixture) -> None:
    way = Obstacle(log, "blocked", "free")
    way.passed()
    for cause in ("full", "full", "full", "locked", "locked"):
        way.met(cause)
    assert way.cause == "locked"
    way.passed()
    way.passed()
    way.met("locked")
    assert caplog.messages == ["blocked: full", "blocked: locked", "free", "blocked: locked"]


async def test_who_tries_again_is_silent_where_the_cause_is_told_already(caplog: pytest.LogCaptureFixture) -> None:
    refusals: list[Exception] = [ToldAlready(), ToldAlready(), OSError()]

    async def work() -> str:
        if refusals:
            raise refusals.pop(0)
        return "done"

    assert await again(work, (ToldAlready, OSError), sleep=no_wait) == "done"
    assert len(caplog.messages) == 1
    assert "OSError" in caplog.messages[0]
