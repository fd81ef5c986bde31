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
from handlers.dialogue.context import Exchange, Resources, same_words
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
    answers: Callable[[Exchange], Turn | None]


# --- presses -------------------------------------------------------------------------------------


def _press_form(exchange: Exchange, parts: list[str]) -> Turn:
    name, run, field, token = parts
    return form.press(FORMS[name], exchange, run, field, token) if name in FORMS else form.outdated(exchange)


def _press_open(exchange: Exchange, parts: list[str]) -> Turn:
    name, *given = parts
    if name not in FORMS:
        return form.outdated(exchange)
    values = {"income": int(given[0])} if given and given[0].isdecimal() else {}
    return _open(exchange, FORMS[name], values)


def _open(exchange: Exchange, wanted: Form, values: form.Values | None = None) -> Turn:
    """Begin a form; the one under way is gone on with when it is the same, and left with a word when it is not."""
    state = exchange.memory.state.form
    if state is None:
        return form.begin(wanted, exchange, values)
    if state.name == wanted.name:
        return Turn(
            (form.present_question(wanted, exchange, state, exchange.say("form.go_on")),), exchange.memory.state
        )
    return form.begin(wanted, exchange, values, exchange.say("form.left"))


PRESSES: Mapping[str, tuple[int, Callable[[Exchange, list[str]], Turn]]] = {
    form.PRESS: (4, _press_form),
    "open": (0, _press_open),
    ask.ANSWER: (1, lambda exchange, parts: ask.by_button(exchange, parts[0])),
    ask.MORE: (1, lambda exchange, parts: ask.details(exchange, parts[0])),
    ask.PICK: (2, lambda exchange, parts: ask.pick(exchange, parts[0], parts[1])),
    ask.WRONG: (1, lambda exchange, parts: ask.misanswered(exchange, parts[0])),
    ask.NONE: (1, lambda exchange, parts: ask.none_of_them(exchange, parts[0])),
    ask.TOPIC: (1, lambda exchange, parts: ask.topic(exchange, parts[0])),
    menu.PRESS: (1, lambda exchange, parts: menu.choose(exchange, FORMS)),
    rating.PRESS: (2, lambda exchange, parts: rating.press(exchange, parts[0], parts[1])),
    rating.WHY: (2, lambda exchange, parts: rating.explain(exchange, parts[0], parts[1])),
    to_staff.PRESS: (2, lambda exchange, parts: citizen.press(exchange, parts[0], parts[1])),
    privacy.PRESS: (1, lambda exchange, parts: privacy.pressed(exchange, parts[0])),
    rating.RERATE: (1, lambda exchange, parts: rating.rerate(exchange, parts[0])),
    rating.SKIP: (1, lambda exchange, parts: rating.skip_comment(exchange)),
    staff_commands.EXPORT: (
        0,
        lambda exchange, parts: staff_commands.only("viewer", lambda of: staff_commands.export(of, parts))(exchange),
    ),
}
"""The first part of a button's data → how many more parts it carries (0: any number), and who takes it."""


def _pressed(exchange: Exchange) -> Turn | None:
    if exchange.message.kind != "press":
        return None
    name, *parts = exchange.message.text.split("|")
    count, take = PRESSES.get(name, (-1, None))
    if take is None or (count and count != len(parts)) or (not count and not parts):
        return form.outdated(exchange)
    return take(exchange, parts)


# --- typed ---------------------------------------------------------------------------------------

