"""The documents say what the software does: the transcript is replayed, the commands exist, the glossary is current."""

from __future__ import annotations

import datetime
import importlib.util
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer.main
from rich.console import Console
from typer.core import TyperGroup
from typer.testing import CliRunner

from bot.base.content import Content, read_yaml
from bot.channels.catalogue import read_settings
from bot.channels.terminal import Terminal
from bot.charts import pictures
from bot.commands.cli import cli
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from faq.canned import read_canned
from faq.library import BrokenEntries, Library
from handlers.calculators.menu import FORMS
from handlers.dialogue.context import Resources
from law.base import freshness
from law.figures import every_name
from tests.conftest import Clock

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def document(name: str) -> Any:
    """The module of docs/ that writes a document."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def test_the_transcript_in_the_readme_is_what_is_said(
    desk: Desk, delivery: Delivery, resources: Resources, clock: Clock, tmp_path: Path
) -> None:
    def terminal(console: Console) -> Terminal:
        return Terminal(desk, delivery, resources.texts, clock, console, pictures.make, tmp_path)

    again = await document("write_transcript").replayed(README, terminal, resources.texts.label("terminal.prompt"))
    assert again == README, "what is said has changed: make readme"


def test_every_command_of_the_readme_exists_and_every_command_is_in_it() -> None:
    named = set(re.findall(r"^\| `bhxh ([a-z-]+)", README, re.MULTILINE))
    helped = CliRunner().invoke(cli, ["--help"]).output
    existing = {command.name or command.callback.__name__ for command in cli.registered_commands if command.callback}
    existing |= {str(group.name) for group in cli.registered_groups}
    assert named == existing
    assert all(name in helped for name in existing)


def test_every_document_linked_exists() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name} links {link}"


def test_the_glossary_is_made_from_the_parameters(content: Content) -> None:
    made = document("write_glossary").glossary(content.law)
    assert (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8") == made, "make glossary"


def test_the_page_of_january_tells_each_file_and_line_that_the_check_asks_for(content: Content) -> None:
    page = (ROOT / "docs" / "viec-dau-nam.md").read_text(encoding="utf-8")
    ended = max(each.until for each in content.law.parameter("fund_rate").values if each.until)
    asked = freshness.to_enter(content.law, ended + datetime.timedelta(days=1))
    missing = [each for each in asked if not each.known]
    assert len(missing) >= 4
    named = set(re.findall(r"`(law/parameters/\w+\.yaml)`", page))
    assert named >= {each.file for each in asked}
    assert [file for file in named if not (ROOT / file).exists()] == []
    of_one_value = [each.line for each in missing if not isinstance(each.parameter.values[-1].value, Mapping)]
    assert [line for line in of_one_value if re.sub(r"\b20\d\d-", "20XX-", line) not in page] == []


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_folder_of_the_house_is_on_the_map_and_every_place_named_exists() -> None:
    folders = {
        str(path.parent.relative_to(ROOT))
        for floor in ("law", "vietnamese", "faq", "handlers", "bot")
        for path in (ROOT / floor).rglob("*.py")
        if "migrations" not in path.parts
    }
    on_the_map = {row.rstrip("/") for row in re.findall(r"^\| `([a-z_/]+/)` \|", ARCHITECTURE, re.MULTILINE)}
    inside_one = {"bot/channels/telegram", "bot/channels/zalo"}  # a channel's folder is on the line of them all
    assert folders - on_the_map - inside_one - {"bot"} == set()
    places = re.findall(r"`((?:law|vietnamese|faq|handlers|bot|tests|docs|benchmarks)/[\w./-]*)`", ARCHITECTURE)
    assert len(places) > 40
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_test_that_the_page_on_security_names_exists() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`", page)
    assert len(named) > 20
    for file, test in named:
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8") if test else (ROOT / file).exists(), test


def test_every_change_of_the_law_since_it_is_in_force_stands_in_the_changelog(content: Content) -> None:
    told = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition("## The law")[2]
    by_day = dict(re.findall(r"^### ([\d-]{10})(.*?)(?=^### |\Z)", told, re.DOTALL | re.MULTILINE))
    road_map = next(text for text in by_day.values() if "and every 1 January before it" in text)
    missing = [
        f"{each.name} from {dated.since}"
        for each in content.law.parameters
        for dated in each.values
        if dated.since.isoformat() > "2025-07-01"
        and f"`{each.name}`" not in by_day.get(dated.since.isoformat(), "" if dated.since.year < 2028 else road_map)
    ]
    assert missing == []


GUIDE = (ROOT / "docs" / "viet-cau-tra-loi.md").read_text(encoding="utf-8")


CALLS = re.findall(r"(?:`|^ *)bhxh ((?:questions )?[a-z-]+)", GUIDE, re.MULTILINE)


def problems_of(example: str, content: Content) -> tuple[str, ...]:
    """What is wrong with an entry of the guide."""
    known = every_name(content.law)
    try:
        Library.from_data(
            {"house_help": read_yaml(example, "the guide")},
            sources=set(content.law.sources),
            figures=known,
            forms=FORMS,
        )
    except BrokenEntries as broken:
        return tuple(each for each in broken.problems if "related" not in each)
    return ()


def test_the_good_example_of_the_guide_is_good_and_the_bad_one_is_bad_as_it_says(content: Content) -> None:
    bad, good, _ = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    assert problems_of(good, content) == ()
    left_out = re.search(r"^sources:.*?^review_by:.*?$", good, re.DOTALL | re.MULTILINE)
    assert left_out is not None
    told = problems_of(f"{bad}topic: joining\n{left_out[0]}\n", content)
    for named in ("question: is a button and holds 60", "answer: «330.000 đồng»", "phrasings: needs at least"):
        assert any(named in each for each in told), told
    data = read_yaml(good, "the guide")
    assert isinstance(data, dict)
    assert set(data["related"]) <= set(content.library.entries)
    assert not set(data["phrasings"]) & set(data["checks"])
    assert len(data["answer"]) <= 500


def test_the_canned_answer_of_the_guide_is_good(content: Content) -> None:
    _, _, example = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    (read,) = read_canned({"lost": read_yaml(example, "the guide")}, every_name(content.law)).values()
    assert "{hotline}" in read.text


def test_every_command_of_the_guide_exists() -> None:
    named = {tuple(each.split()) for each in CALLS}
    commands = typer.main.get_group(cli)
    for name, *more in named:
        group = commands.commands[name]
        assert not more or (isinstance(group, TyperGroup) and more[0] in group.commands)
    assert len(named) > 8


OPERATING = (ROOT / "docs" / "van-hanh.md").read_text(encoding="utf-8")


def test_every_command_and_setting_of_the_page_of_the_technician_exists() -> None:
    commands = typer.main.get_group(cli).commands
    called = re.findall(
        r"(?:^ *(?:BHXH_\w+=\S+ )?|`|/)bhxh ([a-z][\w -]*?)(?=`|$| [^-\sa-z]| sao-luu)", OPERATING, re.MULTILINE
    )
    assert len(called) > 8
    for call in called:
        name, *words = call.split()
        command = commands[name]
        while isinstance(command, TyperGroup) and words:
            command = command.commands[words.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, call
    settings = type(read_settings(None))()
    named = re.findall(r"`([a-z]+)\.(?!yaml)([a-z_]+)(?:: \w+)?`", OPERATING)
    assert len(named) > 8
    assert [each for each in named if each[1] not in type(getattr(settings, each[0])).model_fields] == []
