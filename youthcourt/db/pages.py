"""A part of a list that is too long for one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Line = TypeVar("Line")


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPage(Generic[Line]):
    """Some lines of a longer list of ``total``; ``number`` and ``pages`` count from 1."""

    lines: tuple[Line, ...]
    total: int
    size: int
    number: int = 1

    @property
    def pages(self) -> int:
        """Return how many pages the whole list has, at least one."""
        return page_count(self.total, self.size)

    @property
    def first(self) -> int:
        """Return the place of the first line in the whole list, 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.lines else 0

    @property
    def last(self) -> int:
        """Return the place of the last line in the whole list."""
        return (self.number - 1) * self.size + len(self.lines)


def page_count(total: int, size: int) -> int:
    """Return on how many pages of a size a list stands; an empty one has a page too."""
    return max(-(-total // size), 1)


def page_number(wanted: int, *, total: int, size: int) -> int:
    """Return the page wanted, or the nearest that there is."""
    return min(max(wanted, 1), page_count(total, size))


def page_of(lines: Sequence[Line], wanted: int, *, size: int) -> ListPage[Line]:
    """Return one page of a list that is known as a whole."""
    number = page_number(wanted, total=len(lines), size=size)
    first = (number - 1) * size
    return ListPage(
        lines=tuple(lines[first : first + size]), total=len(lines), size=size, number=number
    )
