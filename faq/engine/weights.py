"""What is learnt from the phrasings, kept so that a start need not learn it again: `faq/engine/weights.npz`.

Kept are the features of every phrasing, which take long to read, and the tables of the perceptrons, which take long to
learn; the rest is worked out of them in a moment. Whether they still hold is told by two marks: a changed phrasing is
read and learnt anew, a changed way of reading throws all away. The file itself is read by `bot.base.content` and
written by `make learn`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faq.engine.concepts import Concepts
from faq.engine.features import PAIR, WEIGHTS, WORD, Counted, Space, features, small
from faq.engine.learn import FINEST, MARGIN, ROUNDS, Floats, Places, SparseTable, perceptron
from faq.engine.letter import without_courtesy
from faq.synonyms import Synonyms
from vietnamese.abbreviations import AFTER_NUMBER, BEFORE_NUMBER, IN_COMPANY, PHRASES, SHORT
from vietnamese.normalize import has_accents, normalize

Arrays = Mapping[str, npt.NDArray[np.generic]]
Phrasings = Sequence[tuple[str, str]]
"""(entry id, phrasing) pairs."""

_PROBE = (
    "Chào ad, bác 60t (sn 1966) đóng bhxhtn đc 14 năm 3 tháng, cháu 16t; ruts 1 laanf nghĩ việc hoà 500k/th t12.2026"
)
"""A text with much of what reading looks for, so that changed code shows in the mark of reading."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt: `texts` are short hashes of the phrasings, and `counted` their features in the same order.

    `reading` marks the way they were read, `learnt_from` all that was learnt from. The tables have a row for each
    feature and a column for each entry in the order of their names: `corrected` was learnt from all features, `worded`
    from words and pairs of words alone. `ours` has a number for each feature: what speaks for a question of the FAQ.
    """

    reading: str
    learnt_from: str
    texts: npt.NDArray[np.uint64]
    counted: Counted
    corrected: SparseTable
    worded: SparseTable
    ours: Floats

    @classmethod
    def of(
        cls, phrasings: Phrasings, ours: Collection[str], synonyms: Synonyms, concepts: Concepts, kept: Weights | None
    ) -> Weights:
        """`kept` where it was learnt from just this; else learnt anew, which takes two or three seconds for 7,000
        phrasings and a second less where `kept` knows most of them. `ours`: the entries that are questions of the FAQ.
        """
        reading = _reading(synonyms, concepts)
        learnt_from = _learnt_from(phrasings, ours, reading)
        if kept is not None and kept.learnt_from == learnt_from:
            return kept
        texts = np.array([_hash(text) for _, text in phrasings], np.uint64)
        known = kept.read() if kept is not None and kept.reading == reading else {}
        counted = Counted.of(
            known.get(mark) or _features(text, concepts)
            for mark, (_, text) in zip(texts.tolist(), phrasings, strict=True)
        )
        space = Space.build(counted)
        vectors, rows = space.vectors(counted), len(counted.names)
        entries = {entry: place for place, entry in enumerate(sorted({owner for owner, _ in phrasings}))}
        marks = texts.tolist()
        of = [entries[owner] for owner, _ in phrasings]
        corrected, worded = (
            SparseTable.without_zeros(perceptron(taken, of, marks, rows, len(entries)))
            for taken in (vectors, vectors.only(space.of_kinds(WORD, PAIR)))
        )
        inside = perceptron(vectors, [int(owner in ours) for owner, _ in phrasings], marks, rows, 2)
        return cls(reading, learnt_from, texts, counted, corrected, worded, inside[:, 1] - inside[:, 0])

    def read(self) -> dict[int, dict[str, int]]:
        """The features of each phrasing, by its hash."""
        return dict(zip(self.texts.tolist(), self.counted.texts(), strict=True))

    def as_arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """For a file."""
        return {
            "reading": np.array(self.reading),
            "learnt_from": np.array(self.learnt_from),
            "texts": self.texts,
            "names": np.frombuffer("\n".join(self.counted.names).encode(), np.uint8),
            "lengths": self.counted.lengths,
            "places": self.counted.places,
            "counts": self.counted.counts,
            "entries": np.array(self.corrected.width),
            **_parts("corrected", self.corrected),
            **_parts("worded", self.worded),
            "ours": self.ours,
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Weights:
        """Raises KeyError or ValueError for arrays that `as_arrays` did not make."""
        names = tuple(arrays["names"].tobytes().decode().split("\n"))
        lengths, places, counts = (_whole(arrays[name]) for name in ("lengths", "places", "counts"))
        corrected, worded = (_table(name, arrays, len(names)) for name in ("corrected", "worded"))
        return cls(
            str(arrays["reading"]),
            str(arrays["learnt_from"]),
            arrays["texts"].astype(np.uint64, copy=False),
            Counted(names, lengths, places, counts),
            corrected,
            worded,
            arrays["ours"].astype(np.float32, copy=False),
        )


def _parts(name: str, table: SparseTable) -> dict[str, npt.NDArray[np.generic]]:
    return {
        f"{name}_filled": small(table.filled.tolist()),
        f"{name}_columns": small(table.columns.tolist()),
        name: (table.weights * FINEST).astype(np.int16),
    }


def _table(name: str, arrays: Arrays, features: int) -> SparseTable:
    filled, columns = _whole(arrays[f"{name}_filled"]), _whole(arrays[f"{name}_columns"])
    if len(filled) != features:
        raise ValueError(f"{name} has another number of features")
    weights = _whole(arrays[name]).astype(np.float32) / np.float32(FINEST)
    return SparseTable.of(filled, columns, weights, int(_whole(arrays["entries"])))


def _features(text: str, concepts: Concepts) -> Mapping[str, int]:
    return features(without_courtesy(normalize(text)), has_accents(text), concepts)


def _reading(synonyms: Synonyms, concepts: Concepts) -> str:
    tables = (AFTER_NUMBER, BEFORE_NUMBER, PHRASES, SHORT, synonyms.concepts)
    sets = [sorted(synonyms.ambiguous), *((short, sorted(company), full) for short, company, full in IN_COMPANY)]
    return _mark(*map(dict, tables), sets, dict(_features(_PROBE, concepts)))


def _learnt_from(phrasings: Phrasings, ours: Collection[str], reading: str) -> str:
    return _mark(reading, ROUNDS, MARGIN, FINEST, dict(WEIGHTS), list(phrasings), sorted(ours))


def _mark(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _whole(array: npt.NDArray[np.generic]) -> Places:
    if not np.issubdtype(array.dtype, np.integer):
        raise ValueError(f"whole numbers are expected, not {array.dtype}")
    return array.astype(array.dtype, copy=False)
