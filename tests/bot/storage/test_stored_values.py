"""States and waiting replies come back from the database as they were put there, by this version or the one before."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.storage import outbox, schema, states
from bot.storage.database import Database, to_utc
from handlers.dialogue.state import FieldValue, FormState, Known, State
from handlers.dialogue.turn import Button, OwnId, Picture, PictureFigure, ReportWanted, StaffLink, Text, Waiting
from handlers.reading import Birth, Facts, Whom
from law.base.month import Month
from tests.conftest import Clock

OLD_STATE = (
    '{"form": {"name": "pension", "run": "tg-41", "field": "paid", "values": {"sex": "female", "born": "1975-05", '
    '"months": 120, "stops": ["2020-01", "2021-02"], "income": null, "more": true}, "path": ["sex", "born"], '
    '"ended": "", "begun": "2026-11-24T08:30:00+07:00"}, "result": {"name": "contribution", "run": "tg-30", '
    '"field": "", "values": {"amount": 1500000, "group": "poor"}, "path": ["amount"], '
    '"ended": "2026-11-24T08:10:00+07:00", "begun": "2026-11-24T08:05:00+07:00"}, "rate_on": "o-1", '
    '"comment_on": "r-2", "asked": "tg-40", "candidates": ["min_income", "pay_online"], "unhelped": 2, '
    '"to_staff": "tôi hỏi về [số]", "entry": "min_income"}'
)
OLD_REPLIES: tuple[tuple[str, Waiting], ...] = (
    (
        '{"type": "Text", "html": "<b>Xin chào</b>", "buttons": [[{"label": "Chi tiết", "data": "details:30"}, '
        '{"label": "Quay lại", "data": "back:30"}]], "menu": [["Mức đóng", "Lương hưu"], ["Hỏi khác"]], '
        '"replaces": true, "quiet": true}',
        Text(
            "<b>Xin chào</b>",
            ((Button("Chi tiết", "details:30"), Button("Quay lại", "back:30")),),
            (("Mức đóng", "Lương hưu"), ("Hỏi khác",)),
            replaces=True,
            quiet=True,
        ),
    ),
    ('{"type": "Text", "html": "Xin chào", "buttons": [], "menu": [], "replaces": false}', Text("Xin chào")),
    (
        '{"type": "Picture", "name": "pension_bars", "figures": {"months": 120, "amounts": [1, 2], "years": ["12"]}, '
        '"caption": "Hưu"}',
        Picture("pension_bars", {"months": 120, "amounts": (1, 2), "years": ("12",)}, "Hưu"),
    ),
    ('{"type": "OwnId", "html": "Số của bạn: {id}"}', OwnId("Số của bạn: {id}")),
    (
        '{"type": "Report", "name": "questions", "period": "2026-11", "format": "xlsx"}',
        ReportWanted("questions", "2026-11", "xlsx"),
    ),
    ('{"type": "StaffLink", "html": "Mở {link}", "refused": "Chưa mở được"}', StaffLink("Mở {link}", "Chưa mở được")),
)


def drawn(union: object) -> SearchStrategy[Any]:
    """Values of every kind of a union."""
    return st.one_of([st.from_type(kind) for kind in typing.get_args(union)])


def filled(kind: type, **given: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Values of a dataclass with every field drawn, those with a default too."""
    return st.builds(kind, **{field.name: given.get(field.name, ...) for field in dataclasses.fields(kind)})


FORMS = filled(FormState, values=st.dictionaries(st.text(), drawn(FieldValue)))
BIRTHS = st.builds(
    Birth, st.integers(1900, 2026), st.none() | st.integers(1, 12), st.none() | st.integers(1, 28), st.booleans()
)
MONTHS = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))
DATED = {name: st.none() | MONTHS for name in ("first", "stopped", "hired", "ahead_until", "due", "died")}
FACTS = filled(Facts, birth=st.none() | BIRTHS, **DATED)
PEOPLE = st.dictionaries(st.sampled_from(typing.get_args(Whom)), filled(Known, facts=FACTS), max_size=2)
SHOWN = st.lists(st.dictionaries(st.text(), st.text()), max_size=3).map(tuple)
STATES = filled(State, form=st.none() | FORMS, result=st.none() | FORMS, buttons=SHOWN, people=PEOPLE)
FIGURES = st.dictionaries(st.text(), drawn(PictureFigure))
REPLIES = st.one_of(
    [filled(kind, figures=FIGURES) if kind is Picture else filled(kind) for kind in typing.get_args(Waiting)]
)


async def put_state(database: Database, clock: Clock, state: str) -> None:
    async with database.begin() as connection:
        row = {"key": "k", "state": state, "owes": True, "at": to_utc(clock())}
        await connection.execute(sa.insert(schema.states).values(row))


@given(STATES)
@settings(suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
def test_no_field_of_a_state_is_lost(state: State) -> None:
    """The same in type too: what was true is no 1."""
    assert repr(states.from_json(states.to_json(state))) == repr(state)


@given(REPLIES)
def test_no_field_of_a_reply_is_lost(reply: Waiting) -> None:
    assert repr(outbox.from_json(outbox.to_json(reply))) == repr(reply)


async def test_a_state_of_the_version_before_is_understood(database: Database, clock: Clock) -> None:
    await put_state(database, clock, OLD_STATE)
    async with database.read() as connection:
        loaded = await states.load(connection, "k", clock())
    begun = "2026-11-24T08:30:00+07:00"
    values: dict[str, FieldValue] = {
        "sex": "female",
        "born": "1975-05",
        "months": 120,
        "stops": ("2020-01", "2021-02"),
        "income": None,
        "more": True,
    }
    assert loaded == State(
        FormState("pension", "tg-41", "paid", values, ("sex", "born"), begun=begun),
        FormState(
            "contribution",
            "tg-30",
            "",
            {"amount": 1500000, "group": "poor"},
            ("amount",),
            "2026-11-24T08:10:00+07:00",
            "2026-11-24T08:05:00+07:00",
        ),
        "o-1",
        "r-2",
        "tg-40",
        ("min_income", "pay_online"),
        2,
        "tôi hỏi về [số]",
        "min_income",
    )


def test_every_kind_of_reply_has_a_row_of_the_version_before() -> None:
    assert {type(reply) for _, reply in OLD_REPLIES} == set(typing.get_args(Waiting))


@pytest.mark.parametrize(("row", "reply"), OLD_REPLIES)
def test_a_reply_of_the_version_before_still_goes_out(row: str, reply: Waiting) -> None:
    assert outbox.from_json(row) == reply


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "no JSON",
        "[]",
        "null",
        '{"form": "pension"}',
        '{"form": {"name": "pension"}}',
        '{"form": {"name": "pension", "run": "1", "field": "paid", "values": []}}',
        '{"form": {"name": "p", "run": "1", "field": "f", "values": {}, "path": [], "begun": "yesterday"}}',
        '{"form": {"name": "p", "run": "1", "field": "f", "values": {}, "path": [], "begun": "2026-11-24"}}',
    ],
)
async def test_a_state_that_cannot_be_read_is_a_new_one(database: Database, clock: Clock, broken: str) -> None:
    await put_state(database, clock, broken)
    async with database.read() as connection:
        assert await states.load(connection, "k", clock()) == State()


async def test_what_a_later_version_remembers_besides_is_passed_over(database: Database, clock: Clock) -> None:
    await put_state(database, clock, '{"asked": "tg-40", "mood": "calm"}')
    async with database.read() as connection:
        assert await states.load(connection, "k", clock()) == State(asked="tg-40")
