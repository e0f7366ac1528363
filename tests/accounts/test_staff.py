"""Who works in a court: invited, changed, removed; an administrator always stays."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.fixtures.app import NOW, PASSWORD, SmallCourt, add_court
from youthcourt.accounts.domain import (
    INVITATION_LIFE,
    Member,
    Role,
    SignInKind,
    StaffState,
    check_staff_change,
    invitation_state,
    shows_second_factor,
)
from youthcourt.accounts.invitations import Given, accept, invitation_of, let_choose_password
from youthcourt.accounts.models import Membership, OneTimeLink, SignIn, User
from youthcourt.accounts.queries import member_line, member_lines, open_invitations
from youthcourt.accounts.services import add_user, join_court, start_sign_in
from youthcourt.accounts.staff import (
    Issued,
    change_role,
    invite_again,
    invite_person,
    let_member_choose_password,
    remove_member,
    withdraw_invitation,
)
from youthcourt.audit.domain import Actor, ActorKind
from youthcourt.audit.models import AuditEntry
from youthcourt.db import set_court
from youthcourt.errors import CourtRuleBroken, NotFound

ANN, BOB, CAY = (uuid.UUID(int=number) for number in (1, 2, 3))


def member(user_id: uuid.UUID, role: Role) -> Member:
    """Somebody who works in the court."""
    return Member(user_id=user_id, role=role)


# The rules --------------------------------------------------------------------------------------

ONE = (member(ANN, Role.ADMINISTRATOR), member(BOB, Role.CLERK))
TWO = (*ONE, member(CAY, Role.ADMINISTRATOR))


@pytest.mark.parametrize(
    ("members", "user_id", "to", "refused"),
    [
        (ONE, BOB, None, ""),
        (ONE, BOB, Role.ADMINISTRATOR, ""),
        (ONE, ANN, None, "last_administrator"),
        (ONE, ANN, Role.CLERK, "last_administrator"),
        (ONE, ANN, Role.ADMINISTRATOR, "not_oneself"),
        (TWO, ANN, None, "not_oneself"),
        (TWO, ANN, Role.COORDINATOR, "not_oneself"),
        (TWO, CAY, None, ""),
        (TWO, CAY, Role.EVALUATOR, ""),
    ],
)
def test_an_administrator_stays_and_nobody_changes_themselves(
    members, user_id, to, refused
) -> None:
    """Ann acts."""
    if not refused:
        check_staff_change(members, user_id=user_id, to=to, actor_id=ANN)
        return
    with pytest.raises(CourtRuleBroken) as told:
        check_staff_change(members, user_id=user_id, to=to, actor_id=ANN)
    assert told.value.code == refused


def test_the_last_administrator_stays_whoever_asks() -> None:
    """Also when it is not themselves."""
    with pytest.raises(CourtRuleBroken, match="last_administrator"):
        check_staff_change(ONE, user_id=ANN, to=None, actor_id=BOB)


def test_an_invitation_is_good_until_its_moment() -> None:
    """At that moment it is over, as its code is refused then."""
    assert invitation_state(NOW, NOW - timedelta(seconds=1)) is StaffState.INVITED
    assert invitation_state(NOW, NOW) is StaffState.OVER


@pytest.mark.parametrize(
    ("factors", "second"), [("password", False), ("password totp", True), ("password,totp", True)]
)
def test_more_than_a_password_is_a_second_factor(factors, second) -> None:
    """However the two are put together."""
    assert shows_second_factor(factors) is second


# Inviting ---------------------------------------------------------------------------------------


def hand(court: SmallCourt, role: Role = Role.ADMINISTRATOR) -> dict[str, Any]:
    """Return who acts where and when, as every service asks for it."""
    actor = Actor(kind=ActorKind.STAFF, user_id=court.users[role])
    return {"court_id": court.id, "actor": actor, "now": NOW}


def invited(session, court, email: str = "kim@elm.example", role: Role = Role.CLERK) -> Issued:
    """Invite Kim."""
    return invite_person(session, name="Kim Doe", email=email, role=role, **hand(court))


def lines(session, court):
    """Return the open invitations."""
    return open_invitations(session, court_id=court.id, now=NOW)


def join(session, issued: Issued, *, email: str = "", fits: bool = False) -> uuid.UUID:
    """Use a code as whoever holds it."""
    found = invitation_of(session, code=issued.code, now=NOW)
    given = Given(
        name="Kim Doe",
        email=email or issued.email,
        password=PASSWORD,
        password_hash="x",
        fits=fits,
    )
    return accept(session, found, given=given, now=NOW)


def acts(session) -> list[str]:
    """Return what stands in the journal of the session's court about staff."""
    query = sa.select(AuditEntry.act).where(AuditEntry.subject.in_(("staff", "invitation")))
    return list(session.scalars(query.order_by(AuditEntry.at, AuditEntry.id)))


