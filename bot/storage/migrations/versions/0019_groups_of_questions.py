"""The words of questions that were not answered, and the groups they stand in; what was asked waits for its words."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_WORDED = sa.text("wording IS NOT NULL")
_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "wordings",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("leader", _ID, nullable=True),
        sa.Column("settled", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordings")),
        sa.UniqueConstraint("digest"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_wordings_leader"), "wordings", ["leader"])
    with op.batch_alter_table("questions") as questions:
        questions.add_column(sa.Column("wording", _ID, nullable=True))
    op.execute(
        "UPDATE questions SET wording = 0 WHERE text <> '' AND entries <> '[]' "
        "AND (decision IN ('unknown', 'choose') OR misanswered OR EXISTS (SELECT 1 FROM ratings "
        "WHERE ratings.key = questions.key AND ratings.offer = questions.delivery AND reason = 'not_my_question'))"
    )
    op.create_index(
        "ix_questions_by_wording",
        "questions",
        ["wording", "at", "decision", "answered", "misanswered", "key"],
        sqlite_where=_WORDED,
        postgresql_where=_WORDED,
    )


def downgrade() -> None:
    op.drop_index("ix_questions_by_wording", "questions")
    with op.batch_alter_table("questions") as questions:
        questions.drop_column("wording")
    op.drop_table("wordings")
