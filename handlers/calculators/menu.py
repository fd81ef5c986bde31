"""Every form there is, and «/tinh»: one button each, in this order."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from handlers.calculators import (
    allowance,
    contribution,
    early_pension,
    former_worker,
    goal,
    lump_sum,
    maternity,
    pension,
    pensioner_abroad,
    social_pension,
    survivors,
)
from handlers.dialogue import filling, person
from handlers.dialogue.context import Context, in_rows
from handlers.dialogue.filling import OPEN
from handlers.dialogue.form import Form
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Text, Turn

FORMS: Mapping[str, Form] = {
    each.name: each
    for each in (
        contribution.FORM,
        pension.FORM,
        goal.FORM,
        lump_sum.FORM,
        former_worker.FORM,
        maternity.FORM,
        survivors.FORM,
        allowance.FORM,
        social_pension.FORM,
        early_pension.FORM,
        pensioner_abroad.FORM,
    )
}
"""By name. The menu, the commands, what an answer may open, and the names in reports all follow this list."""

CALCULATION = "calc_"
"""Before the name of a form, where an entry may be meant as well."""
MENU = OneOf("{}.menu", FORMS)
COMMAND = OneOf("{}.command", FORMS)
OPENS = OneOf("{}.opens", FORMS)
TOPIC = OneOf("{}.topic", FORMS)
"""What stands on a form's button here, beside its command, on the button under an answer, and in reports."""


def find(name: str) -> Form | None:
    """The form of a name that a button carries, also of one it once had; None where there is none."""
    return next((each for each in FORMS.values() if name == each.name or name in each.formerly), None)


def choose(context: Context) -> Turn:
    """«/tinh»: the forms, as buttons that open them."""
    buttons = [context.button(MENU[name], OPEN, name) for name in FORMS]
    return Turn((Text(context.say("calculators.choose"), in_rows(buttons)),), context.memory.state)


ANEW = filling.ANEW


def begin_anew(context: Context) -> Turn:
    """Nothing of the person is known any more: the forms, for somebody else."""
    context = person.forgotten(context)
    said = choose(context)
    first = said.replies[0]
    assert isinstance(first, Text)
    lead = context.say("calculators.somebody_else")
    return dataclasses.replace(said, replies=(dataclasses.replace(first, html=f"{lead}\n{first.html}"),))


def pressed_anew(context: Context, which: str) -> Turn:
    """«Tính cho người khác»."""
    return begin_anew(context)


def pressed(context: Context, which: str) -> Turn:
    """«Các phép tính khác»: all of them, whatever the button carries."""
    return choose(context)
