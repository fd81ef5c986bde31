"""What a calculation comes to: what is said, what it rests on, and the buttons under it.

    FORM = calculator("social_pension", "hutrixahoi", fields, _result)

is a form that says the result, offers «Chi tiết và căn cứ» and «Tính lại», explains itself, and is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.calculators.reasons import explained, with_freshness
from handlers.dialogue import filling, form, passing_on
from handlers.dialogue.context import ANSWER, Context, in_rows, press_data
from handlers.dialogue.form import Field, Finished, Form
from handlers.dialogue.records import Estimated
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Button, Reply, Text, Turn
from handlers.dialogue.values import Given, Values
from handlers.reading import Facts
from law.base.estimate import Estimate

OTHERS = "calc"
_ALL = "all"
_DETAILS = "details"


# --- buttons under a result ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """A button under a result: the text on it, and the `action` on this result, or the `data` that leads elsewhere."""

    label: str
    action: str = ""
    data: tuple[str, ...] = ()

    def button(self, context: Context, ended: FormState) -> Button:
        """The button under the result of a form that ended."""
        carried = filling.form_data(ended, self.action) if self.action else press_data(*self.data)
        return Button(context.label(self.label), carried)


DETAILS = Offer("form.details", _DETAILS)
"""«Chi tiết và căn cứ»."""
AGAIN = Offer("form.again", filling.AGAIN)
"""«Tính lại»."""
OTHER_CALCULATIONS = Offer("calculators.others", data=(OTHERS, _ALL))
"""«Các phép tính khác»."""


def other_calculations(context: Context) -> Button:
    """«Các phép tính khác» where there is no result."""
    return context.button(OTHER_CALCULATIONS.label, *OTHER_CALCULATIONS.data)


PAPERS = "fields.papers"


def papers(entry: str) -> Offer:
    """«Giấy tờ, cách làm»: the entry that tells them."""
    return Offer(PAPERS, data=(ANSWER, entry))


def opens(label: str, name: str, *known: str) -> Offer:
    """Another form, with what is known already: the income in dong, then the group of the State's support."""
    return Offer(label, data=(filling.OPEN, name, *known))


# --- results -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    """What is said, as HTML, and the estimates it rests on, which «Chi tiết và căn cứ» explains; none of a refusal.

    `beside` are estimates it rests on too.
    """

    html: str
    estimates: tuple[Estimate, ...] = ()
    offers: tuple[Offer, ...] = (DETAILS, AGAIN)
    beside: tuple[Estimate, ...] = ()


def refusal(html: str) -> Result:
    """Why nothing can be told; nothing was estimated."""
    return Result(html, offers=(AGAIN,))


Action = Callable[[Context, Values], tuple[Reply, ...] | Result | Turn]
"""What a button under a result brings, by the law of the moment the form ended."""


def calculator(
    name: str,
    command: str,
    fields: tuple[Field, ...],
    result: Callable[[Context, Values], Result],
    actions: Mapping[Offer, Action] | None = None,
    entry: str = "",
    told_by: Callable[[Facts], bool] = form.never_told,
    decides: Callable[[Context, Facts], str] = form.nothing_decided,
    considers: tuple[str, ...] = (),
    unclear: Mapping[str, str] | None = None,
    reads: Callable[[Context, str], Given] = form.nothing_read,
    formerly: tuple[str, ...] = (),
) -> Form:
    """A form that ends in a result. `actions`: what its other offers bring; the rest as of a `Form`."""

    def finish(context: Context, ended: FormState) -> Finished:
        found = result(context, Values(ended.values))
        said = _text(context, ended, found)
        basis = filling.said_basis(made, context, ended)
        html = f"{basis}\n\n{said.html}" if basis else said.html
        rows = (*in_rows(filling.to_fix(made, context, ended)), *said.buttons)
        return Finished((Text(html, rows),), (Estimated(name),) if found.estimates else ())

    def details(context: Context, values: Values) -> tuple[Reply, ...]:
        found = result(context, values)
        return tuple(Text(explained(context, each)) for each in found.estimates) or (Text(found.html),)

    def send(context: Context, values: Values) -> Turn:
        found = result(context, values)
        articles = (article.source for each in found.estimates for article in each.articles)
        sources = dict.fromkeys(context.law.sources[each].title for each in articles)
        html = with_freshness(context, found.html, *found.estimates, *found.beside)
        title = context.say("passing_on.result")
        return passing_on.passed_on(context, f"{title}\n{html}", sources, name, personal=True)

    every: dict[Offer, Action] = {DETAILS: details, **(actions or {})}
    after = {offer.action: _turn(action) for offer, action in every.items()} | {passing_on.SEND: _turn(send)}
    offers = {offer.action: offer.label for offer in every}
    made = Form(
        name, command, fields, finish, after, entry, told_by, decides, considers, unclear or {}, reads, formerly, offers
    )
    return made


def _turn(action: Action) -> Callable[[Context, FormState], Turn]:
    def turn(context: Context, ended: FormState) -> Turn:
        found = action(context, Values(ended.values))
        if isinstance(found, Turn):
            return found
        replies = (_text(context, ended, found),) if isinstance(found, Result) else found
        return Turn(replies, context.memory.state)

    return turn


def _text(context: Context, ended: FormState, found: Result) -> Text:
    html = with_freshness(context, found.html, *found.estimates, *found.beside)
    buttons = [each.button(context, ended) for each in found.offers]
    if found.estimates:  # beside the details, where a row has room for it
        beside = found.offers.index(DETAILS) + 1 if DETAILS in found.offers else len(buttons)
        buttons.insert(beside, passing_on.send_result(context, ended))
    return Text(html, in_rows(buttons))
