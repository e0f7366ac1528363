"""The words of each kind of message, from what is true when it leaves."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import format_date, gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import SYSTEM
from youthcourt.courts.models import Court
from youthcourt.dashboard.letters.recipients import Recipient
from youthcourt.dashboard.queries.duties import Duty, duty_in, neutral_room
from youthcourt.errors import NotFound
from youthcourt.hearings.domain import CourtSessionState, HearingState
from youthcourt.hearings.models import Hearing
from youthcourt.hearings.queries import (
    SessionLine,
    SittingLine,
    session_line,
    sitting_by_id,
)
from youthcourt.jury.domain.states import SeatState
from youthcourt.jury.models import Seat
from youthcourt.notices.domain import NoticeKind
from youthcourt.notices.models import Notice
from youthcourt.people.calendar import court_day
from youthcourt.people.links import issue_link
from youthcourt.web.i18n.formats import time_text

WISH_LIFE = timedelta(minutes=30)
"""Whoever asked for a link longer ago has asked again or given up."""


def _(text: str, **values: str) -> str:
    """Return a sentence in the recipient's language."""
    return str(gettext(text, **values))


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A subject, as it may stand on a locked screen, and the text in paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing:
    """What the words of one message are made from; ``door`` is the address of the own page."""

    session: Session
    notice: Notice
    recipient: Recipient
    court: Court
    door: str
    now: datetime

    @property
    def youth(self) -> str:
        """What an adult calls the youth; a youth without a name is nobody's to name."""
        return self.recipient.youth or _("your child")

    def told(self, to_youth: str, to_adult: str) -> str:
        """Return the sentence for the youth, or for the adult with the youth's name in it."""
        return to_adult.replace("{youth}", self.youth) if self.recipient.is_adult else to_youth

    def subject(self, what: str) -> str:
        """Return a subject that begins with the neutral name."""
        return " ".join(f"{self.court.phone_name}: {what}".split())

    def key(self, name: str) -> uuid.UUID | None:
        """Return a key among the values of the notice."""
        try:
            return uuid.UUID(self.notice.params.get(name, ""))
        except ValueError:
            return None


Writer = Callable[[Writing], Words | None]
"""Returns the words, or None when the reason for them is gone."""


def duty_published(writing: Writing) -> Words | None:
    """Tell of a session somebody is expected at, as long as they are."""
    seat = _seat(writing)
    if seat is None or seat.state is not SeatState.PUBLISHED:
        return None
    line = _coming(writing, seat.session_id)
    if line is None or line.state is not CourtSessionState.PLANNED:
        return None
    duty = duty_in(writing.session, line, seat.sitting_id)
    return Words(
        subject=writing.subject(
            _("%(day)s at %(time)s", day=_day(line.held_on), time=time_text(line.starts_at))
        ),
        paragraphs=(
            writing.told(
                _("You are expected on %(day)s, %(times)s.", **_when(duty)),
                _("{youth} is expected on %(day)s, %(times)s.", **_when(duty)),
            ),
            _place_and_things(duty),
            _cannot_come(writing),
            _own_page(writing),
        ),
    )


def duty_withdrawn(writing: Writing) -> Words | None:
    """Tell that somebody is not needed, as long as they are not.

    Where a session was moved, it is the former time at which nobody need come.
    """
    seat = _seat(writing)
    if seat is None or seat.state is not SeatState.RELEASED:
        return None
    was = _former_time(writing)
    if was is None:
        line = _coming(writing, seat.session_id)
        if line is None or _seated_anew(writing, seat):
            return None
        was = (line.held_on, line.starts_at)
    elif was[0] < court_day(writing.session, writing.now):
        return None
    day, at = was
    told = {"day": _long(day), "time": time_text(at)}
    return Words(
        subject=writing.subject(_("no need to come on %(day)s", day=_day(day))),
        paragraphs=(
            writing.told(
                _("You need not come on %(day)s at %(time)s.", **told),
                _("{youth} need not come on %(day)s at %(time)s.", **told),
            ),
            _questions(writing),
        ),
    )


