"""From which month a former employee's paying on is counted."""

from __future__ import annotations

from law.base.law import Law
from law.base.month import Month
from law.pension.former_worker import former_worker

NOW = Month(2027, 1)


def test_the_present_month_counts_where_it_is_still_to_be_paid(law: Law) -> None:
    later = former_worker(law, NOW, "female", Month(1985, 5), 150, 10)
    now = former_worker(law, NOW, "female", Month(1985, 5), 150, 10, first=NOW)
    assert now.month("full_in") == later.month("full_in") + -1
    assert now.whole("months_to_age") == later.whole("months_to_age") + 1
    assert now.month("pension_from") == later.month("pension_from")


def test_who_is_past_the_age_has_no_months_left_to_pay_one_by_one(law: Law) -> None:
    later = former_worker(law, NOW, "male", Month(1960, 1), 150)
    now = former_worker(law, NOW, "male", Month(1960, 1), 150, first=NOW)
    assert (now.figures["months_to_age"], now.figures["missing_at_age"]) == (0, 30)
    assert now.figures["last_paid_in"] == later.figures["last_paid_in"] == NOW
