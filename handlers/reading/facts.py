"""What a short question states of a person: sex, birth, months paid, an amount, a group, a pension wished for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from handlers.reading.amounts import find_money
from handlers.reading.choices import Sex, find_sex, sex_of_born
from handlers.reading.dates import Birth, find_birth
from handlers.reading.durations import find_duration_months
from handlers.reading.support_groups import find_groups
from handlers.reading.wanted import wanted_pension
from vietnamese.normalize import normalize

_LONGEST = 30
"""Words; the numbers of a longer letter are its story, and may be another person's."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a short question states of a person, as far as it is clear."""

    sex: Sex | None = None
    birth: Birth | None = None
    months_paid: int | None = None
    amount: int | None = None
    """An income, or what is to be paid."""
    group: str | None = None
    wanted: int | None = None
    """A pension wished for."""


def facts(text: str, today: datetime.date) -> Facts:
    """Read a question; a long letter states nothing that is sure to be the writer's."""
    if len(text.split()) > _LONGEST:
        return Facts()
    birth = find_birth(text, today)
    groups = find_groups(text) or frozenset()
    wanted = wanted_pension(text)
    return Facts(
        find_sex(text) or sex_of_born(normalize(text)),
        None if birth is None or birth.approximate else birth,
        find_duration_months(text),
        find_money(text) if wanted is None else None,
        next(iter(groups)) if len(groups) == 1 else None,
        wanted,
    )