def session_cancelled(writing: Writing) -> Words | None:
    """Tell that a session is not held, as long as it is not."""
    seat = _seat(writing)
    key = seat.session_id if seat else writing.key("court_session")
    line = _coming(writing, key)
    if line is None or line.state is not CourtSessionState.CANCELLED:
        return None
    day, at = _long(line.held_on), time_text(line.starts_at)
    return Words(
        subject=writing.subject(_("%(day)s is cancelled", day=_day(line.held_on))),
        paragraphs=(
            _("The session on %(day)s at %(time)s is cancelled.", day=day, time=at),
            writing.told(
                _("Please do not come. The office asks you for another day."),
                _("Please do not come. The office asks {youth} for another day."),
            ),
            _questions(writing),
        ),
    )


def hearing_set(writing: Writing) -> Words | None:
    """Tell of an appointment, as long as it stands."""
    hearing = _hearing(writing)
    room = None if hearing is None else _docketed(writing, hearing)
    if room is None:
        return None
    line, sitting = room
    return _appointment(
        writing,
        sitting,
        subject=_("an appointment on %(day)s", day=_day(line.held_on)),
        opening=writing.told(
            _("You have an appointment on %(day)s at %(time)s.", **_at(line)),
            _("{youth} has an appointment on %(day)s at %(time)s.", **_at(line)),
        ),
    )


def hearing_moved(writing: Writing) -> Words | None:
    """Tell of the new time of an appointment, or that it is off."""
    hearing = _hearing(writing)
    if hearing is None:
        return None
    room = _docketed(writing, hearing)
    if room is None:
        return _appointment_off(writing, hearing)
    line, sitting = room
    return _appointment(
        writing,
        sitting,
        subject=_("the appointment is now on %(day)s", day=_day(line.held_on)),
        opening=writing.told(
            _("Your appointment has changed. It is now on %(day)s at %(time)s.", **_at(line)),
            _(
                "The appointment of {youth} has changed. It is now on %(day)s at %(time)s.",
                **_at(line),
            ),
        ),
    )


def sign_in_link(writing: Writing) -> Words | None:
    """Make a link now, because its ten minutes begin when it is made."""
    if writing.recipient.is_adult or writing.now >= writing.notice.created_at + WISH_LIFE:
        return None
    token = issue_link(
        writing.session, person_id=writing.recipient.person_id, actor=SYSTEM, now=writing.now
    )
    return Words(
        subject=writing.subject(_("your link")),
        paragraphs=(
            _("Here is the link to your page. It works once, and only for ten minutes."),
            f"{writing.door}/{token}",
            _("You did not ask for it? Then you need not do anything."),
        ),
    )


WRITERS: dict[NoticeKind, Writer] = {
    NoticeKind.DUTY_PUBLISHED: duty_published,
    NoticeKind.DUTY_WITHDRAWN: duty_withdrawn,
    NoticeKind.SESSION_CANCELLED: session_cancelled,
    NoticeKind.HEARING_SET: hearing_set,
    NoticeKind.HEARING_MOVED: hearing_moved,
    NoticeKind.SIGN_IN_LINK: sign_in_link,
}


def _seat(writing: Writing) -> Seat | None:
    key = writing.key("seat")
    return None if key is None else writing.session.scalar(select(Seat).where(Seat.id == key))


def _seated_anew(writing: Writing, seat: Seat) -> bool:
    query = select(Seat.id).where(
        Seat.session_id == seat.session_id,
        Seat.person_id == seat.person_id,
        Seat.state == SeatState.PUBLISHED,
    )
    return writing.session.scalar(query) is not None


def _coming(writing: Writing, session_id: uuid.UUID | None) -> SessionLine | None:
    """Return a session that is not over."""
    if session_id is None:
        return None
    try:
        line = session_line(writing.session, session_id)
    except NotFound:
        return None
    return line if line.span.ends_at > writing.now else None


def _hearing(writing: Writing) -> Hearing | None:
    key = writing.key("hearing")
    return None if key is None else writing.session.scalar(select(Hearing).where(Hearing.id == key))


