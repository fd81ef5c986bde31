"""Free text: answer it, offer two or three entries, send it where it belongs, or say honestly «I do not know»."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from faq.answer import Answer
from faq.engine.match import Match
from faq.library import TOPICS, Entry
from handlers import rating, reading
from handlers.answers import aspects, reckoned
from handlers.answers.said import answer, answerable, asked, condolence, contestable, entry_button, overdue
from handlers.calculators.result import other_calculations
from handlers.dialogue import passing_on, person, to_staff, whose_word
from handlers.dialogue.context import ANSWER, Context, in_rows
from handlers.dialogue.heard import heard
from handlers.dialogue.records import Asked, Chosen, Misanswered
from handlers.dialogue.state import State
from handlers.dialogue.topics import TOPIC_NAMES
from handlers.dialogue.turn import Button, Text, Turn
from handlers.reading import Stated
from vietnamese.masking import mask

PICK, NONE, TOPIC = "pick", "none", "topic"
_OFFERED = 3
_RATHER = 0.35
_LIKELY = 0.5
"""In the middle of a talk the first entry is then answered, with a reserve, and not one of a list."""
_FEW_WORDS = 13
"""So long a message may come back to a question of the message that asked several."""
_LETTER = 25
"""Words of a message that tells a story beside what it asks."""
_ROOM = 1800
"""Characters of HTML that are read on a phone without losing the thread."""
_MORE = 3
"""So many further questions of a message are answered by a button."""
_REPHRASED = 1
"""So often a person is asked to put it in other words before they are told who to see."""
_LOOKED_THROUGH = "ask.none"


def text(context: Context) -> Turn:
    """A typed message that is no command and no answer to a form: its first question, then what it asks beside."""
    said = heard(context)
    context = person.beside(person.introduced(_content_before(context), said.facts), said.others)
    first, *others = reading.several(context.message.text)
    if len(context.message.text.split()) > _LETTER and not _is_sure(context, first):
        first = context.message.text  # of a letter the ranking reads the story too
    return _with_others(context, _first(context, first, said, of_several=bool(others)), others)


def _first(context: Context, question: str, said: Stated, *, of_several: bool) -> Turn:
    """What is said to one question of a message that tells these facts.

    Of several, each is named on a button: the first is then answered with a reserve rather than by a list.
    """
    masked_text, masked = mask(question)
    match = _near(context, _matching(context, masked_text))
    rather = of_several and match.decision == "choose" and not match.hedged and match.sure >= _RATHER
    if rather:
        match = dataclasses.replace(match, hedged=True)
    turn = reckoned.taken(context, match, said, question)
    tells = said.facts.birth is not None and not reading.asks_whether(context.message.text)
    if turn is None and (match.decision != "answer" or tells) and context.memory.state.form is None:
        turn = reckoned.asked_back(context, said, nearly=match.decision == "choose" and not tells)
    if turn is None and match.decision == "unknown" and match.special is None and match.sure >= _RATHER:
        turn = aspects.beside_the_last(context)
    if turn is not None:
        return turn
    turn = _matched(context, match, said, masked)
    return _as_choice(turn) if rather else turn


def _matching(context: Context, question: str) -> Match:
    """What the ranking makes of a question; of one that turns to something by name, without these words too."""
    question = reading.without_refused(question)
    match, turned = context.resources.matcher.match(question), reading.turned_to(question)
    if turned is None or match.decision == "answer":
        return match
    without = context.resources.matcher.match(turned)
    return without if without.sure > match.sure else match


def _is_sure(context: Context, question: str) -> bool:
    """Whether one question of a letter says by itself what it asks."""
    return context.resources.matcher.match(mask(question)[0]).decision == "answer"


def _near(context: Context, match: Match) -> Match:
    """A match that leaves a choice, told by the talk: what it is about, or the one candidate among its neighbours, is
    rather meant; else the first, where what is known of the person decides it."""
    about = aspects.topic(context.memory.state)
    looked_at = _OFFERED + reading.goes_on(context.message.text)
    asked_before = [each for each in match.entries[:looked_at] if each in context.memory.state.several]
    few = len(context.message.text.split()) <= _FEW_WORDS
    if match.decision in ("choose", "unknown") and match.special is None and few and len(asked_before) == 1:
        others = (each for each in match.entries if each != asked_before[0])
        return dataclasses.replace(match, decision="choose", entries=(asked_before[0], *others), hedged=True)
    if match.decision != "choose" or match.hedged or match.sure < _RATHER:
        return match
    if not answerable(context, about):
        surely = match.sure >= _LIKELY and answerable(context, match.entries[0])
        return dataclasses.replace(match, hedged=surely and bool(reckoned.decided(context, match.entries[0])))
    offered, related = match.entries[:_OFFERED], context.resources.library[about].related
    meant = [about] if about in offered else [each for each in offered if each in related]
    if len(meant) != 1:
        first = [each for each in offered[:1] if answerable(context, each)]
        goes_on = match.sure >= _LIKELY or reading.goes_on(context.message.text)
        meant = [each for each in first if goes_on or reckoned.decided(context, each)]
    if not meant:
        return match
    others = (each for each in match.entries if each != meant[0])
    return dataclasses.replace(match, entries=(meant[0], *others), hedged=True)


def _as_choice(turn: Turn) -> Turn:
    """The turn whose question counts as one that was offered entries: too little was sure of it for an answer."""
    records = tuple(
        dataclasses.replace(each, decision="choose") if isinstance(each, Asked) else each for each in turn.records
    )
    return dataclasses.replace(turn, records=records)


def _with_others(context: Context, turn: Turn, questions: Sequence[str]) -> Turn:
    """The other questions of the same message: answered below the first, in their order; a button with a name for what
    is not surely meant, or finds no room.
    """
    first = turn.replies[0]
    if not isinstance(first, Text):
        return turn
    parts, unsure = [first.html], []
    answered_first = next((each.entries[0] for each in turn.records if isinstance(each, Asked) and each.entries), "")
    several = [turn.state.entry or answered_first]
    answered = {
        turn.state.entry,
        *(each for record in turn.records if isinstance(record, Asked) for each in record.entries[:1]),
    }
    for question in questions:
        aspect = aspects.aspect_of(context, turn.state, question, told=first.html)
        if aspect:
            several.append(aspects.topic(turn.state))
            parts += [] if aspect in first.html else [aspect]
            continue
        entry, sure = _meant(context, question)
        several.append(entry)
        if not entry or entry in answered:
            continue
        answered.add(entry)
        below = _below(context, entry)
        if sure and sum(map(len, parts)) + len(below) <= _ROOM:
            parts.append(below)
        else:
            unsure.append(entry_button(context, ANSWER, entry))
    shown = {button.data for row in first.buttons for button in row}
    buttons = [each for each in unsure if each.data not in shown][:_MORE]
    if buttons:
        parts.append(context.say("ask.also", count=len(buttons)))
    also = dataclasses.replace(first, html="\n\n".join(parts), buttons=(*in_rows(buttons, 1), *first.buttons))
    state = dataclasses.replace(turn.state, several=tuple(several)) if questions else turn.state
    return dataclasses.replace(turn, replies=(also, *turn.replies[1:]), state=state)


def _below(context: Context, entry_id: str) -> str:
    """The answer to a further question of a message, under its name: what is known decides there too."""
    said = context.answer(entry_id)
    return context.say("ask.below", question=said.label, text=reckoned.decided(context, entry_id) or said.short)


def _matched(context: Context, match: Match, said: Stated, masked: bool) -> Turn:
    """What the ranking of the entries makes of a question."""
    replies, entry = _replies(context, match, said)
    decision = match.decision if entry is None else "answer"
    record = asked(context, decision, match.entries[:_OFFERED])
    state = context.memory.state
    if match.decision == "unknown" and match.special is None:
        replies, state = unhelped(context, "ask.unknown", context.message.delivery)
    if masked:
        warned = context.say("ask.masked")
        replies = (dataclasses.replace(replies[0], html=f"{warned}\n\n{replies[0].html}"), *replies[1:])
    if entry is None:
        return Turn(replies, state, (record,))
    token = context.message.delivery
    state = dataclasses.replace(state, asked=token, candidates=match.entries[1:], entry=entry)
    turn = Turn((contestable(context, replies[0], token), *replies[1:]), state, (record,))
    return rating.with_offer(context, turn, "answer", entry)


def _content_before(context: Context) -> Context:
    """The last answer was not contested when another question comes: nobody is looking for help any more."""
    state = context.memory.state
    if state.asked is None or not state.unhelped:
        return context
    memory = dataclasses.replace(context.memory, state=dataclasses.replace(state, unhelped=0))
    return dataclasses.replace(context, memory=memory)


def _replies(context: Context, match: Match, said: Stated) -> tuple[tuple[Text, ...], str | None]:
    """What is said to a match, and the entry that was answered, if one was."""
    if match.decision == "answer":
        entry = match.entries[0]
        lead, condoled = reckoned.decided(context, entry), condolence(context, entry, said)
        others = () if match.beside is None or condoled else (match.beside,)  # of a death no guess beside it
        text = answer(
            context,
            entry,
            "\n\n".join(filter(None, (condoled, lead))),
            others,
            instead=bool(lead),
        )
        return (text,), entry
    if match.hedged and answerable(context, match.entries[0]):
        return (_hedged(context, match, said),), match.entries[0]
    if match.decision == "choose":
        return (_offer(context, match),), None
    about_ours = aspects.topic(context.memory.state) or context.memory.state.result is not None
    if match.decision == "refer" and match.beside is not None and about_ours and answerable(context, match.beside):
        return (_hedged(context, dataclasses.replace(match, entries=(match.beside,)), said),), match.beside
    if match.decision in ("refer", "chat"):
        beside = () if match.beside is None else ((entry_button(context, ANSWER, match.beside),),)
        return (Text(context.say("ask.said", text=context.answer(match.entries[0]).short), beside),), None
    return (unknown(context, match),), None


def _hedged(context: Context, match: Match, said: Stated) -> Text:
    """What is rather meant, named as such, with the others beside it: a bare list helps nobody who can't pick."""
    entry, *others = match.entries[:_OFFERED]
    condoled, lead = condolence(context, entry, said), reckoned.decided(context, entry)
    before = "\n\n".join(filter(None, (condoled, lead)))
    return answer(context, entry, before, others, instead=bool(lead), hedged=True)