def test_an_invited_person_is_listed_until_they_come(session, court) -> None:
    """With name and address, which are forgotten once they are those of an account."""
    issued = invited(session, court, email=" Kim@Elm.example ")
    (line,) = lines(session, court)
    assert (line.name, line.email, line.role) == ("Kim Doe", "kim@elm.example", Role.CLERK)
    assert line.expires_at == issued.expires_at == NOW + INVITATION_LIFE
    user_id = join(session, issued)
    session.commit()
    assert lines(session, court) == ()
    assert member_line(session, court_id=court.id, user_id=user_id).role is Role.CLERK
    rows = session.execute(sa.select(OneTimeLink.invited_name, OneTimeLink.invited_email)).all()
    assert rows == [(None, None)]
    assert acts(session) == ["staff_invited"]
    entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.act == "staff_invited")).one()
    assert entry.params == {"role": "clerk"}


def test_an_invitation_is_for_its_address_alone(session, court) -> None:
    """Whoever holds the code cannot make an account of another name of theirs with it."""
    issued = invited(session, court)
    with pytest.raises(CourtRuleBroken, match="invitation_refused"):
        join(session, issued, email="other@elm.example")


@pytest.mark.parametrize("again", ["by its line", "by its address"])
def test_invited_again_the_old_code_opens_nothing(session, court, again) -> None:
    """Pressed twice as well; one invitation is left."""
    first = invited(session, court)
    (line,) = lines(session, court)
    if again == "by its line":
        second = invite_again(session, invitation_id=line.id, **hand(court))
    else:
        second = invited(session, court, "KIM@elm.example", Role.COORDINATOR)
    with pytest.raises(CourtRuleBroken, match="invitation_refused"):
        invitation_of(session, code=first.code, now=NOW)
    assert (second.name, second.email) == ("Kim Doe", "kim@elm.example")
    assert len(lines(session, court)) == 1
    assert acts(session) == ["staff_invited", "staff_invited"]
    join(session, second)


def test_what_is_over_can_be_made_anew(session, court) -> None:
    """Until then it stands on the list as over."""
    invited(session, court)
    later = NOW + INVITATION_LIFE
    (line,) = open_invitations(session, court_id=court.id, now=later)
    assert line.state is StaffState.OVER
    issued = invite_again(session, invitation_id=line.id, **hand(court) | {"now": later})
    assert invitation_of(session, code=issued.code, now=later).email == "kim@elm.example"


def test_a_withdrawn_invitation_opens_nothing_and_is_forgotten(session, court) -> None:
    """Withdrawn twice, it is not found."""
    issued = invited(session, court)
    key = lines(session, court)[0].id
    withdraw_invitation(session, invitation_id=key, **hand(court))
    assert lines(session, court) == ()
    assert session.scalar(sa.select(OneTimeLink.invited_email)) is None
    with pytest.raises(CourtRuleBroken, match="invitation_refused"):
        invitation_of(session, code=issued.code, now=NOW)
    for act in (withdraw_invitation, invite_again):
        with pytest.raises(NotFound):
            act(session, invitation_id=key, **hand(court))


def test_a_member_is_not_invited_once_more(session, court) -> None:
    """However the address is capitalised; somebody who became one meanwhile neither."""
    email = session.get(User, court.users[Role.CLERK]).email
    with pytest.raises(CourtRuleBroken, match="member_already"):
        invited(session, court, email.upper())
    invited(session, court)
    (line,) = lines(session, court)
    kim = add_user(session, email=line.email, name="Kim", password=None, now=NOW)
    join_court(session, user_id=kim.id, court_id=court.id, role=Role.CLERK, now=NOW)
    with pytest.raises(CourtRuleBroken, match="member_already"):
        invite_again(session, invitation_id=line.id, **hand(court))


