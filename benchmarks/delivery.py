"""What a message costs over HTTP: the assistant beside a bare echo, against one Bot API of this machine.

All three are processes of their own. Two hundred people write at once, then as many at ten messages a second, to the
assistant and to the echo in turn, three rounds of it. Alone: `python -m benchmarks.delivery` (on Linux).
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from benchmarks.bot_api import Outcome
from benchmarks.measure import share

_AT_ONCE, _IN_TURN, _ROUNDS = 200, 200, 3
_EACH_SECONDS = 0.1
_GRACE = 20
_LOG_SHOWN = 3_000
_TICKS = os.sysconf("SC_CLK_TCK")
QUESTIONS = Path(__file__).with_name("questions.txt")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of messages: what became of them, and the processor seconds the bot took for all of it."""

    outcome: Outcome
    processor: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What was measured of one bot, a block of each kind every round."""

    at_once: list[Block] = field(default_factory=list)
    in_turn: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One run: the assistant and the echo, and the Bot API's own milliseconds of processor time a message."""

    assistant: Cost
    echo: Cost
    bot_api: float


def delivery() -> Delivery:
    """Measure both bots in the same run; what they do before the first message, and with the first, is left out."""
    questions = QUESTIONS.read_text(encoding="utf-8").splitlines()
    assistant, echo = Cost(), Cost()
    with tempfile.TemporaryDirectory() as folder, bot_api() as (api, port):
        writing = Writing(port)
        address = f"http://127.0.0.1:{port}/bot"
        with (
            running(assistant_command(Path(folder), address, "1:assistant")) as assistant_process,
            running([sys.executable, "-m", "benchmarks.echo", address, "2:echo"]) as echo_process,
        ):
            bots = ((assistant, assistant_process, "1:assistant"), (echo, echo_process, "2:echo"))
            for _, process, token in bots:
                _block(writing, process, token, texts_of(questions, _AT_ONCE, 0), 0)
            api_before = _processor(api)
            for number in range(_ROUNDS):
                for cost, process, token in bots:
                    texts = texts_of(questions, _AT_ONCE, 2 * number + 1)
                    cost.at_once.append(_block(writing, process, token, texts, 0))
                for cost, process, token in bots:
                    texts = texts_of(questions, _IN_TURN, 2 * number + 2)
                    cost.in_turn.append(_block(writing, process, token, texts, _EACH_SECONDS))
            messages = 2 * _ROUNDS * (_AT_ONCE + _IN_TURN)
            api_each = (_processor(api) - api_before) * 1000 / messages
    _hold_to_their_task(assistant, echo, questions)
    return Delivery(assistant, echo, api_each)


def table(measured: Delivery) -> Table:
    """The figures of both, and the ratios: of each the middle round, in brackets the least and most of a round."""
    found = Table("a message over HTTP", "assistant", "echo", "assistant / echo", "aim")
    assistant, echo = measured.assistant, measured.echo
    found.add_row("processor time, all at once, ms", *_compared(assistant.at_once, echo.at_once, _each), "≤ 5 ×")
    found.add_row("processor time, ten a second, ms", *_compared(assistant.in_turn, echo.in_turn, _each), "")
    found.add_row("messages a second, all at once", *_compared(assistant.at_once, echo.at_once, _a_second), "≥ 60")
    found.add_row("first reply, ten a second, p50 ms", *_compared(assistant.in_turn, echo.in_turn, _p50), "")
    found.add_row("first reply, ten a second, p99 ms", *_compared(assistant.in_turn, echo.in_turn, _p99), "≤ 3 ×")
    found.add_row("replies", *_compared(assistant.at_once, echo.at_once, _replies), "")
    return found


def print_delivery(console: Console) -> None:
    measured = delivery()
    console.print(table(measured))
    console.print(f"The Bot API they talk to takes {measured.bot_api:.2f} ms of processor time a message itself.")


# --- figures of a block --------------------------------------------------------------------------


def _each(block: Block) -> float:
    return block.processor * 1000 / len(block.outcome.waits)


def _a_second(block: Block) -> float:
    return len(block.outcome.waits) / block.outcome.seconds


def _p50(block: Block) -> float:
    return share(block.outcome.waits, 0.5) * 1000


