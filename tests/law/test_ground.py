"""A number knows what it rests on, wherever it is reckoned further."""

from __future__ import annotations

import copy
import datetime
import json
import pickle

import pytest

from law.base.estimate import Estimate
from law.base.ground import Ground, Grounded, grounded, grounds_of
from law.base.law import Law
from law.base.month import Month
from law.benefits.maternity import maternity_grant
from law.figures import figures
from law.paying.contribution import contribution, income_for_payment

FLOOR = Ground("rural_poverty_line", datetime.date(2026, 1, 1))
NEW_FLOOR = Ground("rural_poverty_line", datetime.date(2027, 1, 1))


def priced(law: Law, month: Month) -> Estimate:
    found = contribution(law, month, 2_200_000, groups=("poor",))
    assert isinstance(found, Estimate)
    return found


def test_what_a_poor_household_pays_rests_on_the_poverty_line_before_and_after_its_change(law: Law) -> None:
    assert grounds_of(priced(law, Month(2026, 12)).figures["own"]) == {FLOOR}
    assert grounds_of(priced(law, Month(2027, 1)).figures["own"]) == {NEW_FLOOR}


def test_a_refusal_and_a_warning_know_it_too(law: Law) -> None:
    refused = income_for_payment(law, Month(2026, 11), 50_000, ("other",))
    assert not isinstance(refused, Estimate)
    assert FLOOR in grounds_of(*refused.figures.values())


def test_what_the_law_itself_says_rests_on_nothing_that_needs_saying(law: Law) -> None:
    assert grounds_of(*maternity_grant(law, Month(2026, 11), 6, 1).figures.values()) == frozenset()
    known = figures(law, datetime.date(2027, 1, 5))
    assert known["income_ceiling"].grounds == known["contribution_max"].grounds == frozenset()
    assert known["hotline"].grounds == frozenset()
    assert known["own_min_poor"].grounds == {NEW_FLOOR}


@pytest.mark.parametrize(
    "reckon",
    [
        lambda own: own * 6,
        lambda own: 6 * own,
        lambda own: own + 1,
        lambda own: 1 + own,
        lambda own: own - 1,
        lambda own: 500_000 - own,
        lambda own: own // 2,
        lambda own: -own,
        lambda own: sum([own, own]),
        lambda own: max(own, 1),
        copy.deepcopy,
        lambda own: pickle.loads(pickle.dumps(own)),
    ],
)
def test_what_is_reckoned_from_it_rests_on_the_same(reckon: object) -> None:
    assert callable(reckon)
    own = Grounded(242_000, frozenset({NEW_FLOOR}))
    assert grounds_of(reckon(own)) == {NEW_FLOOR}
    assert reckon(own) == reckon(242_000)


def test_it_is_the_number_it_is() -> None:
    own = Grounded(242_000, frozenset({NEW_FLOOR}))
    assert own == 242_000
    assert hash(own) == hash(242_000)
    assert json.dumps({"own": own}) == '{"own": 242000}'
    assert f"{own:,}" == "242,000"
    assert grounded(True, frozenset({NEW_FLOOR})) is True
    assert grounds_of(own + Grounded(1, frozenset({FLOOR}))) == {FLOOR, NEW_FLOOR}
