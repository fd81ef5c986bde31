"""The gate: the answers on questions no phrasing was written from, and how far they may not fall back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.base.content import Content
from faq.engine.evaluate import Evaluation, LabelledQuestion, evaluate
from faq.engine.match import Match
from vietnamese.normalize import normalize

FOLDER = Path(__file__).parents[3] / "faq" / "content" / "held_out"


RARE = "third_"
"""The files of what few ask: pawned books, scams, divorce, odd jobs. Each part is held to what it reached itself."""


def rows(rare: bool | None = None) -> list[LabelledQuestion]:
    """All held-out questions, or only those that few ask, or only the others."""
    files = [file for file in sorted(FOLDER.glob("*.jsonl")) if rare in (None, file.name.startswith(RARE))]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [LabelledQuestion.from_data(json.loads(line)) for line in lines]


@pytest.fixture(scope="module")
def measured(asked: Callable[[str], Match]) -> Evaluation:
    return evaluate(asked, rows(rare=False), time.perf_counter)


@pytest.fixture(scope="module")
def rarely(asked: Callable[[str], Match]) -> Evaluation:
    return evaluate(asked, rows(rare=True), time.perf_counter)


def share(measured: Evaluation, part: str, name: str) -> float:
    found = measured.report[part]
    assert isinstance(found, dict)
    return float(found[name])


# What was reached on these questions, less two points.
@pytest.mark.parametrize(("name", "least"), [("top1", 0.905), ("top3", 0.965)])
def test_the_right_entry_is_found_as_often_as_before(measured: Evaluation, name: str, least: float) -> None:
    assert share(measured, "in_scope", name) >= least


@pytest.mark.parametrize(("style", "least"), [("no_diacritics", 0.945), ("teencode", 0.95), ("long_context", 0.88)])
def test_however_it_is_typed(measured: Evaluation, style: str, least: float) -> None:
    in_scope = measured.report["in_scope"]
    assert isinstance(in_scope, dict)
    assert in_scope["by_style"][style]["top1"] >= least


def test_most_questions_are_answered_at_once(measured: Evaluation) -> None:
    assert share(measured, "in_scope", "answered_right") >= 0.785


@pytest.mark.parametrize(
    ("part", "name", "most"),
    [("in_scope", "answered_wrong", 0.035), ("out_of_scope", "answered", 0.025), ("out_of_scope", "offered", 0.04)],
)
def test_trust_is_not_lost(measured: Evaluation, part: str, name: str, most: float) -> None:
    assert share(measured, part, name) <= most


@pytest.mark.parametrize(("name", "least"), [("top1", 0.84), ("top3", 0.95), ("answered_right", 0.72)])
def test_what_few_ask_is_found_too(rarely: Evaluation, name: str, least: float) -> None:
    assert share(rarely, "in_scope", name) >= least


@pytest.mark.parametrize(
    ("part", "name", "most"), [("in_scope", "answered_wrong", 0.075), ("out_of_scope", "answered", 0.2)]
)
def test_of_what_few_ask_little_is_answered_wrong(rarely: Evaluation, part: str, name: str, most: float) -> None:
    assert share(rarely, part, name) <= most


def test_no_phrasing_is_a_question_of_the_gate(content: Content) -> None:
    asked = {normalize(row.text) for row in rows()}
    assert len(asked) > 600
    written = {normalize(phrasing) for entry in content.library for phrasing in (*entry.phrasings, entry.question)}
    assert asked & written <= {""}  # an emoji alone has no words


def test_every_expected_entry_exists(content: Content) -> None:
    assert {id for row in rows() for id in row.expect} <= {entry.id for entry in content.library}
