"""Debian's Chromium, to look at the staff pages with."""

from __future__ import annotations

import shutil

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--lang=vi-VN", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
MISSING = "Chromium is missing: apt-get install -y chromium"
