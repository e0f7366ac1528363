"""The hard rules of a seat, each a predicate that answers with a reason or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from youthcourt.courts.domain.kinds import ConflictEffect
from youthcourt.jury.domain.shapes import (
    DrawRules,
    HearingParty,
    JurorProfile,
    Reason,
    ReasonCode,
    Sitting,
)

CAP_WINDOW = timedelta(days=28)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """The question "may this person sit here?", ``taken`` being the sittings already given."""

    juror: JurorProfile
    sitting: Sitting
    rules: DrawRules
    taken: tuple[Sitting, ...] = ()

    def answer(self, code: ReasonCode, *params: tuple[str, str | int]) -> Reason:
        """Return a reason for this person and sitting."""
        return Reason(
            person_id=self.juror.person_id,
            sitting_id=self.sitting.id,
            code=code,
            params=tuple(params),
        )

    @property
    def on(self) -> date:
        """Return the day of the sitting."""
        return self.sitting.on(self.rules.zone)


def not_available(ask: Ask) -> Reason | None:
    """Keep out who said not to be free on that day."""
    if ask.on in ask.juror.unavailable_on:
        return ask.answer(ReasonCode.NOT_AVAILABLE, ("on", ask.on.isoformat()))
    return None


def not_trained(ask: Ask) -> Reason | None:
    """Keep out the untrained: no one serves so (National Youth Court Guidelines, 2000)."""
    if ask.rules.training_required and not ask.juror.trained:
        return ask.answer(ReasonCode.NOT_TRAINED)
    return None


def no_oath(ask: Ask) -> Reason | None:
    """Keep out who has not given the standing oath, where the court asks for one."""
    if ask.rules.standing_oath_required and not ask.juror.standing_oath:
        return ask.answer(ReasonCode.NO_OATH)
    return None


def not_sworn_tonight(ask: Ask) -> Reason | None:
    """Keep out who has not repeated the promise tonight (every session: Sumter County FL)."""
    return None if ask.juror.sworn_tonight else ask.answer(ReasonCode.NOT_SWORN_TONIGHT)


def off_list(ask: Ask) -> Reason | None:
    """Keep out who is not on the jury list any more."""
    return None if ask.juror.on_list else ask.answer(ReasonCode.OFF_LIST)


def suspended(ask: Ask) -> Reason | None:
    """Keep out who is suspended, as after a breach of confidentiality (Sumter County FL)."""
    return ask.answer(ReasonCode.SUSPENDED) if ask.juror.suspended else None


def curfew(ask: Ask) -> Reason | None:
    """Keep out who must have left before the sitting ends."""
    if ask.juror.out_by is None:
        return None
    zone = ZoneInfo(ask.rules.zone)
    day = ask.on + timedelta(days=1 if ask.juror.out_by < time(12) else 0)
    leaves = datetime.combine(day, ask.juror.out_by, zone)
    if ask.sitting.span.ends_at.timestamp() > leaves.timestamp():
        return ask.answer(ReasonCode.CURFEW, ("out_by", ask.juror.out_by.isoformat("minutes")))
    return None


def nothing_owed(ask: Ask) -> Reason | None:
    """Keep out the sentenced juror whose sessions are all served or booked."""
    given = {sitting.on(ask.rules.zone) for sitting in ask.taken} - {ask.on}
    if not ask.juror.volunteer and ask.juror.sessions_owed <= len(given):
        return ask.answer(ReasonCode.NOTHING_OWED)
    return None


def own_hearing(ask: Ask) -> Reason | None:
    """Keep everybody from sitting where, or while, the own case is heard."""
    me = ask.juror.person_id
    here = any(hearing.respondent_id == me for hearing in ask.sitting.hearings)
    if here or any(span.overlaps(ask.sitting.span) for span in ask.juror.own_hearings):
        return ask.answer(ReasonCode.OWN_HEARING)
    return None


def holds_another_seat(ask: Ask) -> Reason | None:
    """Keep everybody from sitting in two places at once."""
    held = [(seat.sitting_id, seat.span) for seat in ask.juror.held]
    held += [(sitting.id, sitting.span) for sitting in ask.taken]
    for sitting_id, span in held:
        if sitting_id != ask.sitting.id and span.overlaps(ask.sitting.span):
            return ask.answer(ReasonCode.HOLDS_ANOTHER_SEAT, ("sitting_id", str(sitting_id)))
    return None


def _other_days(ask: Ask) -> set[date]:
    zone = ZoneInfo(ask.rules.zone)
    days = set(ask.juror.served_on)
    days |= {seat.span.starts_at.astimezone(zone).date() for seat in ask.juror.held}
    days |= {sitting.on(ask.rules.zone) for sitting in ask.taken}
    return days


def session_cap(ask: Ask) -> Reason | None:
    """Keep any 28 days around this day free of more sessions than the court allows."""
    cap = ask.rules.max_sessions_in_28_days
    days = _other_days(ask)
    if cap is None or ask.on in days:
        return None
    for back in range(CAP_WINDOW.days):
        first = ask.on - timedelta(days=back)
        if sum(first <= day < first + CAP_WINDOW for day in days) + 1 > cap:
            return ask.answer(ReasonCode.SESSION_CAP, ("limit", cap))
    return None


def rest(ask: Ask) -> Reason | None:
    """Keep the days free that the court gives between two sessions."""
    for day in sorted(_other_days(ask)):
        if day != ask.on and abs((day - ask.on).days) <= ask.rules.rest_days:
            return ask.answer(
                ReasonCode.REST, ("other_on", day.isoformat()), ("days", ask.rules.rest_days)
            )
    return None


def conflict(juror: JurorProfile, hearing: HearingParty, rules: DrawRules) -> ReasonCode | None:
    """Return the first relation of the juror to the respondent that the court excludes.

    Same school: Durham NC; companions on different juries: Cumberland NC; acquaintance and
    strikes: Texas practice.
    """
    me = juror.person_id
    school = hearing.school_id is not None and juror.school_id == hearing.school_id
    relations = (
        (rules.companions_excluded and me in hearing.companion_ids, ReasonCode.COMPANION),
        (rules.household_excluded and me in hearing.household_ids, ReasonCode.HOUSEHOLD),
        (rules.acquaintance_excluded and me in hearing.acquaintance_ids, ReasonCode.ACQUAINTANCE),
        (rules.earlier_role_excluded and me in hearing.earlier_role_ids, ReasonCode.EARLIER_ROLE),
        (rules.same_school_excluded and school, ReasonCode.SAME_SCHOOL),
    )
    return next((code for holds, code in relations if holds), None)


def conflict_here(ask: Ask) -> Reason | None:
    """Keep out who has a conflict with one hearing, where the court wants that."""
    if ask.rules.conflict_effect is not ConflictEffect.MAY_NOT_SIT:
        return None
    for hearing in sorted(ask.sitting.hearings, key=lambda h: h.hearing_id):
        code = conflict(ask.juror, hearing, ask.rules)
        if code is not None:
            return ask.answer(code, ("hearing_id", str(hearing.hearing_id)))
    return None


def steps_aside(juror: JurorProfile, sitting: Sitting, rules: DrawRules) -> frozenset[UUID]:
    """Return the hearings of the sitting for which the juror leaves the panel."""
    return frozenset(
        hearing.hearing_id
        for hearing in sitting.hearings
        if conflict(juror, hearing, rules) is not None
    )


Rule = Callable[[Ask], Reason | None]
RULES: tuple[Rule, ...] = (
    off_list,
    suspended,
    not_trained,
    no_oath,
    not_sworn_tonight,
    not_available,
    curfew,
    own_hearing,
    conflict_here,
    nothing_owed,
    holds_another_seat,
    session_cap,
    rest,
)


def reasons_against(ask: Ask) -> tuple[Reason, ...]:
    """Return every hard rule this seat would break, none when the person may sit."""
    return tuple(reason for rule in RULES if (reason := rule(ask)) is not None)


def travel_groups(jurors: Sequence[JurorProfile]) -> dict[UUID, frozenset[UUID]]:
    """Return for everybody who travels with others of the pool all who come together."""
    pool = {juror.person_id for juror in jurors}
    group = {person: {person} for person in pool}
    for juror in jurors:
        for other in sorted(juror.travels_with & pool):
            joined = group[juror.person_id] | group[other]
            for person in joined:
                group[person] = joined
    return {person: frozenset(them) for person, them in group.items() if len(them) > 1}


def as_of_draw(juror: JurorProfile, sittings: Sequence[Sitting]) -> JurorProfile:
    """Return the juror as a draw of these sittings sees them.

    Their own case may be heard in one of them; seats in them are given anew.
    """
    me, drawn = juror.person_id, {sitting.id for sitting in sittings}
    here = tuple(s.span for s in sittings if any(h.respondent_id == me for h in s.hearings))
    return replace(
        juror,
        own_hearings=juror.own_hearings + here,
        held=tuple(seat for seat in juror.held if seat.sitting_id not in drawn),
    )


def reasons_alone(
    *, sittings: Sequence[Sitting], jurors: Sequence[JurorProfile], rules: DrawRules
) -> dict[UUID, dict[UUID, tuple[Reason, ...]]]:
    """Return person -> sitting -> every hard rule a seat there would break by itself."""
    return {
        juror.person_id: {
            sitting.id: reasons_against(
                Ask(juror=as_of_draw(juror, sittings), sitting=sitting, rules=rules)
            )
            for sitting in sittings
        }
        for juror in jurors
    }
