"""An entry said to a person: its texts with today's figures filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from faq.library import Aspect, Entry
from vietnamese.wording import Quantity, figure

PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said: the title, the short answer, the details behind a button, and the articles; on its own button the
    label, and to what is asked of it next the aspects that have something to say.
    """

    entry: str
    question: str
    short: str
    more: str
    sources: tuple[str, ...]
    label: str
    aspects: Mapping[Aspect, str]


def fill(text: str, figures: Mapping[str, Quantity]) -> str:
    """The text with every `{name}` said in words.

    A line that quotes a figure which does not exist on this day is left out: when no next change of the law
    is known, the line about the next change is not said.
    """
    lines = [line for line in text.splitlines() if set(PLACEHOLDER.findall(line)) <= figures.keys()]
    return PLACEHOLDER.sub(lambda name: figure(figures[name[1]]), "\n".join(lines)).strip()


def answer(entry: Entry, figures: Mapping[str, Quantity], titles: Mapping[str, str]) -> Answer:
    """An entry as it is said on the day of `figures`; `titles`: source id → its name in words."""
    aspects = {aspect: fill(text, figures) for aspect, text in entry.aspects.items()}
    return Answer(
        entry=entry.id,
        question=fill(entry.question, figures),
        short=fill(entry.answer, figures),
        more=fill(entry.more, figures),
        sources=tuple(f"{titles[source.source]}, {source.place}".removesuffix(", ") for source in entry.sources),
        label=fill(entry.label, figures),
        aspects={aspect: said for aspect, said in aspects.items() if said},
    )
