"""What the chat page shows: lines of a talk as HTML, and the pages around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import jinja2
from markupsafe import Markup

from bot.base.content import read_file
from bot.channels import markup
from bot.storage import talks
from bot.storage.talks import TalkLine
from handlers.dialogue.context import Resources, plain
from handlers.dialogue.turn import Document, PassOn, Picture, Rows, Text
from handlers.welcome import MENU

_FOR_SCRIPT = ("typing", "offline", "listen", "stop", "larger", "usual", "copied", "copied_words")
_WHOLE = 1_000_000
"""A page has no limit: no answer is cut."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a talk as the template shows it."""

    id: int
    side: str
    text: str = ""
    html: Markup = Markup()  # noqa: RUF009 - nothing changes it
    buttons: Rows = ()
    pass_on: PassOn | None = None
    picture: str = ""
    alt: str = ""
    file: str = ""


def shown(line: TalkLine) -> ShownLine:
    """A line as the template shows it; whatever HTML it holds is <b> and <i>, put right."""
    match line.said:
        case Text() as text:
            return ShownLine(line.id, "assistant", html=_html(text.html), buttons=text.buttons, pass_on=text.pass_on)
        case Picture() as picture:
            alt = plain(picture.words or picture.caption)
            return ShownLine(line.id, "assistant", html=_html(picture.caption), picture=picture.name, alt=alt)
        case Document() as file:
            return ShownLine(line.id, "assistant", html=_html(file.caption), file=file.file)
        case words:
            return ShownLine(line.id, "you", text=words)


def _html(said: str) -> Markup:
    return Markup("".join(markup.pieces(said, _WHOLE)))  # noqa: S704 - <b> and <i> only, the rest is escaped there


class ChatPages:
    """The templates, with what stands on every page."""

    def __init__(self, office: str) -> None:
        words = read_file("bot.channels.web", "texts.yaml")
        assert isinstance(words, Mapping)
        self.words: Mapping[str, str] = words
        self._made = jinja2.Environment(
            loader=jinja2.PackageLoader("bot.channels.web", "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._made.globals.update(words=words, office=office)

    def render(self, template: str, **context: object) -> str:
        """A page; every value is escaped, a missing one is an error."""
        return self._made.get_template(template).render(context)

    def lines(self, found: Sequence[TalkLine]) -> list[dict[str, object]]:
        """Lines one by one, for the script of the page."""
        return [{"id": each.id, "html": self.render("line.html", line=shown(each))} for each in found]

    def chat(self, resources: Resources, found: Sequence[TalkLine], **context: object) -> str:
        """The page of a talk."""
        texts = resources.texts
        return self.render(
            "chat.html",
            lines=[shown(each) for each in found],
            hello=_html(texts.say("welcome.hello", greeting="")),
            menu=[texts.label(name) for row in MENU for name in row],
            meet=texts.label("citizen.meet") if resources.manner.staff is not None else "",
            script_words={name: self.words[name] for name in _FOR_SCRIPT},
            told=texts.label("commands.quyenriengtu"),
            delete=texts.label("privacy.delete"),
            hours=_hours(talks.KEPT.total_seconds()),
            unseen_hours=_hours(talks.UNSEEN_KEPT.total_seconds()),
            **context,
        )


def _hours(seconds: float) -> int:
    return round(seconds / 3600)
