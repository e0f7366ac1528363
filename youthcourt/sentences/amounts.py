"""How amounts of a sentence are written in plain words."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from youthcourt.courts.domain import Unit
from youthcourt.sentences.domain import AmountRange
from youthcourt.web.i18n.formats import minutes_text


def amount_text(amount: int, unit: Unit) -> str:
    """Return an amount with its unit, such as ``3 sessions``, ``2 h 30 min`` or ``$25.00``."""
    if unit is Unit.MINUTES:
        return minutes_text(amount)
    if unit is Unit.MONEY:
        return f"${amount // 100:,}.{amount % 100:02d}"
    if unit is Unit.SESSIONS:
        return str(ngettext("%(num)d session", "%(num)d sessions", amount))
    return str(ngettext("%(num)d piece", "%(num)d pieces", amount)) if unit is Unit.PIECES else ""


def range_text(allowed: AmountRange | None, unit: Unit) -> str:
    """Return what may be ordered in words, empty where the court sets no range."""
    if allowed is None or unit is Unit.NONE:
        return ""
    least, most = allowed.minimum, allowed.maximum
    ends = {
        "least": "" if least is None else amount_text(least, unit),
        "most": "" if most is None else amount_text(most, unit),
    }
    if least is None:
        return str(gettext("at most %(most)s", **ends))
    if most is None:
        return str(gettext("at least %(least)s", **ends))
    if least == most:
        return str(gettext("always %(most)s", **ends))
    return str(gettext("from %(least)s to %(most)s", **ends))