def _p99(block: Block) -> float:
    return share(block.outcome.waits, 0.99) * 1000


def _replies(block: Block) -> float:
    return block.outcome.replies / len(block.outcome.waits)


def _compared(
    assistant: Sequence[Block], echo: Sequence[Block], figure: Callable[[Block], float]
) -> tuple[str, str, str]:
    ours, theirs = [figure(block) for block in assistant], [figure(block) for block in echo]
    ratios = [mine / bare for mine, bare in zip(ours, theirs, strict=True)]  # of blocks measured one after the other
    middle = statistics.median
    return (
        f"{middle(ours):.2f}",
        f"{middle(theirs):.2f}",
        f"{middle(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})",
    )


# --- writing to a bot ----------------------------------------------------------------------------


class Writing:
    """Has the Bot API write to a bot."""

    def __init__(self, port: int) -> None:
        self._port = port

    def write(self, token: str, texts: Sequence[str], each_seconds: float) -> Outcome:
        """The outcome of these texts, one every `each_seconds`, or all at once."""
        body = json.dumps({"token": token, "texts": texts, "each_seconds": each_seconds})
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self._port)) as connection:
            connection.request("POST", "/write", body.encode())
            return Outcome(**json.loads(connection.getresponse().read())["result"])


def texts_of(questions: Sequence[str], count: int, turned: int) -> list[str]:
    """A question for each person, another one each time."""
    return [questions[(person + turned) % len(questions)] for person in range(count)]


def _block(
    writing: Writing, process: subprocess.Popen[str], token: str, texts: Sequence[str], each_seconds: float
) -> Block:
    before = _processor(process)
    outcome = writing.write(token, texts, each_seconds)
    if outcome.without_reply:
        state = "still runs" if process.poll() is None else f"ended with {process.returncode}"
        raise SystemExit(f"{outcome.without_reply} messages to {token} got no reply; its process {state}")
    return Block(outcome, _processor(process) - before)


def _hold_to_their_task(assistant: Cost, echo: Cost, questions: Sequence[str]) -> None:
    """An assistant that excuses itself to everybody, or an echo of something else, would be measured in vain."""
    for number, block in enumerate(echo.at_once):
        if sorted(block.outcome.first_replies) != sorted(texts_of(questions, _AT_ONCE, 2 * number + 1)):
            raise SystemExit("the echo does not say back what it is told")
    said = {reply for block in (*assistant.at_once, *assistant.in_turn) for reply in block.outcome.first_replies}
    if len(said) * 2 < len(questions):
        raise SystemExit(f"the assistant has only {len(said)} different replies to {len(questions)} questions")


# --- processes -----------------------------------------------------------------------------------


def _processor(process: subprocess.Popen[str]) -> float:
    """Seconds of processor time a process has taken, its threads and the system's work for it included."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def assistant_command(
    folder: Path, address: str, token: str, a_second: int = 0, sections: Mapping[str, object] | None = None
) -> list[str]:
    """The command of an assistant whose folder this is; `a_second`: the limit that it keeps, 0 for none."""
    settings = {
        "data_folder": str(folder / "data"),
        "telegram": {"token": token, "base_url": address, "base_file_url": address, "messages_a_second": a_second},
        "web": {"port": 0},
        **(sections or {}),
    }
    file = folder / "config.yaml"
    file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return [str(Path(sys.executable).with_name("bhxh")), "--config", str(file), "run"]


@contextlib.contextmanager
def bot_api() -> Iterator[tuple[subprocess.Popen[str], int]]:
    with running([sys.executable, "-m", "benchmarks.bot_api"]) as process:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())


@contextlib.contextmanager
def running(command: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """A process with no settings and no proxy from outside; what it logs goes to a file, shown when all ends badly."""
    named = {name: value for name, value in os.environ.items() if not name.upper().startswith("BHXH_")}
    environment = {name: value for name, value in named.items() if not name.lower().endswith("_proxy")}
    with tempfile.TemporaryFile() as logged:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=logged, env=environment, text=True)
        try:
            yield process
        except BaseException:
            logged.seek(0)
            sys.stderr.write(logged.read().decode(errors="replace")[-_LOG_SHOWN:])
            raise
        finally:
            process.terminate()
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()


if __name__ == "__main__":
    print_delivery(Console(width=110))
