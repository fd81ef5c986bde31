"""The measure itself is right: a judge that counts wrongly is worse than none."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from faq.engine.evaluate import LabelledQuestion, evaluate


@dataclass(frozen=True)
class Answer:
    decision: str
    entries: tuple[str, ...]
    hedged: bool = False


ANSWERS = {
    "right": Answer("answer", ("a", "b")),
    "wrong": Answer("answer", ("b", "a")),
    "right with a reserve": Answer("choose", ("z", "b"), hedged=True),
    "wrong with a reserve": Answer("choose", ("b", "a"), hedged=True),
    "offered": Answer("choose", ("b", "c", "a", "d")),
    "offered too late": Answer("choose", ("b", "c", "d", "a")),
    "sent away": Answer("refer", ("a",)),
    "nothing": Answer("unknown", ()),
    "aside answered": Answer("answer", ("a",)),
    "aside offered": Answer("choose", ("a",)),
    "aside with a reserve": Answer("choose", ("a",), hedged=True),
    "aside referred": Answer("refer", ("x",)),
    "aside left": Answer("unknown", ("a",)),
}


def ticks() -> Iterator[float]:
    now = 0.0
    while True:
        yield now
        now += 0.002


def measure() -> dict[str, object]:
    rows = [
        LabelledQuestion(
            text, text, () if text.startswith("aside") else ("a", "z"), "formal" if "right" in text else "colloquial"
        )
        for text in ANSWERS
    ]
    clock = ticks()
    return evaluate(lambda text: ANSWERS[text], rows, lambda: next(clock)).report


def test_in_scope_fractions() -> None:
    inside = measure()["in_scope"]
    assert isinstance(inside, dict)
    assert inside["n"] == 8
    assert inside["top1"] == pytest.approx(3 / 8, abs=1e-4)
    assert inside["top3"] == pytest.approx(6 / 8, abs=1e-4)
    outcomes = ("answered_right", "answered_wrong", "hedged_right", "hedged_wrong", "choice_has_right", "missed")
    parts = [inside[name] for name in outcomes]
    assert parts == pytest.approx([1 / 8, 1 / 8, 1 / 8, 1 / 8, 1 / 8, 3 / 8], abs=1e-4)
    assert sum(parts) == pytest.approx(1, abs=1e-3)
    assert set(inside["by_style"]) == {"formal", "colloquial"}
    assert inside["by_style"]["formal"]["answered_right"] == 0.5


def test_out_of_scope_refer_chat_and_unknown_are_right() -> None:
    outside = measure()["out_of_scope"]
    assert isinstance(outside, dict)
    assert (outside["n"], outside["answered"], outside["hedged"], outside["offered"]) == (5, 0.2, 0.2, 0.2)


def test_latency_is_in_milliseconds() -> None:
    assert measure()["latency_ms"] == {"p50": pytest.approx(2), "p99": pytest.approx(2)}


def test_what_went_wrong_is_listed_with_what_was_said() -> None:
    rows = [
        LabelledQuestion("1", "wrong", ("a",), "formal"),
        LabelledQuestion("2", "right", ("a",), "formal"),
        LabelledQuestion("3", "aside answered", (), "x"),
        LabelledQuestion("4", "aside left", (), "x"),
    ]
    done = evaluate(lambda text: ANSWERS[text], rows, lambda: 0.0)
    assert [(error.row.id, error.what, error.decision, error.entries[0]) for error in done.errors] == [
        ("1", "answered_wrong", "answer", "b"),
        ("3", "answered", "answer", "a"),
    ]
    assert done.confusion == {("a", "b"): 1, ("out_of_scope", "a"): 1}


def test_nothing_to_measure_is_no_crash() -> None:
    report = evaluate(lambda text: ANSWERS[text], [], lambda: 0.0).report
    assert report["latency_ms"] == {"p50": 0.0, "p99": 0.0}


def test_a_row_without_its_keys_is_named() -> None:
    assert LabelledQuestion.from_data({"id": "r1", "text": "x", "expect": ["a"], "style": "formal"}).expect == ("a",)
    with pytest.raises(ValueError, match="r2"):
        LabelledQuestion.from_data({"id": "r2", "text": "x"})
