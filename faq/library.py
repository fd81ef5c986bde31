"""All entries of the FAQ, read from parsed YAML and checked: one entry a file, its name is the entry's id."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, WithJsonSchema
from pydantic.types import Strict

from faq.synonyms import Synonyms
from law.base.model import Day, FileModel, FileText, read
from vietnamese.normalize import normalize

EntryKind = Literal["answer", "refer", "chat", "unknown"]

Aspect = Literal["papers", "where", "how", "wait", "deadline", "amount", "who"]
"""What may be asked of the thing talked about: which papers, where to go, the steps, how long it takes, until when, how
much, for whom."""

TOPICS: Mapping[str, tuple[str, ...]] = {
    "questions": ("joining", "paying", "support", "pension", "withdrawal", "benefits", "book", "online", "trust"),
    "referrals": ("referral",),
    "smalltalk": ("smalltalk",),
    "offtopic": ("offtopic",),
}
"""What the entries of a folder are about, in the order a menu shows them."""

LEAST_PHRASINGS = 6
LONGEST = {"question": 60, "phrasing": 200}

_FOLDERS: Mapping[str, EntryKind] = {
    "questions": "answer",
    "referrals": "refer",
    "smalltalk": "chat",
    "offtopic": "unknown",
}
_SAID = ("question", "answer", "phrasings")
REQUIRED = {
    "questions": ("question", "topic", "answer", "sources", "related", "reviewed", "review_by", "phrasings"),
    "referrals": _SAID,
    "smalltalk": _SAID,
    "offtopic": ("phrasings",),
}
"""The keys that an entry of each folder must have."""

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_LAW_NUMBER = re.compile(r"\d[\d.,]*\s*(?:%|phần trăm|(?:nghìn|ngàn|triệu|tỷ)\b|đồng\b|đ\b|vnđ\b)", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_NEXT = re.compile(r"_next(?:_from)?$")


class BrokenEntries(Exception):
    """Entries that cannot be used: every problem found, each naming file, field and what would be right."""

    def __init__(self, problems: Collection[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an answer stands: a document of `law/sources.yaml` and the place in it («Điều 31 khoản 2»)."""

    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of the FAQ: what it says, and the ways people ask it."""

    id: str
    kind: EntryKind
    question: str
    phrasings: tuple[str, ...]
    answer: str = ""
    more: str = ""
    topic: str | None = None
    sources: tuple[Citation, ...] = ()
    related: tuple[str, ...] = ()
    opens: str | None = None
    reviewed: datetime.date | None = None
    review_by: datetime.date | None = None
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """Every entry by id, in the order given; and the words that mean the same in questions."""

    entries: Mapping[str, Entry]
    synonyms: Synonyms = field(default_factory=Synonyms)

    @classmethod
    def from_data(
        cls,
        questions: Mapping[str, object],
        referrals: Mapping[str, object] | None = None,
        smalltalk: Mapping[str, object] | None = None,
        offtopic: Mapping[str, object] | None = None,
        *,
        sources: Collection[str],
        figures: Collection[str],
        forms: Collection[str],
    ) -> Library:
        """Check and build; each mapping is file stem → parsed YAML. Raises BrokenEntries with all problems.

        `sources` are the ids of `law/sources.yaml`, `figures` the names a text may quote, `forms` those that an
        entry may open.
        """
        problems: list[str] = []
        entries: dict[str, Entry] = {}
        for folder, files in (
            ("questions", questions),
            ("referrals", referrals or {}),
            ("smalltalk", smalltalk or {}),
            ("offtopic", offtopic or {}),
        ):
            for stem, data in files.items():
                wrong = partial(_note, problems, f"faq/content/{folder}/{stem}.yaml")
                if stem in entries:
                    wrong("file", f"the id {stem!r} is already an entry of another folder; rename one of the files")
                    continue
                entry = _entry(folder, stem, data, forms, wrong)
                if entry is not None:
                    entries[stem] = entry
                    _check(entry, set(sources), set(figures), wrong)
        written = {*questions, *(referrals or {}), *(smalltalk or {}), *(offtopic or {})}
        _check_together(entries, written, problems)
        if problems:
            raise BrokenEntries(problems)
        return cls(entries)

    def with_phrasings(self, added: Iterable[tuple[str, str]]) -> Library:
        """The library with more ways to ask: (entry id, phrasing). Those of no entry here, and those whose words
        stand here already, are left out.
        """
        wanted = list(added)
        if not wanted:
            return self
        known = {normalize(phrasing) for entry in self for phrasing in (entry.question, *entry.phrasings)}
        more: dict[str, list[str]] = {}
        for id, phrasing in wanted:
            plain = normalize(phrasing)
            if id in self and plain and plain not in known:
                known.add(plain)
                more.setdefault(id, []).append(phrasing)
        changed = {id: replace(self[id], phrasings=(*self[id].phrasings, *phrasings)) for id, phrasings in more.items()}
        return replace(self, entries={**self.entries, **changed}) if changed else self

    def owner_of(self, phrasing: str) -> str | None:
        """The entry where these words stand already, or None."""
        plain = normalize(phrasing)
        owners = (entry.id for entry in self for each in (entry.question, *entry.phrasings) if normalize(each) == plain)
        return next(owners, None)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, id: str) -> Entry:
        return self.entries[id]

    def __contains__(self, id: object) -> bool:
        return id in self.entries


class _SourceFile(FileModel):
    source: FileText
    place: FileText


_Phrasing = Annotated[
    str,
    Strict(),
    StringConstraints(pattern=r"\S"),
    WithJsonSchema({"type": "string", "maxLength": LONGEST["phrasing"]}),
]
"""Blanks around it are cut afterwards: for seven thousand of them pydantic takes six times as long."""


_ABSENT: Any = None
"""What a key that is left out holds; one that stands there may not be empty."""


class EntryFile(FileModel):
    """One file of `faq/content/` as it is written: a question, its answer, and the ways people ask it."""

    question: Annotated[FileText, Field(json_schema_extra={"maxLength": LONGEST["question"]})] = ""
    topic: FileText = _ABSENT
    answer: FileText = ""
    more: FileText = ""
    sources: tuple[_SourceFile, ...] = ()
    related: tuple[FileText, ...] = ()
    opens: FileText = _ABSENT
    reviewed: Day = _ABSENT
    review_by: Day = _ABSENT
    phrasings: tuple[_Phrasing, ...] = ()
    checks: tuple[FileText, ...] = ()


def _note(problems: list[str], file: str, key: str, what: str) -> None:
    problems.append(f"{file}: {key}: {what}")


def _entry(
    folder: str, stem: str, data: object, forms: Collection[str], wrong: Callable[[str, str], None]
) -> Entry | None:
    """The entry of a file, or None where its form is wrong."""
    file = read(EntryFile, data, wrong)
    missing = [key for key in REQUIRED[folder] if isinstance(data, Mapping) and key not in data]
    for key in missing:
        wrong(key, f"is missing; add `{key}:`")
    if file is None or missing:
        return None
    unknown = False
    choices: Mapping[str, Collection[str]] = {"topic": TOPICS[folder], "opens": forms}
    for key, known in choices.items():
        value = getattr(file, key)
        if value not in (None, *known):
            wrong(key, f"{value!r} is not one of: {', '.join(known)}")
            unknown = True
    if unknown:
        return None
    sources = tuple(Citation(each.source, each.place) for each in file.sources)
    read_otherwise = {"sources": sources, "phrasings": tuple(map(str.strip, file.phrasings))}
    return Entry(**{**dict(file), **read_otherwise}, id=stem, kind=_FOLDERS[folder])


def _check(entry: Entry, sources: set[str], figures: set[str], wrong: Callable[[str, str], None]) -> None:
    """What needs more than the form: lengths, and the rest of the project: sources, figures, numbers of the law."""
    if len(entry.question) > LONGEST["question"]:
        most = LONGEST["question"]
        wrong("question", f"is a button and holds {most} characters at most, not {len(entry.question)}")
    if entry.kind == "answer" and len(entry.phrasings) < LEAST_PHRASINGS:
        wrong("phrasings", f"needs at least {LEAST_PHRASINGS} ways people ask it, has {len(entry.phrasings)}")
    for phrasing in entry.phrasings:
        if len(phrasing) > LONGEST["phrasing"]:
            said = f"«{phrasing[:40]}…» is longer than {LONGEST['phrasing']} characters; keep the question only"
            wrong("phrasings", said)
    for source in entry.sources:
        if source.source not in sources:
            wrong("sources", f"unknown source {source.source!r}; add it to law/sources.yaml or correct the id")
    if entry.reviewed and entry.review_by and entry.review_by <= entry.reviewed:
        wrong("review_by", f"must be after reviewed ({entry.reviewed}), is {entry.review_by}")
    for key, text in (("question", entry.question), ("answer", entry.answer), ("more", entry.more)):
        for name in _PLACEHOLDER.findall(text):
            if name not in figures and _NEXT.sub("", name) not in figures:
                wrong(key, f"unknown figure {{{name}}}; `law/figures.py` names those that exist")
        for number in _LAW_NUMBER.findall(_PLACEHOLDER.sub("", text)):
            wrong(key, f"«{number.strip()}» is a number of the law; quote a figure such as {{contribution_min}}")


def _check_together(entries: Mapping[str, Entry], written: Collection[str], problems: list[str]) -> None:
    """What only shows between entries: related ids, and the same words leading to two places.

    An entry that is written but broken is told of once, where it is broken.
    """
    folder_of = {kind: folder for folder, kind in _FOLDERS.items()}
    seen: dict[str, str] = {}
    for entry in entries.values():
        file = f"faq/content/{folder_of[entry.kind]}/{entry.id}.yaml"
        for id in entry.related:
            if id not in written or id == entry.id:
                problems.append(f"{file}: related: {id!r} is no other entry; give the name of a question's file")
        for phrasing in entry.phrasings:
            plain = " ".join(_WORD.findall(phrasing.lower()))
            if plain in seen and plain:
                problems.append(
                    f"{file}: phrasings: «{phrasing}» stands already in {seen[plain]}; keep it in one place"
                )
            seen.setdefault(plain, file)
