"""Talks as people have them, by writers who had not seen the code: how many go right from the first line to the last.

Those in `talks/read_….yaml`, `talks/more_….yaml` and, written last, `talks/fresh_….yaml` may be looked at while
working; those in `talks/unread_….yaml` never, they tell what the others no longer can. The floors are what was
reached: raise them. Only new talks, by writers who know none of these, lower a share.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from bot.base.content import read_yaml
from bot.storage.database import VIETNAM
from bot.testing.talks import carried_out, shares
from handlers.dialogue.context import Resources

START = datetime.datetime(2026, 11, 27, 9, 0, tzinfo=VIETNAM)
TALKS = Path(__file__).parent / "talks"


@pytest.mark.parametrize(
    ("half", "floor", "kinds"), [("read", 0.97, 12), ("more", 0.95, 12), ("fresh", 0.77, 14), ("unread", 0.83, 12)]
)
def test_most_talks_go_right(half: str, floor: float, kinds: int, resources: Resources) -> None:
    talks = [talk for path in sorted(TALKS.glob(f"{half}_*.yaml")) for talk in listed(path)]
    by_kind = shares(carried_out(talk, resources, START) for talk in talks)
    right = sum(right for right, _ in by_kind.values())
    assert len(by_kind) == kinds
    assert right >= floor * len(talks), by_kind


def listed(path: Path) -> list[dict[str, object]]:
    found = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(found, list)
    return found
