"""Reads every YAML file of the content once, and builds the law, the FAQ and the texts from it.

BrokenContent   one or more files are wrong; each problem names the file, the key and the remedy
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import io
import re
import zipfile
import zlib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
import yaml

from faq.canned import BrokenCanned, Canned, read_canned
from faq.engine.match import Matcher
from faq.engine.weights import Weights
from faq.library import BrokenEntries, Library
from faq.synonyms import BrokenSynonyms, Synonyms
from handlers.calculators.menu import FORMS
from handlers.dialogue.texts import BrokenTexts, Texts
from law.base.law import BrokenLaw, Law, NoSuchParameter
from law.figures import every_name


class BrokenContent(Exception):
    """Files of the content that can't be used, every problem of them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


_FAQ_FOLDERS = ("questions", "referrals", "smalltalk", "offtopic")


class _Loader(yaml.SafeLoader):
    """YAML as written: a key twice is an error, a fraction is a Decimal, «on» and «no» are words."""


class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same in C, several times as fast; what is wrong it says less well."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[object, object]:
    built: dict[object, object] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable):
            raise yaml.constructor.ConstructorError(None, None, "a key must be one word", key_node.start_mark)
        if key in built:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands here twice; keep one", key_node.start_mark
            )
        built[key] = loader.construct_object(value_node, deep=True)
    return built


def _resolvers() -> dict[str, list[tuple[str, object]]]:
    kept = {
        first: [(tag, pattern) for tag, pattern in rules if not tag.endswith(":bool")]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    for word in ("true", "false"):
        kept[word[0]] = [("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$")), *kept[word[0]]]
    return kept


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    try:
        return Decimal(str(node.value).replace("_", ""))
    except InvalidOperation:
        problem = f"{node.value} is no number; write it with digits and a point, or quote it"
        raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from None


