"""Whom the talk is about: what was told of each person, for as long as the talk lasts.

What is wished for (an amount, how often) and the household are of the talk; the rest is of one person, so that
«còn mẹ tôi thì sao» keeps the amount and asks for her birth.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence

from handlers.dialogue.context import Context
from handlers.dialogue.state import Known, State
from handlers.reading import Birth, Facts, Sex, Whom, speaks_of_oneself, turns_to_oneself

_MONEY = ("payment", "income", "money")
_OF_THE_TALK = (*_MONEY, "wanted", "every", "groups")
_WRITER: Mapping[Whom, Sex] = {"wife": "male", "husband": "female"}
"""Of whom somebody writes as their own, what that tells of themselves."""
_SEVERAL: tuple[Whom, ...] = ("other", "neighbour")
"""Of whom there may be several, of either sex."""
_PASSING = ("span", "total")
"""What means something beside the last answer only."""


def known(state: State) -> Facts:
    """What is known of the person the talk is about."""
    return known_of(state, None)


def known_of(state: State, whom: Whom | None) -> Facts:
    """What is known of somebody; of the person the talk is about where nobody is named."""
    held = state.people.get(whom or state.whom)
    return Facts() if held is None else held.facts


def told(context: Context, facts: Facts) -> Context:
    """The context in which these facts are known too; a fact told later replaces the earlier one."""
    state = context.memory.state
    whom = facts.whom or state.whom
    kept = dict.fromkeys(("whom", *_PASSING))
    new = dataclasses.replace(facts, **kept)
    if new.empty and whom == state.whom:
        return context
    before = state.people.get(whom)
    if before is not None and _is_another(before.facts, new):  # «ông nội … bà nội»
        before = None
    base = before.facts if before is not None else _shared(known(state), whom, state.whom)
    entry = "" if before is None else before.entry
    people = {**state.people, whom: Known(updated(base, new), context.message.at.isoformat(), entry)}
    people = _with_the_writers_sex(people, whom, context.message.at.isoformat())
    return context.with_state(dataclasses.replace(state, people=people, whom=whom))


def _with_the_writers_sex(people: Mapping[Whom, Known], whom: Whom, at: str) -> dict[Whom, Known]:
    """The people told of, where whose wife or husband is spoken of tells the writer's sex, which they did not."""
    sex, oneself = _WRITER.get(whom), people.get("self")
    if sex is None or oneself is None or oneself.facts.sex is not None:
        return {**people}
    return {**people, "self": dataclasses.replace(oneself, facts=dataclasses.replace(oneself.facts, sex=sex))}


def _is_another(before: Facts, new: Facts) -> bool:
    """Whether somebody called by the same word is not the one told of before."""
    return before.sex is not None and new.sex is not None and before.sex != new.sex and new.whom in _SEVERAL


def talked_of(state: State, entry: str) -> State:
    """The state in which the talk was about this entry, while it was of whom it is about."""
    held = state.people.get(state.whom)
    if held is None or not entry or held.entry == entry:
        return state
    return dataclasses.replace(state, people={**state.people, state.whom: dataclasses.replace(held, entry=entry)})


def introduced(context: Context, facts: Facts) -> Context:
    """The context in which what a message tells out of a form is known.

    Nobody named, and another birth than the one known: it is of somebody else. Who begins with themselves speaks
    of themselves again, and so does who asks something new after a death.
    """
    state, text, at = context.memory.state, context.message.text, context.message.at.isoformat()
    of_oneself = speaks_of_oneself(text) or turns_to_oneself(text) or _spoke_of_a_death(context)
    if facts.whom is None and not facts.empty and state.whom != "self" and of_oneself:
        oneself = state.people.get("self") or Known(_shared(known(state), state.whom), at)
        state = dataclasses.replace(state, people={**state.people, "self": oneself}, whom="self")
    before = known(state)
    another = facts.birth is not None and before.birth is not None and not _same_birth(facts.birth, before.birth)
    if facts.whom is None and another:
        people = {whom: held for whom, held in state.people.items() if whom not in ("self", state.whom)}
        people["self"] = Known(_shared(before, state.whom), at)
        state = dataclasses.replace(state, people=people, whom="self")
    context = context.with_state(state)
    return told(context, facts)


