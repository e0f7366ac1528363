"""Posting transfers: each act once, and nobody gives what is not there."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.courts.queries import policy_on
from youthcourt.credits import domain
from youthcourt.credits.domain import AccountKind, ProblemCode, ReturnReason, TransferKind
from youthcourt.credits.models import Account, Transfer
from youthcourt.credits.queries import (
    account_ids_of,
    balance_of,
    check_transfer_known,
    purse_balance,
    verify_credits,
)
from youthcourt.credits.queries.checks import CHECKED
from youthcourt.credits.queries.problems import as_domain
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.people.calendar import court_day
from youthcourt.people.merging import Follower
from youthcourt.people.queries import present_person_id


def prepare_earning(session: Session, *, now: datetime) -> None:
    """Open the court's pool where there is none yet.

    Called before a person is held: whoever waits for another writer to open it has nobody in
    hand for whom that writer waits.
    """
    own_account(session, AccountKind.POOL, now=now)


def post_earning(
    session: Session,
    *,
    person_id: uuid.UUID,
    minutes: int,
    happened_on: date,
    source_key: str,
    rule: str,
    actor: Actor,
    now: datetime,
) -> Transfer:
    """Credit minutes from the court's pool to a person, once per source key.

    The same key with the same content returns the transfer that is there; with another content
    it is refused (``source_key_reused``).  ``rule`` says how the minutes came to be.
    """
    person_id = present_person_id(session, person_id)
    pool = own_account(session, AccountKind.POOL, now=now)
    account = account_of(session, person_id, now=now)
    earlier = _posted_under(session, source_key)
    if earlier is not None and earlier.to_account_id in account_ids_of(session, person_id):
        # Posted before two entries of one person were made one: the same purse.
        account = earlier.to_account_id
    return _post(
        session,
        Transfer(
            id=uuid.uuid4(),
            court_id=session.info["court_id"],
            from_account_id=pool,
            to_account_id=account,
            minutes=minutes,
            kind=TransferKind.EARNED,
            happened_on=happened_on,
            rule=rule,
            source_key=source_key,
        ),
        actor=actor,
        now=now,
    )


def reverse_transfer(
    session: Session,
    *,
    source_key: str | None = None,
    transfer_id: uuid.UUID | None = None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Transfer:
    """Undo a transfer by one in the opposite direction; asked twice, it is undone once.

    The transfer is named by its key or by that of its source.  A reversal may take a balance
    below the floor; ``verify_credits`` then lists the account.
    """
    given = Transfer.source_key == source_key if transfer_id is None else Transfer.id == transfer_id
    original = session.scalar(select(Transfer).where(given))
    if original is None:
        raise NotFound
    back = domain.reversal_of(
        as_domain(original), new_id=uuid.uuid4(), happened_on=court_day(session, now)
    )
    return _post(
        session,
        Transfer(
            id=back.id,
            court_id=back.court_id,
            from_account_id=back.from_account,
            to_account_id=back.to_account,
            minutes=back.minutes,
            kind=back.kind,
            happened_on=back.happened_on,
            source_key=back.source_key,
            reverses_id=back.reverses,
            reason=reason,
        ),
        actor=actor,
        now=now,
    )


def keep_check(session: Session, *, problems: int, actor: Actor, now: datetime) -> None:
    """Keep what came of a check of the whole ledger just made, for pages that cannot make one."""
    subject = Subject(kind="credit_problems")
    record_act(session, act=CHECKED, subject=subject, actor=actor, now=now, problems=problems)
    session.flush()


def take_back_stray(
    session: Session, *, transfer_id: uuid.UUID, actor: Actor, now: datetime
) -> Transfer:
    """Undo an earning no confirmed service stands behind; of a sound one ``transfer_is_sound``.

    Earnings with their service are undone by taking the service back.
    """
    check_transfer_known(session, transfer_id)
    stray = {
        problem.rows
        for problem in verify_credits(session)
        if problem.code is ProblemCode.TRANSFER_WITHOUT_SERVICE
    }
    if (transfer_id,) not in stray:
        raise CourtRuleBroken("transfer_is_sound")
    reason = ReturnReason.NO_SERVICE
    return reverse_transfer(session, transfer_id=transfer_id, reason=reason, actor=actor, now=now)


def account_of(session: Session, person_id: uuid.UUID, *, now: datetime) -> uuid.UUID:
    """Return a person's account, opened now if there is none; two writers open one."""
    query = select(Account.id).where(Account.person_id == person_id)
    return session.scalar(query) or _open(
        session, Account(kind=AccountKind.PERSON, person_id=person_id, opened_at=now)
    )


def own_account(session: Session, kind: AccountKind, *, now: datetime) -> uuid.UUID:
    """Return the court's pool, community pot or rewards account, opened now if there is none."""
    if kind is AccountKind.PERSON:
        raise ValueError("a person's account belongs to a person")
    query = select(Account.id).where(Account.kind == kind)
    return session.scalar(query) or _open(session, Account(kind=kind, opened_at=now))


