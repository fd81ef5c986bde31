"""Who takes a message: one ordered table for what is typed, one for what is pressed.

A form under way goes on after whatever was said in between: its present question comes again.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers import privacy, rating, reading, share, welcome
from handlers.answers import ask, aspects, followed, of_several, passed_on
from handlers.answers.said import MORE, WRONG, answerable
from handlers.calculators import menu
from handlers.calculators.menu import FORMS
from handlers.calculators.result import AGAIN, OTHER_CALCULATIONS, OTHERS, PAPERS, other_calculations
from handlers.dialogue import filling, labels, passing_on, person, to_staff, whose_word
from handlers.dialogue.context import ANSWER, Context, Resources, in_rows, press_data, same_words
from handlers.dialogue.form import Form
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message, MessageKind
from handlers.dialogue.records import Asked, Estimated
from handlers.dialogue.reminder import Reminder
from handlers.dialogue.state import FieldValue, State
from handlers.dialogue.texts import OneOf, Texts
from handlers.dialogue.topics import TOPIC_NAMES
from handlers.dialogue.turn import Button, Text, Turn
from handlers.dialogue.values import Given
from handlers.handover import announced, appointing, citizen, group, on_page, staff_commands, ticks
from handlers.reminders import announcements, book, buttons, routes
from law.paying.support import GROUPS
from vietnamese.encodings import repaired
from vietnamese.l_and_n import with_l_and_n
from vietnamese.normalize import fold

Need = Literal[
    "campaign",
    "offers",
    "conversation",
    "question",
    "handover",
    "appointment",
    "reminders",
    "share_code",
    "announcements",
]
"""What the desk reads besides the state: the campaign of the start code, what was offered for rating, the
conversation with the staff, the question to be handed to them, what a new conversation needs, whether somebody can
be added to the staff, what the person is reminded of and sent, the code of the links that they pass on, and how far
announcements are."""
EVERY_FORM: Mapping[str, Form] = {**FORMS, **routes.FORMS}
"""By name: the calculations, and the forms that calculate nothing."""


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the table: the first that answers takes the message; None passes it on."""

    name: str
    answers: Callable[[Context], Turn | None]


# --- presses -------------------------------------------------------------------------------------


def _press_form(context: Context, parts: Sequence[str]) -> Turn:
    match parts:
        case [name, run, field, token] if (of := _form(name)) is not None:
            return filling.press(of, context, run, field, token)
    return filling.outdated(context)


def _form(name: str) -> Form | None:
    return routes.FORMS.get(name) or menu.find(name)


def _press_open(context: Context, parts: Sequence[str]) -> Turn:
    name, *given = parts
    wanted = menu.find(name)
    if wanted is None:
        return filling.outdated(context)
    values: dict[str, FieldValue] = {}
    if given and given[0].isdecimal() and len(given[0]) <= _DIGITS:
        values["income"] = int(given[0])
    if given[1:] and given[1] in GROUPS:
        values["group"] = given[1]
    return _open(context, wanted, values)


_DIGITS = 12
"""Of an amount in the data of a button; with more it is none of ours."""


def _open(context: Context, wanted: Form, values: Given | None = None) -> Turn:
    """Begin a form; the one under way is gone on with when it is the same, and left with a word when it is not."""
    state = context.memory.state.form
    if "died" not in wanted.asks_for:
        context = person.living(context)
    if state is None:
        return filling.begin(
            wanted, context, values, context.say("form.opened", title=context.label(menu.MENU[wanted.name]))
        )
    if state.name == wanted.name:
        question = filling.present_question(wanted, context, state, context.say("form.go_on"))
        return Turn((question,), context.memory.state)
    return filling.begin(wanted, context, values, context.say("form.left"))


