"""The form with which a stored file is removed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from youthcourt.files.removal import RemovalReason
from youthcourt.web.forms import CourtForm
from youthcourt.web.i18n import choices_of


class RemovalForm(CourtForm):
    """Why a file is removed."""

    reason = SelectField(
        _l("Why is it removed?"),
        choices=lambda: choices_of(RemovalReason, blank=_l("please choose")),
        validators=[InputRequired(_l("Please choose one of the answers shown."))],
    )