def _meant(context: Context, question: str) -> tuple[str, bool]:
    """The entry another question of the same message most likely means, and whether that is sure; empty where none is
    near.

    What was named once at the beginning («đóng BHXH tự nguyện … và có …») is not named again.
    """
    subject = context.label("ask.of_what")
    for asked_of in (question, f"{subject} {question}"):
        match = context.resources.matcher.match(asked_of)
        if match.decision in ("answer", "choose") and answerable(context, match.entries[0]):
            return match.entries[0], match.decision == "answer"
    return "", False


def details(context: Context, entry_id: str) -> Turn:
    """«Chi tiết và căn cứ» of an answer: papers, deadlines, sources to article and clause."""
    if not answerable(context, entry_id):
        return gone(context)
    entry, said = context.resources.library[entry_id], context.answer(entry_id)
    html = context.say(
        "ask.more",
        question=said.question,
        text=said.more or said.short,
        sources=_sources(context, entry, said),
        reviewed=entry.reviewed,
    ) + whose_word.old(overdue(context, entry))
    related = [entry_button(context, ANSWER, each) for each in entry.related]
    send = passing_on.send(context, "entry", entry_id)
    return Turn((Text(html, in_rows([send, *related], 1)),), context.memory.state)


def _sources(context: Context, entry: Entry, said: Answer) -> list[dict[str, str]]:
    """The documents of an answer, each with whose word it is where it was not itself read."""
    told = [context.law.sources[each.source].told for each in entry.sources]
    return [{"said": source, "told": word} for source, word in zip(said.sources, told, strict=True)]


