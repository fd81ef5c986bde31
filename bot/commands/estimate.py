"""Runs the law's calculations for the command line: case files, and one calculation with its keys as options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.base.content import BrokenContent, read_file_text, read_law, read_texts, read_yaml
from bot.base.settings import CannotGoOn
from handlers.dialogue.context import plain
from law.base.estimate import Estimate, Outcome
from law.calculations import CALCULATIONS, json_figures
from law.cases import run_cases


class WrongCall(CannotGoOn):
    """A calculation or an option there is none of, or a value that can't be read."""

    code = 2


def cases_of(file: Path) -> dict[str, Any]:
    """Run the cases of a file; raises BrokenContent for one that is no list of cases."""
    data = read_yaml(read_file_text(file), str(file))
    if not isinstance(data, list):
        raise BrokenContent((f"{file}: expected a list of cases: id, calculation, input, expect",))
    return run_cases(read_law(), data)


def print_cases(found: dict[str, Any], console: Console) -> None:
    """The failures, and how many passed."""
    for failure in found["failures"]:
        line = f"{failure['id']}: {failure['key']}: expected {failure['expected']}, got {failure['got']}"
        console.print(line, markup=False, soft_wrap=True)
    console.print(f"{found['passed']} passed, {found['failed']} failed", markup=False)


@dataclass(frozen=True, slots=True)
class Calculated:
    """The outcome of one calculation, to be shown."""

    outcome: Outcome

    @property
    def failed(self) -> bool:
        return not isinstance(self.outcome, Estimate)

    def as_json(self) -> dict[str, object]:
        """The figures; an estimate also says what it warns of and rests on."""
        figures: dict[str, object] = dict(json_figures(self.outcome))
        texts, law = read_texts(), read_law()
        notes = self.outcome.warnings
        figures["warnings"] = [plain(texts.note(note)) for note in notes]
        figures["articles"] = [
            ", ".join(filter(None, (law.sources[each.source].title, each.place))) for each in self.outcome.articles
        ]
        if isinstance(self.outcome, Estimate):
            figures["steps"] = [plain(texts.note(step)) for step in self.outcome.steps]
        return figures

    def as_text(self) -> str:
        """Figures first, then the lists, one thing a line."""
        lines = []
        for name, value in self.as_json().items():
            lines += (
                [f"{name}:", *(f"  - {each}" for each in value)] if isinstance(value, list) else [f"{name}: {value}"]
            )
        return "\n".join(lines)


def calculations() -> str:
    """Every calculation with its keys, one a line; a key that may be left out stands in brackets."""
    lines = []
    for name, each in CALCULATIONS.items():
        keys = (f"--{key}" if option.required else f"[--{key}]" for key, option in each.options.items())
        lines.append(" ".join((name, *keys)))
    return "\n".join(lines)


def calculate(calculation: str, options: Sequence[str]) -> Calculated:
    """Run one calculation with `--key value` options; raises WrongCall."""
    if calculation not in CALCULATIONS:
        raise WrongCall(f"{calculation!r} is no calculation; there are: {', '.join(CALCULATIONS)}")
    known = CALCULATIONS[calculation]
    try:
        return Calculated(known.run(read_law(), _given(options)))
    except ValueError as error:
        raise WrongCall(
            f"{calculation}: {error}; its keys: {', '.join(f'--{key}' for key in known.options)}"
        ) from error


def _given(options: Sequence[str]) -> dict[str, object]:
    """`--key value` and `--key=value`; a key given more than once, and lists and mappings in YAML, are lists."""
    given: dict[str, object] = {}
    words = iter(options)
    for word in words:
        if not word.startswith("--"):
            raise WrongCall(f"expected --key value, got {word!r}")
        name, equals, value = word[2:].partition("=")
        if not equals:
            value = next(words, "")
        key = name.replace("-", "_")
        read: object = read_yaml(value, f"--{name}") if value.lstrip().startswith(("[", "{")) else value
        if key in given:
            held = given[key]
            read = [*(held if isinstance(held, list) else [held]), read]
        given[key] = read
    return given
