"""The charts, Pillow being loaded; none of them twice, as the same one is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from benchmarks.measure import Measured, measured
from bot.charts.drawing import png
from handlers.dialogue.turn import PictureFigure

_TIMES = 20

FIGURES: Mapping[str, Mapping[str, PictureFigure]] = {
    "pension_by_income": {
        "incomes": (1_500_000, 2_000_000, 3_000_000, 5_000_000, 10_000_000),
        "pensions": (990_000, 1_000_000, 1_500_000, 2_500_000, 5_000_000),
        "owns": (264_000, 374_000, 594_000, 1_034_000, 2_134_000),
        "months": 180,
    },
    "payment_and_support": {
        "starts": ("2026-12", "2027-01", "2036-12"),
        "owns": (264_000, 387_200, 484_000),
        "supports": (66_000, 96_800, 0),
        "last": "2041-11",
    },
    "paid_and_received": {
        "months": ("2026-12", "2036-12", "2041-12"),
        "paid": (0, 46_340_800, 75_380_800),
        "pension": 990_000,
        "pension_from": "2041-12",
        "payback": 77,
    },
    "withdraw_or_wait": {
        "withdraw": 46_868_000,
        "pension": 1_350_000,
        "pension_from": "2034-06",
        "cost": 43_000_000,
        "payback": 67,
        "months_paid": 98,
        "lost": ("time", "pension", "health_card", "funeral", "survivors"),
    },
    "plan": {
        "own": 264_000,
        "income": 1_500_000,
        "support": 66_000,
        "half_year": 1_584_000,
        "next_since": "2027-01",
        "next_own": 387_200,
        "full_price_from": "2036-12",
        "full_own": 484_000,
        "months_to_pay": 180,
        "cost": 75_380_800,
        "pension": 990_000,
        "pension_from": "2041-12",
        "months_at_pension": 180,
        "percent": "45",
        "payback": 77,
        "stop_missing": 180,
        "sex": "female",
        "born": "1981-11",
    },
}


def drawing() -> Iterator[Measured]:
    """Each chart, every time with another amount on it."""
    for name, figures in FIGURES.items():
        changed = [{**figures, "month": "2026-11", "chosen": number} for number in range(_TIMES)]
        yield measured(f"the chart {name}", [partial(png, name, each) for each in changed], most=150)
