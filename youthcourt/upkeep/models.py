"""When the house was last looked after; of the whole installation, not of one court."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.db import Base, JsonValue, choice
from youthcourt.upkeep.domain import MarkKind


class UpkeepMark(Base):
    """The last try of one kind of upkeep and the last one that went well; one row for each."""

    __tablename__ = "upkeep_marks"

    kind: Mapped[MarkKind] = mapped_column(choice(MarkKind), primary_key=True)
    tried_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    params: Mapped[dict[str, Any]] = mapped_column(JsonValue, default=dict)
