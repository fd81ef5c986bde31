"""All entries of the FAQ, read from parsed YAML and checked: one entry a file, its name is the entry's id."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from vietnamese.normalize import normalize

EntryKind = Literal["answer", "refer", "chat", "unknown"]

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
_REQUIRED = {
    "questions": ("question", "topic", "answer", "sources", "related", "reviewed", "review_by", "phrasings"),
    "referrals": _SAID,
    "smalltalk": _SAID,
    "offtopic": ("phrasings",),
}
_ALLOWED = (*_REQUIRED["questions"], "more", "opens", "checks")
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
    """Every entry by id, in the order given."""

    entries: Mapping[str, Entry]

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
        """Check and build; each mapping is file stem → parsed YAML. Raises BrokenContent with all problems.

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
                reader = _Reader(folder, stem, forms, problems)
                if stem in entries:
                    reader.wrong(
                        "file",
                        f"the id {stem!r} is already an entry of another folder; rename one of the files",
                    )
                    continue
                entry = reader.entry(data)
                if entry is not None:
                    entries[stem] = entry
                    reader.check_texts(entry, set(sources), set(figures))
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
        return Library({**self.entries, **changed}) if changed else self

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


@dataclass(slots=True)
class _Reader:
    """Reads one file and notes what is wrong with it."""

    folder: str
    stem: str
    forms: Collection[str]
    problems: list[str] = field(repr=False)

    def wrong(self, key: str, what: str) -> None:
        self.problems.append(f"faq/content/{self.folder}/{self.stem}.yaml: {key}: {what}")

    def entry(self, data: object) -> Entry | None:
        if not isinstance(data, Mapping):
            self.wrong("file", "must hold keys and values such as `question: …`")
            return None
        before = len(self.problems)
        for key in data:
            if key not in _ALLOWED:
                self.wrong(str(key), f"unknown key; known here: {', '.join(_ALLOWED)}")
        for key in _REQUIRED[self.folder]:
            if key not in data:
                self.wrong(key, "is missing")
        entry = Entry(
            id=self.stem,
            kind=_FOLDERS[self.folder],
            question=self._text(data, "question"),
            phrasings=self._texts(data, "phrasings"),
            answer=self._text(data, "answer"),
            more=self._text(data, "more"),
            topic=self._choice(data, "topic", TOPICS[self.folder]),
            sources=self._sources(data),
            related=self._texts(data, "related"),
            opens=self._choice(data, "opens", self.forms),
            reviewed=self._day(data, "reviewed"),
            review_by=self._day(data, "review_by"),
            checks=self._texts(data, "checks"),
        )
        return entry if len(self.problems) == before else None

    def check_texts(self, entry: Entry, sources: set[str], figures: set[str]) -> None:
        """What needs the rest of the project: sources, figures, lengths, numbers of the law."""
        if len(entry.question) > LONGEST["question"]:
            self.wrong(
                "question",
                f"is a button and holds {LONGEST['question']} characters at most, not {len(entry.question)}",
            )
        if self.folder == "questions" and len(entry.phrasings) < LEAST_PHRASINGS:
            self.wrong(
                "phrasings",
                f"needs at least {LEAST_PHRASINGS} ways people ask it, has {len(entry.phrasings)}",
            )
        for phrasing in entry.phrasings:
            if len(phrasing) > LONGEST["phrasing"]:
                self.wrong(
                    "phrasings",
                    f"«{phrasing[:40]}…» is longer than {LONGEST['phrasing']} characters; keep the question only",
                )
        for source in entry.sources:
            if source.source not in sources:
                self.wrong(
                    "sources",
                    f"unknown source {source.source!r}; add it to law/sources.yaml or correct the id",
                )
        if entry.reviewed and entry.review_by and entry.review_by <= entry.reviewed:
            self.wrong("review_by", f"must be after reviewed ({entry.reviewed}), is {entry.review_by}")
        for key, text in (("question", entry.question), ("answer", entry.answer), ("more", entry.more)):
            for name in _PLACEHOLDER.findall(text):
                if name not in figures and _NEXT.sub("", name) not in figures:
                    self.wrong(key, f"unknown figure {{{name}}}; `law/figures.py` names those that exist")
            for number in _LAW_NUMBER.findall(_PLACEHOLDER.sub("", text)):
                self.wrong(
                    key,
                    f"«{number.strip()}» is a number of the law; quote a figure such as {{contribution_min}}",
                )

    def _text(self, data: Mapping[object, object], key: str) -> str:
        value = data.get(key, "")
        if not isinstance(value, str) or (key in data and not value.strip()):
            self.wrong(key, f"must be a text, is {value!r}; put it between quotes")
            return ""
        return value.strip()

    def _texts(self, data: Mapping[object, object], key: str) -> tuple[str, ...]:
        value = data.get(key, [])
        if not isinstance(value, list):
            self.wrong(key, "must be a list, one line each beginning with `- `")
            return ()
        for item in value:
            if not isinstance(item, str) or not item.strip():
                self.wrong(key, f"{item!r} must be a text; put it between quotes")
        return tuple(item.strip() for item in value if isinstance(item, str))

    def _choice(self, data: Mapping[object, object], key: str, known: Collection[str]) -> str | None:
        value = data.get(key)
        if key not in data:
            return None
        if value not in known:
            self.wrong(key, f"{value!r} is not one of: {', '.join(known)}")
        return str(value)

    def _day(self, data: Mapping[object, object], key: str) -> datetime.date | None:
        value = data.get(key)
        if key not in data:
            return None
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value
        self.wrong(key, f"must be a date such as 2026-11-24, is {value!r}")
        return None

    def _sources(self, data: Mapping[object, object]) -> tuple[Citation, ...]:
        value = data.get("sources", [])
        if not isinstance(value, list):
            self.wrong("sources", 'must be a list such as `- {source: luat-41-2024, place: "Điều 31 khoản 2"}`')
            return ()
        found: list[Citation] = []
        for item in value:
            if (
                not isinstance(item, Mapping)
                or set(item) != {"source", "place"}
                or not all(isinstance(v, str) for v in item.values())
            ):
                self.wrong("sources", f'{item!r} must be `{{source: <id>, place: "Điều …"}}`')
                continue
            found.append(Citation(item["source"], item["place"]))
        return tuple(found)


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
