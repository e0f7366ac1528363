"""The forms of the import of files: shapes only, the rules are in the services."""

from __future__ import annotations

from youthcourt.cases.forms.imports.columns import GROUPS, PATTERNED, ColumnsForm, columns_form
from youthcourt.cases.forms.imports.documents import document_of, name_of_title
from youthcourt.cases.forms.imports.files import (
    BY_HAND,
    DecisionForm,
    MappingForm,
    ReadingForm,
    TitleForm,
    UploadForm,
)
from youthcourt.cases.forms.imports.words import WORDED, WordsForm, words_form

__all__ = [
    "BY_HAND",
    "GROUPS",
    "PATTERNED",
    "WORDED",
    "ColumnsForm",
    "DecisionForm",
    "MappingForm",
    "ReadingForm",
    "TitleForm",
    "UploadForm",
    "WordsForm",
    "columns_form",
    "document_of",
    "name_of_title",
    "words_form",
]
