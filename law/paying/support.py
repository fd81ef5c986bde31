"""What the State pays of a voluntary contribution (NĐ 159/2025 Điều 5; until 2025-06 QĐ 595/2017 Điều 12).

The base is the contribution on the rural poverty line, never on the chosen income. Of several groups the one
with the highest rate counts; a group the law of the month does not name counts as `other`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from law.base.law import Law
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working

SupportGroup = Literal["poor", "near_poor", "ethnic_minority", "island_or_special_zone", "other"]
GROUPS: tuple[str, ...] = get_args(SupportGroup)
"""In the order they are offered; of groups with the same rate the first counts."""


@dataclass(frozen=True, slots=True)
class Support:
    """The State's part of one month: of which group, at which rate, in dong."""

    group: str
    rate: Fraction
    monthly: int


def check_groups(groups: Collection[str]) -> None:
    """Raises ValueError for a group there is none of."""
    unknown = sorted(set(groups) - set(GROUPS))
    if unknown:
        raise ValueError(f"unknown group {', '.join(unknown)}; known are {', '.join(GROUPS)}")


def state_support(working: Working, groups: Collection[str], month: Month) -> Support:
    """The support of one month at the rates of `month`, before the limit on the number of months.

    Raises ValueError for an unknown group, NoValueKnownOn for a month before the first known law.
    """
    check_groups(groups)
    rates = working.law.on(month).value("state_support_rate")
    named = [group for group in GROUPS if group in groups and group in rates.table()] or ["other"]
    group = max(named, key=rates.number)
    rate = working.rate("state_support_rate", group, month)
    base = working.rate("contribution_rate", on=month) * working.whole("rural_poverty_line", on=month)
    return Support(group, rate, dong(base * rate))


def months_supported(working: Working, months: int, used: int) -> int:
    """How many of the next `months` are supported after `used` months of support; ValueError below zero."""
    if used < 0:
        raise ValueError(f"months of support used can't be below zero, got {used}")
    return min(months, max(0, working.whole("state_support_max_months") - used))


def supported_since(law: Law) -> Month:
    """The first month that the State supported for anybody."""
    rates = law.parameter("state_support_rate").values
    return Month.of(next(each.since for each in rates if any(each.table().values())))


def supports_at_all(working: Working) -> bool:
    """Whether the State supports anybody in the month of the working."""
    return any(working.table("state_support_rate").values())
