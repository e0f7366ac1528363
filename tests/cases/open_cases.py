"""Made-up sheets of cases that are open already."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from tests.fixtures.app import TODAY
from youthcourt.cases.domain.imports import shipped_mapping

SHEET = shipped_mapping("open-cases")
HEADER = tuple(SHEET.columns.values())
MIA = {
    "Given names": "Mia",
    "Family name": "Okonkwo",
    "Birth date": "2010-06-01",
    "Day of the referral": "2025-11-03",
    "Referring agency": "Oak Police",
    "Offence": "Retail theft",
    "Parent or guardian": "Ada Okonkwo",
    "Relation": "mother",
    "Parent or guardian phone": "(202) 555-0147",
    "Stage": "sentenced",
    "Admission signed on": "2025-11-10",
    "Parent or guardian signed on": "2025-11-10",
    "Day of the sentence": "2025-12-06",
    "Jury service ordered": "7",
    "Jury service done": "3",
    "Community service ordered": "12",
    "Community service done": "4:30",
    "Essay ordered": "yes",
    "Essay done": "yes",
}


def sheet(*rows: dict[str, str]) -> bytes:
    """Return the sheet with these rows filled in."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADER, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def forty() -> list[dict[str, str]]:
    """Return 40 open cases, ten at each of four stages; those sentenced at every degree."""
    rows = []
    for n in range(40):
        who = {
            "Given names": f"Kim {'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn'[n]}",
            "Family name": "Santos",
            "Birth date": f"20{9 + n % 3:02d}-0{1 + n % 9}-11",
            "Day of the referral": "2025-10-01",
            "Offence": "Trespass",
        }
        stage = ("referred", "screened", "waiting for hearing", "sentenced")[n % 4]
        done = n // 4
        if stage == "sentenced":
            who |= {
                "Day of the sentence": (date(2025, 12, 1) + timedelta(days=n)).isoformat(),
                "Jury service ordered": "7",
                "Jury service done": str(done),  # 0 to 9, so beyond what is ordered too
                "Community service ordered": "10.5",
                "Community service done": f"{done}.25",
                "Last day of the sentence": (TODAY + timedelta(days=10 * n - 100)).isoformat()
                if n > 20
                else "",
            }
        rows.append(who | {"Stage": stage})
    return rows
