"""The forms of sentences and service: shapes only."""

from __future__ import annotations

from youthcourt.sentences.forms.changes import ChangeForm, change_form
from youthcourt.sentences.forms.giving import ItemInput, SentenceForm, sentence_form
from youthcourt.sentences.forms.service import (
    ConfirmForm,
    DenyForm,
    ReverseForm,
    ServiceForm,
    served_minutes,
)

__all__ = [
    "ChangeForm",
    "ConfirmForm",
    "DenyForm",
    "ItemInput",
    "ReverseForm",
    "SentenceForm",
    "ServiceForm",
    "change_form",
    "sentence_form",
    "served_minutes",
]
