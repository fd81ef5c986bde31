"""A form is a list of fields: ask, read, say back, go back, cancel, resume.

A form keeps nothing of its own: what was said so far is a `FormState` in the person's state, so that it
survives a restart, and each button names the form, its run and its field, so that an old one is known as such.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.dialogue.context import Context, in_rows, same_words
from handlers.dialogue.records import Record
from handlers.dialogue.state import FormState, State
from handlers.dialogue.turn import Button, Reply, Text, Turn
from handlers.dialogue.values import Given, Values
from handlers.reading import Facts, is_again, is_back, is_cancel

PRESS, OPEN = "f", "open"
BACK, CANCEL, AGAIN = "back", "cancel", "again"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a field: what it carries, its words, and the values it stands for."""

    token: str
    label: str
    values: Given
    say_back: str = ""
    """What is said once, when it is chosen."""
    returns_to: str = ""
    """The earlier field it goes back to, where it gives no values: what was said from there on is forgotten."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a field asks: HTML, and the answers offered as buttons, `wide` to a row."""

    html: str
    choices: Sequence[Choice] = ()
    wide: int = 2


@dataclass(frozen=True, slots=True)
class Got:
    """A typed answer was understood: the values it gives, and what is said back before the next question.

    `returns_to` as of a `Choice`.
    """

    values: Given
    say_back: str = ""
    returns_to: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A typed answer was an attempt, but can't be right: what to say, with an example, and other buttons to offer."""

    html: str
    choices: Sequence[Choice] = ()


Reading = Got | Wrong | None
"""None: the text is no answer to the field at all; it may be a question."""


Wanted = Callable[[Context, Values], bool]


