"""Labelled questions in JSON lines: a file someone names, and the held-out ones that ship with the FAQ."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

from bot.base.content import BrokenContent, read_file_text
from faq.engine.evaluate import LabelledQuestion

HELD_OUT = "held_out"
"""The folder in `faq` whose questions no phrasing is written from."""


def read_rows(file: Path) -> list[LabelledQuestion]:
    """The labelled questions of a JSON-lines file; raises BrokenContent that names the line."""
    return _rows(read_file_text(file), str(file))


def held_out() -> list[LabelledQuestion]:
    """The project's own check questions; raises BrokenContent."""
    folder = resources.files("faq") / "content" / HELD_OUT
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".jsonl")), key=lambda each: each.name)
    return [
        row for each in files for row in _rows(each.read_text(encoding="utf-8"), f"faq/content/{HELD_OUT}/{each.name}")
    ]


def _rows(text: str, name: str) -> list[LabelledQuestion]:
    rows: list[LabelledQuestion] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            rows.append(LabelledQuestion.from_data(data if isinstance(data, dict) else {}))
        except ValueError as error:
            raise BrokenContent((f"{name}, line {number}: {error}",)) from error
    return rows