def _open(session: Session, account: Account) -> uuid.UUID:
    """Add an account; where another writer was quicker, the unique key says so."""
    kind, person_id = account.kind, account.person_id
    try:
        with session.begin_nested():
            session.add(account)
            session.flush()
    except IntegrityError:
        same = Account.kind == kind if person_id is None else Account.person_id == person_id
        found = session.scalar(select(Account.id).where(same))
        if found is None:
            raise
        return found
    return account.id


def _post(session: Session, row: Transfer, *, actor: Actor, now: datetime) -> Transfer:
    """Store one transfer, or return the one already there; the unique key decides who is first.

    Held is only what may run short, the purse of whoever gives: an evening posts for many people
    at once, and if it held the court's pool it would wait for whoever waits for it.
    """
    ends = _ends(session, row)
    floor = policy_on(session, day=row.happened_on).policy.credits.floor_minutes
    source, target = (
        domain.Account(id=end.id, court_id=end.court_id, kind=end.kind, floor=floor) for end in ends
    )
    asked = as_domain(row)
    purse = _held_purse(session, ends[0]) if domain.may_run_short(asked, source) else ()
    earlier = _posted_under(session, row.source_key)
    if earlier is not None and domain.already_posted(as_domain(earlier), asked):
        return earlier
    domain.check_transfer(
        asked,
        source=source,
        target=target,
        source_balance=purse_balance(session, purse) if purse else 0,
    )
    row.posted_at, row.posted_by = now, actor.user_id
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        earlier = _posted_under(session, row.source_key)
        if earlier is None or not domain.already_posted(as_domain(earlier), asked):
            raise
        return earlier
    _note(session, row, person_id=_owner(ends), actor=actor, now=now)
    return row


def _ends(session: Session, row: Transfer) -> tuple[Account, Account]:
    """Return the account a transfer goes from and the one it goes to."""
    found = {}
    for key in (row.from_account_id, row.to_account_id):
        account = session.scalar(select(Account).where(Account.id == key))
        if account is None:
            raise NotFound
        found[key] = account
    return found[row.from_account_id], found[row.to_account_id]


def _held_purse(session: Session, account: Account) -> tuple[uuid.UUID, ...]:
    """Hold the accounts whose sum their owner may give away, until the transaction ends.

    Weaker than the lock of who changes an account, so that others may still add to it.
    """
    purse: tuple[uuid.UUID, ...] = (account.id,)
    if account.person_id is not None:
        purse = account_ids_of(session, present_person_id(session, account.person_id))
    session.execute(
        select(Account.id)
        .where(Account.id.in_(purse))
        .order_by(Account.id)
        .with_for_update(key_share=True)
    )
    return purse


def _posted_under(session: Session, source_key: str) -> Transfer | None:
    return session.scalar(select(Transfer).where(Transfer.source_key == source_key))


def _owner(accounts: Collection[Account]) -> uuid.UUID | None:
    """Return the one person a transfer tells of, None where it tells of two or nobody."""
    owners = [account.person_id for account in accounts if account.person_id is not None]
    return owners[0] if len(owners) == 1 else None


def _note(
    session: Session,
    row: Transfer,
    *,
    person_id: uuid.UUID | None,
    actor: Actor,
    now: datetime,
) -> None:
    record_act(
        session,
        act=f"credits_{row.kind.value}",
        subject=Subject(kind="transfer", id=row.id, person_id=person_id),
        actor=actor,
        now=now,
        minutes=row.minutes,
        reason=row.reason,
        reverses=row.reverses_id,
    )


# --- When two entries of one person are made one ------------------------------------------------


def _join(
    session: Session, kept_id: uuid.UUID, other_id: uuid.UUID, actor: Actor, now: datetime
) -> dict[str, str]:
    """Leave both accounts as they are: they are read as one purse from now on."""
    record_act(
        session,
        act="credit_accounts_joined",
        subject=Subject(kind="credit_account", person_id=kept_id),
        actor=actor,
        now=now,
        other=other_id,
    )
    return {"kept": str(kept_id), "other": str(other_id)}


def _part(session: Session, note: dict[str, str], actor: Actor, now: datetime) -> None:
    """Read the two accounts apart again; what was given away meanwhile stays given."""
    record_act(
        session,
        act="credit_accounts_parted",
        subject=Subject(kind="credit_account", person_id=uuid.UUID(note["kept"])),
        actor=actor,
        now=now,
        other=note["other"],
    )


MERGE_FOLLOWER = Follower(table="credit_accounts", join=_join, part=_part)
"""For the application to plug in: a person with two accounts can be merged."""

__all__ = [
    "MERGE_FOLLOWER",
    "account_of",
    "balance_of",
    "own_account",
    "post_earning",
    "prepare_earning",
    "reverse_transfer",
    "take_back_stray",
]
