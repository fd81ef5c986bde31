"""The words of the conversation: templates by name («contribution.ask_amount»), filled with figures.

Templates are Jinja2, autoescaped, so that nothing a person typed becomes markup. What is missing is an error,
never an empty place:

BrokenTexts             a file can't be used (when read)
NoSuchText              a text is said that no file holds
jinja2.UndefinedError   a text is said without a figure it quotes
"""

from __future__ import annotations

import functools
import html
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import jinja2
import jinja2.nodes

from law.base.estimate import Note
from law.base.ground import grounds_of
from vietnamese import references, wording


def _with_grounds(said: Callable[[Any], str]) -> Callable[[Any], str]:
    """Says a number with a reference to what it rests on, which ends up under the message."""
    return lambda number: said(number) + references.to_all(grounds_of(number))


_FILTERS: Mapping[str, Callable[[Any], str]] = {
    "money": _with_grounds(wording.money),
    "about": _with_grounds(lambda dong: wording.money(round(dong, -3))),
    "number": wording.number,
    "money_in_words": wording.money_in_words,
    "percent": wording.percent,
    "span": wording.months_as_years,
    "month": wording.month,
    "day": wording.day,
}


class BrokenTexts(Exception):
    """Texts that can't be used; every problem names the file, the key and the remedy."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class NoSuchText(LookupError):
    """A text is said that no file holds; the message names the file, the key and the remedy."""

    def __init__(self, name: str) -> None:
        super().__init__(missing(name))


def missing(name: str) -> str:
    """What is wrong where a text («ask.none») is said and not written, as one line."""
    stem, _, key = name.partition(".")
    return f"handlers/texts/{stem}.yaml: {key}: is missing; the conversation says it"


def named(stem: str, key: str) -> str:
    """The name of a text of a file: «ask.none»; what the law tells in any file is «law.…», written there `law_…`."""
    return f"law.{key.removeprefix(_OF_THE_LAW)}" if key.startswith(_OF_THE_LAW) else f"{stem}.{key}"


_OF_THE_LAW = "law_"
_Of = TypeVar("_Of")


class OneOf(Mapping[_Of, str]):
    """The name of the text for each of a list: what `pattern` becomes with it in the place of «{}».

    >>> OneOf("contribution.every_{}", (1, 3))[3]
    'contribution.every_3'

    Names are put together nowhere else, so that `bhxh check` finds the one that is not written.
    """

    def __init__(self, pattern: str, of: Iterable[_Of]) -> None:
        self._names = {each: pattern.format(each) for each in of}

    def __getitem__(self, each: _Of) -> str:
        return self._names[each]

    def __iter__(self) -> Iterator[_Of]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Texts:
    """Every sentence and label said in chat, by «file.key»."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates
        self._without_figures: dict[str, str] = {}
        self._environment = _environment(templates)

    @classmethod
    def from_data(cls, files: Mapping[str, object]) -> Texts:
        """Build from the parsed YAML of `texts/*.yaml`: file stem → {key: template}. Raises BrokenTexts."""
        templates: dict[str, str] = {}
        places: dict[str, str] = {}
        problems: list[str] = []
        for stem, entries in files.items():
            where = f"handlers/texts/{stem}.yaml"
            if not isinstance(entries, Mapping):
                problems.append(f"{where}: must be a mapping of keys to texts")
                continue
            for key, template in entries.items():
                name, place = named(stem, str(key)), f"{where}, {key}"
                if not isinstance(template, str) or not template.strip():
                    problems.append(f"{place}: must be a text; quote it if it looks like a number")
                elif name in templates:
                    problems.append(f"{place}: stands as {places[name]} too; keep it in one place")
                else:
                    templates[name], places[name] = template.strip(), place
        texts = cls(templates)
        for name, place in places.items():
            try:
                _check(templates[name])
            except jinja2.TemplateSyntaxError as error:
                problems.append(f"{place}: {error.message}; check the braces")
        if problems:
            raise BrokenTexts(tuple(problems))
        return texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._templates)

    def __contains__(self, name: object) -> bool:
        return name in self._templates

    def say(self, name: str, /, **figures: object) -> str:
        """The sentence as HTML. Raises NoSuchText."""
        said = None if figures else self._without_figures.get(name)
        if said is None:
            try:
                template = self._environment.get_template(name)
            except jinja2.TemplateNotFound:  # an OSError, which elsewhere means a file or the network
                raise NoSuchText(name) from None
            said = template.render(figures).strip()
            if not figures:
                self._without_figures[name] = said
        return said

    def label(self, name: str, /, **figures: object) -> str:
        """The same as plain text: what stands on a button."""
        return html.unescape(references.without(self.say(name, **figures)))

    def note(self, note: Note) -> str:
        """A step, warning or reason of the law, in words."""
        return self.say(f"law.{note.name}", **note.figures)


def _environment(templates: Mapping[str, str]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(dict(templates)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(_FILTERS)
    return environment


@functools.cache
def _checking() -> jinja2.Environment:
    return _environment({})


@functools.lru_cache(maxsize=2_048)
def _check(template: str) -> None:
    """Raises TemplateSyntaxError. Templates are made code when first said: for 500 of them that takes a while."""
    if "{" not in template:
        return
    environment = _checking()
    for named in environment.parse(template).find_all((jinja2.nodes.Filter, jinja2.nodes.Test)):
        known = environment.filters if isinstance(named, jinja2.nodes.Filter) else environment.tests
        if named.name not in known:
            raise jinja2.TemplateAssertionError(f"there is no {named.name!r} here", named.lineno)
