"""Finds accounts of people: mail, links to profiles, «@teo85», and what follows «zalo tên là»."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HOST = (
    r"t\.me|telegram\.(?:me|dog)|zalo\.me|m\.me|facebook\.com|fb\.(?:com|me)|messenger\.com|instagram\.com|tiktok\.com"
    r"|threads\.net|x\.com|twitter\.com|viber\.com|linkedin\.com|youtube\.com|wa\.me|line\.me"
)
_LINK = re.compile(rf"(?:https?://)?(?<![\w.@-])(?:(?:www|m|vi-vn|web|chat|vt|mobile)\.)?(?:{_HOST})/\S*[\w/]", re.I)
_AT = re.compile(r"(?<![\w.@])@[A-Za-z][\w.]{1,31}\w")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PROVIDER = re.compile(r"\b(?:gmail|gmai|yahoo|hotmail|outlook|icloud|live|ymail)\b", re.I)
_MAIL_SAID = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}[ ]?(?:@|\(a\)|\(at\)|\[a\]|\[at\]|[ ]a[ ]?(?:còng|cong|móc|moc)[ ]|[ ]at[ ])[ ]?"
    rf"{_PROVIDER.pattern}"
    r"(?:[ ]?(?:\.|,|chấm|cham|dot)[ ]?(?:com|vn|net))*",
    re.I,
)
_NETWORK = r"facebook|face|fb|zalo|tele|telegram|instagram|insta|ig|tiktok|viber|skype|wechat|messenger"
_CUE = re.compile(
    rf"(?<!\w)(?:nick|{_NETWORK})(?!\w)"
    rf"(?P<told>(?:[ ]*[:=][ ]*|[ ]+(?:{_NETWORK}|nick|acc|tk|tên|ten|là|la|của|cua|em|tôi|toi|tui|mình|minh|anh|chị"
    r"|chi|cô|co|chú|chu|bác|bac|cháu|chau|con)(?!\w)){0,6})[ ]*",
    re.I,
)
_HANDLE = re.compile(r"(?=[\w.]{4,40}(?![\w.]))[A-Za-z]+[\d._][\w.]*\w")
_WORDS = re.compile(r"[^\W\d_]{1,10}(?: [^\W\d_]{1,10}){0,4}")
_SAYS_WHO = re.compile(r"[:=]|(?<!\w)(?:tên|ten|là|la)(?!\w)", re.I)
_SITE = re.compile(r"\.(?:vn|com|net|org)$", re.I)
_NOBODY = frozenset("bhxh bhyt bảo việt ubnd công vnpt viettel vssid vneid oa".split())
"""What an office calls itself there."""


def mail_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses of mail stand, also as they are read out; in order, some within others."""
    if "@" in text:
        yield from (found.span() for found in _MAIL.finditer(text))
    if _PROVIDER.search(text):
        yield from (found.span() for found in _MAIL_SAID.finditer(text))


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where links to people and names of accounts stand; in no order."""
    for each, sign in ((_LINK, "/"), (_AT, "@")):
        if sign in text:
            yield from (found.span() for found in each.finditer(text))
    for cue in _CUE.finditer(text):
        if handle := _HANDLE.match(text, cue.end()):
            if not _SITE.search(handle[0]):
                yield handle.span()
        elif _SAYS_WHO.search(cue["told"]) and (end := _end_of_capitals(text, cue.end())):
            yield cue.end(), end


def _end_of_capitals(text: str, start: int) -> int:
    """Where the words in capitals that begin here end; 0 where there are none, or they are no person's."""
    found = _WORDS.match(text, start)
    words = found[0].split(" ") if found else []
    capitals = 0
    while capitals < len(words) and words[capitals][0].isupper():
        capitals += 1
    if not capitals or words[0].lower() in _NOBODY:
        return 0
    return start + len(" ".join(words[:capitals]))
