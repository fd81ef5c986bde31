"""Figures counted a second way: in plain Python, row by row, knowing nothing of the reports and their storage."""

from __future__ import annotations

import datetime
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

Row = Mapping[str, Any]
Cells = tuple[Any, ...]
Z = 1.959963984540054


def percent(part: Fraction | float | None) -> float | None:
    """Two places, half up; never up to a whole percent."""
    if part is None:
        return None
    exact = 10_000 * (part if isinstance(part, Fraction) else Fraction(f"{part:.11f}"))
    near = math.floor(exact + Fraction(1, 2))
    return (near - 1 if near > exact and near % 100 == 0 else near) / 100


def of(part: int, whole: int) -> float | None:
    return percent(Fraction(part, whole)) if whole else None


def said(value: float | None) -> str:
    """89.96 → «89,96%»."""
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",") + "%"


def wilson(part: int, whole: int) -> tuple[float | None, float | None]:
    """The two solutions of (p − x)² = z² x (1 − x) / n, in percent."""
    if not whole:
        return None, None
    p, a = part / whole, 1 + Z * Z / whole
    b, c = 2 * p + Z * Z / whole, p * p
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return percent(max(0.0, (b - root) / (2 * a))), percent(min(1.0, (b + root) / (2 * a)))


def _day(row: Row, name: str) -> datetime.date:
    found: datetime.datetime = row[name] + datetime.timedelta(hours=7)  # Vietnam
    return found.date()


@dataclass
class Rows:
    """The rows of a span."""

    questions: list[Row]
    estimates: list[Row]
    reminders_set: list[Row]
    ratings: list[Row]
    starts: list[Row]
    touches: list[Row]
    since: datetime.date
    until: datetime.date

    @classmethod
    def of(cls, tables: Mapping[str, list[Row]], since: datetime.date, until: datetime.date) -> Rows:
        when = {
            **dict.fromkeys(("questions", "estimates", "reminders_set", "starts"), "at"),
            "ratings": "offered_at",
            "touches": "first_at",
        }
        found = {
            table: [row for row in tables[table] if since <= _day(row, name) <= until] for table, name in when.items()
        }
        wrong = {(row["key"], row["offer"]) for row in tables["ratings"] if row["reason"] == "not_my_question"}
        found["questions"] = [
            {**row, "wrong": row["misanswered"] or (row["key"], row["delivery"]) in wrong} for row in found["questions"]
        ]
        return cls(**found, since=since, until=until)

    # --- ratings -------------------------------------------------------------------------------------

    def satisfaction(self, which: Callable[[Row], bool] = lambda row: True) -> Cells:
        """(ratings, satisfied, index, low, high, offered, answered, response)."""
        rows = [row for row in self.ratings if which(row)]
        rated = [row for row in rows if row["level"] is not None]
        good = sum(row["level"] >= 4 for row in rated)
        offered = [row for row in rows if not row["asked_for"]]
        answered = sum(row["level"] is not None for row in offered)
        low, high = wilson(good, len(rated))
        return len(rated), good, of(good, len(rated)), low, high, len(offered), answered, of(answered, len(offered))

    def levels(self) -> dict[int, int]:
        return dict(Counter(row["level"] for row in self.ratings if row["level"] is not None))

    def by_person(self) -> tuple[int, int]:
        """(people, satisfied by their last rating)."""
        last: dict[str, Row] = {}
        for row in sorted(self.ratings, key=lambda row: (row["offered_at"], row["level"] or 0)):
            if row["key"] and row["level"] is not None:
                last[row["key"]] = row
        return len(last), sum(row["level"] >= 4 for row in last.values())

    def by(self, key: Callable[[Row], str]) -> dict[str, Cells]:
        def of_name(name: str) -> Cells:
            return self.satisfaction(lambda row: key(row) == name)

        return {name: of_name(name) for name in {key(row) for row in self.ratings}}

    def low_by_reason(self) -> dict[str, int]:
        low = [row for row in self.ratings if row["level"] in (1, 2) and row["reason"]]
        return dict(Counter(row["reason"] for row in low))

    # --- questions -----------------------------------------------------------------------------------

    @property
    def asked(self) -> list[Row]:
        return [row for row in self.questions if row["decision"] != "chat"]

    def became(self) -> tuple[int, int, int, int]:
        """(answered at once, offered, referred, unknown)."""
        counted = Counter(row["decision"] for row in self.asked)
        return counted["answer"], counted["choose"], counted["refer"], counted["unknown"]

    def left(self) -> list[tuple[str, Row]]:
        """Why each question was left unanswered, with its row."""
        found = []
        for row in self.asked:
            if row["entries"] == "[]":
                continue
            if row["wrong"]:
                found.append(("wrong", row))
            elif row["decision"] == "unknown":
                found.append(("unknown", row))
            elif row["decision"] == "choose" and row["answered"] is None:
                found.append(("none_picked", row))
        return found

    def unanswered(self) -> dict[str, int]:
        return dict(Counter(why for why, _ in self.left()))

    def waiting(self) -> dict[str, int]:
        return dict(Counter(row["text"] for _, row in self.left() if row["text"]))

    def hours(self) -> dict[int, int]:
        return dict(Counter(row["hour"] for row in self.asked if row["hour"] is not None))

    def people(self) -> int:
        return len({row["key"] for row in [*self.asked, *self.estimates] if row["key"]})

    def entries(self) -> dict[str, int]:
        return dict(Counter(row["answered"] for row in self.questions if row["answered"]))

    def calculations(self) -> dict[str, int]:
        return dict(Counter(row["calculation"] for row in self.estimates))

    def on_channels(self) -> dict[str, Cells]:
        """Of each channel («»: not known) on which anything was asked or done: (questions, the four that became of
        them, share unknown, estimates, people), each person where they are known to be.
        """
        known: dict[str, str] = {}
        for row in [*self.asked, *self.estimates]:
            if row["key"]:
                known[row["key"]] = max(known.get(row["key"], ""), row["channel"] or "")
        found = {}
        for name in {row["channel"] or "" for row in [*self.asked, *self.estimates]}:
            there = replace(self, questions=[row for row in self.questions if (row["channel"] or "") == name])
            done = sum((row["channel"] or "") == name for row in self.estimates)
            became, asked = there.became(), len(there.asked)
            people = sum(channel == name for channel in known.values())
            found[name] = (asked, *became, of(became[3], asked), done, people)
        return found

    # --- campaigns -----------------------------------------------------------------------------------

    def of_link(self, code: str) -> tuple[int, int]:
        """(starts, people it first brought)."""
        begun = sum(row["code"] == code and row["campaign"] == "known" for row in self.starts)
        return begun, sum(row["first_code"] == code for row in self.touches)

    def after_the_link(self, code: str) -> tuple[int, int, int, int]:
        """(people answered, estimates, reminders asked for, ratings) of those a link first brought, from then on."""
        first = {row["key"]: row["first_at"] for row in self.touches if row["first_code"] == code}

        def after(rows: Iterable[Row], name: str) -> list[Row]:
            return [row for row in rows if row["key"] in first and row[name] >= first[row["key"]]]

        answered = {row["key"] for row in after(self.questions, "at") if row["answered"]}
        rated = [row for row in after(self.ratings, "offered_at") if row["level"] is not None]
        return len(answered), len(after(self.estimates, "at")), len(after(self.reminders_set, "at")), len(rated)

    # --- over time -----------------------------------------------------------------------------------

    def parts(self, begin: Callable[[datetime.date], datetime.date]) -> dict[datetime.date, Rows]:
        """The rows by the part their day is in, as far as there are rows."""
        named = {"questions": "at", "estimates": "at", "ratings": "offered_at", "starts": "at", "touches": "first_at"}
        found: dict[datetime.date, Rows] = defaultdict(lambda: Rows([], [], [], [], [], [], self.since, self.until))
        for table, name in named.items():
            for row in getattr(self, table):
                getattr(found[max(begin(_day(row, name)), self.since)], table).append(row)
        return dict(sorted(found.items()))


