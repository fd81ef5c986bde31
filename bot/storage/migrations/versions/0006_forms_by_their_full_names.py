"""The forms «social» and «former» are called as everywhere: in what was counted, rated, and is under way."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_RENAMED = {"social": "social_pension", "former": "former_worker"}

_states = sa.table("states", sa.column("key", sa.String), sa.column("state", sa.Text))


def upgrade() -> None:
    _rename(_RENAMED)


def downgrade() -> None:
    _rename({new: old for old, new in _RENAMED.items()})


def _rename(names: dict[str, str]) -> None:
    connection = op.get_bind()
    for old, new in names.items():
        given = {"old": old, "new": new}
        connection.execute(sa.text("UPDATE estimates SET calculation = :new WHERE calculation = :old"), given)
        connection.execute(
            sa.text("UPDATE ratings SET subject = :new WHERE subject = :old AND kind = 'estimate'"), given
        )
    for key, state in connection.execute(sa.select(_states)).all():
        renamed = _with_names(state, names)
        if renamed is not None:
            connection.execute(sa.update(_states).where(_states.c.key == key).values(state=renamed))


def _with_names(state: str, names: dict[str, str]) -> str | None:
    """The state with its forms renamed; None where there is nothing to rename."""
    try:
        held = json.loads(state)
    except ValueError:
        return None  # what can't be read is forgotten when its person writes
    if not isinstance(held, dict):
        return None
    forms = [form for form in (held.get("form"), held.get("result")) if isinstance(form, dict)]
    renamed = [form for form in forms if form.get("name") in names]
    for form in renamed:
        form["name"] = names[form["name"]]
    return json.dumps(held, ensure_ascii=False) if renamed else None
