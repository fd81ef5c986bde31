"""Who takes a message: one ordered table for what is typed, one for what is pressed.

A form under way goes on after whatever was said in between: its present question comes again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from handlers import privacy, rating, reading, share, welcome
from handlers.answers import ask
from handlers.calculators import (
    allowance,
    contribution,
    former_worker,
    goal,
    lump_sum,
    maternity,
    menu,
    pension,
    social_pension,
    survivors,
)
from handlers.dialogue import form, to_staff
from handlers.dialogue.context import ANSWER, Context, Resources, same_words
from handlers.dialogue.form import Form
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.records import Estimated
from handlers.dialogue.state import State
from handlers.dialogue.turn import Text, Turn
from handlers.handover import citizen, group, staff_commands, ticks
from vietnamese.normalize import fold

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
    )
}

Need = Literal["campaign", "offers", "conversation", "question", "handover"]
"""What the desk reads besides the state: whether the start code is a campaign, what was offered for rating, the
conversation with the staff, the question to be handed to them, and what a new conversation needs."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the first that answers takes the message; None passes it on."""

    name: str
    answers: Callable[[Context], Turn | None]


# --- presses -------------------------------------------------------------------------------------


def _press_form(context: Context, parts: list[str]) -> Turn:
    name, run, field, token = parts
    return form.press(FORMS[name], context, run, field, token) if name in FORMS else form.outdated(context)


def _press_open(context: Context, parts: list[str]) -> Turn:
    name, *given = parts
    if name not in FORMS:
        return form.outdated(context)
    values = {"income": int(given[0])} if given and given[0].isdecimal() else {}
    return _open(context, FORMS[name], values)


def _open(context: Context, wanted: Form, values: form.Values | None = None) -> Turn:
    """Begin a form; the one under way is gone on with when it is the same, and left with a word when it is not."""
    state = context.memory.state.form
    if state is None:
        return form.begin(wanted, context, values)
    if state.name == wanted.name:
        return Turn((form.present_question(wanted, context, state, context.say("form.go_on")),), context.memory.state)
    return form.begin(wanted, context, values, context.say("form.left"))


PRESSES: Mapping[str, tuple[int, Callable[[Context, list[str]], Turn]]] = {
    form.PRESS: (4, _press_form),
    "open": (0, _press_open),
    ANSWER: (1, lambda context, parts: ask.by_button(context, parts[0])),
    ask.MORE: (1, lambda context, parts: ask.details(context, parts[0])),
    ask.PICK: (2, lambda context, parts: ask.pick(context, parts[0], parts[1])),
    ask.WRONG: (1, lambda context, parts: ask.misanswered(context, parts[0])),
    ask.NONE: (1, lambda context, parts: ask.none_of_them(context, parts[0])),
    ask.TOPIC: (1, lambda context, parts: ask.topic(context, parts[0])),
    menu.PRESS: (1, lambda context, parts: menu.choose(context, FORMS)),
    rating.PRESS: (2, lambda context, parts: rating.press(context, parts[0], parts[1])),
    rating.WHY: (2, lambda context, parts: rating.explain(context, parts[0], parts[1])),
    to_staff.PRESS: (2, lambda context, parts: citizen.press(context, parts[0], parts[1])),
    privacy.PRESS: (1, lambda context, parts: privacy.pressed(context, parts[0])),
    rating.RERATE: (1, lambda context, parts: rating.rerate(context, parts[0])),
    rating.SKIP: (1, lambda context, parts: rating.skip_comment(context)),
    staff_commands.EXPORT: (
        0,
        lambda context, parts: staff_commands.only("viewer", lambda of: staff_commands.export(of, parts))(context),
    ),
}
"""The first part of a button's data → how many more parts it carries (0: any number), and who takes it."""


def _pressed(context: Context) -> Turn | None:
    if context.message.kind != "press":
        return None
    name, *parts = context.message.text.split("|")
    count, take = PRESSES.get(name, (-1, None))
    if take is None or (count and count != len(parts)) or (not count and not parts):
        return form.outdated(context)
    return take(context, parts)