def test_whoever_works_in_another_court_is_invited_as_anybody(session, court) -> None:
    """Nothing tells that the address is known; they come in with their own password."""
    there = add_court(session, "fl-charlotte", "Oak Hill")
    email = session.get(User, there.users[Role.CLERK]).email
    code = let_choose_password(session, email=email, now=NOW)
    known, unknown = invited(session, court, email), invited(session, court)
    assert {(line.name, line.state) for line in lines(session, court)} == {
        ("Kim Doe", StaffState.INVITED)
    }
    assert (known.name, known.expires_at) == (unknown.name, unknown.expires_at)
    assert join(session, known, fits=True) == there.users[Role.CLERK]
    roles = sa.select(Membership.court_id).where(Membership.user_id == there.users[Role.CLERK])
    assert set(session.scalars(roles)) == {court.id, there.id}
    # A code that lies with the administrator over there would open this court too.
    with pytest.raises(CourtRuleBroken, match="invitation_refused"):
        invitation_of(session, code=code, now=NOW)


def test_the_last_administrator_is_not_made_less_by_a_code(session, court) -> None:
    """An invitation as a clerk in their own hands."""
    issued = invited(session, court, "nobody@elm.example")
    email = session.get(User, court.users[Role.ADMINISTRATOR]).email
    link = session.scalars(sa.select(OneTimeLink)).one()
    link.invited_email = email
    session.flush()
    with pytest.raises(CourtRuleBroken, match="last_administrator"):
        join(session, issued, email=email, fits=True)


# Changing and removing ---------------------------------------------------------------------------


def roles_of(session, court) -> dict[uuid.UUID, Role]:
    """Return who works in a court as what."""
    found = member_lines(session, court_id=court.id)
    return {line.user_id: line.role for line in found if line.state is StaffState.ACTIVE}


def test_a_role_is_changed_and_noted(session, court) -> None:
    """From what to what; changed to the same, nothing happens."""
    clerk = court.users[Role.CLERK]
    for _ in range(2):
        change_role(session, user_id=clerk, role=Role.COORDINATOR, **hand(court))
    assert roles_of(session, court)[clerk] is Role.COORDINATOR
    entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.subject == "staff")).one()
    assert entry.subject_id == clerk
    assert entry.params == {"was": "clerk", "becomes": "coordinator"}


def test_who_is_removed_is_signed_out_of_this_court_alone(session, court) -> None:
    """At once; another court of theirs is not touched, and they can be invited again."""
    there = add_court(session, "fl-charlotte", "Oak Hill")
    clerk = court.users[Role.CLERK]
    join_court(session, user_id=clerk, court_id=there.id, role=Role.CLERK, now=NOW)
    for place in (court, there):
        start_sign_in(
            session,
            kind=SignInKind.STAFF,
            user_id=clerk,
            court_id=place.id,
            factors="password",
            device="test",
            lives=timedelta(hours=8),
            now=NOW,
        )
    remove_member(session, user_id=clerk, **hand(court))
    session.commit()
    open_ones = sa.select(SignIn.court_id).where(SignIn.ended_at.is_(None))
    assert list(session.scalars(open_ones)) == [there.id]
    line = member_line(session, court_id=court.id, user_id=clerk)
    assert (line.state, line.ended_at, line.role) == (StaffState.REMOVED, NOW, Role.CLERK)
    assert member_line(session, court_id=there.id, user_id=clerk).state is StaffState.ACTIVE
    assert acts(session) == ["staff_removed"]
    for act in (remove_member, let_member_choose_password):
        with pytest.raises(NotFound):
            act(session, user_id=clerk, **hand(court))
    issued = invited(session, court, line.email)
    join(session, issued, fits=True)
    assert member_line(session, court_id=court.id, user_id=clerk).state is StaffState.ACTIVE


def test_the_last_administrator_is_neither_removed_nor_made_less(session, court) -> None:
    """An account that is ended does not count as another one."""
    boss = court.users[Role.ADMINISTRATOR]
    other = court.users[Role.CLERK]
    change_role(session, user_id=other, role=Role.ADMINISTRATOR, **hand(court))
    session.get(User, other).disabled_at = NOW
    session.flush()
    by_other = hand(court, Role.CLERK)
    with pytest.raises(CourtRuleBroken, match="last_administrator"):
        remove_member(session, user_id=boss, **by_other)
    with pytest.raises(CourtRuleBroken, match="last_administrator"):
        change_role(session, user_id=boss, role=Role.CLERK, **by_other)
    session.get(User, other).disabled_at = None
    session.flush()
    with pytest.raises(CourtRuleBroken, match="not_oneself"):
        remove_member(session, user_id=boss, **hand(court))
    remove_member(session, user_id=boss, **by_other)
    assert roles_of(session, court)[other] is Role.ADMINISTRATOR


