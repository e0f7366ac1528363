"""Refusals: a code with typed parameters, never a sentence."""

from __future__ import annotations


class CourtRuleBroken(Exception):
    """A rule of the court or of the product was not met; nothing has been changed.

    ``code`` names the rule, ``field`` the form field it belongs to (if any) and ``params``
    the values its sentence needs.  The sentence is made in ``youthcourt.web.i18n``.
    """

    def __init__(self, code: str, field: str | None = None, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params

    def __str__(self) -> str:
        """Return the code alone, so that no value can reach a log by accident."""
        return self.code


class NotFound(CourtRuleBroken):
    """The thing asked for does not exist for the person who asks."""

    def __init__(self, code: str = "not_found", **params: object) -> None:
        super().__init__(code, None, **params)


class Stale(CourtRuleBroken):
    """Somebody else saved the same record in the meantime."""

    def __init__(self, code: str = "saved_by_another", **params: object) -> None:
        super().__init__(code, None, **params)