ONE_PART: Mapping[str, Callable[[Context, str], Turn]] = {
    ANSWER: ask.by_button,
    MORE: ask.details,
    WRONG: ask.misanswered,
    ask.NONE: ask.none_of_them,
    ask.TOPIC: ask.topic,
    OTHERS: menu.pressed,
    menu.ANEW: menu.pressed_anew,
    privacy.PRESS: privacy.pressed,
    rating.RERATE: rating.rerate,
    rating.SKIP: rating.skip_comment,
}
TWO_PARTS: Mapping[str, Callable[[Context, str, str], Turn]] = {
    ask.PICK: ask.pick,
    rating.PRESS: rating.press,
    rating.WHY: rating.explain,
    to_staff.PRESS: citizen.press,
}
SEVERAL_PARTS: Mapping[str, Callable[[Context, Sequence[str]], Turn]] = {
    filling.PRESS: _press_form,
    filling.OPEN: _press_open,
    staff_commands.EXPORT: staff_commands.export,
    passing_on.SEND: passed_on.pressed,
    buttons.PRESS: routes.pressed,
    announcements.PRESS: announcements.pressed,
    announced.PRESS: staff_commands.announcement,
}
"""The first part of a button's data → who takes the parts after it."""


def _pressed(context: Context) -> Turn | None:
    if context.message.kind != "press":
        return None
    name, *parts = context.message.text.split("|")
    match parts:
        case [part] if name in ONE_PART:
            return ONE_PART[name](context, part)
        case [first, second] if name in TWO_PARTS:
            return TWO_PARTS[name](context, first, second)
        case [_, *_] if name in SEVERAL_PARTS:
            return SEVERAL_PARTS[name](context, parts)
    return filling.outdated(context)


# --- typed ---------------------------------------------------------------------------------------


def _opens(wanted: Form) -> Callable[[Context], Turn]:
    return lambda context: _open(context, wanted)


COMMANDS: Mapping[str, Callable[[Context], Turn]] = {
    "hoi": ask.invite,
    **{each.command: _opens(each) for each in FORMS.values()},
    "tinh": menu.choose,
    to_staff.COMMAND: citizen.come,
    "nhac": routes.listed,
    "so": book.shown,
    "danhgia": rating.come_to_rate,
    "chiase": share.share,
    "id": welcome.own_id,
    "quyenriengtu": privacy.told,
    "xoadulieu": privacy.asked,
    "huy": filling.cancelled,
    "trogiup": welcome.help_,
    "help": welcome.help_,
}
"""What anyone may type, by name."""

EVERY_COMMAND: Mapping[str, Callable[[Context], Turn]] = {**COMMANDS, **staff_commands.COMMANDS}

_HIDDEN = ("id", "help")
_OF_FORMS = {each.command: menu.COMMAND[each.name] for each in FORMS.values()}
_OTHERS = OneOf("commands.{}", [each for each in COMMANDS if each not in (*_OF_FORMS, *_HIDDEN)])
DESCRIPTIONS: Mapping[str, str] = {
    each: _OF_FORMS[each] if each in _OF_FORMS else _OTHERS[each] for each in COMMANDS if each not in _HIDDEN
}
"""The commands shown in the menu of the channel, in order → the text that describes each."""

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
    return filling.anew(FORMS[state.result.name], context) if state.result.name in FORMS else None


def _resumed(context: Context) -> Turn | None:
    """«tính tiếp cái hồi nãy»: the form that was left, with all that was told."""
    state = context.memory.state
    left = None if state.left is None else _form(state.left)
    if state.form is not None or left is None or not reading.is_resume(context.message.text):
        return None
    return filling.begin(left, context, lead=context.say("form.go_on"))


def _somebody_else(context: Context) -> Turn | None:
    """«tính cho người khác»: what was told is forgotten, and the calculations are offered."""
    if not reading.is_for_somebody_else(context.message.text):
        return None
    return menu.begin_anew(context)


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


# --- a button's name, typed ----------------------------------------------------------------------

