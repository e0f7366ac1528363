"""Square codes for paper and screens, drawn in the page itself."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_drawing(text: str) -> Markup:
    """Return a QR code as SVG in the colours of paper, readable on dark screens as well.

    Four empty modules stand around it, without which cameras do not find it (ISO/IEC 18004).
    """
    drawing = segno.make(text, error="m", micro=False).svg_inline(
        scale=1, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup(drawing)  # noqa: S704 -- numbers of our own making; the text is not in it
