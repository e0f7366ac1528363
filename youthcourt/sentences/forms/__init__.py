"""The forms on sentences, obligations and service: shapes only."""

from __future__ import annotations

from youthcourt.sentences.forms.changes import (
    AdjustForm,
    ChangeForm,
    ExcuseForm,
    ExtendForm,
    FinishForm,
    ReopenForm,
    WaiveForm,
    WithdrawForm,
)
from youthcourt.sentences.forms.giving import (
    SentenceForm,
    amount_name,
    detail_name,
    sentence_form,
)
from youthcourt.sentences.forms.service import (
    BringBackForm,
    ConfirmForm,
    CorrectForm,
    DenyForm,
    ProofForm,
    ReportForm,
    ReverseForm,
)

__all__ = [
    "AdjustForm",
    "BringBackForm",
    "ChangeForm",
    "ConfirmForm",
    "CorrectForm",
    "DenyForm",
    "ExcuseForm",
    "ExtendForm",
    "FinishForm",
    "ProofForm",
    "ReopenForm",
    "ReportForm",
    "ReverseForm",
    "SentenceForm",
    "WaiveForm",
    "WithdrawForm",
    "amount_name",
    "detail_name",
    "sentence_form",
]
