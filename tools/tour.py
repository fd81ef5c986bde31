"""Tells whether an exercise of docs/tour.md is done: `python -m tools.tour question`, or another of the five.

What the working tree has is compared with the commit from which the branch of the exercise began (`--since`, or where
it left main). Each step is one line, ✔ or ✘ with what is missing; exits with 0 when all are done, else with 1.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

HOLDS = """
import json
from bot.base.content import read_law, read_library
from bot.channels.catalogue import CHANNELS
from bot.reports.catalogue import REPORTS
from handlers.calculators.menu import FORMS
from law.calculations import CALCULATIONS
law = read_law()
values = {f"{one.name} {each.since}": repr(each.value) for one in law.parameters for each in one.values}
print(json.dumps({
    "questions": {name: list(entry.checks) for name, entry in read_library(law).entries.items()},
    "values": values,
    "calculations": list(CALCULATIONS),
    "forms": [str(each) for each in FORMS],
    "channels": {each.name: type(each).__module__ for each in CHANNELS},
    "reports": {name: list(each.formats) for name, each in REPORTS.items()},
}))
"""
"""What a tree holds, told by the tree itself."""

ASK = """
import json, sys
from bot.base.clock import now_in_vietnam
from bot.base.settings import Settings
from bot.evaluation.ask import Questioning
asked = Questioning(Settings(), lambda: now_in_vietnam())
print(json.dumps([(asked.ask(each).decision, list(asked.ask(each).entries[:1])) for each in sys.argv[1:]]))
"""

Holding = Mapping[str, Any]


@dataclass(frozen=True)
class Ran:
    """How a command ended, and the last it said."""

    code: int
    out: str

    @property
    def last(self) -> str:
        lines = self.out.strip().splitlines()
        return lines[-1].strip() if lines else ""


@dataclass(frozen=True)
class Step:
    """One thing that is done or not; `missing` says what to do while it is not."""

    said: str
    done: bool
    missing: str = ""

    def __str__(self) -> str:
        return f"✔ {self.said}" if self.done else f"✘ {self.said}" + (f": {self.missing}" if self.missing else "")


@dataclass(frozen=True)
class Work:
    """What was changed: what the tree held before and holds now, and the files that differ."""

    before: Holding
    now: Holding
    changed: frozenset[str]
    tree: Path = ROOT
    old: Path = ROOT

    def new(self, kind: str) -> list[str]:
        return [each for each in self.now[kind] if each not in self.before[kind]]

    def under(self, *places: str) -> list[str]:
        """The changed files that begin with one of these."""
        return sorted(each for each in self.changed if each.startswith(places))

    def naming(self, name: str, *places: str) -> list[str]:
        """Those of them whose text has a name in it."""
        return [each for each in self.under(*places) if name in (self.tree / each).read_text(encoding="utf-8")]

    def runs(self, *words: str, folder: Path | None = None) -> Ran:
        """A module of Python run in the tree, or in another folder with the tree's own modules."""
        done = subprocess.run(
            [sys.executable, *words],
            check=False,
            cwd=folder or self.tree,
            env=os.environ | {"PYTHONPATH": str(self.tree)},
            capture_output=True,
            text=True,
        )
        return Ran(done.returncode, done.stdout + done.stderr)

    def bhxh(self, *words: str, folder: Path | None = None) -> Ran:
        return self.runs("-c", "from bot.commands.cli import main; main()", *words, folder=folder)

    def tests(self, *places: str) -> Ran:
        return self.runs("-m", "pytest", "-q", "-p", "no:cacheprovider", *places)


def checked(work: Work) -> Step:
    """Whether everything that is written down fits together."""
    ran = work.bhxh("check")
    return Step("`bhxh check` finds nothing wrong", ran.code == 0, ran.out.strip().partition("\n")[0])


def only_content(work: Work) -> Step:
    """A question or a number is content: who has to change Python for it has met a wall in the wrong place."""
    touched = [each for each in work.changed if each.endswith(".py") and not each.startswith("tests/")]
    return Step("no module had to be changed", not touched, ", ".join(touched))


def tested(work: Work, name: str, *places: str) -> Step:
    """Whether a changed test names it, and passes."""
    found = work.naming(name, *places)
    said = f"a test in {' or '.join(places)} has «{name}» in it, and passes"
    if not found:
        return Step(said, False, "none of the changed files there does")
    ran = work.tests(*found)
    return Step(said, ran.code == 0, ran.last)


def question(work: Work) -> Iterator[Step]:
    """A question is added: one file."""
    new = work.new("questions")
    yield Step("faq/content/questions/ has one entry more", len(new) == 1, ", ".join(new) or "none yet")
    if len(new) != 1:
        return
    yield checked(work)
    checks = work.now["questions"][new[0]]
    ran = work.runs("-c", ASK, *checks)
    told = json.loads(ran.last) if ran.code == 0 and checks else []
    wrong = [text for text, answer in zip(checks, told, strict=True) if answer != ["answer", new]] if told else checks
    yield Step("each of its `checks` is answered by it at once", bool(checks) and not wrong, "; ".join(wrong))
    learnt = work.runs("-m", "tools.learn", "--check")
    yield Step("what is learnt is kept", learnt.code == 0, learnt.last)
    yield only_content(work)