_ALSO = OneOf(
    "commands.also_{}",
    (
        "hoi",
        "tinh",
        "tinhdong",
        "luonghuu",
        "nhac",
        "so",
        "danhgia",
        "chiase",
        "huy",
        "quyenriengtu",
        "xoadulieu",
        "trogiup",
    ),
)
_ON_FORMS = [
    (each.command, names[each.name]) for each in FORMS.values() for names in (menu.MENU, menu.OPENS, menu.TOPIC)
]
_COMMAND_NAMED = (
    *((TOPIC_NAMES[each], press_data(ask.TOPIC, each)) for each in TOPIC_NAMES),
    *((name, f"/{command}") for command, name in (*DESCRIPTIONS.items(), *_ON_FORMS)),
    *((name, f"/{command}") for name, command in _MENU.items()),
    ("privacy.delete", "/xoadulieu"),
    (OTHER_CALCULATIONS.label, "/tinh"),
)
"""The text of a name, and the command or the data of the button it stands for; of two alike the first counts."""

_UNDER_RESULTS = tuple(
    dict.fromkeys(
        [AGAIN.label, PAPERS, "form.fix", *(name for each in FORMS.values() for name in each.offers.values())]
    )
)
_PICTURES = tuple(each for each in _UNDER_RESULTS if each.startswith("drawings."))
_ANY_PICTURE = "drawings.any"
_FEW = 3
"""So many calculations are offered by name where one of them must come first."""


_CALCULATED = {
    press_data(ask.TOPIC, "pension"): "pension",
    press_data(ask.TOPIC, "paying"): "contribution",
    "/luonghuu": "pension",
    "/tinhdong": "contribution",
}
"""By a topic or a command, the form that reckons what it is named after."""


@functools.lru_cache(maxsize=2)
def _commands_named(texts: Texts) -> labels.Names:
    return labels.Names(texts, _COMMAND_NAMED, [(_ALSO[each], f"/{each}") for each in _ALSO])


@functools.lru_cache(maxsize=2)
def _results_named(texts: Texts) -> labels.Names:
    return labels.Names(texts, [(each, each) for each in _UNDER_RESULTS], [("drawings.also", _ANY_PICTURE)])


def _button_on_screen(context: Context) -> Turn | None:
    """The label of a button of the last turns, typed: what its press brings."""
    data = labels.on_screen(context)
    return None if data is None else _pressed(_as(context, "press", data))


def _named(context: Context) -> Turn | None:
    """The name of a command, a calculation or a topic, typed when no button of that name is on the screen."""
    names, text = _commands_named(context.texts), context.message.text
    meant = names.meant(text) or names.meant(reading.without_courtesy(text))
    shortly = reading.asked_shortly(text) if meant is None else None
    form = _CALCULATED.get((names.meant(shortly) or "") if shortly else meant or "")
    known = person.known(context.memory.state)
    if form is not None and shortly is not None and known.birth is not None:  # «thế lương hưu thì sao»
        return filling.begin(FORMS[form], context, at_once=True)
    if form is not None and shortly is None and context.memory.state.form is not None:
        return _open(context, FORMS[form])
    if meant is None or (meant.startswith(ask.TOPIC) and reading.asks_in_words(text)):  # «rút một lần được không»
        return None
    return _command(_as(context, "text", meant)) if meant.startswith("/") else _pressed(_as(context, "press", meant))


def _named_under_result(context: Context) -> Turn | None:
    """The name of a button under results: that of the last result, else what is to be calculated first."""
    name = _results_named(context.texts).meant(context.message.text)
    if name is None and reading.is_again(context.message.text):
        name = AGAIN.label
    if name is None:
        return None
    wanted = {context.label(each) for each in (_PICTURES if name == _ANY_PICTURE else (name,))}
    button = next((each for each in _under_last_result(context) if each.label in wanted), None)
    if button is not None:
        return _pressed(_as(context, "press", button.data))
    if context.memory.state.form is not None:
        return None
    if name == PAPERS and context.memory.state.entry is not None:
        return ask.details(context, context.memory.state.entry)
    forms = [each for each in FORMS if not wanted.isdisjoint(map(context.label, FORMS[each].offers.values()))]
    opens = [context.button(menu.OPENS[each], filling.OPEN, each) for each in forms] if len(forms) <= _FEW else []
    rows = in_rows(opens or [other_calculations(context)], 1)
    return Turn((Text(context.say("calculators.first", label=context.label(name)), rows),), context.memory.state)


