"""Fills a form in: ask, read, say back, correct, go back, cancel, resume.

A form keeps nothing of its own: what was said so far is a `FormState` in the person's state, so that it
survives a restart, and each button names the form, its run and its field, so that an old one is known as such.
What is known of the person is not asked again, and what a form is told is known after it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

from handlers.dialogue import person
from handlers.dialogue.context import Context, in_rows, same_words
from handlers.dialogue.form import Choice, Field, Form, Got, Reading, Wrong
from handlers.dialogue.heard import heard
from handlers.dialogue.state import FieldValue, FormState, State
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Button, Text, Turn
from handlers.dialogue.values import Given, Values
from handlers.reading import (
    PERSONS,
    Facts,
    Whom,
    asks_in_words,
    corrected,
    followup,
    is_again,
    is_back,
    is_cancel,
    stated,
    states_only,
    turns_aside,
    without_courtesy,
)
from law.base.month import Month

PRESS, OPEN = "f", "open"
BACK, CANCEL, AGAIN, FIX = "back", "cancel", "again", "fix"
ANEW = "anew"
"""What a button begins with that forgets whom the talk is about."""
WHOM = OneOf("form.whom_{}", PERSONS)
"""What each person a talk may be about is called."""
_A_NEED = 3
"""So many facts in one sentence are a whole need: what is left is assumed, and said."""
_PAID = {"paid", "own", "firm"}
_OF_A_PERIOD = (*_PAID, "past", "wage", "first", "stopped")
_WISHED = {"payment", "income", "money", "level", "groups", "every", "wanted", "total"}
"""What was paid and what is wished, told together, are a need as well."""
NOTHING_SAID = Facts()
_FEW_ANSWERS = 5
"""More buttons than that under a result are no help."""
_MISSES = 2
"""After so many answers in a row that can't be read, other ways on are offered."""


def whom_named(context: Context, whom: Whom) -> str:
    """«mẹ»; empty where it is the person themselves."""
    return "" if whom == "self" else context.label(WHOM[whom])


# --- opening -------------------------------------------------------------------------------------


def begin(
    form: Form,
    context: Context,
    values: Given | None = None,
    lead: str = "",
    *,
    at_once: bool = False,
    changed: str = "",
    said: Facts = NOTHING_SAID,
) -> Turn:
    """Open a run of the form, with what is known already filled in.

    `at_once`: only what it can't do without is asked, the rest is assumed and said. `changed`: what is new beside
    the result before, in words. `said`: what a message says that means something here only («thế 12 tháng»).
    """
    begun = context.message.at.isoformat()
    state = FormState(form.name, context.message.delivery, "", dict(values or {}), begun=begun, changed=changed)
    return _go_on(form, context, dataclasses.replace(state, at_once=at_once), lead, said)


def anew(form: Form, context: Context) -> Turn:
    """The form from its first question: what it would take from memory is forgotten."""
    return begin(form, person.forgetting(context, form.asks_for))


def again(form: Form, context: Context, before: FormState, facts: Facts) -> Turn | None:
    """The result before with other facts: reckoned once more, saying what was changed; None where it takes none.

    Another person starts from what is known of them, and keeps what was wished for.
    """
    if (facts.whom or context.memory.state.whom) != before.whom:
        return begin(form, person.told(context, facts), at_once=True)
    values, names, guessed = _with_facts(form, context, before, facts, guess=True)
    if not set(form.takes(facts)) - set(form.considers):
        return None
    return rerun(form, person.told(context, facts), before, values, names, guessed)


def mend(form: Form, context: Context, before: FormState, text: str) -> Turn | None:
    """The result before with one answer said anew: the latest question that the words answer.

    None where none is, and where the talk is of somebody else by now.
    """
    if before.whom != context.memory.state.whom:
        return None
    for name in reversed(_given(form, before)):
        others = _dropped(form, before.values, name)
        reading = form.field(name).read(context, Values(others), text)
        if not isinstance(reading, Got) or reading.returns_to:
            continue
        if all(before.values.get(each) == value for each, value in reading.values.items()):
            continue
        values = {**others, **reading.values}
        return rerun(form, _learning(form.field(name), context, values), before, values, (name,))
    return None


