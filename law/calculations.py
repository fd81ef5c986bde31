"""Every calculation of the law by its name, with the inputs its signature asks for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from inspect import Parameter, signature
from typing import Any, get_type_hints

from law import inputs
from law.base.estimate import Figure, Outcome, Refusal
from law.base.law import Law, NoValueKnownOn
from law.base.month import Month
from law.benefits.accident import accident_insurance_premium
from law.benefits.allowance import monthly_allowance
from law.benefits.allowance_death import allowance_after_death
from law.benefits.lump_sum import can_withdraw, lump_sum
from law.benefits.maternity import maternity_grant, maternity_window
from law.benefits.pensioner_abroad import pensioner_abroad
from law.benefits.social_pension import social_pension
from law.benefits.survivors import funeral_allowance, survivor_lump_sum
from law.benefits.survivors_monthly import survivors_monthly
from law.inputs import Option, read_options
from law.paying.contribution import contribution, income_bounds, income_for_payment
from law.paying.joining import can_join
from law.paying.payment import FundRate, advance_payment, late_payment, missing_time_payment
from law.paying.refund import advance_refund, payment_refund
from law.pension.arrears import pension_arrears
from law.pension.early import early_pension
from law.pension.forecast import forecast
from law.pension.former_worker import former_worker
from law.pension.goal import goal
from law.pension.history import Period
from law.pension.indexation import average_income
from law.pension.plan import plan
from law.pension.rate import pension_rate
from law.pension.retirement import retirement, retires_at_old_age
from law.pension.settlement import pension
from law.pension.start import pension_start

JsonValue = int | float | str | bool | None

_LAW_OF = "law_of"
"""The month whose law counts (`on` in a signature); not called so, because plain YAML reads «on» as true."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation that a case or the command line can ask for by name."""

    name: str
    function: Callable[..., Outcome]
    options: Mapping[str, Option]

    def run(self, law: Law, given: Mapping[str, object]) -> Outcome:
        """The outcome for inputs as they stand in a case file or on the command line.

        What has no month of its own is reckoned by the law of `law_of` (the newest known if not given). Raises
        WrongInput (a ValueError) for an input that is unknown, missing or badly written, and ValueError for one
        no calculation can be made with. A month before the first known law is a Refusal.

        >>> found = CALCULATIONS["pension_rate"].run(law, {"sex": "male", "months": "240", "law_of": "2026-11"})
        >>> found.figures["percent"]
        Decimal('45')
        """
        read: dict[str, Any] = read_options(self.options, given)
        if _LAW_OF in self.options:
            read["on"] = read.pop(_LAW_OF, law.newest)
        try:
            return self.function(law, **read)
        except NoValueKnownOn as unknown:
            return Refusal(self.name, "before_known_law", {"known_from": unknown.first})


_READ: Mapping[Any, Option] = {
    Month: inputs.MONTH,
    Month | int: inputs.BIRTH,
    int: inputs.WHOLE,
    FundRate: inputs.NUMBER,
    bool: inputs.FLAG,
    str: inputs.WORD,
    Collection[str]: inputs.GROUP_LIST,
    Sequence[Period]: inputs.PERIODS,
}
"""How an input is written and read, by its type in the signature; the same where it may be None."""


def _calculation(function: Callable[..., Outcome]) -> Calculation:
    types = get_type_hints(function)
    given = list(signature(function).parameters.values())[1:]
    return Calculation(function.__name__, function, dict(_option(each, types[each.name]) for each in given))


def _option(parameter: Parameter, type_: Any) -> tuple[str, Option]:
    found = next(option for known, option in _READ.items() if type_ in (known, known | None))
    if parameter.name == "on":
        return _LAW_OF, replace(found, required=False)
    return parameter.name, replace(found, required=parameter.default is Parameter.empty)


CALCULATIONS: Mapping[str, Calculation] = {
    function.__name__: _calculation(function)
    for function in (
        income_bounds,
        contribution,
        income_for_payment,
        advance_payment,
        missing_time_payment,
        late_payment,
        advance_refund,
        payment_refund,
        retirement,
        retires_at_old_age,
        pension_rate,
        pension_start,
        pension_arrears,
        early_pension,
        forecast,
        goal,
        plan,
        average_income,
        pension,
        lump_sum,
        can_withdraw,
        pensioner_abroad,
        monthly_allowance,
        allowance_after_death,
        social_pension,
        former_worker,
        funeral_allowance,
        survivor_lump_sum,
        survivors_monthly,
        maternity_grant,
        maternity_window,
        accident_insurance_premium,
        can_join,
    )
}


def json_figures(outcome: Outcome) -> dict[str, JsonValue]:
    """The figures of an outcome for machines: months as «YYYY-MM», numbers as such; `error` of a refusal."""
    figures = {name: json_figure(value) for name, value in outcome.figures.items()}
    return {"error": outcome.reason, **figures} if isinstance(outcome, Refusal) else figures


def json_figure(value: Figure) -> JsonValue:
    """One figure for machines. JSON knows no exact fraction: one that is not whole becomes a decimal."""
    if isinstance(value, Month | datetime.date):
        return str(value)
    if isinstance(value, Decimal | Fraction):
        return int(value) if value == int(value) else float(value)
    return value