# --- new people ----------------------------------------------------------------------------------


@dataclass
class Newcomer:
    """One new person of a span, and what they did in it from then on."""

    code: str
    channel: str
    day: datetime.date
    answered: bool
    estimated: bool
    reminded: bool
    rated: bool

    def did(self) -> tuple[bool, bool, bool, bool, bool]:
        return True, self.answered, self.estimated, self.reminded, self.rated


def newcomers(tables: Mapping[str, list[Row]], since: datetime.date, until: datetime.date) -> list[Newcomer]:
    """Person by person, of all the rows there are."""
    begun: dict[str, list[Row]] = defaultdict(list)
    for row in tables["starts"]:
        if row["key"]:
            begun[row["key"]].append(row)
    first = {row["key"]: (row["first_at"], row["first_code"]) for row in tables["touches"]}
    for key, rows in begun.items():
        first.setdefault(key, (min(row["at"] for row in rows), ""))
    found = []
    for key, (at, code) in first.items():
        day = (at + datetime.timedelta(hours=7)).date()
        if not since <= day <= until:
            continue

        def later(table: str, when: str, key: str = key, at: datetime.datetime = at) -> list[Row]:
            return [row for row in tables[table] if row["key"] == key and row[when] >= at and _day(row, when) <= until]

        channels = {row["channel"] for row in begun[key] if row["channel"]}
        assert len(channels) <= 1
        answered = any(row["answered"] for row in later("questions", "at"))
        rated = any(row["level"] for row in later("ratings", "offered_at"))
        estimated, reminded = bool(later("estimates", "at")), bool(later("reminders_set", "at"))
        found.append(Newcomer(code, channels.pop() if channels else "", day, answered, estimated, reminded, rated))
    return found


def steps(people: Iterable[Newcomer], cost: int | None = None) -> list[Cells]:
    """A row for each step: (people, share, low, high, what one cost)."""
    did = [person.did() for person in people]
    counts = [sum(each[step] for each in did) for step in range(5)]
    return [
        (n, of(n, counts[0]), *wilson(n, counts[0]), None if cost is None or not n else math.floor(cost / n + 0.5))
        for n in counts
    ]
