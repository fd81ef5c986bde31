"""An entry said to a person: its texts with today's figures filled in, each with a reference to whose word it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from faq.library import Aspect, Entry
from law.figures import FigureOf
from vietnamese import references
from vietnamese.wording import figure

PLACEHOLDER = re.compile(r"\{([a-z0-9_-]+)\}")


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


def fill(text: str, figures: Mapping[str, FigureOf], documents: Collection[str] = ()) -> str:
    """The text with every `{name}` said in words.

    A line that quotes a figure which does not exist on this day is left out: when no next change of the law
    is known, the line about the next change is not said. The name of one of the `documents` says nothing itself: it
    refers to the document that the text rests on.
    """

    def said(name: re.Match[str]) -> str:
        if name[1] in documents:
            return references.to_word(name[1])
        quoted = figures[name[1]]
        return figure(quoted) + references.to_all(quoted.grounds)

    known = {*figures, *documents}
    lines = [line for line in text.splitlines() if known.issuperset(PLACEHOLDER.findall(line))]
    return PLACEHOLDER.sub(said, "\n".join(lines)).strip()


def answer(entry: Entry, figures: Mapping[str, FigureOf], titles: Mapping[str, str]) -> Answer:
    """An entry as it is said on the day of `figures`; `titles`: source id → its name in words."""
    aspects = {aspect: fill(text, figures, titles) for aspect, text in entry.aspects.items()}
    return Answer(
        entry=entry.id,
        question=references.without(fill(entry.question, figures)),
        short=fill(entry.answer, figures, titles),
        more=fill(entry.more, figures, titles),
        sources=tuple(f"{titles[source.source]}, {source.place}".removesuffix(", ") for source in entry.sources),
        label=references.without(fill(entry.label, figures)),
        aspects={aspect: said for aspect, said in aspects.items() if said},
    )
