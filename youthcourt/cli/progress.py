"""A progress bar for what may take a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, Self

import click

SHOW_AFTER = 2.0  # seconds; shorter work needs no bar


class Bar:
    """A progress bar on the error stream that comes up when the work takes a while."""

    def __init__(self, label: str, length: int) -> None:
        self._label, self._length = label, length
        self._began, self._done = time.monotonic(), 0
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def move(self, count: int) -> None:
        """Go on by so many."""
        self._done += count
        if self._bar is not None:
            self._bar.update(count)
        elif time.monotonic() - self._began > SHOW_AFTER:
            self._bar = click.progressbar(length=self._length, label=self._label, file=sys.stderr)
            self._bar.__enter__()
            self._bar.update(self._done)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


class Phases:
    """A bar for each part of a longer work, one after the other."""

    def __init__(self) -> None:
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __call__(self, label: str, length: int) -> Callable[[int], None]:
        """Begin the next part and return what is told of its steps."""
        self.__exit__()
        self._bar = Bar(label, length)
        return self._bar.move

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.__exit__()
        self._bar = None
