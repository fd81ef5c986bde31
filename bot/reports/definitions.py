"""What each figure means: one table, with its sentences, for the pages, the chat, the command line and every report."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.base.content import BrokenContent, read_file
from bot.reports.records import read_targets
from bot.reports.spans import Span
from bot.reports.words import say
from bot.storage.fading import CROWD


@dataclass(frozen=True, slots=True)
class Definitions:
    """The table. `lately` and `waiting`: of how many days «N ngày qua» is, today among them; `least_rated`: from how
    many ratings on an entry is told as badly rated. `figures`: what a figure is called, and what it means.
    """

    lately: int
    waiting: int
    least_rated: int
    figures: Mapping[str, tuple[str, str]]


@cache
def read_definitions() -> Definitions:
    """The table from its file; raises BrokenContent."""
    data = read_file("bot.reports", "definitions.yaml")
    try:
        assert isinstance(data, Mapping)
        numbers: dict[str, int] = {name: data[name] for name in ("lately", "waiting", "least_rated")}
        given = numbers | _set_elsewhere() | {"lately_before": numbers["lately"] - 1}
        figures = {
            name: (each["name"].format(**given), each["means"].format(**given))
            for name, each in data["figures"].items()
        }
        return Definitions(**numbers, figures=figures)
    except (AssertionError, KeyError, TypeError, AttributeError) as error:
        raise BrokenContent((f"bot/reports/definitions.yaml: expected lately, waiting, figures: {error}",)) from error


def _set_elsewhere() -> dict[str, Any]:
    targets = read_targets()
    said = ", ".join(f"{percent}% ({since.year}–{until.year})" for since, until, percent in targets.periods)
    return {
        "least": targets.least_ratings,
        "crowd": CROWD,
        "source": targets.source,
        "targets": said,
        "no_campaign": say("no_campaign"),
    }


def defined(*names: str) -> tuple[tuple[str, str], ...]:
    """The figures of these names with what they mean; all of them when none is named. KeyError for one not there."""
    figures = read_definitions().figures
    return tuple(figures[name] for name in names or figures)


def last_days(today: datetime.date, days: int) -> Span:
    """The last days, today among them: what «7 ngày qua» is wherever it is said."""
    return Span(today - datetime.timedelta(days=days - 1), today)
