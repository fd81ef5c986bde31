"""A need told in words: which calculation it is of, and what the facts told make of it.

A question whose answer is a number gets the number, not the formula: «hộ cận nghèo đóng 6 tháng hết bao nhiêu».
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from fractions import Fraction

from faq.engine.match import Match
from handlers import reading
from handlers.answers import decided as decisions
from handlers.answers.outright import outright
from handlers.answers.said import answer_decided, answerable, asked, condolence, recorded
from handlers.calculators import contribution, goal, menu, pension, survivors
from handlers.calculators.menu import FORMS
from handlers.dialogue import filling, person
from handlers.dialogue.context import Context, in_rows
from handlers.dialogue.form import Form
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Text, Turn
from handlers.dialogue.values import Given, Values
from handlers.reading import Facts, Stated, asks_what_to_pay
from law.paying.contribution import income_bounds
from vietnamese.masking import mask

_AMOUNTS = ("payment", "income", "money")
_OTHER = ("benefits", "withdrawal", "book", "online")
"""The topics of entries with money or papers of their own to wait for."""
RECKONED = {*_AMOUNTS, "wanted", "every", "ahead", "total", "span", "past", "wage"}
"""Facts that are told for something to be reckoned with them."""
_RATHER = 0.5
"""So sure is it of an entry that the calculation of what is known already may answer it."""
_FEW_WORDS = 8
"""Words of a message that can be said back whole."""
_PAYING = "paying"
_OF_PAYING = (_PAYING, "support")
_TROUBLES = ("book", "online", "trust", "benefits", "withdrawal")
"""The topics of what is told without a question because something went wrong, or is to be had."""
_LOOKED_AT = 3
"""So many of the entries a question may mean can name the calculation."""
_DECIDED = 2
"""So many can be decided by what is told: what a third one says to these facts is too far a guess to be said first."""


def taken(context: Context, match: Match, said: Stated, question: str) -> Turn | None:
    """What is reckoned for a question or a statement with facts; None where an entry answers it better.

    `context` is the one in which the facts are known already; `question` the part of the message that is answered.
    """
    wanted, under_way = _form(context, match, said), context.memory.state.form
    free = under_way is None or under_way.at_once
    missing = (
        (
            outright(context, said)
            or _of_age(context, match, said)
            or what_more_brings(context, said)
            or what_is_missing(context, said)
        )
        if free
        else None
    )
    if missing is not None:
        return missing
    of_a_death = match.decision == "answer" and match.entries[0] == decisions.DIED
    of_the_living = match.decision != "answer" or match.entries[0] == decisions.KEPT
    in_a_talk = context.memory.state.entry is not None
    near = match.decision in ("answer", "choose") and decisions.KEPT in match.entries[:_LOOKED_AT]
    asks_of_ours = of_the_living or (of_a_death and reading.stops_paying(context.message.text))
    if under_way is None and asks_of_ours and (in_a_talk or near):
        kept = decisions.kept(context, person.known(context.memory.state))
        if kept is not None and answerable(context, kept[1]):
            return answer_decided(context, *kept)
    told_only = _told_of_payments(context, match, said) if under_way is None else None
    if told_only is not None:
        return told_only
    sure = _decided_of(context, match, said) if under_way is None and wanted is not goal.FORM else None
    asked = _may_be_the_price(context, match) or _names_too_low_a_level(context, said.facts)
    if sure is not None and wanted is contribution.FORM and asked:
        sure = None  # what a birth decides of the age is not what was asked
    if sure is not None and wanted is pension.FORM and context.resources.library[sure[1]].topic in _OF_PAYING:
        sure = None  # nor what a household decides of the price, of who asks what a payment brings
    if sure is not None and (wanted is None or _is_enough(context, match, said, wanted)):
        html, entry = sure
        condoled = condolence(context, entry, said)
        others = match.entries[:_LOOKED_AT] if match.decision == "choose" and not condoled else ()
        return answer_decided(context, "\n\n".join(filter(None, (condoled, html))), entry, others)
    if wanted is None or reading.asks_for_no_amount(question):
        return None
    entry = _entry(context, match, wanted)
    text = context.message.text
    if wanted is contribution.FORM and asks_what_to_pay(text) and not reading.pays_alike(text):
        context = person.told(person.forgetting(context, ("payment", "money")), said.facts)
    facts = person.updated(of_what_is_known(context), said.facts)
    decided = sure[0] if sure is not None else wanted.decides(context, facts)
    condoled = condolence(context, entry, said)
    values = wanted.reads(context, context.message.text)
    here = Facts(level=said.facts.level, total=said.facts.total)
    if wanted is contribution.FORM and said.facts.span in contribution.MODES:
        here = dataclasses.replace(here, every=said.facts.span)  # «6 tháng thì hết bao nhiêu»
    turn = filling.begin(wanted, context, values, lead=condoled, at_once=True, said=here)
    number = reading.heads(context.message.text) if wanted is contribution.FORM else None
    if turn.state.form is None and turn.state.result is not None and number is not None:
        html = "\n\n".join(filter(None, (condoled, contribution.for_several(context, turn.state.result, number))))
        turn = filling.begin(wanted, context, values, lead=html, at_once=True, said=here)
    elif turn.state.form is None:
        told_alone = wanted is contribution.FORM and turn.state.result is not None and turn.state.result.assumed
        if decided and (sure is not None or told_alone or said.facts.total):
            lead = "\n\n".join(filter(None, (condoled, decided)))
            turn = filling.begin(wanted, context, values, lead=lead, at_once=True, said=here)
    if turn.state.form is None:
        return recorded(context, with_form(turn, under_way), _meant(context, entry, match))
    if under_way is not None:
        return None
    told = wanted.takes(said.facts)
    if not decided and not told and is_own(wanted.takes(facts)):
        return begun(context, wanted, _meant(context, entry, match), values)
    if decided and not wanted.told_by(said.facts):
        return answer_decided(context, "\n\n".join(filter(None, (condoled, decided))), entry)
    if decided or wanted.told_by(said.facts) or len(told) > 1:
        lead = decided or context.say(
            "ask.reckoning", what=context.label(menu.TOPIC[wanted.name]), words=_words(said, told)
        )
        turn = filling.begin(wanted, context, values, lead=lead, at_once=True)
        return recorded(context, turn, _meant(context, entry, match))
    return None


def with_form(turn: Turn, under_way: FormState | None) -> Turn:
    """The turn with the form that is under way: what is asked in between does not end it."""
    return dataclasses.replace(turn, state=dataclasses.replace(turn.state, form=under_way))


def of_entry(context: Context, entry_id: str, facts: Facts) -> Form | None:
    """The calculation that answers an entry for who tells such facts."""
    name = context.resources.library[entry_id].answered_by
    of = None if name is None else menu.find(name)
    lowest_of_all = of is contribution.FORM and facts.names() == ("level",)  # «mức thấp nhất là bao nhiêu»
    return of if of is not None and of.takes(facts) and not lowest_of_all else None


def decided(context: Context, entry_id: str) -> str:
    """What is known of the person decides of an entry: said before anything else; empty where nothing."""
    facts = person.known(context.memory.state)
    return decisions.of(context, entry_id, facts, of_entry(context, entry_id, facts))


def what_is_missing(context: Context, said: Stated) -> Turn | None:
    """The number, for who asks how long is still to be paid, where it is known how long was."""
    if not reading.asks_what_is_missing(context.message.text):
        return None
    told = person.introduced(context, said.facts)
    html = decisions.missing(told, person.known(told.memory.state))
    answers = answerable(told, decisions.MISSING)
    return answer_decided(told, html, decisions.MISSING) if html and answers else None


def _of_age(context: Context, match: Match, said: Stated) -> Turn | None:
    """«sinh 8/1976, nữ, mấy tuổi nghỉ»: from when the pension of who is told so is drawn."""
    text, names = context.message.text, {*said.facts.names()}
    near = match.decision in ("answer", "choose") and decisions.AGE in match.entries[:_DECIDED]
    asks = reading.asks_when_drawn(text, of_somebody=True) or reading.asks_how_long_to_the_age(text)
    if not (near and asks) or "birth" not in names or names & {*RECKONED, "died"}:
        return None
    html = decisions.of(context, decisions.AGE, person.known(context.memory.state))
    return answer_decided(context, html, decisions.AGE) if html and answerable(context, decisions.AGE) else None


def when_drawn(context: Context, said: Stated) -> Turn | None:
    """From when a pension is drawn, for who asks it and is known by a birth, in the middle of whatever else."""
    of_age = reading.asks_how_long_to_the_age(context.message.text)
    asks = of_age or reading.asks_when_drawn(context.message.text)
    if not asks or (said.facts.birth is not None and not _is_after_a_price(context)):
        return None
    told = person.introduced(context, said.facts)
    facts, entry = person.known(told.memory.state), told.memory.state.entry
    of_other_money = entry is not None and answerable(told, entry) and told.resources.library[entry].topic in _OTHER
    if facts.birth is None or (of_other_money and not (of_age or reading.speaks_of_a_pension(context.message.text))):
        return None
    html = decisions.of(told, decisions.AGE, facts)
    return answer_decided(told, html, decisions.AGE) if html and answerable(told, decisions.AGE) else None


def _is_after_a_price(context: Context) -> bool:
    """Whether a price was told last: who then asks «còn chồng tôi sinh 1970 … bao giờ lĩnh» asks for no other price."""
    result = context.memory.state.result
    return context.memory.state.entry in (None, contribution.FORM.entry) and (
        result is not None and result.name == contribution.FORM.name
    )


def what_more_brings(context: Context, said: Stated) -> Turn | None:
    """What going on to pay would bring, for who asks it and could draw the pension already; None of others."""
    wish = reading.paying_on(context.message.text)
    if wish is None:
        return None
    told = person.introduced(context, said.facts)
    html = pension.further(told, person.known(told.memory.state), wish)
    return answer_decided(told, html, pension.FORM.entry) if html and answerable(told, pension.FORM.entry) else None


def _told_of_payments(context: Context, match: Match, said: Stated) -> Turn | None:
    """What is missing, for who tells of themselves and how long was paid, wishes and asks nothing."""
    facts, text = said.facts, context.message.text
    asks = reading.asks_whether(text) or reading.asks_for_an_amount(text)
    known = person.known(context.memory.state)
    if asks or reading.tells_a_wish(text) or known.birth is None:
        return None
    of_another_matter = match.decision == "answer" and context.resources.library[match.entries[0]].topic in _TROUBLES
    if facts.birth is None and (not {"paid", "own", "firm"} & {*facts.names()} or of_another_matter):
        return None
    other = {"due", "died", "drawing", "why", "payment", "income", "money", "level", "wanted", "every"} & {
        *facts.names()
    }
    html = "" if other else decisions.missing(context, known)
    return answer_decided(context, html, decisions.MISSING) if html and answerable(context, decisions.MISSING) else None


def _decided_of(context: Context, match: Match, said: Stated) -> tuple[str, str] | None:
    """What the facts of a message decide of the entry it means, or of the first that it may mean; with that entry."""
    told = decisions.as_paid(context.message.text, said.facts)
    meant = {"answer": match.entries[:1], "choose": match.entries[:_DECIDED]}.get(match.decision, ())
    before, sure = person.known(context.memory.state), match.decision == "answer"
    for each in meant:
        facts = decisions.of_span(each, told) if sure else told
        known = person.updated(before, facts)
        if answerable(context, each) and decisions.tells(context, each, facts, sure=sure):
            html = decisions.of(context, each, known)
            if html:
                return html, each
    return None


def _is_enough(context: Context, match: Match, said: Stated, wanted: Form) -> bool:
    """Whether what is decided answers a message wholly: it asks, and neither tells an amount nor asks for one."""
    text = context.message.text
    if match.decision != "answer" and wanted.told_by(said.facts) and not reading.asks_whether(text):
        return False
    facts = decisions.as_paid(text, said.facts)
    return not RECKONED & {*facts.names()} and not reading.asks_for_an_amount(text)


def asked_back(context: Context, said: Stated, *, nearly: bool) -> Turn | None:
    """Bare words and numbers: one short question that uses them; None where the text says more.

    `nearly`: entries are near. Where none is, who only tells of themselves is asked what is to be reckoned.
    """
    facts, text = said.facts, (reading.corrected(context.message.text) or context.message.text).strip()
    if mask(text)[1]:
        return None
    number = text.replace(".", "").replace(",", "").isdecimal()
    tells = reading.states_only(text, context.message.today) or (not nearly and _tells_of_somebody(text, facts))
    if not (number or tells) and reading.yes_no(text) is None:
        return None
    fitting = [each for each in FORMS.values() if each.takes(facts)]
    html = fitting[0].decides(context, person.known(context.memory.state)) if len(fitting) == 1 else ""
    if html:
        return answer_decided(context, html, fitting[0].entry)
    fitting = fitting or list(FORMS.values())[:2]
    buttons = [context.button(menu.MENU[each.name], filling.OPEN, each.name) for each in fitting[:_LOOKED_AT]]
    words = text if number or len(text.split()) <= _FEW_WORDS else ", ".join(_words(said, facts.names()))
    html = context.say("ask.bare", text=words, number=number, known=not facts.empty)
    return Turn((Text(html, in_rows(buttons)),), context.memory.state, (asked(context, "choose", ()),))


def asks_the_price(text: str, facts: Facts) -> bool:
    """Whether a message that tells a wish asks what it costs, whatever else is told of the person.

    «nam 27 tuổi, 500k, 6 tháng nộp một lần thì mỗi lần nộp bao nhiêu»
    """
    wished = {"payment", "income", "level", "every", "ahead"} & {*facts.names()}
    if facts.money is not None and reading.asks_whether_enough(text) and not wished:
        return True
    if facts.payment is not None and reading.asks_for_the_level(text) and not reading.speaks_of_a_pension(text):
        return True
    return bool(wished) and facts.total is None and reading.asks_the_price(text)


def _names_too_low_a_level(context: Context, facts: Facts) -> bool:
    """«năm nay đóng mức 1tr5 được không» after the floor rose: that is no «Được» of whatever entry is near."""
    text = context.message.text
    of_a_level = {*facts.names()} <= {"whom", "income", "first", "groups", "every"}
    if facts.income is None or not of_a_level or not reading.asks_whether(text) or reading.speaks_of_a_pension(text):
        return False
    return facts.income < income_bounds(context.law, context.month).whole("minimum")


def _rate(context: Context) -> Fraction:
    """What share of the level of income is paid."""
    return context.law.on(context.month).value("contribution_rate").rate()


def _asks_for_a_pension(context: Context, facts: Facts) -> bool:
    """«đóng tiếp mức 2tr2 tới tuổi hưu thì lãnh nhiêu» of somebody whose birth and sex are known."""
    text, known = context.message.text, person.updated(person.known(context.memory.state), facts)
    wished = {"payment", "income", "level", "total"} & {*facts.names()}
    somebody = known.birth is not None and known.sex is not None and known.died is None and not known.drawing
    asks = reading.asks_for_an_amount(text) and reading.asks_what_comes_back(text) and reading.speaks_of_a_pension(text)
    wishes = bool(wished) or reading.goes_on_to_the_age(text) or reading.pays_the_rest(text)
    return wishes and somebody and asks and not reading.names_other_money(text)


def _asks_what_a_payment_brings(context: Context, facts: Facts) -> bool:
    """«mỗi tháng để ra được 2 triệu đóng bảo hiểm, sau này được trả mỗi tháng mấy triệu»."""
    text = context.message.text
    lowest = facts.level == "lowest" and reading.asks_what_pension(text)
    named = facts.payment is not None or facts.income is not None or facts.money is not None
    brings = lowest or (named and reading.asks_what_comes_later(text))
    return brings and facts.ahead is None and not reading.names_other_money(text)


def _tells_of_somebody(text: str, facts: Facts) -> bool:
    """«chào bạn, tôi 47 tuổi làm ruộng, nhà không nghèo»: facts of a person, and no question."""
    return not reading.asks_in_words(text) and not {"birth", "groups", "paid", "own", "firm", "due"}.isdisjoint(
        facts.names()
    )


def _form(context: Context, match: Match, said: Stated) -> Form | None:
    """The calculation a message needs: the one its entry is answered by, or the one its facts are told for.

    Of several that may be meant the one that wants most of the facts is taken; one that wants few of many is not.
    """
    facts = said.facts
    if goal.FORM.told_by(facts):
        return goal.FORM
    if facts.income is not None and reading.percent_named(context.message.text) == _rate(context):
        return contribution.FORM  # «mức 3tr thì 22% là bao nhiêu»
    if _asks_for_a_pension(context, facts) or _asks_what_a_payment_brings(context, facts):
        return pension.FORM
    if asks_the_price(context.message.text, facts) or _names_too_low_a_level(context, facts):
        return contribution.FORM
    ours = [each for each in match.entries if answerable(context, each)]
    of_a_death = bool(ours) and context.resources.library[ours[0]].condolence
    if facts.died is not None and not (of_a_death and reading.asks_in_words(context.message.text)):
        return survivors.FORM  # who tells of a death, and asks nothing of another matter, is told what the family gets
    if match.decision == "answer":
        return of_entry(context, ours[0], facts) or _calculation_of_what_is_known(context, ours[0])
    if _may_be_the_price(context, match):
        return contribution.FORM
    told = [each for each in FORMS.values() if each.told_by(facts)]
    meant = ours[: 1 if match.hedged else _LOOKED_AT] if match.decision == "choose" else []
    known = _calculation_of_what_is_known(context, ours[0]) if meant else None
    named = [of for of in (of_entry(context, each, facts) for each in meant) if of is not None]
    several = len(set(facts.names()) - {"whom"}) > 1
    fitting = [each for each in (*named, *told) if each in told or not several or len(each.takes(facts)) > 1]
    if fitting:
        return max(fitting, key=lambda each: len(each.takes(facts)))
    if known is not None and match.sure >= _RATHER:
        return known
    household = set(facts.names()) == {"groups"} and reading.states_only(context.message.text, context.message.today)
    return contribution.FORM if household else None


def _may_be_the_price(context: Context, match: Match) -> bool:
    """Whether of several that may be meant one tells the price, which a message asks for in words: it is that."""
    library, asked = context.resources.library, reading.asks_the_price(context.message.text)
    meant = match.entries[:_LOOKED_AT] if match.decision == "choose" and asked else ()
    return any(answerable(context, each) and library[each].topic == _PAYING for each in meant)


def _calculation_of_what_is_known(context: Context, entry_id: str) -> Form | None:
    """The calculation of an entry for who asks how much without a word of themselves, and has told it before."""
    text = context.message.text
    asks = reading.asks_for_an_amount(text) or reading.asks_then_what(text)
    if not asks or reading.asks_for_an_extreme(text):
        return None
    return of_entry(context, entry_id, of_what_is_known(context))


def of_what_is_known(context: Context) -> Facts:
    """What is known of the person; with the level of the price told last, where none was named."""
    state = context.memory.state
    facts, result = person.known(state), state.result
    if result is None or result.name != contribution.FORM.name or facts.payment or facts.level:
        return facts
    return dataclasses.replace(facts, money=None, income=contribution.level_that_lasts(context, Values(result.values)))


def as_glanced(context: Context, facts: Facts) -> Facts:
    """What is known, for what an amount or a length of time brings: with the length told last, where none is told."""
    months = facts.total or facts.span or context.memory.state.so_long
    return dataclasses.replace(of_what_is_known(context), total=months, span=None)


def _entry(context: Context, match: Match, wanted: Form) -> str:
    """The entry a reckoned question counts for."""
    looked = [each for each in match.entries[:_LOOKED_AT] if answerable(context, each)]
    if not reading.asks_in_words(context.message.text):
        return wanted.entry
    of = (each for each in looked if context.resources.library[each].answered_by == wanted.name)
    return next(of, wanted.entry)


def begun(context: Context, wanted: Form, meant: tuple[str, ...], values: Given | None = None) -> Turn:
    """A calculation begun with what is known, of who tells no more: the first thing it can't do without is asked."""
    lead = context.say("ask.reckoning", what=context.label(menu.TOPIC[wanted.name]), words=[])
    return recorded(context, filling.begin(wanted, context, values, lead=lead, at_once=True), meant)


def is_own(names: Sequence[str]) -> bool:
    """Whether facts known before are of one person, and not of anybody in such a household."""
    return not {*names} <= {"whom", "sex", "groups", "every", *_AMOUNTS}


def _words(said: Stated, told: tuple[str, ...]) -> list[str]:
    """The person's own words for what is gone by, each once."""
    return list(dict.fromkeys(said.words[name] for name in told if name in said.words))


def _meant(context: Context, entry: str, match: Match) -> tuple[str, ...]:
    """The entry a calculation answers, then the others the question may mean."""
    others = (each for each in match.entries if each != entry and answerable(context, each))
    return (entry, *others)[:_LOOKED_AT]
