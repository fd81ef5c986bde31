"""Cuts a message into words and numbers, and compares words as people type them: accents may be missing.

A typed word stands for a written one when the letters agree and no typed accent contradicts it: «nam» may
be «năm», «năm» is never «nam». Hỏi and ngã count as one, since half the country writes them so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import Generic, Literal, TypeVar

from vietnamese.keystrokes import from_telex, from_vni
from vietnamese.normalize import fold
from vietnamese.syllable import is_syllable

T = TypeVar("T")

LONGEST_ANSWER = 200
"""Characters; a longer message is no answer to a form, and is not cut down to one."""
LONGEST_SENTENCE = 4_000
"""Characters of a letter that are searched for values; the work grows with its length, not faster."""

MOST_TOKENS = 600
"""Words and numbers of a letter that are looked at: as many as fit into one that is written to be read."""

_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|[-/+%<>$€£*&]|\d")
_VNI = re.compile(r"(?<![^\W_])[a-z]+[1-9]+[a-z]+[1-9]*(?![^\W_])")
_VNI_AT_THE_END = {"nam8": "năm", "nu7": "nư", "nu74": "nữ", "nu47": "nữ"}
"""Marks typed after the word: read only where they are no number («thang3» is March)."""
_VNI_END = re.compile(r"(?<![^\W_])(?:nam8|nu7|nu74|nu47)(?![^\W_])")
_LETTERS_HELD_DOWN = re.compile(r"([^\W\d_])\1{2,}")
_TYPED = re.compile(f"(?P<vni_end>{_VNI_END.pattern})|(?P<vni>{_VNI.pattern})|(?:{_TOKEN.pattern})")
_SENTENCE_ENDS = re.compile(r"[.?!;\n]")
_CLAUSE_ENDS = re.compile(r"[,:()…\"“”]")
_KEYS = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_KEY_BEFORE_THE_LAST = re.compile(r"([a-z]*([aeiouy]))([sfrxj])\2")
"""«tuoiri»: the letter was typed once more after the tone."""
_HOOK, _TILDE = "\u0309", "\u0303"


@lru_cache(maxsize=4096)
def accents(word: str) -> frozenset[str]:
    """The accents a word carries; đ is one; hỏi and ngã are the same."""
    if word.isascii():
        return frozenset()
    marks = {letter for letter in unicodedata.normalize("NFD", word) if unicodedata.combining(letter)}
    if "đ" in word:
        marks.add("đ")
    return frozenset(_HOOK if mark == _TILDE else mark for mark in marks)


@dataclass(frozen=True)
class Token:
    """A word, a number («1.500.000») or a sign; `glued` when nothing stands before it («tr» in «1tr5»).

    `span`: where it stands in the composed text. `gap`: 1 where a clause begins with it, 2 where a sentence does.
    """

    text: str
    glued: bool = False
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    gap: Literal[0, 1, 2] = field(default=0, compare=False)

    @cached_property
    def fold(self) -> str:
        return fold(self.text)

    @cached_property
    def accents(self) -> frozenset[str]:
        return accents(self.text)

    @cached_property
    def is_number(self) -> bool:
        return "0" <= self.text[0] <= "9"

    @property
    def digits(self) -> int | None:
        """The value of a number without separators."""
        return int(self.text) if self.is_number and self.text.isdecimal() and len(self.text) <= 12 else None


Tokens = Sequence[Token]
Found = tuple[T, int]
"""A value, and where the reading goes on."""


def composed(text: str) -> str:
    """The text that the spans of its tokens count in: one code for a letter with its accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=64)  # one message is looked through for many things
