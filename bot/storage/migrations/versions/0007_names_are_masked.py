"""Names of people are masked in what was kept before they were masked on the way in.

What staff decided about a question is kept by its words, and follows it.
"""

import json
from collections.abc import Callable, Iterator

import sqlalchemy as sa
from alembic import op

from faq.engine import likeness
from vietnamese.masking import mask_names, without_masks

revision = "0007"
down_revision = "0006"

_ROWS = 1_000

_questions = sa.table("questions", sa.column("id", sa.Integer), sa.column("text", sa.Text))
_messages = sa.table("conversation_messages", sa.column("id", sa.Integer), sa.column("text", sa.Text))
_phrasings = sa.table("phrasings", sa.column("id", sa.Integer), sa.column("text", sa.Text))
_drafts = sa.table(
    "drafts", sa.column("id", sa.Integer), sa.column("question", sa.Text), sa.column("phrasings", sa.Text)
)
_verdicts = sa.table("verdicts", sa.column("id", sa.Integer), sa.column("words", sa.Text))
_ratings = sa.table(
    "ratings", sa.column("key", sa.String), sa.column("offer", sa.String), sa.column("comment", sa.Text)
)


def upgrade() -> None:
    words = {likeness.words(before): likeness.words(after) for before, after in _masked(_questions, "text", mask_names)}
    columns: tuple[tuple[sa.TableClause, str, Callable[[str], str]], ...] = (
        (_verdicts, "words", lambda before: words.get(before, before)),
        (_messages, "text", mask_names),
        (_phrasings, "text", _left_out),
        (_drafts, "question", _left_out),
        (_drafts, "phrasings", _each_left_out),
    )
    for table, column, mask in columns:
        for _ in _masked(table, column, mask):
            """Changed as it is read."""
    connection = op.get_bind()
    for key, offer, comment in connection.execute(sa.select(_ratings).where(_ratings.c.comment.is_not(None))).all():
        if (masked := mask_names(comment)) != comment:
            row = (_ratings.c.key == key, _ratings.c.offer == offer)
            connection.execute(sa.update(_ratings).where(*row).values(comment=masked))


def downgrade() -> None:
    """What is masked stays masked."""


def _masked(table: sa.TableClause, column: str, mask: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Mask a column, some rows at a time; every text that was changed, as it was and as it is."""
    connection, last = op.get_bind(), 0
    text = table.c[column]
    some = sa.select(table.c.id, text).order_by(table.c.id).limit(_ROWS)
    while rows := connection.execute(some.where(table.c.id > last)).all():
        for id, before in rows:
            after = mask(before)
            if after != before:
                connection.execute(sa.update(table).where(table.c.id == id).values({column: after}))
                yield before, after
        last = rows[-1].id


def _left_out(text: str) -> str:
    """What is shown to others and learnt from holds no masks; a text without a name stays to the letter."""
    return text if mask_names(text) == text else without_masks(text)


def _each_left_out(texts: str) -> str:
    return json.dumps([_left_out(each) for each in json.loads(texts)], ensure_ascii=False)
