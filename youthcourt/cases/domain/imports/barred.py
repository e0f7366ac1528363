"""Columns this program must never take in: keys of criminal history records."""

from __future__ import annotations

import re
from collections.abc import Sequence

from youthcourt.cases.domain.imports.reading import fold_header

# An FBI or state identification number opens a criminal history record.  Who stores one comes
# under the CJIS Security Policy (v6.0, "criminal justice information"); a peer jury needs none.
_BARRED = re.compile(
    r"\bfbi\b|\bncic\b|\bsid\b|\buniversal control (no|number)\b|\bucn\b"
    r"|\bstate identification (no|number)\b|\bcriminal history\b|\bfingerprint"
)


def barred_columns(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns for FBI, state identification or criminal history numbers."""
    folded = (re.sub(r"[^a-z]+", " ", fold_header(name)) for name in header)
    return tuple(
        name.strip() for name, words in zip(header, folded, strict=True) if _BARRED.search(words)
    )