def rerun(
    form: Form, context: Context, before: FormState, values: Given, names: Sequence[str], guessed: Sequence[str] = ()
) -> Turn:
    """The form once more with some fields answered otherwise, of which some are only `guessed`."""
    words = [form.field(name).fact for name in names]
    changed = ", ".join(filter(None, (fact.said(context, Values(values)) for fact in words if fact is not None)))
    assumed = (*(name for name in before.assumed if name not in names), *guessed)
    state = dataclasses.replace(
        before,
        run=context.message.delivery,
        field="",
        values=values,
        ended="",
        begun=context.message.at.isoformat(),
        assumed=assumed,
        changed=changed,
        at_once=True,
    )
    return _go_on(form, context, state, "")


def _with_facts(
    form: Form, context: Context, before: FormState, facts: Facts, *, guess: bool
) -> tuple[Given, tuple[str, ...], tuple[str, ...]]:
    """The values with what facts change, the fields they change, and those of which the likelier of two was taken."""
    values: dict[str, FieldValue] = dict(before.values)
    changed, guessed = list[str](), list[str]()
    for each in form.fields:
        if each.name not in values:
            if each.wanted(context, Values(values)):
                break  # it is asked next, and what comes after it may need its answer
            continue
        if each.fact is None:
            continue
        other = _dropped(form, values, each.name)
        told = each.of_facts(context, Values(other), facts)
        got = (_likeliest(each, told) if guess else None) or told
        if isinstance(got, Got) and any(values.get(name) != value for name, value in got.values.items()):
            values = {**other, **got.values}
            changed.append(each.name)
            guessed += [each.name] if got is not told else []
    return values, tuple(changed), tuple(guessed)


def _likeliest(asked: Field, told: Reading) -> Got | None:
    """Of an age, which leaves two years of birth, the likelier one."""
    of_an_age = asked.fact is not None and asked.fact.names == ("birth",)
    return Got(told.choices[0].values) if of_an_age and isinstance(told, Wrong) and told.choices else None


def _dropped(form: Form, values: Given, name: str) -> dict[str, FieldValue]:
    """The values without those of a field, and of the fields whose answers fall with it."""
    falls = (name, *form.field(name).resets)
    return {each: value for each, value in values.items() if each.split(".")[0] not in falls}


# --- questions and answers -----------------------------------------------------------------------


def present_question(form: Form, context: Context, state: FormState, lead: str = "") -> Text:
    """The question the form stands at, said (again)."""
    asked = form.field(state.field)
    question = asked.ask(context, Values(state.values))
    return _question_text(form, context, state, question.html, question.choices, question.wide, lead)


def hear(form: Form, context: Context, state: FormState) -> Turn | None:
    """A typed text while the form is under way; None when it is no answer to it."""
    text = context.message.text
    if is_cancel(text):
        return cancelled(context)
    if is_back(text):
        return back(form, context, state)
    if is_again(text) or is_again(without_courtesy(text)):
        return anew(form, context)
    if same_words(text, context.label("form.fix")) and basis(form, context, state):
        return _which_to_fix(form, context, state)
    named = next((each for each in _offered(form, context, state) if same_words(text, each.label)), None)
    if named is not None:
        return _chosen(form, context, state, named, named.say_back)
    rest = corrected(text)
    mended = _corrected(form, context, state, rest) if rest is not None else None
    return mended or _read(form, context, state, text)