def _docketed(writing: Writing, hearing: Hearing) -> tuple[SessionLine, SittingLine] | None:
    """Return when and where a hearing is that stands on a docket and is still to come."""
    if hearing.state is not HearingState.DOCKETED or hearing.sitting_id is None:
        return None
    sitting = sitting_by_id(writing.session, hearing.sitting_id)
    line = _coming(writing, sitting.session_id)
    return None if line is None else (line, sitting)


def _appointment(writing: Writing, room: SittingLine, *, subject: str, opening: str) -> Words:
    place = (neutral_room(room.room), room.address, room.directions)
    where = _("Place: %(place)s", place=", ".join(part for part in place if part))
    along = writing.told(
        _("Please come with an adult who looks after you."), _("Please come together with {youth}.")
    )
    return Words(
        subject=writing.subject(subject),
        paragraphs=(opening, f"{where}\n{along}", _cannot_come(writing)),
    )


def _appointment_off(writing: Writing, hearing: Hearing) -> Words | None:
    """Tell that an appointment is off; not of a day that is over, nor of a hearing held."""
    was_on = _was_on(writing)
    if was_on is None or was_on < court_day(writing.session, writing.now):
        return None
    if hearing.state not in {HearingState.WAITING, HearingState.CANCELLED}:
        return None
    day = _long(was_on)
    waits = hearing.state is HearingState.WAITING
    return Words(
        subject=writing.subject(_("no appointment on %(day)s", day=_day(was_on))),
        paragraphs=(
            writing.told(
                _("Your appointment on %(day)s is off. Please do not come.", day=day),
                _("The appointment of {youth} on %(day)s is off. Please do not come.", day=day),
            ),
            *((_("The office tells you the new day."),) if waits else ()),
            _questions(writing),
        ),
    )


def _was_on(writing: Writing) -> date | None:
    try:
        return date.fromisoformat(writing.notice.params.get("was_on", ""))
    except ValueError:
        return None


def _former_time(writing: Writing) -> tuple[date, time] | None:
    """Return when a session was before it moved."""
    day = _was_on(writing)
    try:
        at = time.fromisoformat(writing.notice.params.get("was_at", ""))
    except ValueError:
        return None
    return None if day is None else (day, at)


def _place_and_things(duty: Duty) -> str:
    place = ", ".join(part for part in (duty.room, duty.address, duty.directions) if part)
    return "\n".join(
        (
            _("Be there by: %(time)s", time=time_text(duty.be_there_at)),
            _("Place: %(place)s", place=place or _("ask the office")),
            _("Bring: %(things)s", things=duty.bring),
            _("Wear: %(clothes)s", clothes=duty.dress),
            _("Pick-up: %(time)s", time=time_text(duty.ends_at)),
        )
    )


def _cannot_come(writing: Writing) -> str:
    phone = writing.court.office_phone
    if phone:
        return _("Cannot come? Please call the office as soon as you can: %(phone)s.", phone=phone)
    return _("Cannot come? Please tell the office as soon as you can.")


def _questions(writing: Writing) -> str:
    phone = writing.court.office_phone
    if phone:
        return _("Questions? Please call the office: %(phone)s.", phone=phone)
    return _("Questions? Please ask the office.")


def _own_page(writing: Writing) -> str:
    if writing.recipient.is_adult:
        return ""
    return _("It also stands on your own page: %(address)s", address=writing.door)


def _day(day: date) -> str:
    return str(format_date(day, "EEEE d MMMM"))


def _long(day: date) -> str:
    return str(format_date(day, "EEEE d MMMM y"))


def _when(duty: Duty) -> dict[str, str]:
    times = _(
        "from %(start)s to %(end)s", start=time_text(duty.starts_at), end=time_text(duty.ends_at)
    )
    return {"day": _long(duty.held_on), "times": times}


def _at(line: SessionLine) -> dict[str, str]:
    at: time = line.starts_at
    return {"day": _long(line.held_on), "time": time_text(at)}
