"""A span beside the same days a year before and the span before: what differs, and whether that is more than chance.

Two shares are compared by the 95 % interval of their difference, Newcombe's from Wilson's intervals of both (Statistics
in Medicine 17 (1998) 873-890, method 10): more than chance where 0 is outside of it, and nothing is said of a share of
few. Counts are only subtracted: what one person asks comes together, so that no test of counts would hold.
A span that is under way is compared with as many days of the other.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.reports import activity, satisfaction
from bot.reports.activity import Volumes
from bot.reports.plain import signed
from bot.reports.records import Filter, Records
from bot.reports.rounding import said
from bot.reports.satisfaction import EVERYTHING, Satisfaction, Z, wilson
from bot.reports.spans import Span
from bot.reports.words import say

Other = Literal["year_before", "before"]
ChanceVerdict = Literal["rose", "fell", "chance", "too_few", "nothing"]


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share with what it is of."""

    part: int
    of: int

    @property
    def share(self) -> float | None:
        """A fraction; None of nothing."""
        return self.part / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class ComparedShare:
    """A share of this span beside that of another; `least`: of fewer nothing is said."""

    figure: str
    other: Other
    span: Span
    now: Proportion
    then: Proportion
    least: int

    @property
    def difference(self) -> float | None:
        """What it rose by, a fraction; None where there is nothing to compare."""
        now, then = self.now.share, self.then.share
        return None if now is None or then is None else now - then

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the true difference is, as fractions; None where there is nothing to compare."""
        return newcombe(self.now, self.then) if self.now.of and self.then.of else None

    @property
    def change(self) -> ChanceVerdict:
        """Whether it rose or fell by more than chance would explain."""
        if self.interval is None:
            return "nothing"
        if min(self.now.of, self.then.of) < self.least:
            return "too_few"
        low, high = self.interval
        return "rose" if low > 0 else "fell" if high < 0 else "chance"


@dataclass(frozen=True, slots=True)
class ComparedCount:
    """A count of this span beside that of another; None where nothing at all is recorded of the other."""

    figure: str
    other: Other
    span: Span
    now: int
    then: int | None

    @property
    def difference(self) -> int | None:
        return None if self.then is None else self.now - self.then

    @property
    def growth(self) -> float | None:
        """The difference as a fraction of what it was; None of nothing."""
        return None if not self.then else (self.now - self.then) / self.then


@dataclass(frozen=True, slots=True)
class Compared:
    """All that is compared, figure by figure; of each first the year before."""

    shares: tuple[ComparedShare, ...]
    counts: tuple[ComparedCount, ...]

    def share(self, figure: str) -> tuple[ComparedShare, ...]:
        """One of the shares beside each span it is compared with."""
        return tuple(each for each in self.shares if each.figure == figure)

    def count(self, figure: str) -> tuple[ComparedCount, ...]:
        """One of the counts beside each span it is compared with."""
        return tuple(each for each in self.counts if each.figure == figure)

    @property
    def nothing_of(self) -> frozenset[Other]:
        """The spans of which nothing at all is recorded: there is nothing to compare with them."""
        shares: dict[Other, int] = {each.other: 0 for each in self.shares}
        for each in self.shares:
            shares[each.other] += each.then.of
        return frozenset(other for other, of in shares.items() if not of)

    @property
    def of_something(self) -> Compared:
        """The same without them, for whoever says once which they are."""
        return Compared(
            tuple(each for each in self.shares if each.other not in self.nothing_of),
            tuple(each for each in self.counts if each.other not in self.nothing_of),
        )


def newcombe(now: Proportion, then: Proportion, z: float = Z) -> tuple[float, float]:
    """Newcombe's interval of a difference of two shares, as fractions, 95 % unless another quantile is given.

    Both must be of something.
    """
    p, q = now.part / now.of, then.part / then.of
    (p_low, p_high), (q_low, q_high) = wilson(now.part, now.of, z), wilson(then.part, then.of, z)
    below = math.hypot(p - p_low, q_high - q)
    above = math.hypot(p_high - p, q - q_low)
    return p - q - below, p - q + above


def others(records: Records, span: Span, today: datetime.date) -> tuple[tuple[Other, Span], ...]:
    """What a span is compared with: a year before it, and before it; of a period of the plan the period before.

    Only one where both are the same, none a year before what is longer than a year, and nothing while it has not begun.
    """
    if span.since > today:
        return ()
    period = records.targets.period(span.since)
    if period == span:
        before = records.targets.period(span.since - datetime.timedelta(days=1))
        return () if before is None else (("before", before),)
    found: dict[Span, Other] = {}
    if span.a_year_before().until < span.since:
        found[span.a_year_before().as_far_as(today, span)] = "year_before"
    found.setdefault(span.before().as_far_as(today, span), "before")
    return tuple((other, each) for each, other in found.items())


async def of_satisfaction(
    records: Records, now: Satisfaction, today: datetime.date, where: Filter = EVERYTHING
) -> Compared:
    """The ratings that were measured of a span, beside those of the others under the same filter."""

    async def measured(span: Span) -> _Figures:
        return _rated(await satisfaction.measure(records, span, where))

    return await _compared(records, now.span, today, _rated(now), measured)


async def of_use(records: Records, now: Volumes, today: datetime.date) -> Compared:
    """What was asked and done in a span, beside the others."""

    async def measured(span: Span) -> _Figures:
        return _asked(await activity.volumes(records, span))

    return await _compared(records, now.span, today, _asked(now), measured)


@dataclass(frozen=True, slots=True)
class _Figures:
    shares: Mapping[str, Proportion]
    counts: Mapping[str, int]

    @property
    def recorded(self) -> bool:
        """Whether there was anything at all: before the assistant came there was nothing to count."""
        return any(self.counts.values())


def _rated(of: Satisfaction) -> _Figures:
    shares = {
        "index": Proportion(of.satisfied, of.rated),
        "by_person": Proportion(of.people_satisfied or 0, of.people or 0),
        "response": Proportion(of.answered, of.offered),
    }
    return _Figures(shares, {"ratings": of.rated, "offers": of.offered})


def _asked(of: Volumes) -> _Figures:
    parts = {"answered": of.answered, "offered": of.offered, "referred": of.referred, "unknown": of.unknown}
    parts["unanswered"] = of.left_unanswered
    counts = {"questions": of.questions, "estimates": of.estimated, "people": of.people or 0}
    return _Figures({name: Proportion(part, of.questions) for name, part in parts.items()}, counts)


async def _compared(
    records: Records,
    span: Span,
    today: datetime.date,
    now: _Figures,
    measured: Callable[[Span], Awaitable[_Figures]],
) -> Compared:
    found = [(other, each, await measured(each)) for other, each in others(records, span, today)]
    least = records.targets.least_ratings
    shares = [
        ComparedShare(name, other, each, of, then.shares[name], least)
        for name, of in now.shares.items()
        for other, each, then in found
    ]
    counts = [
        ComparedCount(name, other, each, n, then.counts[name] if then.recorded else None)
        for name, n in now.counts.items()
        for other, each, then in found
    ]
    of_plan = span == records.targets.period(span.since)  # its periods are of four and of five years
    return Compared(tuple(shares), () if of_plan else tuple(counts))


def sentences(compared: Sequence[ComparedShare]) -> tuple[str, ...]:
    """A share beside each of the others in words, with how sure the difference is."""
    return tuple(map(_sentence, compared))


def _sentence(compared: ComparedShare) -> str:
    other = say(f"other_{compared.other}", span=compared.span.name)
    if compared.difference is None or compared.interval is None:
        return say("compared_line_nothing", other=other)
    low, high = (signed(end * 100) for end in compared.interval)
    then, change = said(compared.then.share), say(f"change_{compared.change}", least=compared.least)
    between = {"difference": signed(compared.difference * 100), "low": low, "high": high}
    return say("compared_line", other=other, then=then, change=change, **between)
