"""Logging without personal data: event names, keys, routes and numbers."""

from __future__ import annotations

import logging
import sys

import structlog

_ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "error_id",
        "kind",
        "endpoint",
        "place",
        "status",
        "milliseconds",
        "count",
        "job",
        "court",
        "mode",
        "database",
        "problem",
    }
)


def keep_allowed(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Drop every key that is not on the list, so that no name or number slips in."""
    return {key: value for key, value in event.items() if key in _ALLOWED}


def init_app() -> None:
    """Write one JSON object per line to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
