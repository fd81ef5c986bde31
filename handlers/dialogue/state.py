"""What one person's conversation remembers between two messages."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass

FieldValue = str | int | bool | None | tuple[str, ...]
"""What a form remembers of one field: JSON can hold it."""


@dataclass(frozen=True, slots=True)
class FormState:
    """A form under way, or ended: its run (the delivery that opened it), the field asked, and what was said so far."""

    name: str
    run: str
    field: str
    values: Mapping[str, FieldValue] = dataclasses.field(default_factory=dict)
    path: tuple[str, ...] = ()
    """The fields answered by the person, in order, so that «Quay lại» goes back the way they came."""
    ended: str = ""
    """When it ended, as ISO 8601: its details are told by the law of that moment."""
    begun: str = ""
    """When it was opened, as ISO 8601: what is said in a form is kept for a day at most."""


@dataclass(frozen=True, slots=True)
class State:
    """What one person's conversation remembers between two messages."""

    form: FormState | None = None
    result: FormState | None = None
    """The last finished form, so that «Chi tiết và căn cứ» under its result still speaks."""
    rate_on: str | None = None
    """The last offer to rate, so that a level typed in words finds it."""
    comment_on: str | None = None
    """The rating whose free comment is awaited."""
    asked: str | None = None
    """The last question answered, by its delivery, so that «Chưa đúng câu tôi hỏi» finds the other candidates."""
    candidates: tuple[str, ...] = ()
    """The entries that came next for it, best first."""
    unhelped: int = 0
    """How many questions in a row were not answered to the person's mind: first they rephrase, then see a person."""
    to_staff: str | None = None
    """The question, masked, that is about to be handed to the staff; empty while the next message is to be it."""
    entry: str | None = None
    """The entry answered last, so that «chi tiết» typed under it is understood."""
    buttons: tuple[Mapping[str, str], ...] = ()
    """The buttons of the last turns, latest first: the words of a label → what its press brings (`labels`)."""

    @property
    def empty(self) -> bool:
        return self == State()

    @property
    def owes(self) -> bool:
        """Whether the person is in the middle of something that may have to be taken up again."""
        return self.form is not None

    def since(self, moment: datetime.datetime) -> State:
        """The state without forms opened before a moment, however often their person has written since."""

        def kept(form: FormState | None) -> FormState | None:
            old = form is not None and form.begun != "" and datetime.datetime.fromisoformat(form.begun) < moment
            return None if old else form

        return dataclasses.replace(self, form=kept(self.form), result=kept(self.result))
