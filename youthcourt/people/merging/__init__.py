"""Two entries of one person made one: previewed, done, undone."""

from __future__ import annotations

from youthcourt.people.merging.acts import KEPT, OTHER, merge_persons, undo_merge
from youthcourt.people.merging.plan import FIELDS, MergePlan, Side, TableCount, merge_plan
from youthcourt.people.merging.rows import Follower, add_follower

__all__ = [
    "FIELDS",
    "KEPT",
    "OTHER",
    "Follower",
    "MergePlan",
    "Side",
    "TableCount",
    "add_follower",
    "merge_persons",
    "merge_plan",
    "undo_merge",
]