def always(context: Context, values: Values) -> bool:
    """Of a field that is asked whatever was said."""
    return True


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks."""

    name: str
    ask: Callable[[Context, Values], Question]
    read: Callable[[Context, Values, str], Reading]
    example: str
    """The text that says what to type, with an example."""
    wanted: Wanted = always


@dataclass(frozen=True, slots=True)
class Finished:
    """How a form ends: what is said, what is recorded, and the subject that may be rated."""

    replies: tuple[Reply, ...]
    records: tuple[Record, ...] = ()


def by_nothing(stated: Facts) -> Given | None:
    """Of a form that no question opens by the facts it states."""
    return None


@dataclass(frozen=True, slots=True)
class Form:
    """A list of fields and its ending. `after` answers the buttons under the result, by their action.

    `name` is also that of its texts file, which says what stands on its buttons («menu», «opens»), beside its
    command («command») and in reports («topic»).
    """

    name: str
    command: str
    fields: tuple[Field, ...]
    finish: Callable[[Context, FormState], Finished]
    after: Mapping[str, Callable[[Context, FormState], Turn]] = field(default_factory=dict)
    filled_by: Callable[[Facts], Given | None] = by_nothing
    """The values that the facts of a question fill; None where they are too few to open the form."""
    formerly: tuple[str, ...] = ()
    """Names it once had: buttons sent then still carry them."""
    offers: Mapping[str, str] = field(default_factory=dict)
    """What may stand under its result: an action of `after` → the text on its button."""

    def field(self, name: str) -> Field:
        return next(each for each in self.fields if each.name == name)

    def next_field(self, context: Context, values: Values) -> Field | None:
        """The first wanted field that has no value yet."""
        return next((each for each in self.fields if each.name not in values and each.wanted(context, values)), None)


def begin(form: Form, context: Context, values: Given | None = None, lead: str = "") -> Turn:
    """Open a run of the form, with what is known already filled in."""
    begun = context.message.at.isoformat()
    state = FormState(form.name, context.message.delivery, "", dict(values or {}), begun=begun)
    return _go_on(form, context, state, lead)


def present_question(form: Form, context: Context, state: FormState, lead: str = "") -> Text:
    """The question the form stands at, said (again)."""
    asked = form.field(state.field)
    question = asked.ask(context, Values(state.values))
    return _question_text(context, state, question.html, question.choices, question.wide, lead)


def hear(form: Form, context: Context, state: FormState) -> Turn | None:
    """A typed text while the form is under way; None when it is no answer to it."""
    text = context.message.text
    if is_cancel(text):
        return cancelled(context)
    if is_back(text):
        return back(form, context, state)
    if is_again(text):
        return begin(form, context)
    named = next((each for each in _offered(form, context, state) if same_words(text, each.label)), None)
    if named is not None:
        return _chosen(form, context, state, named, named.say_back)
    asked = form.field(state.field)
    reading = asked.read(context, Values(state.values), text)
    if reading is None:
        return None
    if isinstance(reading, Wrong):
        question = asked.ask(context, Values(state.values))
        choices = reading.choices or question.choices
        if reading.choices:
            state = dataclasses.replace(state, values={**state.values, _typed(state.field): text})
        reply = _question_text(context, state, reading.html, choices, question.wide)
        return Turn((reply,), dataclasses.replace(context.memory.state, form=state))
    if reading.returns_to:
        return _returned(form, context, state, reading.returns_to, reading.say_back)
    return _answered(form, context, state, reading.values, reading.say_back)


def wrong_entry(form: Form, context: Context, state: FormState) -> Turn:
    """The text was neither an answer nor a question: what to type, with an example; nothing is lost."""
    asked = form.field(state.field)
    question = asked.ask(context, Values(state.values))
    html = context.say("form.not_read", example=context.label(asked.example))
    reply = _question_text(context, state, html, question.choices, question.wide)
    return Turn((reply,), dataclasses.replace(context.memory.state, form=state))


def press(form: Form, context: Context, run: str, field_name: str, token: str) -> Turn:
    """A button of this form, of whatever run and field."""
    memory = context.memory.state
    state = memory.form
    if state is not None and state.name == form.name and state.run == run and field_name == state.field:
        if token == CANCEL:
            return cancelled(context)
        if token == BACK:
            return back(form, context, state)
        chosen = next((each for each in _offered(form, context, state) if each.token == token), None)
        if chosen is not None:
            said = context.say("form.chosen", label=chosen.label, more=chosen.say_back)
            return _chosen(form, context, state, chosen, said)
        return outdated(context)
    result = memory.result
    if result is not None and result.name == form.name and result.run == run:
        if field_name == AGAIN and memory.form is None:
            return begin(form, context)
        if field_name in form.after:
            return form.after[field_name](context.at(result.ended), result)
    return outdated(context)


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
    return Turn((Text(context.say("form.cancelled")),), dataclasses.replace(context.memory.state, form=None))


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
    earlier = dataclasses.replace(state, field=field_name, values=kept, path=path)
    reply = present_question(form, context, earlier, lead)
    return Turn((reply,), dataclasses.replace(context.memory.state, form=earlier))


def _belongs_before(name: str, field_name: str, order: tuple[str, ...]) -> bool:
    """Whether a value was given before a field; a value named «field.part» belongs to its field."""
    return order.index(name.split(".")[0]) < order.index(field_name)


def _answered(form: Form, context: Context, state: FormState, values: Given, say_back: str) -> Turn:
    path = (*state.path, state.field) if state.field in values else state.path
    known = {name: value for name, value in {**state.values, **values}.items() if name != _typed(state.field)}
    moved = dataclasses.replace(state, values=known, path=path)
    return _go_on(form, context, moved, say_back)


def _go_on(form: Form, context: Context, state: FormState, lead: str) -> Turn:
    asked = form.next_field(context, Values(state.values))
    memory = context.memory.state
    if asked is not None:
        moved = dataclasses.replace(state, field=asked.name)
        reply = present_question(form, context, moved, lead)
        return Turn((reply,), dataclasses.replace(memory, form=moved, comment_on=None))
    ended = dataclasses.replace(state, field="", ended=context.message.at.isoformat())
    finished = form.finish(context, ended)
    replies = (Text(lead), *finished.replies) if lead else finished.replies
    return Turn(replies, State(form=None, result=ended), finished.records)


def _question_text(
    context: Context, state: FormState, html: str, choices: Sequence[Choice], wide: int, lead: str = ""
) -> Text:
    buttons = [Button(each.label, form_data(state, state.field, each.token)) for each in choices]
    rows = in_rows(buttons, wide)
    steering = [context.button("form.cancel", PRESS, state.name, state.run, state.field, CANCEL)]
    if state.path:
        steering.insert(0, context.button("form.back", PRESS, state.name, state.run, state.field, BACK))
    return Text(f"{lead}\n\n{html}" if lead else html, (*rows, tuple(steering)))


def form_data(state: FormState, field_name: str, token: str = "") -> str:
    """The data of a button that names the form, its run, the field, and what is chosen."""
    return "|".join((PRESS, state.name, state.run, field_name, token))