def by_button(context: Context, entry_id: str) -> Turn:
    """An entry asked for by its button: under a related answer, or in a list of a topic."""
    if not answerable(context, entry_id):
        return gone(context)
    asked = Asked(context.answer(entry_id).question, "answer", (entry_id,), masked=False)
    turn = dataclasses.replace(unasked(context, entry_id), records=(asked,))
    return rating.with_offer(context, turn, "answer", entry_id)


def unasked(context: Context, entry_id: str) -> Turn:
    """An entry that can be answered, told to somebody who did not ask: nothing is counted, and no rating asked for."""
    state = dataclasses.replace(context.memory.state, unhelped=0, entry=entry_id)
    return Turn((answer(context, entry_id),), state)


def pick(context: Context, question: str, entry_id: str) -> Turn:
    """One of the offered entries was the one meant."""
    if not answerable(context, entry_id):
        return gone(context)
    state = dataclasses.replace(context.memory.state, asked=question, candidates=(), entry=entry_id)
    said = contestable(context, answer(context, entry_id), question)
    return rating.with_offer(context, Turn((said,), state, (Chosen(question, entry_id),)), "answer", entry_id)


def none_of_them(context: Context, question: str) -> Turn:
    """None of the offered entries was meant."""
    replies, state = unhelped(context, _LOOKED_THROUGH, question)
    return Turn(replies, state, (Chosen(question, None),))


