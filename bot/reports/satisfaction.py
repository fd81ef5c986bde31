"""The satisfaction index against the target of its period, with how sure it is.

Index: the two highest of the five official levels over all ratings. Response rate: of the offers made unasked in
the same span, the share that was rated. Interval: Wilson's, 95 %.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.content import BrokenContent, read_file
from bot.storage import ratings
from bot.storage.database import VIETNAM, Database
from faq import wording

Verdict = Literal["met", "met_unsure", "not_met", "too_few", "no_target"]
_Z = 1.959963984540054  # the normal quantile of a two-sided 95 % interval


@dataclass(frozen=True, slots=True)
class Targets:
    """The plan's targets: percent by period, and under how many ratings nothing is said."""

    source: str
    periods: tuple[tuple[datetime.date, datetime.date, int], ...]
    least_ratings: int

    def on(self, day: datetime.date) -> int | None:
        """The target in percent on a day; None outside the plan."""
        return next((percent for since, until, percent in self.periods if since <= day <= until), None)


def read_targets() -> Targets:
    """The targets from their dated file; raises BrokenContent."""
    data = read_file("bot.reports", "targets.yaml")
    try:
        assert isinstance(data, Mapping)
        periods = tuple((row["from"], row["to"], row["percent"]) for row in data["targets"])
        return Targets(data["source"], periods, data["least_ratings"])
    except (AssertionError, KeyError, TypeError) as error:
        raise BrokenContent((f"bot/reports/targets.yaml: expected source, targets, least_ratings: {error}",)) from error


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The figures of one span of time. Shares are fractions; None where nothing was counted."""

    since: datetime.date
    until: datetime.date
    levels: Mapping[int, int]
    offered: int
    answered: int
    target: int | None
    least_ratings: int

    @property
    def rated(self) -> int:
        return sum(self.levels.values())

    @property
    def satisfied(self) -> int:
        return self.levels[5] + self.levels[4]

    @property
    def index(self) -> float | None:
        return self.satisfied / self.rated if self.rated else None

    @property
    def response_rate(self) -> float | None:
        return self.answered / self.offered if self.offered else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.satisfied, self.rated) if self.rated else None

    @property
    def verdict(self) -> Verdict:
        """Against the target: met, met but not surely, not met; too few ratings to say."""
        if self.target is None:
            return "no_target"
        if self.rated < self.least_ratings or self.interval is None:
            return "too_few"
        if round(self.interval[0] * 100, 9) >= self.target:
            return "met"
        return "met_unsure" if self.satisfied * 100 >= self.target * self.rated else "not_met"


def wilson(successes: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, as fractions; `of` must be positive."""
    share = successes / of
    middle = share + _Z**2 / (2 * of)
    half = _Z * math.sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    scale = 1 + _Z**2 / of
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


async def of_year(database: Database, year: int, targets: Targets) -> Satisfaction:
    """The satisfaction of a calendar year in Vietnam's time, against the target in force in it."""
    since, after = datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    async with database.read() as connection:
        tally = await ratings.tally(connection, _midnight(since), _midnight(after))
    until = after - datetime.timedelta(days=1)
    return Satisfaction(
        since, until, tally.levels, tally.offered, tally.answered, targets.on(until), targets.least_ratings
    )


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), VIETNAM)


def as_json(found: Satisfaction, targets: Targets) -> dict[str, object]:
    """The report for machines: index, interval and response rate in percent, like the target."""
    words = read_words()
    return {
        "from": found.since.isoformat(),
        "to": found.until.isoformat(),
        "index": _percent(found.index),
        "ratings": found.rated,
        "levels": {str(level): count for level, count in found.levels.items()},
        "offered": found.offered,
        "answered": found.answered,
        "response_rate": _percent(found.response_rate),
        "interval": None if found.interval is None else [_percent(end) for end in found.interval],
        "target": found.target,
        "verdict": words[f"verdict_{found.verdict}"],
        "definition": words["definition"],
        "formula": words["formula"],
        "target_source": targets.source,
    }


def as_text(found: Satisfaction, targets: Targets) -> str:
    """The report for staff, in Vietnamese."""
    words = read_words()
    lines = [
        words["title"].format(since=wording.day(found.since), until=wording.day(found.until)),
        words["index"].format(index=_said(found.index), satisfied=found.satisfied, rated=found.rated),
        *(words["level"].format(name=words[f"level_{level}"], count=count) for level, count in found.levels.items()),
        words["response"].format(rate=_said(found.response_rate), answered=found.answered, offered=found.offered),
    ]
    if found.interval is not None:
        low, high = found.interval
        lines.append(words["interval"].format(low=_said(low), high=_said(high)))
    if found.target is not None:
        lines.append(words["target"].format(target=found.target, source=targets.source))
    lines.append(words["verdict"].format(verdict=words[f"verdict_{found.verdict}"], least=found.least_ratings))
    return "\n".join([*lines, "", words["definition"], words["formula"]])


def read_words() -> Mapping[str, str]:
    """The words of the reports."""
    words = read_file("bot.reports", "texts.yaml")
    assert isinstance(words, Mapping)
    return words


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 2)


def _said(share: float | None) -> str:
    return "–" if share is None else wording.percent(Decimal(str(round(share, 4))))
