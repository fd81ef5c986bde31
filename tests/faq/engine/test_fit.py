"""The script that fits how sure an answer is: it finds weights that are there, on questions nobody is judged by."""

from __future__ import annotations

import dataclasses

import numpy as np

from bot.base.content import Content
from bot.evaluation.held_out import held_out, read_rows
from faq.engine.confidence import INSIDE, SURE, Signals, probability
from tools.fit import LABELLED, Shown, fitted
from vietnamese.normalize import normalize


def made_up(number: int) -> list[Shown]:
    """Questions that are inside, and right if they are, as often as the weights in use say; the others never right."""
    chance = np.random.default_rng(4107)
    made = []
    for _ in range(number):
        ahead, corrected, lead = (float(each) for each in chance.normal(0.2, 0.3, 3))
        known, ours, length = (float(each) for each in chance.uniform(0, 1, 3))
        letter = float(chance.integers(2))
        signals = Signals((1.0, ahead, corrected), (1.0, lead, ours, known, 3 * length, letter))
        inside = bool(chance.random() < probability(INSIDE, signals.inside))
        right = bool(chance.random() < probability(SURE, signals.sure))
        made.append(Shown(signals, inside and right, inside, 1.0))
    return made


def test_the_weights_that_questions_follow_are_found() -> None:
    found = fitted(made_up(20_000))
    np.testing.assert_allclose(found[0], SURE, atol=0.6)
    np.testing.assert_allclose(found[1], INSIDE, atol=0.6)


def test_a_question_that_counts_three_times_is_as_three() -> None:
    once = made_up(2_000)
    thrice = [dataclasses.replace(each, counts=3.0) for each in once[:500]]
    assert fitted([*thrice, *once[500:]]) == fitted([*once[:500] * 3, *once[500:]])


def test_no_labelled_question_is_held_out_and_every_expected_entry_exists(content: Content) -> None:
    rows = read_rows(LABELLED)
    assert len(rows) > 150
    assert not {normalize(row.text) for row in rows} & {normalize(row.text) for row in held_out()} - {""}
    assert {id for row in rows for id in row.expect} <= set(content.library.entries)
