"""What a calculation returns: an `Estimate` with its reasons, or a `Refusal` with the legal one.

The words are not here: a `Note` names a sentence and the figures in it, and the texts of the
conversation say it. So the law stays numbers and articles, and every Vietnamese sentence has one home.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from law.base.month import Month

Figure = int | Decimal | Fraction | str | bool | Month | datetime.date | None
"""Money is `int` dong; rates are `Fraction` or `Decimal`, never `float`."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence to be said: its name in the texts, and the figures it quotes."""

    name: str
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """Where a rule stands: a document of `law/sources.yaml` and the place in it («Điều 36 khoản 1»)."""

    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Used:
    """A dated parameter value that a calculation rested on.

    `term` is the law's own name for it, `unit` the one of its file («%» of 22 is 22); `key` says of which
    group, sex or year where the parameter has a value for each.
    """

    parameter: str
    value: Figure
    since: datetime.date
    confidence: str
    article: Article | None
    term: str = ""
    unit: str = ""
    key: str = ""


class _Figures:
    """What has figures by name, read as what they are."""

    __slots__ = ()
    calculation: str
    figures: Mapping[str, Figure]

    def whole(self, name: str) -> int:
        """A figure that is a whole number (dong, months, years); raises TypeError where it is none."""
        found = self.figures[name]
        if isinstance(found, bool) or not isinstance(found, int):
            raise TypeError(f"{self.calculation}.{name} is {found!r}, not a whole number")
        return found

    def month(self, name: str) -> Month:
        """A figure that is a month; raises TypeError where it is none."""
        found = self.figures[name]
        if not isinstance(found, Month):
            raise TypeError(f"{self.calculation}.{name} is {found!r}, not a month")
        return found


@dataclass(frozen=True, slots=True)
class Estimate(_Figures):
    """A computed answer: figures by name, steps in order, articles, parameters used, warnings to be shown.

    `options` are the other ways the law leaves open to this person (pay the missing time at once, …).
    """

    calculation: str
    figures: Mapping[str, Figure]
    steps: tuple[Note, ...] = ()
    articles: tuple[Article, ...] = ()
    used: tuple[Used, ...] = ()
    warnings: tuple[Note, ...] = ()
    options: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal(_Figures):
    """What the law cannot answer: the reason by name, what to do about it in `figures`, where it stands."""

    calculation: str
    reason: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    articles: tuple[Article, ...] = ()
    warnings: tuple[Note, ...] = ()


Outcome = Estimate | Refusal
