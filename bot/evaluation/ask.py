"""Asks the FAQ without storing anything: `bhxh ask` and `bhxh evaluate`."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Column, Table

from bot.base.clock import Clock
from bot.base.content import Content, read_content
from bot.base.settings import CannotGoOn, Settings
from bot.desk.resources import resources_of
from bot.storage.failures import StorageDown, UnknownVersion
from bot.storage.file import assigned_in
from faq.engine.evaluate import Evaluation, LabelledQuestion, evaluate
from faq.engine.match import Match
from handlers.dialogue.context import plain
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.records import Asked
from handlers.dialogue.turn import Text, Turn
from handlers.router import converse
from vietnamese.masking import mask


@dataclass(frozen=True, slots=True)
class Answered:
    """What the assistant says to a question, and the decision behind it."""

    decision: str
    entries: tuple[str, ...]
    scores: tuple[float, ...]
    masked: bool
    text: str

    def as_json(self) -> dict[str, object]:
        return {
            "decision": self.decision,
            "entries": list(self.entries),
            "scores": list(self.scores),
            "masked": self.masked,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was decided, for the measure; `hedged`: answered, and the engine would have it said with a reserve."""

    decision: str
    entries: tuple[str, ...]
    hedged: bool


class Questioning:
    """The content read once, with what staff assigned where there is a database, asked as often as wanted."""

    def __init__(self, settings: Settings, clock: Clock, content: Content | None = None) -> None:
        self._resources = resources_of(content or read_content(_assigned(settings)), settings)
        self._clock = clock

    def ask(self, text: str) -> Answered:
        """The turn a new person would get for this text."""
        masked_text, masked = mask(text)
        match = self._resources.matcher.match(masked_text)
        turn = self._turn(text)
        decided = self._decided(turn) or self._opened(turn, match) or match
        entries = (*decided.entries, *(each for each in match.entries if each not in decided.entries))
        known, best = dict(zip(match.entries, match.scores, strict=True)), max(match.scores, default=0.0)
        scores = tuple(known.get(each, best) if place else best for place, each in enumerate(entries))
        said = turn.replies[0] if turn.replies else None
        words = plain(said.html) if isinstance(said, Text) else ""
        return Answered(decided.decision, entries, scores, masked, words)

    def evaluate(self, rows: Iterable[LabelledQuestion], timer: Callable[[], float]) -> Evaluation:
        """Measure the decisions of `ask` on labelled questions; `timer` in seconds."""

        def judged(text: str) -> _Judged:
            decided = self._decided(self._turn(text)) or self.ask(text)
            hedged = decided.decision == "answer" and self._resources.matcher.match(mask(text)[0]).hedged
            return _Judged(decided.decision, decided.entries, hedged)

        return evaluate(judged, rows, timer)

    def _turn(self, text: str) -> Turn:
        return converse(Message("text", "0", self._clock(), text), Memory(), self._resources)

    def _decided(self, turn: Turn) -> Asked | None:
        return next((record for record in turn.records if isinstance(record, Asked)), None)

    def _opened(self, turn: Turn, match: Match) -> Asked | None:
        """A form opened by its own words is an answer, by the entry that opens it."""
        if turn.state.form is None:
            return None
        library, name = self._resources.library, turn.state.form.name
        opening = (id for id in (*match.entries, *library.entries) if library[id].opens == name)
        return Asked("", "answer", tuple(itertools.islice(opening, 1)), masked=False)


def _assigned(settings: Settings) -> list[tuple[str, str]]:
    """What staff assigned; nothing where the database is not there, older, or can't be used: asking needs none."""
    try:
        if not settings.database.url:
            return assigned_in(settings.data_folder)
        return asyncio.run(_on_server(settings))
    except (StorageDown, UnknownVersion, CannotGoOn):
        return []


async def _on_server(settings: Settings) -> list[tuple[str, str]]:
    from bot.storage import phrasings  # who asks beside a file needs no library for it
    from bot.storage.database import Database

    database = Database(settings.database.url.get_secret_value())
    try:
        if await database.version() is None:
            return []
        async with database.read() as connection:
            return [(each.entry, each.text) for each in await phrasings.list_all(connection)]
    finally:
        await database.close()


def print_evaluation(measured: Evaluation, console: Console, errors: bool) -> None:
    """The shares by style; with `errors` also each miss, and what was taken for what."""
    for name in ("in_scope", "out_of_scope"):
        console.print(_table(name, measured.report[name]))
    console.print("latency (ms)", measured.report["latency_ms"])
    if not errors:
        return
    for error in measured.errors:
        console.print(f"{error.what}: {error.row.id} «{error.row.text}»", markup=False)
        console.print(f"    expected {list(error.row.expect)}, {error.decision} {list(error.entries)}", markup=False)
    for (expected, got), count in measured.confusion.items():
        console.print(f"{count:3} × {expected} taken for {got}", markup=False)


def _table(name: str, part: object) -> Table:
    assert isinstance(part, Mapping)
    styles: dict[str, Mapping[str, float]] = {"all": part, **part["by_style"]}
    columns = [column for column in part if column != "by_style"]
    heads = [Column(column.replace("_", " "), overflow="fold") for column in columns]
    table = Table(Column("style", no_wrap=True), *heads, title=name, box=None, padding=(0, 1, 0, 0))
    for style, shares in styles.items():
        cells = [str(shares[column]) if column == "n" else f"{shares[column]:.1%}" for column in columns]
        table.add_row(style, *cells)
    return table