def _under_last_result(context: Context) -> Iterator[Button]:
    ended = context.memory.state.result
    if ended is not None and ended.name in FORMS:
        said = FORMS[ended.name].finish(context.at(ended.ended), ended).replies
        yield from (button for text in said if isinstance(text, Text) for row in text.buttons for button in row)


def _as(context: Context, kind: MessageKind, text: str) -> Context:
    return dataclasses.replace(context, message=dataclasses.replace(context.message, kind=kind, text=text))


def _started(context: Context) -> Turn | None:
    """The welcome, and below it what the link of a campaign opens, where there still is such a thing."""
    if context.message.kind != "start":
        return None
    turn, link = welcome.start(context), welcome.followed(context)
    opened = None if link is None else _opened_by_link(context, link.opens)
    if opened is None:
        return turn
    return dataclasses.replace(opened, replies=(*turn.replies, *opened.replies), records=turn.records)


def _opened_by_link(context: Context, name: str) -> Turn | None:
    form = menu.find(name.removeprefix(menu.CALCULATION)) if name.startswith(menu.CALCULATION) else None
    if form is not None:
        return _open(context, form)
    return ask.unasked(context, name) if answerable(context, name) else None


def _answers_form(context: Context) -> Turn | None:
    state = context.memory.state.form
    return None if state is None else filling.hear(EVERY_FORM[state.name], context, state)


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
    missed = filling.wrong_entry(EVERY_FORM[state.name], context.with_state(turn.state), state)
    return dataclasses.replace(missed, records=records)


TABLE: tuple[Route, ...] = (
    Route("a button", _pressed),
    Route("a start link", _started),
    Route("no text", lambda context: welcome.unreadable(context) if context.message.kind == "media" else None),
    Route(
        "a changed message",
        lambda context: welcome.edited(context) if context.message.kind == "edit" else None,
    ),
    Route(
        "a message that is withheld",
        lambda context: welcome.withheld(context) if context.message.kind == "withheld" else None,
    ),
    Route(
        "an empty text",
        lambda context: None if context.message.text.strip() else welcome.unreadable(context),
    ),
    Route("a button on the screen", _button_on_screen),
    Route("a command or a big button", _command),
    Route("the wish for a person", citizen.wished),
    Route("the wish to be reminded", routes.wished),
    Route("the wish for announcements", announcements.wished),
    Route("somebody else", _somebody_else),
    Route("what was left", _resumed),
    Route("an answer to the form", _answers_form),
    Route("what became of a reminder", routes.answered),
    Route("a text for the staff", citizen.hear),
    Route("the name of a command", _named),
    Route("a level in words", rating.typed),
    Route("a comment under a rating", _comment),
    Route("stop or back", _steering_without_form),
    Route("once more", _again),
    Route("what is behind it", _details),
    Route("what stands under a result", _named_under_result),
    Route("questions of several people", of_several.taken),
    Route("what hangs on the last answer", followed.taken),
    Route("a question", _question),
)


def needs(message: Message, state: State) -> frozenset[Need]:
    """What else the desk must read for a message of this kind, as the talk stands."""
    if message.place == "group" and welcome.code(message):
        return frozenset({"campaign"})
    if message.place != "private" or message.kind == "tick":
        return frozenset({"conversation", "announcements"} if announced.is_asked(message) else {"conversation"})
    if message.kind == "start":
        return frozenset({"campaign"})
    if message.kind not in ("text", "press"):
        return frozenset()
    wanted: set[Need] = {"offers", "conversation"}
    of_form = state.form is not None and state.form.name in routes.FORMS
    if buttons.is_of_reminders(message) or of_form or announcements.may_speak_of_it(message, state):
        wanted.add("reminders")
    if to_staff.asks_for_staff(message):
        wanted.add("question")
    if to_staff.may_hand_over(message):
        wanted.add("handover")
    if appointing.asks_to_appoint(message):
        wanted.add("appointment")
    if announced.is_asked(message):
        wanted.add("announcements")
    if passing_on.is_wanted(message):
        wanted.add("share_code")
    return frozenset(wanted)


