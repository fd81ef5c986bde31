"""The reasons of an estimate in words: its steps, the values used with their dates, the articles, the warnings."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

from handlers.dialogue import whose_word
from handlers.dialogue.context import Context
from handlers.dialogue.texts import OneOf
from law.base.estimate import Article, Estimate, Used
from law.paying.support import GROUPS
from vietnamese import references, wording

GROUP_NAMES = OneOf("contribution.group_{}", GROUPS)
"""What the groups of the State's support are called."""
GROUP_SAID = OneOf("contribution.said_{}", GROUPS)
"""The same within a sentence."""
_BY_WHOSE_WORD = "value_uncertain"
"""The warning that stands with the value itself, or in the line under the message."""
_MONEY, _AGE = "đồng", "tháng tuổi"


def article_words(context: Context, article: Article) -> str:
    """«Luật Bảo hiểm xã hội số 41/2024/QH15, Điều 36 khoản 1»."""
    title = context.law.sources[article.source].title
    return f"{title}, {article.place}" if article.place else title


def may_be_old(context: Context, *estimates: Estimate) -> bool:
    """Whether an estimate rests on a value that is past its date of review."""
    return any(_overdue(context, used) for each in estimates for used in each.used)


def with_freshness(context: Context, said: str, *estimates: Estimate) -> str:
    """What is said of estimates, and that their numbers may be old where one is past its date of review."""
    return said + whose_word.old(may_be_old(context, *estimates))


def _overdue(context: Context, used: Used) -> bool:
    return context.law.parameter(used.parameter).review_by < context.message.today


def warned(context: Context, estimate: Estimate) -> list[str]:
    """The warnings of an estimate in words, each once, but for those said by whose word a value is."""
    said = (context.texts.note(each) for each in estimate.warnings if each.name != _BY_WHOSE_WORD)
    return list({references.without(each): each for each in said}.values())


def explained(context: Context, estimate: Estimate) -> str:
    """The «Chi tiết và căn cứ» of an estimate, as HTML; each value there says itself whose word it is."""
    shown = [each for each in estimate.used if each.value is not None]
    told = {each.article for each in shown}
    articles = dict.fromkeys(article_words(context, each) for each in estimate.articles if each not in told)
    said = context.say(
        "reasons.details",
        steps=[context.texts.note(step) for step in estimate.steps],
        used=_used_lines(context, shown),
        articles=list(articles),
        warnings=warned(context, estimate),
    )
    return references.without(said)


def _used_lines(context: Context, shown: list[Used]) -> list[str]:
    """One line for each value; the years of one table («2014: 1,36; 2015: 1,36») stand on one."""
    tables: dict[tuple[object, ...], list[Used]] = {}
    for each in shown:
        year = "" if each.key.isdecimal() else each.key
        tables.setdefault((each.parameter, each.since, year), []).append(each)
    return [_used_words(context, *sorted(each, key=lambda used: used.key)) for each in tables.values()]


def _used_words(context: Context, used: Used, *years: Used) -> str:
    return context.say(
        "reasons.used",
        term=used.term,
        of=context.label(GROUP_NAMES[used.key]) if used.key in GROUPS else "",
        value="; ".join(_of_year(each) for each in (used, *years)) if years else _value_words(used),
        since=used.since,
        source=None if used.article is None else article_words(context, used.article),
        told=context.law.sources[used.article.source].told
        if used.article is not None and used.confidence != "A"
        else "",
    )


def _of_year(used: Used) -> str:
    """«2014: 1,36»: one year of a table, whose term says the unit."""
    return f"{used.key}: {_value_words(used).removesuffix(used.unit).strip()}"


def _value_words(used: Used) -> str:
    """The value with its unit; an amount of money as everywhere else."""
    value, unit = used.value, used.unit
    if isinstance(value, datetime.date):
        return wording.day(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        return str(value)
    if unit == _AGE:
        return wording.age(int(value))
    if unit.startswith(_MONEY):
        return wording.money(int(value)) + unit.removeprefix(_MONEY)
    return f"{wording.number(value)}{'' if unit.startswith('%') else ' '}{unit}"
