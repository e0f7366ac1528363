"""Sending made-up files in, for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, TODAY, SmallCourt
from youthcourt.cases.domain.imports import Mapping, parse_mapping
from youthcourt.cases.models import ImportRun
from youthcourt.cases.services import imports
from youthcourt.db import reading
from youthcourt.files.tables import check_table

FILES = Path(__file__).parent / "files"
HEADER = (
    "Referral No", "Incident", "First Name", "Last Name", "DOB", "Age", "Sex", "Race",
    "Offense Date", "Referral Date", "Offense", "Level", "Agency", "Officer", "School", "Phone",
    "Language", "Story",
)  # fmt: skip
NAMED = parse_mapping(
    {
        "name": "named",
        "title": "Named youths",
        "source": "named",
        "require": ["incident_number", "referred_on"],
        "identity": ["incident_number", "given_names", "family_name", "birth_date"],
        "merge": ["incident_number", "given_names", "family_name", "birth_date"],
        "exact_copies": "merge",
        "columns": {
            "reference": "Referral No",
            "incident_number": "Incident",
            "given_names": "First Name",
            "family_name": "Last Name",
            "birth_date": "DOB",
            "age": "Age",
            "sex": "Sex",
            "race": "Race",
            "incident_on": "Offense Date",
            "referred_on": "Referral Date",
            "charge_text": "Offense",
            "severity": "Level",
            "agency": "Agency",
            "officer": "Officer",
            "school": "School",
            "phone": "Phone",
            "language": "Language",
            "narrative": "Story",
        },
        "dates": {
            "birth_date": ["YYYY-MM-DD"],
            "incident_on": ["YYYY-MM-DD"],
            "referred_on": ["YYYY-MM-DD"],
        },
        "values": {
            "sex": {"F": "female", "M": "male"},
            "race": {"B": ["black"], "W": ["white"]},
            "severity": {"M": "misdemeanor"},
        },
    }
)
ANA = {
    "Incident": "26-0001",
    "First Name": "Ana",
    "Last Name": "Núñez",
    "DOB": "2010-05-17",
    "Sex": "F",
    "Race": "W",
    "Offense Date": "2026-01-10",
    "Referral Date": "2026-01-20",
    "Offense": "Retail theft",
    "Level": "M",
    "Agency": "Oak Police",
}


def table_of(*rows: dict[str, str], header: Sequence[str] = HEADER) -> bytes:
    """Return a CSV file of these rows; a cell that is not given is empty."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@dataclass
class Inbox:
    """Where a coordinator sends files in."""

    session: Session
    court: SmallCourt
    folder: Path

    @property
    def hand(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"actor": self.court.actor, "now": NOW}

    def send(self, data: bytes, mapping: Mapping = NAMED, *, name: str = "list.csv") -> ImportRun:
        """Keep a file and try it out; commits."""
        upload = check_table(data, filename=name)
        assert upload.table is not None
        with reading(self.session):
            prospect = imports.look_ahead(self.session, upload.table, mapping, today=TODAY)
        run = imports.start_run(self.session, upload=upload, folder=self.folder, **self.hand)
        imports.note_trial(
            self.session, run_id=run.id, mapping=mapping, plan=prospect.plan, **self.hand
        )
        self.session.commit()
        return run

    def ready(self, run: ImportRun, *, seen: str | None = None) -> imports.Ready:
        """Return a run prepared to be taken over."""
        with reading(self.session):
            return imports.prepare_take_over(
                self.session, run_id=run.id, folder=self.folder, today=TODAY, seen=seen
            )

    def take(self, data: bytes, mapping: Mapping = NAMED, **more: Any) -> ImportRun:
        """Send a file in and take it over; commits."""
        run = self.send(data, mapping, **more)
        done = imports.take_over(self.session, ready=self.ready(run), **self.hand)
        self.session.commit()
        return done