def beside(context: Context, others: Sequence[Facts]) -> Context:
    """The context in which what a message tells of others than the one it is about is known of each of them."""
    whom = context.memory.state.whom
    for each in others:
        context = told(context, each)
    return context.with_state(dataclasses.replace(context.memory.state, whom=whom))


def living(context: Context) -> Context:
    """The context in which the talk is no longer about somebody who died: no pension is reckoned for them."""
    state = context.memory.state
    if state.whom == "self" or not _spoke_of_a_death(context):
        return context
    return context.with_state(dataclasses.replace(state, whom="self"))


def _spoke_of_a_death(context: Context) -> bool:
    state = context.memory.state
    entry = state.entry
    of_a_death = (
        entry is not None and entry in context.resources.library and context.resources.library[entry].condolence
    )
    return of_a_death or known(state).died is not None


def meant(before: Facts, facts: Facts) -> Facts:
    """A correction with what it leaves open («8 năm», «300k») read as the one fact of its kind that is known."""
    for unclear, kinds in (("span", ("paid", "own", "firm")), ("money", (*_MONEY, "past", "wage", "wanted"))):
        names = [name for name in kinds if getattr(before, name) is not None]
        value = getattr(facts, unclear)
        if value is not None and len(names) == 1:
            facts = dataclasses.replace(facts, **{unclear: None, names[0]: value})
    new, old = facts.birth, before.birth
    if new is not None and old is not None and new.month is None and not old.approximate and not new.approximate:
        facts = dataclasses.replace(facts, birth=Birth(new.year, old.month, old.day))  # «à nhầm, 1970»
    return facts


def _same_birth(one: Birth, other: Birth) -> bool:
    """Whether two births can be one person's; an age tells the year but for one."""
    far = abs(one.year - other.year)
    return far <= (1 if one.approximate or other.approximate else 0)


def forgotten(context: Context) -> Context:
    """The context in which the talk begins anew: «tính cho người khác»."""
    state = context.memory.state
    return context.with_state(
        dataclasses.replace(state, people={}, whom="self", form=None, result=None, entry=None, left=None)
    )


def facts_of(told: Mapping[str, object]) -> Facts:
    """Facts by their names."""
    return Facts(**told)  # type: ignore[arg-type]


def updated(before: Facts, new: Facts) -> Facts:
    """Facts told before and later together.

    >>> updated(Facts(sex="female", payment=500_000), Facts(income=3_000_000))
    Facts(sex='female', income=3000000)
    """
    names = set(new.names())
    replaced: dict[str, object] = {name: getattr(new, name) for name in names}
    if names & {*_MONEY}:
        replaced |= {name: None for name in _MONEY if name not in names}
        replaced |= {} if "level" in names else {"level": None}
    elif "level" in names:  # «thôi mức thấp nhất thôi»
        replaced |= dict.fromkeys(_MONEY)
    if "paid" in names:
        parts = (before.own or 0) + (before.firm or 0)
        replaced |= {name: None for name in ("own", "firm") if name not in names and parts != new.paid}
    elif names & {"own", "firm"}:
        replaced["paid"] = None
    if new.birth is not None and before.birth is not None and new.birth.month is None:
        same = before.birth.year == new.birth.year and not before.birth.approximate
        replaced["birth"] = before.birth if same else new.birth
    return dataclasses.replace(before, **replaced)  # type: ignore[arg-type]


def forgetting(context: Context, names: Collection[str]) -> Context:
    """The context in which these facts of the person the talk is about are not known."""
    state = context.memory.state
    held = state.people.get(state.whom)
    if held is None:
        return context
    facts = dataclasses.replace(held.facts, **dict.fromkeys(names))
    people = {**state.people, state.whom: dataclasses.replace(held, facts=facts)}
    return context.with_state(dataclasses.replace(state, people=people))


def _shared(facts: Facts, *of: Whom) -> Facts:
    """What of one person holds for another too; the household not where one of them is of another one."""
    names = [name for name in _OF_THE_TALK if not (name == "groups" and "neighbour" in of)]
    return facts_of({name: getattr(facts, name) for name in names})
