"""Reads money, dates, lengths of time and choices as people type them; None, never a guess, when unclear.

Each reader takes the whole message: the value and polite filler words, nothing else. So a question that
holds a number («đóng bao nhiêu thì được 2 triệu lương hưu?») is not read as an answer. `stated`
takes everything out of a longer text, asks for clearer words, and leaves out what is said in two ways.
"""

from handlers.reading.amounts import money, money_range
from handlers.reading.asked_for import (
    asks_at_which_time,
    asks_for_an_amount,
    asks_for_an_extreme,
    asks_for_no_amount,
    asks_for_percent,
    asks_for_the_level,
    asks_how_long_to_the_age,
    asks_only_how_much,
    asks_the_price,
    asks_then_what,
    asks_what_comes_back,
    asks_what_comes_later,
    asks_what_is_missing,
    asks_what_pension,
    asks_what_to_pay,
    asks_when_drawn,
    asks_whether,
    asks_whether_by_now,
    asks_whether_enough,
    asks_whether_lost,
    goes_on_to_the_age,
    names_a_wage,
    names_both_sexes,
    names_other_money,
    of_months_missed,
    pays_alike,
    speaks_of_a_pension,
    speaks_of_paying,
    stops_paying,
    takes_it_out,
    tells_a_wish,
    wants_to_pay,
)
from handlers.reading.beside_births import born_alike, month_of_birth
from handlers.reading.calendar_months import CalendarMonth, calendar_month
from handlers.reading.choices import (
    Level,
    Sex,
    is_again,
    is_back,
    is_cancel,
    is_details,
    level,
    sex,
    yes_no,
)
from handlers.reading.corrections import corrected, is_for_somebody_else
from handlers.reading.counted import heads, question_meant
from handlers.reading.counts import count
from handlers.reading.courtesies import without_courtesy
from handlers.reading.dates import Birth, birth, strange_age
from handlers.reading.durations import duration_months
from handlers.reading.facts import Facts, Stated, stated, states_only
from handlers.reading.followups import Followup, asked_aspect, followup, names_a_topic
from handlers.reading.frequencies import Frequency, frequency
from handlers.reading.histories import Stretch, Told, Undated, find_history, history, scheme, undated
from handlers.reading.last_paid import LastPaid, last_paid
from handlers.reading.of_result import AskedOfResult, asked_of_result, asks_of_result
from handlers.reading.outright import Outright, asked_outright, tells_of_a_death
from handlers.reading.paying_on import PayingOn, paying_on
from handlers.reading.persons import Whom
from handlers.reading.questions import (
    adds,
    asks_in_words,
    goes_on,
    is_question,
    is_resume,
    is_supposed,
    speaks_of_oneself,
    turns_back,
    turns_to_oneself,
)
from handlers.reading.several import several
from handlers.reading.support_groups import groups
from handlers.reading.told_births import age_named
from handlers.reading.turnings import asked_shortly, turned_to, without_refused
from handlers.reading.typed_lines import code_greeted_with, line_picked, reads_on
from handlers.reading.wish_for_person import is_send, is_wish_for_a_person
from handlers.reading.wishes import already, is_by_income, is_lowest, is_no_paper, is_not_known, wish_of_list
from handlers.reading.withdrawals import (
    Why,
    illness_not_in_the_law,
    share_lost,
    tells_of_cirrhosis,
    why_named,
    why_withdraw,
)
from handlers.reading.years import month_of_year

__all__ = [
    "AskedOfResult",
    "Birth",
    "CalendarMonth",
    "Facts",
    "Followup",
    "Frequency",
    "LastPaid",
    "Level",
    "Outright",
    "PayingOn",
    "Sex",
    "Stated",
    "Stretch",
    "Told",
    "Undated",
    "Whom",
    "Why",
    "adds",
    "age_named",
    "already",
    "asked_aspect",
    "asked_of_result",
    "asked_outright",
    "asked_shortly",
    "asks_at_which_time",
    "asks_for_an_amount",
    "asks_for_an_extreme",
    "asks_for_no_amount",
    "asks_for_percent",
    "asks_for_the_level",
    "asks_how_long_to_the_age",
    "asks_in_words",
    "asks_of_result",
    "asks_only_how_much",
    "asks_the_price",
    "asks_then_what",
    "asks_what_comes_back",
    "asks_what_comes_later",
    "asks_what_is_missing",
    "asks_what_pension",
    "asks_what_to_pay",
    "asks_when_drawn",
    "asks_whether",
    "asks_whether_by_now",
    "asks_whether_enough",
    "asks_whether_lost",
    "birth",
    "born_alike",
    "calendar_month",
    "code_greeted_with",
    "corrected",
    "count",
    "duration_months",
    "find_history",
    "followup",
    "frequency",
    "goes_on",
    "goes_on_to_the_age",
    "groups",
    "heads",
    "history",
    "illness_not_in_the_law",
    "is_again",
    "is_back",
    "is_by_income",
    "is_cancel",
    "is_details",
    "is_for_somebody_else",
    "is_lowest",
    "is_no_paper",
    "is_not_known",
    "is_question",
    "is_resume",
    "is_send",
    "is_supposed",
    "is_wish_for_a_person",
    "last_paid",
    "level",
    "line_picked",
    "money",
    "money_range",
    "month_of_birth",
    "month_of_year",
    "names_a_topic",
    "names_a_wage",
    "names_both_sexes",
    "names_other_money",
    "of_months_missed",
    "paying_on",
    "pays_alike",
    "question_meant",
    "reads_on",
    "scheme",
    "several",
    "sex",
    "share_lost",
    "speaks_of_a_pension",
    "speaks_of_oneself",
    "speaks_of_paying",
    "stated",
    "states_only",
    "stops_paying",
    "strange_age",
    "takes_it_out",
    "tells_a_wish",
    "tells_of_a_death",
    "tells_of_cirrhosis",
    "turned_to",
    "turns_back",
    "turns_to_oneself",
    "undated",
    "wants_to_pay",
    "why_named",
    "why_withdraw",
    "wish_of_list",
    "without_courtesy",
    "without_refused",
    "yes_no",
]
