"""What a text states of a person and of what they wish: one reader, at the door and at every question of a form."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handlers.reading.amounts import find_money
from handlers.reading.choices import Sex, find_sex, sex_of_born
from handlers.reading.dates import Birth, find_birth
from handlers.reading.durations import find_duration_months
from handlers.reading.frequencies import Frequency
from handlers.reading.support_groups import find_groups
from handlers.reading.wanted import wanted_pension
from handlers.reading.withdrawals import Why
from law.base.month import Month
from law.paying.support import SupportGroup
from vietnamese.normalize import normalize

Whom = Literal["self", "wife", "husband", "mother", "father", "child", "other"]
"""Of whom a text tells: the writer, somebody of theirs; each is a person of their own."""

_LONGEST = 30
"""Words; the numbers of a longer letter are its story, and may be another person's."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was stated of one person, as far as it is clear; amounts in dong a month, lengths of time in months."""

    whom: Whom | None = None
    sex: Sex | None = None
    birth: Birth | None = None
    groups: tuple[SupportGroup, ...] | None = None
    """The household's and the person's groups, sorted; («other»,) where all are denied."""
    paid: int | None = None
    """Months paid so far, of a kind not said."""
    own: int | None = None
    """Months paid voluntarily so far."""
    firm: int | None = None
    """Months paid as an employee so far."""
    past: int | None = None
    """The income level of the voluntary months so far."""
    wage: int | None = None
    """The average wage of the months as an employee."""
    payment: int | None = None
    """What is to be paid."""
    income: int | None = None
    """The income level to be chosen."""
    money: int | None = None
    """An amount of which it is not said what it is."""
    wanted: int | None = None
    """A pension wished for."""
    every: Frequency | None = None
    """Every how many months it is to be paid."""
    total: int | None = None
    """Months to be paid in all, or for how long to pay («đóng 20 năm thì»)."""
    span: int | None = None
    """A length of time of which it is not said what it is."""
    first: Month | None = None
    """The first month paid."""
    stopped: Month | None = None
    """The last month paid; the month of the reading where they still pay."""
    due: Month | None = None
    """When a birth is expected, or was."""
    children: int | None = None
    """How many are born together."""
    died: Month | None = None
    drawing: bool | None = None
    """Whether a pension is drawn, or was at death."""
    why: Why | None = None
    """Why the money is to be taken out."""

    @property
    def empty(self) -> bool:
        return self == Facts()

    def names(self) -> tuple[str, ...]:
        """The names of the facts that are stated."""
        return tuple(each.name for each in dataclasses.fields(self) if getattr(self, each.name) is not None)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text states, and how it was read."""

    facts: Facts = dataclasses.field(default_factory=Facts)
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """By the name of a fact, the words of the text that gave it."""
    rest: str = ""
    """The text without those words: folded, without punctuation."""


def stated(text: str, today: datetime.date) -> Stated:
    """Read a text; a long letter states nothing that is sure to be the writer's.

    >>> stated("nữ sinh 8/1974 đóng 7 năm mức 1tr5", datetime.date(2026, 11, 27)).facts.birth
    Birth(year=1974, month=8, day=None, approximate=False)
    """
    if len(text.split()) > _LONGEST:
        return Stated(rest=normalize(text))
    birth = find_birth(text, today)
    wanted = wanted_pension(text)
    groups = find_groups(text)
    found = Facts(
        sex=find_sex(text) or sex_of_born(normalize(text)),
        birth=None if birth is None or birth.approximate else birth,
        groups=tuple(sorted(groups)) if groups else None,
        paid=find_duration_months(text),
        money=find_money(text) if wanted is None else None,
        wanted=wanted,
    )
    return Stated(found, rest=normalize(text))
