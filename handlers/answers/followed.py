"""What hangs on the answer before: «còn nam thì sao», «cần giấy tờ gì», «à nhầm, nữ».

It is read beside what the talk is about: the entry or the calculation answered last. What can't be read so is no
follow-up, and is never answered confidently about something else.
"""

from __future__ import annotations

import dataclasses
import re

from handlers import reading
from handlers.answers import decided
from handlers.answers.asked_prices import (
    OF_PAYING,
    for_several_people,
    how_much,
    is_of_the_ways,
    of_paying,
    price,
    tells_its_own,
)
from handlers.answers.aspects import aspect, topic, with_the_question_before
from handlers.answers.beside_result import beside_result, for_so_long, result_tells
from handlers.answers.of_the_person import of_the_person
from handlers.answers.outright import outright
from handlers.answers.reckoned import (
    RECKONED,
    as_glanced,
    asks_the_price,
    of_entry,
    what_is_missing,
    what_more_brings,
    when_drawn,
)
from handlers.answers.reckoned import (
    decided as decided_before,
)
from handlers.answers.said import answer, answer_decided, answerable, asked, recorded
from handlers.calculators import contribution, survivors, survivors_monthly
from handlers.calculators.ages import months_told
from handlers.calculators.at_a_glance import rate_at_a_glance
from handlers.calculators.menu import FORMS
from handlers.dialogue import filling, person
from handlers.dialogue.context import Context
from handlers.dialogue.form import Form
from handlers.dialogue.heard import OF_THE_OLD, heard, is_of_a_withdrawal
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Turn
from handlers.reading import Facts, Followup, Stated
from law.pension.rate import minimum_months
from vietnamese.normalize import fold, folded_words

_MALE = re.compile(r"^(?:the |vay |con |neu |neu la )*nam\b(?! (?:nay|sau|ngoai|truoc|toi))")
_WAYS = "payment_modes"
"""The entry that tells how often may be paid, with the deadlines."""
_OF_OTHER_MATTERS = {"children", "due", "died", "drawing", "wanted"}
_NUMBER = re.compile(r"\d")
_SHORT = 10
"""Words of a question that says no more than when."""


