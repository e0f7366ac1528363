"""Making one person of two, and taking them apart again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from youthcourt.accounts.services import end_sign_ins
from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act, record_changes
from youthcourt.errors import CourtRuleBroken, NotFound, Stale
from youthcourt.people.links import end_links
from youthcourt.people.merging.memory import columns_of, plain, restored, sealed, unsealed
from youthcourt.people.merging.plan import FIELDS, MergePlan, both_persons, plan_of
from youthcourt.people.merging.rows import TableChange, follower_of, table_changes
from youthcourt.people.models import Person, PersonMerge
from youthcourt.people.pointers import model_of
from youthcourt.people.queries.persons import live_person
from youthcourt.people.services.persons import found_by, subject_of

OTHER = "other"
KEPT = "kept"
_OF_BOTH = tuple(name for names in FIELDS.values() for name in names)
_NOT_IN_HISTORY = frozenset({"fact_hash"})


def merge_persons(
    session: Session,
    *,
    kept_id: uuid.UUID,
    other_id: uuid.UUID,
    take: Mapping[str, str],
    seen: str,
    actor: Actor,
    now: datetime,
) -> PersonMerge:
    """Make ``other`` part of ``kept``: every row of the court that names it changes hands.

    ``take`` says for each differing field whose value stays, ``kept`` or ``other``; what it
    leaves out goes as the plan proposes.  ``Stale`` when ``seen`` is not the state now,
    ``merge_blocked`` when a row can neither move nor stay.
    """
    kept, other = both_persons(session, kept_id=kept_id, other_id=other_id, lock=True)
    changes = table_changes(session, kept_id=kept_id, other_id=other_id)
    plan = plan_of(session, kept, other, changes)
    if plan.seen != seen:
        raise Stale("merge_changed_meanwhile")
    if plan.blocked:
        raise CourtRuleBroken("merge_blocked")
    moved: dict[str, Any] = {"rows": [], "set_aside": [], "joined": []}
    for change in changes:
        _carry_out(session, change, kept_id, other_id, moved, actor=actor, now=now)
    moved["before"] = _merge_fields(session, kept, other, plan, take, actor=actor, now=now)
    merge = PersonMerge(
        kept_id=kept_id, merged_id=other_id, moved=moved, merged_at=now, merged_by=actor.user_id
    )
    session.add(merge)
    session.flush()
    end_links(session, person_id=other_id, now=now)
    end_sign_ins(session, person_id=other_id, now=now)
    _note(session, "persons_merged", merge, actor, now, rows=sum(c.rows for c in plan.moved))
    return merge


def undo_merge(
    session: Session, *, kept_id: uuid.UUID, merge_id: uuid.UUID, actor: Actor, now: datetime
) -> PersonMerge:
    """Take two merged persons apart: fields and rows are again as they were.

    What was added or changed since stays with the person kept.  A person who was merged on
    into a third must be taken out of that one first: ``merge_undo_later_first``.
    """
    merge = session.scalar(select(PersonMerge).where(PersonMerge.id == merge_id).with_for_update())
    if merge is None or merge.kept_id != kept_id or merge.undone_at is not None:
        raise NotFound
    kept = session.scalar(select(Person).where(Person.id == merge.kept_id).with_for_update())
    other = session.scalar(select(Person).where(Person.id == merge.merged_id).with_for_update())
    if kept is None or other is None:
        raise NotFound
    if kept.merged_into_id is not None:
        raise CourtRuleBroken("merge_undo_later_first")
    live_person(session, kept.id)
    for joined in merge.moved["joined"]:
        follower = follower_of(joined["table"])
        if follower is None:
            raise CourtRuleBroken("merge_blocked")
        follower.part(session, joined["note"], actor, now)
    _restore_fields(kept, other, unsealed(merge.moved["before"]))
    session.flush()
    for rows in merge.moved["rows"]:
        _move(session, rows["table"], rows["column"], rows["ids"], kept.id, other.id)
    for row in merge.moved["set_aside"]:
        _bring_back(session, row["table"], row["values"])
    merge.undone_at, merge.undone_by = now, actor.user_id
    session.flush()
    _note(session, "merge_undone", merge, actor, now)
    return merge


def _carry_out(
    session: Session,
    change: TableChange,
    kept_id: uuid.UUID,
    other_id: uuid.UUID,
    moved: dict[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    if change.joined:
        follower = follower_of(change.table)
        if follower is None:
            raise CourtRuleBroken("merge_blocked")
        note = follower.join(session, kept_id, other_id, actor, now)
        moved["joined"].append({"table": change.table, "note": note})
    model = change.pointer.model
    if change.set_aside:
        names = [column.key for column in model.__mapper__.column_attrs]
        rows = session.scalars(select(model).where(model.id.in_(change.set_aside))).all()
        for row in rows:
            values = plain(columns_of(row, names))
            moved["set_aside"].append({"table": change.table, "values": values})
        session.execute(delete(model).where(model.id.in_(change.set_aside)))
    for column, keys in change.moved.items():
        ids = [str(key) for key in keys]
        _move(session, change.table, column, ids, other_id, kept_id)
        moved["rows"].append({"table": change.table, "column": column, "ids": ids})


def _move(
    session: Session,
    table: str,
    column: str,
    ids: list[str],
    from_id: uuid.UUID,
    to_id: uuid.UUID,
) -> None:
    """Let rows that still name one person name the other; their versions are not touched."""
    model = model_of(table)
    keys = [uuid.UUID(key) for key in ids]
    session.execute(
        update(model)
        .where(model.id.in_(keys), getattr(model, column) == from_id)
        .values({column: to_id})
        .execution_options(synchronize_session="fetch")
    )


def _bring_back(session: Session, table: str, values: dict[str, Any]) -> None:
    model = model_of(table)
    row = restored(model.__table__, values)
    if session.scalar(select(model.id).where(model.id == row["id"])) is None:
        session.add(model(**row))


def _merge_fields(
    session: Session,
    kept: Person,
    other: Person,
    plan: MergePlan,
    take: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> str:
    """Give the person kept the values chosen; return what both held before, sealed."""
    before = columns_of(kept, _OF_BOTH)
    before_other = columns_of(other, ("on_jury_list", "phone_key", "email_key"))
    for difference in plan.differences:
        proposed = KEPT if difference.proposed == difference.kept else OTHER
        if take.get(difference.field, proposed) == OTHER:
            for name in FIELDS[difference.field]:
                setattr(kept, name, getattr(other, name))
    found_by(kept)
    after = columns_of(kept, _OF_BOTH)
    other.merged_into_id = kept.id
    # Whoever forgets to leave merged persons out still finds them neither by phone nor to sit.
    other.on_jury_list, other.phone_key, other.email_key = False, None, None
    session.flush()
    record_changes(
        session,
        subject=subject_of(kept.id),
        before=before,
        after={name: value for name, value in after.items() if name not in _NOT_IN_HISTORY},
        actor=actor,
        now=now,
    )
    changed = [name for name in after if after[name] != before[name]]
    return sealed(
        {
            "kept": plain({name: before[name] for name in changed}),
            "merged": plain({name: after[name] for name in changed}),
            "other": plain(before_other),
        }
    )


def _restore_fields(kept: Person, other: Person, before: dict[str, Any]) -> None:
    table = Person.__table__
    assert isinstance(table, Table)  # noqa: S101 -- narrows the type for mypy
    old, put = restored(table, before["kept"]), restored(table, before["merged"])
    for name, value in old.items():
        if getattr(kept, name) == put[name]:
            setattr(kept, name, value)
    found_by(kept)
    other.merged_into_id = None
    for name, value in restored(table, before["other"]).items():
        setattr(other, name, value)


def _note(
    session: Session,
    act: str,
    merge: PersonMerge,
    actor: Actor,
    now: datetime,
    **params: int,
) -> None:
    for person_id, partner in (
        (merge.kept_id, merge.merged_id),
        (merge.merged_id, merge.kept_id),
    ):
        record_act(
            session,
            act=act,
            subject=subject_of(person_id),
            actor=actor,
            now=now,
            with_person=partner,
            merge=merge.id,
            kept=person_id == merge.kept_id,
            **params,
        )
