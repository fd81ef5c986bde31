"""Learning beside scikit-learn on the same features, and beside the same thing written out slowly.

It is imported where it is used: two seconds, which every process of the tests would spend on it else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest

from bot.base.content import Content
from faq.engine.features import CONCEPT, CONCEPTS, WORD, Space
from faq.engine.learn import (
    BAYES_SCALE,
    FINEST,
    MARGIN,
    ROUNDS,
    SMOOTHING,
    Bayes,
    SparseTable,
    Vector,
    Vectors,
    perceptron,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Matrix = npt.NDArray[np.float64]

MARKS = np.random.default_rng(1).integers(0, 2**63, 10_000).tolist()


@pytest.fixture(scope="module")
def vectors(content: Content) -> Vectors:
    counted = content.matcher.weights.counted
    return Space.build(counted).vectors(counted)


@pytest.fixture(scope="module")
def owners(content: Content) -> list[int]:
    """The entry of each phrasing, as a number."""
    asked = [entry.id for entry in content.library if entry.kind == "answer"]
    asked += [entry.id for entry in content.library for _ in entry.phrasings]
    number = {entry: place for place, entry in enumerate(sorted(set(asked)))}
    return [number[entry] for entry in asked]


def matrix(vectors: Vectors, features: int) -> csr_matrix:
    from scipy.sparse import csr_matrix

    ends = np.concatenate([[0], np.cumsum(vectors.lengths, dtype=np.int64)])
    return csr_matrix((vectors.weights, vectors.places, ends), shape=(len(vectors), features))


def of(table: Matrix) -> Vectors:
    """A full table as vectors."""
    rows, columns = np.nonzero(table)
    return Vectors(np.bincount(rows, minlength=len(table)), columns, table[rows, columns].astype(np.float32))


def test_bayes_is_scikit_learns_multinomial_and_complement_bayes_together(
    content: Content, vectors: Vectors, owners: list[int]
) -> None:
    """How likely a feature is in an entry (multinomial) against how likely it is in all others (complement)."""
    from sklearn.naive_bayes import ComplementNB, MultinomialNB

    names = content.matcher.weights.counted.names
    counted = np.array([name[0] in (WORD, CONCEPT, CONCEPTS) for name in names])
    learnt = Bayes.learn(vectors, owners, counted, max(owners) + 1)
    features = matrix(vectors, len(names))[:, counted]
    inside = MultinomialNB(alpha=SMOOTHING, fit_prior=False).fit(features, owners).feature_log_prob_
    others = ComplementNB(alpha=SMOOTHING).fit(features, owners).feature_log_prob_  # of the complement, negated
    expected = features @ (inside + others).T / BAYES_SCALE
    found = np.array([learnt.scores(vector) for vector in vectors.each()])
    assert found.shape == (len(owners), max(owners) + 1)
    assert np.abs(found).max() > 1
    np.testing.assert_allclose(found, expected, atol=1e-4)


def averaged(table: Matrix, owners: list[int], entries: int) -> Matrix:
    """The perceptron of `learn`, its average taken by adding up the weights after every step."""
    features = table.shape[1]
    weights, total, steps = np.zeros((features, entries)), np.zeros((features, entries)), 0
    for turn in range(ROUNDS):
        order = sorted(range(len(table)), key=lambda place: MARKS[place] * 2654435761 ** (turn + 1) % 2**64)
        for place in order:
            scores = table[place] @ weights
            rival = max((entry for entry in range(entries) if entry != owners[place]), key=scores.__getitem__)
            gap = scores[owners[place]] - scores[rival]
            if gap < MARGIN:
                push = min(1.0, (MARGIN - gap) / 2) * table[place]
                weights[:, owners[place]] += push
                weights[:, rival] -= push
            steps += 1
            total += weights
    return total / (steps + 1)  # the zeros it began with are a step too


def test_the_perceptron_is_the_average_over_all_its_steps() -> None:
    chance = np.random.default_rng(4107)
    table, owners = chance.normal(size=(60, 12)), chance.integers(0, 5, 60).tolist()
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    found = perceptron(of(table), owners, MARKS, 12, 5)
    np.testing.assert_allclose(found, averaged(table, owners, 5), atol=1e-5)


def test_a_table_without_its_zeros_scores_as_the_full_one() -> None:
    chance = np.random.default_rng(4107)
    full = chance.integers(-FINEST, FINEST, size=(40, 9)) / FINEST * (chance.random((40, 9)) < 0.1)
    table = SparseTable.without_zeros(full.astype(np.float32))
    assert not table.filled.all()  # some features speak for no entry
    for vector in of(chance.normal(size=(20, 40))).each():
        np.testing.assert_allclose(table.scores(vector), vector.weights @ full[vector.places], atol=1e-5)
    nothing = Vector(np.array([], np.intp), np.array([], np.float32))
    assert table.scores(nothing).tolist() == [0.0] * 9


def test_a_table_is_as_fine_as_its_file_keeps_it() -> None:
    full = np.random.default_rng(4107).normal(size=(40, 9), scale=3 / FINEST).astype(np.float32)
    table = SparseTable.without_zeros(full)
    steps = table.weights * FINEST
    assert np.array_equal(steps, steps.astype(np.int16))
    assert 0 < len(steps) < full.size  # what is next to nothing is left out
    np.testing.assert_allclose(table.full(), full, atol=0.5 / FINEST)


def test_parts_of_different_tables_are_refused() -> None:
    filled, columns, weights = np.array([1, 1]), np.array([0, 2]), np.ones(3, np.float32)
    for wrong in ((filled, columns[:1], weights[:1]), (filled, columns, weights), (filled, columns + 1, weights[:2])):
        with pytest.raises(ValueError, match="do not fit"):
            SparseTable.of(*wrong, width=3)


def test_words_alone_are_vectors_of_length_one(content: Content, vectors: Vectors) -> None:
    words = Space.build(content.matcher.weights.counted).of_kinds(WORD)
    found = matrix(vectors.only(words), len(words))
    assert found[:, ~words].nnz == 0
    lengths = np.sqrt(found.multiply(found).sum(axis=1).A1)
    np.testing.assert_allclose(lengths[lengths > 0], 1, atol=1e-5)
    assert (lengths > 0).sum() > 7000


@pytest.mark.parametrize("entries", [2, 3, 7])
def test_what_can_be_told_apart_is_told_apart_as_scikit_learn_does(entries: int) -> None:
    """Clusters apart from one another: no mistake, in new members of them neither."""
    from sklearn.linear_model import Perceptron

    chance = np.random.default_rng(entries)
    centres = 3 * np.eye(entries, 10)

    def some(each: int) -> tuple[Matrix, list[int]]:
        owners = np.repeat(np.arange(entries), each)
        table = centres[owners] + chance.normal(scale=0.3, size=(len(owners), 10))
        return table / np.linalg.norm(table, axis=1, keepdims=True), owners.tolist()

    table, owners = some(40)
    weights = perceptron(of(table), owners, MARKS, 10, entries)
    other = Perceptron(random_state=0).fit(table, owners)
    new, theirs = some(40)
    assert (table @ weights).argmax(axis=1).tolist() == other.predict(table).tolist() == owners
    assert (new @ weights).argmax(axis=1).tolist() == other.predict(new).tolist() == theirs


def test_the_phrasings_are_learnt_at_least_as_well_as_by_scikit_learn(
    content: Content, vectors: Vectors, owners: list[int]
) -> None:
    """As many rounds over the phrasings of twenty entries: no more mistakes are left than by its perceptron."""
    from sklearn.linear_model import Perceptron

    taken = [place for place, owner in enumerate(owners) if owner < 20]
    features = matrix(vectors, len(content.matcher.weights.counted.names))[taken]
    mine = [owners[place] for place in taken]
    some = Vectors(np.diff(features.indptr), features.indices, features.data)
    weights = perceptron(some, mine, MARKS, features.shape[1], 20)
    other = Perceptron(max_iter=ROUNDS, tol=None, random_state=0).fit(features, mine)
    wrong = (features @ weights).argmax(axis=1) != mine
    assert len(mine) > 1000
    assert wrong.mean() <= (other.predict(features) != mine).mean() + 0.005
    assert wrong.mean() < 0.02