def taken(context: Context) -> Turn | None:
    """A message that hangs on the last answer; None for one that stands alone, or can't be read beside it."""
    state = context.memory.state
    if state.form is not None:
        return _of_the_form(context, FORMS.get(state.form.name))
    if state.entry is None and state.result is None:
        return None
    text = context.message.text
    said = heard(context)
    turn = (
        _by_its_place(context)
        or outright(person.beside(person.introduced(context, said.facts), said.others), said)
        or _at_once(context, said.facts)
        or what_more_brings(context, said)
        or what_is_missing(context, said)
        or of_the_person(context, said.facts)
        or _late(context, said.facts)
        or _of_another_illness(context)
    )
    if turn is not None or (is_of_the_ways(context) and reading.asks_what_comes_later(text)):
        return turn  # «400 ngàn thì sau này được mấy», after a price
    of_a_result = (
        state.entry is None and state.result is not None and result_tells(FORMS.get(state.result.name), "when")
    )
    of_the_same = state.result is not None and said.facts.whom in (None, state.result.whom)
    told_there = of_a_result and of_the_same and reading.asked_of_result(text) is not None
    percent = _percent_of(context, said.facts)
    if percent is not None:
        return percent
    drawn = None if told_there else when_drawn(context, said) or _when(context, said.facts)
    if drawn is not None:
        return drawn
    hangs = reading.followup(text, said) or _of_its_own_topic(context, said)
    few = len(text.split())
    only_named = hangs is None and said.facts.names() == ("whom",) and few <= _NO_MORE_THAN_A_NAME
    asks_of_it = reading.asks_then_what(text) or reading.asks_whether(text)
    if only_named and (few <= _A_NAME or asks_of_it):
        hangs = Followup(None, corrects=False, certain=True)  # «thế còn tôi»
    turn = _of_what_can_be_paid(context, said.facts) or _up_to_the_age(context, said.facts)
    if turn is not None:
        return turn
    family = _for_the_family(context, said.facts)
    if family is not None:
        return family
    turn = (
        _back_to_the_price(context, said.facts)
        or _of_somebody_before(context, said.facts, hangs)
        or _of_the_same(context, said.facts, hangs)
        or for_several_people(context, said.facts)
    )
    only_told, of_an_amount = {*said.facts.names()}, reading.asks_for_an_amount(text)
    of_the_old = only_told == {"birth"} and state.entry == OF_THE_OLD and reading.age_named(text) is not None
    if turn is None and of_the_old:
        turn = _decided_again(context, said.facts)  # «70 tuổi thì có được không»
    if turn is None and only_told <= {"span", "total"} and only_told and reading.takes_it_out(text):
        turn = _decided_again(context, said.facts)  # «nếu thành 21 năm thì rút được không»
    if turn is None and only_told == {"groups"} and not reading.speaks_of_paying(text):
        turn = _decided_again(context, said.facts)  # «hộ nghèo thì mấy tuổi» of money for the old
    supposed = only_told == {"died"} and (reading.asks_then_what(text) or of_an_amount)
    if turn is None and (supposed or (only_told == {"why"} and of_an_amount)):
        turn = _decided_again(context, said.facts)  # «thế nếu tôi bị ung thư thì được bao nhiêu»
    if turn is not None:
        return turn
    result = _result(context)
    of_a_price = result is not None and result[0] is contribution.FORM
    if not of_a_price and not tells_its_own(context) and asks_the_price(text, said.facts):
        return None  # «vậy đóng mức 4 triệu mỗi tháng thì nhiêu», whatever was talked of
    turn = None if result is None else beside_result(context, *result, said, hangs)
    if turn is None:
        turn = _told_of_the_result(context, said.facts)
    if turn is None and (hangs is None or (hangs.corrects and said.facts.empty)):
        turn = _corrected(context)
    tells = turn is None and hangs is None and _tells_of_the_entry(context, said.facts)
    if tells and not reading.tells_a_wish(text) and not _stands_alone(context):
        turn = _decided_again(context, said.facts)
    if turn is not None or hangs is None:
        return turn
    if hangs.aspect == "deadline" and _NUMBER.search(text) and not is_of_the_ways(context):
        return None  # «hạn 6 tháng», of a way to pay
    extreme = hangs.aspect == "amount" and reading.asks_for_an_extreme(text)
    if (extreme or _OF_OTHER_MATTERS & {*said.facts.names()}) and _stands_alone(context):
        return None  # «thế đóng ít nhất bao nhiêu», «sinh đôi thì được bao nhiêu», whatever was talked of
    library = context.resources.library
    only_how_long = {*said.facts.names()} <= {"every", "span"}
    again = hangs.aspect is None and not said.facts.empty  # «thế 12 tháng»
    if only_how_long and again and state.aspect == "deadline" and is_of_the_ways(context):
        return aspect(context, "deadline", _WAYS)
    if only_how_long and (again or hangs.aspect == "amount") and tells_its_own(context):
        return aspect(context, "amount", topic(state))
    if hangs.aspect == "amount" and {*said.facts.names()} <= {"level", "whom", "sex", "groups"}:
        to_pay = reading.asks_what_to_pay(text) or said.facts.level is not None
        household = said.facts.groups or person.known(person.told(context, said.facts).memory.state).groups
        if said.facts.level is not None and household is None:
            return None  # the entry of the lowest tells it for every household
        priced = (price(context, said.facts) if to_pay else None) or how_much(context)
        if priced is not None:
            return priced
    asks_back = reading.speaks_of_a_pension(text) and reading.asks_for_an_amount(text)
    if asks_back and said.facts.payment is not None and is_of_the_ways(context):
        return None  # «mỗi tháng đóng 500 nghìn thì lương bao nhiêu» after the ways to pay
    about_other_money = answerable(context, topic(state)) and library[topic(state)].topic not in OF_PAYING
    if hangs.aspect == "amount" and about_other_money and reading.wants_to_pay(text) and said.facts.birth is not None:
        return price(context, said.facts)
    alone = not hangs.certain and not _tells_of_the_entry(context, said.facts)
    if alone and _stands_alone(context):
        return None
    facts = _sex_alone(text) if said.facts.empty else said.facts
    if hangs.corrects or (facts.money is not None and facts.span is None):
        facts = person.meant(person.known(state), facts)
    if facts.whom is not None and facts.whom != state.whom:
        facts = person.updated(person.known(person.told(context, facts).memory.state), facts)
    turn = _decided_again(context, facts)
    if turn is None and hangs.corrects:
        turn = _decided_otherwise(context, facts)
    if turn is None and not facts.empty:
        turn = _reckoned_again(context, facts)
    if turn is None and (facts.span or facts.total):
        turn = for_so_long(context, facts)
    if turn is None and hangs.aspect == "amount" and RECKONED & {*said.facts.names()}:
        return None  # a need of its own: «mức 2 triệu đóng 20 năm được bao nhiêu» after an answer of who may join
    if turn is None and hangs.aspect is not None:
        turn = aspect(context, hangs.aspect, topic(state))
    if turn is None and hangs.certain and {*said.facts.names()} & {"every", "payment", "income", "level"}:
        turn = of_paying(context, said.facts)
    only_states = hangs.aspect is None and reading.states_only(text, context.message.today)
    if turn is not None or not hangs.certain or only_states:
        return turn
    return _decided_of_whom(context, said.facts) or with_the_question_before(context)


