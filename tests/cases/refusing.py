"""Expecting a refusal."""

from __future__ import annotations

from youthcourt.errors import CourtRuleBroken


class Refused:
    """Expect a refusal with this code, field and parameters."""

    def __init__(self, code: str, field: str | None = None, **params: object) -> None:
        self.wanted = (code, field)
        self.params = params

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        assert error is not None, f"nothing was refused, expected {self.wanted}"
        if not isinstance(error, CourtRuleBroken):
            return False
        assert (error.code, error.field) == self.wanted
        assert error.params.items() >= self.params.items()
        return True
