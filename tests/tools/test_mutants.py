"""The mistakes `make mutants` draws: each kind is one change of one place, and the file still is Python."""

from __future__ import annotations

import ast

import pytest

from tools.mutants import ROOT, mutants


@pytest.mark.parametrize(
    ("source", "mistakes"),
    [
        ("a < b", ["(a <= b)"]),
        ("a is b", ["(a is not b)"]),
        ("a in b", ["(a not in b)"]),
        ("a - b", ["(a + b)"]),
        ("a // b", ["(a * b)"]),
        ("a and b", ["(a or b)"]),
        ("not a", ["(a)"]),
        ("x = 7", ["x = 8"]),
        ("x = True", ["x = False"]),
        ("if a: pass", ["if (not a): pass"]),
        ("x = a if b else c", ["x = a if (not b) else c"]),
        ("def f(): return a", ["def f(): return None"]),
        ("đường = tuổi < b", ["đường = (tuổi <= b)"]),
        ("f(a)", ["pass"]),
        ("x = f(a)", []),
        ("x = a + 'đồng'", []),
        ("def f(x: 'int | None' = None) -> 3: pass", []),
        ("assert a < 3", []),
        ("def f(): return None", []),
        ('"""Docstring."""', []),
    ],
)
def test_each_kind_of_mistake(source: str, mistakes: list[str]) -> None:
    assert [mutant.applied(source) for mutant in mutants("a.py", source)] == mistakes


def test_precedence_is_kept() -> None:
    [product, total] = sorted(mutant.applied("x = (a + b) * c") for mutant in mutants("a.py", "x = (a + b) * c"))
    assert {product, total} == {"x = ((a - b)) * c", "x = ((a + b) // c)"}


def test_every_mistake_in_the_law_is_still_python() -> None:
    source = (ROOT / "law" / "pension" / "plan.py").read_text(encoding="utf-8")
    made = list(mutants("law/pension/plan.py", source))
    assert len(made) > 100
    for mutant in made:
        applied = mutant.applied(source)
        ast.parse(applied)
        assert applied != source
