"""What is stored is stored on both databases: each test of this folder runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """But for those of a module that says `ONLY_SQLITE`: what it does is done to a file."""
    if "database_kind" in metafunc.fixturenames and not getattr(metafunc.module, "ONLY_SQLITE", False):
        metafunc.parametrize("database_kind", ["sqlite", "postgresql"], scope="function")
