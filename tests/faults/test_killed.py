"""Killed at any moment, and started again: nothing acknowledged is lost or doubled, and everybody is answered.

In CI once at each point there is, by polling and by webhook; `KILLS=20` kills twenty times at each.
"""

from __future__ import annotations

import functools
import os
import random
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.storage.upgrade import upgrade
from bot.testing.telegram_server import BotApiServer, ShownMessage
from tests.real_process import Assistant, assistant, by_webhook

KILLS = int(os.environ.get("KILLS", "1"))
"""How often at each point."""
PEOPLE = 4
"""Who come at the same time."""
TAKEN_IN: Mapping[str, str] = {"polling": "getUpdates", "webhook": "setWebhook"}
"""How updates come in, and what a process calls as soon as it takes them."""

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Step:
    """One thing a person does: words typed, or (`pressed`) part of a button's label."""

    words: str
    pressed: bool = False
    then: str = ""
    """What must be heard afterwards: part of a text or of a label."""


TALK = (
    Step("đóng mấy năm thì được lương hưu", then="15 năm"),
    Step("tính tiền đóng", then="Mức thấp nhất"),
    Step("Mức thấp nhất", pressed=True, then="Hộ cận nghèo"),
    Step("Hộ cận nghèo", pressed=True, then="6 tháng"),
    Step("6 tháng", pressed=True, then="Không hài lòng"),
    Step("Không hài lòng", pressed=True, then="Khó hiểu"),
    Step("Khó hiểu", pressed=True, then=""),
    Step("chữ nhiều quá, đọc mãi không ra", then=""),
)
"""A question, a form with its estimate, a rating, its reason and a comment."""


@dataclass
class Person:
    """Somebody who goes through the talk, each step once what they wait for is there."""

    number: int
    api: BotApiServer
    step: int = 0
    heard: int = 0
    updates: list[int] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return self.step == len(TALK) and self._answer() is not None

    def goes_on(self) -> None:
        """Do what comes next, if it is time."""
        if self.step and self._answer() is None:
            return
        if self.step == len(TALK):
            return
        step = TALK[self.step]
        if step.pressed:
            shown = next(each for each in reversed(self.api.heard(self.number)) if has(each, step.words))
            self.heard = len(self.api.heard(self.number))
            self.updates.append(self.api.presses(self.number, shown, step.words))
        else:
            self.heard = len(self.api.heard(self.number))
            self.updates.append(self.api.says(self.number, step.words))
        self.step += 1

    def _answer(self) -> ShownMessage | None:
        wanted = TALK[self.step - 1].then
        fresh = self.api.heard(self.number)[self.heard :]
        return next((each for each in fresh if wanted in each.text or has(each, wanted)), None)


def has(heard: ShownMessage, label: str) -> bool:
    return any(label in words for words, _ in heard.buttons)


# --- the points at which it is killed ------------------------------------------------------------


@dataclass
class Run:
    """People, the process they write to, and the chance that decides."""

    api: BotApiServer
    process: Assistant
    chance: random.Random
    mode: str
    people: list[Person] = field(default_factory=list)

    def more_people(self) -> None:
        first = 100 + len(self.people)
        self.people += [Person(first + number, self.api) for number in range(PEOPLE)]

    def go_on(self) -> None:
        for person in self.people:
            person.goes_on()

    def until(self, condition: Callable[[], bool], what: str) -> None:
        def look() -> None:
            assert self.process.running, "the process goes on"
            self.go_on()

        self.api.until(condition, what, look)


def at_a_random_moment(run: Run) -> None:
    begun = run.api.called(TAKEN_IN[run.mode])
    run.until(lambda: run.api.called(TAKEN_IN[run.mode]) > begun, "it takes in updates")
    end = time.monotonic() + run.chance.uniform(0, 2.5)
    run.until(lambda: time.monotonic() > end, "the moment has come")


def as_soon_as_an_update_is_handed_out(run: Run) -> None:
    run.go_on()
    open_now = [person.updates[-1] for person in run.people if person.updates]
    number = next((each for each in reversed(open_now) if not run.api.confirmed(each)), open_now[-1])
    run.until(lambda: run.api.was_given(number), "an update is handed out")


def after_the_commit_and_before_telegram_knows(run: Run) -> None:
    run.api.queue.hears_no_confirmation()
    run.until(lambda: run.api.queue.unheard > 0, "an update is confirmed, and that is lost")


def after_the_commit_and_before_the_send(run: Run) -> None:
    run.api.holds("sendMessage")
    run.until(lambda: run.api.held("sendMessage") > 0, "a reply is about to be taken")
    assert run.process.rows("SELECT count(*) FROM outbox")[0][0] > 0


def after_the_send_and_before_the_mark(run: Run) -> None:
    run.api.holds("sendMessage", shown=True)
    run.until(lambda: run.api.held("sendMessage") > 0, "a reply is taken, and not yet said to be")
    assert run.process.rows("SELECT count(*) FROM outbox")[0][0] > 0


def in_a_form(run: Run) -> None:
    run.until(lambda: any(person.step in (2, 3, 4) for person in run.people), "somebody is in a form")


