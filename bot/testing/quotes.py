"""Figures that tests quote, so that a corrected number of the law is corrected in its parameter and its case only.

`hears: ["{own_min_near_poor_next} một tháng"]` quotes a named figure of the day (`law.figures`), worded as answers word
it. What is no named figure comes from a calculation that stands at the head of the dialogue, with inputs as a worked
case has them, and is worded with the filters of the texts:

    figures:
      paying_on: {plan: {today: 2026-11, sex: female, born: 1975-05, periods: [], income: 1500000}}
    turns:
      - hears: ["cả thảy khoảng {paying_on.total_own|about}"]
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping
from typing import Any

from handlers.dialogue.texts import Texts
from law.base.law import Law
from law.calculations import CALCULATIONS
from law.figures import figures
from vietnamese import wording

_QUOTE = re.compile(r"(?<!\{)\{([^{}]+)\}(?!\})")


class Quotes:
    """The figures that can be quoted on a day of the law."""

    def __init__(self, law: Law, day: datetime.date) -> None:
        self._law, self._day = law, day
        self._outcomes: dict[str, object] = {}

    @functools.cached_property
    def _named(self) -> Mapping[str, str]:
        return {name: wording.figure(each) for name, each in figures(self._law, self._day).items()}

    def calculated(self, calculations: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Quotes:
        """With outcomes by name: `{"kept": {"plan": {"today": "2026-11", …}}}` makes `{kept.total_own|about}` known.

        Raises KeyError for a calculation there is none of, ValueError for what none can be made with.
        """
        for name, wanted in calculations.items():
            ((calculation, given),) = wanted.items()
            self._outcomes[name] = CALCULATIONS[calculation].run(self._law, self.said_in(given)).figures
        return self

    def said(self, text: str) -> str:
        """A text with its quotes filled in; raises `jinja2.UndefinedError` for a figure that does not exist."""
        return _QUOTE.sub(lambda quote: self._filled(quote[1]), text)

    def _filled(self, quote: str) -> str:
        return Texts({"quote": f"{{{{ {quote} }}}}"}).label("quote", **self._named, **self._outcomes)

    def said_in(self, part: Any) -> Any:
        """The same in every text of lists and mappings."""
        if isinstance(part, Mapping):
            return {key: self.said_in(value) for key, value in part.items()}
        if isinstance(part, list):
            return [self.said_in(each) for each in part]
        return self.said(part) if isinstance(part, str) else part
