"""The one module that knows the solver: HiGHS through highspy.

HiGHS keeps one pool of threads per process, and a later solve that asks for another number
comes back without an answer and without an error: the number is fixed here.  Work is bounded by
nodes, never by seconds, so that the same input gives the same answer on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

THREADS = 1
_MINUS, _PLUS = -highspy.kHighsInf, highspy.kHighsInf

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]


def solver_version() -> str:
    """Return the name and version of the solver, as they stand in a certificate."""
    parts = (highspy.HIGHS_VERSION_MAJOR, highspy.HIGHS_VERSION_MINOR, highspy.HIGHS_VERSION_PATCH)
    return "HiGHS " + ".".join(map(str, parts))


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """A mixed-integer program without objective; rows in compressed form.

    ``lower``, ``upper`` and ``whole`` [column]; ``row_lower``, ``row_upper`` and ``starts``
    [row, starts one longer]; ``places`` and ``values`` [nonzero].
    """

    lower: Floats
    upper: Floats
    whole: npt.NDArray[np.bool_]
    row_lower: Floats
    row_upper: Floats
    starts: Places
    places: Places
    values: Floats


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a solve gave: values [column] or none, and the bound it proved, if it did.

    ``finished``: the solver stopped because it was done, not because of a limit.
    """

    values: Floats | None
    bound: float | None
    finished: bool
    status: str
    nodes: int


class _Quiet(highspy.Highs):
    """A solver that prints nothing, not even its name when it is made."""

    def enableCallbacks(self) -> None:  # noqa: N802 -- the solver's name for it
        """Turn output off before the first thing that would print."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class Program:
    """One program, solved for one objective after the other."""

    _SLACK = 1e-3

    def __init__(self, matrix: Matrix, *, relaxed: bool = False) -> None:
        self.columns = len(matrix.lower)
        self._highs = _Quiet()  # type: ignore[no-untyped-call]
        for name, value in (
            ("threads", THREADS),
            ("random_seed", 0),
            ("mip_rel_gap", 0.0),
        ):
            self._highs.setOptionValue(name, value)
        whole = np.zeros(self.columns, np.int32) if relaxed else matrix.whole.astype(np.int32)
        self._highs.passModel(
            self.columns,
            len(matrix.row_lower),
            len(matrix.places),
            int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMinimize),
            0.0,
            np.zeros(self.columns),
            matrix.lower,
            matrix.upper,
            matrix.row_lower,
            matrix.row_upper,
            matrix.starts[:-1],
            matrix.places,
            matrix.values,
            whole,
        )

    def minimise(
        self, cost: Floats, *, start: Floats | None, nodes: int, gap: float, target: float | None
    ) -> Outcome:
        """Return the least cost found from ``start`` on, within so many nodes.

        ``gap``: a better answer would be better by less than this.  ``target``: a cost known to
        be the least possible, at which there is nothing left to look for.
        """
        highs = self._highs
        highs.setOptionValue("mip_max_nodes", nodes)
        highs.setOptionValue("mip_abs_gap", gap)
        highs.setOptionValue("objective_target", _MINUS if target is None else target + 1e-6)
        highs.changeColsCost(self.columns, np.arange(self.columns, dtype=np.int32), cost)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start.tolist()
            highs.setSolution(solution)
        highs.run()
        outcome = self._outcome(target)
        if start is not None and self._is_start(cost, outcome):
            # Presolve moved the start to something better, and the start itself came back.
            highs.clearSolver()
            highs.run()
            outcome = self._outcome(target)
        return outcome

    def _is_start(self, cost: Floats, outcome: Outcome) -> bool:
        """Return whether the values are not those whose cost the solver tells."""
        told = self._highs.getInfo().objective_function_value
        return outcome.values is not None and bool(cost @ outcome.values > told + self._SLACK)

    def _outcome(self, target: float | None) -> Outcome:
        status, info = self._highs.getModelStatus(), self._highs.getInfo()
        kind = highspy.HighsModelStatus
        has_values = info.primal_solution_status == highspy.kSolutionStatusFeasible
        whole = info.mip_node_count >= 0
        bound: float | None = None
        if status == kind.kOptimal:
            bound = info.mip_dual_bound if whole else info.objective_function_value
        elif status == kind.kObjectiveTarget:
            bound = target
        elif status in (kind.kSolutionLimit, kind.kInterrupt):
            bound = info.mip_dual_bound if whole and abs(info.mip_dual_bound) < _PLUS else None
        return Outcome(
            values=np.array(self._highs.getSolution().col_value) if has_values else None,
            bound=bound,
            finished=status in (kind.kOptimal, kind.kObjectiveTarget, kind.kInfeasible),
            status=self._highs.modelStatusToString(status),
            nodes=max(0, info.mip_node_count),
        )

    def keep(self, cost: Floats, *, at_most: float) -> None:
        """Let no later answer cost more than this by an earlier objective."""
        places = np.flatnonzero(cost).astype(np.int32)
        self._highs.addRow(_MINUS, at_most, len(places), places, cost[places])

    def set_columns(self, columns: Places, lower: Floats, upper: Floats) -> None:
        """Put other limits on columns, all of them whole numbers."""
        self._highs.changeColsBounds(len(columns), columns, lower, upper)

    def set_row(self, row: int, lower: float, upper: float) -> None:
        """Put other limits on a row."""
        self._highs.changeRowBounds(row, lower, upper)
