"""Sentences and labels of attached files."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "file_missing": _l(
        "The file is on record, but its contents are missing. Please tell the administrator."
    ),
    "file_empty": _l("This file is empty. Please choose another one."),
    "file_too_large": _l("This file is too large. Please choose a smaller one."),
    "file_kind_not_allowed": _l(
        "Only PDF files and pictures (JPEG, PNG, WebP) can be kept. "
        "Please save it as one of these first."
    ),
    "file_heic": _l(
        "This is an iPhone picture (HEIC). Please send it as JPEG: on the phone choose "
        "Settings, Camera, Formats, Most Compatible, or take a screenshot of it."
    ),
    "file_name_says_otherwise": _l(
        "The name ends in %(named)s, but inside it is a %(found)s. "
        "Please check that it is the right file."
    ),
    "file_damaged": _l("This file is damaged and cannot be opened. Please save or scan it again."),
    "file_too_many_pixels": _l(
        "This picture has too many pixels. Please make it smaller and send it again."
    ),
    "file_animated": _l("This picture moves. Please choose one that stands still."),
    "file_pdf_locked": _l(
        "This PDF is locked with a password. Please save it without one and send it again."
    ),
    "file_pdf_active": _l(
        "This PDF holds programs or other files (%(what)s). Please print it to a new PDF and "
        "send that one."
    ),
}

LABELS = {
    "UploadKind": {
        "pdf": _l("PDF"),
        "jpeg": _l("JPEG picture"),
        "png": _l("PNG picture"),
        "webp": _l("WebP picture"),
    },
    "RemovalReason": {
        "wrong_record": _l("It belongs to somebody else"),
        "wrong_file": _l("It is the wrong file"),
        "duplicate": _l("It is here twice"),
        "not_needed": _l("It is not needed any more"),
        "asked_to": _l("The family or the agency asked for it"),
    },
    "Subject": {"file": _l("attached file")},
}