COMMANDS: Mapping[str, Callable[[Exchange], Turn]] = {
    "hoi": ask.invite,
    "tinhdong": lambda exchange: _open(exchange, contribution.FORM),
    "luonghuu": lambda exchange: _open(exchange, pension.FORM),
    "muchuu": lambda exchange: _open(exchange, goal.FORM),
    "rutmotlan": lambda exchange: _open(exchange, lump_sum.FORM),
    "tinh": lambda exchange: menu.choose(exchange, FORMS),
    "tungdong": lambda exchange: _open(exchange, former_worker.FORM),
    "thaisan": lambda exchange: _open(exchange, maternity.FORM),
    "tutuat": lambda exchange: _open(exchange, survivors.FORM),
    "trocap": lambda exchange: _open(exchange, allowance.FORM),
    "hutrixahoi": lambda exchange: _open(exchange, social_pension.FORM),
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

EVERY_COMMAND: Mapping[str, Callable[[Exchange], Turn]] = {**COMMANDS, **staff_commands.COMMANDS}

_MENU: Mapping[str, str] = {
    "menu.ask": "hoi",
    "menu.contribution": "tinhdong",
    "menu.pension": "luonghuu",
    "menu.rate": "danhgia",
    "menu.help": "trogiup",
}


def _command(exchange: Exchange) -> Turn | None:
    text = exchange.message.text.strip()
    label = next((name for name in _MENU if _means(text, exchange.label(name))), None)
    if label is not None:
        return COMMANDS[_MENU[label]](exchange)
    if text.startswith("/"):
        return EVERY_COMMAND.get(text[1:].split()[0].lower() if text[1:].split() else "", welcome.help_)(exchange)
    return COMMANDS[text.lower()](exchange) if text.lower() in COMMANDS else None


def _means(text: str, label: str) -> bool:
    """The label of a big button: sent by pressing it, or typed among words of courtesy («tính giùm tôi tiền đóng»)."""
    if same_words(text, label):
        return True
    typed, wanted = fold(text).split(), fold(label.split(" ", 1)[-1]).split()
    return len(typed) <= _COURTEOUS and set(wanted) <= set(typed) and set(typed) - set(wanted) <= _COURTESIES


def _steering_without_form(exchange: Exchange) -> Turn | None:
    """«thôi», «quay lại» when no form is under way: nothing to stop, said kindly."""
    text = exchange.message.text
    if exchange.memory.state.form is not None or not (reading.is_cancel(text) or reading.is_back(text)):
        return None
    return Turn((Text(exchange.say("form.nothing_to_stop")),), exchange.memory.state)


_COURTEOUS = 7
_COURTESIES = frozenset(
    (
        "dum gium giup toi cho minh em chau con anh chi co bac muon can xin hay voi nhe nha a da di lai tiep "
        "me bo ba chong vo lam on cai phan muc ho gui bot"
    ).split()
)
"""Words around the name of a big button that change nothing of what is wanted."""


def _again(exchange: Exchange) -> Turn | None:
    """«tính lại» typed under a result: the same form from its first question."""
    state = exchange.memory.state
    if state.form is not None or state.result is None or not reading.is_again(exchange.message.text):
        return None
    return form.begin(FORMS[state.result.name], exchange) if state.result.name in FORMS else None


def _details(exchange: Exchange) -> Turn | None:
    """«chi tiết» typed under a result or an answer: what its button gives."""
    state = exchange.memory.state
    if not reading.is_details(exchange.message.text):
        return None
    if state.entry is not None:
        return ask.details(exchange, state.entry)
    if state.form is not None:
        return None
    form_of = FORMS.get(state.result.name) if state.result is not None else None
    if state.result is None or form_of is None or "details" not in form_of.after:
        return None
    return form_of.after["details"](exchange.at(state.result.ended), state.result)


def _answers_form(exchange: Exchange) -> Turn | None:
    state = exchange.memory.state.form
    return None if state is None else form.hear(FORMS[state.name], exchange, state)


def _comment(exchange: Exchange) -> Turn | None:
    token = exchange.memory.state.comment_on
    if token is None or exchange.memory.state.form is not None:
        return None
    return rating.comment(exchange, token)


def _question(exchange: Exchange) -> Turn:
    turn = ask.text(exchange)
    state = exchange.memory.state.form
    asks = reading.is_question(exchange.message.text)
    if state is None or (asks and not ask.not_understood(turn)):
        return turn
    records = turn.records if asks else ()
    return dataclasses.replace(form.wrong_entry(FORMS[state.name], exchange, state), records=records)


TABLE: tuple[Row, ...] = (
    Row("a button", _pressed),
    Row("a start link", lambda exchange: welcome.start(exchange) if exchange.message.kind == "start" else None),
    Row("no text", lambda exchange: welcome.unreadable(exchange) if exchange.message.kind == "media" else None),
    Row(
        "a changed message",
        lambda exchange: welcome.edited(exchange) if exchange.message.kind == "edit" else None,
    ),
    Row(
        "an empty text",
        lambda exchange: None if exchange.message.text.strip() else welcome.unreadable(exchange),
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
    exchange = Exchange(message, _usable(memory), resources)
    if message.kind == "tick":
        return ticks.converse(exchange)
    if message.place != "private":
        return group.converse(exchange)
    taken = ((row, row.answers(exchange)) for row in TABLE)
    row, turn = next((row, turn) for row, turn in taken if turn is not None)
    if row.answers != citizen.hear:
        turn = _awaiting_one_message(exchange, turn)
    return _with_form_going_on(exchange, _with_rating(exchange, turn))


def _awaiting_one_message(exchange: Exchange, turn: Turn) -> Turn:
    """Only the very next message is the question for the staff: whoever goes elsewhere first asks the assistant."""
    awaited = exchange.memory.state.to_staff == "" == turn.state.to_staff
    if not awaited or exchange.message.kind == "media" or not to_staff.leads_elsewhere(exchange.message):
        return turn
    return dataclasses.replace(turn, state=dataclasses.replace(turn.state, to_staff=None))


def _usable(memory: Memory) -> Memory:
    """A form that no longer exists (an older version's) is forgotten rather than tripped over."""
    state = memory.state
    known = state.form is None or (
        state.form.name in FORMS and state.form.field in {each.name for each in FORMS[state.form.name].fields}
    )
    return memory if known else dataclasses.replace(memory, state=State())


def _with_rating(exchange: Exchange, turn: Turn) -> Turn:
    """After a finished estimate the person is asked how it was, when it is the moment."""
    done = next((record for record in turn.records if isinstance(record, Estimated)), None)
    return turn if done is None else rating.with_offer(exchange, turn, "estimate", done.calculation)


def _with_form_going_on(exchange: Exchange, turn: Turn) -> Turn:
    before, after = exchange.memory.state.form, turn.state.form
    if before is None or after != before or form.asks(turn):
        return turn
    lead = exchange.say("form.go_on")
    question = form.present_question(FORMS[before.name], exchange, before, lead)
    return dataclasses.replace(turn, replies=(*turn.replies, question))
