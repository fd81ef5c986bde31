"""To which of the groups that get more support a household belongs: asked, read, and said back."""

from __future__ import annotations

from handlers import reading
from handlers.calculators import fields
from handlers.calculators.amount import MEANT, as_payment, read_amount
from handlers.calculators.level import read_income
from handlers.calculators.priced import groups_of, price
from handlers.calculators.reasons import GROUP_NAMES, GROUP_SAID
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading, Wrong
from handlers.dialogue.person import facts_of
from handlers.dialogue.values import Values
from law.paying.contribution import income_bounds
from law.paying.support import GROUPS


def _ask_group(context: Context, values: Values) -> Question:
    choices = [
        Choice(
            group,
            context.label(GROUP_NAMES[group]),
            {"group": group},
            _explained(context, group),
        )
        for group in GROUPS
    ]
    if values.get(MEANT) == "income":
        amount, highest = values.whole("amount"), income_bounds(context.law, context.month).whole("maximum")
        most = price(context, context.month, highest, ("other",), 1).whole("monthly_own")
        if amount <= most:
            label = context.label("contribution.is_payment", amount=amount)
            choices.append(Choice("payment", label, as_payment(amount)))
    return Question(context.say("contribution.ask_group"), choices)


def _read_group(context: Context, values: Values, text: str) -> Reading:
    groups = reading.groups(text)
    if not groups:
        if reading.is_not_known(text):
            return Wrong(context.say("contribution.group_not_known"))
        return _other_amount(context, values, text) if reading.money(text) else None
    chosen = next((group for group in GROUPS if groups == {group}), None)
    if chosen is None:
        return Got({"group": tuple(sorted(groups))})
    return Got({"group": chosen}, _explained(context, chosen))


def _other_amount(context: Context, values: Values, text: str) -> Reading:
    """An amount typed where the group is asked: the one before is corrected."""
    if "amount" not in values:
        return None
    return read_income(context, values, text) if values["amount"] == "income" else read_amount(context, values, text)


def _explained(context: Context, group: str) -> str:
    """Who gets more support: said once, to those who may not know they belong there."""
    return context.say("contribution.other_explained") if group == "other" else ""


def _group_words(facts: reading.Facts) -> str | None:
    if facts.groups is None:
        return None
    return "không" if facts.groups == ("other",) else ", ".join(_GROUPS_TYPED[group] for group in facts.groups)


_GROUPS_TYPED = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "ethnic_minority": "dân tộc",
    "island_or_special_zone": "xã đảo",
    "other": "không",
}
"""A group as it is typed in answer to the question."""


def _group_learnt(values: Values) -> reading.Facts:
    named = groups_of(values)
    return facts_of({"groups": tuple(each for each in GROUPS if each in named)})


def _group_said(context: Context, values: Values) -> str:
    named = groups_of(values)
    return ", ".join(context.label(GROUP_SAID[each]) for each in GROUPS if each in named)


GROUP = Field(
    "group",
    _ask_group,
    _read_group,
    "contribution.example_group",
    fact=Fact(("groups",), _group_words, _group_learnt, _group_said),
    assume=fields.assumed(group="other"),
)
