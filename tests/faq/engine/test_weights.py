"""What is learnt and kept: it is what the content gives, and is used exactly as far as it still holds."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable

import numpy as np
import pytest

from bot.base.content import WEIGHTS, Content, read_weights, weights_in
from bot.evaluation.held_out import held_out
from faq.engine.match import Match, Matcher
from faq.engine.weights import Weights
from faq.library import Library
from vietnamese.masking import mask

STALE = f"faq/{WEIGHTS} is not what the content gives: run make learn"


@pytest.fixture(scope="module")
def kept() -> Weights:
    found = read_weights()
    assert found is not None, STALE
    return found


@pytest.fixture(scope="module")
def learnt(content: Content) -> Matcher:
    """Learnt from the content and nothing else."""
    return Matcher.build(content.library)


def same(one: Weights, other: Weights) -> bool:
    """Machines add up in orders of their own, so tables are compared to a ten-thousandth."""
    return (
        one.counted.names == other.counted.names
        and np.array_equal(one.counted.places, other.counted.places)
        and np.array_equal(one.counted.counts, other.counted.counts)
        and np.array_equal(one.counted.lengths, other.counted.lengths)
        and np.array_equal(one.texts, other.texts)
        and np.allclose(one.corrected.full(), other.corrected.full(), atol=1e-4)
        and np.allclose(one.worded.full(), other.worded.full(), atol=1e-4)
        and np.allclose(one.ours, other.ours, atol=1e-4)
    )


def test_the_kept_weights_are_what_the_content_gives(content: Content, kept: Weights, learnt: Matcher) -> None:
    assert Matcher.build(content.library, kept).weights is kept, STALE
    assert same(kept, learnt.weights), STALE


def test_kept_or_just_learnt_the_same_is_decided(asked: Callable[[str], Match], learnt: Matcher) -> None:
    texts = [row.text for row in held_out()]
    assert len(texts) > 600
    found = [(match.decision, match.entries) for match in map(asked, texts)]
    anew = map(learnt.match, (mask(text)[0] for text in texts))
    assert found == [(match.decision, match.entries) for match in anew]


@pytest.fixture(scope="module")
def few(content: Content) -> Library:
    names = ("tax", "one_time_withdrawal", "min_income", "book_lost")
    return dataclasses.replace(content.library, entries={name: content.library[name] for name in names})


def test_a_new_phrasing_is_learnt_as_if_all_had_been_read_anew(few: Library) -> None:
    before = Matcher.build(few).weights
    library = few.with_phrasings([("tax", "cái chuyện tum lum ngoài đình làng hôm bữa")])
    quickly, from_nothing = Matcher.build(library, before), Matcher.build(library)
    assert len(before.texts) > 200
    assert not same(quickly.weights, before)
    assert same(quickly.weights, from_nothing.weights)


def test_another_table_of_synonyms_is_read_with(few: Library, kept: Weights) -> None:
    """Nothing of the phrasings read with the old table is used."""
    concepts = {name: phrases for name, phrases in few.synonyms.concepts.items() if name != "withdraw"}
    library = dataclasses.replace(few, synonyms=dataclasses.replace(few.synonyms, concepts=concepts))
    names = Matcher.build(library, kept).weights.counted.names
    assert "k:once" in names
    assert "k:withdraw" not in names


def test_an_entry_that_is_no_question_of_ours_any_more_is_learnt_as_such(few: Library) -> None:
    """The same words of the same entries, one of them of another kind: what was learnt of the old one is not used."""
    tax = few["tax"]
    refer = dataclasses.replace(tax, kind="refer", phrasings=(tax.question, *tax.phrasings))
    before = Matcher.build(few)
    after = Matcher.build(dataclasses.replace(few, entries={**few.entries, "tax": refer}), before.weights)
    assert before.match(tax.phrasings[0]).decision == "answer"
    assert after.match(tax.phrasings[0]).decision == "refer"


def test_weights_go_through_a_file_unchanged(kept: Weights) -> None:
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **kept.as_arrays())
    again = weights_in(file.getvalue())
    assert again is not None
    assert (again.reading, again.learnt_from) == (kept.reading, kept.learnt_from)
    assert np.array_equal(again.corrected.full(), kept.corrected.full())
    assert np.array_equal(again.worded.full(), kept.worded.full())
    assert np.array_equal(again.ours, kept.ours)
    assert same(again, kept)


@pytest.mark.parametrize("without", ["names", "places", "corrected", "worded_filled", "ours", "learnt_from"])
def test_a_file_that_lacks_something_is_not_used(kept: Weights, without: str) -> None:
    file = io.BytesIO()
    arrays = {name: array for name, array in kept.as_arrays().items() if name != without}
    np.savez_compressed(file, allow_pickle=False, **arrays)
    assert weights_in(file.getvalue()) is None


@pytest.mark.parametrize("part", [0, 1, 100, 500_000, -1])
def test_half_a_file_is_not_used(kept: Weights, part: int) -> None:
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **kept.as_arrays())
    assert weights_in(file.getvalue()[:part]) is None


def test_a_damaged_file_is_not_used(kept: Weights) -> None:
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **kept.as_arrays())
    damaged = bytearray(file.getvalue())
    damaged[len(damaged) // 2] ^= 0xFF
    assert weights_in(bytes(damaged)) is None
