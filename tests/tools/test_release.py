"""A release is of what is committed, under the version the changelog tells, and never called one before it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tools.release import NotReady, checked, sums

OPEN = "# Changelog\n\n## 1.0.0 (not released)\n\n- All.\n\n## 0.1.0\n"
CLOSED = OPEN.replace("(not released)", "(2026-12-01)")


def test_what_is_not_finished_is_no_release() -> None:
    assert "no release" in checked("1.0.0.dev0", OPEN, "")
    with pytest.raises(NotReady, match="not released"):
        checked("1.0.0", OPEN, "")
    assert checked("1.0.0", CLOSED, "") == "1.0.0: a release"


@pytest.mark.parametrize(
    ("version", "changed"),
    [("1.1.0", ""), ("0.1.0", ""), ("1.0.0", " M bot/app.py\n")],
    ids=["later", "older", "dirty"],
)
def test_another_version_than_the_changelogs_or_what_is_not_committed_is_refused(version: str, changed: str) -> None:
    with pytest.raises(NotReady):
        checked(version, CLOSED, changed)


def test_every_file_has_its_sum_but_the_sums_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.whl").write_bytes(b"a")
    (tmp_path / "SHA256SUMS").write_text("old")
    assert sums(tmp_path) == f"{hashlib.sha256(b'a').hexdigest()}  a.whl\n"
