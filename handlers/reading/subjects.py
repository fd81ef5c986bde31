"""Deals out what a text says among the people it names, and tells whose facts it states.

What is said belongs to the one named last before it. Wishes and households are of whoever the text is about;
births, months paid and so on are of their owner only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence

from handlers.reading.dates import Birth, agreed
from handlers.reading.passages import Cues, Mention, Passage
from handlers.reading.persons import Somebody, Whom, companion, persons_in, subject
from handlers.reading.words import Phrases, only, phrases, words

_OF_A_PERSON = frozenset(
    {
        *(
            "sex",
            "birth",
            "paid",
            "own",
            "firm",
            "past",
            "wage",
            "first",
            "stopped",
            "ahead_until",
            "due",
            "children",
            "died",
            "drawing",
            "pension",
            "drawn",
        )
    }
)
"""Facts of somebody; the others are of a wish or a household, whoever tells them."""
_NO_PEOPLE = ("due", "children", "sex")
"""Words read as one of these name nobody: «sinh con gái»."""
_ALL = Cues(
    Phrases(
        phrases(
            True,
            "cả hai | hai vợ chồng | cả vợ chồng | vợ chồng em | vợ chồng tôi | vợ chồng con | vợ chồng mình | cả nhà",
            "hai đứa | tụi em | tụi con | hai người | vợ chồng cháu | chưa ai đóng | không ai đóng | cả 2 | 2 vợ chồng",
            "2 đứa | chưa ai tham gia | cả hai vợ chồng | cả 2 vợ chồng",
        )
    )
)
_OF_AGE = 18
_ASKS = Cues(Phrases(phrases(True, "bao nhiêu | nhiêu | nào | sao | ai | gì | mấy | bao giờ | bao lâu | không | đâu")))


def of_one(
    passage: Passage, said: Sequence[Mention]
) -> tuple[Somebody | None, list[Mention], Mapping[Whom, list[Mention]]]:
    """Of whom the text mostly speaks, what is said of them, and what of each of the others."""
    read = {place for one in said if one.fact in _NO_PEOPLE for place in range(one.first, one.after)}
    people = [one for one in persons_in(passage) if one.first not in read]
    begin = [one.first for one in people]
    owners = {
        id(one): None if _is_of_all(passage, one) else _named_before(people, bisect_right(begin, one.first))
        for one in said
    }
    telling: list[Somebody] = []
    for one in said:
        owner = owners[id(one)]
        if one.fact in _OF_A_PERSON and owner is not None and not any(owner.whom == other.whom for other in telling):
            telling.append(owner)
    others = {one.whom for one in telling}
    if "self" in others:
        telling = [one for one in telling if not (one.whom == "child" and _is_minor(passage, said, owners, one))]
    question = max((cue[0] for cue in _ASKS.found(passage.tokens, 0, len(passage.tokens))), default=None)
    lives = not any(one.fact == "died" for one in said)
    person = (_who_acts(passage, people, others, question) if lives else None) or subject(
        people, sorted(telling, key=lambda one: one.first), question
    )
    if person is None and not _writer_dies(passage) and not _asks_of_oneself(passage, people, question):
        person = _only_one([one for one in people if one.whom != "self" and not companion(passage, one)])
    elsewhere = others - ({person.whom} if person else set())
    peoples, main = _of_two_peoples(passage, said, owners), person.whom if person is not None else "self"
    told = [
        one
        for one in said
        if (peoples.get(id(one), main) == main)
        and (one.fact == "groups" or _is_of(one, owners[id(one)], person, elsewhere))
    ]
    theirs = _without_the_writers(told, owners, person)
    kept = {id(one) for one in theirs}
    beside = _of_others(said, owners, person, [one for one in told if id(one) not in kept])
    for whom in {*peoples.values()} - {main}:
        households = [one for one in said if one.fact == "groups" and peoples.get(id(one), whom) == whom]
        beside.setdefault(whom, []).extend(households)
    return person, theirs, beside


def _of_two_peoples(
    passage: Passage, said: Sequence[Mention], owners: Mapping[int, Somebody | None]
) -> dict[int, Whom]:
    """«em người Khmer, chồng em người Kinh», «mẹ em hộ nghèo, em ở riêng không nghèo»: of whom each says it; nothing
    where all are of one people, and of one household."""
    households = {one.value for one in said if one.fact == "groups"}
    apart = households > {"other"} or {"poor", "near_poor"} <= households
    of_a_people = [
        one
        for one in said
        if one.fact == "groups"
        and (
            apart
            or one.value == "ethnic_minority"
            or any(token.fold == "kinh" for token in passage.tokens[one.first : one.after])
        )
    ]
    whose = {id(one): owner.whom if (owner := owners[id(one)]) is not None else "self" for one in of_a_people}
    differ = len({one.value for one in of_a_people}) > 1 and len({*whose.values()}) > 1
    return whose if differ else {}


def _of_others(
    said: Sequence[Mention],
    owners: Mapping[int, Somebody | None],
    person: Somebody | None,
    before_any: Sequence[Mention],
) -> dict[Whom, list[Mention]]:
    """What is told of everybody but `person`; what stands before anybody is named is the writer's."""
    others: dict[Whom, list[Mention]] = {}
    if person is None:
        return others
    for one in said:
        owner = owners[id(one)]
        if owner is not None and owner.whom != person.whom and one.fact in _OF_A_PERSON:
            their = others.setdefault(owner.whom, [])
            if owner.sex is not None:
                their.append(Mention("sex", owner.sex, owner.first, owner.after))
            their.append(one)
    own = [one for one in before_any if owners[id(one)] is None]
    if own and person.whom != "self":
        others.setdefault("self", []).extend(own)
    return others


