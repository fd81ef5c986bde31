"""The indexes of questions by hour and by person tell greetings from questions, which reports leave out."""

from alembic import op

revision = "0011"
down_revision = "0010"

_INDEXES = {"ix_questions_by_hour": ["day", "hour"], "ix_questions_by_person": ["key", "month", "day"]}


def upgrade() -> None:
    _make({name: [*columns, "decision"] for name, columns in _INDEXES.items()})


def downgrade() -> None:
    _make(_INDEXES)


def _make(indexes: dict[str, list[str]]) -> None:
    for name, columns in indexes.items():
        op.drop_index(name, table_name="questions")
        op.create_index(name, "questions", columns)
