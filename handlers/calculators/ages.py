"""When somebody reaches the retirement age, as far as what is known of them tells."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.dialogue.context import Context
from handlers.reading import Facts
from law.base.month import Month
from law.pension.retirement import SEXES, retirement


@dataclass(frozen=True, slots=True)
class Ages:
    """The earliest and the latest month in which the retirement age can be reached, seen from a month."""

    earliest: Month
    latest: Month
    seen: Month

    @property
    def reached(self) -> bool:
        """Whether it surely is past."""
        return self.latest < self.seen

    @property
    def ahead(self) -> bool:
        """Whether it surely is not past."""
        return self.earliest >= self.seen

    @property
    def pension_from(self) -> tuple[Month, Month]:
        """The months after them, in which a pension can begin."""
        return self.earliest + 1, self.latest + 1

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest


def ages_of(context: Context, facts: Facts) -> Ages | None:
    """By sex and birth: both sexes and all months where they are not told; None without a year.

    An age told as a number leaves two years of birth.
    """
    birth = facts.birth
    if birth is None:
        return None
    sexes = SEXES if facts.sex is None else (facts.sex,)
    if birth.month is not None and not birth.approximate:
        first = last = Month(birth.year, birth.month)
    else:
        first, last = Month(birth.year - birth.approximate, 1), Month(birth.year, 12)
    return Ages(
        min(retirement(context.law, sex, first).month("reached") for sex in sexes),
        max(retirement(context.law, sex, last).month("reached") for sex in sexes),
        context.month,
    )


def months_told(context: Context, facts: Facts) -> int | None:
    """The months paid; where only the first is told, those from then to the last one, or to now, without a gap."""
    first = first_month(facts)
    paid = months_paid(facts)
    if paid is not None or first is None:
        return paid
    return max(0, (facts.stopped or context.month) - first + 1)


def first_month(facts: Facts) -> Month | None:
    """The first month paid; January, where only the year is told."""
    return Month(facts.first, 1) if isinstance(facts.first, int) else facts.first


def months_paid(facts: Facts) -> int | None:
    """The months of both kinds; None where none are told."""
    if facts.paid is not None:
        return facts.paid
    return None if facts.own is facts.firm is None else (facts.own or 0) + (facts.firm or 0)