def _is_of_all(passage: Passage, one: Mention) -> bool:
    """«cả hai chưa đóng gì», «hai vợ chồng chưa ai đóng»: of nobody more than of another."""
    start = passage.clause_start(one.first)
    return one.fact in _OF_A_PERSON and _ALL.any(passage.tokens, start, one.after)


def _is_minor(
    passage: Passage, said: Sequence[Mention], owners: Mapping[int, Somebody | None], child: Somebody
) -> bool:
    """Whether the child told of beside the writer is too young to be a payer."""
    births = [one.value for one in said if one.fact == "birth" and owners[id(one)] is child]
    return any(isinstance(born, Birth) and passage.today.year - born.year < _OF_AGE for born in births)


_DIES = Phrases(phrases(True, "mất | chết | qua đời | mất đi | nằm xuống | mệnh hệ"))
_MAY = Phrases(phrases(True, "mà | lỡ | có | lăn ra | đột ngột | chẳng may | không may | rủi"))
_KIN = words("chồng vợ mẹ má bố ba cha con anh chị em ông bà xã trai gái dì chú bác cô cậu của")
_WRITER = Phrases(phrases(True, "tôi | tui | mình | em | con | cháu | bác"))


def _writer_dies(passage: Passage) -> bool:
    """«lỡ tôi mất thì con tôi được gì»: of the writer, whoever is left."""
    tokens = passage.tokens
    for at in range(len(tokens)):
        me = None if at and _KIN.get(tokens, at - 1) else _WRITER.read(tokens, at)
        may = None if me is None else _MAY.read(tokens, me[1])
        if me is not None and _DIES.read(tokens, me[1] if may is None else may[1]):
            return True
    return False


_ACTS = words("đóng nộp tham mua rút lãnh lĩnh nhận hưởng phải được")


_PAYS_OR_TAKES_OUT = words("đóng nộp rút mua")
"""What somebody does with their own money; what is got («được», «nhận») may be of another's."""


def _who_acts(
    passage: Passage, people: Sequence[Somebody], told_of: Collection[Whom], question: int | None
) -> Somebody | None:
    """«…, tôi đóng từ 8/2025 rồi bỏ. chồng tôi rút được không»: who alone is named in the sentence that asks, at its
    beginning, and pays or takes out there."""
    if question is None:
        return None
    start = passage.clause_start(question)
    here = [one for one in people if start <= one.first < question]
    if len(here) != 1 or here[0].first != start or not start or passage.tokens[start].gap < _SENTENCE:
        return None
    if here[0].whom == "self" and "self" not in told_of:
        return None  # «mẹ em đóng 9 năm rồi. Em nộp một lần cho đủ được không»: for her
    return here[0] if _PAYS_OR_TAKES_OUT.get(passage.tokens, here[0].after) else None


_SENTENCE = 2
"""The gap before a word with which a sentence begins."""


def _asks_of_oneself(passage: Passage, people: Sequence[Somebody], question: int | None) -> bool:
    """«vợ tôi người Kinh, tôi đóng thấp nhất bao nhiêu»: who was named last before the question, and does what is
    asked of, is the writer."""
    before = [one for one in people if question is not None and one.first < question]
    return bool(before) and before[-1].whom == "self" and bool(_ACTS.get(passage.tokens, before[-1].after))


def _only_one(people: Sequence[Somebody]) -> Somebody | None:
    return people[0] if len({one.whom for one in people}) == 1 else None


def _is_of(one: Mention, owner: Somebody | None, person: Somebody | None, elsewhere: set[Whom]) -> bool:
    if owner is None or person is None or owner.whom == person.whom:
        return True
    if owner.whom == "self" and one.fact == "money":  # what the writer earns is no other's
        return False
    return owner.whom not in elsewhere or (owner.whom == "self" and one.fact not in _OF_A_PERSON)


def _named_before(people: Sequence[Somebody], number: int) -> Somebody | None:
    """The last of the first `number` people."""
    return people[number - 1] if number else None


def _without_the_writers(
    told: list[Mention], owners: Mapping[int, Somebody | None], person: Somebody | None
) -> list[Mention]:
    """Leave out what stands before anybody is named, where it contradicts what is said of `person`."""
    if person is None or person.whom == "self":
        return told
    for fact, agree in (("birth", lambda values: agreed(values, about=False)), ("sex", only)):
        theirs = [one.value for one in told if one.fact == fact and owners[id(one)] is not None]
        nobodys = [one.value for one in told if one.fact == fact and owners[id(one)] is None]
        if fact == "sex" and person.sex is not None:
            theirs.append(person.sex)
        if theirs and nobodys and agree([*theirs, *nobodys]) is None:
            return [one for one in told if one.fact not in _OF_A_PERSON or owners[id(one)] is not None]
    return told
