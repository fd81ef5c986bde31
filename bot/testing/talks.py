"""Talks as people have them, judged loosely by wording and strictly by substance: each passes or fails as a whole.

    - kind: followups
      name: A woman asks what it is for a poor household
      turns:
        - says: "moi thang dong bao nhieu tien"
          hears: ["22%"]
        - says: "the ho ngheo thi sao"
          any: ["165.000", "242.000"]
          never: ["UBND xã, phường giải quyết"]

`hears`: all of it is said, case and markup ignored, buttons counted in; `any`: one of it; `never`: none of it.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers import router
from handlers.dialogue.context import Resources, plain
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.records import Offered
from handlers.dialogue.turn import Picture, Relay, Text, Turn

_BETWEEN = datetime.timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """How one talk went: what was wrong, turn by turn; empty where nothing was."""

    kind: str
    name: str
    wrong: tuple[str, ...]


def carried_out(talk: Mapping[str, Any], resources: Resources, start: datetime.datetime) -> CarriedOut:
    """One talk from its first turn, without channel and database."""
    memory, at, wrong = Memory(), start, []
    for number, turn in enumerate(talk["turns"], start=1):
        at += _BETWEEN
        led = router.converse(Message("text", str(number), at, str(turn["says"])), memory, resources)
        offered = {each.subject for each in led.records if isinstance(each, Offered)}
        memory = dataclasses.replace(
            memory,
            state=led.state,
            offered_at=at if offered else memory.offered_at,
            offered_subjects=frozenset(offered),
        )
        wrong += [f"{turn['says']} → {each}\n{said(led)}" for each in _wrong(turn, said(led))]
    return CarriedOut(str(talk["kind"]), str(talk["name"]), tuple(wrong))


def said(turn: Turn) -> str:
    """All that is read of a turn, with the words on its buttons."""
    lines: list[str] = []
    for reply in turn.replies:
        text = reply.text if isinstance(reply, Relay) else reply
        if isinstance(text, Text):
            lines += [plain(text.html), *(f"  [{button.label}]" for row in text.buttons for button in row)]
        elif isinstance(text, Picture):
            lines.append(f"[{text.name}] {text.caption}")
    return "\n".join(lines)


def _wrong(turn: Mapping[str, Any], heard: str) -> list[str]:
    lowered = heard.lower()
    wrong = [f"«{each}» is missing" for each in turn.get("hears", ()) if str(each).lower() not in lowered]
    choices = [str(each) for each in turn.get("any", ())]
    if choices and not any(each.lower() in lowered for each in choices):
        wrong.append(f"none of {choices}")
    return wrong + [f"«{each}» is said" for each in turn.get("never", ()) if str(each).lower() in lowered]


def shares(outcomes: Iterable[CarriedOut]) -> dict[str, tuple[int, int]]:
    """By kind, how many went right of how many."""
    every = list(outcomes)
    right = Counter(each.kind for each in every if not each.wrong)
    return {kind: (right[kind], number) for kind, number in sorted(Counter(each.kind for each in every).items())}
