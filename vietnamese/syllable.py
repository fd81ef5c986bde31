"""What can be a Vietnamese syllable: onset and rime, with accents folded away."""

from __future__ import annotations

import re

_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay
e ec ech em en eng enh eo ep et eu
i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong op ot
u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu
uy uya uych uyen uyet uynh uyt uyu
y yem yen yet yeu
"""

_SYLLABLE = re.compile(
    "(?:{})?(?:{})".format(
        "|".join(sorted(_ONSETS.split(), key=len, reverse=True)),
        "|".join(sorted(_RIMES.split(), key=len, reverse=True)),
    )
)
VOWELS = frozenset("aeiouy")


def is_syllable(folded: str) -> bool:
    """Whether a word without accents is spelled like one Vietnamese syllable («hiem» yes, «hieemr» no)."""
    return _SYLLABLE.fullmatch(folded) is not None