def _late(context: Context, facts: Facts) -> Turn | None:
    """«lỡ trễ quá hạn thì mất luôn hả» after an answer with papers to hand in: its deadline, and what comes after."""
    about, text = topic(context.memory.state), context.message.text
    ours = answerable(context, about) and context.resources.library[about].topic not in ("joining", *OF_PAYING)
    if not ours or not {*facts.names()} <= {"whom", "sex", "span"} or not reading.asks_of_being_late(text):
        return None
    of_paying = reading.speaks_of_paying(text) or len(text.split()) > _SHORT
    return None if of_paying else aspect(context, "deadline", about)


def _of_another_illness(context: Context) -> Turn | None:
    """«còn xơ gan thường thì sao», in a talk of taking the money out: whether it is one of the law."""
    if not is_of_a_withdrawal(context) or reading.illness_not_in_the_law(context.message.text) is None:
        return None
    html = decided.of(context, _ILL, person.known(context.memory.state))
    return answer_decided(context, html, _ILL) if html and answerable(context, _ILL) else None


_ILL = "one_time_serious_illness"


def _percent_of(context: Context, facts: Facts) -> Turn | None:
    """«còn nam thì mấy phần trăm», «thế lúc đó hưởng mấy %», «đủ 20 năm thì hưởng mấy phần trăm»: what so many months
    bring, of who is known or named."""
    state, entry = context.memory.state, FORMS["pension"].entry
    text, names = context.message.text, {*facts.names()}
    goes_on = reading.goes_on_paying(text) or reading.goes_on_to_the_age(text) or reading.adds(text)
    if not names <= {"whom", "sex", "total", "span"} or not reading.asks_for_percent(text) or goes_on:
        return None
    known = person.known_of(state, facts.whom)
    sex, of_a_pension = facts.sex or known.sex, _OF_A_SHARE.search(folded_words(text)) is not None
    length = facts.total or facts.span
    months = length or state.so_long or known.total or months_told(context, known)
    if _OF_OTHER_SHARES.search(folded_words(text)) is not None:
        return None
    if sex is None or not months or not (facts.sex or of_a_pension) or not answerable(context, entry):
        return None
    html = rate_at_a_glance(
        context, Facts(sex=sex, total=max(months, minimum_months(context.law, context.month))), asked=True
    )
    return answer_decided(context, html, entry) if html else None


_OF_A_SHARE = re.compile(r"\b(?:huong|linh|lanh|nhan|duoc|luong huu|huu)\b")
_OF_OTHER_SHARES = re.compile(
    r"\b(?:ho tro|nha nuoc|rut|mot lan|1 lan|tru|som|mai tang|tuat|lai|giam|phat|dong|suc lao dong|bhyt|y te)\b"
)
"""«được nhà nước hỗ trợ mấy phần trăm», «nghỉ sớm bị trừ mấy phần trăm»."""


def _decided_of_whom(context: Context, facts: Facts) -> Turn | None:
    """«mẹ thì sao»: what is known already of her decides the last entry."""
    entry = context.memory.state.entry
    if entry is None or not answerable(context, entry) or not {*facts.names()} <= {"whom", "sex"}:
        return None
    told = person.told(context, facts)
    html = decided.of(told, entry, person.known(told.memory.state))
    return answer_decided(told, html, entry) if html else None


_A_NAME, _NO_MORE_THAN_A_NAME = 5, 7
"""Words of a message that only turns to somebody; of more, only where it asks no more of them."""
_OF_JOINING = ("joining", "paying", "support")


def _of_what_can_be_paid(context: Context, facts: Facts) -> Turn | None:
    """«tui dành được 400 ngàn thôi», told and not asked after who may join, or what is paid: what that makes."""
    about, text = topic(context.memory.state), context.message.text
    ours = answerable(context, about) and context.resources.library[about].topic in _OF_JOINING
    if not ours or not {*facts.names()} <= {"payment", "money", "whom"} or facts.payment is None:
        return None
    if context.memory.state.entry is None or reading.asks_in_words(text) or reading.speaks_of_a_pension(text):
        return None
    of = contribution.FORM
    return recorded(context, filling.begin(of, person.told(context, facts), at_once=True), (of.entry,))


