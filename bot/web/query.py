"""What the address of a page asks for: each value read strictly; nonsense is told on the page, and left out."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping

from bot.base.nearest import nearest

LONGEST = 100
_NO_NAMES: Mapping[str, str] = {}
LAST_PAGE = 100_000


class NotRead(str):
    """The name of the text that says what could not be read; `near`: what there is that is most like it."""

    near: tuple[str, ...] = ()


class Query:
    """Reads the query of an address; `problems` names the texts that say what could not be read."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self._query = query
        self.problems: list[str] = []

    def given(self, *names: str) -> bool:
        """Whether any of these was filled in."""
        return any(self._query.get(name) for name in names)

    def unchanged(self, name: str, before: str) -> bool:
        """Whether a field still holds what it held on the page before."""
        return self._query.get(name, "") == self._query.get(before, "")

    def choice(self, name: str, known: Collection[str], named: Mapping[str, str] = _NO_NAMES) -> str:
        """One of `known`, or '' when nothing else was asked for; `named`: how people read those that may be told."""
        value = self._query.get(name, "")
        if value and value not in known:
            near = [named[each] or each for each in nearest(value[:LONGEST], named)] if named else ()
            self._wrong(f"bad_{name}", near)
            return ""
        return value

    def day(self, name: str) -> datetime.date | None:
        """A date written as in 2026-11-24, between the years 2000 and 2100; None when none was asked for."""
        value = self._query.get(name, "")
        if not value:
            return None
        try:
            found = datetime.datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=datetime.UTC).date()
        except ValueError:
            found = datetime.date.min
        if not 2000 <= found.year <= 2100:
            self._wrong("bad_day")
            return None
        return found

    def words(self, name: str) -> str:
        """A few words to search for."""
        value = " ".join(self._query.get(name, "").replace("\0", " ").split())
        if len(value) > LONGEST:
            self._wrong("bad_words")
            return value[:LONGEST]
        return value

    def page(self) -> int:
        """Which page of a long list, from 1 on."""
        value = self._query.get("trang", "1")
        if not (value.isascii() and value.isdecimal() and len(value) <= 6 and 1 <= int(value) <= LAST_PAGE):
            self._wrong("bad_page")
            return 1
        return int(value)

    def _wrong(self, what: str, near: Iterable[str] = ()) -> None:
        if what not in self.problems:
            problem = NotRead(what)
            problem.near = tuple(near)
            self.problems.append(problem)

    @property
    def status(self) -> int:
        """200, or 400 when something could not be read."""
        return 400 if self.problems else 200
