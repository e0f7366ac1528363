"""The signature of a second member of staff, on the first one's screen."""

from __future__ import annotations

import uuid

from youthcourt import clock
from youthcourt.accounts import services
from youthcourt.accounts.access import PERMISSIONS
from youthcourt.accounts.domain import SIGN_IN_BY_ACCOUNT
from youthcourt.accounts.queries import courts_of
from youthcourt.accounts.session import signed_in
from youthcourt.db import reading
from youthcourt.errors import CourtRuleBroken
from youthcourt.web.access import Permission
from youthcourt.web.transactions import after_request_do, database


def second_signature(*, email: str, password: str) -> uuid.UUID:
    """Return the user who signed, or refuse; failures count as failed sign-ins.

    The second person must be allowed to close cases in the same court.  To be called before
    anything is written: checking a password is slow on purpose.
    """
    session, now = database(), clock.now()
    key = f"account:{email.strip().lower()}"
    with reading(session):
        if services.is_throttled(session, key=key, rule=SIGN_IN_BY_ACCOUNT, now=now):
            raise CourtRuleBroken("too_many_tries", "password", minutes=15)
        user = services.find_user(session, email=email)
        known = user is not None and user.disabled_at is None
        stored = user.password_hash if user is not None and known else None
        user_id = user.id if user is not None else None
        courts = courts_of(session, user_id=user_id) if user_id else ()
    if not services.password_fits(stored, password) or user_id is None:
        after_request_do(
            lambda later: services.count_failure(later, key=key, rule=SIGN_IN_BY_ACCOUNT, now=now)
        )
        raise CourtRuleBroken("second_signature_refused", "password")
    here = signed_in().court_id
    role = next((court.role for court in courts if court.court_id == here), None)
    if role is None:
        raise CourtRuleBroken("second_name_not_of_this_court", "agreed_by")
    if Permission.CASES_CLOSE not in PERMISSIONS[role]:
        raise CourtRuleBroken("second_name_may_not_close", "agreed_by")
    return user_id
