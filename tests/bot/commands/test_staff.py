"""`bhxh staff link` prints a link on the server, `bhxh pages` serves the pages alone, also beside `bhxh run`."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.commands import BHXH, PATIENCE, Ended, heard, surroundings
from tests.ports import free_port


def test_a_link_is_printed_on_the_server(bhxh: Callable[..., Ended]) -> None:
    for words in (("staff", "link"), ("staff", "link", "--role", "viewer")):
        ended = bhxh(*words)
        assert re.fullmatch(r"http://127\.0\.0\.1:8080/vao/[A-Za-z0-9_-]{43}\n", ended.out)
    assert bhxh("staff", "link", "--role", "boss").code == 2


def test_without_pages_there_is_no_link(bhxh: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BHXH_WEB__PORT", "0")
    assert "web.port" in bhxh("staff", "link").complaint


@pytest.mark.slow
def test_the_pages_alone_are_served_and_stop_when_told(outside: Path) -> None:
    port = free_port()
    given = surroundings(BHXH_WEB__PORT=str(port), BHXH_WEB__APART="true")
    process = subprocess.Popen([BHXH, "pages"], cwd=outside, env=given, stderr=subprocess.PIPE)
    try:
        assert process.stderr is not None
        heard(process.stderr.fileno(), f"http://127.0.0.1:{port}")
        made = subprocess.run(
            [BHXH, "staff", "link"], cwd=outside, env=given, capture_output=True, check=True, timeout=PATIENCE
        )
        link = made.stdout.decode().strip()
        assert httpx.get(link).status_code == 200
        with httpx.Client() as browser:
            assert browser.get(f"http://127.0.0.1:{port}/tham-so").status_code == 401
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.communicate()
