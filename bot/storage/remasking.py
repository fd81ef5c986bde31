"""Texts that were kept are masked once more when the masking has learnt something: what migrations call.

What staff decided about a question is kept by its words, and follows it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import sqlalchemy as sa

from faq.engine import likeness
from vietnamese.masking import without_masks

_ROWS = 1_000

_questions = sa.table("questions", sa.column("id", sa.Integer), sa.column("text", sa.Text))
_messages = sa.table("conversation_messages", sa.column("id", sa.Integer), sa.column("text", sa.Text))
_notes = sa.table("conversation_notes", sa.column("id", sa.Integer), sa.column("text", sa.Text))
_phrasings = sa.table("phrasings", sa.column("id", sa.Integer), sa.column("text", sa.Text))
_drafts = sa.table(
    "drafts",
    sa.column("id", sa.Integer),
    sa.column("question", sa.Text),
    sa.column("answer", sa.Text),
    sa.column("phrasings", sa.Text),
)
_verdicts = sa.table("verdicts", sa.column("id", sa.Integer), sa.column("words", sa.Text))
_ratings = sa.table(
    "ratings", sa.column("key", sa.String), sa.column("offer", sa.String), sa.column("comment", sa.Text)
)

Mask = Callable[[str], str]


def mask_again(connection: sa.Connection, mask: Mask) -> None:
    """Mask every text that is kept, some rows at a time."""

    def left_out(text: str) -> str:
        """What is shown to others and learnt from holds no masks; a text that names nobody stays to the letter."""
        return text if mask(text) == text else without_masks(text)

    def each_left_out(texts: str) -> str:
        return json.dumps([left_out(each) for each in json.loads(texts)], ensure_ascii=False)

    changed = _masked(connection, _questions, "text", mask)
    words = {likeness.words(before): likeness.words(after) for before, after in changed}
    columns: tuple[tuple[sa.TableClause, str, Mask], ...] = (
        (_verdicts, "words", lambda before: words.get(before, before)),
        (_messages, "text", mask),
        (_phrasings, "text", left_out),
        (_drafts, "question", left_out),
        (_drafts, "answer", mask),
        (_drafts, "phrasings", each_left_out),
    )
    if sa.inspect(connection).has_table(_notes.name):  # later than the first migration that calls this
        columns = (*columns, (_notes, "text", mask))
    for table, column, change in columns:
        for _ in _masked(connection, table, column, change):
            """Changed as it is read."""
    commented = sa.select(_ratings).where(_ratings.c.comment.is_not(None))
    for key, offer, comment in connection.execute(commented).all():
        if (masked := mask(comment)) != comment:
            row = (_ratings.c.key == key, _ratings.c.offer == offer)
            connection.execute(sa.update(_ratings).where(*row).values(comment=masked))


def _masked(connection: sa.Connection, table: sa.TableClause, column: str, mask: Mask) -> Iterator[tuple[str, str]]:
    """Mask a column; every text that was changed, as it was and as it is."""
    last = 0
    text = table.c[column]
    some = sa.select(table.c.id, text).order_by(table.c.id).limit(_ROWS)
    while rows := connection.execute(some.where(table.c.id > last)).all():
        for id, before in rows:
            after = mask(before)
            if after != before:
                connection.execute(sa.update(table).where(table.c.id == id).values({column: after}))
                yield before, after
        last = rows[-1].id
