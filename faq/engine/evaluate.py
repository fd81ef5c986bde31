"""Measures the answers on labelled questions: what was right, wrong, offered, missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

SHOWN = 3
_AS_IT_SHOULD = frozenset(["answered_right", "hedged_right", "choice_has_right", "left"])


class Matched(Protocol):
    """What an answerer says of one question: `faq.engine.match.Match` or anything alike."""

    @property
    def decision(self) -> str: ...

    @property
    def entries(self) -> Sequence[str]: ...

    @property
    def hedged(self) -> bool:
        """Answered with a reserve: neither told as the answer nor only offered."""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A labelled question; an empty `expect` is out of scope."""

    id: str
    text: str
    expect: tuple[str, ...]
    style: str

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> LabelledQuestion:
        """Raises ValueError naming the row and the key that is missing or of another type."""
        id, text, expect, style = (data.get(key) for key in ("id", "text", "expect", "style"))
        if not isinstance(id, str | int) or not isinstance(text, str) or not isinstance(expect, list):
            raise ValueError(f"row {id!r}: needs `id`, `text` and a list `expect`")
        return cls(str(id), text, tuple(map(str, expect)), str(style or "unknown"))


@dataclass(frozen=True, slots=True)
class Error:
    """A row that did not go as it should: `what` is one of the fractions of the report."""

    row: LabelledQuestion
    what: str
    decision: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The report (fractions of each n), the rows that went wrong, and (expected, got) → how often."""

    report: dict[str, object]
    errors: tuple[Error, ...]
    confusion: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class _Asked:
    row: LabelledQuestion
    decision: str
    entries: tuple[str, ...]
    hedged: bool
    seconds: float

    @property
    def first(self) -> bool:
        return self.entries[:1] != () and self.entries[0] in self.row.expect

    @property
    def shown(self) -> bool:
        return any(id in self.row.expect for id in self.entries[:SHOWN])

    @property
    def outcome(self) -> str:
        """One of those of `_in_scope`; out of scope: answered, hedged, offered or left."""
        if self.hedged:
            return "hedged" if not self.row.expect else "hedged_right" if self.first else "hedged_wrong"
        if not self.row.expect:
            return {"answer": "answered", "choose": "offered"}.get(self.decision, "left")
        if self.decision == "answer":
            return "answered_right" if self.first else "answered_wrong"
        return "choice_has_right" if self.decision == "choose" and self.shown else "missed"


def evaluate(ask: Callable[[str], Matched], rows: Iterable[LabelledQuestion], clock: Callable[[], float]) -> Evaluation:
    """Ask every row and count; `clock` gives seconds that only go up (`time.perf_counter`)."""
    asked: list[_Asked] = []
    for row in rows:
        started = clock()
        found = ask(row.text)
        asked.append(_Asked(row, found.decision, tuple(found.entries), found.hedged, clock() - started))
    inside = [one for one in asked if one.row.expect]
    outside = [one for one in asked if not one.row.expect]
    report: dict[str, object] = {
        "in_scope": {**_in_scope(inside), "by_style": _by_style(inside, _in_scope)},
        "out_of_scope": {**_out_of_scope(outside), "by_style": _by_style(outside, _out_of_scope)},
        "latency_ms": {
            "p50": _percentile([one.seconds * 1000 for one in asked], 50),
            "p99": _percentile([one.seconds * 1000 for one in asked], 99),
        },
    }
    wrong = [one for one in asked if one.outcome not in _AS_IT_SHOULD or (one.row.expect and not one.first)]
    confusion = Counter(
        ((one.row.expect or ("out_of_scope",))[0], (one.entries or ("nothing",))[0]) for one in wrong if not one.first
    )
    errors = tuple(Error(one.row, one.outcome, one.decision, one.entries) for one in wrong)
    return Evaluation(report, errors, dict(confusion.most_common()))


def _in_scope(asked: Sequence[_Asked]) -> dict[str, float]:
    outcomes = ("answered_right", "answered_wrong", "hedged_right", "hedged_wrong", "choice_has_right", "missed")
    return {
        "n": len(asked),
        "top1": _share(one.first for one in asked),
        "top3": _share(one.shown for one in asked),
        **{name: _share(one.outcome == name for one in asked) for name in outcomes},
    }


def _out_of_scope(asked: Sequence[_Asked]) -> dict[str, float]:
    return {
        "n": len(asked),
        **{name: _share(one.outcome == name for one in asked) for name in ("answered", "hedged", "offered")},
    }


def _by_style(
    asked: Sequence[_Asked], count: Callable[[Sequence[_Asked]], dict[str, float]]
) -> dict[str, dict[str, float]]:
    styles = sorted({one.row.style for one in asked})
    return {style: count([one for one in asked if one.row.style == style]) for style in styles}


def _share(answers: Iterable[bool]) -> float:
    counted = list(answers)
    return sum(counted) / len(counted) if counted else 0.0


def _percentile(values: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile, in the unit of the values."""
    if not values:
        return 0.0
    ranked = sorted(values)
    return round(ranked[max(0, -(-len(ranked) * percent // 100) - 1)], 3)
