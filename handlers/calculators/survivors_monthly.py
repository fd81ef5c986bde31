"""«Tuất hằng tháng»: what the time paid as an employee decides of it, for who asks whether there is one."""

from __future__ import annotations

import re

from handlers.dialogue.context import Context
from handlers.reading import Facts
from law.base.month import Month
from law.benefits.survivors_monthly import survivors_monthly
from vietnamese.normalize import folded_words

_ASKS = re.compile(r"\btuat (?:hang |moi |theo )?thang\b|\btuat\b(?: \w+){0,3} (?:hang|moi) thang\b")
_GETS_EACH_MONTH = re.compile(r"\b(?:duoc|linh|lanh|nhan|huong)\b(?: \w+){0,4} (?:hang|moi|theo) thang\b")


def heirs_may_pay(context: Context, death: Month, firm: int, own: int) -> str:
    """That the family may pay the few months missing, for it to be looked at; empty where that is not so."""
    if not context.law.on(death).knows("survivors_monthly_min_months"):
        return ""
    found = survivors_monthly(context.law, death, firm, own)
    return (
        context.say("survivors_monthly.heirs_may_pay", **found.figures, firm=firm)
        if found.whole("heirs_may_pay")
        else ""
    )


def decided(context: Context, facts: Facts) -> str:
    """Whether a family gets it, where a message asks for it and tells what was paid; empty of another."""
    told, text = facts.firm is not None or facts.own is not None, folded_words(context.message.text)
    of_a_death = facts.died is not None and _GETS_EACH_MONTH.search(text) is not None
    if not told or not (of_a_death or _ASKS.search(text)):
        return ""
    firm = facts.firm or 0
    found = survivors_monthly(context.law, context.month, firm, facts.own or 0)
    return context.say(
        "survivors_monthly.decided",
        **found.figures,
        firm=firm,
        warnings=[context.texts.note(warning) for warning in found.warnings],
        **context.quote("funeral_min_months", "funeral_min_compulsory_months", "survivors_file_days"),
    )
