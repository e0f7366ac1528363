"""The pages of the import of referral files."""

from __future__ import annotations

from youthcourt.cases.routes.imports import (  # noqa: F401 -- each module adds its pages
    columns,
    mappings,
    reading,
    run,
    sending,
)
