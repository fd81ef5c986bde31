"""Asks the advisory database of Python whether a package of the lock has a known vulnerability: `make audit`.

Ends with 1 where one has. Where the database, or the program that asks it, can't be reached, it says so and ends
with 0: a build without a network is no failure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.lock"
_INSTALLING_SECONDS, _ASKING_SECONDS = 120, 180


def judged(report: Mapping[str, Any]) -> tuple[list[str], int]:
    """What is said of a report of pip-audit, and the exit code."""
    found, asked, left_out = [], 0, 0
    for each in report["dependencies"]:
        if "skip_reason" in each:
            left_out += 1
            continue
        asked += 1
        for advisory in each["vulns"]:
            fixed = ", ".join(advisory.get("fix_versions", ())) or "no version yet"
            found.append(f"{each['name']} {each['version']}: {advisory['id']}; fixed in {fixed}")
    if not asked:
        return ["audit skipped: the advisory database knows none of these packages here"], 0
    said = f"audit: {asked} packages asked for, {len(found)} known vulnerabilities"
    return [*found, said + (f"; {left_out} packages the database does not know" if left_out else "")], bool(found)


def main() -> int:
    """Install pip-audit beside, ask, and say what was found."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            installing = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "0"]
            _run(*installing, "--timeout", "10", "--target", folder, "pip-audit", seconds=_INSTALLING_SECONDS)
            asking = ["-m", "pip_audit", "--requirement", str(LOCK), "--no-deps", "--disable-pip", "--format", "json"]
            answer = _run(*asking, "--timeout", "10", "--progress-spinner", "off", seconds=_ASKING_SECONDS, path=folder)
            report = json.loads(answer)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            print(f"audit skipped: pip-audit, or the advisory database, can't be reached ({type(error).__name__})")
            return 0
    lines, code = judged(report)
    print("\n".join(lines))
    return code


def _run(*words: str, seconds: float, path: str = "") -> str:
    environment = os.environ | ({"PYTHONPATH": path} if path else {})
    done = subprocess.run(
        [sys.executable, *words], check=False, capture_output=True, text=True, timeout=seconds, env=environment
    )
    if done.returncode and not done.stdout:
        raise subprocess.SubprocessError(done.stderr)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
