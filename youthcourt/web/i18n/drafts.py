"""Labels of drafts, and how their age is written."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

_MINUTE = 60
_HOUR = 60 * _MINUTE

LABELS = {
    "DraftForm": {
        "intake": _l("Intake"),
        "sentence": _l("Sentence"),
        "follow_up": _l("Follow-up"),
        "referral": _l("Referral"),
    },
}


def age_text(age: timedelta) -> str:
    """Return how long ago something was, in the largest whole unit."""
    if age.days >= 1:
        return ngettext("%(num)d day ago", "%(num)d days ago", age.days)
    hours, rest = divmod(max(age.seconds, 0), _HOUR)
    if hours:
        return ngettext("%(num)d hour ago", "%(num)d hours ago", hours)
    minutes = rest // _MINUTE
    if minutes:
        return ngettext("%(num)d minute ago", "%(num)d minutes ago", minutes)
    return gettext("a moment ago")