def _up_to_the_age(context: Context, facts: Facts) -> Turn | None:
    """«nếu đóng tới 60 tuổi thì sao» after a price: the pension that brings, of who is known by their birth."""
    text, result, of = context.message.text, context.memory.state.result, FORMS["pension"]
    of_a_price = result is not None and result.name == contribution.FORM.name
    asks = reading.asks_then_what(text) or (reading.asks_for_an_amount(text) and reading.asks_what_comes_back(text))
    if not of_a_price or not reading.goes_on_to_the_age(text) or not asks or facts.birth is not None:
        return None
    return recorded(context, filling.begin(of, person.told(context, facts), at_once=True), (of.entry,))


def _by_its_place(context: Context) -> Turn | None:
    """«thế câu 3»: that question of the message that asked several."""
    place, several = reading.question_meant(context.message.text), context.memory.state.several
    if place is None or not 0 < place <= len(several) or not answerable(context, several[place - 1]):
        return None
    entry = several[place - 1]
    html = decided_before(context, entry)
    if html:
        return answer_decided(context, html, entry)
    state = dataclasses.replace(context.memory.state, entry=entry)
    return Turn((answer(context, entry),), state, (asked(context, "answer", (entry,)),))


_NAMED = {
    "benefits": re.compile(r"\b(?:sinh(?: con| em be| no| xong)*|de xong|thai san|mai tang|tu tuat|tuat)\b"),
    "withdrawal": re.compile(r"\brut(?: mot lan| 1 lan)?\b"),
    "pension": re.compile(r"\b(?:luong huu|huu tri)\b"),
}
"""By the topic of what is talked of, the words that name it once more, which make no other topic of a message."""


def _of_its_own_topic(context: Context, said: Stated) -> Followup | None:
    """«sinh xong phải nộp hồ sơ trong mấy ngày» after an answer of a birth: how it hangs without that word."""
    about = topic(context.memory.state)
    named = _NAMED.get(context.resources.library[about].topic or "") if answerable(context, about) else None
    plain = folded_words(context.message.text)
    if named is None or named.search(plain) is None:
        return None
    hangs = reading.followup(named.sub(" ", plain), said)
    takes = hangs is not None and hangs.aspect not in (None, "amount")
    if hangs is None or not takes or said.facts.names() or _stands_alone(context):  # «lương hưu trả ngày nào»
        return None
    return hangs


_AT_ONCE = re.compile(r"\b(?:dong|nop)(?: luon| not| bu)? (?:1|mot) (?:lan|cuc|luc|phat|lan cho du)\b")
_OF_YEARS_MISSING = (
    *("pension_min_years", "pension_age", "pension_amount", "age_over_60", "who_can_join"),
    decided.AT_ONCE,
)


def _at_once(context: Context, facts: Facts) -> Turn | None:
    """«đóng 1 lần được không», «hết bao nhiêu tiền» of who was told what is missing: whether it may be paid so, and the
    sum."""
    plain, about = folded_words(context.message.text), topic(context.memory.state)
    sum_asked = about == decided.AT_ONCE and reading.asks_only_how_much(plain)
    of_it = {*facts.names()} <= {"whom", "sex", "ahead", "span", "total", "income", "level", "groups"}
    if about not in _OF_YEARS_MISSING or not answerable(context, decided.AT_ONCE) or not of_it:
        return None
    context = person.told(context, Facts(whom=facts.whom, income=facts.income, groups=facts.groups))
    state = context.memory.state
    if not (sum_asked or _AT_ONCE.search(plain)):
        return None
    html = decided.of(context, decided.AT_ONCE, person.known(state))
    if not html and facts.names() and reading.asks_whether(plain):
        html = context.answer(decided.AT_ONCE).short
    return answer_decided(context, html, decided.AT_ONCE) if html else None


def _when(context: Context, facts: Facts) -> Turn | None:
    """«vậy chừng nào mới được», «thế tôi là tháng mấy nhỉ»: what was decided, with its month, again for whom it is."""
    text, entry = context.message.text, context.memory.state.entry
    short = len(text.split()) <= _SHORT and {*facts.names()} <= {"whom", "sex"}
    if entry is None or entry not in decided.TELLS_WHEN or not short or not reading.asks_at_which_time(text):
        return None
    if not answerable(context, entry):
        return None
    told = person.told(context, facts)
    html = decided.of(told, entry, person.known(told.memory.state))
    return answer_decided(told, html, entry) if html else None


