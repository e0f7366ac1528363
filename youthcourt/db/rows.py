"""Holding a row from the moment it is read."""

from __future__ import annotations

import uuid
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.db.base import Base
from youthcourt.errors import NotFound

Row = TypeVar("Row", bound=Base)


def locked_row(
    session: Session, model: type[Row], row_id: uuid.UUID, *, key_share: bool = False
) -> Row:
    """Return a row as it is stored now and hold it until the transaction ends, or ``NotFound``.

    With ``key_share`` others may still store rows that point at it.
    """
    row = session.scalar(
        select(model)
        .where(model.__table__.c.id == row_id)
        .with_for_update(key_share=key_share)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row
