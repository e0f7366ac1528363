"""How days, times and minutes are written."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask_babel import format_date, get_locale, gettext, ngettext, to_user_timezone

HOUR = 60
NOON = 12


def minutes_text(minutes: int) -> str:
    """Return minutes as hours and minutes, for example ``2 h 30 min``."""
    sign = "\u2212" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), HOUR)
    if not hours:
        return sign + gettext("%(minutes)d min", minutes=rest)
    if not rest:
        return sign + gettext("%(hours)d h", hours=hours)
    return sign + gettext("%(hours)d h %(minutes)d min", hours=hours, minutes=rest)


def time_text(value: time | None) -> str:
    """Return a time of day as people in the court's country write it, such as 6:30 pm."""
    if value is None:
        return ""
    hour = value.hour % NOON or NOON
    half = "am" if value.hour < NOON else "pm"
    return f"{hour}:{value.minute:02d} {half}"


def instant_text(value: datetime | None) -> str:
    """Return an instant in the court's own zone, its time as everywhere else."""
    if value is None:
        return ""
    here = to_user_timezone(value)
    return f"{born_text(here.date())}, {time_text(here.time())}"


def born_text(value: date | None) -> str:
    """Return a day whose weekday says nothing, such as a birth date: 4 Mar 2026."""
    return "" if value is None else str(format_date(value, "d MMM y"))


def last_day_text(value: datetime) -> str:
    """Return the day that ends at an instant, for what is good to the end of a day."""
    return str(format_date(to_user_timezone(value - timedelta(seconds=1)), "EEE d MMM y"))


def date_text(value: date) -> str:
    """Return a day inside a sentence: 4 March 2026."""
    return str(format_date(value, "d MMMM y"))


def long_day_text(value: date | None) -> str:
    """Return a day with its weekday in full: Wednesday 4 March 2026."""
    if value is None:
        return ""
    # Other languages than English put words between, which their own full form knows.
    english = str(get_locale() or "en").startswith("en")
    return str(format_date(value, "EEEE d MMMM y" if english else "full"))


def days_ago(days: int) -> str:
    """Return how long ago a day was."""
    if days == 0:
        return gettext("today")
    return ngettext("%(num)d day ago", "%(num)d days ago", days)