def _for_the_family(context: Context, facts: Facts) -> Turn | None:
    """«rồi má con có được lãnh hằng tháng không» after the father's death: of him it is decided, and not of her."""
    state, entry = context.memory.state, survivors.FORM.entry
    about = topic(state)
    if not {*facts.names()} <= {"whom", "sex"} or not answerable(context, entry):
        return None
    of_a_death = state.result is not None and state.result.name == survivors.FORM.name
    of_a_death = of_a_death or (answerable(context, about) and context.resources.library[about].condolence)
    died = next((each.facts for each in state.people.values() if each.facts.died is not None), None)
    if died is None or not of_a_death:
        return None
    html = survivors_monthly.decided(context, died)
    return answer_decided(context, html, entry) if html else None


_OF_A_PRICE = {"every", "payment", "income", "money", "level"}


def _back_to_the_price(context: Context, facts: Facts) -> Turn | None:
    """«chừ tui đóng 3 tháng một lần theo mức hồi nãy», after a question of somebody else: the price told before."""
    state, of, names = context.memory.state, contribution.FORM, {*facts.names()}
    result = state.result
    if result is None or result.name != of.name or state.entry is None or not names & _OF_A_PRICE:
        return None
    comes_back = reading.turns_back(context.message.text) or facts.whom == result.whom != state.whom
    if not comes_back or not names <= {*_OF_A_PRICE, "whom", "groups"}:
        return None
    again = filling.again(of, context, result, facts)
    return None if again is None else recorded(context, again, (of.entry,))


def _of_somebody_before(context: Context, facts: Facts, hangs: Followup | None) -> Turn | None:
    """«à tiền của mẹ tôi thì nộp đơn ở đâu»: what the talk was about, while it was of her."""
    state = context.memory.state
    before = None if facts.whom in (None, state.whom) else state.people.get(facts.whom or "self")
    if before is None or hangs is None or hangs.aspect is None or not {*facts.names()} <= {"whom", "sex"}:
        return None
    return aspect(person.told(context, facts), hangs.aspect, before.entry)


def _of_the_same(context: Context, facts: Facts, hangs: Followup | None) -> Turn | None:
    """«giấy tờ mẹ em cần gì» of her of whom the talk is: what is asked, and not the sum once more."""
    named = hangs is not None and hangs.aspect not in (None, "amount") and facts.whom == context.memory.state.whom
    if hangs is None or hangs.aspect is None or not named or not {*facts.names()} <= {"whom", "sex"}:
        return None
    return aspect(context, hangs.aspect, topic(context.memory.state))


def _of_the_form(context: Context, of: Form | None) -> Turn | None:
    """«cần giấy tờ gì» in the middle of a form: of what it reckons."""
    text = context.message.text
    hangs = reading.followup(text, reading.stated(text, context.message.today))
    if of is None or hangs is None or hangs.aspect in (None, "amount") or not hangs.certain:
        return None
    return aspect(context, hangs.aspect, of.entry)


def _result(context: Context) -> tuple[Form, FormState] | None:
    """The calculation the talk is about; none after an answer of the FAQ."""
    state = context.memory.state
    if state.result is None or state.entry is not None or state.result.name not in FORMS:
        return None
    return FORMS[state.result.name], state.result


def _tells_of_the_entry(context: Context, facts: Facts) -> bool:
    """Whether a message states, and does not ask, what the last entry is decided by: «đóng từ 8/2025»."""
    entry = context.memory.state.entry
    return (
        entry is not None
        and not reading.asks_in_words(context.message.text)
        and decided.tells(context, entry, facts, sure=False)
    )


def _corrected(context: Context) -> Turn | None:
    """«nhầm, bố em chưa lĩnh lương hưu, mới đóng 6 năm»: what the last answer went by was otherwise."""
    meant = reading.corrected(context.message.text)
    if meant is None or reading.asks_in_words(meant):
        return None
    known, today = person.known(context.memory.state), context.message.today
    facts = reading.stated(meant, today).facts
    if facts.empty and known.birth is not None:
        last = meant.split()[-1]  # «nhầm, 79 chứ không phải 76», «nhầm, anh thứ hai 3/1969»
        facts = Facts(birth=reading.birth(meant, today) or reading.birth(last, today))
    facts = person.meant(known, facts)
    if facts.empty:
        return None
    return _decided_again(context, facts) or _decided_otherwise(context, facts) or _reckoned_again(context, facts)