def number(work: Work) -> Iterator[Step]:
    """A number of the law changes: one line, its case, its line in the changelog."""
    values = {name: value for name, value in work.now["values"].items() if work.before["values"].get(name) != value}
    gone = [name for name in work.before["values"] if name not in work.now["values"]]
    one = len({each.split()[0] for each in values}) == 1 and not gone
    yield Step("one parameter has a value that it did not have", one, ", ".join([*values, *gone]) or "none has yet")
    if not one:
        return
    parameter, day = max(values).split()
    yield checked(work)
    cases = work.under("tests/law/")
    yield Step("a file of cases in tests/law/ is changed", bool(cases), "none yet")
    if cases:
        ran = work.tests("tests/law/test_cases.py", "tests/law/test_examples.py")
        yield Step("the cases pass", ran.code == 0, ran.last)
        before = [Work({}, {}, frozenset(), work.old).bhxh("cases", str(work.tree / each)).code for each in cases]
        yield Step("without the new value one of them fails", 1 in before, "they say nothing about it")
    changelog = (work.tree / "CHANGELOG.md").read_text(encoding="utf-8").partition("## The law")[2]
    section = changelog.partition(f"### {day}")[2].partition("\n### ")[0]
    yield Step(f"CHANGELOG.md, «The law», tells `{parameter}` under {day}", f"`{parameter}`" in section)
    ran = work.tests("tests/house/test_docs.py")
    yield Step("the documents are current", ran.code == 0, f"make glossary readme? {ran.last}")
    yield only_content(work)


def benefit(work: Work) -> Iterator[Step]:
    """A benefit is added: calculation, cases, form, texts, dialogue."""
    calculations, forms = work.new("calculations"), work.new("forms")
    yield Step("law/calculations.py has a calculation more", bool(calculations), "none yet")
    if calculations:
        yield tested(work, calculations[0], "tests/law/")
    yield Step("handlers/calculators/menu.py has a form more", bool(forms), "none yet")
    if forms:
        texts = f"handlers/texts/{forms[0]}.yaml"
        yield Step(f"{texts} says everything about it", texts in work.changed, "no such file yet")
        dialogues = work.under("tests/dialogues/")
        ran = work.tests("tests/dialogues/test_dialogues.py") if dialogues else Ran(1, "no new dialogue")
        yield Step("a dialogue speaks with it as people do, and holds", ran.code == 0, ran.last)
    yield checked(work)
    ran = work.tests("tests/house/test_docs.py")
    yield Step("the documents are current", ran.code == 0, f"make glossary? {ran.last}")


def channel(work: Work) -> Iterator[Step]:
    """A channel is added: one module, its settings, its test."""
    new = work.new("channels")
    yield Step("bot/channels/catalogue.py has a channel more", bool(new), "none yet")
    if not new:
        return
    example = (work.tree / "config.example.yaml").read_text(encoding="utf-8")
    yield Step(f"config.example.yaml has the section «{new[0]}»", f"\n{new[0]}:" in example)
    yield tested(work, new[0], "tests/bot/channels/")
    ran = work.tests("tests/house/test_rules.py")
    yield Step("the rules of the house hold", ran.code == 0, ran.last)
    ran = work.runs("-m", "importlinter.cli", "lint")
    yield Step("no arrow goes up", ran.code == 0, "make layers")
    yield checked(work)


def report(work: Work) -> Iterator[Step]:
    """A report is added: one module, one line, its words; every format follows."""
    new = work.new("reports")
    yield Step("bot/reports/catalogue.py has a report more", bool(new), "none yet")
    if not new:
        return
    yield checked(work)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        work.bhxh("migrate", folder=folder)
        for ending in work.now["reports"][new[0]]:
            ran = work.bhxh("report", new[0], "--year", "2026", "--output", f"x.{ending}", folder=folder)
            made = ran.code == 0 and (folder / f"x.{ending}").stat().st_size > 0
            yield Step(f"`bhxh report {new[0]} --output x.{ending}` makes a file", made, ran.last)
    yield tested(work, new[0], "tests/bot/reports/")


EXERCISES: Mapping[str, Callable[[Work], Iterator[Step]]] = {
    each.__name__: each for each in (question, number, benefit, channel, report)
}


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], check=False, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"git {words[0]}: {done.stderr.strip()}")
    return done.stdout


def _holding(tree: Path) -> Holding:
    ran = Work({}, {}, frozenset(), tree).runs("-c", HOLDS)
    if ran.code:
        raise SystemExit(f"the content of {tree} can't be read: {ran.last}")
    found: Holding = json.loads(ran.last)
    return found


def main() -> int:
    """Say of each step of an exercise whether it is done."""
    parser = argparse.ArgumentParser(prog="python -m tools.tour", description="Is an exercise of docs/tour.md done?")
    parser.add_argument("exercise", choices=tuple(EXERCISES))
    parser.add_argument("--since", help="the commit from which the exercise began; where the branch left main")
    given = parser.parse_args()
    since = given.since or _git("merge-base", "HEAD", "main").strip()
    others = _git("ls-files", "--others", "--exclude-standard").split()
    changed = frozenset(
        each for each in (*_git("diff", "--name-only", since, "--").split(), *others) if (ROOT / each).exists()
    )
    with tempfile.TemporaryDirectory() as name:
        old = Path(name)
        packed = old / "old.tar"
        _git("archive", "--output", str(packed), since, "bot", "handlers", "faq", "vietnamese", "law")
        subprocess.run(["tar", "-xf", packed, "-C", old], check=True)
        work = Work(_holding(old), _holding(ROOT), changed, ROOT, old)
        done = True
        for step in EXERCISES[given.exercise](work):
            print(step, flush=True)
            done = done and step.done
    print("done" if done else "not done yet")
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
