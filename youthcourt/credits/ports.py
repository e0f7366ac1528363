"""What the ledger asks of higher features to check itself; plugged in by the application.

Both are set as a whole, once at the start of a process, by whoever builds the application (the
web server, the command line, the jobs).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from youthcourt.credits.domain import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class EarnedService:
    """A piece of service that is confirmed now: whose it is and the minutes it has to earn."""

    id: uuid.UUID
    person_id: uuid.UUID
    minutes: int


EarningSource = Callable[[Session], Iterable[EarnedService]]
"""Returns every confirmed piece of service of the session's court that earns."""

ProblemSource = Callable[[Session], Iterable[Problem]]
"""Returns what is wrong with the rows of a higher feature that the ledger rests on."""


class _Plugged:
    """What is plugged in now."""

    earnings: tuple[EarningSource, ...] = ()
    problems: tuple[ProblemSource, ...] = ()


def use_earning_sources(*sources: EarningSource) -> None:
    """Ask these, and no others, which service earns."""
    _Plugged.earnings = sources


def use_problem_sources(*sources: ProblemSource) -> None:
    """Ask these, and no others, what else is wrong."""
    _Plugged.problems = sources


def earned_services(session: Session) -> tuple[EarnedService, ...]:
    """Return what all sources say has to have earned."""
    return tuple(item for source in _Plugged.earnings for item in source(session))


def problems_above(session: Session) -> tuple[Problem, ...]:
    """Return what all sources find wrong."""
    return tuple(item for source in _Plugged.problems for item in source(session))