def converse(message: Message, memory: Memory, resources: Resources) -> Turn:
    """One message, one turn: the seam of every channel, and of every test that needs none.

    >>> from handlers.dialogue.message import Message, MessageKind
    >>> turn = converse(Message("text", "delivery 1", at, "đóng mấy năm thì có lương hưu"), Memory(), resources)
    >>> [type(record).__name__ for record in turn.records]
    ['Asked']
    >>> turn.state.entry
    'pension_min_years'
    """
    if message.kind == "text" and message.place == "private":
        message = dataclasses.replace(message, text=with_l_and_n(repaired(message.text)))
    context = Context(message, _usable(memory), resources)
    if message.kind == "tick":
        held = memory.due
        return ticks.converse(context) if held is None else _reminded(context, held)
    if message.kind == "posted":
        return passed_on.posted(context)
    if message.place == "page":
        return on_page.converse(context)
    if message.place != "private":
        return group.converse(context)
    taken = ((row, row.answers(context)) for row in TABLE)
    row, turn = next((row, turn) for row, turn in taken if turn is not None)
    if row.answers != citizen.hear:
        turn = _awaiting_one_message(context, turn)
    turn = whose_word.said_of(context, _with_form_going_on(context, _with_rating(context, turn)))
    turn = welcome.only_the_words(context, turn)
    return labels.remembered(_with_what_it_is_about(context, turn, row), memory.state)


def _reminded(context: Context, held: Reminder) -> Turn:
    """A reminder at its time: what is said to the person, with buttons that may be typed."""
    return labels.remembered(whose_word.said_of(context, routes.due(context, held)), context.memory.state)


def _with_what_it_is_about(context: Context, turn: Turn, row: Route) -> Turn:
    """What was asked of the thing the talk is about, and of whom: «thế 12 tháng» after a deadline asks for one."""
    aspect = reading.asked_aspect(context.message.text) if context.message.kind == "text" else None
    if aspect is None and row.answers == followed.taken:
        aspect = context.memory.state.aspect
    so_long = turn.state.so_long if turn.state.entry == FORMS["pension"].entry else None
    after = dataclasses.replace(turn.state, aspect=aspect, so_long=so_long)
    state = person.talked_of(after, aspects.topic(turn.state))
    return dataclasses.replace(turn, state=state)


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
        state.form.name in EVERY_FORM and state.form.field in {each.name for each in EVERY_FORM[state.form.name].fields}
    )
    return memory if known else dataclasses.replace(memory, state=State())


def _with_rating(context: Context, turn: Turn) -> Turn:
    """After a finished estimate the person is asked how it was, when it is the moment."""
    done = next((record for record in turn.records if isinstance(record, Estimated)), None)
    return turn if done is None else rating.with_offer(context, turn, "estimate", done.calculation)


def _with_form_going_on(context: Context, turn: Turn) -> Turn:
    """The form that was under way put its question again; one that a question opened ends with the next question."""
    before, after = context.memory.state.form, turn.state.form
    if before is None or after != before or filling.asks(turn):
        return turn
    if before.at_once and not before.path and any(isinstance(record, Asked) for record in turn.records):
        return dataclasses.replace(turn, state=dataclasses.replace(turn.state, form=None))
    lead = context.say("form.go_on")
    question = filling.present_question(EVERY_FORM[before.name], context, before, lead)
    return dataclasses.replace(turn, replies=(*turn.replies, question))
