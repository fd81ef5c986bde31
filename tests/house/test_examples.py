"""The examples at the seams of conversations and of the FAQ say what happens there."""

from __future__ import annotations

import doctest
import importlib

import pytest

from handlers.dialogue.context import Resources
from tests.conftest import TODAY


@pytest.mark.parametrize("name", ["handlers.router", "faq.engine.match"])
def test_examples(resources: Resources, name: str) -> None:
    globs = {"resources": resources, "matcher": resources.matcher, "at": TODAY}
    found = doctest.testmod(importlib.import_module(name), extraglobs=globs)
    assert found.attempted > 1
    assert found.failed == 0