def _read(form: Form, context: Context, state: FormState, text: str) -> Turn | None:
    """An answer to the question asked, or facts the form wants: everything a sentence tells is taken."""
    if turns_aside(text):
        return None  # «khoan, cận nghèo được nhà nước cho mấy phần trăm» asks, and answers nothing
    asked, values = form.field(state.field), Values(state.values)
    said = heard(context)
    facts = _clear(form, said.facts)
    if facts.names() == ("level",) and asks_in_words(text):
        facts = NOTHING_SAID  # «mức thấp nhất là bao nhiêu» asks, and chooses none
    beside = _beside_dates(facts)
    names = form.takes(beside)
    several = len(names) > 1
    reading = asked.read(context, values, text)
    if not isinstance(reading, Got):
        reading = asked.of_facts(context, values, facts) or reading
    if _is_a_need(names, asked, reading):  # typed in the middle: what is left is assumed and said
        state = dataclasses.replace(state, at_once=True)
    if reading is None:
        tells = states_only(text, context.message.today)  # «chưa đóng tháng nào»
        wishes = facts.wanted is not None and "wanted" in form.asks_for  # «thôi 1tr5 thì chọn mức mấy»
        of_its_own = asks_in_words(text) and not (tells or wishes) and followup(text, said) is None
        return (
            None
            if of_its_own or not set(form.takes(facts)) - set(form.considers)
            else _noted(form, context, state, facts)
        )
    if isinstance(reading, Wrong):
        return _wrong(form, context, state, reading, text)
    if reading.returns_to:
        return _returned(form, context, state, reading.returns_to, reading.say_back)
    context = person.told(context, beside) if several or facts.whom is not None else context
    return _answered(form, context, state, reading.values, reading.say_back)


def _beside_dates(facts: Facts) -> Facts:
    """What a sentence tells beside a period with its dates: that is of a history, which goes on."""
    dated = isinstance(facts.first, Month) or facts.stopped is not None
    return dataclasses.replace(facts, **dict.fromkeys(_OF_A_PERIOD)) if dated else facts


def _is_a_need(names: Collection[str], asked: Field, reading: Reading) -> bool:
    """Whether a sentence tells a whole need."""
    if len(names) >= _A_NEED:
        return True
    of_all_paid = isinstance(reading, Got) and len(reading.values) == 1 and _is_of(asked, _PAID)
    return of_all_paid and not (_PAID.isdisjoint(names) or _WISHED.isdisjoint(names))


def _clear(form: Form, facts: Facts) -> Facts:
    """Facts with what they leave open («2 triệu», «7 năm») read as this form most likely means it."""
    read: dict[str, object] = {}
    for unclear, name in form.unclear.items():
        if getattr(facts, unclear) is not None and getattr(facts, name) is None:
            read |= {name: getattr(facts, unclear), unclear: None}
    return dataclasses.replace(facts, **read)  # type: ignore[arg-type]


def _noted(form: Form, context: Context, state: FormState, facts: Facts) -> Turn | None:
    """Facts of other questions of the form than the one asked: kept, and the question is put again.

    Of another person, the form begins again with what is known of them.
    """
    another = facts.whom is not None and facts.whom != context.memory.state.whom
    context = person.told(context, facts)
    if another:
        return begin(form, context, at_once=state.at_once)
    values, changed, guessed = _with_facts(form, context, state, facts, guess=state.at_once)
    assumed = (*(each for each in state.assumed if each not in changed), *guessed)
    told = basis(form, context, dataclasses.replace(state, values=values))
    names = form.takes(facts)
    words = ", ".join(told[each.name] for each in form.fields if each.name in told and _is_of(each, names))
    if not words:  # of questions still to come: in the person's own words
        words = ", ".join(dict.fromkeys(stated(context.message.text, context.message.today).words.values()))
    noted = dataclasses.replace(state, values=values, assumed=assumed, missed=0)
    asks = state.at_once and asks_in_words(context.message.text)
    decided = form.decides(context, person.known(context.memory.state)) if asks else ""
    return _go_on(form, context, noted, decided or (context.say("form.noted", what=words) if words else ""))


