"""All entries of the FAQ, read from parsed YAML and checked: one entry a file, its name is the entry's id."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Annotated, Any, Literal, get_args

from pydantic import Discriminator, Field, StringConstraints, Tag, WithJsonSchema
from pydantic.types import Strict

from faq.synonyms import Synonyms
from law.base.model import Day, FileModel, FileText, read
from vietnamese.normalize import normalize

EntryKind = Literal["answer", "refer", "chat", "unknown"]

Aspect = Literal["papers", "where", "how", "wait", "deadline", "amount", "who"]
"""What may be asked of the thing talked about: which papers, where to go, the steps, how long it takes, until when, how
much, for whom."""
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

TOPICS: Mapping[str, tuple[str, ...]] = {
    "questions": ("joining", "paying", "support", "pension", "withdrawal", "benefits", "book", "online", "trust"),
    "referrals": ("referral",),
    "smalltalk": ("smalltalk",),
    "offtopic": ("offtopic",),
}
"""What the entries of a folder are about, in the order a menu shows them."""

LEAST_PHRASINGS = 6
LONGEST = {"question": 60, "label": 32, "phrasing": 200}
"""In characters. A button is cut on a phone after a label's length."""

_FOLDERS: Mapping[str, EntryKind] = {
    "questions": "answer",
    "referrals": "refer",
    "smalltalk": "chat",
    "offtopic": "unknown",
}
_SAID = ("question", "answer", "phrasings")
REQUIRED = {
    "questions": ("question", "label", "topic", "answer", "sources", "related", "reviewed", "review_by", "phrasings"),
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
    label: str = ""
    """What stands on its button: its short form; of what is no answer, the question."""
    condolence: bool = False
    """Whether it is of a death: who asks may have lost somebody."""
    first: bool = False
    """Whether it stands before the others of its topic."""
    answered_by: str | None = None
    """The form whose result is the answer, once what it asks is known of a person."""
    aspects: Mapping[Aspect, str] = field(default_factory=dict)
    """What is said to each thing that may be asked of it next; what another entry says stands here in its words."""
    said_by: Mapping[Aspect, str] = field(default_factory=dict)
    """The entries whose words those are, of the aspects that are written elsewhere."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", self.label or self.question)

    def texts(self) -> Iterator[tuple[str, str]]:
        """What is written in it, each text with the key where it stands («aspects papers»)."""
        yield from (("question", self.question), ("answer", self.answer), ("more", self.more))
        if self.label != self.question:
            yield "label", self.label
        written = (aspect for aspect in self.aspects if aspect not in self.said_by)
        yield from ((f"aspects {aspect}", self.aspects[aspect]) for aspect in written)


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
        read_files: dict[str, EntryFile] = {}
        for folder, files in (
            ("questions", questions),
            ("referrals", referrals or {}),
            ("smalltalk", smalltalk or {}),
            ("offtopic", offtopic or {}),
        ):
            for stem, data in files.items():
                wrong = partial(note, problems, f"faq/content/{folder}/{stem}.yaml")
                if stem in entries:
                    wrong("file", f"the id {stem!r} is already an entry of another folder; rename one of the files")
                    continue
                file = _file(folder, data, forms, wrong)
                if file is not None:
                    read_files[stem] = file
                    entries[stem] = _entry(folder, stem, file)
                    _check(entries[stem], set(sources), set(figures), wrong)
        written = {*questions, *(referrals or {}), *(smalltalk or {}), *(offtopic or {})}
        _check_together(entries, written, problems)
        followed = _with_aspects(entries, read_files, written, problems)
        if problems:
            raise BrokenEntries(problems)
        return cls(followed)

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


# Another entry says it: by its answer, or by one of its aspects.
class _SeenFile(FileModel):
    see: FileText
    aspect: Aspect = _ABSENT


_AspectFile = Annotated[
    Annotated[FileText, Tag("[text]")] | Annotated[_SeenFile, Tag("[see]")],
    Discriminator(
        lambda data: "[text]" if isinstance(data, str) else "[see]" if isinstance(data, Mapping) else None,
        custom_error_type="aspect",
        custom_error_message="must be a text, or {see: an entry's name}, with `aspect:` where an aspect of it says it",
    ),
]


class EntryFile(FileModel):
    """One file of `faq/content/` as it is written: a question, its answer, and the ways people ask it."""

    question: Annotated[FileText, Field(json_schema_extra={"maxLength": LONGEST["question"]})] = ""
    label: Annotated[FileText, Field(json_schema_extra={"maxLength": LONGEST["label"]})] = ""
    topic: FileText = _ABSENT
    condolence: Annotated[bool, Strict()] = False
    first: Annotated[bool, Strict()] = False
    answer: FileText = ""
    more: FileText = ""
    sources: tuple[_SourceFile, ...] = ()
    related: tuple[FileText, ...] = ()
    opens: FileText = _ABSENT
    answered_by: FileText = _ABSENT
    aspects: Mapping[Aspect, _AspectFile] = {}
    reviewed: Day = _ABSENT
    review_by: Day = _ABSENT
    phrasings: tuple[_Phrasing, ...] = ()
    checks: tuple[FileText, ...] = ()


def note(problems: list[str], file: str, key: str, what: str) -> None:
    """Add what is wrong with a key of a file."""
    problems.append(f"{file}: {key}: {what}")


def _file(folder: str, data: object, forms: Collection[str], wrong: Callable[[str, str], None]) -> EntryFile | None:
    """What stands in a file, or None where its form is wrong."""
    file = read(EntryFile, data, wrong)
    missing = [key for key in REQUIRED[folder] if isinstance(data, Mapping) and key not in data]
    for key in missing:
        wrong(key, f"is missing; add `{key}:`")
    if file is None or missing:
        return None
    unknown = False
    choices: Mapping[str, Collection[str]] = {"topic": TOPICS[folder], "opens": forms, "answered_by": forms}
    for key, known in choices.items():
        value = getattr(file, key)
        if value not in (None, *known):
            wrong(key, f"{value!r} is not one of: {', '.join(known)}")
            unknown = True
    return None if unknown else file


def _entry(folder: str, stem: str, file: EntryFile) -> Entry:
    """The entry of a file, so far with those aspects only that stand there in words."""
    sources = tuple(Citation(each.source, each.place) for each in file.sources)
    read_otherwise = {
        "sources": sources,
        "phrasings": tuple(map(str.strip, file.phrasings)),
        "aspects": {aspect: said for aspect, said in file.aspects.items() if isinstance(said, str)},
    }
    return Entry(**{**dict(file), **read_otherwise}, id=stem, kind=_FOLDERS[folder])


def _check(entry: Entry, sources: set[str], figures: set[str], wrong: Callable[[str, str], None]) -> None:
    """What needs more than the form: lengths, and the rest of the project: sources, figures, numbers of the law."""
    for key, text in (("question", entry.question), ("label", entry.label)):
        if len(text) > LONGEST[key] and (key == "question" or entry.kind == "answer"):
            wrong(key, f"is a button and holds {LONGEST[key]} characters at most, not {len(text)}")
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
    for key, text in entry.texts():
        for what in unusable_in(text, figures | sources):
            wrong(key, what)


def law_number_in(text: str) -> str | None:
    """The first number typed by hand that is one of the law («22%», «330.000 đồng»); None where there is none."""
    found = _LAW_NUMBER.search(text)
    return None if found is None else found[0].strip()


def unusable_in(text: str, names: Collection[str]) -> Iterator[str]:
    """What is wrong with what a text quotes: a name that no figure or document has, and numbers typed by hand."""
    for name in _PLACEHOLDER.findall(text):
        if name not in names and _NEXT.sub("", name) not in names:
            yield f"unknown figure {{{name}}}; `law/figures.py` names those that exist"
    for number in _LAW_NUMBER.findall(_PLACEHOLDER.sub("", text)):
        yield f"«{number.strip()}» is a number of the law; quote a figure such as {{contribution_min}}"


def _with_aspects(
    entries: Mapping[str, Entry], files: Mapping[str, EntryFile], written: Collection[str], problems: list[str]
) -> dict[str, Entry]:
    """The entries with all their aspects: what another entry says is followed to where it stands in words."""
    followed: dict[str, Entry] = {}
    for id, entry in entries.items():
        wrong = partial(note, problems, _path(entry))
        aspects: dict[Aspect, str] = {}
        said_by: dict[Aspect, str] = {}
        for aspect, written_here in files[id].aspects.items():
            found = _followed(id, aspect, files, written, partial(wrong, f"aspects {aspect}"))
            if found is None:
                continue
            place, aspects[aspect] = found
            if not isinstance(written_here, str):
                said_by[aspect] = place
        followed[id] = replace(entry, aspects=aspects, said_by=said_by)
    return followed


def _followed(
    id: str,
    aspect: Aspect | None,
    files: Mapping[str, EntryFile],
    written: Collection[str],
    wrong: Callable[[str], None],
) -> tuple[str, str] | None:
    """The entry where the words of an aspect stand, and the words; None where they stand nowhere.

    An entry that is written but broken is told of where it is broken.
    """
    way: list[str] = []
    while True:
        place = f"{id} {aspect or 'answer'}"
        if place in way:
            wrong(f"goes round in a circle: {' → '.join([*way, place])}; write the text in one of them")
            return None
        way.append(place)
        if id not in files:
            if id not in written:
                wrong(f"{id!r} is no entry; give the name of a question's file")
            return None
        said = (files[id].answer or None) if aspect is None else files[id].aspects.get(aspect)
        if said is None:
            wrong(f"{id!r} has no {aspect or 'answer'}; write it there, or the text here")
            return None
        if isinstance(said, str):
            return id, said
        id, aspect = said.see, said.aspect


def _path(entry: Entry) -> str:
    folder = next(folder for folder, kind in _FOLDERS.items() if kind == entry.kind)
    return f"faq/content/{folder}/{entry.id}.yaml"


def _check_together(entries: Mapping[str, Entry], written: Collection[str], problems: list[str]) -> None:
    """What only shows between entries: related ids, and the same words leading to two places.

    An entry that is written but broken is told of once, where it is broken.
    """
    seen: dict[str, str] = {}
    for entry in entries.values():
        file = _path(entry)
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
