"""Words that mean the same in questions, read from parsed YAML and checked: `faq/content/synonyms.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

_FILE = "faq/content/synonyms.yaml"
_KEYS = ("concepts", "ambiguous")


class BrokenSynonyms(Exception):
    """A table that cannot be used: every problem found, each naming file, field and what would be right."""

    def __init__(self, problems: Collection[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Each concept with the phrases that speak of it, and the folded words that say too many things to be read."""

    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ambiguous: frozenset[str] = frozenset()

    @classmethod
    def from_data(cls, data: object) -> Synonyms:
        """Phrases are set apart by commas, ambiguous words by spaces. Raises BrokenSynonyms with all problems."""
        if not isinstance(data, Mapping) or set(data) != set(_KEYS):
            raise BrokenSynonyms((f"{_FILE}: must hold the keys {' and '.join(_KEYS)}, and no other",))
        problems: list[str] = []
        told, ambiguous = data["concepts"], data["ambiguous"]
        if not isinstance(told, Mapping):
            problems.append(f"{_FILE}: concepts: must hold names and phrases such as `once: một lần, 1 lần`")
            told = {}
        if not isinstance(ambiguous, str):
            problems.append(f"{_FILE}: ambiguous: must be words with spaces between, is {ambiguous!r}")
            ambiguous = ""
        concepts = {str(name): _phrases(str(name), text, problems) for name, text in told.items()}
        if problems:
            raise BrokenSynonyms(problems)
        return cls(concepts, frozenset(ambiguous.split()))


def _phrases(name: str, text: object, problems: list[str]) -> tuple[str, ...]:
    phrases = tuple(phrase.strip() for phrase in str(text).split(","))
    if not isinstance(text, str) or not all(phrases):
        problems.append(f"{_FILE}: concepts.{name}: must be phrases with commas between, is {str(text)[:60]!r}")
    elif len(set(phrases)) < len(phrases):
        twice = sorted({phrase for phrase in phrases if phrases.count(phrase) > 1})
        problems.append(f"{_FILE}: concepts.{name}: {', '.join(twice)} stands here twice; keep one")
    return phrases
