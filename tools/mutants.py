"""Draws mistakes at random and tells which ones no test notices: `make mutants`.

Each mistake is made alone, in a copy of the project, and the tests nearest to it are run there. A survivor is a
question, not a failure: would it hurt somebody, and which test should have noticed?
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import random
import shutil
import subprocess  # its only input is this project's own files
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEAREST: dict[str, tuple[str, ...]] = {
    "law": ("tests/law",),
    "handlers": ("tests/handlers", "tests/dialogues", "-k", "not telegram"),
}
"""The floors mistakes are made in, and the tests that should notice."""
_PATIENCE = 10
"""How many times as long as without a mistake the tests may take: a loop that never ends is noticed as well."""

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mistake: the bytes of a file from `start` to `end` become `text`."""

    path: str
    line: int
    start: int
    end: int
    text: str

    def applied(self, source: str) -> str:
        """The file with the mistake in it."""
        given = source.encode()
        return (given[: self.start] + self.text.encode() + given[self.end :]).decode()


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """Every mistake that can be made in a file, in the order of its text.

    A comparison takes or loses its bound or is turned round, arithmetic does another thing, «and» becomes «or»,
    «not» is forgotten, a number is one more, a flag the other one, a condition is turned round, nothing is
    returned, a call is left out. What never runs (annotations) and what is never shown (assertions) is left alone.
    """
    lines = [0]
    for line in source.encode().splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    for node, changed in _changes(ast.parse(source)):
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = lines[node.lineno - 1] + node.col_offset
        end = lines[node.end_lineno - 1] + node.end_col_offset
        yield Mutant(path, node.lineno, start, end, ast.unparse(changed))


def _changes(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, ast.AST]]:
    """A node and what stands in its place, for every mistake, from the outside in."""
    for node in _run(tree):
        match node:
            case ast.Compare(left, [operator], right) if type(operator) in _COMPARED:
                yield node, _bracketed(ast.Compare(left, [_COMPARED[type(operator)]()], right))
            case ast.BinOp(left, operation, right) if type(operation) in _RECKONED and not _is_text(left, right):
                yield node, _bracketed(ast.BinOp(left, _RECKONED[type(operation)](), right))
            case ast.BoolOp(operation, values):
                other = ast.Or() if isinstance(operation, ast.And) else ast.And()
                yield node, _bracketed(ast.BoolOp(other, values))
            case ast.UnaryOp(ast.Not(), operand):
                yield node, _bracketed(operand)
            case ast.Constant(bool() as flag):
                yield node, ast.Constant(not flag)
            case ast.Constant(int() as number):
                yield node, ast.Constant(number + 1)
            case ast.If(test) | ast.IfExp(test) | ast.While(test):
                yield test, _bracketed(ast.UnaryOp(ast.Not(), test))
            case ast.Return(ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
                yield node, ast.Return(ast.Constant(None))
            case ast.Expr(ast.Call()):
                yield node, ast.Pass()


def _run(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when the code does, without annotations and assertions."""
    yield node
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.Assert):
                yield from _run(child)


def _is_text(*nodes: ast.expr) -> bool:
    return any(isinstance(each, ast.JoinedStr) or _text_constant(each) for each in nodes)


def _text_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _bracketed(node: ast.expr) -> ast.AST:
    """An expression that stays one wherever it is put: written with brackets."""
    return ast.Name(f"({ast.unparse(ast.fix_missing_locations(node))})")


# --- making one and looking ----------------------------------------------------------------------


def drawn(floors: Sequence[str], count: int, seed: int) -> list[Mutant]:
    """As many mistakes as wanted of these floors, the same ones for the same seed and code."""
    every = [
        mutant
        for floor in floors
        for path in sorted((ROOT / floor).rglob("*.py"))
        for mutant in mutants(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    ]
    chosen = random.Random(seed).sample(every, min(count, len(every)))
    print(f"{len(chosen)} of {len(every)} mistakes in {' and '.join(floors)}, seed {seed}")
    return chosen


def _noticed(copy: Path, floor: str, seconds: float | None) -> bool:
    """Whether the tests of a floor fail, or run for much longer than they should."""
    tests = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *NEAREST[floor]]
    # Without bytecode files: one of the same second and size would stand in for the file with the mistake.
    there = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ran = subprocess.run(tests, cwd=copy, env=there, timeout=seconds, capture_output=True, check=False)
    except subprocess.TimeoutExpired:
        return True
    return ran.returncode != 0


def _patience(copy: Path, floor: str) -> float:
    """The seconds the tests may take, measured without a mistake; ends the program where they fail as it is."""
    start = time.monotonic()
    if _noticed(copy, floor, None):
        sys.exit(f"{' '.join(NEAREST[floor])} fails without any mistake; repair that first")
    return _PATIENCE * (time.monotonic() - start)


def _difference(before: str, after: str) -> str:
    changed = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[3:]
    return "\n".join(f"    {line}" for line in changed)


def main() -> None:
    """Draw, try each, print what became of it and how many were noticed."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--count", type=int, default=20, help="how many mistakes to draw")
    options.add_argument("--seed", type=int, default=1, help="which ones: the same seed draws the same")
    options.add_argument("--floor", choices=sorted(NEAREST), action="append", help="where; both where not given")
    asked = options.parse_args()
    floors = asked.floor or sorted(NEAREST)
    chosen = drawn(floors, asked.count, asked.seed)
    noticed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "data"))
        patience = {floor: _patience(copy, floor) for floor in sorted({each.path.partition("/")[0] for each in chosen})}
        for mutant in chosen:
            file, floor = copy / mutant.path, mutant.path.partition("/")[0]
            before = file.read_text(encoding="utf-8")
            after = mutant.applied(before)
            file.write_text(after, encoding="utf-8")
            killed = _noticed(copy, floor, patience[floor])
            file.write_text(before, encoding="utf-8")
            noticed += killed
            print(f"{'killed  ' if killed else 'SURVIVED'} {mutant.path}:{mutant.line}")
            print(_difference(before, after), flush=True)
    print(f"{noticed} of {len(chosen)} killed, {100 * noticed // max(1, len(chosen))} %")


if __name__ == "__main__":
    main()
