"""Reads a message that hangs on what was said before: «còn nam thì sao», «cần giấy tờ gì», «vậy 6 tháng bao nhiêu»."""

from __future__ import annotations

from dataclasses import dataclass

from faq.library import Aspect
from handlers.reading.corrections import corrected
from handlers.reading.facts import Stated
from handlers.reading.roles import Roles
from vietnamese.normalize import fold, normalize

_LONGEST = 25
"""Words; a longer message tells its own story."""
_SHORT = 4
"""Letters of a word that may be a slip; a longer one is the matter of a message."""
_MOST_UNKNOWN = {"then_what": 2, "points": 1, "bare": 1}


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
    core = corrected(text)
    corrects = core is not None
    roles = Roles(text if core is None else core, _words_of_facts(said))
    if roles.words > _LONGEST or roles.of("topic"):
        return None
    aspect = _aspect(roles)
    framed = roles.of("then_what")
    cue = framed or corrects or roles.of("points", "if")
    facts = roles.of("fact", "kin")
    unknown = roles.typed("unknown")
    if len(unknown) > _MOST_UNKNOWN["then_what" if framed else "points" if cue else "bare"]:
        return None
    if unknown and not cue and (len(unknown[0]) > _SHORT or not (aspect or facts)):
        return None
    if not (facts or aspect or framed or roles.of("asks", "counts_months")):
        return None
    pays = roles.of("pays", "extreme") or (roles.of("hands_in") and aspect in (None, "amount"))
    if pays and not framed and aspect not in (None, "amount"):
        return None
    if pays and not framed and (not (facts or aspect) or (aspect is None and roles.of("asks", "counts_months"))):
        return None
    certain = (framed or corrects) if pays else bool(cue or ((aspect or facts) and not unknown))
    if not cue and not aspect and roles.of("asks", "counts_months"):
        certain = False
    return Followup(aspect, corrects, certain)


def _words_of_facts(said: Stated) -> frozenset[str]:
    return frozenset(fold(normalize(" ".join(said.words.values()))).split())


def _aspect(roles: Roles) -> Aspect | None:
    """The one aspect asked; of two the more telling: in «nộp hồ sơ ở đâu» the place, not the papers."""
    paper, asks = roles.of("paper"), roles.of("asks")
    if roles.of("deadline"):
        return "deadline"
    if roles.of("until"):
        return "wait" if roles.of("gets") else "deadline"
    if roles.of("wait") or (roles.of("counts_months") and roles.of("gets")):
        return "wait"
    if roles.of("where") or (roles.of("place") and asks and not roles.of("fact")):
        return "where"
    if roles.of("who"):
        return "who"
    if roles.of("how") and (not paper or roles.of("does")):
        return "how"
    if paper or roles.of("papers") or (roles.of("carries") and asks):
        return "papers"
    return "amount" if roles.of("amount") else None