def _date(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        problem = f"{node.value} is no date; write one that is in the calendar, as 2026-07-01"
        raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from None


for _each in (_Loader, _FastLoader):
    _each.yaml_implicit_resolvers = _resolvers()
    _each.add_constructor("tag:yaml.org,2002:map", _mapping)
    _each.add_constructor("tag:yaml.org,2002:float", _decimal)
    _each.add_constructor("tag:yaml.org,2002:timestamp", _date)


def read_yaml(text: str, name: str) -> object:
    """Parse one YAML text; raises BrokenContent that names the file, the line and what is wrong."""
    try:
        return _parsed(text, name)
    except RecursionError:
        raise BrokenContent((f"{name}: its lists and keys stand too deep in each other",)) from None


def _parsed(text: str, name: str) -> object:
    with contextlib.suppress(yaml.YAMLError):
        return yaml.load(text, Loader=_FastLoader)  # noqa: S506 - a SafeLoader
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BrokenContent((f"{name}, line {line}: {error.problem or error.context}",)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BrokenContent((f"{name}, line {line}: {error.reason}",)) from error


def read_file_text(file: Path) -> str:
    """The text of a file someone names; raises BrokenContent."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BrokenContent((f"{file}: can't be read: {error.strerror}",)) from error
    except UnicodeDecodeError as error:
        raise BrokenContent((f"{file}: is not UTF-8 text; save it as UTF-8",)) from error


def _files(folder: Traversable) -> Iterator[Traversable]:
    for found in sorted(folder.iterdir(), key=lambda each: each.name):
        if found.name.endswith(".yaml"):
            yield found


def _read_folder(package: str, folder: str, problems: list[str]) -> dict[str, object]:
    read: dict[str, object] = {}
    for found in _files(resources.files(package) / folder):
        try:
            read[found.name.removesuffix(".yaml")] = read_file(package, f"{folder}/{found.name}")
        except BrokenContent as broken:
            problems += broken.problems
    return read


def read_file(package: str, name: str) -> object:
    """One YAML file that ships inside a package; raises BrokenContent, also for one that is no text."""
    where = f"{package.replace('.', '/')}/{name}"
    try:
        text = (resources.files(package) / name).read_text(encoding="utf-8")
    except OSError as error:
        raise BrokenContent((f"{where}: can't be read: {error.strerror}",)) from error
    except UnicodeDecodeError as error:
        raise BrokenContent((f"{where}: is not UTF-8 text; save it as UTF-8",)) from error
    return read_yaml(text, where)


@dataclass(frozen=True)
class Content:
    """Everything that is written down: the law, the answers with the engine that finds them, the words."""

    law: Law
    library: Library
    texts: Texts
    assigned: tuple[tuple[str, str], ...] = ()
    """Phrasings that staff assigned, with their entries: learnt, but not in the files."""
    learnt: Matcher | None = None
    canned: Mapping[str, Canned] = field(default_factory=dict)
    """What the staff answer again and again, by id."""

    @functools.cached_property
    def matcher(self) -> Matcher:
        """The engine that finds the answers: the one given, or made when first asked for. What `make learn` kept is
        used as far as it holds; where phrasings are newer they are learnt now, in a second or two.
        """
        return self.learnt or Matcher.build(self.library.with_phrasings(self.assigned), read_weights())


WEIGHTS = "engine/weights.npz"
"""The file in `faq` that `make learn` writes."""


def read_weights() -> Weights | None:
    """What `make learn` kept; None where there is no such file or it can't be used, for then it is learnt now."""
    try:
        return weights_in((resources.files("faq") / WEIGHTS).read_bytes())
    except OSError:
        return None


def weights_in(data: bytes) -> Weights | None:
    """The same from the bytes of the file."""
    try:
        with np.load(io.BytesIO(data)) as arrays:
            return Weights.from_arrays(arrays)
    except (EOFError, LookupError, ValueError, zipfile.BadZipFile, zlib.error):
        return None


def read_law() -> Law:
    """The law alone; raises BrokenContent."""
    problems: list[str] = []
    parameters = _read_folder("law", "parameters", problems)
    if problems:
        raise BrokenContent(tuple(problems))
    sources = read_file("law", "sources.yaml")
    if not isinstance(sources, Mapping):
        raise BrokenContent(("law/sources.yaml: must be a mapping of ids to documents",))
    try:
        return Law.from_data(parameters, sources)
    except BrokenLaw as broken:
        raise BrokenContent(broken.problems) from broken


def read_texts() -> Texts:
    """Every word said in chat; raises BrokenContent."""
    try:
        return Texts.from_data(_text_files())
    except BrokenTexts as broken:
        raise BrokenContent(broken.problems) from broken


def read_raw_texts() -> dict[str, str]:
    """The same as written, templates unfilled, by name («ask.none»); raises BrokenContent."""
    files = _text_files().items()
    return {
        f"{stem}.{key}": str(text) for stem, data in files if isinstance(data, Mapping) for key, text in data.items()
    }


def _text_files() -> dict[str, object]:
    problems: list[str] = []
    files = _read_folder("handlers", "texts", problems)
    if problems:
        raise BrokenContent(tuple(problems))
    return files


def read_library(law: Law) -> Library:
    """Every entry of the FAQ, checked against the law it quotes; raises BrokenContent."""
    problems: list[str] = []
    folders = {folder: _read_folder("faq", f"content/{folder}", problems) for folder in _FAQ_FOLDERS}
    if problems:
        raise BrokenContent(tuple(problems))
    try:
        quoted = every_name(law)
        synonyms = Synonyms.from_data(read_file("faq", "content/synonyms.yaml"))
        library = Library.from_data(**folders, sources=set(law.sources), figures=quoted, forms=FORMS)
        return dataclasses.replace(library, synonyms=synonyms)
    except (BrokenEntries, BrokenSynonyms) as broken:
        raise BrokenContent(broken.problems) from broken
    except NoSuchParameter as missing:
        raise BrokenContent((f"{missing}; put the file back, or take out what asks for it",)) from missing


def read_canned_answers(law: Law) -> Mapping[str, Canned]:
    """What the staff answer again and again, checked against the law it quotes; raises BrokenContent."""
    problems: list[str] = []
    files = _read_folder("faq", "content/canned", problems)
    if problems:
        raise BrokenContent(tuple(problems))
    try:
        return read_canned(files, {*every_name(law), *law.sources})
    except BrokenCanned as broken:
        raise BrokenContent(broken.problems) from broken


def read_content(assigned: Iterable[tuple[str, str]] = ()) -> Content:
    """Read and check everything once; the matcher also knows the `assigned` (entry, phrasing). Raises BrokenContent."""
    law = read_law()
    library = read_library(law)
    return Content(law, library, read_texts(), tuple(assigned), canned=read_canned_answers(law))