def _corrected(form: Form, context: Context, state: FormState, text: str) -> Turn | None:
    """An earlier answer said anew («à nhầm, nam»): the latest question that the words answer, also the one asked."""
    facts = person.meant(person.known(context.memory.state), stated(text, context.message.today).facts)
    asked = form.field(state.field).read(context, Values(state.values), text)
    if not isinstance(asked, Got) and form.takes(facts):
        noted = _noted(form, context, state, facts)  # «nam» is a sex before it is a year of birth
        if noted is not None:
            return noted
    for name in (state.field, *reversed(_given(form, state))):
        each = form.field(name)
        others = _dropped(form, state.values, name)
        reading = each.read(context, Values(others), text)
        if not isinstance(reading, Got) or reading.returns_to:
            continue
        before = dataclasses.replace(state, values=others, missed=0)
        said = (
            context.say("form.mended", what=each.fact.said(context, Values({**others, **reading.values})))
            if (each.fact is not None and name != state.field)
            else reading.say_back
        )
        return _answered(form, context, before, reading.values, said, name)
    return None


def _is_of(asked: Field, names: Collection[str]) -> bool:
    """Whether a field's answer is one of these facts."""
    return asked.fact is not None and not set(names).isdisjoint(asked.fact.names)


def _given(form: Form, state: FormState) -> list[str]:
    """The fields that have an answer, in order."""
    return [each.name for each in form.fields if each.name in state.values]


def _wrong(form: Form, context: Context, state: FormState, reading: Wrong, text: str) -> Turn:
    question = form.field(state.field).ask(context, Values(state.values))
    choices = reading.choices or question.choices
    if reading.choices:
        state = dataclasses.replace(state, values={**state.values, _typed(state.field): text})
    reply = _question_text(form, context, state, reading.html, choices, question.wide)
    return Turn((reply,), dataclasses.replace(context.memory.state, form=state))


def wrong_entry(form: Form, context: Context, state: FormState) -> Turn:
    """The text was neither an answer nor a question: what to type, with an example; nothing is lost.

    When that happens again, the ways out stand as buttons: whoever is stuck needs no third time the same words.
    """
    asked = form.field(state.field)
    question = asked.ask(context, Values(state.values))
    missed = state.missed + 1
    state = dataclasses.replace(state, missed=missed)
    html = context.say("form.not_read", example=context.label(asked.example), stuck=missed >= _MISSES)
    reply = _question_text(form, context, state, html, question.choices, question.wide)
    return Turn((reply,), dataclasses.replace(context.memory.state, form=state))


# --- presses -------------------------------------------------------------------------------------


def press(form: Form, context: Context, run: str, field_name: str, token: str) -> Turn:
    """A button of this form, of whatever run and field."""
    state, result = context.memory.state.form, context.memory.state.result
    if state is not None and state.name == form.name and state.run == run:
        return _pressed_under_way(form, context, state, field_name, token)
    if result is not None and result.name == form.name and result.run == run:
        return _pressed_under_result(form, context, result, field_name, token)
    return outdated(context)


def _pressed_under_way(form: Form, context: Context, state: FormState, field_name: str, token: str) -> Turn:
    if field_name == FIX and token in state.values:
        return _fixing(form, context, state, token)
    if field_name != state.field:
        return outdated(context)
    steering = {CANCEL: lambda: cancelled(context), BACK: lambda: back(form, context, state)}
    steering |= {AGAIN: lambda: anew(form, context), FIX: lambda: _which_to_fix(form, context, state)}
    if token in steering:
        return steering[token]()
    chosen = next((each for each in _offered(form, context, state) if each.token == token), None)
    if chosen is None:
        return outdated(context)
    said = context.say("form.chosen", label=chosen.label, more=chosen.say_back)
    return _chosen(form, context, state, chosen, said)


def _pressed_under_result(form: Form, context: Context, result: FormState, field_name: str, token: str) -> Turn:
    if field_name == AGAIN:
        return anew(form, context)
    if field_name in form.after and not token:  # a field may be named like what stands under a result
        return form.after[field_name](context.at(result.ended), result)
    if field_name == FIX and not token:
        return _which_to_fix(form, context, result)
    if field_name == FIX and token in result.values:
        return _fixing(form, context, dataclasses.replace(result, ended="", at_once=True), token)
    if field_name not in result.values:
        return outdated(context)
    asked = form.field(field_name)
    others = _dropped(form, result.values, field_name)
    chosen = next((each for each in asked.ask(context, Values(others)).choices if each.token == token), None)
    if chosen is None or not chosen.values:
        return outdated(context)
    values = {**others, **chosen.values}
    return rerun(form, _learning(asked, context, values), result, values, (field_name,))


