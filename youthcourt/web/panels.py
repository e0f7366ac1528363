"""Places on a page where higher features add a section of their own."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app, render_template
from markupsafe import Markup

from youthcourt.web.access import Permission, may


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """A section: its template and what the template needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class PanelSource:
    """Who makes a section, for which place (``case``, ``person``), in which order.

    ``build`` gets the record's key and returns None when there is nothing to show.
    """

    place: str
    order: int
    permission: Permission
    build: Callable[[uuid.UUID], Panel | None]


def add_panel(app: Flask, source: PanelSource) -> None:
    """Add a section to a place."""
    app.extensions.setdefault("youthcourt.panels", []).append(source)


def render_panels(place: str, record_id: uuid.UUID) -> Markup:
    """Return the sections of a place that the reader may see, in their order."""
    sources: list[PanelSource] = current_app.extensions.get("youthcourt.panels", [])
    chosen = sorted(
        (s for s in sources if s.place == place and may(s.permission)), key=lambda s: s.order
    )
    panels = (source.build(record_id) for source in chosen)
    return Markup("").join(
        Markup(render_template(panel.template, **panel.context))  # noqa: S704 -- escaped there
        for panel in panels
        if panel is not None
    )
