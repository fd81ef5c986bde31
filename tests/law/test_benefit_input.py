"""What can't be so is refused by what death, emigration and early retirement bring, with an error that names it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from law.base.estimate import Outcome

DEATH = {"month_of_death": "2026-11", "monthly": 500000, "months_granted": 24, "months_received": 12}
EARLY = {"retire_in": "2026-11", "sex": "male", "born": "1970-01", "compulsory_months": 200}
ABROAD = {"month": "2026-11", "pension": 2000000, "months_received": 2, "months_from_2014": 180}


@pytest.mark.parametrize(
    ("name", "given", "named"),
    [
        ("allowance_after_death", {**DEATH, "monthly": -1}, "below zero"),
        ("allowance_after_death", {**DEATH, "months_received": 25}, "24 months granted"),
        ("allowance_after_death", {**DEATH, "voluntary_months": -1}, "below zero"),
        ("early_pension", {**EARLY, "heavy_months": 201}, "200 compulsory months"),
        ("early_pension", {**EARLY, "compulsory_months": -1}, "-1 compulsory months"),
        ("early_pension", {**EARLY, "impairment": 101}, "0 to 100"),
        ("early_pension", {**EARLY, "sex": "nam"}, "sex"),
        ("pensioner_abroad", {**ABROAD, "pension": -1}, "below zero"),
        ("pensioner_abroad", {**ABROAD, "months_from_2014": 0}, "has paid"),
        ("survivors_monthly", {"month_of_death": "2026-11", "compulsory_months": -1}, "below zero"),
        ("maternity_window", {"birth": "2026-11", "months_beside": -1}, "below zero"),
        ("maternity_window", {"birth": "2026-11", "paid_from": "2025-01", "months_beside": 1}, "last 12 months"),
    ],
)
def test_is_an_error_that_names_it(
    run: Callable[..., Outcome], name: str, given: dict[str, object], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        run(name, **given)
