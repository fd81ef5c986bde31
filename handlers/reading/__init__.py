"""Reads money, dates, lengths of time and choices as people type them; None, never a guess, when unclear.

Each reader takes the whole message: the value and polite filler words, nothing else. So a question that
holds a number («đóng bao nhiêu thì được 2 triệu lương hưu?») is not read as an answer. Its `find_` twin
takes a value out of a longer sentence, asks for clearer words, and says None when there are two values.
"""

from handlers.reading.amounts import find_money, money, money_range
from handlers.reading.calendar_months import CalendarMonth, calendar_month
from handlers.reading.choices import (
    Level,
    Sex,
    find_sex,
    is_again,
    is_back,
    is_cancel,
    is_details,
    level,
    sex,
    sex_of_born,
    yes_no,
)
from handlers.reading.corrections import corrected, is_for_somebody_else
from handlers.reading.counts import count
from handlers.reading.courtesies import without_courtesy
from handlers.reading.dates import Birth, birth, find_birth, strange_age
from handlers.reading.durations import duration_months, find_duration_months
from handlers.reading.facts import Facts, Stated, Whom, stated
from handlers.reading.followups import Followup, followup
from handlers.reading.frequencies import Frequency, find_frequency, frequency
from handlers.reading.histories import Stretch, Told, Undated, history, scheme, undated
from handlers.reading.last_paid import LastPaid, last_paid
from handlers.reading.questions import asks_in_words, is_question
from handlers.reading.several import several
from handlers.reading.support_groups import find_groups, groups
from handlers.reading.wanted import wanted_pension
from handlers.reading.wish_for_person import is_send, is_wish_for_a_person
from handlers.reading.wishes import already, is_by_income, is_lowest, is_no_paper, is_not_known, wish_of_list
from handlers.reading.withdrawals import Why, why_withdraw
from handlers.reading.years import find_month_of_year, month_of_year

__all__ = [
    "Birth",
    "CalendarMonth",
    "Facts",
    "Followup",
    "Frequency",
    "LastPaid",
    "Level",
    "Sex",
    "Stated",
    "Stretch",
    "Told",
    "Undated",
    "Whom",
    "Why",
    "already",
    "asks_in_words",
    "birth",
    "calendar_month",
    "corrected",
    "count",
    "duration_months",
    "find_birth",
    "find_duration_months",
    "find_frequency",
    "find_groups",
    "find_money",
    "find_month_of_year",
    "find_sex",
    "followup",
    "frequency",
    "groups",
    "history",
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
    "is_send",
    "is_wish_for_a_person",
    "last_paid",
    "level",
    "money",
    "money_range",
    "month_of_year",
    "scheme",
    "several",
    "sex",
    "sex_of_born",
    "stated",
    "strange_age",
    "undated",
    "wanted_pension",
    "why_withdraw",
    "wish_of_list",
    "without_courtesy",
    "yes_no",
]
