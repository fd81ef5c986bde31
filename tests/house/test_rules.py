"""The rules of the house, held over the sources and the data."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.commands.check import said_texts, unwritten_texts
from handlers.dialogue.texts import named

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "faq", "vietnamese", "law")
PURE = ("handlers", "faq", "vietnamese", "law")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def sources_of(*packages: str) -> list[Path]:
    return [path for path in SOURCES if path.relative_to(ROOT).parts[0] in packages]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_a_module_says_in_its_first_line_what_it_is_for_and_is_named_for_its_matter() -> None:
    said = [path for path in SOURCES if path.name != "__init__.py" or path.read_text().strip()]
    assert [name(path) for path in said if not ast.get_docstring(tree(path))] == [], "no docstring"
    vague = {"utils", "util", "helpers", "common", "const", "constants", "misc"}
    assert [name(path) for path in SOURCES if path.stem in vague] == []


def importing(banned: set[str], *but: str) -> list[str]:
    """The sources that import one of these packages, but those of some folders."""
    return [
        name(path)
        for path in SOURCES
        if not name(path).startswith(but) and banned & {module.split(".")[0] for module in imported(path)}
    ]


def test_telegram_is_known_to_its_channel_only_and_sql_to_the_storage_only() -> None:
    assert importing({"telegram"}, "bot/channels/telegram/", "bot/testing/") == []
    assert importing({"sqlalchemy", "alembic", "sqlite3", "aiosqlite", "asyncpg"}, "bot/storage/") == []


def types_of(path: Path) -> Iterator[str]:
    """The public classes and aliases of types that a module defines."""
    for node in tree(path).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            made = ast.unparse(node.value.func) if isinstance(node.value, ast.Call) else ""
            yield from (each.id for each in targets if isinstance(each, ast.Name) and made != "TypeVar")


def test_a_name_of_a_type_means_one_thing() -> None:
    """A class or an alias named like another one makes a reader look twice: `Report`, but `ReportWanted`."""
    modules: dict[str, list[str]] = defaultdict(list)
    for path in SOURCES:
        for each in types_of(path):
            if re.fullmatch(r"[A-Z]\w*[a-z]\w*", each):
                modules[each].append(name(path))
    assert len(modules) > 200
    assert {each: where for each, where in modules.items() if len(where) > 1} == {}


def impurities(path: Path) -> Iterator[str]:
    """What a pure module may not do: wait, read or write, ask for the time."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.AsyncFunctionDef | ast.Await):
            yield f"{name(path)}: async"
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {"open", "print", "input"} or re.search(
                r"(?:^|\.)(?:today|now|utcnow|read_text|write_text)$", called
            ):
                yield f"{name(path)}: {called}"


def test_conversations_answers_and_law_are_pure() -> None:
    banned = {"asyncio", "os", "random", "secrets", "time", "logging", "pathlib", "io", "socket", "httpx"}
    assert importing(banned, "bot/") == []
    assert [each for path in sources_of(*PURE) for each in impurities(path)] == []


READS_CONTENT = """
import importlib, pkgutil, sys
opened = []
watch = lambda event, args: opened.append(args[0]) if event == "open" else None
sys.addaudithook(watch)
for root in sys.argv[1:]:
    for module in pkgutil.walk_packages(importlib.import_module(root).__path__, f"{root}."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
print(*(file for file in opened if str(file).endswith((".yaml", ".html", ".npz"))))
"""


def test_no_module_reads_content_when_it_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", READS_CONTENT, *PACKAGES], check=True, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.split() == []


def sentences(path: Path) -> Iterator[str]:
    """String constants that are no docstrings."""
    module = tree(path)
    docstrings = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def is_sentence(said: str) -> bool:
    """Words to be said, and not the place of an article («Điều 5 khoản 2») or the name of a unit."""
    return bool(VIETNAMESE.search(said)) and not said.startswith("Điều ") and len(said.split()) > 3


# Words of the language that a reader or the matcher looks for are data about typing, not sentences said.
LANGUAGE = ("faq/", "vietnamese/", "handlers/reading/")


def test_vietnamese_sentences_live_in_texts_not_in_python() -> None:
    others = [path for path in SOURCES if not name(path).startswith(LANGUAGE)]
    assert [(name(path), said) for path in others for said in sentences(path) if is_sentence(said)] == []


