"""A program while it is put together: columns and rows by number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from youthcourt.jury.domain.solving.highs import Matrix

INFINITE = float("inf")


class Builder:
    """Columns and rows in the order in which they are asked for."""

    def __init__(self) -> None:
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._whole: list[bool] = []
        self._row_lower: list[float] = []
        self._row_upper: list[float] = []
        self._starts: list[int] = [0]
        self._places: list[int] = []
        self._values: list[float] = []

    @property
    def columns(self) -> int:
        """Return how many columns there are."""
        return len(self._lower)

    def column(self, lower: float, upper: float, *, whole: bool = False) -> int:
        """Add a column and return its number."""
        self._lower.append(lower)
        self._upper.append(upper)
        self._whole.append(whole)
        return len(self._lower) - 1

    def binaries(self, count: int) -> None:
        """Add so many columns that are 0 or 1."""
        self._lower += [0.0] * count
        self._upper += [1.0] * count
        self._whole += [True] * count

    def row(
        self,
        plus: Sequence[int],
        minus: Sequence[int] = (),
        *,
        lower: float = -INFINITE,
        upper: float = INFINITE,
        scaled: tuple[int, float] | None = None,
    ) -> int:
        """Keep a sum between two limits: ``plus`` less ``minus`` and one column ``scaled``."""
        self._places += plus
        self._values += [1.0] * len(plus)
        self._places += minus
        self._values += [-1.0] * len(minus)
        if scaled is not None:
            self._places.append(scaled[0])
            self._values.append(scaled[1])
        self._row_lower.append(lower)
        self._row_upper.append(upper)
        self._starts.append(len(self._places))
        return len(self._row_lower) - 1

    def matrix(self) -> Matrix:
        """Return everything as arrays."""
        return Matrix(
            lower=np.array(self._lower, dtype=np.float64),
            upper=np.array(self._upper, dtype=np.float64),
            whole=np.array(self._whole, dtype=np.bool_),
            row_lower=np.array(self._row_lower, dtype=np.float64),
            row_upper=np.array(self._row_upper, dtype=np.float64),
            starts=np.array(self._starts, dtype=np.int32),
            places=np.array(self._places, dtype=np.int32),
            values=np.array(self._values, dtype=np.float64),
        )
