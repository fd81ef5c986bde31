"""What staff make of questions that were not answered: phrasings, drafts of entries, or out of scope.

Every function takes the open database; the command line and the staff pages call the same ones. A running process
uses what was assigned at its next look at the table, or at once after `Freshener.look`.

CannotGoOn
    └── Refused    a decision that can't be carried out; its sentence is for staff, in Vietnamese
            └── Unseen    people would be told something else, which somebody must look at first
"""

from bot.curating.deciding import (
    Assigned,
    assign,
    mark_out_of_scope,
    start_draft,
    take_back,
    take_draft_back,
)
from bot.curating.exporting import export
from bot.curating.grouping import Group, GroupList, find_group, groups, listed
from bot.curating.merging import Merged, merge
from bot.curating.trying import Trial, Trials, Unseen
from bot.curating.wording import Refused

__all__ = [
    "Assigned",
    "Group",
    "GroupList",
    "Merged",
    "Refused",
    "Trial",
    "Trials",
    "Unseen",
    "assign",
    "export",
    "find_group",
    "groups",
    "listed",
    "mark_out_of_scope",
    "merge",
    "start_draft",
    "take_back",
    "take_draft_back",
]
