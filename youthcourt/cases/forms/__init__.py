"""The forms on cases: shapes only, the rules are in the services."""

from __future__ import annotations

from youthcourt.cases.forms.closing import CloseForm, ReopenForm
from youthcourt.cases.forms.facts import CaseFactsForm, OffencesForm
from youthcourt.cases.forms.intake import IntakeForm
from youthcourt.cases.forms.offences import ChargeForm, charges_given
from youthcourt.cases.forms.referral import NEW, ReferralForm
from youthcourt.cases.forms.steps import (
    ButtonForm,
    CasePaperForm,
    ContactForm,
    FilesForm,
    NoteForm,
    ScreeningForm,
    screening_form,
)

__all__ = [
    "NEW",
    "ButtonForm",
    "CaseFactsForm",
    "CasePaperForm",
    "ChargeForm",
    "CloseForm",
    "ContactForm",
    "FilesForm",
    "IntakeForm",
    "NoteForm",
    "OffencesForm",
    "ReferralForm",
    "ReopenForm",
    "ScreeningForm",
    "charges_given",
    "screening_form",
]
