"""What of the content can't be said as it is, and what someone has to look at again: for `bhxh check`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from bot.base.content import Content, read_raw_texts
from faq.answer import PLACEHOLDER, answer, fill
from faq.canned import CANNED_MOST, Canned
from faq.engine.likeness import meaning_two
from faq.library import Entry
from handlers.answers import ask
from handlers.dialogue.context import press_data
from law.base import freshness
from law.base.source import Source
from law.figures import OF_ANOTHER_TIME, figures
from vietnamese import references

TELEGRAM_TEXT, TELEGRAM_CAPTION, TELEGRAM_COMMAND, TELEGRAM_BUTTON = 4096, 1024, 256, 64
"""What Telegram takes: letters of a message, a caption, a command's description; bytes behind a button."""
SHORT = 500
"""What a phone shows well."""
LONGEST_DELIVERY = "9" * 20
"""The longest id of a delivery that a channel gives."""

_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OLD = "quy định cũ"
_SAID_TO_BE_OLD = re.compile("|".join((r"\bcũ\b", "thay thế", "hết hiệu lực")))


def unusable(content: Content, on: datetime.date) -> list[str]:
    """Errors: texts over what Telegram takes, with the figures of the day, and braces that nothing fills."""
    return [*_entries_too_long(content, on), *_canned_too_long(content, on), *_texts_too_long(read_raw_texts())]


def due(content: Content, on: datetime.date) -> list[str]:
    """Warnings: past their review, resting on a law that ended, quoting what is not known, asked in two places."""
    return [
        *_past_review(content, on),
        *_ended(content, on),
        *_never_said(content, on),
        *_asked_twice(content),
    ]


# --- errors --------------------------------------------------------------------------------------


def _entries_too_long(content: Content, on: datetime.date) -> Iterator[str]:
    known = figures(content.law, on)
    titles = {id: source.title for id, source in content.law.sources.items()}
    for entry in content.library:
        said = answer(entry, known, titles)
        for key, text in (("answer", said.short), *((f"aspects {each}", text) for each, text in said.aspects.items())):
            length = len(references.without(text))
            if length > SHORT:
                yield f"{entry.id}: {key}: has {length} characters filled in; {SHORT} at most"
        if (
            len(said.question) + len(references.without(said.more)) + sum(map(len, said.sources))
            > TELEGRAM_TEXT - SHORT
        ):
            yield f"{entry.id}: more: with its sources is longer than a message may be"
        behind = len(press_data(ask.PICK, LONGEST_DELIVERY, entry.id).encode())
        if behind > TELEGRAM_BUTTON:
            yield (
                f"{entry.id}: file: its name is {behind - TELEGRAM_BUTTON} letters too long for a button; "
                f"rename it (a button holds {TELEGRAM_BUTTON} bytes)"
            )
        for key, written in entry.texts():
            text = PLACEHOLDER.sub("", written)
            if "{" in text or "}" in text:
                yield f"{entry.id}: {key}: a brace is left that nothing fills; write figures as {{name}}"


def _canned_too_long(content: Content, on: datetime.date) -> Iterator[str]:
    known = figures(content.law, on)
    for each in content.canned.values():
        said = references.without(fill(each.text, known, content.law.sources))
        if len(said) > CANNED_MOST:
            yield f"{_path(each)}: text: has {len(said)} characters filled in; {CANNED_MOST} at most"
        if "{" in said or "}" in said:
            yield f"{_path(each)}: text: a brace is left that nothing fills; write figures as {{name}}"


def _path(canned: Canned) -> str:
    return f"faq/content/canned/{canned.id}.yaml"


def _texts_too_long(texts: dict[str, str]) -> Iterator[str]:
    for name, text in texts.items():
        stem, _, key = name.partition(".")
        most = TELEGRAM_TEXT
        if key.endswith("caption"):
            most = TELEGRAM_CAPTION
        elif stem == "commands":
            most = TELEGRAM_COMMAND
        written = len(_TEMPLATE.sub("", text))
        if written > most:
            yield f"handlers/texts/{stem}.yaml: {key}: has {written} characters; Telegram takes {most}"


# --- warnings ------------------------------------------------------------------------------------


def _past_review(content: Content, on: datetime.date) -> Iterator[str]:
    for parameter in freshness.due(content.law, on):
        yield f"law/parameters/{parameter.name}.yaml: to be reviewed by {parameter.review_by}"
    for entry in content.library:
        if entry.review_by is not None and entry.review_by < on:
            yield f"{entry.id}: to be reviewed by {entry.review_by}"
    for canned in content.canned.values():
        if canned.review_by < on:
            yield f"{_path(canned)}: to be reviewed by {canned.review_by}"


def _ended(content: Content, on: datetime.date) -> Iterator[str]:
    """Documents out of force that something of today rests on. What is told as old says so in `place`; past values
    of a parameter rest on past law rightly.
    """
    sources, law = content.law.sources, content.law.on(on)
    for entry in content.library:
        for cited in entry.sources:
            source = sources[cited.source]
            if _is_over(source, on) and not _SAID_TO_BE_OLD.search(cited.place):
                yield (
                    f"{entry.id}: sources: {source.id} ({source.title}) was in force until {source.until}; "
                    f"name what replaced it, or say in place that it is «{_OLD}»"
                )
    for parameter in content.law.parameters:
        if law.knows(parameter.name) and _is_over(sources[law.value(parameter.name).source], on):
            source = sources[law.value(parameter.name).source]
            yield (
                f"law/parameters/{parameter.name}.yaml: its present value rests on {source.id}, "
                f"in force until {source.until}"
            )


def _is_over(source: Source, on: datetime.date) -> bool:
    return source.until is not None and source.until < on


def _never_said(content: Content, on: datetime.date) -> Iterator[str]:
    """Figures that exist on some day and not on this one: the line that quotes one is left out.

    That is meant of a figure of another time, beside which stands one of this: the floor before, the last rate known.
    """
    known = figures(content.law, on).keys()
    left_out: dict[str, list[str]] = {}
    for entry in content.library:
        for key, name in _quoted(entry):
            if name not in known and name not in content.law.sources and not OF_ANOTHER_TIME.search(name):
                left_out.setdefault(name, []).append(f"{entry.id} ({key})")
    for canned in content.canned.values():
        for name in PLACEHOLDER.findall(canned.text):
            if name not in known and name not in content.law.sources and not OF_ANOTHER_TIME.search(name):
                left_out.setdefault(name, []).append(_path(canned))
    for name, places in left_out.items():
        yield f"{{{name}}} is not known on this day; its line is not said in {', '.join(places)}"


def _quoted(entry: Entry) -> Iterator[tuple[str, str]]:
    for key, text in entry.texts():
        yield from ((key, name) for name in dict.fromkeys(PLACEHOLDER.findall(text)))


def _asked_twice(content: Content) -> Iterator[str]:
    asked = [
        (entry.id, phrasing)
        for entry in content.library
        for phrasing in ((entry.question,) if entry.kind == "answer" else ()) + entry.phrasings
    ]
    for (one, first), (other, second) in meaning_two(asked):
        yield f"{one}: phrasings: «{first}» is hardly told from «{second}» of {other}; keep it in one place"
