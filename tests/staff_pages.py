"""The staff pages as a browser meets them: served on a port of this machine, and Debian's Chromium to look at them."""

from __future__ import annotations

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--lang=vi-VN", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
