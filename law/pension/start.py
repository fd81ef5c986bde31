"""From which month a pension is drawn: the cases of TT 11/2025/TT-BNV Điều 5 (Luật 41/2024/QH15 Điều 101)."""

from __future__ import annotations

from collections.abc import Sequence

from law.base.estimate import Estimate, Refusal
from law.base.law import Law
from law.base.month import Month
from law.base.working import Working
from law.pension.history import Paid
from law.pension.rate import minimum_months
from law.pension.retirement import birth_month, retirement

CASES = (
    "missing_time",
    "before_this_law",
    "early_route_before_this_law",
    "in_prepaid_time",
    "paid_on",
    "after_conditions",
)


def pension_start(
    law: Law,
    sex: str,
    born: Month | int,
    full_in: Month,
    last_paid: Month | None = None,
    requested: Month | None = None,
    prepaid: bool = False,
    missing_paid_in: Month | None = None,
    early_route: bool = False,
    on: Month | None = None,
) -> Estimate | Refusal:
    """The month from which a pension is drawn: pension_from, case (of `CASES`), met (conditions), reached (age).

    `full_in`: the month in which the years of payment were full. `last_paid`: the last month paid for (the same,
    where it is not given). `requested`: the month of the request. `prepaid`: that the age was reached within
    months paid ahead, whose rest is paid back. `missing_paid_in`: when the missing time was paid at once.
    `early_route`: that the age of before 2021 is used (Luật 41/2024 Điều 141 khoản 9). A bare birth year means
    1 January of it (khoản 7). Refuses `last_paid_unknown`: months paid ahead whose last one is not told. Raises
    ValueError for a sex there is none of.

    1. The month after the conditions are met. 2. Who pays on: the month after stopping and requesting. 3. Within
    a prepaid time: the month after qualifying and requesting. 4. Old enough and with enough years when this law
    came, and not paying since: its first day; 5. so too on the early route. 6. The missing time at once: the
    month after it is paid in full. 7. No month of birth on any paper: 1 January.

    >>> found = pension_start(law, "male", Month(1964, 10), full_in=Month(2024, 1), last_paid=Month(2026, 6))
    >>> found.figures["case"], str(found.month("pension_from"))
    ('paid_on', '2026-07')
    """
    working = Working(law, "pension_start", on or law.newest)
    age = working.take(retirement(law, sex, born))
    reached = age.month("reached")
    if prepaid and last_paid is None:
        return working.refuse("last_paid_unknown")
    if early_route:
        reached = min(reached, birth_month(born) + working.whole("early_route_age", sex))
    working.article("luat-41-2024", "Điều 101")
    working.article("tt-11-2025", "Điều 5")
    last = max(full_in, last_paid or full_in)
    met = max(reached, full_in)
    rule, before = law.on(working.on).value("pension_min_months"), law.on(working.on).previous("pension_min_months")
    this_law = None if before is None else Month.of(rule.since)
    if missing_paid_in is not None:
        case, start = "missing_time", max(missing_paid_in, reached) + 1
    elif this_law is not None and met < this_law and last < this_law:
        case, start = ("early_route_before_this_law" if early_route else "before_this_law"), this_law
    elif last > met and prepaid:
        case, start = "in_prepaid_time", max(met, requested or met) + 1
    elif last > met:
        case, start = "paid_on", max(last, requested or last) + 1
    else:
        case, start = "after_conditions", met + 1
    for step in age.steps:
        working.step(step.name, **step.figures)
    working.step("pension_start", case=case, pension_from=start, met=met)
    return working.estimate(pension_from=start, case=case, met=met, reached=reached)


def history_start(
    law: Law, sex: str, born: Month | int, paid: Sequence[Paid], requested: Month, on: Month
) -> Estimate | None:
    """From which month who paid these months and no more draws, as `pension_start`; None with too few of them.

    `requested`: the month of the request, at the end of which paying is over; months after it were paid ahead.
    Counted by the law of the month `on`. Who began voluntary payment in time and has enough of it starts at the
    earlier age where that is sooner.
    """
    minimum = minimum_months(law, on)
    if len(paid) < minimum:
        return None
    last = paid[-1].month
    ordinary = _start(law, sex, born, paid[minimum - 1].month, last, requested, False, on)
    early_from = early_route_full(law, [each.month for each in paid if each.scheme == "voluntary"], on)
    if early_from is None:
        return ordinary
    early = _start(law, sex, born, early_from, last, requested, True, on)
    return min(ordinary, early, key=lambda each: each.month("pension_from"))


def early_route_full(law: Law, voluntary: Sequence[Month], on: Month) -> Month | None:
    """The month that filled the voluntary months of Luật 41/2024 Điều 141 khoản 9; None where they are not full.

    None too of who began too late, and by a law that has no such way.
    """
    law_on = law.on(on)
    if not voluntary or not law_on.knows("early_route_min_months"):
        return None
    needed = law_on.value("early_route_min_months").whole()
    if voluntary[0] >= Month.of(law_on.value("early_route_before").day()) or len(voluntary) < needed:
        return None
    return voluntary[needed - 1]


def _start(
    law: Law, sex: str, born: Month | int, full_in: Month, last: Month, requested: Month, early: bool, on: Month
) -> Estimate:
    found = pension_start(law, sex, born, full_in, last, requested, last > requested, early_route=early, on=on)
    assert isinstance(found, Estimate), "the last month is told"
    return found