def misanswered(context: Context, question: str) -> Turn:
    """«Chưa đúng câu tôi hỏi»: what came next is offered; where nothing did, the person rephrases or sees a person."""
    state = context.memory.state
    record = (Misanswered(question),)
    entries = state.candidates if state.asked == question else ()
    offered = [each for each in entries if answerable(context, each)][:_OFFERED]
    if not offered:
        replies, state = unhelped(context, _LOOKED_THROUGH, question)
        return Turn(replies, state, record)
    cleared = dataclasses.replace(state, asked=None, candidates=())
    return Turn((_choices(context, offered, question),), cleared, record)


def unhelped(context: Context, rephrase: str, question: str) -> tuple[tuple[Text, ...], State]:
    """What is said when a question, known by its delivery, found no answer, and the state after.

    First to rephrase, from the second on where a person is to be found; «Gặp cán bộ» then, and where the person
    has looked through all that was offered.
    """
    state = context.memory.state
    said = rephrase if state.unhelped < _REPHRASED else "ask.person"
    to_person = () if said == "ask.unknown" else ((to_staff.button(context, question),),)
    html = context.say(said, meet=context.label("citizen.meet"))
    text = Text(html, (*to_person, *_topics_rows(context)))
    return (text,), dataclasses.replace(state, asked=None, candidates=(), unhelped=state.unhelped + 1)


def gone(context: Context) -> Turn:
    """The entry of an old button no longer exists."""
    return Turn((Text(context.say("form.outdated", under_way=False)),), context.memory.state)


def invite(context: Context) -> Turn:
    """«Hỏi đáp»: type a question, or look through the topics."""
    rows = (*_topics_rows(context), (other_calculations(context),))
    return Turn((Text(context.say("ask.invite"), rows),), context.memory.state)


def topic(context: Context, name: str) -> Turn:
    """The questions of one topic."""
    of_topic = (entry for entry in context.resources.library if entry.topic == name)
    entries = sorted(of_topic, key=lambda entry: not entry.first)
    if not entries:
        return gone(context)
    buttons = [entry_button(context, ANSWER, entry.id) for entry in entries]
    said = context.say("ask.topic", topic=context.label(TOPIC_NAMES[name]))
    return Turn((Text(said, in_rows(buttons, 1)),), context.memory.state)


def unknown(context: Context, match: Match) -> Text:
    """It does not know, and says where to go."""
    name = "ask.foreign_language" if match.special == "foreign_language" else "ask.unknown"
    if match.special == "personal_data_only":
        name = "ask.only_personal_data"
    if match.special == "damaged":
        name = "ask.damaged"
    return Text(context.say(name), _topics_rows(context))


def _offer(context: Context, match: Match) -> Text:
    entries = [each for each in match.entries if answerable(context, each)][:_OFFERED]
    if not entries:
        return unknown(context, match)
    return _choices(context, entries, context.message.delivery)


def _choices(context: Context, entries: Sequence[str], question: str) -> Text:
    """Entries to pick from for a question, known by its delivery, and «none of them»."""
    buttons = [entry_button(context, PICK, each, question) for each in entries]
    buttons.append(context.button("ask.none_of_them", NONE, question))
    return Text(context.say("ask.choose"), in_rows(buttons, 1))


def _topics_rows(context: Context) -> tuple[tuple[Button, ...], ...]:
    written = {entry.topic for entry in context.resources.library}
    topics = [name for name in TOPICS["questions"] if name in written]
    return in_rows([context.button(TOPIC_NAMES[name], TOPIC, name) for name in topics])


def not_understood(turn: Turn) -> bool:
    """Whether a turn neither answers a question, nor offers entries, nor says where to go."""
    return any(isinstance(record, Asked) and record.decision in ("unknown", "chat") for record in turn.records)
