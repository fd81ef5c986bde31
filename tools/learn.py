"""Keeps what is learnt from the phrasings in a file, so that a start need not learn it: `make learn`.

With `--check` nothing is written: exit 1 tells that the file is older than the content.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

import faq
from bot.base.content import WEIGHTS, read_law, read_library, read_weights
from faq.engine.match import Matcher

FILE = Path(faq.__file__).parent / WEIGHTS
STALE = f"faq/{WEIGHTS} is not what the content gives: run make learn"


def main() -> None:
    kept = read_weights()
    library = read_library(read_law())
    if "--check" in sys.argv[1:]:
        if kept is None or Matcher.build(library, kept).weights is not kept:
            sys.exit(STALE)
        return
    weights = Matcher.build(library).weights
    np.savez_compressed(FILE, allow_pickle=False, **weights.as_arrays())
    print(f"learnt {len(weights.counted):,} phrasings: faq/{WEIGHTS}, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