def _which_to_fix(form: Form, context: Context, state: FormState) -> Turn:
    """What is gone by, as buttons: the one pressed is asked anew."""
    told = basis(form, context, state)
    buttons = [Button(words, form_data(state, FIX, name)) for name, words in told.items()]
    other = context.button("form.for_somebody_else", ANEW, "all")
    rows = (*in_rows(buttons), (other,))
    return Turn((Text(context.say("form.which_to_fix"), rows),), context.memory.state)


def _fixing(form: Form, context: Context, state: FormState, name: str) -> Turn:
    """One answer is asked anew; the others stay."""
    values = _dropped(form, state.values, name)
    assumed = tuple(each for each in state.assumed if each != name)
    fixed = dataclasses.replace(state, field=name, values=values, assumed=assumed, changed="", missed=0)
    return Turn(
        (present_question(form, context, fixed),), dataclasses.replace(context.memory.state, form=fixed, result=None)
    )


def _chosen(form: Form, context: Context, state: FormState, choice: Choice, said: str) -> Turn:
    if choice.returns_to:
        return _returned(form, context, state, choice.returns_to, said)
    return _answered(form, context, state, choice.values, said)


def _offered(form: Form, context: Context, state: FormState) -> Sequence[Choice]:
    """The answers that stand as buttons: those of the question, and those a typed answer was met with."""
    asked = form.field(state.field)
    typed = state.values.get(_typed(state.field))
    again = asked.read(context, Values(state.values), typed) if isinstance(typed, str) else None
    others = again.choices if isinstance(again, Wrong) else ()
    return (*others, *asked.ask(context, Values(state.values)).choices)


def _typed(field_name: str) -> str:
    """Where a text is kept that other buttons were offered for, until the field is answered."""
    return f"{field_name}.typed"


def asks(turn: Turn) -> bool:
    """Whether the turn already puts the present question of the form under way."""
    state = turn.state.form
    if state is None:
        return False
    marks = form_data(state, state.field)
    texts = (reply for reply in turn.replies if isinstance(reply, Text))
    return any(button.data.startswith(marks) for text in texts for row in text.buttons for button in row)


def outdated(context: Context) -> Turn:
    """«Nút này đã cũ»; the route adds the present step of whatever is under way."""
    under_way = context.memory.state.form is not None
    return Turn((Text(context.say("form.outdated", under_way=under_way)),), context.memory.state)


def cancelled(context: Context) -> Turn:
    """The person leaves the form."""
    state = dataclasses.replace(context.memory.state, left=None)
    return Turn((Text(context.say("form.cancelled")),), set_aside(state))


def set_aside(state: State) -> State:
    """The state without the form under way, which can be gone on with later."""
    return state if state.form is None else dataclasses.replace(state, form=None, left=state.form.name)


def back(form: Form, context: Context, state: FormState) -> Turn:
    """To the field answered before this one; at the first field, the same question again."""
    if not state.path:
        reply = present_question(form, context, state, context.say("form.at_the_start"))
        return Turn((reply,), dataclasses.replace(context.memory.state, form=state))
    return _returned(form, context, state, state.path[-1])


def _returned(form: Form, context: Context, state: FormState, field_name: str, lead: str = "") -> Turn:
    """To an earlier field, with what was said before it; what was said from there on is forgotten."""
    order = tuple(each.name for each in form.fields)
    kept = {name: value for name, value in state.values.items() if _belongs_before(name, field_name, order)}
    path = tuple(name for name in state.path if _belongs_before(name, field_name, order))
    carried = tuple(name for name in state.carried if _belongs_before(name, field_name, order))
    earlier = dataclasses.replace(state, field=field_name, values=kept, path=path, carried=carried, missed=0)
    reply = present_question(form, context, earlier, lead)
    return Turn((reply,), dataclasses.replace(context.memory.state, form=earlier))


def _belongs_before(name: str, field_name: str, order: tuple[str, ...]) -> bool:
    """Whether a value was given before a field; a value named «field.part» belongs to its field."""
    return order.index(name.split(".")[0]) < order.index(field_name)