def while_a_press_is_answered(run: Run) -> None:
    run.api.holds("answerCallbackQuery")
    run.until(lambda: run.api.held("answerCallbackQuery") > 0, "a press is about to be acknowledged")


POINTS = (
    at_a_random_moment,
    as_soon_as_an_update_is_handed_out,
    after_the_commit_and_before_telegram_knows,
    after_the_commit_and_before_the_send,
    after_the_send_and_before_the_mark,
    in_a_form,
    while_a_press_is_answered,
)


@pytest.mark.parametrize("mode", TAKEN_IN)
def test_killed_at_every_point_nothing_is_lost_or_doubled_and_everybody_is_answered(tmp_path: Path, mode: str) -> None:
    with BotApiServer() as api, assistant(tmp_path, api, **by_webhook(api) if mode == "webhook" else {}) as process:
        run = Run(api, process, random.Random(7), mode)
        for number in range(KILLS):
            for point in POINTS:
                run.more_people()
                process.start()
                point(run)
                process.kill()
                api.heal()
            process.start()
            run.until(lambda: all(person.done for person in run.people), "everybody is answered")
            if number < KILLS - 1:
                process.kill()
        last = max(person.updates[-1] for person in run.people)
        run.until(lambda: api.confirmed(last), "all is confirmed")
        run.until(lambda: process.rows("SELECT count(*) FROM outbox") == [(0,)], "nothing is owed any more")
        assert process.stop() == 0
        hold_to_account(process, run.people)
        print(
            f"by {mode}, killed {len(POINTS) * KILLS + KILLS - 1} times: {len(run.people) * len(TALK)} updates of",
            end=" ",
        )
        print(f"{len(run.people)} people, none lost or doubled; {twice(run)} replies came twice")


def hold_to_account(process: Assistant, people: Sequence[Person]) -> None:
    """Of everybody one question, one estimate and one rating with its reason and comment: no more and no less."""
    everybody = len(people)
    for table in ("questions", "estimates", "ratings"):
        counted = process.rows(f"SELECT count(*), count(DISTINCT key) FROM {table}")
        assert counted == [(everybody, everybody)], f"{table}: {counted}, of {everybody} people"
    rated = process.rows("SELECT level, reason, comment IS NOT NULL, count(*) FROM ratings GROUP BY 1, 2, 3")
    assert rated == [(2, "hard_to_understand", 1, everybody)]


def twice(run: Run) -> int:
    """How many replies came more than once, which a kill between send and mark may bring about."""
    heard = [[each.text for each in person.api.heard(person.number)] for person in run.people]
    return sum(len(texts) - len(set(texts)) for texts in heard)


# --- migrations ----------------------------------------------------------------------------------

ROWS = 4_000
OLD = "0002"
AT = "2026-10-01 02:00:00.000000"


def old_database(folder: Path) -> None:
    """A database of an early version with so many questions that bringing it to this one takes a while."""
    folder.mkdir(mode=0o700)
    engine = sa.create_engine(f"sqlite:///{folder / 'bhxh.sqlite3'}")
    with engine.begin() as connection:
        upgrade(connection, OLD)
        connection.exec_driver_sql(
            "INSERT INTO questions (key, delivery, at, text, masked, decision, entries) VALUES (?, ?, ?, ?, 0, ?, ?)",
            [
                ("p" * 64, f"d{number}", AT, f"tôi là Nguyễn Văn Ba hỏi {number}", "unknown", "[]")
                for number in range(ROWS)
            ],
        )
    engine.dispose()


def test_killed_in_the_middle_of_a_migration_the_next_start_brings_it_to_its_end(tmp_path: Path) -> None:
    old_database(tmp_path / "data")
    (tmp_path / "data" / "secret").write_text("5" * 64)
    file, written = tmp_path / "data" / "bhxh.sqlite3", tmp_path / "data" / "bhxh.sqlite3-wal"
    before = file.stat().st_size
    with BotApiServer() as api, assistant(tmp_path, api) as process:
        in_the_middle = 0
        for number in range(KILLS):
            process.start()
            enough = before * number // (2 * KILLS)
            api.until(functools.partial(is_longer, written, enough), "the migration writes", lambda: alive(process))
            process.kill()
            in_the_middle += version(file) == OLD
        assert in_the_middle, "it was killed before the migration ended, and nothing of it was kept"
        process.start()
        number = api.says(7, "đóng mấy năm thì được lương hưu")
        api.until(lambda: bool(api.heard(7)) and api.confirmed(number), "it answers", lambda: alive(process))
        assert process.stop() == 0
        assert process.rows("SELECT count(*), count(DISTINCT delivery) FROM questions") == [(ROWS + 1, ROWS + 1)]
        assert process.rows("SELECT count(*) FROM questions WHERE text LIKE '%Nguyễn%'") == [(0,)]


def is_longer(file: Path, length: int) -> bool:
    return file.exists() and file.stat().st_size > length


def alive(process: Assistant) -> None:
    assert process.running


def version(file: Path) -> str:
    connection = sqlite3.connect(file)
    try:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    finally:
        connection.close()
