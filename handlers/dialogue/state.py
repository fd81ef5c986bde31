"""What one person's conversation remembers between two messages."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from faq.library import Aspect
from handlers.reading import Facts, Whom

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
    carried: tuple[str, ...] = ()
    """The fields that were filled by what the person had told before."""
    assumed: tuple[str, ...] = ()
    """The fields that nothing was told for, and that were taken as they most often are."""
    at_once: bool = False
    """Whether it asks only what it can't do without, and assumes the rest: opened by a question, not by a button."""
    missed: int = 0
    """How many answers in a row it could not read."""
    changed: str = ""
    """What was changed of the result before, in words."""
    whom: Whom = "self"
    """Of one that ended: whom it was reckoned for."""


@dataclass(frozen=True, slots=True)
class Known:
    """What one person is known by in this talk, and when it was told last, as ISO 8601."""

    facts: Facts
    at: str
    entry: str = ""
    """The entry that the talk was about last, while it was of them."""


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
    people: Mapping[Whom, Known] = dataclasses.field(default_factory=dict)
    """What was told in this talk, by whom it is about."""
    whom: Whom = "self"
    """Whom the talk is about."""
    several: tuple[str, ...] = ()
    """The entries of the questions of the last message that asked several, in order; empty where none was near."""
    aspect: Aspect | None = None
    """What was asked last of the thing the talk is about."""
    so_long: int | None = None
    """The months of which it was told last what they bring: «còn nam thì sao» asks of the same."""
    left: str | None = None
    """The form that was left for another one."""
    helped: int = 0
    """How many answers and results were given in this talk: nobody is asked how it was after the first."""
    buttons: tuple[Mapping[str, str], ...] = ()
    """The buttons of the last turns, latest first: the words of a label → what its press brings (`labels`)."""

    @property
    def empty(self) -> bool:
        return self == State()

    @property
    def owes(self) -> bool:
        """Whether the person is in the middle of something that may have to be taken up again."""
        return self.form is not None

    def about_result(self, ended: FormState) -> State:
        """The state once a form has ended: the talk is about its result."""
        return State(
            result=ended,
            people=self.people,
            whom=self.whom,
            several=self.several,
            left=self.left,
            helped=self.helped,
        )

    def since(self, moment: datetime.datetime) -> State:
        """The state without what was told before a moment, however often the person has written since."""

        def kept(form: FormState | None) -> FormState | None:
            old = form is not None and form.begun != "" and datetime.datetime.fromisoformat(form.begun) < moment
            return None if old else form

        people = {
            whom: known for whom, known in self.people.items() if datetime.datetime.fromisoformat(known.at) >= moment
        }
        whom = self.whom if self.whom in people else "self"
        return dataclasses.replace(self, form=kept(self.form), result=kept(self.result), people=people, whom=whom)
