"""Reads in a sentence whether a pension is drawn, and why the money is to be taken out."""

from __future__ import annotations

from handlers.reading.amount_grammar import amount
from handlers.reading.passages import Cues, Mention, Passage
from handlers.reading.withdrawals import WHY
from handlers.reading.words import Phrases, phrases, words

_DRAWING: Cues[bool] = Cues(
    Phrases(
        {
            **phrases(
                True,
                *(
                    " | ".join(f"{now} {get} {what}" for get in ("nhận", "lãnh", "lĩnh", "hưởng", "có"))
                    for now in ("đang", "đã", "đang được")
                    for what in (
                        "lương hưu",
                        "hưu trí",
                        "tiền hưu",
                        "hưu",
                        "chế độ hưu",
                        "hưu tự nguyện",
                        "tiền lương hưu",
                    )
                ),
                "đang nghỉ hưu | đã nghỉ hưu | đã về hưu | cán bộ hưu trí",
                "có lương hưu rồi",
                "lãnh lương hưu rồi | nhận lương hưu rồi | hưởng lương hưu rồi | lĩnh lương hưu rồi | đang lương hưu",
            ),
            **phrases(
                False,
                *(
                    " | ".join(f"{no} {get} lương hưu" for get in ("nhận", "lãnh", "lĩnh", "hưởng", "có", "được"))
                    for no in ("chưa", "không", "chưa được", "không được")
                ),
            ),
        }
    )
)
_DRAWS = Cues(
    Phrases(phrases(True, "lãnh lương hưu | lĩnh lương hưu | nhận lương hưu | hưởng lương hưu | lãnh hưu | lĩnh hưu"))
)
_WISHES = Cues(Phrases(phrases(True, "muốn | mong | để | ước | sẽ | nếu | thì | định | được | sau này | về già")))
_ALLOWANCE = words("xã")
"""«hưu trí xã hội» is no pension."""
_IN_GENERAL = words("người nếu ai khi lúc trường")
_ASKED = words("không chưa à hả chứ")
_OF_A_HOUSEHOLD = words("nhà đình cảnh tế sống")
"""«nhà khó khăn», «gia đình khó khăn»; «đi lại khó khăn» is no reason."""
_TAKEN_OUT = Cues(
    Phrases(phrases(True, "rút | lãnh một lần | nhận một lần | một lần | 1 lần | lấy ra | lấy lại | lấy về"))
)
_SUPPOSED = words("nếu lỡ nhỡ giả ví lo sau sao")
_OF_ITSELF = "serious_illness"
"""Who names such an illness asks for the money in the next line."""
_OTHER_WISHES = frozenset({"khong muon dong nua", "khong dong nua", "khong dong tiep", "nghi dong", "ngung dong"})
_NOT_SURE_IN_A_SENTENCE = _OTHER_WISHES | {"chi muon so sanh", "so sanh", "het tien"}


def circumstances_in(passage: Passage) -> list[Mention]:
    """Whether a pension is drawn, and the reasons to take the money out; the latter only where that is spoken of,
    or where an illness is named."""
    tokens = passage.tokens
    found = []
    for at, after, drawing in _DRAWING.found(tokens, 0, len(tokens)):
        general = at > 0 and _IN_GENERAL.get(tokens, at - 1) and not passage.begins(at)
        asked = any(_ASKED.get(tokens, place) for place in range(after, passage.clause_end(after, 3)))
        if not (_ALLOWANCE.get(tokens, after) or general or asked):
            found.append(Mention("drawing", drawing, at, after))
    for _, after, _ in _DRAWS.found(tokens, 0, len(tokens)):
        paid = amount(tokens, after)
        if paid and passage.free(after - 1, after) and not _WISHES.any(tokens, passage.clause_start(after), after):
            found.append(Mention("drawing", True, after - 2, after))  # «hiện tôi lãnh lương hưu 2tr8»
    taken_out = _TAKEN_OUT.any(tokens, 0, len(tokens))
    supposed = any(_SUPPOSED.get(tokens, at) for at in range(len(tokens)))
    for at in range(len(tokens)):
        why = WHY.read(tokens, at)
        if why and not taken_out and (why[0] != _OF_ITSELF or supposed):
            continue
        hard = (
            why and why[1] - at == 2 and tokens[at].fold == "kho" and not (at and _OF_A_HOUSEHOLD.get(tokens, at - 1))
        )
        if why and not hard and " ".join(token.fold for token in tokens[at : why[1]]) not in _NOT_SURE_IN_A_SENTENCE:
            found.append(Mention("why", why[0], at, why[1]))
    return found