# --- going on ------------------------------------------------------------------------------------


def _answered(
    form: Form, context: Context, state: FormState, values: Given, say_back: str, field_name: str = ""
) -> Turn:
    """A field is answered, the one asked where no other is named; what the answer tells of the person is kept."""
    name = field_name or state.field
    path = (*state.path, name) if name in values and name == state.field else state.path
    known = {each: value for each, value in {**state.values, **values}.items() if each != _typed(name)}
    moved = dataclasses.replace(state, values=known, path=path, missed=0)
    return _go_on(form, _learning(form.field(name), context, known), moved, say_back)


def _learning(answered: Field, context: Context, values: Given) -> Context:
    """The context in which an answer is known of the person."""
    if answered.fact is None or answered.name not in values:
        return context
    return person.told(context, answered.fact.learnt(Values(values)))


def _go_on(form: Form, context: Context, state: FormState, lead: str, said: Facts = NOTHING_SAID) -> Turn:
    state, doubtful = _filled(form, context, state, said)
    asked = form.next_field(context, Values(state.values))
    memory = context.memory.state
    if asked is not None:
        moved = dataclasses.replace(state, field=asked.name)
        if not state.path and state.carried and not state.at_once:
            lead = "\n\n".join(filter(None, (lead, said_basis(form, context, moved))))
        if doubtful is not None and (doubtful.choices or state.at_once):
            choices = doubtful.choices or asked.ask(context, Values(moved.values)).choices
            words = asked.fact.words(person.known(memory)) if asked.fact is not None else None
            told = stated(context.message.text, context.message.today).facts.names()
            if words is not None and not _is_of(asked, told):
                lead = "\n\n".join(filter(None, (lead, context.say("form.told_before", words=words))))
            moved = dataclasses.replace(moved, values={**moved.values, _typed(asked.name): words})
            reply = _question_text(form, context, moved, doubtful.html, choices, 2, lead)
        else:
            reply = present_question(form, context, moved, lead)
        return Turn((reply,), dataclasses.replace(memory, form=moved, comment_on=None))
    values = _still_wanted(form, context, state)
    ended = dataclasses.replace(
        state, field="", values=values, ended=context.message.at.isoformat(), whom=context.memory.state.whom
    )
    finished = form.finish(context, ended)
    replies = (Text(lead), *finished.replies) if lead else finished.replies
    return Turn(replies, memory.about_result(ended), finished.records)


def _still_wanted(form: Form, context: Context, state: FormState) -> Given:
    """The values without those of questions that a later answer made idle («chưa đóng» after how it was paid)."""
    values = Values(state.values)
    idle = {each.name for each in form.fields if each.name in values and not each.wanted(context, values)}
    return {name: value for name, value in state.values.items() if name.split(".")[0] not in idle}


def _filled(form: Form, context: Context, state: FormState, said: Facts) -> tuple[FormState, Wrong | None]:
    """What is known, or may be assumed, in the place of the questions to come; and what is doubtful of the next."""
    known_before = person.known(context.memory.state)
    if not state.at_once:  # «mức thấp nhất» was wished of another question
        known_before = dataclasses.replace(known_before, level=None)
    facts = person.updated(known_before, said)
    values: dict[str, FieldValue] = dict(state.values)
    carried, assumed = state.carried, state.assumed
    doubtful: Wrong | None = None
    while (asked := form.next_field(context, Values(values))) is not None:
        known = asked.of_facts(context, Values(values), facts)
        may_assume = known is None and (state.at_once or asked.unasked)
        taken = asked.assume(context, Values(values)) if may_assume else None
        likeliest = _likeliest(asked, known) if state.at_once else None
        if likeliest is not None:
            known, assumed = likeliest, (*assumed, asked.name)
        if isinstance(known, Got) and asked.name in known.values:
            values |= known.values
            carried = (*carried, asked.name)
        elif taken is not None and asked.name in taken:
            values |= taken
            assumed = (*assumed, asked.name)
        else:
            doubtful = known if isinstance(known, Wrong) else None
            break
    return dataclasses.replace(state, values=values, carried=carried, assumed=assumed), doubtful


