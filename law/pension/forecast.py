"""A first pension forecast for who only knows how long was paid: the plan over undated periods.

Luật 41/2024/QH15 Điều 98, 99, 101, 104.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from law.base.estimate import Estimate, Note, Refusal
from law.base.law import Law
from law.base.month import Month
from law.pension.history import Period
from law.pension.plan import plan


def forecast(
    law: Law,
    today: Month,
    sex: str,
    born: Month | int,
    months_paid: int,
    income: int,
    groups: Collection[str] = (),
    supported_months_used: int | None = None,
    local_top_up: int = 0,
    past_income: int | None = None,
    voluntary_months: int | None = None,
    first: Month | None = None,
    only_minimum: bool = False,
    last_paid: Month | None = None,
    total_months: int | None = None,
) -> Estimate | Refusal:
    """The pension of a voluntary payer who goes on paying every month, in today's money.

    `law.pension.plan` with the `months_paid` as a period up to the month before `first`: same counting, same
    figures, same refusals. The last `voluntary_months` of them were voluntary (all, where it is not given), those
    before compulsory; so what the State supported is at most the months since it supports anybody, and may well be
    fewer. `past_income` is the average income of the months paid, in today's money (dong
    per month), so it is not indexed; where it is not given, the same `income` is assumed, and that is said
    (`history_assumed`). When exactly they were paid is not known: none of them earns the higher allowance of
    months after the retirement age. `last_paid`: the month up to which they were paid, of who has stopped, or has
    paid ahead (then they count the months ahead); where it is not given, they are taken to have paid up to now.

    Raises ValueError for months or a past income below zero, more voluntary months than were paid, and as `plan`.

    >>> found = forecast(law, Month(2026, 11), "female", Month(1985, 3), months_paid=24, income=5_000_000)
    >>> str(found.month("go_on_pension_from")), found.figures["go_on_months"], found.figures["go_on_pension"]
    ('2045-04', 244, 2800000)
    >>> forecast(law, Month(2026, 11), "female", Month(2020, 3), months_paid=0, income=5_000_000).reason
    'too_young'
    """
    if months_paid < 0:
        raise ValueError(f"months paid can't be below zero, got {months_paid}")
    past = income if past_income is None else past_income
    if past < 0:
        raise ValueError(f"a past income can't be below zero, got {past}")
    own = months_paid if voluntary_months is None else voluntary_months
    if not 0 <= own <= months_paid:
        raise ValueError(f"of {months_paid} months paid, {own} can't be voluntary")
    if last_paid is not None and last_paid > today:
        first = last_paid + 1
    first = today + 1 if first is None else first
    last = first + -1 if last_paid is None else last_paid
    periods = []
    if own < months_paid:
        periods.append(Period(last + (1 - months_paid), last + -own, past, "compulsory", undated=True))
    if own:
        periods.append(Period(last + (1 - own), last, past, undated=True))
    found = plan(
        law,
        today,
        sex,
        born,
        periods,
        income,
        groups,
        supported_months_used,
        local_top_up,
        first,
        only_minimum,
        total_months,
    )
    found = replace(found, calculation="forecast")
    if isinstance(found, Refusal) or not months_paid or past_income is not None:
        return found
    assumed = Note("history_assumed", {"months": months_paid, "income": income})
    return replace(found, warnings=(*found.warnings, assumed))
