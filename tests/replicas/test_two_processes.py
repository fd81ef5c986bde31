"""Two real processes by webhook on one PostgreSQL: one is killed, the database is restarted, and nobody notices.

In CI with few chats; `CHATS=200` has 2,000 updates over 200 chats, `SEED` another chance.
"""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.testing.postgresql_server import PostgresqlServer
from bot.testing.telegram_server import BotApiServer
from tests.ports import free_port
from tests.real_process import Assistant, assistant, by_webhook
from tests.replicas.balancer import Balancer

CHATS = int(os.environ.get("CHATS", "20"))
SEED = int(os.environ.get("SEED", "7"))

pytestmark = pytest.mark.slow

TALK = (
    "đóng mấy năm thì được lương hưu",
    "tính tiền đóng",
    "300k",
    "cận nghèo",
    "6 tháng",
    "không hài lòng",
    "khó hiểu",
    "chữ nhiều quá, đọc mãi không ra",
    "tính lương hưu",
    "nữ",
)
"""A question, a form with its estimate, a rating with its reason and a comment, and a form that is left in its middle.
All of it is typed before the first answer is there: only in this order does it make sense."""
IN_THE_FORM = "state::json->'form'->>'field' = 'born' AND state::json->'form'->'values'->>'sex' = 'female'"


class Installation:
    """The two processes, their database, and the people who write to them."""

    def __init__(self, api: BotApiServer, server: PostgresqlServer, processes: Sequence[Assistant]) -> None:
        self.api, self.server, self.processes = api, server, processes
        self.updates: list[int] = []

    def start(self, process: Assistant) -> None:
        process.start(BHXH_DATABASE__URL=self.server.url("served"), BHXH_SECRET="s" * 64)

    def say(self, chats: Sequence[int]) -> None:
        """Everybody says all they have to say, side by side."""
        self.updates += [self.api.says(chat, text) for text in TALK for chat in chats]

    @property
    def confirmed(self) -> int:
        return sum(self.api.confirmed(each) for each in self.updates)

    def rows(self, query: str) -> list[str]:
        return self.server.execute(query, "served")

    def until_confirmed(self, count: int) -> None:
        self.api.until(lambda: self.confirmed >= count, f"{count} updates are confirmed", self._all_run)

    def heard(self, chat: int) -> list[str]:
        """What a chat was shown, each thing once, in the order in which it came first."""
        return list(dict.fromkeys(each.text for each in self.api.heard(chat)))

    def _all_run(self) -> None:
        for each in self.processes:
            assert each.running, each.log[-4_000:]


@contextlib.contextmanager
def installed(folder: Path, chance: random.Random) -> Iterator[Installation]:
    # what is committed is with the operating system, which goes on: so nothing of it is lost with the server
    with PostgresqlServer(synchronous_commit="on") as server, BotApiServer() as api, contextlib.ExitStack() as opened:
        server.make("served")
        processes, ports = [], []
        for name in ("one", "two"):
            (folder / name).mkdir()
            told = {**by_webhook(api), "messages_a_second": 0}
            ports.append(told["webhook_port"])
            processes.append(opened.enter_context(assistant(folder / name, api, {"watch": {"port": 0}}, **told)))
        api.queue.arrives_at = free_port()
        opened.enter_context(Balancer(api.queue.arrives_at, ports, chance))
        yield Installation(api, server, processes)


def test_killed_and_restarted_in_the_middle_every_chat_is_answered_in_order_and_counted_once(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with installed(tmp_path, chance) as house:
        for each in house.processes:
            house.start(each)
        house.say([1])
        house.until_confirmed(len(TALK))
        house.api.until(lambda: len(house.heard(1)) >= len(TALK), "the first is answered")
        house.api.until(lambda: house.rows("SELECT count(*) FROM outbox") == ["0"], "all of it")
        wanted = house.heard(1)
        questions = int(house.rows("SELECT count(*) FROM questions")[0])

        chats = range(2, CHATS + 1)
        house.say(chats)
        begun, rest = len(TALK), len(TALK) * len(chats)
        killed = chance.choice(house.processes)
        house.until_confirmed(begun + int(rest * chance.uniform(0.1, 0.4)))
        killed.kill()
        house.start(killed)
        house.until_confirmed(begun + int(rest * chance.uniform(0.5, 0.8)))
        house.server.restart("immediate")
        house.until_confirmed(len(house.updates))
        house.api.until(
            lambda: all(house.heard(each)[-1:] == wanted[-1:] for each in chats),
            "everybody is answered",
            house._all_run,
        )
        house.api.until(lambda: house.rows("SELECT count(*) FROM outbox") == ["0"], "nothing is owed any more")

        assert {each: house.heard(each) for each in chats} == dict.fromkeys(chats, wanted)
        everybody = f"{CHATS}|{CHATS}"
        for table in ("estimates", "ratings", "states"):
            assert house.rows(f"SELECT count(*), count(DISTINCT key) FROM {table}") == [everybody], table
        assert house.rows("SELECT level, reason, comment, count(*) FROM ratings GROUP BY 1, 2, 3") == [
            f"2|hard_to_understand|{TALK[7]}|{CHATS}"
        ]
        assert house.rows(f"SELECT count(*) FROM states WHERE {IN_THE_FORM}") == [str(CHATS)]
        assert house.rows("SELECT count(*) FROM questions") == [str(questions * CHATS)]
        assert house.rows("SELECT count(*) FROM deliveries WHERE channel = 'telegram'") == [str(len(house.updates))]
        assert [each.stop() for each in house.processes] == [0, 0]
        for each in house.processes:
            assert "a conversation failed" not in each.log
            assert "Traceback" not in each.log
        twice = sum(len(house.api.heard(each)) - len(wanted) for each in range(1, CHATS + 1))
        print(
            f"{len(house.updates)} updates of {CHATS} chats by two processes, none lost, doubled or out of order;",
            end=" ",
        )
        print(f"{twice} replies came twice")


def test_one_alone_asks_telegram_for_updates_and_another_takes_its_place_when_it_is_killed(tmp_path: Path) -> None:
    with PostgresqlServer() as server, BotApiServer() as api, contextlib.ExitStack() as opened:
        server.make("served")
        told = {"BHXH_DATABASE__URL": server.url("served"), "BHXH_SECRET": "s" * 64}
        processes = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            processes.append(opened.enter_context(assistant(tmp_path / name, api, {"watch": {"port": 0}})))
        first, second = processes
        first.start(**told)
        number = api.says(7, TALK[0])
        api.until(lambda: api.confirmed(number), "the first serves")
        second.start(**told)
        assert second.ends() == 5
        assert "another process asks for what comes in" in second.log
        assert "telegram.mode" in second.log
        first.kill()
        second.start(**told)
        number = api.says(8, TALK[0])
        api.until(lambda: api.confirmed(number) and bool(api.heard(8)), "the second serves")
        assert second.stop() == 0
        assert server.execute("SELECT count(*) FROM leases", "served") == ["0"]
