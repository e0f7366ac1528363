"""The draw as an optimisation: one engine for a sitting, an evening or a whole term.

Loads numpy and the solver: import it where a draw is made, not where one is shown.
"""

from __future__ import annotations

from youthcourt.jury.domain.solving.answer import ALGORITHM, VERSION
from youthcourt.jury.domain.solving.climb import Limits
from youthcourt.jury.domain.solving.draw import solve_draw
from youthcourt.jury.domain.solving.highs import solver_version

__all__ = ["ALGORITHM", "VERSION", "Limits", "solve_draw", "solver_version"]