# --- typed ---------------------------------------------------------------------------------------

COMMANDS: Mapping[str, Callable[[Context], Turn]] = {
    "hoi": ask.invite,
    "tinhdong": lambda context: _open(context, contribution.FORM),
    "luonghuu": lambda context: _open(context, pension.FORM),
    "muchuu": lambda context: _open(context, goal.FORM),
    "rutmotlan": lambda context: _open(context, lump_sum.FORM),
    "tinh": lambda context: menu.choose(context, FORMS),
    "tungdong": lambda context: _open(context, former_worker.FORM),
    "thaisan": lambda context: _open(context, maternity.FORM),
    "tutuat": lambda context: _open(context, survivors.FORM),
    "trocap": lambda context: _open(context, allowance.FORM),
    "hutrixahoi": lambda context: _open(context, social_pension.FORM),
    to_staff.COMMAND: citizen.come,
    "danhgia": rating.come_to_rate,
    "chiase": share.share,
    "id": staff_commands.own_id,
    "quyenriengtu": privacy.told,
    "xoadulieu": privacy.asked,
    "huy": form.cancelled,
    "trogiup": welcome.help_,
    "help": welcome.help_,
}
"""Commands by name; those with a description in the texts («commands.…») are shown in the menu of the channel."""

EVERY_COMMAND: Mapping[str, Callable[[Context], Turn]] = {**COMMANDS, **staff_commands.COMMANDS}

_MENU: Mapping[str, str] = {
    "menu.ask": "hoi",
    "menu.contribution": "tinhdong",
    "menu.pension": "luonghuu",
    "menu.rate": "danhgia",
    "menu.help": "trogiup",
}


def _command(context: Context) -> Turn | None:
    text = context.message.text.strip()
    label = next((name for name in _MENU if _means(text, context.label(name))), None)
    if label is not None:
        return COMMANDS[_MENU[label]](context)
    if text.startswith("/"):
        return EVERY_COMMAND.get(text[1:].split()[0].lower() if text[1:].split() else "", welcome.help_)(context)
    return COMMANDS[text.lower()](context) if text.lower() in COMMANDS else None


def _means(text: str, label: str) -> bool:
    """The label of a big button: sent by pressing it, or typed among words of courtesy («tính giùm tôi tiền đóng»)."""
    if same_words(text, label):
        return True
    typed, wanted = fold(text).split(), fold(label.split(" ", 1)[-1]).split()
    return len(typed) <= _COURTEOUS and set(wanted) <= set(typed) and set(typed) - set(wanted) <= _COURTESIES


def _steering_without_form(context: Context) -> Turn | None:
    """«thôi», «quay lại» when no form is under way: nothing to stop, said kindly."""
    text = context.message.text
    if context.memory.state.form is not None or not (reading.is_cancel(text) or reading.is_back(text)):
        return None
    return Turn((Text(context.say("form.nothing_to_stop")),), context.memory.state)


_COURTEOUS = 7
_COURTESIES = frozenset(
    (
        "dum gium giup toi cho minh em chau con anh chi co bac muon can xin hay voi nhe nha a da di lai tiep "
        "me bo ba chong vo lam on cai phan muc ho gui bot"
    ).split()
)
"""Words around the name of a big button that change nothing of what is wanted."""


def _again(context: Context) -> Turn | None:
    """«tính lại» typed under a result: the same form from its first question."""
    state = context.memory.state
    if state.form is not None or state.result is None or not reading.is_again(context.message.text):
        return None
    return form.begin(FORMS[state.result.name], context) if state.result.name in FORMS else None


def _details(context: Context) -> Turn | None:
    """«chi tiết» typed under a result or an answer: what its button gives."""
    state = context.memory.state
    if not reading.is_details(context.message.text):
        return None
    if state.entry is not None:
        return ask.details(context, state.entry)
    if state.form is not None:
        return None
    form_of = FORMS.get(state.result.name) if state.result is not None else None
    if state.result is None or form_of is None or "details" not in form_of.after:
        return None
    return form_of.after["details"](context.at(state.result.ended), state.result)