def tokens_of(text: str) -> tuple[Token, ...]:
    """The first 600 words, numbers and signs of the first 4,000 characters; other punctuation and emoji are dropped."""
    if len(text) > LONGEST_SENTENCE:
        text = text[:LONGEST_SENTENCE].rpartition(" ")[0]
    text = _lowered(composed(text))
    tokens: list[Token] = []
    end = -1
    for found in _TYPED.finditer(text):
        if len(tokens) >= MOST_TOKENS:
            break
        between = text[max(end, 0) : found.start()]
        gap: Literal[0, 1, 2] = 2 if _SENTENCE_ENDS.search(between) else 1 if _CLAUSE_ENDS.search(between) else 0
        tokens += _typed(found, glued=found.start() == end, gap=gap)
        end = found.end()
    return tuple(tokens)


def _lowered(text: str) -> str:
    """In small letters; the few that would become two stay, so that every place stays."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _typed(found: re.Match[str], *, glued: bool, gap: Literal[0, 1, 2]) -> list[Token]:
    """The token of a match; of keystrokes that turn out to be no word («7n6t», «thang3»), each part."""
    word = _LETTERS_HELD_DOWN.sub(r"\1", found[0])
    if found["vni_end"]:
        return [Token(_VNI_AT_THE_END[found[0]], glued, found.span(), gap)]
    meant = from_vni(word) if found["vni"] else None
    if meant or not found["vni"]:
        return [Token(meant or _from_keys(word), glued, found.span(), gap)]
    start, parts = found.start(), list(_TOKEN.finditer(found[0]))
    return [
        Token(
            _from_keys(_LETTERS_HELD_DOWN.sub(r"\1", part[0])),
            glued or number > 0,
            (start + part.start(), start + part.end()),
            0 if number else gap,
        )
        for number, part in enumerate(parts)
    ]


def answer_of(text: str) -> tuple[Token, ...]:
    """The tokens of a message short enough to be an answer; none when it is longer than 200 characters."""
    return tokens_of(text) if len(text) <= LONGEST_ANSWER else ()


@lru_cache(maxsize=4096)  # the same words stand in most messages
def _from_keys(word: str) -> str:
    """A word left as Telex keystrokes, as it was meant; every other word as it is."""
    if is_syllable(fold(word)):
        return word
    meant = from_telex(word)
    if meant is None and not word.isascii():
        meant = from_telex(_with_the_tone_as_key(word))
    elif meant is None and (slip := _KEY_BEFORE_THE_LAST.fullmatch(word)):
        meant = from_telex(slip[1] + slip[3])
    return meant or word


def _with_the_tone_as_key(word: str) -> str:
    """«ddặc» as «ddăcj»: the last keys are left over, the tone is not."""
    letters = unicodedata.normalize("NFD", word)
    keys = "".join(_KEYS[letter] for letter in letters if letter in _KEYS)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _KEYS)) + keys


@cache  # the same few hundred words stand in thousands of phrases
def _written(word: str) -> tuple[str, frozenset[str]]:
    """A word of a lexicon, without its accents, and these."""
    return fold(word), accents(word)


class Lexicon(Generic[T]):
    """Written words and what they mean, found by the words as typed."""

    def __init__(self, words: Mapping[str, T]) -> None:
        self._forms: dict[str, list[tuple[frozenset[str], T]]] = {}
        for word, meaning in words.items():
            folded, marks = _written(word)
            self._forms.setdefault(folded, []).append((marks, meaning))

    def get(self, tokens: Tokens, at: int) -> T | None:
        """The meaning of the token there, or None; the first listed when several fit."""
        if not 0 <= at < len(tokens):
            return None
        token = tokens[at]
        known = self._forms.get(token.fold)
        if known is None:
            return None
        for marks, meaning in known:
            if token.accents <= marks:
                return meaning
        return None


class Phrases(Generic[T]):
    """Phrases of one or more words and what they mean; the longest that fits is found."""

    def __init__(self, phrases: Mapping[str, T]) -> None:
        self._begins: dict[str, dict[str, list[tuple[tuple[tuple[str, frozenset[str]], ...], T]]]] = {}
        """By the first word and the second, «» where there is none: hundreds of phrases begin with «không»."""
        for phrase, meaning in phrases.items():
            words = tuple(map(_written, phrase.split()))
            second = words[1][0] if len(words) > 1 else ""
            self._begins.setdefault(words[0][0], {}).setdefault(second, []).append((words, meaning))
        for begun in self._begins.values():
            for known in begun.values():
                known.sort(key=lambda entry: -len(entry[0]))

    def read(self, tokens: Tokens, at: int) -> Found[T] | None:
        if not 0 <= at < len(tokens):
            return None
        begun = self._begins.get(tokens[at].fold)
        if begun is None:
            return None
        for second in (tokens[at + 1].fold, "") if at + 1 < len(tokens) else ("",):
            for words, meaning in begun.get(second, ()):
                after = at + len(words)
                if after > len(tokens):
                    continue
                for place, (letters, marks) in enumerate(words, start=at):
                    token = tokens[place]
                    if token.fold != letters or not token.accents <= marks:
                        break
                else:
                    return meaning, after
        return None


def words(*lines: str) -> Lexicon[bool]:
    """A lexicon that only knows whether a word is in it."""
    return Lexicon({word: True for line in lines for word in line.split()})


def phrases(meaning: T, *lines: str) -> dict[str, T]:
    """Phrases divided by «|» that share one meaning."""
    return {phrase.strip(): meaning for line in lines for phrase in line.split("|")}


POLITE = (
    "dạ thưa vâng ạ à ah ờ ừ uh um ơi nhé nha nhỉ hả hen nghe nè này em anh chị cô chú bác ông cháu con tôi",
    "e mk tui mình ta bạn nghen nhen ad admin bot là thì vậy đây rồi r luôn thôi nhá hihi haha cảm ơn cám",
)
"""Words that may stand around any answer and change nothing in it."""


_NO_IN_SHORT = frozenset(
    {"ko", "k", "kh", "kg", "hk", "hok", "hông", "khum", "hem", "hổng", "kô", "khg", "hong", "hôn", "hôg", "khôg"}
)


def spelled_no(tokens: Tokens) -> tuple[Token, ...]:
    """The tokens with «ko», «k», «hok» spelled «không»; a «k» glued to a number stays a thousand."""
    return tuple(replace(one, text="không") if one.text in _NO_IN_SHORT and not one.glued else one for one in tokens)


def only_values(
    tokens: Tokens, read: Callable[[Tokens, int], Found[T] | None], skip: Callable[[Tokens, int], int]
) -> list[T]:
    """Every value of a message that holds values and fillers only; empty when anything else stands in it.

    `skip` gives the place after a filler, or the same place when there is none.
    """
    values, at = [], 0
    while at < len(tokens):
        found = read(tokens, at)
        if found is not None:
            values.append(found[0])
            at = found[1]
            continue
        after = skip(tokens, at)
        if after <= at:
            return []
        at = after
    return values


def skipping(*lines: str) -> Callable[[Tokens, int], int]:
    """A `skip` for `only_values`: these words, the polite ones, and signs that stand for nothing."""
    fillers = words(*POLITE, *lines)

    def skip(tokens: Tokens, at: int) -> int:
        if tokens[at].text == "-" and not _before_number(tokens, at):
            return at + 1
        return at + 1 if fillers.get(tokens, at) else at

    return skip


def _before_number(tokens: Tokens, at: int) -> bool:
    """Whether a dash belongs to the number after it: «-500k» is below zero, «lương - 500k» is not."""
    return at + 1 < len(tokens) and tokens[at + 1].is_number and (at == 0 or tokens[at + 1].glued)


def only(values: Iterable[T]) -> T | None:
    """The one value that all of them are; None when there is none, or two that differ."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None


def is_one(tokens: Tokens, at: int) -> bool:
    """Whether the token there says «một» or 1."""
    return 0 <= at < len(tokens) and (tokens[at].text in ("1", "01") or _ONE.get(tokens, at) is True)


_ONE = words("một")
