"""Spells out the short forms of the phone («e», «hk», «mk», «tn») word by word, so that every word keeps its place."""

from __future__ import annotations

from dataclasses import replace

from handlers.reading.words import Token, Tokens
from vietnamese.abbreviations import AFTER_NUMBER, BEFORE_NUMBER, IN_COMPANY, SHORT

_READ_AS_THEY_ARE = frozenset({"sn", "ns", "tr", "th", "thg", "k", "đ", "d", "sanh", "nạp"})
"""Known to the readers of births and amounts; what each means hangs on the number beside it."""
_SLIPS = {"thag": "tháng", "tháq": "tháng", "thnag": "tháng"}
_NO = "k"
_HUSBAND_OR_TRANSFER = "ck"
_COMPANY = {short: company for short, company, _ in IN_COMPANY}


def spelled_out(tokens: Tokens) -> tuple[Token, ...]:
    """The tokens with their short forms as words; each word of «bhxh» has the span of the whole."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        full = _full(tokens, at)
        if full is None:
            out.append(token)
            continue
        words = full.split()
        if len(words) > 1 and out and out[-1].text == words[0]:  # «bao nhiu» is «bao nhiêu»
            words = words[1:]
        for number, word in enumerate(words):
            out.append(replace(token, text=word, glued=token.glued and not number, gap=0 if number else token.gap))
    return tuple(out)


def _full(tokens: Tokens, at: int) -> str | None:
    """What the short form there stands for; None for a word, a unit after a number, a month before one."""
    text = tokens[at].text
    after_number = at > 0 and (tokens[at - 1].is_number or tokens[at - 1].text == "/")
    if text == _NO:
        return None if after_number and tokens[at].glued else "không"
    if text in _SLIPS:
        return _SLIPS[text]
    if text in _READ_AS_THEY_ARE or (after_number and text in AFTER_NUMBER) or text not in SHORT:
        return None
    if text in BEFORE_NUMBER and at + 1 < len(tokens) and tokens[at + 1].is_number:
        return None
    if text == _HUSBAND_OR_TRANSFER and _is_a_transfer(tokens, at):
        return None
    if at > 0 and tokens[at - 1].text in _COMPANY.get(text, ()):
        return None
    return SHORT[text]


def _is_a_transfer(tokens: Tokens, at: int) -> bool:
    """Whether «ck» there is «chuyển khoản»: «ck tiền», «ck 1 phát», «momo ck»; not «ck 45 tuổi»."""
    if at + 1 >= len(tokens):
        return at > 0
    after = tokens[at + 1]
    if not after.is_number:
        return after.text in ("tiền", "tien", "qua", "khoản", "được", "đc", "dc", "cho", "hay", "online", "lun", "luôn")
    return len(after.text) < len("1985") and not (at + 2 < len(tokens) and tokens[at + 2].fold in ("tuoi", "t"))
