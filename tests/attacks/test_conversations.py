"""Whole conversations drawn at random: nothing anybody types, presses or sends breaks one or stops it."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import itertools
from collections.abc import Callable, Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels import markup
from bot.storage import outbox, states
from bot.testing.telegram_rules import plain_text
from handlers import router
from handlers.calculators.menu import FORMS
from handlers.dialogue.context import Resources
from handlers.dialogue.memory import KnownConversation, Memory
from handlers.dialogue.message import Message, MessageKind, Place
from handlers.dialogue.office_hours import Hours
from handlers.dialogue.state import State
from handlers.dialogue.turn import Relay, Text, Turn
from tests.conftest import TODAY
from tests.typed import LONGEST_TEXT, REPEATED, THOROUGH, phrases_read, questions, quick, texts, tries

PRESSED = (*router.ONE_PART, *router.TWO_PARTS, *router.SEVERAL_PARTS)
FIELDS = sorted({field.name for form in FORMS.values() for field in form.fields})
COMMANDS = sorted(router.EVERY_COMMAND)
NEXT = "a button of the last reply"
"""Stands for a press of one that is on the screen then."""

_parts = st.one_of(
    st.sampled_from([*FORMS, *FIELDS]),
    st.sampled_from(
        ("0", "1", "5", "-1", "999999999999999999999", "9" * 5000, "٣", "²", "back", "cancel", "person", "")
    ),
    st.text(max_size=8),
)
_data = st.one_of(
    st.builds(lambda name, parts: "|".join((name, *parts)), st.sampled_from(PRESSED), st.lists(_parts, max_size=5)),
    texts(),
)
_typed = st.one_of(texts(), st.sampled_from(COMMANDS).map("/{}".format), st.sampled_from(COMMANDS), st.just(NEXT))
_does: st.SearchStrategy[tuple[MessageKind, str]] = st.one_of(
    st.tuples(st.just("text"), _typed),
    st.tuples(st.just("press"), _data | st.just(NEXT) | st.just(NEXT)),
    st.tuples(st.sampled_from(("start", "edit", "media")), texts()),
)
_conversation = st.none() | st.builds(
    KnownConversation,
    id=st.integers(1, 10**9),
    open=st.booleans(),
    with_staff=st.booleans(),
    last_at=st.just(TODAY),
    answered=st.booleans(),
    in_form=st.booleans(),
    asked_to_rate_at=st.none() | st.just(TODAY),
)
_beside = st.fixed_dictionaries(
    {
        "campaign": st.sampled_from(("none", "known", "unknown", "malformed", "shared")),
        "role": st.sampled_from((None, "viewer", "editor", "admin")),
        "conversation": _conversation,
        "next_conversation": st.integers(1, 10**6),
        "usual_wait": st.none() | st.just(datetime.timedelta(hours=2)),
        "question": st.just("") | texts(),
    }
)
"""What the desk may have read besides the state."""


Conversed = Callable[[Message, Memory], Turn]


@pytest.fixture(scope="module")
def conversed(resources: Resources) -> Conversed:
    """One message, one turn, where there is a group of staff to hand a question to."""
    hours = Hours(frozenset((1, 2, 3, 4, 5)))
    known = dataclasses.replace(resources, manner=dataclasses.replace(resources.manner, staff=hours))
    return lambda message, memory: router.converse(message, memory, known)


def kept(state: State) -> State:
    """A state as the next message finds it: written, and read again."""
    written = states.to_json(state)
    written.encode("utf-8")
    again = states.from_json(written)
    assert states.to_json(again) == written
    return again


def sendable(turn: Turn) -> None:
    """Every reply can wait in the outbox, and is what Telegram takes."""
    for reply in turn.replies:
        said = reply.text if isinstance(reply, Relay) else reply
        outbox.to_json(said).encode("utf-8")
        if isinstance(said, Text):
            for piece in markup.pieces(said.html):
                assert markup.units(plain_text(piece, "HTML")) <= markup.TEXT_LIMIT
            data = [each.data for row in said.buttons for each in row]
            assert all(0 < len(each.encode()) <= 64 for each in data), data


def carried_out(
    did: list[tuple[MessageKind, str]], beside: dict[str, object], place: Place, conversed: Conversed
) -> None:
    state, screen = State(), [""]
    for number, (kind, text) in enumerate(did):
        if text == NEXT:
            text = screen[number % len(screen)]
        at = TODAY + datetime.timedelta(minutes=7 * number)
        message = Message(kind, f"d{number}", at, markup.readable(text), place, "#K1 " if place == "staff" else "")
        memory = Memory(state=state, **beside)  # type: ignore[arg-type]
        spaces = itertools.count(1)  # what was read of the same text before is remembered, and would be no measure

        def once_more(message: Message = message, memory: Memory = memory, spaces: Iterator[int] = spaces) -> Turn:
            more = " " * next(spaces) if message.kind == "text" else ""
            return conversed(dataclasses.replace(message, text=f"{message.text}{more}"), memory)

        turn = quick(once_more)
        sendable(turn)
        state = kept(turn.state)
        shown = [each.data for said in turn.replies if isinstance(said, Text) for row in said.buttons for each in row]
        screen = shown or screen
    turn = conversed(Message("text", "last", TODAY, "/huy"), Memory(state=state))
    assert turn.replies, "whatever was said, the way out is there"


@tries(40)
@example([("text", "tính lương hưu"), ("text", "1 " * 2000), ("press", NEXT)], {})
@example([("press", "open|pension|" + "9" * 5000), ("press", "open|contribution|" + "9" * 60)], {})
@example([("press", "wrong|" + "9" * 58)], {})
@given(st.lists(_does, min_size=1, max_size=10), _beside)
def test_a_private_talk_of_any_kind_goes_on(
    conversed: Conversed, did: list[tuple[MessageKind, str]], beside: dict[str, object]
) -> None:
    carried_out(did, beside, "private", conversed)


_of_a_form = st.sampled_from([f"/{form.command}" for form in FORMS.values()])
_answer = st.one_of(
    st.tuples(st.just("press"), st.just(NEXT)),
    st.tuples(st.just("text"), st.sampled_from(["không biết", "1", "15 năm"])),
    _does,
)


@tries(40)
@given(st.tuples(st.just("text"), _of_a_form), st.lists(_answer, min_size=2, max_size=14))
def test_a_form_with_any_answers_goes_on(
    conversed: Conversed, opened: tuple[MessageKind, str], answers: list[tuple[MessageKind, str]]
) -> None:
    carried_out([opened, *answers], {}, "private", conversed)


@tries(25)
@given(
    st.sampled_from(("staff", "group")),
    st.sampled_from(("text", "press", "edit", "media")),
    texts() | _data | st.sampled_from(COMMANDS).map("/{}".format),
    st.sampled_from(("", "#K1 ", "#K999999999 x", "#K1", "K1")) | texts(),
    _beside,
)
def test_anything_said_in_a_group_is_one_turn(
    conversed: Conversed, place: Place, kind: MessageKind, text: str, replied: str, beside: dict[str, object]
) -> None:
    message = Message(kind, "d", TODAY, markup.readable(text), place, markup.readable(replied))
    sendable(quick(lambda: conversed(message, Memory(**beside))))  # type: ignore[arg-type]


@tries(40)
@given(st.text(max_size=200) | st.builds('{{"form":{},"entry":"x"}}'.format, st.text(max_size=30)))
def test_a_state_that_was_spoiled_is_none(written: str) -> None:
    with contextlib.suppress(ValueError):
        states.from_json(written)


@pytest.mark.slow
def test_the_longest_texts_take_no_talk_more_than_its_time(conversed: Conversed) -> None:
    """Whatever stands a thousand times in a row: in no form, in one, and under an answer."""
    before: tuple[list[tuple[MessageKind, str]], ...] = ([], [("text", "tính lương hưu")], [("text", questions()[0])])
    units = (*REPEATED, *(f"{phrase} " for phrase in phrases_read()[:: 10 if THOROUGH else 40]))
    for said in before:
        for unit in units:
            carried_out([*said, ("text", (unit * LONGEST_TEXT)[:LONGEST_TEXT])], {}, "private", conversed)
