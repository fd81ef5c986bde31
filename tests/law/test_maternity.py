"""Whoever begins in the last month named has enough months for the birth, and a month later has not."""

from __future__ import annotations

import pytest

from law.base.law import Law
from law.base.month import Month
from law.benefits.maternity import maternity_window


@pytest.mark.parametrize("away", range(25))
@pytest.mark.parametrize("beside", range(6))
def test_the_last_month_to_begin_is_the_last(law: Law, away: int, beside: int) -> None:
    birth = Month(2025, 9) + away
    begin_by = maternity_window(law, birth, months_beside=beside).month("begin_by")
    assert maternity_window(law, birth, begin_by, months_beside=beside).figures["eligible"]
    assert not maternity_window(law, birth, begin_by + 1, months_beside=beside).figures["eligible"]


@pytest.mark.parametrize("first", [None, Month(2026, 4)])
def test_a_last_month_needs_a_first_one_before_it(law: Law, first: Month | None) -> None:
    with pytest.raises(ValueError, match="first month"):
        maternity_window(law, Month(2026, 12), first, paid_to=Month(2026, 3))
