"""The examples in the docstrings of the law say what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import law as package
from law.base.law import Law

MODULES = [each.name for each in pkgutil.walk_packages(package.__path__, "law.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples(law: Law, name: str) -> None:
    found = doctest.testmod(importlib.import_module(name), extraglobs={"law": law})
    assert found.failed == 0


@pytest.mark.parametrize("name", ["law.paying.contribution", "law.pension.plan", "law.benefits.survivors"])
def test_there_are_examples(name: str) -> None:
    tests = doctest.DocTestFinder().find(importlib.import_module(name))
    assert sum(len(each.examples) for each in tests) >= 3
