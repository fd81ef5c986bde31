"""What comes back of months paid ahead that a pension does not need: about how much.

NĐ 159/2025 Điều 8. How they were paid is not told, so it is taken from how far ahead they reach: up to a year as a
payment of 3, 6 or 12 months, beyond that as years at once, which were discounted.
"""

from __future__ import annotations

from collections.abc import Sequence

from law.base.estimate import Estimate, Refusal
from law.base.month import Month
from law.base.working import Working
from law.paying.contribution import contribution
from law.paying.refund import advance_refund
from law.pension.history import Paid
from law.pension.paying_on import Payer


def paid_back(working: Working, back: Sequence[Paid], until: Month, payer: Payer) -> int | None:
    """What comes back of the months `back`, the last of those paid `until` then, in dong.

    `payer`: with the supported months used before them. Without what the State and the province added, at the prices
    of now, or of before the floor rose where the income is one of then. None where that can't be told.
    """
    own, added = 0, 0
    for number, each in enumerate(back):
        priced = _priced(working, each, payer, payer.supported_months_used + number)
        if isinstance(priced, Refusal):
            return None
        own += priced.whole("own")
        added += priced.whole("support") + priced.whole("local_top_up")
    ahead = until - working.on
    if ahead <= max(map(int, working.table("payment_deadline"))):  # the longest that costs what its months cost
        return own
    years = max(working.whole("advance_years_min"), -(-ahead // 12))
    found = advance_refund(working.law, back[0].income, years, len(back), None, added, "pension", working.on)
    if isinstance(found, Refusal):
        return None
    return working.take(found, warnings=("value_expired", "value_uncertain")).whole("refund")


def _priced(working: Working, paid: Paid, payer: Payer, used: int) -> Estimate | Refusal:
    """What one month cost: now, or when its income was still one that could be chosen."""
    since = Month.of(working.value("rural_poverty_line").since)
    for month in (working.on, since + -1):
        priced = contribution(working.law, month, paid.income, 1, payer.groups, used, payer.local_top_up)
        if isinstance(priced, Estimate):
            return priced
    return priced
