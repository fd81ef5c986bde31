"""Free text: answer it, offer two or three entries, send it where it belongs, or say honestly «I do not know»."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from faq.engine.match import Match
from faq.library import TOPICS
from handlers import rating, reading
from handlers.answers import computed
from handlers.calculators import goal, menu, pension
from handlers.dialogue import form, to_staff
from handlers.dialogue.context import Exchange, in_rows, press_data
from handlers.dialogue.records import Asked, Chosen, Misanswered
from handlers.dialogue.state import State
from handlers.dialogue.turn import Button, Text, Turn
from vietnamese.masking import mask

ANSWER, MORE, PICK, NONE, TOPIC, WRONG = "ask", "more", "pick", "none", "topic", "wrong"
_OFFERED = 3
_RELATED = 2
_REPHRASED = 1
"""So often a person is asked to put it in other words before they are told who to see."""
_LOOKED_THROUGH = "ask.none"
_FORECAST_ENTRY = "pension_amount"
_RATHER = 0.4
"""How sure it must be of a question about what to pay, when an income in it can be priced."""


def text(exchange: Exchange) -> Turn:
    """A typed message that is no command and no answer to a form."""
    masked_text, masked = mask(exchange.message.text)
    match = exchange.resources.matcher.match(masked_text)
    stated = computed.facts(exchange)
    if match.decision == "choose" and match.sure >= _RATHER and computed.prices(exchange, match.entries[0], stated):
        match = dataclasses.replace(match, decision="answer")
    opened = _opened_form(exchange, match, stated)
    if opened is not None:
        asks = reading.asks_in_words(exchange.message.text)
        first = match.entries[0] if asks and match.entries else _FORECAST_ENTRY
        asked = Asked(masked_text, "answer", (first if first in computed.FORECAST else _FORECAST_ENTRY,), masked)
        return dataclasses.replace(opened, records=(asked, *opened.records))
    asked = Asked(masked_text, match.decision, match.entries[:_OFFERED], masked)
    exchange = _content_before(exchange)
    replies, entry = _replies(exchange, match, stated)
    state = exchange.memory.state
    if match.decision == "unknown" and match.special is None:
        replies, state = unhelped(exchange, "ask.unknown", exchange.message.delivery)
    if masked:
        warned = exchange.say("ask.masked")
        replies = (dataclasses.replace(replies[0], html=f"{warned}\n\n{replies[0].html}"), *replies[1:])
    if entry is None:
        return Turn(replies, state, (asked,))
    token = exchange.message.delivery
    state = dataclasses.replace(state, asked=token, candidates=match.entries[1:], entry=entry)
    turn = Turn((_contestable(exchange, replies[0], token), *replies[1:]), state, (asked,))
    return rating.with_offer(exchange, turn, "answer", entry)


def _content_before(exchange: Exchange) -> Exchange:
    """The last answer was not contested when another question comes: nobody is looking for help any more."""
    state = exchange.memory.state
    if state.asked is None or not state.unhelped:
        return exchange
    memory = dataclasses.replace(exchange.memory, state=dataclasses.replace(state, unhelped=0))
    return dataclasses.replace(exchange, memory=memory)


def _contestable(exchange: Exchange, said: Text, question: str) -> Text:
    """An answer with the quiet button «Chưa đúng câu tôi hỏi» under it."""
    wrong = exchange.button("ask.not_my_question", WRONG, question)
    return dataclasses.replace(said, buttons=(*said.buttons, (wrong,)))


def _opened_form(exchange: Exchange, match: Match, stated: computed.Facts) -> Turn | None:
    """A form of a pension, wished for or forecast, with what was stated filled in; None for another question."""
    if exchange.memory.state.form is not None:
        return None
    wished = computed.goal_values(stated)
    if wished is not None and reading.asks_in_words(exchange.message.text):
        return form.begin(goal.FORM, exchange, wished, exchange.say("computed.goal_opened", wanted=stated.wanted))
    values = computed.pension_values(stated)
    asks = match.decision == "answer" or (match.decision == "choose" and reading.is_question(exchange.message.text))
    about_something_else = asks and match.entries[0] not in computed.FORECAST
    if values is None or about_something_else:
        return None
    return form.begin(pension.FORM, exchange, values, exchange.say("computed.form_opened"))


def _replies(exchange: Exchange, match: Match, stated: computed.Facts) -> tuple[tuple[Text, ...], str | None]:
    """What is said to a match, and the entry that was answered, if one was."""
    if match.decision == "answer":
        lead = computed.lead(exchange, match.entries[0], stated)
        return (answer(exchange, match.entries[0], match.more_questions, lead),), match.entries[0]
    if match.decision == "choose":
        return (_offer(exchange, match),), None
    if match.decision in ("refer", "chat"):
        return (Text(exchange.say("ask.said", text=exchange.answer(match.entries[0]).short)),), None
    return (unknown(exchange, match),), None


def answer(exchange: Exchange, entry_id: str, more_questions: tuple[str, ...] = (), lead: str = "") -> Text:
    """The short answer of an entry, with its details, its calculator and its neighbours as buttons."""
    entry = exchange.resources.library[entry_id]
    said = exchange.say(
        "ask.answer",
        text=exchange.answer(entry_id).short,
        more=more_questions,
        lead=lead,
        stale=entry.review_by is not None and entry.review_by < exchange.message.today,
    )
    first = [exchange.button("ask.details", MORE, entry_id)]
    if entry.opens is not None:
        first.append(exchange.button(f"ask.opens_{entry.opens}", "open", entry.opens))
    related = [_entry_button(exchange, ANSWER, each) for each in entry.related[:_RELATED]]
    return Text(said, (*in_rows(first), *in_rows(related, 1)))


def details(exchange: Exchange, entry_id: str) -> Turn:
    """«Chi tiết và căn cứ» of an answer: papers, deadlines, sources to article and clause."""
    if not _answerable(exchange, entry_id):
        return gone(exchange)
    entry, said = exchange.resources.library[entry_id], exchange.answer(entry_id)
    html = exchange.say(
        "ask.more",
        question=said.question,
        text=said.more or said.short,
        sources=said.sources,
        reviewed=entry.reviewed,
        stale=entry.review_by is not None and entry.review_by < exchange.message.today,
    )
    related = [_entry_button(exchange, ANSWER, each) for each in entry.related]
    return Turn((Text(html, in_rows(related, 1)),), exchange.memory.state)


def by_button(exchange: Exchange, entry_id: str) -> Turn:
    """An entry asked for by its button: under a related answer, or in a list of a topic."""
    if not _answerable(exchange, entry_id):
        return gone(exchange)
    asked = Asked(exchange.answer(entry_id).question, "answer", (entry_id,), masked=False)
    state = dataclasses.replace(exchange.memory.state, unhelped=0, entry=entry_id)
    turn = Turn((answer(exchange, entry_id),), state, (asked,))
    return rating.with_offer(exchange, turn, "answer", entry_id)


def pick(exchange: Exchange, question: str, entry_id: str) -> Turn:
    """One of the offered entries was the one meant."""
    if not _answerable(exchange, entry_id):
        return gone(exchange)
    state = dataclasses.replace(exchange.memory.state, asked=question, candidates=(), entry=entry_id)
    said = _contestable(exchange, answer(exchange, entry_id), question)
    return rating.with_offer(exchange, Turn((said,), state, (Chosen(question, entry_id),)), "answer", entry_id)


def none_of_them(exchange: Exchange, question: str) -> Turn:
    """None of the offered entries was meant."""
    replies, state = unhelped(exchange, _LOOKED_THROUGH, question)
    return Turn(replies, state, (Chosen(question, None),))


def misanswered(exchange: Exchange, question: str) -> Turn:
    """«Chưa đúng câu tôi hỏi»: what came next is offered; where nothing did, the person rephrases or sees a person."""
    state = exchange.memory.state
    record = (Misanswered(question),)
    entries = state.candidates if state.asked == question else ()
    offered = [each for each in entries if _answerable(exchange, each)][:_OFFERED]
    if not offered:
        replies, state = unhelped(exchange, _LOOKED_THROUGH, question)
        return Turn(replies, state, record)
    cleared = dataclasses.replace(state, asked=None, candidates=())
    return Turn((_choices(exchange, offered, question),), cleared, record)


def unhelped(exchange: Exchange, rephrase: str, question: str) -> tuple[tuple[Text, ...], State]:
    """What is said when a question, known by its delivery, found no answer, and the state after.

    First to rephrase, from the second on where a person is to be found; «Gặp cán bộ» then, and where the person
    has looked through all that was offered.
    """
    state = exchange.memory.state
    said = rephrase if state.unhelped < _REPHRASED else "ask.person"
    to_person = () if said == "ask.unknown" else ((to_staff.button(exchange, question),),)
    html = exchange.say(said, meet=exchange.label("person.meet"))
    text = Text(html, (*to_person, *_topics_rows(exchange)))
    return (text,), dataclasses.replace(state, asked=None, candidates=(), unhelped=state.unhelped + 1)


def gone(exchange: Exchange) -> Turn:
    """The entry of an old button no longer exists."""
    return Turn((Text(exchange.say("form.outdated", under_way=False)),), exchange.memory.state)


def invite(exchange: Exchange) -> Turn:
    """«Hỏi đáp»: type a question, or look through the topics."""
    rows = (*_topics_rows(exchange), (menu.button(exchange),))
    return Turn((Text(exchange.say("ask.invite"), rows),), exchange.memory.state)


def topic(exchange: Exchange, name: str) -> Turn:
    """The questions of one topic."""
    entries = [entry for entry in exchange.resources.library if entry.topic == name]
    if not entries:
        return gone(exchange)
    buttons = [_entry_button(exchange, ANSWER, entry.id) for entry in entries]
    said = exchange.say("ask.topic", topic=exchange.label(f"ask.topic_{name}"))
    return Turn((Text(said, in_rows(buttons, 1)),), exchange.memory.state)


def unknown(exchange: Exchange, match: Match) -> Text:
    """It does not know, and says where to go."""
    name = "ask.foreign_language" if match.special == "foreign_language" else "ask.unknown"
    if match.special == "personal_data_only":
        name = "ask.only_personal_data"
    return Text(exchange.say(name), _topics_rows(exchange))


def _offer(exchange: Exchange, match: Match) -> Text:
    entries = [each for each in match.entries if _answerable(exchange, each)][:_OFFERED]
    if not entries:
        return unknown(exchange, match)
    return _choices(exchange, entries, exchange.message.delivery, match.more_questions)


def _choices(exchange: Exchange, entries: Sequence[str], question: str, more: Sequence[str] = ()) -> Text:
    """Entries to pick from for a question, known by its delivery, and «none of them»."""
    buttons = [_entry_button(exchange, PICK, each, question) for each in entries]
    buttons.append(exchange.button("ask.none_of_them", NONE, question))
    return Text(exchange.say("ask.choose", more=more), in_rows(buttons, 1))


def _entry_button(exchange: Exchange, press: str, entry_id: str, token: str = "") -> Button:
    data = (press, token, entry_id) if token else (press, entry_id)
    return Button(exchange.answer(entry_id).question, press_data(*data))


def _topics_rows(exchange: Exchange) -> tuple[tuple[Button, ...], ...]:
    written = {entry.topic for entry in exchange.resources.library}
    topics = [name for name in TOPICS["questions"] if name in written]
    return in_rows([exchange.button(f"ask.topic_{name}", TOPIC, name) for name in topics])


def _answerable(exchange: Exchange, entry_id: str) -> bool:
    library = exchange.resources.library
    return entry_id in library and library[entry_id].kind == "answer"


def not_understood(turn: Turn) -> bool:
    """Whether a turn neither answers a question, nor offers entries, nor says where to go."""
    return any(isinstance(record, Asked) and record.decision in ("unknown", "chat") for record in turn.records)