def amounts_of_the_law() -> set[float]:
    amounts: set[float] = set()
    for file in (ROOT / "law" / "parameters").glob("*.yaml"):
        for dated in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)["values"].values():
            value = dated.get("value") if isinstance(dated, dict) else None
            if isinstance(value, int) and not isinstance(value, bool) and value >= 100_000:
                amounts.add(value)
    return amounts


def test_no_number_of_the_law_stands_in_python() -> None:
    """Amounts and rates that the parameters hold: none of them as a literal."""
    amounts = amounts_of_the_law()
    assert len(amounts) > 10
    # 500.000 is also an amount people are offered to press; it is written as 500 thousand there
    assert [
        (name(path), node.value)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int)
        and not isinstance(node.value, bool)
        and node.value in amounts
    ] == []


AMOUNT = re.compile(r"\d[\d.,]*\s*(?:%|phần trăm|triệu|nghìn|ngàn|đồng|đ\b)")
EXAMPLES = re.compile(r"[Vv]í dụ.*", re.DOTALL)


def texts() -> Iterator[tuple[str, str, str]]:
    for file in sorted((ROOT / "handlers" / "texts").glob("*.yaml")):
        for key, text in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader).items():
            yield file.stem, key, text


def test_no_amount_or_percentage_stands_in_a_text_outside_an_example() -> None:
    bare = {named(stem, key): re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text) for stem, key, text in texts()}
    assert len(bare) > 400
    assert [each for each, text in bare.items() if AMOUNT.search(EXAMPLES.sub("", text))] == []


def test_every_text_is_said_and_every_said_text_exists() -> None:
    written = {named(stem, key) for stem, key, _ in texts()}
    said = said_texts(written)
    assert any(name.startswith("law.") for name in said), "has the way the law names its sentences changed?"
    assert written - said == set(), "written and never said"
    assert unwritten_texts(written) == [], "said and never written"


MISSING = (
    "form.again",
    "contribution.group_poor",
    "pension.refused_too_young",
    "staff_commands.xuat",
    "commands.hoi",
    "law.join_refused_compulsory",
    "law.option_missing_time_later",
    *(f"social_pension.{key}" for key in ("menu", "command", "opens", "topic")),
)


@pytest.mark.parametrize("missed", MISSING)
def test_a_text_that_is_missing_is_named(missed: str) -> None:
    written = {named(stem, key) for stem, key, _ in texts()} - {missed}
    stem, key = missed.split(".")
    assert unwritten_texts(written) == [f"handlers/texts/{stem}.yaml: {key}: is missing; the conversation says it"]


def begun(path: Path) -> Iterator[str]:
    """What f-strings begin with."""
    for part in ast.walk(tree(path)):
        if isinstance(part, ast.JoinedStr) and isinstance(part.values[0], ast.Constant):
            yield str(part.values[0].value)


def test_the_name_of_a_text_is_put_together_from_a_list_only() -> None:
    """An f-string hides from the check which texts it can name."""
    stems = {stem for stem, _, _ in texts()} - {"law"}  # whose notes are read off its sources
    begins_a_name = re.compile(rf"(?:{'|'.join(stems)})\.[a-z0-9_]*$")
    sources = sources_of("bot", "handlers")
    assert [(name(path), each) for path in sources for each in begun(path) if begins_a_name.match(each)] == []


def test_the_lock_holds_exact_versions_only() -> None:
    line = re.compile(r"[a-z0-9][a-z0-9._-]*==[^\s;]+(?: ; .+)?")
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    assert len(lines) > 30
    assert [text for text in lines if not line.fullmatch(text)] == []


def test_the_example_configuration_loads() -> None:
    from bot.channels.catalogue import read_settings

    settings = read_settings(ROOT / "config.example.yaml")
    assert settings == type(settings)()


def test_no_test_reads_todays_date() -> None:
    asking = re.compile(r"\b(?:date\.today|datetime\.now|time\.time|utcnow)\(")
    reading = [
        name(path)
        for path in (ROOT / "tests").rglob("*.py")
        if path != Path(__file__) and asking.search(path.read_text(encoding="utf-8"))
    ]
    assert reading == []
