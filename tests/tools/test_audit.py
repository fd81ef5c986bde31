"""What the audit of the lock says: a known vulnerability fails, a database that can't be reached does not."""

from __future__ import annotations

import pytest

from tools import audit

SOUND = {"name": "a", "version": "1.0", "vulns": []}
UNKNOWN = {"name": "b", "skip_reason": "Dependency not found on PyPI"}
BROKEN = {"name": "c", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}, {"id": "GHSA-2"}]}


def test_a_known_vulnerability_fails_and_is_named_with_what_fixes_it() -> None:
    lines, code = audit.judged({"dependencies": [SOUND, BROKEN, UNKNOWN]})
    assert code == 1
    assert lines[:2] == ["c 2.0: PYSEC-1; fixed in 2.1", "c 2.0: GHSA-2; fixed in no version yet"]


def test_nothing_known_is_no_failure_and_who_was_not_asked_for_is_counted() -> None:
    assert audit.judged({"dependencies": [SOUND, UNKNOWN]})[1] == 0
    assert audit.judged({"dependencies": [UNKNOWN]})[0][0].startswith("audit skipped")


def test_without_a_network_it_says_so_and_does_not_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    assert audit.main() == 0
    assert "audit skipped" in capsys.readouterr().out
