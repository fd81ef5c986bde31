"""The working of one calculation: it looks values up, and keeps what an `Estimate` must show of them.

Every value asked for is listed as used, with its article; a value whose stated period is over, or that rests
on weak sources, brings its warning by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from fractions import Fraction

from law.base.estimate import Article, Estimate, Figure, Note, Refusal, Used
from law.base.ground import Grounds, grounded, grounded_note, grounds
from law.base.law import Law
from law.base.month import Month
from law.base.parameter import Dated, Key, Scalar

_WEAK = ("B-", "C")


class Working:
    """Collects the steps, articles, values and warnings of one calculation, priced in the month `on`."""

    def __init__(self, law: Law, calculation: str, on: Month) -> None:
        self.law = law
        self.calculation = calculation
        self.on = on
        self._looked_up: dict[tuple[str, Key | None, Month], Dated] = {}
        self._used: dict[tuple[str, str, datetime.date], Used] = {}
        self._steps: list[Note] = []
        self._articles: dict[Article, None] = {}
        self._warnings: dict[str, Note] = {}
        self._options: list[Note] = []

    def value(self, name: str, key: Key | None = None, on: Month | None = None) -> Dated:
        """The value that holds in the month `on` (the working's own by default), noted as used."""
        month = on or self.on
        known = self._looked_up.get((name, key, month))
        if known is not None:
            return known
        law_on = self.law.on(month)
        found = self._looked_up[name, key, month] = law_on.value(name)
        picked = found.value if key is None else found.table()[key]
        shown: Figure = None if isinstance(picked, Mapping) else picked
        article = Article(found.source, found.place)
        seen = (name, "" if key is None else str(key), found.since)
        if seen not in self._used:
            self._used[seen] = Used(
                name, shown, found.since, found.confidence, article, found.term, found.unit, seen[1]
            )
            self._articles.setdefault(article)
        called = self.law.parameter(name).called
        if law_on.stale(name):
            expired = Note("value_expired", {"term": found.term, "called": called, "until": found.until})
            self._warnings.setdefault(f"value_expired {found.term}", expired)
        if found.confidence in _WEAK:
            uncertain = Note("value_uncertain", {"term": found.term, "called": called})
            self._warnings.setdefault(f"value_uncertain {found.term}", uncertain)
        return found

    def whole(self, name: str, key: Key | None = None, on: Month | None = None) -> int:
        """A value in whole dong, months, years or days."""
        return self.value(name, key, on).whole(key)

    def number(self, name: str, key: Key | None = None, on: Month | None = None) -> Fraction:
        """A value as an exact number."""
        return self.value(name, key, on).number(key)

    def rate(self, name: str, key: Key | None = None, on: Month | None = None) -> Fraction:
        """A percentage as a rate."""
        return self.value(name, key, on).rate(key)

    def table(self, name: str) -> Mapping[Key, Scalar]:
        """The values by group or year that hold now, to choose from; only one asked for counts as used."""
        return self.law.on(self.on).value(name).table()

    def day(self, name: str, on: Month | None = None) -> datetime.date:
        """A value that is a date."""
        return self.value(name, None, on).day()

    def step(self, name: str, **figures: Figure) -> None:
        """One step of the calculation, in order."""
        self._steps.append(Note(name, figures))

    def article(self, source: str, place: str) -> None:
        """A rule the calculation follows that is no number."""
        self._articles.setdefault(Article(source, place))

    def warn(self, name: str, **figures: Figure) -> None:
        """Something the citizen must see; the same warning once."""
        self._warnings.setdefault(name, Note(name, figures))

    def option(self, name: str, **figures: Figure) -> None:
        """Another way the law leaves open."""
        self._options.append(Note(name, figures))

    def take(self, other: Estimate, warnings: Collection[str] | None = None) -> Estimate:
        """Rest on another estimate: its values and articles are ours too, and its warnings (if named, those)."""
        for used in other.used:
            self._used.setdefault((used.parameter, used.key, used.since), used)
        for article in other.articles:
            self._articles.setdefault(article)
        for warning in other.warnings:
            if warnings is None or warning.name in warnings:
                named = f" {warning.figures['term']}" if "term" in warning.figures else ""
                self._warnings.setdefault(f"{warning.name}{named}", warning)
        return other

    def estimate(self, **figures: Figure) -> Estimate:
        """The result with everything collected; its whole numbers know what they rest on."""
        grounds = self._grounds()
        return Estimate(
            self.calculation,
            {name: grounded(value, grounds) for name, value in figures.items()},
            tuple(grounded_note(each, grounds) for each in self._steps),
            tuple(self._articles),
            tuple(self._used.values()),
            tuple(grounded_note(each, grounds) for each in self._warnings.values()),
            tuple(grounded_note(each, grounds) for each in self._options),
        )

    def refuse(self, reason: str, **figures: Figure) -> Refusal:
        """What the law can't answer, with the articles looked at so far."""
        grounds = self._grounds()
        told = {name: grounded(value, grounds) for name, value in figures.items()}
        warnings = tuple(grounded_note(each, grounds) for each in self._warnings.values())
        return Refusal(self.calculation, reason, told, tuple(self._articles), warnings)

    def _grounds(self) -> Grounds:
        """What every number of this working rests on and must say so."""
        return grounds(
            dated
            for used in self._used.values()
            for dated in self.law.parameter(used.parameter).values
            if dated.since == used.since
        )