def test_nobody_of_another_court_is_reached(session, court) -> None:
    """Neither members nor invitations."""
    there = add_court(session, "fl-charlotte", "Oak Hill")
    set_court(session, there.id)
    invited(session, there)
    (line,) = lines(session, there)
    set_court(session, court.id)
    for act in (withdraw_invitation, invite_again):
        with pytest.raises(NotFound):
            act(session, invitation_id=line.id, **hand(court))
    for change in (remove_member, let_member_choose_password):
        with pytest.raises(NotFound):
            change(session, user_id=there.users[Role.CLERK], **hand(court))
    with pytest.raises(NotFound):
        change_role(session, user_id=there.users[Role.CLERK], role=Role.CLERK, **hand(court))
    with pytest.raises(NotFound):
        member_line(session, court_id=court.id, user_id=there.users[Role.CLERK])


def test_two_administrators_cannot_remove_each_other_at_once(app, session, court) -> None:
    """One of them comes too late."""
    boss, other = court.users[Role.ADMINISTRATOR], court.users[Role.CLERK]
    change_role(session, user_id=other, role=Role.ADMINISTRATOR, **hand(court))
    session.commit()
    told: list[str] = []
    both = threading.Barrier(2)

    def remove(user_id: uuid.UUID, role: Role) -> None:
        from youthcourt.db import db

        with app.app_context():
            own = db.session()
            own.info["writer"] = True
            set_court(own, court.id)
            both.wait()
            try:
                remove_member(own, user_id=user_id, **hand(court, role))
                own.commit()
                told.append("removed")
            except CourtRuleBroken as refusal:
                own.rollback()
                told.append(refusal.code)

    threads = [
        threading.Thread(target=remove, args=pair)
        for pair in ((other, Role.ADMINISTRATOR), (boss, Role.CLERK))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["last_administrator", "removed"]
    assert Role.ADMINISTRATOR in roles_of(session, court).values()


def test_a_member_gets_a_code_for_a_new_password(session, court) -> None:
    """Noted; the newest alone is good."""
    clerk = court.users[Role.CLERK]
    first = let_member_choose_password(session, user_id=clerk, **hand(court))
    second = let_member_choose_password(session, user_id=clerk, **hand(court))
    with pytest.raises(CourtRuleBroken, match="invitation_refused"):
        invitation_of(session, code=first.code, now=NOW)
    assert invitation_of(session, code=second.code, now=NOW).user_id == clerk
    assert acts(session) == ["staff_password_code"] * 2


def test_who_works_in_two_courts_gets_no_code_from_one_of_them(session, court) -> None:
    """Whoever holds it would get into the other."""
    there = add_court(session, "fl-charlotte", "Oak Hill")
    clerk = court.users[Role.CLERK]
    join_court(session, user_id=clerk, court_id=there.id, role=Role.ADMINISTRATOR, now=NOW)
    with pytest.raises(CourtRuleBroken, match="password_not_of_one_court"):
        let_member_choose_password(session, user_id=clerk, **hand(court))


def test_the_list_tells_the_last_sign_in_to_this_court(session, court) -> None:
    """And whether more than a password was shown there; those who left stand last."""
    there = add_court(session, "fl-charlotte", "Oak Hill")
    clerk = court.users[Role.CLERK]
    for place, factors, days in (
        (court, "password", 3),
        (court, "password totp", 2),
        (there, "password", 1),
    ):
        start_sign_in(
            session,
            kind=SignInKind.STAFF,
            user_id=clerk,
            court_id=place.id,
            factors=factors,
            device="test",
            lives=timedelta(hours=8),
            now=NOW - timedelta(days=days),
        )
    remove_member(session, user_id=court.users[Role.ADMINISTRATOR], **_as_second(session, court))
    found = member_lines(session, court_id=court.id)
    assert [line.name.split()[0] for line in found] == [
        "Clerk",
        "Coordinator",
        "Evaluator",
        "Administrator",
    ]
    assert found[0].last_sign_in == NOW - timedelta(days=2)
    assert found[0].second_factor
    assert (found[1].last_sign_in, found[1].second_factor) == (None, False)


def _as_second(session, court) -> dict[str, Any]:
    """Make the coordinator an administrator and return their hand."""
    user_id = court.users[Role.COORDINATOR]
    change_role(session, user_id=user_id, role=Role.ADMINISTRATOR, **hand(court))
    return hand(court, Role.COORDINATOR)
