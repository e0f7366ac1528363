"""Whether an e-mail may reach the youth or an adult, and why not."""

from __future__ import annotations

from collections.abc import Iterable

from youthcourt.notices.domain import Unsent
from youthcourt.people.domain.contacts import folded_mail
from youthcourt.people.domain.kinds import AdultChannel
from youthcourt.people.models import Person
from youthcourt.people.queries.adults import AdultLine

_INSTEAD = {
    AdultChannel.PHONE: Unsent.WANTS_CALL,
    AdultChannel.TEXT: Unsent.WANTS_TEXT,
    AdultChannel.LETTER: Unsent.ON_PAPER,
}


def youth_hindered(person: Person, adults: Iterable[AdultLine]) -> Unsent | None:
    """Return why no e-mail reaches the youth; None when one does.  ``adults`` are all of them."""
    return _hindered(person.email, adults)


def adult_hindered(adult: AdultLine, adults: Iterable[AdultLine]) -> Unsent | None:
    """Return why no e-mail is sent to an adult, their wish first; None when one is."""
    return _INSTEAD.get(AdultChannel(adult.channel)) or _hindered(adult.email, adults)


def _hindered(email: str | None, adults: Iterable[AdultLine]) -> Unsent | None:
    """Return why no mail may go there: no address, or one that somebody else must not read."""
    if not email:
        return Unsent.NO_ADDRESS
    kept_out = {folded_mail(a.email) for a in adults if a.never_disclose and a.email}
    return Unsent.READ_BY_OTHERS if folded_mail(email) in kept_out else None
