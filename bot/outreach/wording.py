"""What a poster says: every amount from the law of the day it is made, and of the next month in which that changes."""

from __future__ import annotations

import datetime
import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from bot.base.content import read_file
from bot.base.settings import Settings
from bot.storage.campaigns import PLACE_KINDS, Campaign, PlaceKind
from handlers.dialogue import whose_word
from handlers.dialogue.context import Context, Resources
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.texts import OneOf, Texts
from law.base.estimate import Estimate, Refusal
from law.base.law import Law
from law.base.month import Month
from law.paying.contribution import contribution, income_bounds, next_floor
from law.paying.support import GROUPS
from law.pension.rate import minimum_months
from vietnamese import references
from vietnamese.normalize import fold

_RESTS_ON = ("pension_min_months", "contribution_rate", "state_support_rate", "rural_poverty_line")
"""The numbers of the law that a poster is made of."""
_HELPED_MORE = tuple(each for each in GROUPS if each != "other")
_GROUP = OneOf("outreach.group_{}", _HELPED_MORE)
_TYPED = 48
"""Characters of an address that somebody may type off a poster."""
_GREETED = 32
"""Characters of a code that somebody may type after a greeting."""
_PLACE = OneOf("outreach.place_{}", PLACE_KINDS)
_NAMED = OneOf("outreach.named_{}", PLACE_KINDS)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where a poster leads and where it hangs: a code and its link, a place and of what kind it is.

    `collaborator` is a label of who hands it out, never a name. `zalo` is what the assistant is searched for there.
    """

    code: str
    link: str
    place: str
    kind: PlaceKind | None = None
    collaborator: str = ""
    zalo: str = ""

    @classmethod
    def of(cls, campaign: Campaign, settings: Settings) -> Invitation | None:
        """That of a campaign; None where no address of the assistant is set."""
        link = settings.qr_link(campaign.code)
        if link is None:
            return None
        zalo = next((each.called for each in settings.ways() if each.greeted), "")
        return cls(campaign.code, link, campaign.place, campaign.place_kind, campaign.collaborator or "", zalo)


@dataclass(frozen=True, slots=True)
class PosterPrice:
    """The lowest payment of a month: when it holds, what is paid, what is added to it, and for whom it is less."""

    head: str
    own: str
    added: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    """(group, its own payment), what is paid least first."""


@dataclass(frozen=True, slots=True)
class PosterWords:
    """Every word of a poster."""

    code: str
    link: str
    place: str
    title: str
    short_title: str
    benefit: str
    short_benefit: str
    paying: str
    short_paying: str
    own_called: str
    prices: tuple[PosterPrice, ...]
    groups_called: str
    limit: str
    scan: str
    how: str
    promise: str
    address: str
    zalo: str
    hotline_called: str
    hotline: str
    law: str
    short_law: str
    whose_word: str
    code_called: str
    collaborator: str


def worded(resources: Resources, now: datetime.datetime, invitation: Invitation) -> PosterWords:
    """The words of a poster made at a moment; ValueError where the law of that day knows no price."""
    context, today = Context(Message("tick", "", now), Memory(), resources), Month.of(now.date())
    told: list[str] = []
    law, coming = resources.law, next_floor(resources.law, today)
    months = (today, *(() if coming is None else (coming.month("since"),)))
    estimates = [_estimates(law, month, resources.manner.local_top_up) for month in months]
    heads = [
        label("as_of", month=today) if coming is None else label("until", month=months[1] + -1),
        *(label("since", month=month) for month in months[1:]),
    ]
    prices = tuple(_price(*each, told) for each in zip(heads, estimates, strict=True))
    least = minimum_months(law, today)
    documents = dict.fromkeys(law.on(month).value(name).source for month in months for name in _RESTS_ON)
    return PosterWords(
        code=invitation.code,
        link=invitation.link,
        place=_place(invitation),
        title=label("title"),
        short_title=label("short_title"),
        benefit=label("benefit", least=least),
        short_benefit=label("short_benefit", least=least),
        paying=label("paying"),
        short_paying=label("short_paying"),
        own_called=label("own_called"),
        prices=prices,
        groups_called=label("groups"),
        limit=label("limit", most=law.on(today).value("state_support_max_months").whole()),
        scan=label("scan"),
        how=label("how_telegram" if _on_telegram(invitation.link) else "how_page"),
        promise=label("promise"),
        address=_address(invitation),
        zalo=_on_zalo(invitation),
        hotline_called=label("hotline_called"),
        hotline=context.quote("hotline")["hotline"],
        law=label("law", today=now.date(), documents=[law.sources[each].title for each in documents]),
        short_law=label("short_law", today=now.date()),
        whose_word=whose_word.of_picture(context, "".join(told)),
        code_called=label("code", code=invitation.code),
        collaborator=label("made_by", collaborator=invitation.collaborator) if invitation.collaborator else "",
    )


@cache
def texts() -> Texts:
    """The words of the posters, read at the first one."""
    return Texts.from_data({"outreach": read_file("bot.outreach", "texts.yaml")})


def label(name: str, **figures: object) -> str:
    """One of the words, filled in, as plain text."""
    return texts().label(f"outreach.{name}", **figures)


def _on_zalo(invitation: Invitation) -> str:
    """How it is found on Zalo, and the greeting that brings the code; '' where it is not there."""
    if not invitation.zalo:
        return ""
    greeted = greeting(invitation.code) if len(invitation.code) <= _GREETED else ""
    return label("greet_on_zalo", bot=invitation.zalo, greeting=greeted)


def greeting(code: str) -> str:
    """What is typed to the assistant first, where no link carries the code of a campaign."""
    return label("greeting", code=code)


def _estimates(law: Law, month: Month, top_up: int) -> dict[str, Estimate]:
    """What the lowest income costs each group in a month."""
    lowest = income_bounds(law, month).whole("minimum")
    found = {each: contribution(law, month, lowest, 1, [each], local_top_up=top_up) for each in GROUPS}
    return {each: _known(one) for each, one in found.items()}


def _known(found: Estimate | Refusal) -> Estimate:
    if isinstance(found, Refusal):
        raise ValueError(f"the law knows no price: {found.reason}")
    return found


def _price(head: str, estimates: dict[str, Estimate], told: list[str]) -> PosterPrice:
    """The words of one price; what its numbers rest on goes into `told`."""
    other = estimates["other"]

    def said(name: str, **figures: object) -> str:
        words = texts().say(f"outreach.{name}", **figures)
        told.append(words)
        return html.unescape(references.without(words))

    parts = {"support": other.whole("support"), "top_up": other.whole("local_top_up")}
    return PosterPrice(
        head,
        said("own", amount=other.figures["own"]),
        tuple(said(name, amount=other.figures[_FIGURE[name]]) for name, dong in parts.items() if dong),
        tuple(_by_group(estimates, said)),
    )


_FIGURE = {"support": "support", "top_up": "local_top_up"}


def _by_group(estimates: dict[str, Estimate], said: Callable[..., str]) -> Iterator[tuple[str, str]]:
    """The groups that pay less than others do, those of one payment together, what is paid least first."""
    together: dict[int, list[str]] = {}
    for each in _HELPED_MORE:
        own = estimates[each].whole("own")
        if own < estimates["other"].whole("own"):
            together.setdefault(own, []).append(each)
    for own in sorted(together):
        names = ", ".join(texts().label(_GROUP[each]) for each in together[own])
        yield names, said("own", amount=estimates[together[own][0]].figures["own"])


def place_kind(place: str) -> PlaceKind | None:
    """What a place says of itself by its first words («Chợ Phú Thái» is a market); None where it says nothing."""
    words = fold(place).split()
    return next((kind for kind in PLACE_KINDS if any(words[: len(each)] == each for each in _named(kind))), None)


def _named(kind: PlaceKind) -> list[list[str]]:
    """How places of a kind begin their names, in words."""
    return [fold(each).split() for each in texts().label(_NAMED[kind]).split("|")]


def _place(invitation: Invitation) -> str:
    """The place with what it is before it, where its name does not say that already («Chợ Phú Thái»)."""
    place, kind = " ".join(invitation.place.split()), invitation.kind
    if kind is None or not place or place_kind(place) is not None:
        return place
    return texts().label(_PLACE[kind], place=place)


def _on_telegram(link: str) -> bool:
    return urlsplit(link).hostname == "t.me"


def _address(invitation: Invitation) -> str:
    """How who can't scan comes there by typing; a code that nobody would type is left out."""
    link = invitation.link
    if _on_telegram(link):
        return label("search_telegram", bot=f"@{link.partition('?')[0].rpartition('/')[2]}")
    typed = link.removeprefix("https://")
    return label("type_address", address=typed if len(typed) <= _TYPED else urlsplit(link).netloc)