# --- what is gone by -----------------------------------------------------------------------------


def basis(form: Form, context: Context, state: FormState) -> dict[str, str]:
    """What a form goes by, in words, by field."""
    values = Values(state.values)
    said = {
        each.name: each.fact.said(context, values)
        for each in form.fields
        if each.fact is not None and each.name in values
    }
    return {name: words for name, words in said.items() if words}


def said_basis(form: Form, context: Context, state: FormState) -> str:
    """«Tính cho: nữ, sinh 8/1974, hộ cận nghèo», and what was only assumed; empty where there is nothing to say."""
    told = basis(form, context, state)
    whom = context.memory.state.whom
    if not told:
        return ""
    return context.say(
        "form.basis",
        whom=whom_named(context, whom),
        told=[words for name, words in told.items() if name not in state.assumed],
        assumed=[words for name, words in told.items() if name in state.assumed],
        changed=state.changed,
    )


def to_fix(form: Form, context: Context, ended: FormState) -> tuple[Button, ...]:
    """The buttons under a result that change what it went by: the first thing assumed as its answers, and «Sửa»."""
    said = basis(form, context, ended)
    assumed = [each for each in form.fields if each.name in ended.assumed and each.name in said]
    offered = (_other_answers(form, context, ended, each) for each in assumed)
    answers = next((each for each in offered if 0 < len(each) <= _FEW_ANSWERS), ())
    fix = context.button("form.fix", PRESS, ended.name, ended.run, FIX, "")
    return (*answers, fix) if said else answers


def _other_answers(form: Form, context: Context, ended: FormState, asked: Field) -> tuple[Button, ...]:
    """What else a field that was assumed may be, as buttons that reckon with it."""
    question = asked.ask(context, Values(_dropped(form, ended.values, asked.name)))
    return tuple(
        Button(_in_words(asked, context, ended, each), form_data(ended, asked.name, each.token))
        for each in question.choices
        if each.values and any(ended.values.get(name) != value for name, value in each.values.items())
    )


def _in_words(asked: Field, context: Context, ended: FormState, choice: Choice) -> str:
    """What a choice would make of the basis: «Đã đóng 5 năm» where the button of the question says «5 năm»."""
    words = asked.fact.said(context, Values({**ended.values, **choice.values})) if asked.fact is not None else ""
    return words[:1].upper() + words[1:] or choice.label


def _question_text(
    form: Form,
    context: Context,
    state: FormState,
    html: str,
    choices: Sequence[Choice],
    wide: int,
    lead: str = "",
) -> Text:
    buttons = [Button(each.label, form_data(state, state.field, each.token)) for each in choices]
    rows = in_rows(buttons, wide)

    def steer(label: str, token: str) -> Button:
        return context.button(label, PRESS, state.name, state.run, state.field, token)

    steering = [steer("form.cancel", CANCEL)]
    if state.carried or state.assumed:
        steering.insert(0, steer("form.fix", FIX))
    if state.path:
        steering.insert(0, steer("form.back", BACK))
    if state.missed >= _MISSES:
        steering.insert(0, steer("form.from_the_start", AGAIN))
    said = f"{lead}\n\n{html}" if lead else html
    return Text(said, (*rows, tuple(steering)), numbers_answer=_numbers_answer(form, context, state, choices))


def _numbers_answer(form: Form, context: Context, state: FormState, choices: Sequence[Choice]) -> bool:
    """Whether the question may be answered by the number of one of its choices, and would mean something else by it."""
    asked, values = form.field(state.field), Values(state.values)
    read = ((each, asked.read(context, values, str(number))) for number, each in enumerate(choices, start=1))
    return any(got is not None and not (isinstance(got, Got) and got.values == each.values) for each, got in read)


def form_data(state: FormState, field_name: str, token: str = "") -> str:
    """The data of a button that names the form, its run, the field, and what is chosen."""
    return "|".join((PRESS, state.name, state.run, field_name, token))