def _decided_otherwise(context: Context, facts: Facts) -> Turn | None:
    """«nhầm, sinh 9/1979»: what was decided of the last entry, where these facts make it another."""
    state = context.memory.state
    if state.entry is None or not answerable(context, state.entry):
        return None
    told = person.told(context, facts)
    before = decided.of(context, state.entry, person.known(state))
    html = decided.of(told, state.entry, person.known(told.memory.state))
    return answer_decided(told, html, state.entry) if before and html and html != before else None


def _stands_alone(context: Context) -> bool:
    """Whether an entry answers a message by itself, surely, or as a neighbour of the last one that it rather means."""
    match = context.resources.matcher.match(context.message.text)
    about = topic(context.memory.state)
    neighbours = context.resources.library[about].related if answerable(context, about) else ()
    facts = reading.stated(context.message.text, context.message.today).facts
    near = match.entries[0] in neighbours or decided.tells(context, match.entries[0], facts)
    return match.decision == "answer" or (match.hedged and near)


def _told_of_the_result(context: Context, facts: Facts) -> Turn | None:
    """The last calculation with facts that a message states and does not ask of, after another question between."""
    state, text = context.memory.state, context.message.text
    of = FORMS.get(state.result.name) if state.result is not None and state.entry is not None else None
    if of is None or state.result is None or reading.asks_in_words(text):
        return None
    if not reading.states_only(text, context.message.today) or _tells_of_the_entry(context, facts):
        return None
    if state.entry is not None and of_entry(context, state.entry, facts) not in (None, of):
        return None
    again = filling.again(of, context, state.result, facts)
    changed = again is not None and again.state.result is not None and again.state.result.changed
    return recorded(context, again, (of.entry,)) if again is not None and changed else None


def _decided_again(context: Context, facts: Facts) -> Turn | None:
    """What these facts decide of the last entry: «còn đứa 14 tuổi thì sao»."""
    entry = context.memory.state.entry
    if entry is None or not answerable(context, entry):
        return None
    of_a_glance = entry == FORMS["pension"].entry
    facts = facts if of_a_glance else decided.of_span(entry, facts)
    if not decided.tells(context, entry, facts):
        return None
    told = person.told(context, facts)
    known = as_glanced(told, facts) if of_a_glance else person.known(told.memory.state)
    html = decided.of(told, entry, known, FORMS["pension"] if of_a_glance else None)
    return answer_decided(told, html, entry) if html else None


def _reckoned_again(context: Context, facts: Facts) -> Turn | None:
    """The last calculation, or the one that answers the last entry, with the facts of this message."""
    state = context.memory.state
    if state.entry is not None and answerable(context, state.entry):
        of = of_entry(context, state.entry, facts)
        result = None if state.result is None else FORMS.get(state.result.name)
        same = of is not None and result is not None and len(result.takes(facts)) >= len(of.takes(facts))
        same = same and (result is of or reading.turns_back(context.message.text))
        if of is not None and not same:  # an entry of the calculation before («cần giấy tờ gì») changes nothing of it
            return _for_entry(person.told(context, facts), of, state.entry, facts)
    if state.result is None or state.result.name not in FORMS:
        return None
    of = FORMS[state.result.name]
    again = filling.again(of, context, state.result, facts)
    return None if again is None else recorded(context, again, (of.entry,))


def _for_entry(context: Context, of: Form, entry: str, facts: Facts) -> Turn:
    """What facts make of the entry answered last: reckoned, or decided, or its answer again and what is still asked."""
    if facts.span in contribution.MODES and "every" in of.asks_for:
        facts = dataclasses.replace(facts, every=facts.span, span=None)  # «the 12 thang», said of ways to pay
    turn = filling.begin(of, context, at_once=True, said=facts)
    if turn.state.form is None:
        return recorded(context, turn, (entry,))
    known = person.updated(person.known(context.memory.state), facts)
    html = of.decides(context, known)
    if html:
        return answer_decided(context, html, entry)
    lead = decided.of(context, entry, known) or context.say("ask.said", text=context.answer(entry).short)
    return recorded(context, filling.begin(of, context, lead=lead, at_once=True), (entry,))


def _sex_alone(text: str) -> Facts:
    """«con nam thi sao» without accents: beside a last answer no year is meant where none is named."""
    return Facts(sex="male") if _MALE.search(fold(text)) is not None else Facts()
