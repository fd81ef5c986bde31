"""A need told in words: which calculation it is of, and what the facts told make of it.

A question whose answer is a number gets the number, not the formula: «hộ cận nghèo đóng 6 tháng hết bao nhiêu».
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from faq.engine.match import Match
from handlers import reading
from handlers.answers import decided as decisions
from handlers.answers.said import answer, answerable, asked, condolence, recorded
from handlers.calculators import contribution, goal, menu
from handlers.calculators.menu import FORMS
from handlers.dialogue import form, person
from handlers.dialogue.context import Context, in_rows
from handlers.dialogue.form import Form
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Text, Turn
from handlers.reading import Facts, Stated, asks_what_to_pay
from vietnamese.masking import mask

_AMOUNTS = ("payment", "income", "money")
RECKONED = {*_AMOUNTS, "wanted", "every", "ahead", "total", "span", "past", "wage"}
"""Facts that are told for something to be reckoned with them."""
_LOOKED_AT = 3
"""So many of the entries a question may mean can name the calculation."""


def taken(context: Context, match: Match, said: Stated) -> Turn | None:
    """What is reckoned for a question or a statement with facts; None where an entry answers it better.

    `context` is the one in which the facts are known already.
    """
    wanted, under_way = _form(context, match, said), context.memory.state.form
    missing = what_is_missing(context, said) if under_way is None else None
    if missing is not None:
        return missing
    if under_way is None and match.decision != "answer":
        kept = decisions.kept(context, person.known(context.memory.state))
        if kept is not None and answerable(context, kept[1]):
            return answer_decided(context, *kept)
    sure = _decided_of(context, match, said) if under_way is None else None
    if sure is not None and (wanted is None or _is_enough(context, match, said, wanted)):
        html, entry = sure
        html = "\n\n".join(filter(None, (condolence(context, entry, said), html)))
        return answer_decided(context, html, entry, match.entries[:_LOOKED_AT] if match.decision == "choose" else ())
    if wanted is None or reading.asks_for_no_amount(context.message.text):
        return None
    entry = _entry(context, match, wanted)
    if wanted is contribution.FORM and asks_what_to_pay(context.message.text):
        context = person.told(person.forgetting(context, _AMOUNTS), said.facts)
    facts = person.updated(person.known(context.memory.state), said.facts)
    decided = sure[0] if sure is not None else wanted.decides(context, facts)
    condoled = condolence(context, entry, said)
    values = wanted.reads(context, context.message.text)
    turn = form.begin(wanted, context, values, lead=condoled, at_once=True)
    if turn.state.form is None:
        if decided and turn.state.result is not None and (sure is not None or turn.state.result.assumed):
            lead = "\n\n".join(filter(None, (condoled, decided)))
            turn = form.begin(wanted, context, values, lead=lead, at_once=True)
        return recorded(context, with_form(turn, under_way), _meant(context, entry, match))
    if under_way is not None:
        return None
    told = wanted.takes(said.facts)
    if decided and not wanted.told_by(said.facts):
        return answer_decided(context, "\n\n".join(filter(None, (condoled, decided))), entry)
    if decided or wanted.told_by(said.facts) or len(told) > 1:
        lead = decided or context.say(
            "ask.reckoning", what=context.label(menu.TOPIC[wanted.name]), words=_words(said, told)
        )
        turn = form.begin(wanted, context, values, lead=lead, at_once=True)
        return recorded(context, turn, _meant(context, entry, match))
    return None


def with_form(turn: Turn, under_way: FormState | None) -> Turn:
    """The turn with the form that is under way: what is asked in between does not end it."""
    return dataclasses.replace(turn, state=dataclasses.replace(turn.state, form=under_way))


def of_entry(context: Context, entry_id: str, facts: Facts) -> Form | None:
    """The calculation that answers an entry for who tells such facts."""
    name = context.resources.library[entry_id].answered_by
    of = None if name is None else menu.find(name)
    return of if of is not None and of.takes(facts) else None


def decided(context: Context, entry_id: str) -> str:
    """What is known of the person decides of an entry: said before anything else; empty where nothing."""
    facts = person.known(context.memory.state)
    return decisions.of(context, entry_id, facts, of_entry(context, entry_id, facts))


def what_is_missing(context: Context, said: Stated) -> Turn | None:
    """The number, for who asks how long is still to be paid, where it is known how long was."""
    if not decisions.asks_what_is_missing(context.message.text):
        return None
    told = person.introduced(context, said.facts)
    html = decisions.missing(told, person.known(told.memory.state))
    answers = answerable(told, decisions.MISSING)
    return answer_decided(told, html, decisions.MISSING) if html and answers else None


def _decided_of(context: Context, match: Match, said: Stated) -> tuple[str, str] | None:
    """What the facts of a message decide of the entry it means, or of the first that it may mean; with that entry."""
    facts = decisions.as_paid(context.message.text, said.facts)
    meant = {"answer": match.entries[:1], "choose": match.entries[:_LOOKED_AT]}.get(match.decision, ())
    known = person.updated(person.known(context.memory.state), facts)
    sure = match.decision == "answer"
    for each in meant:
        if answerable(context, each) and decisions.tells(context, each, facts, sure=sure):
            html = decisions.of(context, each, known)
            if html:
                return html, each
    return None


def _is_enough(context: Context, match: Match, said: Stated, wanted: Form) -> bool:
    """Whether what is decided answers a message wholly: it asks, and neither tells an amount nor asks for one."""
    text = context.message.text
    if match.decision != "answer" and wanted.told_by(said.facts) and not decisions.asks_whether(text):
        return False
    facts = decisions.as_paid(text, said.facts)
    return not RECKONED & {*facts.names()} and not decisions.asks_for_an_amount(text)


def asked_back(context: Context, said: Stated) -> Turn | None:
    """Bare words and numbers: one short question that uses them; None where the text says more."""
    facts, text = said.facts, context.message.text.strip()
    if mask(text)[1]:
        return None
    number = text.replace(".", "").replace(",", "").isdecimal()
    if not (number or reading.states_only(text, context.message.today)) and reading.yes_no(text) is None:
        return None
    fitting = [each for each in FORMS.values() if each.takes(facts)] or list(FORMS.values())[:2]
    buttons = [context.button(menu.MENU[each.name], form.OPEN, each.name) for each in fitting[:_LOOKED_AT]]
    html = context.say("ask.bare", text=text, number=number, known=not facts.empty)
    return Turn((Text(html, in_rows(buttons)),), context.memory.state, (asked(context, "choose", ()),))


def _form(context: Context, match: Match, said: Stated) -> Form | None:
    """The calculation a message needs: the one its entry is answered by, or the one its facts are told for.

    Of several that may be meant the one that wants most of the facts is taken; one that wants few of many is not.
    """
    facts = said.facts
    if goal.FORM.told_by(facts):
        return goal.FORM
    ours = [each for each in match.entries if answerable(context, each)]
    if match.decision == "answer":
        return of_entry(context, ours[0], facts)
    told = [each for each in FORMS.values() if each.told_by(facts)]
    meant = ours[: 1 if match.hedged else _LOOKED_AT] if match.decision == "choose" else []
    named = [of for of in (of_entry(context, each, facts) for each in meant) if of is not None]
    several = len(set(facts.names()) - {"whom"}) > 1
    fitting = [each for each in (*named, *told) if each in told or not several or len(each.takes(facts)) > 1]
    if fitting:
        return max(fitting, key=lambda each: len(each.takes(facts)))
    household = set(facts.names()) == {"groups"} and reading.states_only(context.message.text, context.message.today)
    return contribution.FORM if household else None


def _entry(context: Context, match: Match, wanted: Form) -> str:
    """The entry a reckoned question counts for."""
    looked = [each for each in match.entries[:_LOOKED_AT] if answerable(context, each)]
    if not reading.asks_in_words(context.message.text):
        return wanted.entry
    of = (each for each in looked if context.resources.library[each].answered_by == wanted.name)
    return next(of, wanted.entry)


def _words(said: Stated, told: tuple[str, ...]) -> list[str]:
    """The person's own words for what is gone by, each once."""
    return list(dict.fromkeys(said.words[name] for name in told if name in said.words))


def answer_decided(context: Context, html: str, entry: str, others: Sequence[str] = ()) -> Turn:
    """What the facts known decide, said as the answer of an entry; `others`: entries that may be meant as well."""
    said = answer(context, entry, html, others, instead=True)
    state = dataclasses.replace(context.memory.state, entry=entry)
    return Turn((said,), state, (asked(context, "answer", (entry,)),))


def _meant(context: Context, entry: str, match: Match) -> tuple[str, ...]:
    """The entry a calculation answers, then the others the question may mean."""
    others = (each for each in match.entries if each != entry and answerable(context, each))
    return (entry, *others)[:_LOOKED_AT]