def _answers_form(context: Context) -> Turn | None:
    state = context.memory.state.form
    return None if state is None else form.hear(FORMS[state.name], context, state)


def _comment(context: Context) -> Turn | None:
    token = context.memory.state.comment_on
    if token is None or context.memory.state.form is not None:
        return None
    return rating.comment(context, token)


def _question(context: Context) -> Turn:
    turn = ask.text(context)
    state = context.memory.state.form
    asks = reading.is_question(context.message.text)
    if state is None or (asks and not ask.not_understood(turn)):
        return turn
    records = turn.records if asks else ()
    return dataclasses.replace(form.wrong_entry(FORMS[state.name], context, state), records=records)


TABLE: tuple[Row, ...] = (
    Row("a button", _pressed),
    Row("a start link", lambda context: welcome.start(context) if context.message.kind == "start" else None),
    Row("no text", lambda context: welcome.unreadable(context) if context.message.kind == "media" else None),
    Row(
        "a changed message",
        lambda context: welcome.edited(context) if context.message.kind == "edit" else None,
    ),
    Row(
        "an empty text",
        lambda context: None if context.message.text.strip() else welcome.unreadable(context),
    ),
    Row("a command or a big button", _command),
    Row("the wish for a person", citizen.wished),
    Row("an answer to the form", _answers_form),
    Row("a text for the staff", citizen.hear),
    Row("a level in words", rating.typed),
    Row("a comment under a rating", _comment),
    Row("stop or back", _steering_without_form),
    Row("once more", _again),
    Row("what is behind it", _details),
    Row("a question", _question),
)


def needs(message: Message) -> frozenset[Need]:
    """What else the desk must read for a message of this kind."""
    if message.place != "private" or message.kind == "tick":
        return frozenset({"conversation"})
    if message.kind == "start":
        return frozenset({"campaign"})
    if message.kind not in ("text", "press"):
        return frozenset()
    wanted: set[Need] = {"offers", "conversation"}
    if to_staff.asks_for_staff(message):
        wanted.add("question")
    if to_staff.may_hand_over(message):
        wanted.add("handover")
    return frozenset(wanted)


def converse(message: Message, memory: Memory, resources: Resources) -> Turn:
    """One message, one turn."""
    context = Context(message, _usable(memory), resources)
    if message.kind == "tick":
        return ticks.converse(context)
    if message.place != "private":
        return group.converse(context)
    taken = ((row, row.answers(context)) for row in TABLE)
    row, turn = next((row, turn) for row, turn in taken if turn is not None)
    if row.answers != citizen.hear:
        turn = _awaiting_one_message(context, turn)
    return _with_form_going_on(context, _with_rating(context, turn))


def _awaiting_one_message(context: Context, turn: Turn) -> Turn:
    """Only the very next message is the question for the staff: whoever goes elsewhere first asks the assistant."""
    awaited = context.memory.state.to_staff == "" == turn.state.to_staff
    if not awaited or context.message.kind == "media" or not to_staff.leads_elsewhere(context.message):
        return turn
    return dataclasses.replace(turn, state=dataclasses.replace(turn.state, to_staff=None))


def _usable(memory: Memory) -> Memory:
    """A form that no longer exists (an older version's) is forgotten rather than tripped over."""
    state = memory.state
    known = state.form is None or (
        state.form.name in FORMS and state.form.field in {each.name for each in FORMS[state.form.name].fields}
    )
    return memory if known else dataclasses.replace(memory, state=State())


def _with_rating(context: Context, turn: Turn) -> Turn:
    """After a finished estimate the person is asked how it was, when it is the moment."""
    done = next((record for record in turn.records if isinstance(record, Estimated)), None)
    return turn if done is None else rating.with_offer(context, turn, "estimate", done.calculation)


def _with_form_going_on(context: Context, turn: Turn) -> Turn:
    before, after = context.memory.state.form, turn.state.form
    if before is None or after != before or form.asks(turn):
        return turn
    lead = context.say("form.go_on")
    question = form.present_question(FORMS[before.name], context, before, lead)
    return dataclasses.replace(turn, replies=(*turn.replies, question))
