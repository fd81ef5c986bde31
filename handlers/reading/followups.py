"""Reads a message that hangs on what was said before: «còn nam thì sao», «cần giấy tờ gì», «vậy 6 tháng bao nhiêu»."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from faq.library import Aspect
from handlers.reading.corrections import corrected
from handlers.reading.facts import Stated
from handlers.reading.word_roles import WordRoles
from handlers.reading.words import LONGEST_ANSWER
from vietnamese.normalize import fold, normalize

_LONGEST = 25
"""Words; a longer message tells its own story."""
_SLIP = 4
"""Letters of an unknown word without accents that may be a slip; any other is the matter of the message."""
_MOST_OF_A_NAME = 3
"""Words of a message that names somebody and no more: «mẹ chồng em»."""
_MOST_NAMED = 2
"""Unknown words of «còn … thì sao», whatever they are."""
_ONCE = frozenset({"mot", "lan"})
"""Of «3 tháng một lần», told as a fact: no «rút một lần» is meant."""
_OF_NO_MATTER = frozenset(
    {
        *("sex", "birth", "groups", "paid", "own", "firm", "past", "wage", "first", "stopped", "ahead_until"),
        *("payment", "income"),
    }
)
"""Facts whose words name nothing asked of, as those of a death or a birth do, and a length of time may."""


@dataclass(frozen=True, slots=True)
class Followup:
    """A message that hangs on what was said before."""

    aspect: Aspect | None
    """What is asked of the thing talked about; None where the same is asked again, of other facts."""
    corrects: bool
    """«à nhầm, nam», «đổi thành 3 triệu»: takes the place of what was said."""
    certain: bool
    """A cue stands in it, or nothing but an aspect and facts; where not, it may also stand alone."""


def followup(text: str, said: Stated) -> Followup | None:
    """How a message hangs on what was said before; None where it stands alone."""
    if len(text) > LONGEST_ANSWER:
        return None
    core = corrected(text)
    roles = _roles(text if core is None else core, said)
    if roles.words > _LONGEST or roles.of("topic") or not _is_all_known(roles):
        return None
    aspect, framed = _aspect(roles), roles.of("then_what")
    if roles.of("handed_in") and aspect != "wait":
        return None
    facts = _states(roles, said) or (core is not None and roles.of("label", "unit", "number"))
    asks = roles.of("asks", "counts_months") or roles.asks_yes_or_no
    if not (facts or aspect or framed or (asks and not roles.of("points"))):
        return None
    known = not roles.of("unknown", "handed_in")
    cue = framed or core is not None or roles.of("points", "if")
    if _may_be_of_its_own(roles, aspect):
        begins = roles.all[0][0] == "points" and facts and aspect in (None, "amount")
        cue = framed or core is not None or begins
        if not cue and (aspect not in (None, "amount") or (aspect is None and (asks or not facts))):
            return None
        return Followup(aspect, core is not None, certain=cue and known and (framed or aspect is not None or not asks))
    plain = not (asks and aspect is None) and not (facts and aspect not in (None, "amount"))
    return Followup(aspect, core is not None, certain=(cue or plain) and known)


def asked_aspect(text: str) -> Aspect | None:
    """What a message asks of a thing, whichever it is of: papers, a place, a deadline, an amount …"""
    return _aspect(WordRoles(text))


def names_a_topic(text: str, said: Stated) -> bool:
    """Whether a message names a matter of its own, beside facts, words that ask, and small words."""
    plain = _words(said.words[each] for each in _OF_NO_MATTER & said.words.keys())
    roles = _roles(text, said, plain)
    return roles.of("topic", "handed_in", "paper", "carries") or not _is_all_known(roles)


def _roles(text: str, said: Stated, plain: frozenset[str] = frozenset()) -> WordRoles:
    words = _words(said.words.values())
    once = frozenset(word for word in words if fold(word) in _ONCE)
    once |= _words(said.words[each] for each in ("total", "span") if each in said.words)  # «17 năm rồi nghỉ»
    return WordRoles(text, frozenset(map(fold, words)), plain | once)


def _words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(normalize(" ".join(phrases)).split())


def _states(roles: WordRoles, said: Stated) -> bool:
    """Whether it states a fact; somebody named in a longer message may as well be asked: «để tôi hỏi vợ đã»."""
    if roles.of("fact", "payers") or said.words.keys() - {"whom"}:
        return True
    if said.facts.whom is not None and not said.rest.strip():  # «con toi», of somebody and nothing else
        return True
    return roles.of("kin") and (roles.words <= _MOST_OF_A_NAME or not roles.only("kin", "filler", "address"))


def _is_all_known(roles: WordRoles) -> bool:
    """Whether no word but perhaps a slip is of no list; «còn … thì sao» may name what it will."""
    unknown = roles.typed("unknown")
    if roles.of("then_what"):
        return len(unknown) <= _MOST_NAMED
    return not unknown or (len(unknown) == 1 and unknown[0].text.isascii() and len(unknown[0].text) <= _SLIP)


def _may_be_of_its_own(roles: WordRoles, aspect: Aspect | None) -> bool:
    """Whether it speaks of paying, which is asked as often of itself: «đóng 6 tháng thì bao nhiêu»."""
    return roles.of("pays", "extreme") or (roles.of("hands_in") and aspect in (None, "amount"))


def _aspect(roles: WordRoles) -> Aspect | None:
    """The one aspect asked; of two the more telling: in «nộp hồ sơ ở đâu» the place, not the papers."""
    paper, asks = roles.of("paper"), roles.of("asks", "then_what") or roles.asks_yes_or_no
    if roles.of("within"):
        return "deadline" if roles.of("hands_in", "does") and not roles.of("gets", "handed_in") else "wait"
    if roles.of("deadline"):
        return "deadline"
    if roles.of("until"):
        return "wait" if roles.of("gets") else "deadline"
    counted = [token.fold for token in roles.typed("counts_months")]
    if "nam" in counted and roles.of("gets") and not roles.of("wait"):  # «mấy năm mới có», of what must be paid for
        return "who"
    if roles.of("wait") or (counted and roles.of("gets")):
        return "wait"
    if roles.of("where") or (roles.of("place") and asks and not roles.of("fact")):
        return "where"
    if roles.of("who"):
        return "where" if roles.of("hands_in") else "who"
    if roles.of("how") and (not paper or roles.of("does")):
        return "how"
    if roles.of("papers") or (roles.of("carries") and asks) or (paper and (asks or not roles.of("gets", "does"))):
        return "papers"
    if roles.of("amount"):
        return "amount"
    return "who" if roles.of("payers") else None
